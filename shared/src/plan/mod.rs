//! Turning people into sessions: who is taught with whom, where, when and by whom.
//!
//! A [`Problem`] is everything the planner may know, an [`Outcome`] is all it says; both are plain data, so that the
//! work can be done in another thread. [`plan`] is pure: the same problem gives the same outcome on every machine,
//! in whatever order its lists are written.
//!
//! What never happens: a session over `max` or over its room's capacity, two units in one session, a day that is not
//! taught, a room or a human in two places at one time, a room or trainer that was not given, a session with fewer
//! or more trainers than the stage asks for, a person in two sessions, a person left out without a [`Reason`].
//!
//! How big groups are. `norm` is the target: a unit's people make as many groups as the norm asks for. A group goes
//! over the norm, never over `max`, only (1) to keep a station together, (2) to save one session, where the people
//! beyond whole groups find seats in the others, (3) to seat people for whom no further session could be held.

mod construct;
mod from_state;
mod geo;
mod outcome;
mod problem;
mod put;
mod reason;
mod score;
mod table;
mod time;

pub use from_state::group_unit;
pub use geo::Place;
pub use outcome::{Outcome, PlannedSession, Score, Unplaced};
pub use problem::{
    Booking, Fault, Problem, RoomGiven, RoomScope, StationGiven, Trainee, TrainerGiven, TrainerStatus, Who,
};
pub use put::{PlanSummary, UnplacedGroup, put_plan};
pub use reason::Reason;

use core::ops::ControlFlow;
use serde::{Deserialize, Serialize};

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps in all; the same in every report of one run.
    pub total: usize,
}

/// Why there is no outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PlanError {
    /// The one who asked stopped it.
    #[error("stopped on request")]
    Cancelled,
    /// The problem contradicts itself.
    #[error("the problem contradicts itself in {} places", faults.len())]
    Faulty {
        /// Everything that is wrong in it.
        faults: Vec<Fault>,
    },
}

/// Plans the sessions of one stage in one shard.
///
/// `progress` is told how far the work is, and stops it by `ControlFlow::Break`.
///
/// # Errors
/// [`PlanError::Faulty`] where the problem contradicts itself, [`PlanError::Cancelled`] when stopped.
pub fn plan(
    problem: &Problem,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Outcome, PlanError> {
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(PlanError::Faulty { faults });
    }
    let table = table::Table::of(problem);
    let built = construct::construct(&table, progress)?;
    let unplaced = reason::explain(&table, &built);
    Ok(outcome::write(&table, built, unplaced))
}
