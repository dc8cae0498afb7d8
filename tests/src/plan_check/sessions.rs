//! The rules that each session keeps by itself, and that everyone is somewhere exactly once.

use super::Breach;
use shared::id::{PersonId, UnitCode};
use shared::plan::{Outcome, PlannedSession, Problem, RoomGiven, RoomScope, TrainerStatus};
use std::collections::{BTreeMap, BTreeSet};

/// Checks every session.
pub fn check(problem: &Problem, outcome: &Outcome) -> Vec<Breach> {
    let mut found = everyone_once(problem, outcome);
    let unit_of: BTreeMap<PersonId, &UnitCode> = problem.people.iter().map(|p| (p.id, &p.unit)).collect();
    for (at, session) in outcome.sessions.iter().enumerate() {
        size(problem, at, session, &unit_of, &mut found);
        room(problem, at, session, &mut found);
        trainers(problem, at, session, &mut found);
        days(problem, at, session, &mut found);
    }
    found
}

fn everyone_once(problem: &Problem, outcome: &Outcome) -> Vec<Breach> {
    let mut times: BTreeMap<PersonId, u32> = problem.people.iter().map(|p| (p.id, 0)).collect();
    let mut found = Vec::new();
    let in_sessions = outcome.sessions.iter().flat_map(|s| &s.people);
    for id in in_sessions.chain(outcome.unplaced.iter().map(|u| &u.person)) {
        match times.get_mut(id) {
            Some(n) => *n += 1,
            None => found.push(Breach::PersonUnknown(*id)),
        }
    }
    for (id, n) in times {
        match n {
            0 => found.push(Breach::PersonMissing(id)),
            1 => {}
            _ => found.push(Breach::PersonTwice(id)),
        }
    }
    found
}

fn size(
    problem: &Problem,
    at: usize,
    session: &PlannedSession,
    unit_of: &BTreeMap<PersonId, &UnitCode>,
    found: &mut Vec<Breach>,
) {
    if session.people.is_empty() {
        found.push(Breach::Empty(at));
    }
    if session.people.len() > usize::from(problem.max) {
        found.push(Breach::OverMaximum(at));
    }
    for id in &session.people {
        if unit_of.get(id).is_some_and(|unit| **unit != session.unit) {
            found.push(Breach::UnitsMixed(at, *id));
        }
    }
}

/// The rooms that a unit may use: its own; where it has none, and the scope allows it, any of the shard.
pub fn rooms_for<'a>(problem: &'a Problem, unit: &UnitCode) -> Vec<&'a RoomGiven> {
    let open =
        |room: &&RoomGiven| !room.closed && room.capacity > 0 && room.capacity >= problem.smallest_room;
    let own: Vec<_> = problem.rooms.iter().filter(open).filter(|r| r.unit == *unit).collect();
    match problem.room_scope {
        RoomScope::Shard if own.is_empty() => problem.rooms.iter().filter(open).collect(),
        _ => own,
    }
}

fn room(problem: &Problem, at: usize, session: &PlannedSession, found: &mut Vec<Breach>) {
    let Some(room) = problem.rooms.iter().find(|r| r.id == session.venue) else {
        found.push(Breach::RoomUnknown(at));
        return;
    };
    if room.closed {
        found.push(Breach::RoomClosed(at));
    }
    if session.people.len() > usize::from(room.capacity) {
        found.push(Breach::OverCapacity(at));
    }
    if room.capacity < problem.smallest_room {
        found.push(Breach::RoomTooSmall(at));
    } else if !room.closed && !rooms_for(problem, &session.unit).iter().any(|r| r.id == room.id) {
        found.push(Breach::RoomElsewhere(at));
    }
}

fn trainers(problem: &Problem, at: usize, session: &PlannedSession, found: &mut Vec<Breach>) {
    let mut seen = BTreeSet::new();
    let mut expected = false;
    for id in &session.trainers {
        match problem.trainers.iter().find(|t| t.person == *id) {
            Some(trainer) => expected |= trainer.status == TrainerStatus::Expected,
            None => found.push(Breach::TrainerUnknown(at, *id)),
        }
        if !seen.insert(*id) {
            found.push(Breach::TrainerRepeated(at, *id));
        }
    }
    if session.trainers.len() != usize::from(problem.trainers_per_session) {
        found.push(Breach::TrainerCount(at));
    }
    if session.expected_trainers != expected {
        found.push(Breach::ExpectedFlag(at));
    }
}

fn days(problem: &Problem, at: usize, session: &PlannedSession, found: &mut Vec<Breach>) {
    if session.days.len() != usize::from(problem.days_per_session) {
        found.push(Breach::DayCount(at));
    }
    if session.slot >= problem.slots_per_day {
        found.push(Breach::SlotUnknown(at));
    }
    for day in &session.days {
        if !problem.taught_days.contains(day) {
            found.push(Breach::DayNotTaught(at, *day));
        }
    }
    for pair in session.days.windows(2) {
        if let [a, b] = pair
            && (a >= b || problem.taught_days.iter().any(|between| a < between && between < b))
        {
            found.push(Breach::DaysApart(at));
        }
    }
}
