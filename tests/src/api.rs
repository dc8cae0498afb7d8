//! A device without a browser: its key, its token, and plain requests to a server.
//!
//! The key is what WebCrypto makes on a tablet: ECDSA on P-256 with SHA-256, the public key as an uncompressed
//! point (65 bytes), a signature as r then s (64 bytes), both in base64url without padding.

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::Generate as _;
use serde_json::Value;
use std::time::Duration;

/// A request that takes longer than this has failed.
const REQUEST_LIMIT: Duration = Duration::from_secs(60);
/// The longest reply read.
const REPLY_LIMIT_BYTES: u64 = 256 * 1024 * 1024;

/// A device that talks to one server.
pub struct ApiDevice {
    /// The server's address without a slash at the end.
    pub address: String,
    /// The bearer token that goes with every request, once there is one.
    pub token: Option<String>,
    key: SigningKey,
    agent: ureq::Agent,
}

/// What a server answered, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status, such as 200.
    pub status: u16,
    /// The headers, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Reply {
    /// The first header of a name given in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// The body as text, with what is not UTF-8 replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// Where it is none; the error shows the status and the body.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body)
            .with_context(|| format!("a reply with status {} that is no JSON: {}", self.status, self.text()))
    }
}

impl ApiDevice {
    /// A device with a fresh key.
    ///
    /// # Errors
    /// Where the machine gives no randomness.
    pub fn new(address: &str) -> Result<Self> {
        let key = SigningKey::try_generate().context("no randomness for a key")?;
        Ok(Self::with_key(address, key))
    }

    /// A device with a given secret of 32 bytes, the same in every run.
    ///
    /// # Errors
    /// Where the bytes are no secret of the curve: zero, or too large.
    pub fn from_secret(address: &str, secret: &[u8; 32]) -> Result<Self> {
        let key = SigningKey::from_slice(secret).context("not a secret of P-256")?;
        Ok(Self::with_key(address, key))
    }

    fn with_key(address: &str, key: SigningKey) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(REQUEST_LIMIT))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .build()
            .new_agent();
        Self { address: address.trim_end_matches('/').to_owned(), token: None, key, agent }
    }

    /// The public key: an uncompressed point in base64url.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// The signature of a message: r then s in base64url.
    pub fn sign(&self, message: &[u8]) -> String {
        let signature: Signature = self.key.sign(message);
        URL_SAFE_NO_PAD.encode(signature.to_bytes())
    }

    /// Gets a path that begins with a slash.
    ///
    /// # Errors
    /// Where no reply came; a status of 400 and above is a reply.
    pub fn get(&self, path: &str) -> Result<Reply> {
        let mut request = self.agent.get(format!("{}{path}", self.address));
        if let Some(bearer) = self.bearer() {
            request = request.header("authorization", bearer);
        }
        read(request.call(), path)
    }

    /// Posts bytes of a type.
    ///
    /// # Errors
    /// As [`ApiDevice::get`].
    pub fn post(&self, path: &str, kind: &str, body: &[u8]) -> Result<Reply> {
        let mut request = self.agent.post(format!("{}{path}", self.address)).content_type(kind);
        if let Some(bearer) = self.bearer() {
            request = request.header("authorization", bearer);
        }
        read(request.send(body), path)
    }

    /// Gets a path and reads the reply as JSON; gives the status too.
    ///
    /// # Errors
    /// As [`ApiDevice::get`] and [`Reply::json`].
    pub fn get_json(&self, path: &str) -> Result<(u16, Value)> {
        let reply = self.get(path)?;
        Ok((reply.status, reply.json()?))
    }

    /// Posts JSON and reads the reply as JSON; gives the status too.
    ///
    /// # Errors
    /// As [`ApiDevice::get`] and [`Reply::json`].
    pub fn post_json(&self, path: &str, body: &Value) -> Result<(u16, Value)> {
        let reply = self.post(path, "application/json", &serde_json::to_vec(body)?)?;
        Ok((reply.status, reply.json()?))
    }

    /// Any request with these headers alone: neither the token nor a type goes with it.
    ///
    /// # Errors
    /// As [`ApiDevice::get`].
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Reply> {
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = if body.is_empty() {
            self.agent.run(request.body(())?)
        } else {
            self.agent.run(request.body(body)?)
        };
        read(sent, path)
    }

    fn bearer(&self) -> Option<String> {
        self.token.as_ref().map(|token| format!("Bearer {token}"))
    }
}

fn read(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>, path: &str) -> Result<Reply> {
    let mut response = sent.with_context(|| format!("no reply to {path}"))?;
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let body = response.body_mut().with_config().limit(REPLY_LIMIT_BYTES).read_to_vec();
    let body = body.with_context(|| format!("the reply to {path} broke off"))?;
    Ok(Reply { status: response.status().as_u16(), headers, body })
}

#[cfg(test)]
mod tests;
