//! The registers of a shard, one table an aggregate, and the rows in which they travel.

use super::cards::{
    Approval, Contact, Enrolment, ImportNote, Mark, PersonName, PlanCard, Resolution, Seat, SessionCard,
    StationCard, Taken, TrainerCard, VenueCard,
};
use crate::event::{Hash, Hasher};
use crate::id::{DeviceId, ImportId, PersonId, PlanId, SessionId, StageCode, StationId, VenueId};
use crate::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// Counts changes of the tables below.
pub const TABLES: u32 = 1;

/// A value and which write it is; the greater (stamp, seq) wins.
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
    /// Which register, and its value.
    #[serde(rename = "c")]
    pub cell: Cell,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident $cell:ident $tag:literal: $key:ty => $value:ty;)*) => {
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
        }

        impl ShardState {
            /// Folds one row in; says whether anything changed.
            pub fn put(&mut self, row: Row) -> bool {
                let Row { stamp, seq, device, cell } = row;
                match cell { $(Cell::$cell(key, value) => newer(&mut self.$field, key, Reg { value, stamp, seq, device }),)* }
            }

            /// Lays a value over whatever is there: a device's own write that the shard has not ordered yet.
            pub fn lay(&mut self, row: Row) {
                let Row { stamp, seq, device, cell } = row;
                match cell { $(Cell::$cell(key, value) => { self.$field.insert(key, Arc::new(Reg { value, stamp, seq, device })); })* }
            }

            /// The rows a predicate lets through, in the order of their keys, which follow `after` where one is given.
            pub fn rows_after<'a>(
                &'a self, after: Option<&'a CellKey>, mut sees: impl FnMut(&CellKey, u64) -> bool + 'a,
            ) -> impl Iterator<Item = Row> + 'a {
                // The keys are made before the rows are: most rows of a shard are not of a trainer's view.
                let mut keys: Vec<CellKey> = Vec::new();
                $(keys.extend(self.$field.iter().filter_map(|(k, r)| {
                    let key = CellKey::$cell(k.clone());
                    (after.is_none_or(|a| key > *a) && sees(&key, r.seq)).then_some(key)
                }));)*
                keys.into_iter().filter_map(|key| self.row(&key))
            }

            /// The row of one register.
            pub fn row(&self, key: &CellKey) -> Option<Row> {
                match key { $(CellKey::$cell(k) => self.$field.get(k).map(|r| Row {
                    stamp: r.stamp, seq: r.seq, device: r.device,
                    cell: Cell::$cell(k.clone(), r.value.clone()),
                }),)* }
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
