//! Facts of the training room. A fact is never refused for a business reason; only what was never permitted is.

use crate::event::Fact;
use crate::grant::{AccountRole, Grant};
use crate::id::{PersonId, SessionId};
use crate::state::ShardState;
use crate::sync::{Hold, Rejection};

/// People in one mark event: a group is far smaller.
pub const MAX_MARKS: usize = 500;
/// Bytes of a text that a fact brings.
pub const MAX_TEXT_BYTES: usize = 1_000;

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
        Fact::Correct(correct) => correct.session,
        Fact::ReplacementSeen(seen) => seen.session,
    };
    let text = match fact {
        Fact::Correct(correct) => correct.value.len(),
        Fact::ReplacementSeen(seen) => seen.reason.len(),
        Fact::Mark(_) | Fact::Take(_) => 0,
    };
    if text > MAX_TEXT_BYTES {
        return Err(Rejection::TooLarge);
    }
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
    let is_known = |person: &PersonId| state.names.contains_key(person);
    let all_known = match fact {
        Fact::Mark(marks) => marks.people.iter().all(|(person, _)| is_known(person)),
        Fact::Take(_) => true,
        Fact::Correct(correct) => is_known(&correct.person),
        Fact::ReplacementSeen(seen) => is_known(&seen.into) && seen.out.as_ref().is_none_or(is_known),
    };
    Ok((!all_known).then_some(Hold::UnknownPerson))
}

fn may_write(state: &ShardState, grant: &Grant, session: SessionId) -> bool {
    match grant.role {
        AccountRole::Coordinator => true,
        AccountRole::Trainer => grant.person.is_some_and(|p| state.assigned.contains_key(&(session, p))),
        _ => false,
    }
}
