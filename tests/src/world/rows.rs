//! The rows of the small world: what its office would import.

use super::STATIONS;
use anyhow::{Context, Result};
use shared::id::{RoleCode, StageCode, UnitCode};
use shared::programme::{Programme, Seats};
use shared::roster::{ImportRow, PersonRow, Point, RoomRow, StationRow, TrainerRow};

/// Trainers of the district: two a session and one without any.
const TRAINERS: usize = 5;

pub(super) fn stations(district: &UnitCode) -> Result<Vec<ImportRow>> {
    let row = |n: usize| {
        Ok(ImportRow::Station(StationRow {
            code: station_code(n),
            name: format!("School {n}"),
            unit: district.clone(),
            address: String::new(),
            at: Some(point(n).context("a point")?),
        }))
    };
    (1..=STATIONS).map(row).collect()
}

fn station_code(n: usize) -> String {
    format!("{:04}", 7_000 + n)
}

fn point(n: usize) -> Option<Point> {
    Point::from_degrees(41.17 + 0.01 * n as f64, 75.8)
}

pub(super) fn rooms(district: &UnitCode) -> Vec<ImportRow> {
    let row = |n: usize| {
        ImportRow::Room(RoomRow {
            code: format!("R{n}"),
            name: format!("Hall {n}"),
            unit: district.clone(),
            address: String::new(),
            capacity: 40,
            at: point(n),
        })
    };
    (1..=2).map(row).collect()
}

pub(super) fn trainers(district: &UnitCode, stage: &StageCode) -> Vec<ImportRow> {
    let row = |n: usize| {
        ImportRow::Trainer(TrainerRow {
            key: format!("T{n}"),
            name: format!("Trainer {n}"),
            name_other: String::new(),
            unit: district.clone(),
            stage: stage.clone(),
            phone: String::new(),
            language: String::new(),
            qualified: Some(true),
        })
    };
    (1..=TRAINERS).map(row).collect()
}

/// Twelve people a station: each role's seats in the pack's order, one more of the last.
pub(super) fn people(
    programme: &Programme,
    stage: &StageCode,
    district: &UnitCode,
) -> Result<Vec<ImportRow>> {
    let stage = programme.stage(stage).context("the stage")?;
    let mut roles: Vec<&RoleCode> = vec![];
    for role in stage.audience.iter().filter_map(|code| programme.role(code)) {
        if let Seats::Station(seats) = role.seats {
            roles.extend(std::iter::repeat_n(&role.code, usize::from(seats)));
        }
    }
    roles.extend(roles.last().copied());
    let mut rows = vec![];
    for station in 1..=STATIONS {
        for role in &roles {
            let n = rows.len() + 1;
            rows.push(ImportRow::Person(PersonRow {
                key: format!("P{n}"),
                name: format!("Person {n}"),
                name_other: String::new(),
                station: Some(station_code(station)),
                unit: district.clone(),
                role: (*role).clone(),
                seat: None,
                phone: format!("+996 000 {n:06}"),
                language: "ky".into(),
            }));
        }
    }
    Ok(rows)
}
