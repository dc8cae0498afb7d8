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
    let unreadable = |e: &dyn core::fmt::Display| StorageFault::Other(format!("unreadable: {e}"));
    // Read as text, as answers of the server are: one reader of JSON in the page, not two of every type.
    let text = String::from_utf8(bytes).map_err(|e| unreadable(&e))?;
    serde_json::from_str(&text).map_err(|e| unreadable(&e))
}
