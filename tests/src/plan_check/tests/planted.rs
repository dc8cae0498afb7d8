//! The checker can fail: every breach, planted into a sound outcome, is found.

use super::super::{Breach, check};
use super::*;
use shared::plan::{Reason, Unplaced};

/// Two units, 20 and 5 people, everything sound; a closed room, a small one, and more trainers than needed.
fn sound() -> (Problem, Outcome) {
    let mut problem = base();
    staff(&mut problem, 0, 1, 10, 0.01);
    staff(&mut problem, 0, 2, 10, 0.02);
    staff(&mut problem, 1, 3, 5, 0.03);
    problem.smallest_room = 3;
    problem.rooms.extend([room(2, 1, 11), room(3, 0, 2), RoomGiven { closed: true, ..room(4, 0, 60) }]);
    problem.trainers.extend([trainer(3, TrainerStatus::Completed), trainer(4, TrainerStatus::Completed)]);
    let outcome = planned(&problem);
    assert_eq!((sizes(&outcome), check(&problem, &outcome)), (vec![5, 10, 10], vec![]));
    (problem, outcome)
}

/// The session of the second unit.
fn second(outcome: &Outcome) -> usize {
    outcome.sessions.iter().position(|s| s.unit == unit(1)).expect("the second unit")
}

fn drop_out(outcome: &mut Outcome, reason: Reason) -> PersonId {
    let at = second(outcome);
    let person = outcome.sessions[at].people.remove(0);
    outcome.unplaced.push(Unplaced { person, reason });
    person
}

#[test]
fn every_planted_breach_is_found() {
    type Plant = fn(&mut Problem, &mut Outcome) -> Breach;
    let plants: Vec<Plant> = vec![
        |_, o| Breach::PersonMissing(o.sessions[0].people.remove(0)),
        |_, o| {
            let person = o.sessions[0].people[0];
            o.sessions[1].people.push(person);
            Breach::PersonTwice(person)
        },
        |_, o| {
            o.sessions[0].people.push(PersonId(77));
            Breach::PersonUnknown(PersonId(77))
        },
        |_, o| {
            let at = second(o);
            let person = o.sessions[at].people.remove(0);
            o.sessions[usize::from(at == 0)].people.push(person);
            Breach::UnitsMixed(usize::from(at == 0), person)
        },
        |_, o| {
            let at = second(o);
            o.sessions[at].people.clear();
            Breach::Empty(at)
        },
        |p, _| {
            p.max = 9;
            Breach::OverMaximum(0)
        },
        |p, o| {
            p.rooms[1].capacity = 4;
            Breach::OverCapacity(second(o))
        },
        |_, o| {
            o.sessions[0].venue = VenueId(99);
            Breach::RoomUnknown(0)
        },
        |_, o| {
            o.sessions[0].venue = VenueId(4);
            Breach::RoomClosed(0)
        },
        |_, o| {
            o.sessions[0].venue = VenueId(3);
            Breach::RoomTooSmall(0)
        },
        |_, o| {
            let at = second(o);
            o.sessions[at].venue = VenueId(1);
            Breach::RoomElsewhere(at)
        },
        |_, o| {
            o.sessions[0].trainers[0] = PersonId(88);
            Breach::TrainerUnknown(0, PersonId(88))
        },
        |_, o| {
            o.sessions[0].trainers[0] = o.sessions[0].trainers[1];
            Breach::TrainerRepeated(0, o.sessions[0].trainers[0])
        },
        |_, o| {
            o.sessions[0].trainers.pop();
            Breach::TrainerCount(0)
        },
        |_, o| {
            o.sessions[0].expected_trainers = true;
            Breach::ExpectedFlag(0)
        },
        |_, o| {
            o.sessions[0].days[1] = day(9);
            Breach::DayNotTaught(0, day(9))
        },
        |_, o| {
            o.sessions[0].days = vec![day(0), day(3)];
            Breach::DaysApart(0)
        },
        |_, o| {
            o.sessions[0].days.reverse();
            Breach::DaysApart(0)
        },
        |_, o| {
            o.sessions[0].days.pop();
            Breach::DayCount(0)
        },
        |_, o| {
            o.sessions[0].slot = 1;
            Breach::SlotUnknown(0)
        },
        |p, o| {
            p.busy.push(Booking { who: Who::Room(o.sessions[0].venue), day: o.sessions[0].days[1], slot: 0 });
            Breach::RoomClash(o.sessions[0].venue, o.sessions[0].days[1], 0)
        },
        |p, o| {
            p.busy.push(Booking {
                who: Who::Person(o.sessions[0].people[3]),
                day: o.sessions[0].days[0],
                slot: 0,
            });
            Breach::HumanClash(o.sessions[0].people[3], o.sessions[0].days[0], 0)
        },
        |_, o| {
            let (pupil, day) = (o.sessions[0].people[3], o.sessions[0].days[0]);
            o.sessions[0].trainers[0] = pupil;
            Breach::HumanClash(pupil, day, 0)
        },
        |_, o| Breach::SeatLeftEmpty(drop_out(o, Reason::NoTrainerFreeInWindow)),
        |_, o| Breach::TimeLeftUnused(drop_out(o, Reason::NoTimeInCommon)),
        |_, o| {
            o.score.sessions += 1;
            Breach::ScoreWrong("sessions")
        },
        |_, o| {
            o.score.stations_split += 1;
            Breach::ScoreWrong("stations_split")
        },
        |_, o| {
            o.score.person_km *= 1.1;
            Breach::ScoreWrong("person_km")
        },
    ];
    for (at, plant) in plants.into_iter().enumerate() {
        let (mut problem, mut outcome) = sound();
        let breach = plant(&mut problem, &mut outcome);
        let found = check(&problem, &outcome);
        assert!(found.contains(&breach), "plant {at}: {breach:?} not in {found:?}");
    }
}

#[test]
fn two_sessions_at_once_clash_in_room_and_trainers() {
    let (problem, mut outcome) = sound();
    let first = outcome.sessions.iter().position(|s| s.unit == unit(0)).expect("a session");
    let other = outcome.sessions.iter().rposition(|s| s.unit == unit(0)).expect("a session");
    outcome.sessions[other].days = outcome.sessions[first].days.clone();
    outcome.sessions[other].trainers = outcome.sessions[first].trainers.clone();
    let (day, venue) = (outcome.sessions[first].days[0], outcome.sessions[first].venue);
    let trainer = outcome.sessions[first].trainers[0];
    let found = check(&problem, &outcome);
    for breach in [Breach::RoomClash(venue, day, 0), Breach::HumanClash(trainer, day, 0)] {
        assert!(found.contains(&breach), "{breach:?} not in {found:?}");
    }
}

#[test]
fn every_untrue_reason_is_found() {
    for reason in [
        Reason::WindowTooShort { needed: 2, given: 4 },
        Reason::NoRoomInUnit,
        Reason::RoomsTooSmall { largest: 2 },
        Reason::NoTrainer { needed: 2, given: 4 },
        Reason::NoTrainer { needed: 2, given: 1 },
        Reason::PersonBusy,
        Reason::NoRoomFreeInWindow,
        Reason::NoTrainerFreeInWindow,
        Reason::NoTimeInCommon,
    ] {
        let (problem, mut outcome) = sound();
        let person = drop_out(&mut outcome, reason);
        let found = check(&problem, &outcome);
        assert!(found.contains(&Breach::ReasonUntrue(person, reason)), "{reason:?}: {found:?}");
    }
}
