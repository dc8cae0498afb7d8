//! What the one writer of a shard decides: one file an intent, each a pure function of state and question.
//!
//! A decision returns the registers it changes, or the reason why not. It never changes the state itself.

mod attend;
mod import;
mod leave;
mod lend;
mod people;
mod plan;
mod resolve;
mod standing;
mod take;
mod transfer;
mod venue;
mod word;

pub use attend::check_fact;
pub use leave::looked_at_since;
pub use people::{effect_of_fact, open_replacements};
pub use plan::{Booked, bookings};
pub use standing::{TrainerStanding, has_completed, trainer_standing};
pub use take::{Listening, Taken, take};
pub use word::{Borrowed, Claim, Handed, Item, Lent, Told, WordKey};

use crate::event::Decision;
use crate::grant::{Access, Grant};
use crate::id::{AccountId, ShardId};
use crate::programme::Programme;
use crate::state::{Cell, ShardState};
use crate::sync::Rejection;
use crate::time::Day;

/// Who asks, and when.
pub struct Asked<'a> {
    /// The account.
    pub by: AccountId,
    /// The tablet or computer it asks from.
    pub tablet: &'a str,
    /// The account's grants that allow it.
    pub grants: &'a [&'a Grant],
    /// All accounts and grants of the shard.
    pub access: &'a Access,
    /// The programme's day.
    pub today: Day,
    /// The shard that decides.
    pub shard: &'a ShardId,
}

/// Decides.
///
/// # Errors
/// The reason why not, with a stable code.
pub fn decide(
    state: &ShardState,
    programme: &Programme,
    decision: &Decision,
    asked: &Asked<'_>,
) -> Result<Vec<Cell>, Rejection> {
    match decision {
        Decision::Import(part) => import::decide(state, programme, part, asked),
        Decision::PutPlan(put) => plan::put(state, programme, put, asked),
        Decision::ApprovePlan(approve) => plan::approve(state, approve, asked),
        Decision::PublishPlan(publish) => plan::publish(state, programme, publish, asked),
        Decision::CloseVenue(close) => venue::close(state, close),
        Decision::Resolve(resolve) => resolve::decide(state, resolve, asked),
        Decision::SettleField(settle) => people::settle_field(state, settle, asked),
        Decision::Appoint(appoint) => people::appoint(state, programme, appoint),
        // Held records are the log's, not the state's: see `sync::held`.
        Decision::Judge(_) => Err(unknown("record")),
        Decision::Transfer(transfer) => transfer::decide(state, programme, transfer, asked),
        Decision::Lend(lend) => lend::lend(state, programme, lend, asked),
        Decision::EndLoan(end) => lend::end(state, end, asked),
    }
}

/// Letters of a free text that are kept: it travels in every overview.
const MAX_TEXT: usize = 500;

pub(crate) fn bounded(text: &str) -> String {
    text.trim().chars().take(MAX_TEXT).collect()
}

pub(crate) fn unknown(what: &str) -> Rejection {
    Rejection::Unknown { what: what.to_owned() }
}
