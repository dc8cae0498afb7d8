//! Why a person is in no session. Each reason is true of the finished plan: nothing that it denies is there.

use super::construct::Built;
use super::outcome::Unplaced;
use super::table::Table;
use super::time::Time;
use serde::{Deserialize, Serialize};

/// Why a person is in no session. Shown by [`Reason::code`] and [`Reason::parameters`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// The window has fewer taught days than a session takes.
    WindowTooShort {
        /// Days a session takes.
        needed: u16,
        /// Days there are.
        given: u16,
    },
    /// There is no open room that the unit may use.
    NoRoomInUnit,
    /// There are open rooms, but all are smaller than the smallest that is used.
    RoomsTooSmall {
        /// Places in the largest of them.
        largest: u16,
    },
    /// The shard has fewer trainers than one session takes.
    NoTrainer {
        /// Trainers a session takes.
        needed: u16,
        /// Trainers there are.
        given: u16,
    },
    /// The person is taken at every time of the window.
    PersonBusy,
    /// Whenever the person is free, all rooms are taken.
    NoRoomFreeInWindow,
    /// Whenever the person is free, too few trainers are.
    NoTrainerFreeInWindow,
    /// Rooms are free at some times and trainers at others, never both with the person.
    NoTimeInCommon,
}

impl Reason {
    /// The name by which it is translated.
    pub fn code(self) -> &'static str {
        match self {
            Self::WindowTooShort { .. } => "window-too-short",
            Self::NoRoomInUnit => "no-room-in-unit",
            Self::RoomsTooSmall { .. } => "rooms-too-small",
            Self::NoTrainer { .. } => "no-trainer",
            Self::PersonBusy => "person-busy",
            Self::NoRoomFreeInWindow => "no-room-free-in-window",
            Self::NoTrainerFreeInWindow => "no-trainer-free-in-window",
            Self::NoTimeInCommon => "no-time-in-common",
        }
    }

    /// The numbers its sentence needs, by name.
    pub fn parameters(self) -> Vec<(&'static str, u16)> {
        match self {
            Self::WindowTooShort { needed, given } | Self::NoTrainer { needed, given } => {
                vec![("needed", needed), ("given", given)]
            }
            Self::RoomsTooSmall { largest } => vec![("largest", largest)],
            _ => Vec::new(),
        }
    }
}

/// The reason of everyone left over, by id.
pub(super) fn explain(table: &Table<'_>, built: &Built) -> Vec<Unplaced> {
    let mut left: Vec<usize> = built.left.clone();
    left.sort_unstable();
    let because = |person: usize| reason_of(table, built, person);
    left.into_iter().map(|p| Unplaced { person: table.people[p].id, reason: because(p) }).collect()
}

fn reason_of(table: &Table<'_>, built: &Built, person: usize) -> Reason {
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let row = &table.people[person];
    let unit = &table.units[row.unit];
    if table.times.is_empty() {
        let needed = u16::from(table.problem.days_per_session);
        return Reason::WindowTooShort { needed, given: small(table.problem.taught_days.len()) };
    }
    if unit.rooms.is_empty() {
        return unit
            .largest_refused
            .map_or(Reason::NoRoomInUnit, |largest| Reason::RoomsTooSmall { largest });
    }
    let others = || table.trainers.iter().filter(|t| t.human != row.human);
    let (needed, given) = (table.trainers_needed(), others().count());
    if given < needed {
        return Reason::NoTrainer { needed: small(needed), given: small(given) };
    }
    let free: Vec<&Time> =
        table.times.iter().filter(|time| built.booked.humans[row.human].free_at(time)).collect();
    if free.is_empty() {
        return Reason::PersonBusy;
    }
    if !free.iter().any(|time| unit.rooms.iter().any(|room| built.booked.rooms[*room].free_at(time))) {
        return Reason::NoRoomFreeInWindow;
    }
    let taught =
        |time: &Time| others().filter(|t| built.booked.humans[t.human].free_at(time)).count() >= needed;
    if !free.iter().any(|time| taught(time)) {
        return Reason::NoTrainerFreeInWindow;
    }
    Reason::NoTimeInCommon
}
