//! Which tab of an account syncs: the one that holds the Web Lock. It holds it until it is closed.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Takes the lock if it is free; says whether this tab has it now.
pub async fn take_if_free(name: &str) -> bool {
    let Some(locks) = locks() else { return true };
    let (told, tell) = told();
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let has = !lock.is_null();
        let _ = tell.call1(&JsValue::UNDEFINED, &has.into());
        if has { never() } else { JsValue::UNDEFINED }
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    if request(&locks, name, &options, &granted).is_none() {
        return true;
    }
    JsFuture::from(told).await.is_ok_and(|has| has.is_truthy())
}

/// Waits for the lock, for as long as another tab has it.
pub async fn wait_for(name: &str) {
    let Some(locks) = locks() else { return };
    let (told, tell) = told();
    let granted = Closure::once_into_js(move |_: JsValue| -> JsValue {
        let _ = tell.call0(&JsValue::UNDEFINED);
        never()
    });
    if request(&locks, name, &Object::new(), &granted).is_some() {
        let _ = JsFuture::from(told).await;
    }
}

/// Absent in old browsers and on addresses without https: then every tab syncs, which is slower and as safe.
fn locks() -> Option<JsValue> {
    let navigator = gloo::utils::window().navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

fn request(locks: &JsValue, name: &str, options: &Object, granted: &JsValue) -> Option<JsValue> {
    let request: Function = Reflect::get(locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call3(locks, &name.into(), options, granted).ok()
}

fn told() -> (Promise, Function) {
    let mut tell = None;
    let told = Promise::new(&mut |resolve, _| tell = Some(resolve));
    (told, tell.unwrap_or_else(|| Function::new_no_args("")))
}

fn never() -> JsValue {
    Promise::new(&mut |_, _| {}).into()
}
