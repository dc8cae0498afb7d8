//! What a checked row says, typed by its target. Blank means "the file does not say": it never erases.

use super::target::Target;
use crate::id::{RoleCode, StageCode, UnitCode};
use serde::{Deserialize, Serialize};

/// A place on the map in millionths of a degree: the same on every machine, and comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    /// Millionths of a degree north.
    pub lat_e6: i32,
    /// Millionths of a degree east.
    pub lon_e6: i32,
}

impl Point {
    /// A place by degrees, or nothing outside of the globe.
    pub fn from_degrees(lat: f64, lon: f64) -> Option<Self> {
        let sound = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        sound.then(|| Self { lat_e6: (lat * 1e6).round() as i32, lon_e6: (lon * 1e6).round() as i32 })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e6) / 1e6
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e6) / 1e6
    }
}

/// A polling station.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StationRow {
    /// Its code, as text: leading zeros stay.
    pub code: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The unit in which it lies.
    pub unit: UnitCode,
    /// Its address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
}

/// A room in which sessions can be held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRow {
    /// Its code in the source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Its name.
    pub name: String,
    /// The unit in which it lies.
    pub unit: UnitCode,
    /// Its address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// How many people it holds.
    pub capacity: u16,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
}

/// A person who teaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainerRow {
    /// The personal number or another key of the source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The name.
    pub name: String,
    /// The name in a second script.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_other: String,
    /// The unit in which the trainer works.
    pub unit: UnitCode,
    /// The stage that the trainer teaches.
    pub stage: StageCode,
    /// The telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The language of teaching, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Whether the trainer is trained already, elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualified: Option<bool>,
}

/// A person who holds a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The personal number or another key of the source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The name.
    pub name: String,
    /// The name in a second script.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_other: String,
    /// The code of the station, for roles whose seats are at stations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// The unit: that of the station, or of the commission.
    pub unit: UnitCode,
    /// The role.
    pub role: RoleCode,
    /// The number of the seat among those of its role there, from 1; without one the next free seat is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<u16>,
    /// The telephone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The language of teaching, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

/// A checked row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportRow {
    /// A polling station.
    Station(StationRow),
    /// A room.
    Room(RoomRow),
    /// A trainer.
    Trainer(TrainerRow),
    /// A holder of a seat.
    Person(PersonRow),
}

impl ImportRow {
    /// What the row is.
    pub fn target(&self) -> Target {
        match self {
            Self::Station(_) => Target::Stations,
            Self::Room(_) => Target::Rooms,
            Self::Trainer(_) => Target::Trainers,
            Self::Person(_) => Target::People,
        }
    }

    /// The unit to which the row belongs.
    pub fn unit(&self) -> &UnitCode {
        match self {
            Self::Station(row) => &row.unit,
            Self::Room(row) => &row.unit,
            Self::Trainer(row) => &row.unit,
            Self::Person(row) => &row.unit,
        }
    }
}
