//! Who and what is taken when: by the bookings of the problem and by the sessions of the outcome.

use super::Breach;
use shared::id::{PersonId, VenueId};
use shared::plan::{Outcome, Problem, Who};
use shared::time::Day;
use std::collections::{BTreeMap, BTreeSet};

/// How often each human and room is taken at each time.
pub struct Ledger {
    humans: BTreeMap<(PersonId, Day, u8), u32>,
    rooms: BTreeMap<(VenueId, Day, u8), u32>,
}

impl Ledger {
    /// Reads bookings and sessions.
    pub fn of(problem: &Problem, outcome: &Outcome) -> Self {
        let mut booked_humans = BTreeSet::new();
        let mut booked_rooms = BTreeSet::new();
        for booking in &problem.busy {
            match booking.who {
                Who::Room(room) => booked_rooms.insert((room, booking.day, booking.slot)),
                Who::Trainer(id) | Who::Person(id) => booked_humans.insert((id, booking.day, booking.slot)),
            };
        }
        let mut ledger = Self {
            humans: booked_humans.into_iter().map(|key| (key, 1)).collect(),
            rooms: booked_rooms.into_iter().map(|key| (key, 1)).collect(),
        };
        for session in &outcome.sessions {
            for day in &session.days {
                *ledger.rooms.entry((session.venue, *day, session.slot)).or_default() += 1;
                for human in session.trainers.iter().chain(&session.people) {
                    *ledger.humans.entry((*human, *day, session.slot)).or_default() += 1;
                }
            }
        }
        ledger
    }

    /// Everything that is taken twice.
    pub fn clashes(&self) -> Vec<Breach> {
        let humans = self.humans.iter().filter(|(_, n)| **n > 1);
        let rooms = self.rooms.iter().filter(|(_, n)| **n > 1);
        humans
            .map(|((id, day, slot), _)| Breach::HumanClash(*id, *day, *slot))
            .chain(rooms.map(|((id, day, slot), _)| Breach::RoomClash(*id, *day, *slot)))
            .collect()
    }

    /// Whether a human is free on all of some days.
    pub fn human_is_free(&self, id: PersonId, days: &[Day], slot: u8) -> bool {
        days.iter().all(|day| !self.humans.contains_key(&(id, *day, slot)))
    }

    /// Whether a room is free on all of some days.
    pub fn room_is_free(&self, id: VenueId, days: &[Day], slot: u8) -> bool {
        days.iter().all(|day| !self.rooms.contains_key(&(id, *day, slot)))
    }
}
