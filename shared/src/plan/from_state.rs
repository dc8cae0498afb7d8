//! The planner's problem, read off a shard's state: who of a stage has no session yet, and what is there to teach
//! them. Ids only: no name leaves the shard for planning.

use super::{
    Booking, Place, Problem, RoomGiven, RoomScope, StationGiven, Trainee, TrainerGiven, TrainerStatus, Who,
};
use crate::command::{Booked, TrainerStanding, bookings, trainer_standing};
use crate::id::{PersonId, PlanId, SessionId, UnitCode};
use crate::programme::{Level, Programme, Stage};
use crate::state::{self, ShardState};
use crate::time::Day;
use std::collections::{BTreeMap, BTreeSet};

impl Problem {
    /// The problem of one stage: everyone of its audience who is on no published list. `head` is the state's place
    /// in the log; it seeds the choices between equals and is what a plan is based on.
    pub fn from_state(
        state: &ShardState,
        programme: &Programme,
        stage: &Stage,
        head: u64,
        today: Day,
    ) -> Self {
        let published: BTreeSet<SessionId> = state.published_sessions().map(|(id, _)| id).collect();
        let elsewhere =
            state.outcomes.iter().filter(|((_, s, _), past)| *s == stage.code && past.value.is_completed());
        let completed_elsewhere: BTreeSet<PersonId> = elsewhere.map(|((person, ..), _)| *person).collect();
        let mut people: BTreeMap<PersonId, Trainee> = BTreeMap::new();
        for (seat, holder) in &state.holders {
            let Some(person) = holder.value.filter(|_| stage.audience.contains(&seat.role)) else { continue };
            let enrolled = state.enrolments.get(&(person, stage.code.clone())).and_then(|e| e.value);
            if enrolled.is_some_and(|s| published.contains(&s)) || completed_elsewhere.contains(&person) {
                continue;
            }
            let (unit, station) = match &seat.place {
                state::Place::Unit(unit) => (Some(unit), None),
                state::Place::Station(id) => (state.stations.get(id).map(|s| &s.value.unit), Some(*id)),
            };
            let Some(unit) = unit else { continue };
            let unit = group_unit(programme, stage, unit);
            people.entry(person).or_insert(Trainee { id: person, unit, station });
        }
        let needed: BTreeSet<_> = people.values().filter_map(|p| p.station).collect();
        let stations =
            state.stations.iter().filter(|(id, _)| needed.contains(id)).map(|(id, s)| StationGiven {
                id: *id,
                unit: group_unit(programme, stage, &s.value.unit),
                at: s.value.at.and_then(|p| Place::new(p.lat(), p.lon())),
            });
        let rooms = state.venues.iter().map(|(id, v)| RoomGiven {
            id: *id,
            unit: group_unit(programme, stage, &v.value.unit),
            capacity: v.value.capacity,
            at: v.value.at.and_then(|p| Place::new(p.lat(), p.lon())),
            closed: v.value.closed.is_some(),
        });
        let of_stage = state.trainers.iter().filter(|((_, taught), _)| *taught == stage.code);
        let trainers: Vec<TrainerGiven> = of_stage
            .filter_map(|((person, _), card)| {
                let status = match trainer_standing(state, programme, *person, &stage.code, today) {
                    TrainerStanding::Completed => TrainerStatus::Completed,
                    TrainerStanding::Expected => TrainerStatus::Expected,
                    TrainerStanding::NotCompleted | TrainerStanding::Not => return None,
                };
                let unit = Some(group_unit(programme, stage, &card.value.unit));
                Some(TrainerGiven { person: *person, unit, status })
            })
            .collect();
        let busy = bookings(state, PlanId(0), &stage.code).into_iter().map(|(who, day, slot)| {
            let who = match who {
                Booked::Person(person) => Who::Person(person),
                Booked::Room(room) => Who::Room(room),
            };
            Booking { who, day, slot }
        });
        // What is past cannot be planned any more.
        let window = (stage.window.0.max(today), stage.window.1);
        let taught_days = programme.calendar.taught_days(window);
        // Lent trainers are the borrower's to plan, on the days of the loan and on no others.
        let shared: BTreeSet<PersonId> = state.loans.keys().map(|(person, ..)| *person).collect();
        let planned = trainers.iter().map(|t| t.person).chain(people.keys().copied());
        let mut lent: BTreeSet<(PersonId, Day)> = BTreeSet::new();
        for person in planned.filter(|p| shared.contains(p)) {
            let taken = taught_days.iter().filter(|d| !state.may_plan(person, &stage.code, **d));
            lent.extend(taken.map(|day| (person, *day)));
        }
        let lent = lent.into_iter().flat_map(|(person, day)| {
            (0..stage.slots_per_day).map(move |slot| Booking { who: Who::Person(person), day, slot })
        });
        Self {
            stage: stage.code.clone(),
            norm: stage.norm,
            max: stage.max,
            days_per_session: stage.days,
            slots_per_day: stage.slots_per_day,
            slot_starts_min: stage.slot_starts_min.clone(),
            trainers_per_session: stage.trainers_per_session,
            taught_days,
            room_scope: RoomScope::Shard,
            smallest_room: 0,
            stations: stations.collect(),
            rooms: rooms.collect(),
            trainers,
            busy: busy.chain(lent).collect(),
            people: people.into_values().collect(),
            seed: head,
        }
    }
}

/// The unit in which groups of a stage are formed for people of a unit: its ancestor of the stage's level, or the
/// unit itself where there is none.
pub fn group_unit(programme: &Programme, stage: &Stage, unit: &UnitCode) -> UnitCode {
    let mut at = unit;
    for _ in 0..=programme.units.len() {
        match programme.unit(at) {
            Some(found) if found.level == stage.groups_within => return at.clone(),
            Some(found) => match &found.parent {
                Some(parent) => at = parent,
                None => break,
            },
            None => break,
        }
    }
    if stage.groups_within == Level::Nation { at.clone() } else { unit.clone() }
}
