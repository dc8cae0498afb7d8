//! Lasting storage: asked for, measured, and its answer shown.

use frontend_state::model::StorageState;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

fn manager() -> Option<StorageManager> {
    let navigator = gloo::utils::window().navigator();
    js_sys::Reflect::get(&navigator, &"storage".into()).ok()?.dyn_into().ok()
}

async fn told<P: Into<JsValue>>(promise: Result<P, JsValue>) -> Option<JsValue> {
    let promise: JsValue = promise.ok()?.into();
    JsFuture::from(Promise::resolve(&promise)).await.ok()
}

/// Asks the browser to keep the storage, then measures it.
pub async fn ask() -> StorageState {
    if let Some(manager) = manager() {
        // Refusal shows in the measurement.
        let _ = told(manager.persist()).await;
    }
    StorageState { asked: true, ..measure().await }
}

/// What the browser says about the storage.
pub async fn measure() -> StorageState {
    let Some(manager) = manager() else { return StorageState::default() };
    let kept = told(manager.persisted()).await.is_some_and(|kept| kept.is_truthy());
    let estimate: Option<StorageEstimate> = told(manager.estimate()).await.map(JsCast::unchecked_into);
    let bytes = |n: Option<f64>| n.unwrap_or_default() as u64;
    StorageState {
        known: true,
        asked: false,
        room: None,
        kept,
        used_bytes: bytes(estimate.as_ref().and_then(StorageEstimate::get_usage)),
        quota_bytes: bytes(estimate.as_ref().and_then(StorageEstimate::get_quota)),
    }
}
