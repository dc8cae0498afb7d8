//! Settling a disagreement between observers.

use super::Asked;
use crate::event::{Resolve, Settled};
use crate::grant::AccountRole;
use crate::state::{Cell, Resolution, ShardState};
use crate::sync::Rejection;

/// Says what holds. It must name every mark there is: who settles has seen them all.
///
/// # Errors
/// Unknown session or day, marks that are not named, or somebody who is neither coordinator nor the session's lead.
pub fn decide(state: &ShardState, resolve: &Resolve, asked: &Asked<'_>) -> Result<Vec<Cell>, Rejection> {
    let Some(session) = state.sessions.get(&resolve.session) else { return Err(super::unknown("session")) };
    let session = &session.value;
    if usize::from(resolve.day) >= session.days.len() {
        return Err(super::unknown("day"));
    }
    let settles = asked.grants.iter().any(|g| match g.role {
        AccountRole::Coordinator => true,
        AccountRole::Trainer => g.person.is_some() && g.person == session.trainers.first().copied(),
        _ => false,
    });
    if !settles {
        return Err(Rejection::NotLead);
    }
    let marks = state.marks_of(resolve.session, resolve.day, resolve.person);
    if marks.is_empty() {
        return Err(super::unknown("person"));
    }
    let named = |seq, device| resolve.settles.iter().any(|s| s.device == device && s.seq == seq);
    if !marks.iter().all(|(device, reg)| named(reg.seq, *device)) {
        return Err(Rejection::Stale);
    }
    let settles = marks.iter().map(|(device, reg)| Settled { device: *device, seq: reg.seq }).collect();
    let resolution = Resolution { status: resolve.status, account: asked.by, settles };
    Ok(vec![Cell::Resolution((resolve.session, resolve.day, resolve.person), resolution)])
}
