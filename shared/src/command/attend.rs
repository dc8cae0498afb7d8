//! Facts of the training room. A fact is never refused for a business reason; only what was never permitted is.

use crate::event::Fact;
use crate::grant::{AccountRole, Grant};
use crate::id::SessionId;
use crate::state::ShardState;
use crate::sync::{Hold, Rejection};

/// People in one mark event: a group is far smaller.
pub const MAX_MARKS: usize = 500;

/// Checks that a fact may be written at all, and says why it is held where it is: a trainer writes in sessions that
/// are or ever were the trainer's own.
///
/// A session that is not here may come back: after a restore its publication may arrive later than its marks. So such
/// a fact is held, not refused; one of a person who is not here likewise.
///
/// # Errors
/// [`Rejection::NotPermitted`], [`Rejection::Unknown`] for a day that the session does not have, or
/// [`Rejection::TooLarge`].
pub fn check_fact(state: &ShardState, fact: &Fact, grants: &[&Grant]) -> Result<Option<Hold>, Rejection> {
    let session = match fact {
        Fact::Mark(marks) => marks.session,
        Fact::Take(take) => take.session,
    };
    if let Fact::Mark(marks) = fact
        && marks.people.len() > MAX_MARKS
    {
        return Err(Rejection::TooLarge);
    }
    let Some(card) = state.sessions.get(&session) else { return Ok(Some(Hold::UnknownSession)) };
    if let Fact::Mark(marks) = fact
        && usize::from(marks.day) >= card.value.days.len()
    {
        return Err(super::unknown("day"));
    }
    if !grants.iter().any(|g| may_write(state, g, session)) {
        return Err(Rejection::NotPermitted);
    }
    match fact {
        Fact::Mark(marks) if marks.people.iter().any(|(p, _)| !state.names.contains_key(p)) => {
            Ok(Some(Hold::UnknownPerson))
        }
        Fact::Mark(_) | Fact::Take(_) => Ok(None),
    }
}

fn may_write(state: &ShardState, grant: &Grant, session: SessionId) -> bool {
    match grant.role {
        AccountRole::Coordinator => true,
        AccountRole::Trainer => grant.person.is_some_and(|p| state.assigned.contains_key(&(session, p))),
        _ => false,
    }
}
