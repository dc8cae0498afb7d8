//! Sealing a parcel by WebCrypto, as `shared::sync::parcel` describes it.

use super::auth::Signer;
use super::key;
use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use shared::sync::parcel::{KEY_PURPOSE, Parcel};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Seals a request for a shard's parcel key (base64url) and signs the whole by the device's own key.
pub async fn seal(signer: &Signer, parcel: Parcel, request: &str, to: &str) -> Result<Parcel, JsValue> {
    let curve = key::object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())])?;
    let usages = Array::of1(&"deriveBits".into());
    let pair = ask("generateKey", &[curve.clone().into(), false.into(), usages.into()]).await?;
    let (private, public) =
        (Reflect::get(&pair, &"privateKey".into())?, Reflect::get(&pair, &"publicKey".into())?);
    let made = bytes(&ask("exportKey", &["raw".into(), public]).await?)?;
    let shard = key::from_base64url(to).ok_or_else(|| JsValue::from_str("no key of a shard"))?;
    let of_shard = [
        "raw".into(),
        Uint8Array::from(shard.as_slice()).into(),
        curve.into(),
        false.into(),
        Array::new().into(),
    ];
    let theirs = ask("importKey", &of_shard).await?;
    let with = key::object(&[("name", "ECDH".into()), ("public", theirs)])?;
    let secret = bytes(&ask("deriveBits", &[with.into(), private, 256.into()]).await?)?;
    let hashed = [KEY_PURPOSE, &secret, &made, &shard].concat();
    let hash = ask("digest", &["SHA-256".into(), Uint8Array::from(hashed.as_slice()).into()]).await?;
    let sealing = ["raw".into(), hash, "AES-GCM".into(), false.into(), Array::of1(&"encrypt".into()).into()];
    let sealing = ask("importKey", &sealing).await?;
    let mut nonce = [0; 12];
    gloo::utils::window().crypto()?.get_random_values_with_u8_array(&mut nonce)?;

    let mut parcel = Parcel { key: key::base64url(&made), nonce: key::base64url(&nonce), ..parcel };
    let header = parcel.header();
    let how = key::object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce.as_slice()).into()),
        ("additionalData", Uint8Array::from(header.as_bytes()).into()),
    ])?;
    let text = Uint8Array::from(request.as_bytes());
    parcel.body = key::base64url(&bytes(&ask("encrypt", &[how.into(), sealing, text.into()]).await?)?);
    parcel.signature = key::sign(&signer.key, &parcel.to_sign()).await?;
    Ok(parcel)
}

/// Calls the browser's cryptography by name: parcels are rare, and a binding for each call would weigh on every visit.
async fn ask(name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let subtle = gloo::utils::window().crypto()?.subtle();
    let function: Function = Reflect::get(&subtle, &name.into())?.dyn_into()?;
    let promise: Promise = function.apply(&subtle, &arguments.iter().collect())?.dyn_into()?;
    JsFuture::from(promise).await
}

fn bytes(buffer: &JsValue) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(buffer.dyn_ref::<ArrayBuffer>().ok_or(JsValue::UNDEFINED)?).to_vec())
}
