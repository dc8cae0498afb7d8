//! The operator: whoever has the key of the server's folder.

use super::expect;
use crate::api::{ApiDevice, Reply};
use anyhow::Result;
use shared::api::{Invite, Invited};
use shared::grant::AccountRole;
use shared::id::{PersonId, ShardId};

/// Talks to a server with its operator's key.
pub struct Operator {
    api: ApiDevice,
    authorization: String,
}

impl Operator {
    /// The operator of a server.
    ///
    /// # Errors
    /// Where the machine gives no randomness.
    pub fn new(base_url: &str, key: &str) -> Result<Self> {
        Ok(Self { api: ApiDevice::new(base_url)?, authorization: format!("Operator {key}") })
    }

    /// Any request.
    ///
    /// # Errors
    /// Where no reply came; a refusal is a reply.
    pub fn ask(&self, method: &str, path: &str, body: &[u8]) -> Result<Reply> {
        self.api.ask(method, path, &[("authorization", &self.authorization)], body)
    }

    /// Puts a programme pack.
    ///
    /// # Errors
    /// Where the server refuses it.
    pub fn put_programme(&self, json: &str) -> Result<u64> {
        let path = "/api/v1/programme";
        expect(self.ask("PUT", path, json.as_bytes())?, path)
    }

    /// Makes an account, or a new code for a trainer who has one.
    ///
    /// # Errors
    /// Where the server refuses.
    pub fn invite(&self, invite: &Invite) -> Result<Invited> {
        let path = "/api/v1/accounts";
        expect(self.ask("POST", path, &serde_json::to_vec(invite)?)?, path)
    }

    /// Moves the programme's day, on a server made with the demo.
    ///
    /// # Errors
    /// Where the server refuses.
    pub fn set_day_offset(&self, days: i32) -> Result<()> {
        let path = "/api/v1/operator/day-offset";
        expect::<i32>(self.ask("PUT", path, days.to_string().as_bytes())?, path).map(drop)
    }
}

/// An invitation of a role to a scope.
pub fn invitation(
    name: &str,
    role: AccountRole,
    shard: Option<&ShardId>,
    person: Option<PersonId>,
) -> Invite {
    Invite {
        name: name.to_owned(),
        role,
        shard: shard.cloned(),
        person,
        sessions: Default::default(),
        until_ms: None,
        demo: false,
    }
}
