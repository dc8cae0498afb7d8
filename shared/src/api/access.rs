//! The bodies of the routes that change and end accounts, grants and devices.

use crate::grant::{AccountRole, Ending};
use crate::id::{DeviceId, PersonId, SessionId, ShardId};
use crate::time::{Day, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Give an account a further grant: `POST /api/v1/accounts/{account}/grants`; answered with the grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddGrant {
    /// What for.
    pub role: AccountRole,
    /// Where; nothing means the whole programme.
    pub shard: Option<ShardId>,
    /// The person on the roster, for trainers and trainees.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// The sessions to observe, for monitors.
    #[serde(default)]
    pub sessions: BTreeSet<SessionId>,
    /// When it ends by itself, milliseconds since 1970.
    #[serde(default)]
    pub until_ms: Option<i64>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Change a grant that has not been ended: `POST /api/v1/accounts/{account}/grants/{grant}`; answered with the grant.
/// It says everything anew: what is left out is taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeGrant {
    /// When it ends by itself, milliseconds since 1970; nothing means that it does not.
    #[serde(default)]
    pub until_ms: Option<i64>,
    /// The sessions to observe, for monitors.
    #[serde(default)]
    pub sessions: BTreeSet<SessionId>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// End a grant, answered with it: `POST /api/v1/accounts/{account}/grants/{grant}/end`; or revoke a device, answered
/// with its line: `POST /api/v1/accounts/{account}/devices/{device}/end`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndAccess {
    /// The work is over, or there was a theft or a breach.
    pub how: Ending,
    /// Why; it must be said.
    pub reason: String,
}

/// One device of an account, in `GET /api/v1/accounts/{account}/devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// The device.
    pub device: DeviceId,
    /// The tablet or computer it is on; devices of several accounts may share one.
    pub tablet: String,
    /// When it joined, milliseconds since 1970; nothing where an earlier version did not write it down.
    #[serde(default)]
    pub joined_ms: Option<i64>,
    /// When it last signed in at the registry.
    #[serde(default)]
    pub signed_in_ms: Option<i64>,
    /// When and how it was revoked.
    #[serde(default)]
    pub ended: Option<(Stamp, Ending)>,
    /// What each shard that the account reaches knows of it; one that did not answer is left out.
    #[serde(default)]
    pub shards: Vec<DeviceInShard>,
}

/// What a shard knows of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceInShard {
    /// The shard.
    pub shard: ShardId,
    /// When it last synced there, milliseconds since 1970.
    #[serde(default)]
    pub seen_ms: Option<i64>,
    /// Sessions that it holds for offline work, each until a day.
    #[serde(default)]
    pub taken: Vec<(SessionId, Day)>,
}
