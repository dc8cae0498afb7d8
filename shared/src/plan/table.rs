//! The problem indexed: everything sorted by id, so that the order in which it was written changes nothing.

use super::geo::Place;
use super::problem::{Problem, RoomScope, TrainerStatus, Who};
use super::time::{Cells, Time, sessions_that_fit, times};
use crate::id::{PersonId, StationId, UnitCode, VenueId};
use std::collections::{BTreeMap, BTreeSet};

/// The problem, indexed. Numbers named `person`, `room`, `unit`, ... are indexes into its lists.
pub(super) struct Table<'a> {
    pub(super) problem: &'a Problem,
    pub(super) times: Vec<Time>,
    pub(super) people: Vec<PersonRow>,
    pub(super) stations: Vec<StationRow>,
    pub(super) rooms: Vec<RoomRow>,
    pub(super) trainers: Vec<TrainerRow>,
    pub(super) units: Vec<UnitRow<'a>>,
    /// What is taken before planning, by human and by room.
    pub(super) humans_busy: Vec<Cells>,
    pub(super) rooms_busy: Vec<Cells>,
}

/// A person to be taught.
pub(super) struct PersonRow {
    pub(super) id: PersonId,
    /// Trainees and trainers are one list of humans: nobody is in two places.
    pub(super) human: usize,
    pub(super) unit: usize,
    pub(super) station: Option<usize>,
}

/// A polling station.
pub(super) struct StationRow {
    pub(super) at: Option<Place>,
}

/// A room.
pub(super) struct RoomRow {
    pub(super) id: VenueId,
    pub(super) capacity: usize,
    pub(super) at: Option<Place>,
    /// How many sessions it can hold in the window.
    pub(super) fits: usize,
}

/// A trainer.
pub(super) struct TrainerRow {
    pub(super) id: PersonId,
    pub(super) human: usize,
    pub(super) unit: Option<usize>,
    pub(super) expected: bool,
    /// Decides between equals.
    pub(super) lot: u64,
}

/// A unit in which groups are formed.
pub(super) struct UnitRow<'a> {
    pub(super) code: &'a UnitCode,
    pub(super) people: Vec<usize>,
    /// The rooms it may use, the largest first.
    pub(super) rooms: Vec<usize>,
    /// The largest open room that it could use if it were not too small.
    pub(super) largest_refused: Option<u16>,
}

impl<'a> Table<'a> {
    /// Indexes a problem without faults.
    pub(super) fn of(problem: &'a Problem) -> Self {
        let (days, slots) = (usize::from(problem.days_per_session), usize::from(problem.slots_per_day));
        let cells = problem.taught_days.len() * slots;
        let humans: BTreeSet<PersonId> =
            problem.people.iter().map(|p| p.id).chain(problem.trainers.iter().map(|t| t.person)).collect();
        let humans: BTreeMap<PersonId, usize> =
            humans.into_iter().enumerate().map(|(i, id)| (id, i)).collect();
        let units: BTreeSet<&UnitCode> = problem.people.iter().map(|p| &p.unit).collect();
        let unit_of: BTreeMap<&UnitCode, usize> =
            units.iter().enumerate().map(|(i, code)| (*code, i)).collect();

        let given = sorted(&problem.stations, |s| s.id);
        let station_of: BTreeMap<StationId, usize> =
            given.iter().enumerate().map(|(i, s)| (s.id, i)).collect();
        let stations = given.iter().map(|s| StationRow { at: s.at }).collect();

        let rooms_given = sorted(&problem.rooms, |r| r.id);
        let room_of: BTreeMap<VenueId, usize> =
            rooms_given.iter().enumerate().map(|(i, r)| (r.id, i)).collect();

        let mut humans_busy = vec![Cells::empty(cells); humans.len()];
        let mut rooms_busy = vec![Cells::empty(cells); rooms_given.len()];
        for booking in &problem.busy {
            let Ok(day) = problem.taught_days.binary_search(&booking.day) else { continue };
            if booking.slot >= problem.slots_per_day {
                continue;
            }
            let taken = match booking.who {
                Who::Room(id) => room_of.get(&id).and_then(|room| rooms_busy.get_mut(*room)),
                Who::Trainer(id) | Who::Person(id) => humans.get(&id).and_then(|h| humans_busy.get_mut(*h)),
            };
            if let Some(taken) = taken {
                taken.put(day * slots + usize::from(booking.slot));
            }
        }

        let people: Vec<PersonRow> = sorted(&problem.people, |p| p.id)
            .into_iter()
            .map(|p| PersonRow {
                id: p.id,
                human: humans[&p.id],
                unit: unit_of[&p.unit],
                station: p.station.and_then(|s| station_of.get(&s).copied()),
            })
            .collect();
        let rooms: Vec<RoomRow> = rooms_given
            .iter()
            .zip(&rooms_busy)
            .map(|(r, taken)| RoomRow {
                id: r.id,
                capacity: usize::from(r.capacity),
                at: r.at,
                fits: sessions_that_fit(taken, problem.taught_days.len(), days, slots),
            })
            .collect();
        let trainers = sorted(&problem.trainers, |t| t.person)
            .into_iter()
            .map(|t| TrainerRow {
                id: t.person,
                human: humans[&t.person],
                unit: t.unit.as_ref().and_then(|code| unit_of.get(code).copied()),
                expected: t.status == TrainerStatus::Expected,
                lot: lot(problem.seed, t.person.0),
            })
            .collect();

        let mut members = vec![Vec::new(); units.len()];
        for (person, row) in people.iter().enumerate() {
            members[row.unit].push(person);
        }
        let units = units.into_iter().zip(members).map(|(code, people)| {
            let (mut usable, refused) = usable_rooms(problem, &rooms_given, |unit| unit == code);
            let mut largest_refused = refused;
            if usable.is_empty() && problem.room_scope == RoomScope::Shard {
                (usable, largest_refused) = usable_rooms(problem, &rooms_given, |_| true);
            }
            usable.sort_by_key(|room| (core::cmp::Reverse(rooms[*room].capacity), *room));
            UnitRow { code, people, rooms: usable, largest_refused }
        });
        let units = units.collect();
        let times = times(problem.taught_days.len(), days, slots);
        Self { problem, times, people, stations, rooms, trainers, units, humans_busy, rooms_busy }
    }

    /// Trainers that each session needs.
    pub(super) fn trainers_needed(&self) -> usize {
        usize::from(self.problem.trainers_per_session)
    }

    /// Where a person comes from, if known.
    pub(super) fn home(&self, person: usize) -> Option<Place> {
        self.people[person].station.and_then(|station| self.stations[station].at)
    }
}

/// The rooms of some units that are open and big enough, and the largest open one that is not.
fn usable_rooms(
    problem: &Problem,
    rooms: &[&super::problem::RoomGiven],
    serves: impl Fn(&UnitCode) -> bool,
) -> (Vec<usize>, Option<u16>) {
    let smallest = problem.smallest_room.max(1);
    let open = || rooms.iter().enumerate().filter(|(_, r)| !r.closed && serves(&r.unit));
    let usable = open().filter(|(_, r)| r.capacity >= smallest).map(|(i, _)| i).collect();
    let refused = open().filter(|(_, r)| r.capacity < smallest).map(|(_, r)| r.capacity).max();
    (usable, refused)
}

fn sorted<T, K: Ord>(items: &[T], key: impl Fn(&T) -> K) -> Vec<&T> {
    let mut all: Vec<&T> = items.iter().collect();
    all.sort_by_key(|item| key(item));
    all
}

/// A number that a seed draws for an id (SplitMix64's mixer).
fn lot(seed: u64, id: u64) -> u64 {
    let mut z = seed.wrapping_add(id.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
