//! The device's key: P-256, made by the browser, never leaving it. It signs challenges, nothing else.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// A new key.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The private key, not extractable; kept by structured cloning.
    pub private: CryptoKey,
    /// The public key: uncompressed SEC1 point, base64url.
    pub public: String,
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    // Absent on addresses without https: the page says so.
    Ok(gloo::utils::window().crypto()?.subtle())
}

/// An object of these fields.
pub fn object(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object)
}

/// Makes a key.
pub async fn make() -> Result<NewKey, JsValue> {
    let algorithm = object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())])?;
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let promise = subtle()?.generate_key_with_object(&algorithm, false, &usages)?;
    let pair = JsFuture::from(Promise::resolve(&promise)).await?;
    let private: CryptoKey = Reflect::get(&pair, &"privateKey".into())?.dyn_into()?;
    // A public key can always be exported.
    let public: CryptoKey = Reflect::get(&pair, &"publicKey".into())?.dyn_into()?;
    let raw = JsFuture::from(Promise::resolve(&subtle()?.export_key("raw", &public)?)).await?;
    let raw: ArrayBuffer = raw.dyn_into()?;
    Ok(NewKey { private, public: base64url(&Uint8Array::new(&raw).to_vec()) })
}

/// Signs a text: 64 bytes, base64url.
pub async fn sign(key: &CryptoKey, text: &str) -> Result<String, JsValue> {
    let algorithm = object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())])?;
    let bytes = Uint8Array::from(text.as_bytes());
    let promise = subtle()?.sign_with_object_and_buffer_source(&algorithm, key, &bytes)?;
    let raw: ArrayBuffer = JsFuture::from(Promise::resolve(&promise)).await?.dyn_into()?;
    Ok(base64url(&Uint8Array::new(&raw).to_vec()))
}

/// Bytes as base64url without padding.
pub fn base64url(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut made = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let joined =
            three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..=three.len() {
            let six = (joined >> (18 - 6 * at)) & 63;
            made.extend(SIGNS.get(six as usize).map(|sign| char::from(*sign)));
        }
    }
    made
}

#[cfg(feature = "office")]
/// The bytes of base64url without padding; nothing for any other text.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0);
    for sign in text.bytes() {
        let six = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{base64url, from_base64url};

    #[test]
    fn bytes_become_url_safe_letters_without_padding() {
        for (bytes, letters) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foobar", "Zm9vYmFy"),
            (&[0xFB, 0xFF, 0xBF], "-_-_"),
        ] {
            assert_eq!(base64url(bytes), letters);
            assert_eq!(from_base64url(letters).as_deref(), Some(bytes));
        }
    }
}
