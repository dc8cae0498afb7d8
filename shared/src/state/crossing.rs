//! Who belongs to which shard, and who is lent: what a shard holds of people who cross.
//!
//! A person's [`Tenure`] is the same question in every shard that ever had the person, and all answers merge to the
//! greatest (hop, owner): whichever shard was restored from an older copy, they agree again once they have heard of
//! each other. A person without a tenure has always been here.

use super::tables::ShardState;
use crate::id::{PersonId, SessionId, ShardId, StageCode};
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which shard owns a person. In a shard that handed the person on, this is the forwarding row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// How often the person was handed on. The greater (hop, owner) holds.
    pub hop: u32,
    /// The owner.
    pub owner: ShardId,
    /// Whether the owner is the shard that holds this row.
    pub here: bool,
    /// Every shard that has ever owned the person: they all are told who owns it now. Empty for somebody who is only
    /// borrowed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub trail: BTreeSet<ShardId>,
    /// Of what hop our knowledge of the person is: the one at which we last owned the person, or for an owner that of
    /// whom it was taken over from.
    #[serde(default)]
    pub known_at: u32,
    /// What the person may teach, as it was handed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teaches: Vec<Teaches>,
    /// Why the person was handed on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Tenure {
    /// What decides between two answers to whose somebody is.
    pub fn rank(&self) -> (u32, &ShardId) {
        (self.hop, &self.owner)
    }
}

/// A stage that somebody may teach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Teaches {
    /// The stage.
    pub stage: StageCode,
    /// Completed the tier above, by the word of headquarters.
    #[serde(default)]
    pub qualified: bool,
}

/// Which end of a loan a shard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The trainer is ours and teaches there: we do not plan the trainer on these days.
    Lent,
    /// The trainer is theirs and teaches here: on no other days.
    Borrowed,
}

/// A trainer of one shard teaches a stage in another for some days. Both shards hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loan {
    /// Which end this shard is.
    pub side: Side,
    /// Counts the owner's decisions on it.
    pub n: u32,
    /// First day.
    pub from: Day,
    /// Last day; before the first where nothing is left of it.
    pub until: Day,
    /// The owner wants the trainer back: it ends with the last day for which the borrower has published a session.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ending: bool,
}

fn is_false(it: &bool) -> bool {
    !*it
}

impl Loan {
    /// Whether the trainer is the borrower's on a day.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether anything is left of it from a day on.
    pub fn is_open(&self, today: Day) -> bool {
        self.from <= self.until && today <= self.until
    }

    /// The same with nothing left of it.
    pub fn voided(&self) -> Self {
        Self { until: self.from.plus(-1), ending: true, ..self.clone() }
    }

    /// Whether two loans have a day in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from.max(other.from) <= self.until.min(other.until)
    }
}

/// How somebody did in a session of another shard, by that shard's latest word: absolute, never a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The session.
    pub session: SessionId,
    /// Days it takes.
    pub days: u8,
    /// Days on which the person was there.
    pub there: u8,
    /// Days on which observers differ and nobody has settled it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub disputed: u8,
    /// Its last day.
    pub until: Day,
    /// The place in that shard's log of the last record it follows from.
    pub version: u64,
}

fn is_zero(it: &u8) -> bool {
    *it == 0
}

impl Past {
    /// There on every day.
    pub fn is_completed(&self) -> bool {
        self.days > 0 && self.there >= self.days
    }
}

impl ShardState {
    /// Whether a person on the roster is this shard's own: neither handed on nor only borrowed.
    pub fn is_here(&self, person: PersonId) -> bool {
        self.tenures.get(&person).is_none_or(|t| t.value.here)
    }

    /// The shard that owns a person who is not this shard's own.
    pub fn owner_elsewhere(&self, person: PersonId) -> Option<&ShardId> {
        self.tenures.get(&person).filter(|t| !t.value.here).map(|t| &t.value.owner)
    }

    /// A person's loans, with the stage and the shard at the other end.
    pub fn loans_of(&self, person: PersonId) -> impl Iterator<Item = (&StageCode, &ShardId, &Loan)> {
        // Loans are few: there is no key that all of one person's follow.
        self.loans
            .iter()
            .filter(move |((p, ..), _)| *p == person)
            .map(|((_, stage, other), loan)| (stage, other, &loan.value))
    }

    /// Whether this shard may not plan one of its own people on a day, because a borrower may.
    pub fn is_lent(&self, person: PersonId, day: Day) -> bool {
        self.loans_of(person).any(|(_, _, loan)| loan.side == Side::Lent && loan.covers(day))
    }

    /// Whether somebody may be planned here on a day as far as shards are concerned: one's own people while they are
    /// not lent, a borrowed trainer in the stage and on the days of the loan.
    pub fn may_plan(&self, person: PersonId, stage: &StageCode, day: Day) -> bool {
        if self.is_here(person) {
            return !self.is_lent(person, day);
        }
        let for_this = |(of, _, loan): (&StageCode, &ShardId, &Loan)| {
            of == stage && loan.side == Side::Borrowed && loan.covers(day)
        };
        self.loans_of(person).any(for_this)
    }

    /// How somebody did in sessions of a stage in other shards.
    pub fn pasts<'a>(
        &'a self,
        person: PersonId,
        stage: &'a StageCode,
    ) -> impl Iterator<Item = (&'a ShardId, &'a Past)> {
        self.outcomes
            .iter()
            .filter(move |((p, s, _), _)| *p == person && s == stage)
            .map(|((_, _, shard), past)| (shard, &past.value))
    }
}
