//! A room is lost, or there again. Published sessions in it stay: they are shown as needing a place.

use crate::event::CloseVenue;
use crate::state::{Cell, ShardState};
use crate::sync::Rejection;

/// Closes or reopens a room.
///
/// # Errors
/// Unknown room, or the room changed since it was looked at.
pub fn close(state: &ShardState, close: &CloseVenue) -> Result<Vec<Cell>, Rejection> {
    let Some(reg) = state.venues.get(&close.venue) else { return Err(super::unknown("venue")) };
    if reg.seq != close.based_on {
        return Err(Rejection::Stale);
    }
    let mut card = reg.value.clone();
    card.closed = close.closed.then(|| super::bounded(&close.reason));
    Ok(vec![Cell::Venue(close.venue, card)])
}
