//! Handing a person on to another shard, for good.
//!
//! Decided by the owner on its own state; the new owner is not asked and takes the person in when it next looks. The
//! seat is vacated, not refused: it shows as free at once, where it can be filled.

use super::leave::{bound_to, leave, looked_at_since};
use super::{Asked, unknown};
use crate::event::Transfer;
use crate::programme::Programme;
use crate::state::ShardState;
use crate::state::{Cell, Side, Tenure};
use crate::sync::Rejection;

/// Decides a transfer.
///
/// # Errors
/// Somebody who is not here or belongs to another shard; no such shard; changed since; lent out; teaches a session
/// that is approved or published and not over; on the list of one, unless the decision gives that place up.
pub fn decide(
    state: &ShardState,
    programme: &Programme,
    transfer: &Transfer,
    asked: &Asked<'_>,
) -> Result<Vec<Cell>, Rejection> {
    let person = transfer.person;
    if !state.names.contains_key(&person) {
        return Err(unknown("person"));
    }
    if let Some(owner) = state.owner_elsewhere(person) {
        return Err(Rejection::Elsewhere { shard: owner.clone() });
    }
    if transfer.to == *asked.shard || !programme.shards().contains(&transfer.to) {
        return Err(unknown("shard"));
    }
    if looked_at_since(state, person, transfer.based_on) {
        return Err(Rejection::Stale);
    }
    let lent = state.loans_of(person).find(|(_, _, l)| l.side == Side::Lent && l.is_open(asked.today));
    if let Some((_, shard, _)) = lent {
        return Err(Rejection::OnLoan { shard: shard.clone() });
    }
    let counts_on = |b: &super::leave::Bound<'_>| b.is_settled() && (b.teaches || !transfer.give_up);
    if let Some(bound) = bound_to(state, person, asked.today).find(counts_on) {
        return Err(Rejection::Committed { session: bound.id });
    }
    let mut cells = leave(state, person, asked.today);
    let held = state.tenures.get(&person).map(|t| &t.value);
    let mut trail = held.map(|t| t.trail.clone()).unwrap_or_default();
    trail.extend([asked.shard.clone(), transfer.to.clone()]);
    let tenure = Tenure {
        hop: held.map_or(0, |t| t.hop) + 1,
        owner: transfer.to.clone(),
        here: false,
        trail,
        known_at: held.map_or(0, |t| t.hop),
        teaches: super::take::teaches(state, person),
        reason: super::bounded(&transfer.reason),
    };
    cells.push(Cell::Tenure(person, tenure));
    Ok(cells)
}
