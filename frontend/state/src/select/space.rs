//! Whether the device has room for the days to come.

use crate::model::Model;
use shared::state::PlanState;

/// Less than this is little, whatever the days need: other applications fill it within hours.
pub const LEAST_FREE_BYTES: u64 = 50_000_000;
/// A new version of the application stands beside the old one until it is used.
const APPLICATION_BYTES: u64 = 5_000_000;
/// What one person's attendance of one day takes on disk: a mark and a correction, waiting and judged.
const MARK_BYTES: u64 = 4_000;
/// The days that are looked at.
const DAYS: i32 = 14;

/// Room on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Space {
    /// Bytes that the browser says are free.
    pub free_bytes: u64,
    /// Bytes that the next days need, as estimated.
    pub need_bytes: u64,
    /// So much was written and deleted again: it is not only what the browser says.
    pub is_tried: bool,
    /// Less is free than is needed, or than is prudent.
    pub is_low: bool,
}

/// Room on the device; nothing until the browser has answered.
pub fn space(model: &Model) -> Option<Space> {
    let storage = model.storage;
    // A browser that does not say how much there may be says zero.
    if !storage.known || (storage.quota_bytes == 0 && storage.room.is_none()) {
        return None;
    }
    let free_bytes = storage.quota_bytes.saturating_sub(storage.used_bytes);
    let need_bytes = need_bytes(model);
    let said_low = storage.quota_bytes > 0 && free_bytes < need_bytes.max(LEAST_FREE_BYTES);
    let is_low = said_low || storage.room == Some(false);
    Some(Space { free_bytes, need_bytes, is_tried: storage.room.is_some(), is_low })
}

/// Bytes that the next days need, as estimated.
pub fn need_bytes(model: &Model) -> u64 {
    APPLICATION_BYTES + marks(model).saturating_mul(MARK_BYTES)
}

/// People times days of the sessions on this device that are still to come.
fn marks(model: &Model) -> u64 {
    let Some(open) = &model.account else { return 0 };
    let Some(client) = &open.client else { return 0 };
    let today = model.today();
    let state = client.shown();
    let published =
        state.sessions.iter().filter(|(_, s)| state.plan_state_of(&s.value) == PlanState::Published);
    published
        .map(|(id, session)| {
            let days = session.value.days.iter().filter(|d| **d >= today && **d < today.plus(DAYS)).count();
            days as u64 * open.index.people_of(*id).len() as u64
        })
        .sum()
}
