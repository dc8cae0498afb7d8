//! Decisions on people who cross from shard to shard.

use crate::id::{PersonId, ShardId, StageCode};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Hand a person on to another shard, for good: records follow, the seat is free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Whom.
    pub person: PersonId,
    /// Where to.
    pub to: ShardId,
    /// Why.
    pub reason: String,
    /// The head of the log at which the person was looked at: what was decided on.
    pub based_on: u64,
    /// Leaves the list of a session that is still to come, where the person is on one; otherwise that refuses.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub give_up: bool,
}

/// Lend a trainer to another shard for a stage and some days, on which only that shard may plan the trainer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lend {
    /// Whom.
    pub trainer: PersonId,
    /// What the trainer teaches there.
    pub stage: StageCode,
    /// Where.
    pub to: ShardId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// The head of the log at which the trainer was looked at: what was decided on.
    pub based_on: u64,
}

/// Ask a lent trainer back. What the borrower has published with the trainer stays; the loan ends with its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndLoan {
    /// Who is lent.
    pub trainer: PersonId,
    /// For which stage.
    pub stage: StageCode,
    /// Where.
    pub to: ShardId,
    /// The head of the log at which the loan was looked at: what was decided on.
    pub based_on: u64,
}
