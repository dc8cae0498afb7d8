//! The bodies of the HTTP API, apart from the sync exchange itself. JSON; unknown fields are ignored.
//!
//! [`routes`] has every route that takes or gives them.

pub mod access;
pub mod routes;

use crate::event::EventId;
use crate::grant::{AccountRole, Grant};
use crate::id::{AccountId, DeviceId, PersonId, SessionId, ShardId, StationId, UnitCode};
use crate::sync::Hold;
use crate::tally::ShardTally;
use crate::time::{Day, WallMs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A device asks to be joined to the account of a code: `POST /api/v1/join`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// What the person typed or scanned.
    pub code: String,
    /// The id the device drew for itself.
    pub device: DeviceId,
    /// Its public key: P-256, uncompressed SEC1 point, base64url without padding.
    pub key: String,
    /// The tablet or computer it is on: drawn once by the browser, shared by all its accounts.
    pub tablet: String,
}

/// The answer to [`Join`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The account.
    pub account: AccountId,
    /// The name it is called by.
    pub name: String,
    /// Its grants.
    pub grants: Vec<Grant>,
    /// A demo code: the same link opens again.
    pub demo: bool,
}

/// A 401 with something to sign: the device signs `audience`, a newline and `challenge`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Always `sign-in`.
    pub code: String,
    /// What to sign.
    pub challenge: String,
    /// The server's clock, milliseconds since 1970.
    pub server_ms: i64,
}

/// A device asks for a token: `POST /api/v1/token` (registry) or `POST /api/v1/shards/{shard}/token`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskToken {
    /// The device.
    pub device: DeviceId,
    /// Empty in the first request; its 401 brings the challenge.
    pub challenge: String,
    /// ECDSA P-256 over SHA-256, 64 bytes, base64url without padding; empty in the first request.
    pub signature: String,
}

/// What a device signs to get a token of an audience (`registry`, or a shard's id).
pub fn to_sign(audience: &str, challenge: &str) -> String {
    format!("cascade token 1\n{audience}\n{challenge}")
}

/// The answer to [`AskToken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Goes into `Authorization: Bearer`.
    pub token: String,
    /// Seconds for which it holds.
    pub seconds: u32,
}

/// Who I am: `GET /api/v1/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Grants that hold now.
    pub grants: Vec<Grant>,
    /// Version of the programme's pack; 0 while none is loaded.
    pub programme_version: u64,
    /// Days to add to the real day.
    pub day_offset: i32,
    /// The server was made with the demo.
    pub demo: bool,
    /// The server's clock, milliseconds since 1970.
    pub server_ms: i64,
}

/// Make an account, or a new code for one that is there: `POST /api/v1/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// The name it is called by on screens.
    pub name: String,
    /// What for.
    pub role: AccountRole,
    /// Where; nothing means the whole programme.
    pub shard: Option<ShardId>,
    /// The person on the roster, for trainers.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// The sessions to observe, for monitors.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sessions: BTreeSet<SessionId>,
    /// When the grant ends by itself, milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<i64>,
    /// A code that opens again and again; only on a server made with the demo, only by its operator.
    #[serde(default)]
    pub demo: bool,
}

/// The answer to [`Invite`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The account.
    pub account: AccountId,
    /// The code, to be given to the person; it is not stored and cannot be shown again.
    pub code: String,
    /// When it expires, milliseconds since 1970.
    pub expires_ms: i64,
}

/// One account in the list of `GET /api/v1/accounts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its grants, ended ones too.
    pub grants: Vec<Grant>,
    /// How many devices have joined.
    pub devices: u32,
}

/// `GET /api/v1/overview`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The programme's day.
    pub today: Day,
    /// The server's clock, milliseconds since 1970.
    pub server_ms: i64,
    /// What each shard counted, in the order of the programme.
    pub shards: Vec<ShardTally>,
    /// Shards that did not answer.
    #[serde(default)]
    pub silent: Vec<ShardId>,
}

/// One station in `GET /api/v1/shards/{shard}/stations`: enough to say to which shard and unit a row belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StationLine {
    /// The station.
    pub id: StationId,
    /// Its number.
    pub code: String,
    /// Its district.
    pub unit: UnitCode,
}

/// What one part of an import did, in `GET /api/v1/shards/{shard}/imports/{import}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Which part of the import, counted from 0.
    pub part: u32,
    /// What its rows did.
    pub note: crate::state::ImportNote,
}

/// Whether the server can do its work: `GET /api/v1/health`, for whoever watches it. The status is 503 where it cannot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// It can.
    pub ok: bool,
    /// Names the build of the page.
    pub build: String,
    /// The version of the server.
    pub version: String,
    /// The protocol of sync that it speaks.
    pub protocol: u16,
    /// The registry answers.
    pub registry: bool,
    /// The registry's storage takes what is written.
    pub storage: bool,
    /// The server was restored and lets nobody in yet.
    #[serde(default)]
    pub recovery: Option<RecoveryState>,
    /// The last recovery that has ended.
    #[serde(default)]
    pub recovered: Option<Recovered>,
}

/// A recovery under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryState {
    /// When the restore was made, milliseconds since 1970.
    pub since_ms: i64,
    /// When the backup was taken.
    pub backup_ms: i64,
    /// Shards that have not told whose access has ended.
    pub silent: Vec<ShardId>,
}

/// A recovery that has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// When the restore was made, milliseconds since 1970.
    pub since_ms: i64,
    /// When the backup was taken.
    pub backup_ms: i64,
    /// When it ended.
    pub ended_ms: i64,
    /// Shards that told whose access has ended.
    pub asked: u32,
    /// Shards that did not.
    pub silent: Vec<ShardId>,
    /// Grants that the backup still had and that have ended.
    pub grants_ended: u32,
    /// Devices that the backup still had and that were revoked.
    #[serde(default)]
    pub devices_ended: u32,
    /// The operator ended it, without the silent shards.
    pub by_operator: bool,
}

/// An error: what happened, by a stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// Stable, kebab-case.
    pub code: String,
    /// For errors in a file: where and what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<(String, String)>,
}

/// A record that waits for the coordinator's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLine {
    /// Its place in the log.
    pub seq: u64,
    /// Its event.
    pub event: EventId,
    /// Who wrote it.
    pub account: AccountId,
    /// What it is, such as `mark`.
    pub kind: String,
    /// What it says, as it was written.
    pub payload: String,
    /// What its device's clock showed.
    pub wall: WallMs,
    /// When it came, milliseconds since 1970.
    pub server_ms: i64,
    /// Why it is held.
    pub why: Option<Hold>,
}
