//! Tokens: asked for with a signature, kept in memory until shortly before they expire, asked for again once when
//! the server calls one expired.

use super::{clock, http, key};
use frontend_state::{Answer, Failure, Method, TokenFor};
use shared::api::{AskToken, Challenge, Token, to_sign};
use shared::id::DeviceId;
use std::cell::RefCell;
use std::collections::HashMap;
use web_sys::CryptoKey;

/// A token is not used in its last minute.
const SPARE_MS: i64 = 60_000;

/// Who signs in.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The device.
    pub device: DeviceId,
    /// Its key.
    pub key: CryptoKey,
}

/// The tokens in memory, by audience.
#[derive(Debug, Default)]
pub struct Tokens(RefCell<HashMap<String, (String, i64)>>);

impl Tokens {
    /// Sends a request with the token it needs.
    ///
    /// # Errors
    /// As [`http::send`], and what the server says to a sign-in that it refuses.
    pub async fn send(
        &self,
        signer: Option<&Signer>,
        method: Method,
        path: &str,
        body: Option<&str>,
        token_for: &TokenFor,
    ) -> Result<Answer, Failure> {
        let (audience, token_path) = match token_for {
            TokenFor::Nobody => return http::send(method, path, body, None).await,
            TokenFor::Registry => ("registry".to_owned(), "/api/v1/token".to_owned()),
            TokenFor::Shard(shard) => (shard.to_string(), format!("/api/v1/shards/{shard}/token")),
        };
        let signer = signer.ok_or_else(|| Failure::Refused("no-account".into()))?;
        let token = self.token(signer, &audience, &token_path).await?;
        let answer = http::send(method, path, body, Some(&token)).await?;
        let spent = answer.status == 401
            && matches!(answer.refusal(), Failure::Refused(code) if code.starts_with("token-"));
        if !spent {
            return Ok(answer);
        }
        self.0.borrow_mut().remove(&audience);
        let token = self.token(signer, &audience, &token_path).await?;
        http::send(method, path, body, Some(&token)).await
    }

    async fn token(&self, signer: &Signer, audience: &str, path: &str) -> Result<String, Failure> {
        if let Some((token, until_ms)) = self.0.borrow().get(audience)
            && clock::now().0 < *until_ms
        {
            return Ok(token.clone());
        }
        let ask =
            |challenge: String, signature: String| AskToken { device: signer.device, challenge, signature };
        let first =
            http::send(Method::Post, path, Some(&json(&ask(String::new(), String::new()))), None).await?;
        let challenge = match shared::wire::read::<Challenge>(&first.body) {
            Ok(challenge) if first.status == 401 && challenge.code == "sign-in" => challenge.challenge,
            _ => return Err(first.refusal()),
        };
        let signature = key::sign(&signer.key, &to_sign(audience, &challenge))
            .await
            .map_err(|_| Failure::Refused("key-unusable".into()))?;
        let second = http::send(Method::Post, path, Some(&json(&ask(challenge, signature))), None).await?;
        let token: Token = second.read()?;
        let until_ms = clock::now().0 + i64::from(token.seconds) * 1_000 - SPARE_MS;
        self.0.borrow_mut().insert(audience.to_owned(), (token.token.clone(), until_ms));
        Ok(token.token)
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
