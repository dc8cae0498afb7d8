//! What the planner is given: one stage in one shard.

use super::geo::Place;
use crate::id::{PersonId, StageCode, StationId, UnitCode, VenueId};
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One stage in one shard, to be planned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The stage.
    pub stage: StageCode,
    /// Persons in a group: the target.
    pub norm: u16,
    /// Persons in a group: never more.
    pub max: u16,
    /// Days one session takes; they are consecutive in `taught_days`, and its slot is the same on each.
    pub days_per_session: u8,
    /// Sessions that one room or trainer can hold in one day, one after the other.
    pub slots_per_day: u8,
    /// Minutes after midnight at which each slot begins; as many as `slots_per_day`.
    pub slot_starts_min: Vec<u16>,
    /// Trainers in each session.
    pub trainers_per_session: u8,
    /// Every day of the window that is taught, ascending; between two neighbours lie only days without teaching.
    pub taught_days: Vec<Day>,
    /// Where a unit without a room of its own may go.
    pub room_scope: RoomScope,
    /// A room with fewer places than this is not used.
    #[serde(default)]
    pub smallest_room: u16,
    /// The people to be taught.
    pub people: Vec<Trainee>,
    /// The polling stations they serve at.
    pub stations: Vec<StationGiven>,
    /// The shard's rooms.
    pub rooms: Vec<RoomGiven>,
    /// Those who may teach.
    pub trainers: Vec<TrainerGiven>,
    /// What is already booked: other stages, published sessions, illness. Days that are not taught are ignored.
    pub busy: Vec<Booking>,
    /// Decides between choices that are equally good.
    pub seed: u64,
}

/// Where a unit without a usable room of its own may go. A unit that has one stays in its own rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomScope {
    /// Nowhere: its people stay unplaced.
    Unit,
    /// To any room of the shard.
    Shard,
}

/// A person to be taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trainee {
    /// Who.
    pub id: PersonId,
    /// The unit in which the group is formed; that of the station, if there is one.
    pub unit: UnitCode,
    /// The polling station, for those who serve at one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
}

/// A polling station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StationGiven {
    /// Which.
    pub id: StationId,
    /// The unit in which its group is formed.
    pub unit: UnitCode,
    /// Where it is, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

/// A room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomGiven {
    /// Which.
    pub id: VenueId,
    /// The unit it serves.
    pub unit: UnitCode,
    /// Seats for those who are taught.
    pub capacity: u16,
    /// Where it is, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// Lost to this stage.
    #[serde(default)]
    pub closed: bool,
}

/// A person who may teach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainerGiven {
    /// Who; the same person may also be among those to be taught, and is never in two places.
    pub person: PersonId,
    /// The unit where this person teaches by preference; anywhere in the shard is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// Whether the tier above is behind them.
    pub status: TrainerStatus,
}

/// Whether a trainer has completed the tier above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrainerStatus {
    /// Completed; preferred.
    Completed,
    /// Enrolled, not completed yet.
    Expected,
}

/// Somebody or something that is taken at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Who or what.
    pub who: Who,
    /// On which day.
    pub day: Day,
    /// In which slot of the day.
    pub slot: u8,
}

/// Who or what is booked. A human booked as trainer is not free as a trainee either, and the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Who {
    Trainer(PersonId),
    Room(VenueId),
    Person(PersonId),
}

/// A contradiction in a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Fault {
    /// The norm is zero.
    NormIsZero,
    /// The maximum is below the norm.
    MaxBelowNorm,
    /// A session takes no day.
    NoDays,
    /// A day has no slot.
    NoSlots,
    /// Not as many starts as slots.
    SlotStarts,
    /// The days are not ascending, or one is there twice.
    DaysNotAscending,
    /// A person is there twice.
    PersonTwice {
        /// Who.
        id: PersonId,
    },
    /// A station is there twice.
    StationTwice {
        /// Which.
        id: StationId,
    },
    /// A room is there twice.
    RoomTwice {
        /// Which.
        id: VenueId,
    },
    /// A trainer is there twice.
    TrainerTwice {
        /// Who.
        id: PersonId,
    },
    /// A person's station is not among the stations.
    StationUnknown {
        /// Whose.
        id: PersonId,
    },
    /// A person's unit is not that of the station.
    StationElsewhere {
        /// Whose.
        id: PersonId,
    },
}

impl Problem {
    /// Everything that contradicts itself; empty for a problem that can be planned.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut when = |wrong: bool, fault: Fault| {
            if wrong {
                faults.push(fault);
            }
        };
        when(self.norm == 0, Fault::NormIsZero);
        when(self.max < self.norm, Fault::MaxBelowNorm);
        when(self.days_per_session == 0, Fault::NoDays);
        when(self.slots_per_day == 0, Fault::NoSlots);
        when(self.slot_starts_min.len() != usize::from(self.slots_per_day), Fault::SlotStarts);
        when(
            self.taught_days.iter().zip(self.taught_days.iter().skip(1)).any(|(a, b)| a >= b),
            Fault::DaysNotAscending,
        );
        repeated(self.people.iter().map(|p| p.id), |id| faults.push(Fault::PersonTwice { id }));
        repeated(self.stations.iter().map(|s| s.id), |id| faults.push(Fault::StationTwice { id }));
        repeated(self.rooms.iter().map(|r| r.id), |id| faults.push(Fault::RoomTwice { id }));
        repeated(self.trainers.iter().map(|t| t.person), |id| faults.push(Fault::TrainerTwice { id }));
        let stations: BTreeMap<_, _> = self.stations.iter().map(|s| (s.id, &s.unit)).collect();
        for person in &self.people {
            let Some(station) = person.station else { continue };
            match stations.get(&station) {
                None => faults.push(Fault::StationUnknown { id: person.id }),
                Some(unit) if **unit != person.unit => faults.push(Fault::StationElsewhere { id: person.id }),
                Some(_) => {}
            }
        }
        faults
    }
}

fn repeated<T: Ord + Copy>(ids: impl Iterator<Item = T>, mut found: impl FnMut(T)) {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) && told.insert(id) {
            found(id);
        }
    }
}
