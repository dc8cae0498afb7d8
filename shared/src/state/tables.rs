//! The registers of a shard, one table an aggregate, and the rows in which they travel.

use super::cards::{
    Approval, Contact, Correction, Enrolment, Erasure, Field, ImportNote, Judgement, Mark, PersonName,
    PlanCard, Replacement, Resolution, Seat, SessionCard, StationCard, Taken, TrainerCard, VenueCard,
};
use super::crossing::{Loan, Past, Tenure};
use crate::event::{Hash, Hasher};
use crate::id::{
    AccountId, DeviceId, ImportId, PersonId, PlanId, SessionId, ShardId, StageCode, StationId, VenueId,
};
use crate::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// Counts changes of the tables below.
pub const TABLES: u32 = 3;

/// A value and which write it is; the greater (stamp, seq) wins.
///
/// Some registers are written by facts of several devices, each of which may not have seen the others' writes. Those
/// keep every write that no later one has seen: the winner here, the rest as its siblings, until somebody who saw
/// them all writes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reg<T> {
    /// What was written.
    pub value: T,
    /// The write's effective time.
    pub stamp: Stamp,
    /// The write's place in the shard's log; 0 while it is only on this device.
    pub seq: u64,
    /// The device that wrote it.
    pub device: DeviceId,
    /// The place in the log up to which the writer had seen everything; only where siblings are kept.
    pub seen: u64,
    /// Other writes that nobody settled; none of them has siblings of its own.
    pub siblings: Vec<Arc<Reg<T>>>,
}

impl<T> Reg<T> {
    /// The seq of the last write that changed the register.
    pub fn changed(&self) -> u64 {
        self.siblings.iter().map(|s| s.seq).fold(self.seq, u64::max)
    }

    /// Whether this write knew of another one, or is the same device's later one.
    fn supersedes(&self, other: &Self) -> bool {
        self.seq > other.seq && (self.device == other.device || self.seen >= other.seq)
    }
}

/// One register as it travels and is stored on a device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The write's effective time.
    #[serde(rename = "t")]
    pub stamp: Stamp,
    /// The write's place in the log.
    #[serde(rename = "q")]
    pub seq: u64,
    /// The device that wrote it.
    #[serde(rename = "d")]
    pub device: DeviceId,
    /// The place up to which its writer had seen everything; 0 where no siblings are kept.
    #[serde(rename = "n", default, skip_serializing_if = "is_zero")]
    pub seen: u64,
    /// The register's other writes that nobody settled.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    pub siblings: Vec<Row>,
    /// Which register, and its value.
    #[serde(rename = "c")]
    pub cell: Cell,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's form")]
fn is_zero(seen: &u64) -> bool {
    *seen == 0
}

impl Row {
    /// A register written once, without siblings.
    pub fn new(stamp: Stamp, seq: u64, device: DeviceId, cell: Cell) -> Self {
        Self { stamp, seq, device, seen: 0, siblings: vec![], cell }
    }
}

/// Whether a table keeps siblings: its line says so.
macro_rules! keeps_siblings {
    () => {
        false
    };
    (siblings) => {
        true
    };
}

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident $cell:ident $tag:literal $($mark:ident)?: $key:ty => $value:ty;)*) => {
        /// All registers of one shard, or those of them that one device may see. Copies share the registers: a device
        /// lays its own writes over a copy of what is confirmed.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct ShardState { $($(#[$doc])* pub $field: BTreeMap<$key, Arc<Reg<$value>>>,)* }

        /// One register and its value.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Cell { $($(#[$doc])* #[serde(rename = $tag)] $cell($key, $value),)* }

        /// The name of one register.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum CellKey { $($(#[$doc])* #[serde(rename = $tag)] $cell($key),)* }

        impl Cell {
            /// Which register it is.
            pub fn key(&self) -> CellKey {
                match self { $(Self::$cell(key, _) => CellKey::$cell(key.clone()),)* }
            }

            /// Whether its register keeps every write that no later one has seen.
            pub fn keeps_siblings(&self) -> bool {
                match self { $(Self::$cell(..) => keeps_siblings!($($mark)?),)* }
            }
        }

        impl ShardState {
            /// Folds one row in; says whether anything changed.
            pub fn put(&mut self, row: Row) -> bool {
                let Row { stamp, seq, device, seen, siblings, cell } = row;
                let mut changed = match cell { $(Cell::$cell(key, value) => {
                    let reg = Reg { value, stamp, seq, device, seen, siblings: vec![] };
                    if keeps_siblings!($($mark)?) { beside(&mut self.$field, key, reg) } else { newer(&mut self.$field, key, reg) }
                })* };
                for sibling in siblings {
                    changed |= self.put(sibling);
                }
                changed
            }

            /// Lays a value over whatever is there: a device's own write that the shard has not ordered yet.
            pub fn lay(&mut self, row: Row) {
                let Row { stamp, seq, device, seen, cell, .. } = row;
                match cell { $(Cell::$cell(key, value) => {
                    self.$field.insert(key, Arc::new(Reg { value, stamp, seq, device, seen, siblings: vec![] }));
                })* }
            }

            /// The rows a predicate lets through, in the order of their keys, which follow `after` where one is given.
            pub fn rows_after<'a>(
                &'a self, after: Option<&'a CellKey>, mut sees: impl FnMut(&CellKey, u64) -> bool + 'a,
            ) -> impl Iterator<Item = Row> + 'a {
                // The keys are made before the rows are: most rows of a shard are not of a trainer's view.
                let mut keys: Vec<CellKey> = Vec::new();
                $(keys.extend(self.$field.iter().filter_map(|(k, r)| {
                    let key = CellKey::$cell(k.clone());
                    (after.is_none_or(|a| key > *a) && sees(&key, r.changed())).then_some(key)
                }));)*
                keys.into_iter().filter_map(|key| self.row(&key))
            }

            /// The row of one register.
            pub fn row(&self, key: &CellKey) -> Option<Row> {
                match key { $(CellKey::$cell(k) => self.$field.get(k).map(|r| {
                    let row = |r: &Reg<$value>| Row {
                        stamp: r.stamp, seq: r.seq, device: r.device, seen: r.seen, siblings: vec![],
                        cell: Cell::$cell(k.clone(), r.value.clone()),
                    };
                    Row { siblings: r.siblings.iter().map(|s| row(s)).collect(), ..row(r) }
                }),)* }
            }

            /// Which write a register holds.
            pub fn version(&self, key: &CellKey) -> Option<(Stamp, u64)> {
                match key { $(CellKey::$cell(k) => self.$field.get(k).map(|r| (r.stamp, r.seq)),)* }
            }

            /// How many registers there are.
            pub fn len(&self) -> usize { 0 $(+ self.$field.len())* }
        }
    };
}

tables! {
    /// Polling stations.
    stations Station "station": StationId => StationCard;
    /// Rooms.
    venues Venue "venue": VenueId => VenueCard;
    /// People's names.
    names Name "name": PersonId => PersonName;
    /// People's numbers.
    contacts Contact "contact": PersonId => Contact;
    /// Who holds a seat.
    holders Holder "holder": Seat => Option<PersonId>;
    /// Who may teach a stage.
    trainers Trainer "trainer": (PersonId, StageCode) => TrainerCard;
    /// Who approved a plan.
    approvals Approval "approval": PlanId => Approval;
    /// Plans of stages.
    plans Plan "plan": PlanId => PlanCard;
    /// Sessions.
    sessions Session "session": SessionId => SessionCard;
    /// Who was ever named as a session's trainer: their marks are never refused.
    assigned Assigned "assigned": (SessionId, PersonId) => bool;
    /// The session of a person in a stage.
    enrolments Enrolment "enrolment": (PersonId, StageCode) => Enrolment;
    /// Attendance, a register for each session, day ordinal, person and device.
    marks Mark "mark": (SessionId, u8, PersonId, DeviceId) => Mark;
    /// What holds where observers disagreed.
    resolutions Resolution "resolution": (SessionId, u8, PersonId) => Resolution;
    /// Which devices hold a session for work without a connection.
    taken Taken "taken": (SessionId, DeviceId) => Taken;
    /// What imports did.
    imports Import "import": (ImportId, u32) => ImportNote;
    /// What somebody in the room said a person's field should be.
    corrections Corrected "corrected" siblings: (PersonId, Field) => Correction;
    /// Replacements that somebody saw, a register for each seat and device.
    replacements Replacement "replacement": (Seat, DeviceId) => Replacement;
    /// What became of records that were held, by their author and their place in the log.
    judged Judged "judged": (AccountId, u64) => Judgement;
    /// Which shard owns a person; nothing for those who have always been here.
    tenures Tenure "tenure": PersonId => Tenure;
    /// Trainers lent and borrowed, by stage and the shard at the other end.
    loans Loan "loan": (PersonId, StageCode, ShardId) => Loan;
    /// How people did in sessions of other shards, by the shard that says so.
    outcomes Outcome "outcome": (PersonId, StageCode, ShardId) => Past;
    /// Records whose payload was erased.
    erasures Erased "erased": u64 => Erasure;
}

fn newer<K: Ord, V>(table: &mut BTreeMap<K, Arc<Reg<V>>>, key: K, reg: Reg<V>) -> bool {
    match table.entry(key) {
        Entry::Vacant(empty) => {
            empty.insert(Arc::new(reg));
            true
        }
        Entry::Occupied(mut held) => {
            let wins = (reg.stamp, reg.seq) > (held.get().stamp, held.get().seq);
            if wins {
                held.insert(Arc::new(reg));
            }
            wins
        }
    }
}

/// Keeps every write that no other one has seen; the greatest (stamp, seq) among them is the value. As a device's
/// `seen` never falls from one write to its next, what is superseded once stays so in any order.
fn beside<K: Ord, V>(table: &mut BTreeMap<K, Arc<Reg<V>>>, key: K, reg: Reg<V>) -> bool
where
    V: Clone,
{
    let Some(held) = table.get_mut(&key) else {
        table.insert(key, Arc::new(reg));
        return true;
    };
    let mut writes: Vec<Arc<Reg<V>>> = held.siblings.clone();
    writes.push(Arc::new(Reg { siblings: vec![], ..Reg::clone(held) }));
    if writes.iter().any(|w| w.seq == reg.seq || w.supersedes(&reg)) {
        return false;
    }
    writes.retain(|w| !reg.supersedes(w));
    writes.push(Arc::new(reg));
    writes.sort_by_key(|w| (w.stamp, w.seq));
    if let Some(winner) = writes.pop() {
        *held = Arc::new(Reg { siblings: writes, ..Reg::clone(&winner) });
    }
    true
}

impl ShardState {
    /// Whether nothing was ever written.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A hash over all registers; equal states have equal hashes.
    pub fn hash(&self) -> Hash {
        self.rows_after(None, |_, _| true)
            .fold(Hasher::new("cascade state 1"), |hash, row| {
                // A row has no map with keys that are no strings, so it can always be written.
                hash.bytes(&serde_json::to_vec(&row).unwrap_or_default())
            })
            .done()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AccountId;
    use proptest::prelude::*;

    /// Writes of one register by three devices: each device's `seen` never falls, as the shard sees to.
    fn writes() -> impl Strategy<Value = Vec<Row>> {
        prop::collection::vec((0..3u64, 0..6u64, 0..40i64), 1..10).prop_map(|told| {
            let mut seen = [0u64; 3];
            let row = |(at, (device, lag, stamp)): (usize, (u64, u64, i64))| {
                let seq = at as u64 + 1;
                let mine = &mut seen[device as usize];
                *mine = (*mine).max((seq - 1).saturating_sub(lag));
                let correction = Correction { value: format!("{seq}"), account: AccountId(device) };
                let cell = Cell::Corrected((PersonId(1), Field::Name), correction);
                Row { seen: *mine, ..Row::new(Stamp(stamp), seq, DeviceId(device), cell) }
            };
            told.into_iter().enumerate().map(row).collect()
        })
    }

    fn fold(rows: impl IntoIterator<Item = Row>) -> ShardState {
        let mut state = ShardState::default();
        rows.into_iter().for_each(|row| {
            state.put(row);
        });
        state
    }

    proptest! {
        #[test]
        fn siblings_are_the_same_in_any_order_with_any_repetition(rows in writes(), order in any::<u64>()) {
            let expected = fold(rows.clone());
            let mut shuffled: Vec<Row> = rows.iter().chain(&rows).cloned().collect();
            let mut dice = order | 1;
            for at in (1..shuffled.len()).rev() {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                shuffled.swap(at, (dice >> 33) as usize % (at + 1));
            }
            prop_assert_eq!(fold(shuffled), expected.clone());
            // And a row as it travels brings its siblings along.
            let travelled = expected.rows_after(None, |_, _| true).collect::<Vec<_>>();
            let wire = serde_json::to_string(&travelled).unwrap();
            let read: Vec<Row> = crate::wire::read(&wire).unwrap();
            prop_assert_eq!(fold(read), expected);
        }

        #[test]
        fn no_write_is_dropped_that_no_later_one_has_seen(rows in writes()) {
            let state = fold(rows.clone());
            let held = &state.corrections[&(PersonId(1), Field::Name)];
            let kept: Vec<u64> = held.siblings.iter().map(|s| s.seq).chain([held.seq]).collect();
            for row in &rows {
                let seen_by_later = rows.iter().any(|later| {
                    later.seq > row.seq && (later.device == row.device || later.seen >= row.seq)
                });
                prop_assert_eq!(kept.contains(&row.seq), !seen_by_later);
            }
        }
    }
}
