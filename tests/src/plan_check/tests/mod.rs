//! The planner against the checker, and the checker against planted breaches.

mod cases;
mod laws;
mod planted;

use super::sample::unit;
use shared::id::{PersonId, StationId, VenueId};
use shared::plan::{
    Booking, Outcome, Place, PlanError, Problem, RoomGiven, RoomScope, StationGiven, Trainee, TrainerGiven,
    TrainerStatus, Who, plan,
};
use shared::time::Day;
use std::ops::ControlFlow;

fn go(problem: &Problem) -> Result<Outcome, PlanError> {
    plan(problem, &mut |_| ControlFlow::Continue(()))
}

fn planned(problem: &Problem) -> Outcome {
    go(problem).expect("a problem without faults")
}

fn day(n: i32) -> Day {
    Day::from_ymd(2021, 3, 1).expect("a day").plus(n)
}

fn place(east: f64) -> Option<Place> {
    Place::new(42.0, 74.0 + east)
}

/// One unit, no people; one room of 60, two completed trainers, four days, one slot, sessions of two days,
/// groups of 10 and never over 12.
fn base() -> Problem {
    Problem {
        stage: "pec".parse().expect("a code"),
        norm: 10,
        max: 12,
        days_per_session: 2,
        slots_per_day: 1,
        slot_starts_min: vec![540],
        trainers_per_session: 2,
        taught_days: vec![day(0), day(1), day(2), day(3)],
        room_scope: RoomScope::Unit,
        smallest_room: 0,
        people: Vec::new(),
        stations: Vec::new(),
        rooms: vec![room(1, 0, 60)],
        trainers: vec![trainer(1, TrainerStatus::Completed), trainer(2, TrainerStatus::Completed)],
        busy: Vec::new(),
        seed: 7,
    }
}

fn room(id: u64, of: u64, capacity: u16) -> RoomGiven {
    RoomGiven { id: VenueId(id), unit: unit(of), capacity, at: place(0.0), closed: false }
}

fn trainer(id: u64, status: TrainerStatus) -> TrainerGiven {
    TrainerGiven { person: PersonId(id), unit: Some(unit(0)), status }
}

fn busy(who: Who, n: i32) -> Booking {
    Booking { who, day: day(n), slot: 0 }
}

/// Adds a station of a unit, so many degrees east, with its people; the first person is `station * 1000`.
fn staff(problem: &mut Problem, of: u64, station: u64, people: u64, east: f64) {
    problem.stations.push(StationGiven { id: StationId(station), unit: unit(of), at: place(east) });
    problem.people.extend((0..people).map(|n| Trainee {
        id: PersonId(station * 1_000 + n),
        unit: unit(of),
        station: Some(StationId(station)),
    }));
}

fn loose(problem: &mut Problem, of: u64, first: u64, people: u64) {
    problem.people.extend((0..people).map(|n| Trainee {
        id: PersonId(first + n),
        unit: unit(of),
        station: None,
    }));
}

fn sizes(outcome: &Outcome) -> Vec<usize> {
    let mut all: Vec<usize> = outcome.sessions.iter().map(|s| s.people.len()).collect();
    all.sort_unstable();
    all
}
