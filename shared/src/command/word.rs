//! What shards say to each other: absolute words, each of which replaces the last of its key.

use crate::id::{PersonId, ShardId, StageCode, UnitCode};
use crate::state::{Contact, Past, PersonName, Teaches};
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One word of a shard to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum Item {
    /// Whose somebody is, told to all who ever owned the person.
    Claim(Box<Claim>),
    /// A trainer is yours to plan.
    Lent(Box<Lent>),
    /// What we hold of a loan of yours.
    Borrowed(Borrowed),
    /// How a person of yours did in a session of ours.
    Outcome(Told),
}

/// Whose somebody is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Who.
    pub person: PersonId,
    /// How often the person was handed on.
    pub hop: u32,
    /// The owner.
    pub owner: ShardId,
    /// All who ever owned the person.
    pub trail: BTreeSet<ShardId>,
    /// What is handed over; told to the owner alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Handed>,
}

/// What goes with a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Handed {
    /// The hop at which the giver owned the person: who owned the person later knows better.
    pub hop: u32,
    pub name: PersonName,
    pub contact: Contact,
    /// How the person did so far, by stage and the shard that taught.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pasts: Vec<(StageCode, ShardId, Past)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teaches: Vec<Teaches>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A trainer lent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Lent {
    pub person: PersonId,
    pub stage: StageCode,
    pub n: u32,
    pub from: Day,
    pub until: Day,
    pub ending: bool,
    /// The hop at which the lender owns the trainer.
    pub hop: u32,
    pub name: PersonName,
    /// To call the trainer; the personal number stays with the owner.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    pub unit: UnitCode,
    pub qualified: bool,
    /// How the trainer did in the tier above, by the shard that taught it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<(StageCode, ShardId, Past)>,
}

/// The borrower's copy of a loan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Borrowed {
    pub person: PersonId,
    pub stage: StageCode,
    pub n: u32,
    pub from: Day,
    pub until: Day,
    pub ending: bool,
}

/// How somebody did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Told {
    pub person: PersonId,
    pub stage: StageCode,
    pub past: Past,
}

/// What tells one word from another of the same shard to the same listener.
pub type WordKey = (u8, PersonId, Option<StageCode>);

impl Item {
    /// Its key: a later word of the same key replaces it.
    pub fn key(&self) -> WordKey {
        match self {
            Self::Claim(it) => (0, it.person, None),
            Self::Lent(it) => (1, it.person, Some(it.stage.clone())),
            Self::Borrowed(it) => (2, it.person, Some(it.stage.clone())),
            Self::Outcome(it) => (3, it.person, Some(it.stage.clone())),
        }
    }
}
