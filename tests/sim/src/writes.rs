//! What people wrote, by the order in which they wrote it: the simulator knows what no clock tells.

use shared::event::{Event, EventId};
use shared::grant::Grant;
use shared::state::{Cell, CellKey};
use shared::sync::server::fact_cells;
use std::collections::BTreeMap;

/// What an event says of registers in which one's own order counts: attendance and corrected fields.
pub fn own_cells(event: &Event) -> Vec<Cell> {
    if !matches!(event.kind.as_str(), "mark" | "correct") {
        return vec![];
    }
    fact_cells(event)
}

#[derive(Clone, Debug)]
struct Written {
    /// The true time.
    at_ms: i64,
    /// The disk refused it.
    refused: bool,
    cells: Vec<(CellKey, Cell)>,
    /// For a register, the own write that this one was written over.
    over: Vec<(CellKey, usize)>,
}

/// All that was ever written, in the order of true time.
#[derive(Clone, Debug, Default)]
pub struct Writes {
    all: Vec<Written>,
    by_name: BTreeMap<Name, usize>,
}

/// An event's id and its content: pages of a cloned tablet can draw the same id.
type Name = (EventId, u64);

fn name(event: &Event) -> Name {
    let fold = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    let sum = event.payload.as_bytes().iter().fold(event.wall.0 as u64 ^ 0xcbf2_9ce4_8422_2325, fold);
    (event.id, sum)
}

impl Writes {
    /// Notes an event; `knows` are the own events that the page knew of.
    pub fn note<'a>(&mut self, event: &Event, at_ms: i64, knows: impl Iterator<Item = &'a Event>) {
        let cells: Vec<(CellKey, Cell)> = own_cells(event).into_iter().map(|c| (c.key(), c)).collect();
        let mut over: BTreeMap<CellKey, usize> = BTreeMap::new();
        if !cells.is_empty() {
            for known in knows.filter_map(|e| self.by_name.get(&name(e))) {
                for (key, _) in self.all[*known].cells.iter().filter(|m| cells.iter().any(|n| n.0 == m.0)) {
                    let latest = over.entry(key.clone()).or_insert(*known);
                    *latest = (*latest).max(*known);
                }
            }
        }
        self.by_name.insert(name(event), self.all.len());
        self.all.push(Written { at_ms, refused: false, cells, over: over.into_iter().collect() });
    }

    /// The disk refused it, and the person was told: it may come yet, and nothing is promised of its order.
    pub fn refused(&mut self, event: &Event) {
        if let Some(at) = self.by_name.get(&name(event)) {
            self.all[*at].refused = true;
        }
    }

    /// The same event has a new id.
    pub fn renamed(&mut self, old: EventId, new: &Event) {
        let (id, sum) = name(new);
        if let Some(at) = self.by_name.get(&(old, sum)).copied() {
            self.by_name.insert((id, sum), at);
        }
    }

    /// What a noted event says.
    pub fn cells(&self, event: &Event) -> &[(CellKey, Cell)] {
        self.by_name.get(&name(event)).map_or(&[], |at| &self.all[*at].cells)
    }

    /// Whether one write was written over the other, directly or through others, on this register.
    pub fn is_over(&self, later: &Event, earlier: &Event, key: &CellKey) -> bool {
        let known = |event| self.by_name.get(&name(event)).copied();
        let (Some(mut at), Some(goal)) = (known(later), known(earlier)) else { return false };
        while let Some((_, below)) = self.all[at].over.iter().find(|(k, _)| k == key) {
            if *below == goal {
                return !self.all[goal].refused;
            }
            at = *below;
        }
        false
    }

    /// Whether it was truly written, and by its device's clock too, before the grant ended.
    pub fn is_of_honest_days(&self, event: &Event, grant: &Grant) -> bool {
        let Some((end, _)) = grant.ended else { return self.by_name.contains_key(&name(event)) };
        let at = self.by_name.get(&name(event));
        at.is_some_and(|at| self.all[*at].at_ms < end.0) && event.claimed() < end
    }
}
