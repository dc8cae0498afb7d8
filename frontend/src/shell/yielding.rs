//! Letting the browser draw and answer between two pieces of long work.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// Waits for the next task.
pub async fn breathe() {
    let promise = Promise::new(&mut |resolve, _| {
        // Zero milliseconds: only the place in the queue matters.
        let _ = gloo::utils::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
    });
    // A promise that only resolves.
    let _ = JsFuture::from(promise).await;
}
