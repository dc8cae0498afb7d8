//! Facts of the training room. A fact is never refused for a business reason; only what was never permitted is.

use crate::event::Fact;
use crate::grant::{AccountRole, Grant};
use crate::id::SessionId;
use crate::state::ShardState;
use crate::sync::Rejection;

/// Checks that a fact may be written at all: a trainer writes in sessions that are or ever were the trainer's own.
///
/// # Errors
/// [`Rejection::NotPermitted`], or [`Rejection::Unknown`] for a session or day that never was in this shard.
pub fn check_fact(state: &ShardState, fact: &Fact, grants: &[&Grant]) -> Result<(), Rejection> {
    let session = match fact {
        Fact::Mark(marks) => marks.session,
        Fact::Take(take) => take.session,
    };
    let Some(card) = state.sessions.get(&session) else { return Err(super::unknown("session")) };
    if let Fact::Mark(marks) = fact
        && usize::from(marks.day) >= card.value.days.len()
    {
        return Err(super::unknown("day"));
    }
    if grants.iter().any(|g| may_write(state, g, session)) { Ok(()) } else { Err(Rejection::NotPermitted) }
}

fn may_write(state: &ShardState, grant: &Grant, session: SessionId) -> bool {
    match grant.role {
        AccountRole::Coordinator => true,
        AccountRole::Trainer => grant.person.is_some_and(|p| state.assigned.contains_key(&(session, p))),
        _ => false,
    }
}
