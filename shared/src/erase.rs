//! Erasing: the text of a wrong file leaves the shard for good, and the log still proves what it proved.
//!
//! What erasing means. Payload, salt and effect of the named records are removed from storage; what is left of a record
//! is who wrote it, when, its verdict, and the digest that keeps the chain whole. State is a fold of what the log still
//! has, so a register whose value came from an erased record falls back to its earlier value, or is gone. What other
//! records say stays: somebody who was enrolled or marked stays enrolled and marked, under a dash for a name, so that no
//! plan and no count changes by an erasure. Devices get their whole view again.
//!
//! An import that leaves a field blank keeps what was there, so a later record may hold a copy of an erased text. Such
//! records are found and must be named too: an erasure never leaves a copy behind silently.

use crate::event::{Event, Hash, Hasher};
use crate::id::{AccountId, PersonId, StationId, VenueId};
use crate::state::{Cell, CellKey, Erasure, PersonName, Place, ShardState, StationCard, VenueCard};
use crate::sync::Verdict;
use crate::sync::server::{Record, effect_of};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The kind of an erasing record.
pub const KIND: &str = "erase";
/// Records in one erasure: more than a whole file has parts in one shard.
pub const MAX_RECORDS: usize = 500;
/// Letters of a reason.
pub const MAX_REASON: usize = 500;
/// What stands for the name of somebody whose name was erased and whom other records still speak of.
pub const NO_NAME: &str = "—";

/// Erase what records hold; the payload of an event of kind [`KIND`], version 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erase {
    /// Places in the log.
    pub records: Vec<u64>,
    /// Why, for whoever reads the log later.
    pub reason: String,
}

impl Erase {
    /// Reads an event.
    pub fn read(event: &Event) -> Option<Self> {
        let known = event.kind == KIND && event.version == 1;
        if known { serde_json::from_str(&event.payload).ok() } else { None }
    }
}

/// What came of asking for an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Erasing {
    /// It is done.
    Done {
        /// The place of the erasing record.
        seq: u64,
        /// How many people, rooms and stations stay under a dash because other records speak of them.
        #[serde(default)]
        kept: u32,
    },
    /// Later records copied values from those: they must be named too.
    CopiedOn {
        /// Which.
        records: Vec<u64>,
    },
    /// A record that is not there, or of a kind that cannot be erased.
    NotErasable {
        /// Its place.
        seq: u64,
    },
    /// No reason was given, or nothing was named.
    Incomplete,
    /// More than one record can say: in two steps.
    TooMuch,
    /// The event's id is taken by another one.
    Fork,
}

/// What the log has under the named places and around them; the shell feeds it record by record.
#[derive(Debug, Default)]
pub struct Ground {
    named: BTreeSet<u64>,
    found: BTreeSet<u64>,
    not_erasable: Option<u64>,
    /// Hashes of the texts each register got from the named records.
    texts: BTreeMap<CellKey, BTreeSet<Hash>>,
    /// Registers that other records wrote too.
    kept: BTreeSet<CellKey>,
    copied_on: BTreeSet<u64>,
}

impl Ground {
    /// For an erasure of these records.
    pub fn of(erase: &Erase) -> Self {
        Self { named: erase.records.iter().copied().collect(), ..Self::default() }
    }

    /// The named places.
    pub fn named(&self) -> &BTreeSet<u64> {
        &self.named
    }

    /// Takes a named record in; all of these come before [`Ground::compare`].
    pub fn name(&mut self, record: &Record) {
        self.found.insert(record.seq);
        if !is_erasable(record) {
            self.not_erasable.get_or_insert(record.seq);
        }
        for cell in effect_of(record) {
            let texts = texts_of(&cell);
            if !texts.is_empty() {
                self.texts.entry(cell.key()).or_default().extend(texts.iter().map(|t| hash(t)));
            }
        }
    }

    /// Looks whether another admitted record wrote the same registers, and whether it copied from a named one.
    pub fn compare(&mut self, record: &Record) {
        if self.named.contains(&record.seq) || !matches!(record.verdict, Verdict::Admitted { .. }) {
            return;
        }
        for cell in effect_of(record) {
            let Some(erased) = self.texts.get(&cell.key()) else { continue };
            self.kept.insert(cell.key());
            let is_copy = |text: &&str| erased.contains(&hash(text)) && !says(&record.event.payload, text);
            if self.named.iter().next().is_some_and(|first| record.seq > *first)
                && texts_of(&cell).iter().any(is_copy)
            {
                self.copied_on.insert(record.seq);
            }
        }
    }
}

/// Whether a payload says a text itself.
fn says(payload: &str, text: &str) -> bool {
    let Ok(json) = serde_json::to_string(text) else { return true };
    payload.contains(&json)
}

fn hash(text: &str) -> Hash {
    Hasher::new("cascade erased text").text(text).done()
}

/// Rows of files, corrected fields, rooms' reasons, and whatever never counted. Plans and marks hold ids only: erasing them would change
/// what was decided and protect nobody.
fn is_erasable(record: &Record) -> bool {
    match record.event.kind.as_str() {
        KIND => false,
        "import" | "close-venue" | "correct" | "settle-field" | "judge" => true,
        _ => !matches!(record.verdict, Verdict::Admitted { .. }),
    }
}

fn texts_of(cell: &Cell) -> Vec<&str> {
    let texts: Vec<&str> = match cell {
        Cell::Name(_, card) => vec![&card.name, &card.other],
        Cell::Contact(_, card) => vec![&card.key, &card.phone],
        Cell::Station(_, card) => vec![&card.code, &card.name, &card.address],
        Cell::Venue(_, card) => {
            vec![&card.code, &card.name, &card.address, card.closed.as_deref().unwrap_or("")]
        }
        Cell::Corrected(_, correction) => vec![&correction.value],
        _ => vec![],
    };
    // A dash is what an erasure itself writes.
    texts.into_iter().filter(|t| !t.is_empty() && *t != NO_NAME).collect()
}

/// Decides: the registers that the erasing record writes.
///
/// # Errors
/// Why not.
pub fn decide(
    state: &ShardState,
    erase: &Erase,
    ground: &Ground,
    by: AccountId,
) -> Result<Vec<Cell>, Erasing> {
    let reason = erase.reason.trim();
    if reason.is_empty() || ground.named.is_empty() || ground.named.len() > MAX_RECORDS {
        return Err(Erasing::Incomplete);
    }
    if let Some(seq) = ground.not_erasable.or_else(|| ground.named.difference(&ground.found).next().copied())
    {
        return Err(Erasing::NotErasable { seq });
    }
    if !ground.copied_on.is_empty() {
        return Err(Erasing::CopiedOn { records: ground.copied_on.iter().copied().collect() });
    }
    let reason: String = reason.chars().take(MAX_REASON).collect();
    let erasure = Erasure { account: by, reason };
    // Who erased first stays named.
    let news = ground.named.iter().filter(|seq| !state.erasures.contains_key(seq));
    let mut cells: Vec<Cell> = news.map(|seq| Cell::Erased(*seq, erasure.clone())).collect();
    if cells.is_empty() {
        return Err(Erasing::Incomplete);
    }
    cells.extend(dashes(state, ground));
    Ok(cells)
}

/// Cards without text for what other records still speak of.
fn dashes(state: &ShardState, ground: &Ground) -> Vec<Cell> {
    let spoken = Spoken::of(state, &ground.named);
    let gone = ground.texts.keys().filter(|key| !ground.kept.contains(key));
    gone.filter_map(|key| match key {
        CellKey::Name(id) if spoken.people.contains(id) => {
            let language = state.names.get(id).map(|n| n.value.language.clone()).unwrap_or_default();
            Some(Cell::Name(*id, PersonName { name: NO_NAME.into(), other: String::new(), language }))
        }
        CellKey::Venue(id) if spoken.rooms.contains(id) => {
            let card = state.venues.get(id)?.value.clone();
            let blank = VenueCard {
                name: NO_NAME.into(),
                code: String::new(),
                address: String::new(),
                at: None,
                closed: None,
                ..card
            };
            Some(Cell::Venue(*id, blank))
        }
        CellKey::Station(id) if spoken.stations.contains(id) => {
            let card = state.stations.get(id)?.value.clone();
            let blank = StationCard {
                name: NO_NAME.into(),
                code: NO_NAME.into(),
                address: String::new(),
                at: None,
                ..card
            };
            Some(Cell::Station(*id, blank))
        }
        _ => None,
    })
    .collect()
}

/// What registers of other records name.
#[derive(Default)]
struct Spoken {
    people: BTreeSet<PersonId>,
    rooms: BTreeSet<VenueId>,
    stations: BTreeSet<StationId>,
}

impl Spoken {
    fn of(state: &ShardState, named: &BTreeSet<u64>) -> Self {
        let mut spoken = Self::default();
        let stays = |seq: u64| !named.contains(&seq);
        for ((person, _), reg) in &state.enrolments {
            if stays(reg.seq) && reg.value.is_some() {
                spoken.people.insert(*person);
            }
        }
        for ((_, _, person, _), reg) in &state.marks {
            if stays(reg.seq) {
                spoken.people.insert(*person);
            }
        }
        for reg in state.sessions.values().filter(|reg| stays(reg.seq)) {
            spoken.people.extend(&reg.value.trainers);
            spoken.rooms.insert(reg.value.venue);
        }
        for (seat, reg) in state.holders.iter().filter(|(_, reg)| stays(reg.seq)) {
            spoken.people.extend(reg.value);
            if let Place::Station(id) = &seat.place {
                spoken.stations.insert(*id);
            }
        }
        spoken
    }
}

#[cfg(test)]
mod tests;
