//! What goes over the wire, and its limits. JSON, version 1; every field of the final protocol is here from the
//! first release, so that nothing written now must be migrated.

use crate::event::{Event, EventId, Hash};
use crate::id::{DeviceId, PersonId, SessionId, ShardId};
use crate::state::{CellKey, Row};
use serde::{Deserialize, Serialize};

/// The protocol this code speaks.
pub const PROTOCOL: u16 = 1;
/// Bytes of one request; the shell refuses more before reading it all.
pub const MAX_BODY_BYTES: usize = 2_000_000;
/// Events of one request.
pub const MAX_EVENTS: usize = 1_000;
/// Events that a device may bring in all once its right has ended: more than weeks of honest work without a signal.
pub const MAX_DEPOSIT_EVENTS: u64 = 5_000;
/// Bytes of the requests that bring them.
pub const MAX_DEPOSIT_BYTES: u64 = 10_000_000;
/// Bytes of one payload: with its effect it must fit a storage row of 2 MB.
pub const MAX_PAYLOAD_BYTES: usize = 700_000;
/// Bytes of one record's payload and effect together.
pub const MAX_RECORD_BYTES: usize = 1_700_000;
/// Rows of one page of a view: a page is decoded in one task of the page's main thread.
pub const MAX_PAGE_ROWS: usize = 1_500;

/// The place in a shard's log up to which somebody knows it, and the chain there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Sequence number; 0 before the first record.
    pub seq: u64,
    /// The chain's hash there.
    pub chain: Hash,
}

/// What a device wants back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Want {
    /// Verdicts and what changed in its view.
    #[default]
    View,
    /// Verdicts alone: headquarters deciding in many shards, a device that only deposits.
    Verdicts,
}

/// What a device sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// [`PROTOCOL`].
    pub v: u16,
    /// The shard, again: a body sent to a wrong address is refused.
    pub shard: ShardId,
    /// The device.
    pub device: DeviceId,
    /// All rows up to here are on the device.
    pub cursor: u64,
    /// The tag of the view they belong to.
    #[serde(default)]
    pub tag: Option<Hash>,
    /// Inside a whole view that comes in pages: the last key received.
    #[serde(default)]
    pub after: Option<CellKey>,
    /// The highest place in the log this device was ever told of.
    pub witness: Head,
    /// What it wants back.
    #[serde(default)]
    pub want: Want,
    /// Which question of the device it is; the answer repeats it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// What it has written, in its own order.
    pub events: Vec<Event>,
}

/// What a shard answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The protocol it speaks.
    pub v: u16,
    /// The server's clock, milliseconds since 1970.
    pub server_ms: i64,
    /// The shard's log now.
    pub head: Head,
    /// The server was restored from an older copy than this device knows: nothing was admitted, send all again.
    #[serde(default)]
    pub forked: bool,
    /// What became of each event.
    pub verdicts: Vec<(EventId, Verdict)>,
    /// What changed in the view.
    #[serde(default)]
    pub page: Option<Page>,
    /// Proof that the events arrived.
    #[serde(default)]
    pub receipt: Option<Receipt>,
    /// With the first page of a whole view: the key to which this shard's parcels are sealed, base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel_key: Option<String>,
    /// The account has no right here any more, or the device was revoked: what waits is taken in and judged, no rows
    /// come, and once nothing waits the device deletes what it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    /// The question that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
}

/// What has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// All rights of the account in this shard.
    Account,
    /// This device's part in it.
    Device,
    /// A later version's word.
    #[serde(other)]
    Newer,
}

/// Some rows of a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The first page of a whole view that replaces the old one; what was staged before is void.
    pub first: bool,
    /// Part of a whole view; otherwise rows changed since the cursor.
    pub full: bool,
    /// The rows; those of tables that a later version added are left out by an older one.
    #[serde(deserialize_with = "known_rows")]
    pub rows: Vec<Row>,
    /// The cursor once these (and, in a whole view, all following pages) are stored.
    pub cursor: u64,
    /// The tag of the view.
    pub tag: Hash,
    /// In a whole view: there is more after this key.
    #[serde(default)]
    pub next: Option<CellKey>,
}

fn known_rows<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Row>, D::Error> {
    let raw: Vec<&'de serde_json::value::RawValue> = Vec::deserialize(from)?;
    Ok(raw.into_iter().filter_map(|row| crate::wire::read(row.get()).ok()).collect())
}

/// Signed proof that a batch is in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The shard.
    pub shard: ShardId,
    /// The device.
    pub device: DeviceId,
    /// Hash over the ids, content hashes and verdicts of the batch.
    pub batch: Hash,
    /// The log after it.
    pub head: Head,
    /// The server's clock.
    pub server_ms: i64,
    /// Which key and scheme signed: `shard-p256-1`, or `shard-hmac-1` of the first servers.
    pub key: String,
    /// The signature: hexadecimal, or base64url of the first servers.
    pub signature: String,
}

/// What became of an event; read by the module `verdict`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "v", rename_all = "lowercase")]
pub enum Verdict {
    /// It counts.
    Admitted {
        /// Its place in the log.
        seq: u64,
    },
    /// It is stored and shown to nobody until a person or an upgrade decides.
    Held {
        /// Its place in the log.
        seq: u64,
        /// Why; records of the first version do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Hold>,
    },
    /// It does not count; it stays on the device with its reason.
    Refused(Refusal),
    /// Its id is taken by an event of other content: give it a new one.
    Fork,
    /// A later version's verdict: the shard has the event.
    #[serde(other)]
    Newer,
}

/// Why an event is stored and does not count yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// A later version of the device wrote something this shard does not know; it is judged after the upgrade.
    NewerKind,
    /// It came later than the programme's grace after the grant had ended; or after its end, and whether it was
    /// written before cannot be told.
    Late,
    /// The grant, or the device, was revoked for cause.
    Cause,
    /// It speaks of a session that is not in this shard.
    UnknownSession,
    /// It speaks of a person who is not in this shard.
    UnknownPerson,
    /// A later version's reason.
    #[serde(other)]
    Newer,
}

/// Why an event does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Its place in the log, where the refusal is logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// The reason.
    #[serde(flatten)]
    pub why: Rejection,
}

/// Business reasons; each has a stable code, and its text on screen is found by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Rejection {
    /// The payload is not of its kind's shape.
    #[error("malformed: {detail}")]
    Malformed {
        /// What the reader said.
        detail: String,
    },
    /// The event names another shard than it was sent to.
    #[error("the event belongs to another shard")]
    OtherShard,
    /// The event was written for another account than the one that sends it.
    #[error("the event belongs to another account")]
    OtherAccount,
    /// No grant of this account ever allowed it.
    #[error("never permitted")]
    NotPermitted,
    /// The payload is over the limit.
    #[error("too large")]
    TooLarge,
    /// The thing it speaks of is not in this shard.
    #[error("unknown {what}")]
    Unknown {
        /// `session`, `plan`, `venue`, `person`, `stage`, `unit`, `day`.
        what: String,
    },
    /// What it was decided on has changed since.
    #[error("changed since")]
    Stale,
    /// The plan is not in the state that this needs.
    #[error("the plan is not in the state this needs")]
    WrongPlanState,
    /// Nobody approves their own plan.
    #[error("the author cannot approve")]
    OwnPlan,
    /// Nobody approves the plan of somebody who made their account, or whose account they made.
    #[error("author and approver are not independent")]
    MadeByAuthor,
    /// The device has held the author's account.
    #[error("the device has held the author's account")]
    SameDevice,
    /// The stage has a published plan; people of it are invited.
    #[error("{people} people already have a published session")]
    AlreadyInvited {
        /// How many.
        people: u32,
    },
    /// A hard rule of planning is broken.
    #[error("plan breaks a rule: {rule}")]
    PlanBreaks {
        /// `group-too-large`, `room-too-small`, `room-closed`, `twice-at-once`, `person-twice`, `not-in-stage`,
        /// `too-few-trainers`, `not-a-trainer`, `day-not-taught`, `days-not-consecutive`, `outside-window`,
        /// `lent-away`.
        rule: String,
        /// The number of the first group that breaks it, from 1.
        group: u32,
    },
    /// Trainers who were expected to complete the tier above did not.
    #[error("{} trainers have not completed the tier above", trainers.len())]
    TrainersNotReady {
        /// Who.
        trainers: Vec<PersonId>,
    },
    /// Only the lead trainer of the session or a coordinator settles a disagreement.
    #[error("only the lead trainer settles")]
    NotLead,
    /// The person holds another seat already.
    #[error("the person holds another seat")]
    HoldsAnotherSeat,
    /// More people than a shard may hold.
    #[error("over the limit of {limit} people a shard")]
    ShardFull {
        /// The limit.
        limit: u32,
    },
    /// The person belongs to another shard.
    #[error("the person belongs to {shard}")]
    Elsewhere {
        /// Which.
        shard: ShardId,
    },
    /// A session that is still to come counts on the person.
    #[error("a session to come counts on the person")]
    Committed {
        /// Which.
        session: SessionId,
    },
    /// The trainer is lent at that time.
    #[error("the trainer is lent to {shard}")]
    OnLoan {
        /// To which shard.
        shard: ShardId,
    },
    /// A later version's reason.
    #[error("a reason this version does not know")]
    #[serde(other)]
    Newer,
}

/// Why a request could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// Over [`MAX_BODY_BYTES`].
    #[error("body over {MAX_BODY_BYTES} bytes")]
    TooLarge,
    /// Over [`MAX_EVENTS`].
    #[error("over {MAX_EVENTS} events")]
    TooManyEvents,
    /// Not JSON of the shape.
    #[error("malformed request: {0}")]
    Malformed(String),
    /// A protocol this server does not speak.
    #[error("protocol {0} is not spoken here")]
    Protocol(u16),
}

/// Reads a request within the limits.
///
/// # Errors
/// Names the limit or the place in the text.
pub fn decode_request(body: &[u8]) -> Result<Request, RequestError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(RequestError::TooLarge);
    }
    let request: Request =
        serde_json::from_slice(body).map_err(|e| RequestError::Malformed(e.to_string()))?;
    if request.v != PROTOCOL {
        return Err(RequestError::Protocol(request.v));
    }
    if request.events.len() > MAX_EVENTS {
        return Err(RequestError::TooManyEvents);
    }
    Ok(request)
}

impl Verdict {
    /// The place in the log, where it has one.
    pub fn seq(&self) -> Option<u64> {
        match self {
            Self::Admitted { seq } | Self::Held { seq, .. } => Some(*seq),
            Self::Refused(refusal) => refusal.seq,
            Self::Fork | Self::Newer => None,
        }
    }
}
