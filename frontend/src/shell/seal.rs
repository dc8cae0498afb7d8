//! The one pair through which every stored payload passes. Identity now: encryption at rest changes these two
//! functions and nothing else.

use frontend_state::model::StorageFault;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// What is stored in place of a value.
pub fn seal(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let bytes = serde_json::to_vec(value).map_err(|e| JsValue::from_str(&e.to_string()))?;
    Ok(Uint8Array::from(bytes.as_slice()).into())
}

/// The value of what was stored.
pub fn open<T: DeserializeOwned>(stored: &JsValue) -> Result<T, StorageFault> {
    let bytes =
        stored.dyn_ref::<Uint8Array>().ok_or_else(|| StorageFault::Other("not-sealed".into()))?.to_vec();
    // As text: reading from bytes too would double the code of every reader in the page.
    let text = core::str::from_utf8(&bytes).map_err(|e| StorageFault::Other(format!("unreadable: {e}")))?;
    shared::wire::read(text).map_err(|e| StorageFault::Other(format!("unreadable: {e}")))
}
