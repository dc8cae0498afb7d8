//! A whole device without a browser: joined by a code, signing in by its key, syncing shards with the real client.
//!
//! It keeps in memory what a tablet keeps on disk. Its clock is the machine's plus a skew that tests set.

pub mod operator;
mod parcel;
mod session;

pub use operator::Operator;

use crate::api::{ApiDevice, Reply};
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use shared::api::{AskToken, Challenge, Join, Joined, Token, to_sign};
use shared::grant::Grant;
use shared::id::{AccountId, DeviceId, RunId, ShardId};
use shared::sync::client::Client;
use shared::time::WallMs;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// The audience of a token for the registry.
pub const REGISTRY: &str = "registry";

/// A joined device.
pub struct Device {
    /// Its key and its connection; the token that goes with a request is set by each call.
    pub api: ApiDevice,
    /// The id it drew.
    pub id: DeviceId,
    /// The account it joined.
    pub account: AccountId,
    /// The account's name.
    pub name: String,
    /// The account's grants, as they were at joining.
    pub grants: Vec<Grant>,
    /// Milliseconds by which its clock is ahead of the machine's.
    pub skew_ms: i64,
    /// Milliseconds to add to its clock to get the server's, as the last sign-in told.
    offset_ms: i64,
    run: RunId,
    deposited: u32,
    tokens: BTreeMap<String, String>,
    clients: BTreeMap<ShardId, Client>,
    witnesses: BTreeMap<ShardId, shared::sync::Head>,
}

impl Device {
    /// Joins by a code, as a browser that nobody has used before.
    ///
    /// # Errors
    /// Where the server refuses; the error names status and code.
    pub fn join(base_url: &str, code: &str) -> Result<Self> {
        let tablet = format!("tablet-{:016x}", draw()?);
        Self::join_on(base_url, code, &tablet)
    }

    /// Joins by a code on a tablet or computer that may have held other accounts.
    ///
    /// # Errors
    /// As [`Device::join`].
    pub fn join_on(base_url: &str, code: &str, tablet: &str) -> Result<Self> {
        let api = ApiDevice::new(base_url)?;
        let ask = ask_to_join(&api, code, DeviceId(draw()?), tablet);
        let reply = api.post("/api/v1/join", "application/json", &serde_json::to_vec(&ask)?)?;
        let joined: Joined = expect(reply, "/api/v1/join")?;
        Ok(Self {
            api,
            id: ask.device,
            account: joined.account,
            name: joined.name,
            grants: joined.grants,
            skew_ms: 0,
            offset_ms: 0,
            run: RunId(draw()?),
            deposited: 0,
            tokens: BTreeMap::new(),
            clients: BTreeMap::new(),
            witnesses: BTreeMap::new(),
        })
    }

    /// What its clock shows.
    pub fn wall(&self) -> WallMs {
        WallMs(now_ms().saturating_add(self.skew_ms))
    }

    /// A token of an audience: [`REGISTRY`], or a shard's id; asked for once and kept.
    ///
    /// # Errors
    /// Where the server refuses.
    pub fn token(&mut self, audience: &str) -> Result<String> {
        if let Some(held) = self.tokens.get(audience) {
            return Ok(held.clone());
        }
        let token = self.new_token(audience)?;
        self.tokens.insert(audience.to_owned(), token.clone());
        Ok(token)
    }

    fn new_token(&mut self, audience: &str) -> Result<String> {
        let path = token_path(audience);
        let ask = AskToken { device: self.id, challenge: String::new(), signature: String::new() };
        let reply = self.api.post(&path, "application/json", &serde_json::to_vec(&ask)?)?;
        if reply.status != 401 {
            bail!("{path} answered {} instead of a challenge: {}", reply.status, reply.text());
        }
        let Challenge { challenge, server_ms, .. } =
            serde_json::from_slice(&reply.body).context(reply.text())?;
        self.offset_ms = server_ms.saturating_sub(self.wall().0);
        let signature = self.api.sign(to_sign(audience, &challenge).as_bytes());
        let ask = AskToken { challenge, signature, ..ask };
        let reply = self.api.post(&path, "application/json", &serde_json::to_vec(&ask)?)?;
        Ok(expect::<Token>(reply, &path)?.token)
    }

    /// Gets a path with a token of the registry; a token that has expired is asked for again, once.
    ///
    /// # Errors
    /// Where no reply came; a refusal is a reply.
    pub fn get(&mut self, path: &str) -> Result<Reply> {
        let reply = self.call("GET", path, REGISTRY, &[])?;
        if reply.status != 401 {
            return Ok(reply);
        }
        self.tokens.remove(REGISTRY);
        self.call("GET", path, REGISTRY, &[])
    }

    /// Gets a path and reads the answer.
    ///
    /// # Errors
    /// Where the status is not 200 or the body another.
    pub fn read<T: DeserializeOwned>(&mut self, path: &str) -> Result<T> {
        expect(self.get(path)?, path)
    }

    /// Posts JSON with a token of the registry and reads the answer.
    ///
    /// # Errors
    /// As [`Device::read`].
    pub fn post<T: DeserializeOwned>(&mut self, path: &str, body: &impl serde::Serialize) -> Result<T> {
        expect(self.call("POST", path, REGISTRY, &serde_json::to_vec(body)?)?, path)
    }

    fn call(&mut self, method: &str, path: &str, audience: &str, body: &[u8]) -> Result<Reply> {
        let bearer = format!("Bearer {}", self.token(audience)?);
        self.api.ask(method, path, &[("authorization", &bearer)], body)
    }
}

/// The body of a join by this device's key.
pub fn ask_to_join(api: &ApiDevice, code: &str, device: DeviceId, tablet: &str) -> Join {
    Join { code: code.to_owned(), device, key: api.public_key(), tablet: tablet.to_owned() }
}

/// Where tokens of an audience are given.
pub fn token_path(audience: &str) -> String {
    if audience == REGISTRY { "/api/v1/token".to_owned() } else { format!("/api/v1/shards/{audience}/token") }
}

/// Reads an answer that must be a 200.
///
/// # Errors
/// The status and the body of any other.
pub fn expect<T: DeserializeOwned>(reply: Reply, path: &str) -> Result<T> {
    if reply.status != 200 {
        bail!("{path} answered {}: {}", reply.status, reply.text());
    }
    serde_json::from_slice(&reply.body).with_context(|| format!("the answer of {path}"))
}

/// The machine's clock.
pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

/// 64 random bits.
///
/// # Errors
/// Where the machine gives no randomness.
pub fn draw() -> Result<u64> {
    getrandom::u64().map_err(|e| anyhow::anyhow!("no randomness: {e}"))
}
