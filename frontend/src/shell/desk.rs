//! The Web Worker for long work: reading tables, planning. JSON requests go in, JSON messages come out; a file goes in
//! beside its request.

use super::history;
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Work under way; dropped, it ends at once.
pub struct Handle {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("desk::Handle")
    }
}

impl Handle {
    /// Sends one more message to the same worker.
    pub fn post(&self, request_json: &str) {
        self.post_with(request_json, None);
    }

    fn post_with(&self, request_json: &str, file: Option<&File>) {
        let message = js_sys::JSON::parse(request_json).unwrap_or_else(|_| Object::new().into());
        if let Some(file) = file {
            // A fresh object takes any field.
            let _ = Reflect::set(&message, &"file".into(), file);
        }
        // Only what cannot be cloned is refused: JSON and files can.
        let _ = self.worker.post_message(&message);
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// What the page is told about its files.
#[derive(serde::Deserialize)]
struct Files {
    desk_worker: String,
}

/// Begins work in a worker of its own. Each message of the worker reaches `on_message` as JSON; if the worker cannot
/// be started or breaks, the message is `{"kind":"failed","code":"worker-broken"}`.
pub fn run(
    request_json: &str,
    file: Option<&File>,
    on_message: impl Fn(String) + Clone + 'static,
) -> Option<Handle> {
    let broken = || r#"{"kind":"failed","code":"worker-broken"}"#.to_owned();
    let url = history::meta("cascade-files")
        .and_then(|names| shared::wire::read::<Files>(&names).ok())
        .map(|files| files.desk_worker);
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = url.and_then(|url| Worker::new_with_options(&url, &options).ok());
    let Some(worker) = worker else {
        on_message(broken());
        return None;
    };
    let told = on_message.clone();
    let on_text = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let text = data.as_string().or_else(|| js_sys::JSON::stringify(&data).ok().map(String::from));
        told(text.unwrap_or_default());
    });
    let on_error = Closure::<dyn FnMut(JsValue)>::new(move |_| on_message(broken()));
    worker.set_onmessage(Some(on_text.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let handle = Handle { worker, _on_message: on_text, _on_error: on_error };
    handle.post_with(request_json, file);
    Some(handle)
}
