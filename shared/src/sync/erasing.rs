//! The one writer's part in an erasure: see [`crate::erase`].

use super::server::{Caller, Judged, Record, Shard, is_storable};
use crate::erase::{self, Erase, Erasing, Ground};
use crate::event::Event;

impl Shard {
    /// Decides an erasure on what the log has under the named places; a record is returned if it is granted.
    ///
    /// The shell stores the record and removes payload, salt and effect of the named records in one transaction, and then
    /// drops this shard: what the records had written is only gone once the log is folded again.
    ///
    /// # Errors
    /// Why not.
    pub fn erase(&mut self, caller: &Caller<'_>, event: &Event, ground: &Ground) -> Result<Record, Erasing> {
        let now = self.now(caller.now_ms);
        let erase = Erase::read(event).ok_or(Erasing::Incomplete)?;
        let cells = erase::decide(&self.state, &erase, ground, caller.account)?;
        if !is_storable(event, &cells) {
            return Err(Erasing::TooMuch);
        }
        let (_, record) = self.append(caller, event, now, 0, Judged::Admitted(Some(cells)));
        record.ok_or(Erasing::Incomplete)
    }
}
