//! A device's disk, as the page's database is: stores with keys, and transactions that happen wholly or not at all.

use crate::rules::Said;
use shared::event::{Event, EventId};
use shared::state::Row;
use shared::sync::client::{Commit, Kept, Place, Stored};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// One transaction.
#[derive(Clone, Debug)]
pub enum Write {
    /// An event, with its place in write order.
    Append(i64, Event),
    /// What an exchange brought, with the places of the events it names, and what the confirmed rows then equal.
    Commit(Box<Commit>, BTreeMap<EventId, i64>, Option<Rc<Said>>),
}

/// What is on disk.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    rows: Vec<Row>,
    place: Place,
    pending: BTreeMap<EventId, (i64, Event)>,
    kept: BTreeMap<EventId, (i64, Kept)>,
    /// What the rows equal.
    pub said: Option<Rc<Said>>,
    /// Events of which a person was told that they are saved.
    pub saved: BTreeSet<EventId>,
}

/// A key was taken: the transaction fails.
#[derive(Debug)]
pub struct Taken;

impl Disk {
    /// Carries a transaction out.
    pub fn write(&mut self, write: Write) -> Result<(), Taken> {
        match write {
            Write::Append(order, event) => {
                if self.pending.contains_key(&event.id) {
                    return Err(Taken);
                }
                self.saved.insert(event.id);
                self.pending.insert(event.id, (order, event));
            }
            Write::Commit(commit, orders, said) => self.commit(*commit, &orders, said)?,
        }
        Ok(())
    }

    fn commit(
        &mut self,
        commit: Commit,
        orders: &BTreeMap<EventId, i64>,
        said: Option<Rc<Said>>,
    ) -> Result<(), Taken> {
        if commit.renamed.iter().any(|(_, e)| self.pending.contains_key(&e.id)) {
            return Err(Taken);
        }
        let order_of = |id: &EventId| orders.get(id).copied().unwrap_or_default();
        for kept in commit.judged {
            self.pending.remove(&kept.event.id);
            self.kept.insert(kept.event.id, (order_of(&kept.event.id), kept));
        }
        for event in commit.requeued {
            self.kept.remove(&event.id);
            self.pending.insert(event.id, (order_of(&event.id), event));
        }
        for (old, event) in commit.renamed {
            self.pending.remove(&old);
            if self.saved.remove(&old) {
                self.saved.insert(event.id);
            }
            self.pending.insert(event.id, (order_of(&event.id), event));
        }
        if commit.replace {
            self.rows.clear();
        }
        self.rows.extend(commit.rows);
        self.place = commit.place;
        self.said = said;
        Ok(())
    }

    /// Everything, as a page reads it, with the places in write order.
    pub fn read(&self) -> (Stored, BTreeMap<EventId, i64>) {
        let mut pending: Vec<&(i64, Event)> = self.pending.values().collect();
        pending.sort_by_key(|e| e.0);
        let mut kept: Vec<&(i64, Kept)> = self.kept.values().collect();
        kept.sort_by_key(|k| k.0);
        let orders = pending.iter().map(|e| (e.1.id, e.0)).chain(kept.iter().map(|k| (k.1.event.id, k.0)));
        let orders = orders.collect();
        let stored = Stored {
            rows: self.rows.clone(),
            place: self.place.clone(),
            pending: pending.into_iter().map(|e| e.1.clone()).collect(),
            kept: kept.into_iter().map(|k| k.1.clone()).collect(),
        };
        (stored, orders)
    }

    /// Where the device stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Its own events with a verdict.
    pub fn kept(&self) -> impl Iterator<Item = &Kept> {
        self.kept.values().map(|k| &k.1)
    }

    /// A saved event that is neither waiting nor judged.
    pub fn missing(&self) -> Option<EventId> {
        self.saved.iter().find(|id| !self.pending.contains_key(id) && !self.kept.contains_key(id)).copied()
    }
}
