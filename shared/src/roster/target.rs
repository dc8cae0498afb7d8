//! What a table may hold: stations, rooms, trainers or people, and the fields of each.

use super::mapping::Mapping;
use serde::{Deserialize, Serialize};

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Polling stations.
    Stations,
    /// Rooms in which sessions can be held.
    Rooms,
    /// People who teach.
    Trainers,
    /// People who are taught: the holders of seats.
    People,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The code of a station or room.
    Code,
    /// The name; several columns (surname, given name, patronymic) are joined in their order.
    Name,
    /// The name in a second script.
    NameOther,
    /// A unit of any level, by code or name.
    Unit,
    /// The region, where the unit is given by several columns.
    Region,
    /// The district, where the unit is given by several columns.
    District,
    /// The address; several columns are joined in their order.
    Address,
    /// Degrees north.
    Lat,
    /// Degrees east.
    Lon,
    /// How many people a room holds.
    Capacity,
    /// The personal number, or another key that the source guarantees.
    Key,
    /// The code of the person's station.
    Station,
    /// The election role.
    Role,
    /// The number of the seat among those of its role at the station.
    Seat,
    /// The telephone.
    Phone,
    /// The language of teaching.
    Language,
    /// The stage that a trainer teaches.
    Stage,
    /// Whether a trainer is trained already, elsewhere.
    Qualified,
}

impl Field {
    /// Whether several columns may be joined into the field.
    pub fn joins(self) -> bool {
        matches!(self, Self::Name | Self::NameOther | Self::Address)
    }

    /// What stands between the parts of a joined field.
    pub fn glue(self) -> &'static str {
        if self == Self::Address { ", " } else { " " }
    }
}

/// Whether a target can do without a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// It cannot.
    Required,
    /// It can.
    Optional,
    /// One of the fields that say where (unit, district, region; for people also the station) is enough.
    Where,
}

impl Target {
    /// The four targets, in the order in which a programme imports them.
    pub const ALL: [Self; 4] = [Self::Stations, Self::Rooms, Self::Trainers, Self::People];

    /// The fields of the target, in the order in which a form shows them.
    pub fn fields(self) -> &'static [(Field, Need)] {
        use Field::*;
        use Need::{Optional, Required, Where};
        match self {
            Self::Stations => &[
                (Code, Required),
                (Name, Optional),
                (Unit, Where),
                (Region, Where),
                (District, Where),
                (Address, Optional),
                (Lat, Optional),
                (Lon, Optional),
            ],
            Self::Rooms => &[
                (Code, Optional),
                (Name, Required),
                (Unit, Where),
                (Region, Where),
                (District, Where),
                (Address, Optional),
                (Capacity, Required),
                (Lat, Optional),
                (Lon, Optional),
            ],
            Self::Trainers => &[
                (Key, Optional),
                (Name, Required),
                (NameOther, Optional),
                (Unit, Where),
                (Region, Where),
                (District, Where),
                (Stage, Required),
                (Phone, Optional),
                (Language, Optional),
                (Qualified, Optional),
            ],
            Self::People => &[
                (Key, Optional),
                (Name, Required),
                (NameOther, Optional),
                (Station, Where),
                (Unit, Where),
                (Region, Where),
                (District, Where),
                (Role, Required),
                (Seat, Optional),
                (Phone, Optional),
                (Language, Optional),
            ],
        }
    }

    /// Whether the target has the field.
    pub fn has(self, field: Field) -> bool {
        self.fields().iter().any(|(f, _)| *f == field)
    }

    /// The fields that the target needs and that the mapping neither reads from a column nor fixes.
    ///
    /// Where none of the fields that say where is mapped, the first of them is named.
    pub fn missing(self, mapping: &Mapping) -> Vec<Field> {
        let wheres = self.fields().iter().filter(|(_, need)| *need == Need::Where);
        let nowhere = !wheres.clone().any(|(field, _)| mapping.gives(*field));
        let required = self.fields().iter().filter(|(f, need)| *need == Need::Required && !mapping.gives(*f));
        required.chain(wheres.take(usize::from(nowhere))).map(|(field, _)| *field).collect()
    }
}
