//! What a row does to what is there: adds it, changes some fields, or nothing.
//!
//! Laws: importing the same rows twice changes nothing the second time; a corrected telephone changes exactly that
//! row; a blank never erases. The natural key is the source's own (personal number, code) where the row has one,
//! else the folded name with the place it belongs to. Who is known by name alone and later comes with a number is
//! the same person; two numbers are two persons, whatever their names.

use super::fold::{fold, fold_code};
use super::merge::{differences, merge};
use super::rows::ImportRow;
use super::seats::Seating;
use super::target::Field;
use crate::id::{RoleCode, UnitCode};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// By what a row is recognised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NaturalKey {
    /// A station: its code is unique in its unit.
    Station(UnitCode, String),
    /// A key of the source.
    Key(String),
    /// A room by its name and address.
    Room(UnitCode, String, String),
    /// A trainer by name.
    Trainer(UnitCode, String),
    /// A person by name, station or unit, and role.
    Person(String, String, RoleCode),
}

/// The natural key of a row; what is in a state is recognised by the row that it would be.
pub fn natural_key(row: &ImportRow) -> NaturalKey {
    let key = match row {
        ImportRow::Station(row) => return NaturalKey::Station(row.unit.clone(), fold_code(&row.code)),
        ImportRow::Room(row) => &row.code,
        ImportRow::Trainer(row) => &row.key,
        ImportRow::Person(row) => &row.key,
    };
    if key.is_empty() { named_key(row) } else { NaturalKey::Key(fold_code(key)) }
}

/// The key by name, also of a row that has a better one.
fn named_key(row: &ImportRow) -> NaturalKey {
    match row {
        ImportRow::Station(row) => NaturalKey::Station(row.unit.clone(), fold_code(&row.code)),
        ImportRow::Room(row) => NaturalKey::Room(row.unit.clone(), fold(&row.name), fold(&row.address)),
        ImportRow::Trainer(row) => NaturalKey::Trainer(row.unit.clone(), fold(&row.name)),
        ImportRow::Person(row) => {
            let place = row
                .station
                .as_deref()
                .map_or_else(|| row.unit.to_string(), |s| format!("{} {}", row.unit, fold_code(s)));
            NaturalKey::Person(fold(&row.name), place, row.role.clone())
        }
    }
}

/// Something that is there already, as the row that it would be, with its seat filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Existing<Id> {
    /// Its id.
    pub id: Id,
    /// Its present values.
    pub row: ImportRow,
}

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect<Id> {
    /// It is new.
    Added,
    /// These fields change.
    Changed(Id, Vec<Field>),
    /// Everything is so already.
    Unchanged(Id),
    /// An earlier row of the same import is the same thing.
    Repeated {
        /// The line of that row.
        first_line: u32,
    },
    /// Several that are there could be meant; nothing is done.
    Ambiguous(Vec<Id>),
    /// The seat that the row names is held; nothing is done.
    SeatTaken {
        /// Who holds it; none where an earlier row of this import took it.
        holder: Option<Id>,
    },
}

/// What a row does, and the values that result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched<Id> {
    /// The row's line in its file.
    pub line: u32,
    /// What it does.
    pub effect: Effect<Id>,
    /// The values after it: blanks filled from what is there, the seat given.
    pub row: ImportRow,
}

/// Recognises rows among what is there. Rows that were added are recognised in later batches of the same matcher.
pub struct Matcher<Id> {
    rows: Vec<(Option<Id>, u32, ImportRow)>,
    by_key: HashMap<NaturalKey, Vec<usize>>,
    by_name: HashMap<NaturalKey, Vec<usize>>,
    seating: Seating,
    /// The lines of the present batch that have met something that is there.
    met: HashMap<usize, u32>,
}

impl<Id: Copy> Matcher<Id> {
    /// A matcher over what is there, all of one target.
    pub fn new(existing: impl IntoIterator<Item = Existing<Id>>) -> Self {
        let mut matcher = Self {
            rows: Vec::new(),
            by_key: HashMap::new(),
            by_name: HashMap::new(),
            seating: Seating::default(),
            met: HashMap::new(),
        };
        for Existing { id, row } in existing {
            matcher.know(Some(id), 0, row);
        }
        matcher
    }

    /// What the rows do, in their order. Seats that rows name are given before seats are found for the others.
    pub fn batch(&mut self, rows: &[(u32, ImportRow)]) -> Vec<Matched<Id>> {
        // Recognised before anything changes, so that who makes room for another is sure to move.
        let found: Vec<Vec<usize>> = rows.iter().map(|(_, row)| self.recognise(row)).collect();
        self.seating.reserve(rows.iter().map(|(_, row)| row));
        self.make_room(rows, &found);
        let matched =
            rows.iter().zip(found).map(|((line, row), found)| self.one(*line, row, found)).collect();
        self.seating.release();
        matched
    }

    /// Frees the seats of those who move elsewhere in this batch, so that two may change places in any order.
    fn make_room(&mut self, rows: &[(u32, ImportRow)], found: &[Vec<usize>]) {
        let mut met = HashSet::new();
        let moves = rows.iter().zip(found).filter_map(|((_, row), found)| {
            let [at] = found[..] else { return None };
            if !met.insert(at) {
                return None;
            }
            let (_, _, known) = self.rows.get(at)?;
            Some((at, merge(known, row)))
        });
        let mut moves: Vec<(usize, ImportRow)> = moves.collect();
        // Who moves into the seat of one who stays does not move either; until nobody is left out.
        loop {
            let movers: HashSet<usize> = moves.iter().map(|(at, _)| *at).collect();
            let before = moves.len();
            moves.retain(|(at, row)| {
                let open = |holder: usize| holder != *at && movers.contains(&holder);
                !self.seating.is_contested(row) && self.seating.holder(row).is_none_or(open)
            });
            if moves.len() == before {
                break;
            }
        }
        for (at, _) in moves {
            if let Some((_, _, known)) = self.rows.get(at) {
                self.seating.leave(at, known);
            }
        }
    }

    fn one(&mut self, line: u32, row: &ImportRow, found: Vec<usize>) -> Matched<Id> {
        let told = |effect| Matched { line, effect, row: row.clone() };
        // What was not there before the batch may have been added by an earlier row.
        let found = if found.is_empty() { self.recognise(row) } else { found };
        match found.as_slice() {
            [] => {
                let mut row = row.clone();
                if let Err(holder) = self.seating.seat(&mut row, None) {
                    return told(Effect::SeatTaken { holder: self.id(holder) });
                }
                self.know(None, line, row.clone());
                Matched { line, effect: Effect::Added, row }
            }
            [one] => self.meet(*one, line, row),
            many => told(Effect::Ambiguous(many.iter().filter_map(|at| self.id(*at)).collect())),
        }
    }

    fn id(&self, at: usize) -> Option<Id> {
        self.rows.get(at).and_then(|(id, _, _)| *id)
    }

    fn meet(&mut self, at: usize, line: u32, row: &ImportRow) -> Matched<Id> {
        let told = |effect, row: &ImportRow| Matched { line, effect, row: row.clone() };
        let Some((id, first_line, known)) = self.rows.get(at).cloned() else {
            return told(Effect::Added, row);
        };
        let Some(id) = id else { return told(Effect::Repeated { first_line }, row) };
        match self.met.entry(at) {
            Entry::Occupied(met) => return told(Effect::Repeated { first_line: *met.get() }, row),
            Entry::Vacant(met) => met.insert(line),
        };
        let mut merged = merge(&known, row);
        if !Seating::is_same_seat(&known, &merged)
            && let Err(holder) = self.seating.seat(&mut merged, Some(at))
        {
            return told(Effect::SeatTaken { holder: self.id(holder) }, row);
        }
        let fields = differences(&known, &merged);
        if fields.is_empty() {
            return told(Effect::Unchanged(id), &merged);
        }
        self.forget(at, &known);
        self.place(at, &merged);
        if let Some(slot) = self.rows.get_mut(at) {
            *slot = (Some(id), line, merged.clone());
        }
        told(Effect::Changed(id, fields), &merged)
    }

    /// By the source's key; else by name among those whose key does not contradict.
    fn recognise(&self, row: &ImportRow) -> Vec<usize> {
        let key = natural_key(row);
        let keyed = matches!(key, NaturalKey::Key(_));
        if let Some(found) = self.by_key.get(&key) {
            return found.clone();
        }
        let named = self.by_name.get(&named_key(row)).into_iter().flatten().copied();
        let unkeyed = |at: &usize| {
            self.rows.get(*at).is_some_and(|(_, _, known)| !matches!(natural_key(known), NaturalKey::Key(_)))
        };
        named.filter(|at| !keyed || unkeyed(at)).collect()
    }

    fn know(&mut self, id: Option<Id>, line: u32, row: ImportRow) {
        let at = self.rows.len();
        self.place(at, &row);
        self.rows.push((id, line, row));
    }

    fn place(&mut self, at: usize, row: &ImportRow) {
        self.by_key.entry(natural_key(row)).or_default().push(at);
        self.by_name.entry(named_key(row)).or_default().push(at);
        self.seating.take(at, row);
    }

    fn forget(&mut self, at: usize, row: &ImportRow) {
        for (map, key) in [(&mut self.by_key, natural_key(row)), (&mut self.by_name, named_key(row))] {
            if let Some(places) = map.get_mut(&key) {
                places.retain(|place| *place != at);
            }
        }
        self.seating.leave(at, row);
    }
}

#[cfg(test)]
mod tests;
