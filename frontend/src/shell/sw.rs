//! The service worker: registered, watched for a new version, told to use it.

use super::Send;
use super::spawn::spawn;
use frontend_state::Msg;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerUpdateViaCache,
};

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = gloo::utils::window().navigator();
    js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}

/// Registers the service worker and tells what becomes of it.
pub fn register(send: Send) {
    let Some(container) = container() else { return };
    spawn(async move {
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = JsFuture::from(container.register_with_options("/sw.js", &options)).await;
        let Ok(registration) = registered.map(JsCast::unchecked_into::<ServiceWorkerRegistration>) else {
            // Without it the page works while there is a connection; the checklist says what is missing.
            return;
        };
        watch(&registration, &send);
        if let Ok(ready) = container.ready()
            && JsFuture::from(ready).await.is_ok()
        {
            send.send(Msg::ShellKept(true));
        }
    });
}

fn watch(registration: &ServiceWorkerRegistration, send: &Send) {
    if registration.waiting().is_some() && registration.active().is_some() {
        send.send(Msg::UpdateWaiting);
    }
    let (found, send) = (registration.clone(), send.clone());
    let on_found = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        let Some(installing) = found.installing() else { return };
        let (registration, send, worker) = (found.clone(), send.clone(), installing.clone());
        let on_state = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            let installed = worker.state() == web_sys::ServiceWorkerState::Installed;
            if installed && registration.active().is_some() {
                send.send(Msg::UpdateWaiting);
            }
        });
        installing.set_onstatechange(Some(on_state.as_ref().unchecked_ref()));
        on_state.forget();
    });
    registration.set_onupdatefound(Some(on_found.as_ref().unchecked_ref()));
    on_found.forget();
}

/// Uses the waiting version: it takes over, and the page is loaded anew.
pub fn activate() {
    let Some(container) = container() else { return };
    let on_change = Closure::once_into_js(|_: JsValue| {
        // The page that asked for it is the one that is reloaded.
        let _ = gloo::utils::window().location().reload();
    });
    container.set_oncontrollerchange(Some(on_change.unchecked_ref()));
    spawn(async move {
        let Ok(found) = JsFuture::from(container.get_registration()).await else { return };
        let Some(registration) = found.dyn_ref::<ServiceWorkerRegistration>() else { return };
        if let Some(waiting) = registration.waiting() {
            let message = js_sys::Object::new();
            let _ = js_sys::Reflect::set(&message, &"kind".into(), &"activate".into());
            let _ = waiting.post_message(&message);
        }
    });
}

/// Has the service worker keep the whole application, in its own time.
pub fn keep_whole() {
    if let Some(worker) = container().and_then(|container| container.controller()) {
        let message = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&message, &"kind".into(), &"keep-whole".into());
        let _ = worker.post_message(&message);
    }
}
