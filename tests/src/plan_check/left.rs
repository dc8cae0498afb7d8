//! Nobody is left out who could simply be added, and every reason is true.

use super::Breach;
use super::ledger::Ledger;
use super::sessions::rooms_for;
use shared::plan::{Outcome, Problem, Reason, Trainee};
use shared::time::Day;

/// Checks everyone who is unplaced.
pub fn check(problem: &Problem, outcome: &Outcome, ledger: &Ledger) -> Vec<Breach> {
    let mut found = Vec::new();
    for unplaced in &outcome.unplaced {
        let Some(person) = problem.people.iter().find(|p| p.id == unplaced.person) else { continue };
        if a_seat_is_empty(problem, outcome, ledger, person) {
            found.push(Breach::SeatLeftEmpty(person.id));
        }
        let chance = Chance::of(problem, ledger, person);
        if chance.all {
            found.push(Breach::TimeLeftUnused(person.id));
        }
        if !is_true(problem, person, unplaced.reason, chance) {
            found.push(Breach::ReasonUntrue(person.id, unplaced.reason));
        }
    }
    found
}

fn a_seat_is_empty(problem: &Problem, outcome: &Outcome, ledger: &Ledger, person: &Trainee) -> bool {
    outcome.sessions.iter().any(|session| {
        let room = problem.rooms.iter().find(|r| r.id == session.venue);
        let seats = room.map_or(0, |r| r.capacity.min(problem.max));
        session.unit == person.unit
            && session.people.len() < usize::from(seats)
            && ledger.human_is_free(person.id, &session.days, session.slot)
    })
}

/// What there is, at the times when a person is free.
#[derive(Clone, Copy, Default)]
struct Chance {
    free: bool,
    room: bool,
    trainers: bool,
    all: bool,
}

impl Chance {
    fn of(problem: &Problem, ledger: &Ledger, person: &Trainee) -> Self {
        let rooms = rooms_for(problem, &person.unit);
        let mut chance = Self::default();
        let whole = problem.taught_days.windows(usize::from(problem.days_per_session).max(1));
        for (days, slot) in whole.flat_map(|days| (0..problem.slots_per_day).map(move |slot| (days, slot))) {
            if !ledger.human_is_free(person.id, days, slot) {
                continue;
            }
            let room = rooms.iter().any(|r| ledger.room_is_free(r.id, days, slot));
            let trainers = trainers_free(problem, ledger, person, days, slot);
            chance.free = true;
            chance.room |= room;
            chance.trainers |= trainers;
            chance.all |= room && trainers;
        }
        chance
    }
}

fn trainers_free(problem: &Problem, ledger: &Ledger, person: &Trainee, days: &[Day], slot: u8) -> bool {
    let others = problem.trainers.iter().filter(|t| t.person != person.id);
    let free = others.filter(|t| ledger.human_is_free(t.person, days, slot)).count();
    free >= usize::from(problem.trainers_per_session)
}

fn is_true(problem: &Problem, person: &Trainee, reason: Reason, chance: Chance) -> bool {
    let days = problem.taught_days.len();
    let short = days < usize::from(problem.days_per_session);
    let rooms = rooms_for(problem, &person.unit);
    let near = |unit| problem.room_scope == shared::plan::RoomScope::Shard || person.unit == unit;
    let refused =
        problem.rooms.iter().filter(|r| !r.closed && near(r.unit.clone())).map(|r| r.capacity).max();
    let trainers = problem.trainers.iter().filter(|t| t.person != person.id).count();
    match reason {
        Reason::WindowTooShort { needed, given } => {
            short && needed == u16::from(problem.days_per_session) && usize::from(given) == days
        }
        Reason::NoRoomInUnit => rooms.is_empty() && refused.is_none(),
        Reason::RoomsTooSmall { largest } => rooms.is_empty() && refused == Some(largest),
        Reason::NoTrainer { needed, given } => {
            given < needed
                && needed == u16::from(problem.trainers_per_session)
                && usize::from(given) == trainers
        }
        Reason::PersonBusy => !short && !chance.free,
        Reason::NoRoomFreeInWindow => chance.free && !rooms.is_empty() && !chance.room,
        Reason::NoTrainerFreeInWindow => chance.free && chance.room && !chance.trainers,
        Reason::NoTimeInCommon => chance.room && chance.trainers && !chance.all,
    }
}
