//! The times of a record: when it was written, as far as can be told, and when it takes effect.

use super::server::Shard;
use crate::event::Event;
use crate::mutants::{Mutant, on};
use crate::time::Stamp;

/// A device's latest record.
#[derive(Clone, Copy, Debug, Default)]
pub struct Last {
    /// The greatest effective time.
    pub stamp: Stamp,
    /// The greatest time of writing, as far as can be told. A decision takes effect when it is decided, which may be
    /// long after it was written: what the device wrote next is not later for that.
    pub written: Stamp,
}

impl Shard {
    /// When it takes effect: min(now, max(when it was written, this device's previous stamp)).
    pub(super) fn effective_stamp(&self, event: &Event, now: Stamp) -> Stamp {
        if on(Mutant::StampIsWall) {
            return event.claimed().min(now);
        }
        let previous = self.last_by_device.get(&event.id.device).copied().unwrap_or_default();
        self.written(event, now).max(previous.stamp).min(now)
    }

    /// When it was written, by which rights are judged: min(now, max(wall + offset, stamp of what it had seen, when
    /// this device's previous one was written)).
    pub(super) fn written(&self, event: &Event, now: Stamp) -> Stamp {
        let seen =
            usize::try_from(event.seen).ok().and_then(|s| self.high.get(s)).copied().unwrap_or_default();
        let previous = self.last_by_device.get(&event.id.device).copied().unwrap_or_default();
        event.claimed().max(seen).max(previous.written).min(now)
    }
}
