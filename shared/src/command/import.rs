//! Importing rows: what is known is matched by its natural key, what is new gets an id that follows from the import,
//! so that the same part decided twice changes nothing the second time.
//!
//! A bad row costs that row alone: it is left out and named in the part's note.

use super::Asked;
use crate::event::{Hasher, ImportPart};
use crate::id::{PersonId, StageCode, StationId, UnitCode, VenueId};
use crate::programme::Programme;
use crate::roster::fold::{fold, fold_code};
use crate::roster::matching::{Effect, Existing, Matched, Matcher};
use crate::roster::{ImportRow, PersonRow, RoomRow, StationRow, Target, TrainerRow};
use crate::state::{
    Cell, CellKey, Contact, ImportNote, Index, PersonName, Place, Seat, ShardState, StationCard, TrainerCard,
    VenueCard,
};
use crate::sync::Rejection;
use std::collections::{BTreeMap, BTreeSet};

/// People in one shard; a pack whose shards would grow over it splits them.
pub const MAX_PEOPLE: u32 = 20_000;

/// Decides what a part changes.
///
/// # Errors
/// Rows that are not of the target, or more people than a shard may hold.
pub fn decide(
    state: &ShardState,
    programme: &Programme,
    part: &ImportPart,
    asked: &Asked<'_>,
) -> Result<Vec<Cell>, Rejection> {
    let mut work = Work::new(state, part);
    let is_here = |row: &ImportRow| programme.shard_of(unit_of(row)).is_some_and(|s| s == asked.shard);
    let mut rows = Vec::with_capacity(part.rows.len());
    for (line, row) in &part.rows {
        if row.target() != part.target {
            return Err(Rejection::Malformed {
                detail: format!("line {line} is not of the import's target"),
            });
        }
        if is_here(row) { rows.push((*line, row.clone())) } else { work.problem(*line, "other-shard") }
    }
    match part.target {
        Target::Stations => work.stations(&rows),
        Target::Rooms => work.rooms(&rows),
        Target::Trainers => work.trainers(&rows, programme),
        Target::People => work.people(&rows, programme),
    }
    if state.names.len() + work.new_people.len() > MAX_PEOPLE as usize {
        return Err(Rejection::ShardFull { limit: MAX_PEOPLE });
    }
    let mut cells: Vec<Cell> = work.cells.into_values().collect();
    cells.push(Cell::Import((part.import, part.part), work.note));
    Ok(cells)
}

fn unit_of(row: &ImportRow) -> &UnitCode {
    match row {
        ImportRow::Station(row) => &row.unit,
        ImportRow::Room(row) => &row.unit,
        ImportRow::Trainer(row) => &row.unit,
        ImportRow::Person(row) => &row.unit,
    }
}

struct Work<'a> {
    state: &'a ShardState,
    part: &'a ImportPart,
    /// A later write of the same part replaces an earlier one: one record never writes a register twice.
    cells: BTreeMap<CellKey, Cell>,
    new_people: BTreeSet<PersonId>,
    note: ImportNote,
    people_by_key: BTreeMap<String, PersonId>,
}

impl<'a> Work<'a> {
    fn new(state: &'a ShardState, part: &'a ImportPart) -> Self {
        let keyed = state.contacts.iter().filter(|(_, c)| !c.value.key.is_empty());
        Self {
            state,
            part,
            cells: BTreeMap::new(),
            new_people: BTreeSet::new(),
            note: ImportNote { target: part.target, added: 0, changed: 0, unchanged: 0, problems: vec![] },
            people_by_key: keyed.map(|(id, c)| (fold_code(&c.value.key), *id)).collect(),
        }
    }

    fn put(&mut self, cell: Cell) {
        self.cells.insert(cell.key(), cell);
    }

    fn problem(&mut self, line: u32, code: &str) {
        self.note.problems.push((line, code.to_owned()));
    }

    /// Counts a row; `None` where nothing is to be written, else the id it has, if it has one.
    fn count<Id: Copy>(&mut self, matched: &Matched<Id>) -> Option<Option<Id>> {
        match &matched.effect {
            Effect::Added => {
                self.note.added += 1;
                Some(None)
            }
            Effect::Changed(id, _) => {
                self.note.changed += 1;
                Some(Some(*id))
            }
            Effect::Unchanged(_) => {
                self.note.unchanged += 1;
                None
            }
            Effect::Repeated { .. } => {
                self.problem(matched.line, "repeated");
                None
            }
            Effect::Ambiguous(_) => {
                self.problem(matched.line, "ambiguous");
                None
            }
            Effect::SeatTaken { .. } => {
                self.problem(matched.line, "seat-taken");
                None
            }
        }
    }

    fn new_id(&self, line: u32) -> u64 {
        let hash = Hasher::new("cascade imported id 1")
            .number(self.part.import.0 as i64)
            .text(&format!("{:?}", self.part.target))
            .number(i64::from(line))
            .done();
        let mut id = [0; 8];
        id.copy_from_slice(&hash.0[..8]);
        u64::from_be_bytes(id)
    }

    fn stations(&mut self, rows: &[(u32, ImportRow)]) {
        let existing = self.state.stations.iter().map(|(id, s)| {
            let StationCard { code, name, unit, address, at } = s.value.clone();
            Existing { id: *id, row: ImportRow::Station(StationRow { code, name, unit, address, at }) }
        });
        for matched in Matcher::new(existing).batch(rows) {
            let Some(id) = self.count(&matched) else { continue };
            let ImportRow::Station(StationRow { code, name, unit, address, at }) = matched.row else {
                continue;
            };
            let id = id.unwrap_or_else(|| StationId(self.new_id(matched.line)));
            self.put(Cell::Station(id, StationCard { code, name, unit, address, at }));
        }
    }

    fn rooms(&mut self, rows: &[(u32, ImportRow)]) {
        let existing = self.state.venues.iter().map(|(id, v)| {
            let VenueCard { code, name, unit, address, capacity, at, .. } = v.value.clone();
            Existing { id: *id, row: ImportRow::Room(RoomRow { code, name, unit, address, capacity, at }) }
        });
        for matched in Matcher::new(existing).batch(rows) {
            let Some(id) = self.count(&matched) else { continue };
            let ImportRow::Room(RoomRow { code, name, unit, address, capacity, at }) = matched.row else {
                continue;
            };
            let id = id.unwrap_or_else(|| VenueId(self.new_id(matched.line)));
            let closed = self.state.venues.get(&id).and_then(|v| v.value.closed.clone());
            self.put(Cell::Venue(id, VenueCard { code, name, unit, address, capacity, at, closed }));
        }
    }

    /// Writes a person's name and numbers where they differ from what is there; a blank takes what is there.
    fn person(&mut self, id: PersonId, name: PersonName, contact: Contact) {
        let (held, known) = self.name_and_contact(id);
        let name = PersonName {
            other: or(name.other, held.other),
            language: or(name.language, held.language),
            ..name
        };
        let contact = Contact { key: or(contact.key, known.key), phone: or(contact.phone, known.phone) };
        if self.state.names.get(&id).is_none_or(|n| n.value != name) {
            self.put(Cell::Name(id, name));
        }
        if self.state.contacts.get(&id).is_none_or(|c| c.value != contact) {
            self.put(Cell::Contact(id, contact));
        }
        if !self.state.names.contains_key(&id) {
            self.new_people.insert(id);
        }
    }

    fn known_person(&self, key: &str) -> Option<PersonId> {
        if key.is_empty() { None } else { self.people_by_key.get(&fold_code(key)).copied() }
    }

    /// Whether a row is of somebody who belongs to another shard: then it is left out and says so. Somebody who was
    /// handed on is found by the personal number, or by the line of the import that brought the person.
    fn is_elsewhere(
        &mut self,
        matched: &Matched<PersonId>,
        key: impl Fn(&ImportRow) -> Option<&str>,
    ) -> bool {
        let id = match &matched.effect {
            Effect::Changed(id, _) | Effect::Unchanged(id) => Some(*id),
            Effect::Added => key(&matched.row).and_then(|key| self.known_person(key)),
            Effect::Repeated { .. } | Effect::Ambiguous(_) | Effect::SeatTaken { .. } => return false,
        };
        let gone = !self.state.is_here(id.unwrap_or_else(|| PersonId(self.new_id(matched.line))));
        if gone {
            self.problem(matched.line, "elsewhere");
        }
        gone
    }

    fn name_and_contact(&self, id: PersonId) -> (PersonName, Contact) {
        let blank_name = PersonName { name: String::new(), other: String::new(), language: String::new() };
        let blank = Contact { key: String::new(), phone: String::new() };
        (
            self.state.names.get(&id).map_or(blank_name, |n| n.value.clone()),
            self.state.contacts.get(&id).map_or(blank, |c| c.value.clone()),
        )
    }

    /// Somebody may teach several stages, so each stage is matched by itself; a trainer who is on the roster in
    /// another way (a commission's member who trains) is the same person.
    fn trainers(&mut self, rows: &[(u32, ImportRow)], programme: &Programme) {
        let mut by_stage: BTreeMap<StageCode, Vec<(u32, ImportRow)>> = BTreeMap::new();
        for (line, row) in rows {
            let ImportRow::Trainer(trainer) = row else { continue };
            if programme.stage(&trainer.stage).is_none() {
                self.problem(*line, "unknown-stage");
                continue;
            }
            by_stage.entry(trainer.stage.clone()).or_default().push((*line, row.clone()));
        }
        let mut by_name = self.people_by_unit_and_name();
        for (stage, rows) in by_stage {
            let of_stage = self.state.trainers.iter().filter(|((_, s), _)| *s == stage);
            let existing: Vec<_> =
                of_stage.map(|((id, _), card)| self.as_trainer(*id, &stage, &card.value)).collect();
            for matched in Matcher::new(existing).batch(&rows) {
                if self.is_elsewhere(&matched, |row| match row {
                    ImportRow::Trainer(row) => Some(row.key.as_str()),
                    _ => None,
                }) {
                    continue;
                }
                let Some(id) = self.count(&matched) else { continue };
                let ImportRow::Trainer(row) = matched.row else { continue };
                let named = by_name.get(&(row.unit.clone(), fold(&row.name))).copied().flatten();
                let id = id
                    .or_else(|| self.known_person(&row.key))
                    .or(if row.key.is_empty() { named } else { None })
                    .unwrap_or_else(|| PersonId(self.new_id(matched.line)));
                // The same person may follow for another stage.
                if row.key.is_empty() {
                    by_name.entry((row.unit.clone(), fold(&row.name))).or_insert(Some(id));
                } else {
                    self.people_by_key.insert(fold_code(&row.key), id);
                }
                self.person(
                    id,
                    PersonName { name: row.name, other: row.name_other, language: row.language },
                    Contact { key: row.key, phone: row.phone },
                );
                let card =
                    TrainerCard { unit: row.unit, active: true, qualified: row.qualified.unwrap_or(false) };
                self.put(Cell::Trainer((id, stage.clone()), card));
            }
        }
    }

    fn as_trainer(&self, id: PersonId, stage: &StageCode, card: &TrainerCard) -> Existing<PersonId> {
        let (name, contact) = self.name_and_contact(id);
        let row = TrainerRow {
            key: contact.key,
            name: name.name,
            name_other: name.other,
            unit: card.unit.clone(),
            stage: stage.clone(),
            phone: contact.phone,
            language: name.language,
            qualified: Some(card.qualified),
        };
        Existing { id, row: ImportRow::Trainer(row) }
    }

    /// Members of units' commissions by unit and folded name; nothing where two share it.
    fn people_by_unit_and_name(&self) -> BTreeMap<(UnitCode, String), Option<PersonId>> {
        let mut found = BTreeMap::new();
        for (seat, holder) in &self.state.holders {
            let (Place::Unit(unit), Some(person)) = (&seat.place, holder.value) else { continue };
            let Some(name) = self.state.names.get(&person) else { continue };
            let key = (unit.clone(), fold(&name.value.name));
            found
                .entry(key)
                .and_modify(|p| {
                    if *p != Some(person) {
                        *p = None
                    }
                })
                .or_insert(Some(person));
        }
        found
    }

    fn people(&mut self, rows: &[(u32, ImportRow)], programme: &Programme) {
        let stations: BTreeMap<(UnitCode, String), StationId> = self
            .state
            .stations
            .iter()
            .map(|(id, s)| ((s.value.unit.clone(), fold_code(&s.value.code)), *id))
            .collect();
        let station_of = |row: &PersonRow| {
            let code = row.station.as_ref()?;
            stations.get(&(row.unit.clone(), fold_code(code))).copied()
        };
        let mut sound = Vec::with_capacity(rows.len());
        for (line, row) in rows {
            let ImportRow::Person(person) = row else { continue };
            if programme.role(&person.role).is_none() {
                self.problem(*line, "unknown-role");
            } else if person.station.is_some() && station_of(person).is_none() {
                self.problem(*line, "unknown-station");
            } else {
                sound.push((*line, row.clone()));
            }
        }
        let index = Index::of(self.state);
        let existing: Vec<_> =
            index.seat_by_person.iter().filter_map(|(id, seat)| self.as_person(*id, seat)).collect();
        let mut taken: Vec<Cell> = vec![];
        for matched in Matcher::new(existing).batch(&sound) {
            if self.is_elsewhere(&matched, |row| match row {
                ImportRow::Person(row) => Some(row.key.as_str()),
                _ => None,
            }) {
                continue;
            }
            let Some(id) = self.count(&matched) else { continue };
            let ImportRow::Person(row) = matched.row else { continue };
            let id = id
                .or_else(|| self.known_person(&row.key))
                .unwrap_or_else(|| PersonId(self.new_id(matched.line)));
            let place = station_of(&row).map_or_else(|| Place::Unit(row.unit.clone()), Place::Station);
            let seat = Seat { place, role: row.role, n: row.seat.unwrap_or(1) };
            let held = index.seat_by_person.get(&id);
            if held != Some(&seat) {
                // Everybody leaves before anybody sits down: two may change places.
                if let Some(left) = held {
                    self.put(Cell::Holder(left.clone(), None));
                }
                taken.push(Cell::Holder(seat, Some(id)));
            }
            self.person(
                id,
                PersonName { name: row.name, other: row.name_other, language: row.language },
                Contact { key: row.key, phone: row.phone },
            );
        }
        taken.into_iter().for_each(|cell| self.put(cell));
    }

    fn as_person(&self, id: PersonId, seat: &Seat) -> Option<Existing<PersonId>> {
        let (name, contact) = self.name_and_contact(id);
        let (station, unit) = match &seat.place {
            Place::Unit(unit) => (None, unit.clone()),
            Place::Station(station) => {
                let card = &self.state.stations.get(station)?.value;
                (Some(card.code.clone()), card.unit.clone())
            }
        };
        let row = PersonRow {
            key: contact.key,
            name: name.name,
            name_other: name.other,
            station,
            unit,
            role: seat.role.clone(),
            seat: Some(seat.n),
            phone: contact.phone,
            language: name.language,
        };
        Some(Existing { id, row: ImportRow::Person(row) })
    }
}

/// A blank never erases.
fn or(new: String, old: String) -> String {
    if new.is_empty() { old } else { new }
}

#[cfg(test)]
mod tests;
