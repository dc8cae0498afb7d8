//! What is there with what a row says laid over it, field by field.

use super::fold::fold_code;
use super::rows::{ImportRow, PersonRow};
use super::target::Field;

/// The row with its blanks filled from what is there. A seat stays only where its bench stays.
pub(super) fn merge(known: &ImportRow, row: &ImportRow) -> ImportRow {
    let mut merged = row.clone();
    match (&mut merged, known) {
        (ImportRow::Station(new), ImportRow::Station(old)) => {
            fill(&mut new.name, &old.name);
            fill(&mut new.address, &old.address);
            new.at = new.at.or(old.at);
        }
        (ImportRow::Room(new), ImportRow::Room(old)) => {
            fill(&mut new.code, &old.code);
            fill(&mut new.address, &old.address);
            new.at = new.at.or(old.at);
        }
        (ImportRow::Trainer(new), ImportRow::Trainer(old)) => {
            fill(&mut new.key, &old.key);
            fill(&mut new.name_other, &old.name_other);
            fill(&mut new.phone, &old.phone);
            fill(&mut new.language, &old.language);
            new.qualified = new.qualified.or(old.qualified);
        }
        (ImportRow::Person(new), ImportRow::Person(old)) => {
            fill(&mut new.key, &old.key);
            fill(&mut new.name_other, &old.name_other);
            fill(&mut new.phone, &old.phone);
            fill(&mut new.language, &old.language);
            if same_bench(new, old) {
                new.seat = new.seat.or(old.seat);
            }
        }
        _ => {}
    }
    merged
}

fn same_bench(one: &PersonRow, other: &PersonRow) -> bool {
    let station = |row: &PersonRow| row.station.as_deref().map(fold_code);
    one.unit == other.unit && one.role == other.role && station(one) == station(other)
}

fn fill(new: &mut String, old: &str) {
    if new.is_empty() {
        new.push_str(old);
    }
}

/// The fields in which two rows of one target differ.
pub(super) fn differences(old: &ImportRow, new: &ImportRow) -> Vec<Field> {
    let compared: Vec<(Field, bool)> = match (old, new) {
        (ImportRow::Station(old), ImportRow::Station(new)) => vec![
            (Field::Code, old.code == new.code),
            (Field::Name, old.name == new.name),
            (Field::Unit, old.unit == new.unit),
            (Field::Address, old.address == new.address),
            (Field::Lat, old.at.map(|p| p.lat_e6) == new.at.map(|p| p.lat_e6)),
            (Field::Lon, old.at.map(|p| p.lon_e6) == new.at.map(|p| p.lon_e6)),
        ],
        (ImportRow::Room(old), ImportRow::Room(new)) => vec![
            (Field::Code, old.code == new.code),
            (Field::Name, old.name == new.name),
            (Field::Unit, old.unit == new.unit),
            (Field::Address, old.address == new.address),
            (Field::Capacity, old.capacity == new.capacity),
            (Field::Lat, old.at.map(|p| p.lat_e6) == new.at.map(|p| p.lat_e6)),
            (Field::Lon, old.at.map(|p| p.lon_e6) == new.at.map(|p| p.lon_e6)),
        ],
        (ImportRow::Trainer(old), ImportRow::Trainer(new)) => vec![
            (Field::Key, old.key == new.key),
            (Field::Name, old.name == new.name),
            (Field::NameOther, old.name_other == new.name_other),
            (Field::Unit, old.unit == new.unit),
            (Field::Stage, old.stage == new.stage),
            (Field::Phone, old.phone == new.phone),
            (Field::Language, old.language == new.language),
            (Field::Qualified, old.qualified == new.qualified),
        ],
        (ImportRow::Person(old), ImportRow::Person(new)) => vec![
            (Field::Key, old.key == new.key),
            (Field::Name, old.name == new.name),
            (Field::NameOther, old.name_other == new.name_other),
            (Field::Station, old.station == new.station),
            (Field::Unit, old.unit == new.unit),
            (Field::Role, old.role == new.role),
            (Field::Seat, old.seat == new.seat),
            (Field::Phone, old.phone == new.phone),
            (Field::Language, old.language == new.language),
        ],
        _ => Vec::new(),
    };
    compared.into_iter().filter(|(_, same)| !same).map(|(field, _)| field).collect()
}
