//! What an exchange brought, as one transaction of the device's disk.

use super::{Kept, Place};
use crate::event::{Event, EventId};
use crate::state::Row;

/// What to store, in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Commit {
    /// Events that leave the pending store and enter the kept store.
    pub judged: Vec<Kept>,
    /// Events that go back from kept to pending, in this order: the server was restored from an older copy.
    pub requeued: Vec<Event>,
    /// Events whose id was taken; the second one is the same event with a new id.
    pub renamed: Vec<(EventId, Event)>,
    /// The whole confirmed layer is replaced by `rows`; otherwise they are added.
    pub replace: bool,
    /// Rows of the confirmed layer.
    pub rows: Vec<Row>,
    /// Where the device stands now.
    pub place: Place,
}

impl Commit {
    /// Two commits as one: what the later one says of an event is what holds.
    pub fn followed_by(self, later: Self) -> Self {
        let requeued = |k: &Kept| later.requeued.iter().any(|e| e.id == k.event.id);
        let judged = |e: &Event| later.judged.iter().any(|k| k.event.id == e.id);
        Self {
            judged: self.judged.into_iter().filter(|k| !requeued(k)).chain(later.judged.clone()).collect(),
            requeued: self
                .requeued
                .into_iter()
                .filter(|e| !judged(e))
                .chain(later.requeued.clone())
                .collect(),
            renamed: [self.renamed, later.renamed].concat(),
            replace: self.replace || later.replace,
            rows: [self.rows, later.rows].concat(),
            place: later.place,
        }
    }
}
