//! One record to one typed row with its shard, or to everything that is wrong with it.
//!
//! A row with any problem is not taken. Duplicates are found against the rows taken before it in the same file;
//! what is in the programme already is [`super::matching`]'s to tell.

use super::cells::{Cells, Columns};
use super::fold::{fold, fold_code};
use super::mapping::Mapping;
use super::matching::natural_key;
use super::places::{Asked, KnownUnit, StationIndex, UnitIndex};
use super::problem::{Reason, RowProblem};
use super::read::Record;
use super::rows::{ImportRow, PersonRow, RoomRow, StationRow, TrainerRow};
use super::target::{Field, Target};
use crate::id::{RoleCode, ShardId, StageCode};
use crate::programme::{Programme, Seats};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The most people a room may hold.
const CAPACITY_LIMIT: u16 = 10_000;
/// The greatest number of a seat.
const SEAT_LIMIT: u16 = 999;
/// Distinct unknown values that are remembered for a field.
const UNMATCHED_LIMIT: usize = 200;

/// Checks the rows of one file, one after the other.
pub struct Checker {
    target: Target,
    width: usize,
    columns: Columns,
    units: UnitIndex,
    stations: StationIndex,
    roles: HashMap<String, (RoleCode, Seats)>,
    stages: HashMap<String, StageCode>,
    /// The line of each key taken, by hash: a million and a half keys must not be kept as text.
    taken: HashMap<u64, u32>,
    seats: HashMap<u64, u32>,
    unmatched: BTreeMap<Field, BTreeMap<String, u32>>,
}

impl Checker {
    /// A checker for a file with so many columns.
    pub fn new(
        programme: &Programme,
        stations: StationIndex,
        target: Target,
        mapping: &Mapping,
        width: usize,
    ) -> Self {
        let mut roles = HashMap::new();
        for role in &programme.roles {
            for name in role.name.0.values().map(String::as_str).chain([role.code.as_str()]) {
                roles.insert(fold(name), (role.code.clone(), role.seats));
            }
        }
        let mut stages = HashMap::new();
        for stage in &programme.stages {
            for name in stage.name.0.values().map(String::as_str).chain([stage.code.as_str()]) {
                stages.insert(fold(name), stage.code.clone());
            }
        }
        Self {
            target,
            width,
            columns: Columns::new(mapping),
            units: UnitIndex::new(programme),
            stations,
            roles,
            stages,
            taken: HashMap::new(),
            seats: HashMap::new(),
            unmatched: BTreeMap::new(),
        }
    }

    /// The values that stand for no unit, role or stage, with how often they came: what the mapping of values lacks.
    pub fn unmatched(&self) -> &BTreeMap<Field, BTreeMap<String, u32>> {
        &self.unmatched
    }

    /// The typed row and the shard that it belongs to.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn row(&mut self, record: &Record) -> Result<(ShardId, ImportRow), Vec<RowProblem>> {
        let whole = |reason| {
            Err(vec![RowProblem {
                line: record.line,
                column: None,
                field: None,
                reason,
                value: String::new(),
            }])
        };
        // Blank cells beyond the header are what spreadsheets leave behind.
        let found = record.cells.iter().rposition(|c| !c.trim().is_empty()).map_or(0, |at| at + 1);
        if record.cells.len() < self.width || found > self.width {
            let found = record.cells.len() as u32;
            return whole(Reason::Ragged { expected: self.width as u32, found });
        }
        if record.stray_quote {
            return whole(Reason::StrayQuote);
        }
        let mut cells = Cells::new(&self.columns, record);
        let read = match self.target {
            Target::Stations => self.station(&mut cells),
            Target::Rooms => self.room(&mut cells),
            Target::Trainers => self.trainer(&mut cells),
            Target::People => self.person(&mut cells),
        };
        let (shard, row) = match (read, cells.problems.is_empty()) {
            (Some(read), true) => read,
            _ => {
                let problems = core::mem::take(&mut cells.problems);
                self.remember(&problems);
                return Err(problems);
            }
        };
        let duplicates = self.duplicates(record.line, &row);
        if let Some((field, reason, value)) = duplicates {
            let mut cells = Cells::new(&self.columns, record);
            cells.wrong(field, reason, &value);
            return Err(cells.problems);
        }
        Ok((shard, row))
    }

    fn station(&self, cells: &mut Cells<'_>) -> Option<(ShardId, ImportRow)> {
        let code = cells.code(Field::Code, true);
        let name = cells.name(Field::Name, false);
        let address = cells.address();
        let unit = self.unit(cells);
        let at = cells.point(unit.as_ref().and_then(|(u, _)| u.at));
        let (unit, shard) = unit?;
        let unit = unit.code.clone();
        Some((shard, ImportRow::Station(StationRow { code, name, unit, address, at })))
    }

    fn room(&self, cells: &mut Cells<'_>) -> Option<(ShardId, ImportRow)> {
        let code = cells.code(Field::Code, false);
        let name = cells.name(Field::Name, true);
        let address = cells.address();
        let capacity = cells.number(Field::Capacity, 1, CAPACITY_LIMIT);
        if cells.text(Field::Capacity).is_empty() {
            cells.wrong(Field::Capacity, Reason::Missing, "");
        }
        let unit = self.unit(cells);
        let at = cells.point(unit.as_ref().and_then(|(u, _)| u.at));
        let (unit, shard) = unit?;
        let unit = unit.code.clone();
        Some((shard, ImportRow::Room(RoomRow { code, name, unit, address, capacity: capacity?, at })))
    }

    fn trainer(&self, cells: &mut Cells<'_>) -> Option<(ShardId, ImportRow)> {
        let key = cells.code(Field::Key, false);
        let name = cells.name(Field::Name, true);
        let name_other = cells.name(Field::NameOther, false);
        let phone = cells.code(Field::Phone, false);
        let language = cells.language();
        let qualified = cells.yes_no(Field::Qualified);
        let said = cells.mapped(Field::Stage);
        let stage = self.stages.get(&fold(&said)).cloned();
        if stage.is_none() {
            let reason = if said.is_empty() { Reason::Missing } else { Reason::UnknownStage };
            cells.wrong(Field::Stage, reason, &said);
        }
        let (unit, shard) = self.unit(cells)?;
        let unit = unit.code.clone();
        let stage = stage?;
        let row = TrainerRow { key, name, name_other, unit, stage, phone, language, qualified };
        Some((shard, ImportRow::Trainer(row)))
    }

    fn person(&self, cells: &mut Cells<'_>) -> Option<(ShardId, ImportRow)> {
        let key = cells.code(Field::Key, false);
        let name = cells.name(Field::Name, true);
        let name_other = cells.name(Field::NameOther, false);
        let phone = cells.code(Field::Phone, false);
        let language = cells.language();
        let seat = cells.number(Field::Seat, 1, SEAT_LIMIT);
        let said = cells.mapped(Field::Role);
        let role = self.roles.get(&fold(&said));
        if role.is_none() {
            let reason = if said.is_empty() { Reason::Missing } else { Reason::UnknownRole };
            cells.wrong(Field::Role, reason, &said);
        }
        let unit_level = role.is_some_and(|(_, seats)| *seats == Seats::Unit);
        let (station, (unit, shard)) = if unit_level {
            (None, self.unit(cells)?)
        } else {
            let (code, unit) = self.person_station(cells)?;
            (Some(code.to_owned()), self.shard(cells, Field::Station, unit)?)
        };
        let (unit, role) = (unit.code.clone(), role?.0.clone());
        let row = PersonRow { key, name, name_other, station, unit, role, seat, phone, language };
        Some((shard, ImportRow::Person(row)))
    }

    fn person_station(&self, cells: &mut Cells<'_>) -> Option<(&str, &KnownUnit)> {
        let code = cells.code(Field::Station, true);
        let said = [cells.mapped(Field::Unit), cells.mapped(Field::District), cells.mapped(Field::Region)];
        let asked = asked(&said);
        let within = if asked.is_blank() { None } else { Some(self.found(cells, asked)?) };
        if code.is_empty() {
            return None;
        }
        match self.stations.find(&code, within, &self.units) {
            Ok(found) => Some(found),
            Err(reason) => {
                cells.wrong(Field::Station, reason, &code);
                None
            }
        }
    }

    fn unit(&self, cells: &mut Cells<'_>) -> Option<(&KnownUnit, ShardId)> {
        let said = [cells.mapped(Field::Unit), cells.mapped(Field::District), cells.mapped(Field::Region)];
        let unit = self.found(cells, asked(&said))?;
        self.shard(cells, Field::Unit, unit)
    }

    fn found(&self, cells: &mut Cells<'_>, asked: Asked<'_>) -> Option<&KnownUnit> {
        match self.units.find(asked) {
            Ok(unit) => Some(unit),
            Err(reason) => {
                let said = [
                    (Field::Unit, asked.unit),
                    (Field::District, asked.district),
                    (Field::Region, asked.region),
                ];
                let (field, value) =
                    said.into_iter().find(|(_, v)| !v.is_empty()).unwrap_or((Field::Unit, ""));
                cells.wrong(field, reason, value);
                None
            }
        }
    }

    fn shard<'a>(
        &self,
        cells: &mut Cells<'_>,
        field: Field,
        unit: &'a KnownUnit,
    ) -> Option<(&'a KnownUnit, ShardId)> {
        if unit.shard.is_none() {
            cells.wrong(field, Reason::UnitTooHigh { unit: unit.code.clone() }, unit.code.as_str());
        }
        Some((unit, unit.shard.clone()?))
    }

    fn duplicates(&mut self, line: u32, row: &ImportRow) -> Option<(Field, Reason, String)> {
        let field = match (self.target, row) {
            (Target::Stations, _) => Field::Code,
            (_, ImportRow::Person(PersonRow { key, .. }) | ImportRow::Trainer(TrainerRow { key, .. }))
                if !key.is_empty() =>
            {
                Field::Key
            }
            (_, ImportRow::Room(room)) if !room.code.is_empty() => Field::Code,
            _ => Field::Name,
        };
        let key = natural_key(row);
        let hash = hash(&key);
        if let Some(first_line) = self.taken.get(&hash).copied() {
            return Some((field, Reason::Duplicate { first_line }, shown_key(row).to_owned()));
        }
        if let ImportRow::Person(PersonRow { station, unit, role, seat: Some(seat), .. }) = row {
            let place = station.as_deref().map(fold_code);
            let first_line = *self.seats.entry(self::hash(&(place, unit, role, seat))).or_insert(line);
            if first_line != line {
                return Some((Field::Seat, Reason::SeatTaken { first_line }, seat.to_string()));
            }
        }
        self.taken.insert(hash, line);
        None
    }

    fn remember(&mut self, problems: &[RowProblem]) {
        for problem in problems {
            let unknown = matches!(
                problem.reason,
                Reason::UnknownUnit { .. }
                    | Reason::AmbiguousUnit { .. }
                    | Reason::UnknownRole
                    | Reason::UnknownStage
            );
            if let (true, Some(field)) = (unknown, problem.field) {
                let values = self.unmatched.entry(field).or_default();
                if values.len() < UNMATCHED_LIMIT || values.contains_key(&problem.value) {
                    *values.entry(problem.value.clone()).or_default() += 1;
                }
            }
        }
    }
}

fn asked<'a>(said: &'a [std::borrow::Cow<'_, str>; 3]) -> Asked<'a> {
    let [unit, district, region] = said;
    Asked { unit, district, region }
}

fn shown_key(row: &ImportRow) -> &str {
    let (key, name) = match row {
        ImportRow::Station(row) => (&row.code, &row.name),
        ImportRow::Room(row) => (&row.code, &row.name),
        ImportRow::Trainer(row) => (&row.key, &row.name),
        ImportRow::Person(row) => (&row.key, &row.name),
    };
    if key.is_empty() { name } else { key }
}

fn hash(key: &impl Hash) -> u64 {
    // Fixed keys: the same file gives the same answer everywhere.
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
