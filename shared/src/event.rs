//! What people did, as records: facts and decisions.
//!
//! A **fact** says what somebody saw; it is never refused for a business reason. A **decision** asks the one writer
//! of a shard to change something; only the shard decides it, on its own state. Both travel as an [`Event`], whose
//! payload stays a text: a shard or tablet of another version keeps, hashes and forwards what it cannot read.

mod body;
mod crossing;
mod hash;

pub use body::{
    Appoint, ApprovePlan, Body, BodyError, CloseVenue, Correct, Decision, Fact, ImportPart, Judge, Marks,
    PlannedGroup, PublishPlan, PutPlan, ReplacementSeen, Resolve, SettleField, Settled, TakeSession,
};
pub use crossing::{EndLoan, Lend, Transfer};
pub use hash::{Hash, Hasher, Salt};

use crate::id::{AccountId, DeviceId, IdError, RunId, ShardId};
use crate::time::{Stamp, WallMs};
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of an event: the device, one load of its page, and a number within that load.
///
/// Two tabs, a cloned tablet and a wiped one draw different runs, so they never collide, and nothing needs the
/// numbers to be without gaps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub struct EventId {
    pub device: DeviceId,
    pub run: RunId,
    pub n: u32,
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.device, self.run, self.n)
    }
}

impl FromStr for EventId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let mut parts = text.split('.');
        let (Some(device), Some(run), Some(n), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(IdError);
        };
        let plain = n == "0" || (!n.starts_with('0') && n.bytes().all(|b| b.is_ascii_digit()));
        if !plain {
            return Err(IdError);
        }
        Ok(Self { device: device.parse()?, run: run.parse()?, n: n.parse().map_err(|_| IdError)? })
    }
}

impl Serialize for EventId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One thing somebody did, as the device wrote it; it never changes afterwards.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Event {
    /// Its name.
    pub id: EventId,
    /// The shard it is for.
    pub shard: ShardId,
    /// The account on whose behalf the device wrote it.
    pub actor: AccountId,
    /// What the device's clock showed.
    pub wall: WallMs,
    /// Milliseconds to add to `wall` to get the server's time, as the device last knew; 0 if it never knew.
    pub offset: i64,
    /// The cursor of the device at writing: all it had seen.
    pub seen: u64,
    /// What it is, such as `mark`.
    pub kind: String,
    /// Version of the payload's shape, counted within its kind.
    pub version: u16,
    /// JSON; opaque to whoever does not know the kind.
    pub payload: String,
}

impl Event {
    /// The server's time at writing, as far as the device knew it.
    pub fn claimed(&self) -> Stamp {
        Stamp(self.wall.0.saturating_add(self.offset))
    }

    /// The hash by which a known id with other content is told from a repetition.
    pub fn content_hash(&self) -> Hash {
        Hasher::new("cascade event 1")
            .text(&self.id.to_string())
            .text(self.shard.as_str())
            .text(&self.actor.to_string())
            .number(self.wall.0)
            .number(self.offset)
            .number(self.seen as i64)
            .text(&self.kind)
            .number(i64::from(self.version))
            .text(&self.payload)
            .done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_event_id_reads_back_what_it_writes(device: u64, run: u64, n: u32) {
            let id = EventId { device: DeviceId(device), run: RunId(run), n };
            prop_assert_eq!(id.to_string().parse::<EventId>(), Ok(id));
        }

        #[test]
        fn an_event_survives_the_wire(wall: i64, offset: i64, seen: u64, n: u32, payload: String, kind: String) {
            let event = Event {
                id: EventId { device: DeviceId(1), run: RunId(2), n },
                shard: "kg-naryn".parse().map_err(|_| TestCaseError::fail("shard"))?,
                actor: AccountId(3),
                wall: WallMs(wall), offset, seen, kind, version: 1, payload,
            };
            let wire = serde_json::to_string(&event).map_err(|e| TestCaseError::fail(e.to_string()))?;
            let back: Event = serde_json::from_str(&wire).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(back.content_hash(), event.content_hash());
            prop_assert_eq!(back, event);
        }
    }

    #[test]
    fn only_the_canonical_spelling_is_an_event_id() {
        let good = "0000000000000001.0000000000000002.7";
        assert!(good.parse::<EventId>().is_ok());
        for bad in
            ["", "1.2.3", "0000000000000001.0000000000000002.07", "0000000000000001.0000000000000002.-1"]
        {
            assert!(bad.parse::<EventId>().is_err(), "{bad}");
        }
    }
}
