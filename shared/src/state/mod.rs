//! A shard's state: registers, and nothing else. Whatever can be computed from them is computed, never stored.
//!
//! Invariants: [`ShardState::put`] is total, idempotent and commutative (the greater (stamp, seq) wins), so any
//! order, repetition or splitting of the same records gives the same state and the same [`ShardState::hash`].

mod attendance;
mod cards;
mod crossing;
mod index;
mod tables;

pub use attendance::{Observation, Outcome, observations, outcome, outcomes_of};
pub use cards::{
    Approval, Contact, Correction, Erasure, Field, ImportNote, Judgement, Mark, Method, PersonName, Place,
    PlanCard, PlanState, Replacement, Resolution, Seat, SessionCard, StationCard, Status, Taken, TrainerCard,
    VenueCard,
};
pub use crossing::{Loan, Past, Side, Teaches, Tenure};
pub use index::Index;
pub use tables::{Cell, CellKey, Reg, Row, ShardState, TABLES};
