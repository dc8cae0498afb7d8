//! Device signatures and short tokens. Each object signs its own tokens with its own secret, so checking one needs
//! no call and no shared key; a token of one shard is nothing to another.
//!
//! Flow: ask for a token without a signature, get a challenge, sign it with the device's key, get a token for
//! fifteen minutes. The challenge carries the server's time, so a tablet whose clock is wrong can sign in.

use crate::error::Fault;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use shared::id::{AccountId, DeviceId};

/// Seconds for which a token holds.
pub const TOKEN_SECONDS: u32 = 15 * 60;
/// Milliseconds within which a challenge must come back signed.
const CHALLENGE_MS: i64 = 120_000;

/// Who a token speaks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The device.
    #[serde(rename = "d")]
    pub device: DeviceId,
    /// Its account.
    #[serde(rename = "a")]
    pub account: AccountId,
    /// The tablet or computer it is on.
    #[serde(rename = "t")]
    pub tablet: String,
    /// When it expires, milliseconds since 1970.
    #[serde(rename = "e")]
    pub expires_ms: i64,
}

/// What one object signs with.
pub struct Signer {
    /// Who the tokens are for: `registry` or a shard's id.
    pub audience: String,
    /// 32 random bytes, made with the object. They are in no backup, so after a restore all tokens are void.
    pub secret: [u8; 32],
}

impl Signer {
    /// A signature by this object over parts.
    pub fn sign(&self, purpose: &str, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(purpose, parts).finalize().into_bytes())
    }

    /// Whether a signature by this object stands over parts.
    pub fn is_signed(&self, purpose: &str, parts: &[&str], signature: &str) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        self.mac(purpose, parts).verify_slice(&bytes).is_ok()
    }

    fn mac(&self, purpose: &str, parts: &[&str]) -> Hmac<Sha256> {
        let mut mac = keyed(&self.secret);
        for part in [purpose, &self.audience].iter().chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }

    /// Something for a device to sign.
    pub fn challenge(&self, device: DeviceId, now_ms: i64) -> String {
        let at = now_ms.to_string();
        let mac = self.sign("challenge", &[&device.to_string(), &at]);
        format!("{at}.{mac}")
    }

    fn is_own_challenge(&self, device: DeviceId, challenge: &str, now_ms: i64) -> bool {
        let Some((at, mac)) = challenge.split_once('.') else { return false };
        let fresh =
            at.parse::<i64>().is_ok_and(|at| at <= now_ms && now_ms.saturating_sub(at) <= CHALLENGE_MS);
        fresh && self.is_signed("challenge", &[&device.to_string(), at], mac)
    }

    /// Whether a device signed a challenge of this object with its key.
    pub fn is_answered(
        &self,
        device: DeviceId,
        key: &str,
        challenge: &str,
        signature: &str,
        now_ms: i64,
    ) -> bool {
        self.is_own_challenge(device, challenge, now_ms)
            && is_device_signature(key, &shared::api::to_sign(&self.audience, challenge), signature)
    }

    /// A token.
    ///
    /// # Errors
    /// When the claims cannot be written.
    pub fn token(&self, claims: &Claims) -> Result<String, Fault> {
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).map_err(|e| internal(&e))?);
        let mac = self.sign("token", &[&body]);
        Ok(format!("{body}.{mac}"))
    }

    /// Reads the token of an `Authorization` header.
    ///
    /// # Errors
    /// [`Fault::Unauthorised`]: missing, not ours, or expired.
    pub fn read(&self, authorization: Option<&str>, now_ms: i64) -> Result<Claims, Fault> {
        let token =
            authorization.and_then(|a| a.strip_prefix("Bearer ")).ok_or(unauthorised("token-missing"))?;
        let (body, mac) = token.split_once('.').ok_or(unauthorised("token-invalid"))?;
        if !self.is_signed("token", &[body], mac) {
            return Err(unauthorised("token-invalid"));
        }
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| unauthorised("token-invalid"))?;
        let claims: Claims = serde_json::from_slice(&bytes).map_err(|_| unauthorised("token-invalid"))?;
        if claims.expires_ms <= now_ms { Err(unauthorised("token-expired")) } else { Ok(claims) }
    }
}

/// HMAC pads a short key with zeros to the hash's block: doing it here makes the key's length a type, not an error.
fn keyed(secret: &[u8; 32]) -> Hmac<Sha256> {
    let mut key = [0; 64];
    key[..32].copy_from_slice(secret);
    Hmac::new(&key.into())
}

/// A fault for something that cannot happen with sound data.
pub fn internal(error: &dyn core::fmt::Display) -> Fault {
    Fault::Runtime(worker::Error::RustError(error.to_string()))
}

fn unauthorised(code: &'static str) -> Fault {
    Fault::Unauthorised { code }
}

/// Whether a text is a public key that a device may join with.
pub fn is_device_key(key: &str) -> bool {
    device_key(key).is_some()
}

fn device_key(key: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(key).ok()?).ok()
}

/// Whether a device's key signed a message.
pub fn is_device_signature(key: &str, message: &str, signature: &str) -> bool {
    let signature = URL_SAFE_NO_PAD.decode(signature).ok().and_then(|s| Signature::from_slice(&s).ok());
    match (device_key(key), signature) {
        (Some(key), Some(signature)) => key.verify(message.as_bytes(), &signature).is_ok(),
        _ => false,
    }
}

/// Bytes as base64url without padding.
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes of base64url without padding.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Random bytes from the runtime.
///
/// # Errors
/// When the runtime has none.
pub fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| internal(&e))?;
    Ok(bytes)
}

/// A random 64-bit id.
///
/// # Errors
/// As [`random`].
pub fn random_id() -> Result<u64, Fault> {
    Ok(u64::from_be_bytes(random()?))
}

/// Whether a request comes from whoever has the key of the server's folder.
pub fn is_operator(env: &worker::Env, authorization: Option<&str>) -> bool {
    let key = env.var("OPERATOR_KEY").map(|k| k.to_string()).unwrap_or_default();
    authorization.and_then(|a| a.strip_prefix("Operator ")).is_some_and(|a| is_same_secret(&key, a))
}

/// Whether two secrets are equal, in time that does not tell where they differ.
pub fn is_same_secret(one: &str, other: &str) -> bool {
    let mac = |text: &str| {
        let mut mac = keyed(&[0; 32]);
        mac.update(text.as_bytes());
        mac
    };
    !one.is_empty() && mac(one).verify_slice(&mac(other).finalize().into_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(audience: &str) -> Signer {
        Signer { audience: audience.into(), secret: [3; 32] }
    }

    fn bearer(of: &Signer, expires_ms: i64) -> String {
        let claims = Claims { device: DeviceId(1), account: AccountId(2), tablet: "t".into(), expires_ms };
        format!("Bearer {}", of.token(&claims).unwrap())
    }

    #[test]
    fn a_token_opens_only_its_own_object_and_only_in_time() {
        let own = signer("kg-naryn");
        let token = bearer(&own, 100);
        assert!(own.read(Some(&token), 99).is_ok());
        for (who, token, now_ms, code) in [
            (&own, Some(token.as_str()), 100, "token-expired"),
            (&signer("kg-osh"), Some(token.as_str()), 99, "token-invalid"),
            (&own, Some("Bearer x.y"), 99, "token-invalid"),
            (&own, None, 99, "token-missing"),
        ] {
            match who.read(token, now_ms) {
                Err(Fault::Unauthorised { code: said }) => assert_eq!(said, code),
                other => panic!("{code}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_changed_token_is_refused() {
        let own = signer("registry");
        let token = bearer(&own, 100);
        for at in 7..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            // The last character of an encoding may carry bits that say nothing.
            if changed != token && at != token.len() - 1 {
                assert!(own.read(Some(&changed), 50).is_err(), "{at}");
            }
        }
    }

    #[test]
    fn a_challenge_is_for_one_device_and_a_short_time() {
        let own = signer("registry");
        let challenge = own.challenge(DeviceId(1), 1_000);
        assert!(own.is_own_challenge(DeviceId(1), &challenge, 2_000));
        assert!(!own.is_own_challenge(DeviceId(2), &challenge, 2_000));
        assert!(!own.is_own_challenge(DeviceId(1), &challenge, 1_001 + CHALLENGE_MS));
        assert!(!signer("kg-osh").is_own_challenge(DeviceId(1), &challenge, 2_000));
    }
}
