//! Small problems, each with the one rule or reason that it shows.

use super::super::check;
use super::*;
use shared::plan::{Fault, Reason};

/// What a problem leads to: the sizes of its groups, and why people are left out.
fn shows(name: &str, problem: &Problem, groups: &[usize], reason: Option<Reason>) -> Outcome {
    let outcome = planned(problem);
    assert_eq!(check(problem, &outcome), vec![], "{name}");
    assert_eq!(sizes(&outcome), groups, "{name}");
    let mut reasons: Vec<Reason> = outcome.unplaced.iter().map(|u| u.reason).collect();
    reasons.dedup();
    assert_eq!(reasons, reason.into_iter().collect::<Vec<_>>(), "{name}");
    outcome
}

fn with(people: u64, change: impl FnOnce(&mut Problem)) -> Problem {
    let mut problem = base();
    loose(&mut problem, 0, 100, people);
    change(&mut problem);
    problem
}

#[test]
fn groups_follow_the_norm_the_maximum_and_the_rooms() {
    type Change = fn(&mut Problem);
    let cases: [(&str, u64, Change, &[usize]); 7] = [
        ("nobody", 0, |_| (), &[]),
        ("a group of the norm", 10, |_| (), &[10]),
        ("even groups", 14, |_| (), &[7, 7]),
        ("the maximum saves a session", 24, |_| (), &[12, 12]),
        ("a small room makes small groups", 10, |p| p.rooms = vec![room(1, 0, 5)], &[5, 5]),
        ("no trainers needed", 4, |p| (p.trainers_per_session, p.trainers) = (0, vec![]), &[4]),
        ("an own room too small to hold all, another bigger", 14, |p| p.rooms.push(room(2, 0, 4)), &[7, 7]),
    ];
    for (name, people, change, groups) in cases {
        shows(name, &with(people, change), groups, None);
    }
}

#[test]
fn everyone_left_out_has_the_true_reason() {
    type Change = fn(&mut Problem);
    let all_days = |who: Who| (0..4).map(|n| busy(who, n)).collect::<Vec<_>>();
    let cases: [(&str, u64, Change, &[usize], Reason); 9] = [
        ("one day", 3, |p| p.taught_days.truncate(1), &[], Reason::WindowTooShort { needed: 2, given: 1 }),
        ("no room", 3, |p| p.rooms.clear(), &[], Reason::NoRoomInUnit),
        ("closed", 3, |p| p.rooms[0].closed = true, &[], Reason::NoRoomInUnit),
        ("elsewhere", 3, |p| p.rooms[0].unit = unit(1), &[], Reason::NoRoomInUnit),
        ("small", 3, |p| p.smallest_room = 61, &[], Reason::RoomsTooSmall { largest: 60 }),
        ("one trainer", 3, |p| p.trainers.truncate(1), &[], Reason::NoTrainer { needed: 2, given: 1 }),
        (
            "full rooms",
            30,
            |p| p.trainers.push(trainer(3, TrainerStatus::Completed)),
            &[12, 12],
            Reason::NoRoomFreeInWindow,
        ),
        ("few trainers", 30, |p| p.rooms.push(room(2, 0, 60)), &[12, 12], Reason::NoTrainerFreeInWindow),
        (
            "never together",
            3,
            |p| {
                p.busy = vec![busy(Who::Room(VenueId(1)), 2), busy(Who::Trainer(PersonId(1)), 1)];
            },
            &[],
            Reason::NoTimeInCommon,
        ),
    ];
    for (name, people, change, groups, reason) in cases {
        shows(name, &with(people, change), groups, Some(reason));
    }
    let problem = with(3, |p| p.busy = all_days(Who::Person(PersonId(101))));
    let outcome = shows("a busy person", &problem, &[2], Some(Reason::PersonBusy));
    assert_eq!(outcome.unplaced[0].person, PersonId(101));
}

#[test]
fn a_unit_without_a_room_goes_elsewhere_only_where_that_is_allowed() {
    let mut problem = with(3, |p| p.rooms = vec![room(1, 1, 60)]);
    problem.room_scope = RoomScope::Shard;
    shows("shard", &problem, &[3], None);
    problem.rooms.push(room(2, 0, 2));
    shows("its own room, once it has one", &problem, &[1, 2], None);
}

#[test]
fn units_never_mix_and_stations_stay_together() {
    let mut problem = base();
    for station in 1..=4 {
        staff(&mut problem, 0, station, 6, station as f64 / 100.0);
    }
    staff(&mut problem, 1, 5, 3, 0.0);
    problem.rooms.push(room(2, 1, 20));
    problem.trainers.extend([trainer(3, TrainerStatus::Completed), trainer(4, TrainerStatus::Completed)]);
    let outcome = shows("two units", &problem, &[3, 12, 12], None);
    assert_eq!(outcome.score.stations_split, 0);
    let near = |s: &shared::plan::PlannedSession| {
        s.people.contains(&PersonId(1_000)) == s.people.contains(&PersonId(2_000))
    };
    assert!(outcome.sessions.iter().all(near), "neighbours are taught together");
}

#[test]
fn a_group_goes_over_the_norm_rather_than_split_a_station() {
    let mut problem = base();
    staff(&mut problem, 0, 1, 11, 0.0);
    staff(&mut problem, 0, 2, 4, 0.1);
    let outcome = shows("eleven and four", &problem, &[4, 11], None);
    assert_eq!(outcome.score.stations_split, 0);
}

#[test]
fn a_station_bigger_than_a_group_is_split() {
    let mut problem = base();
    staff(&mut problem, 0, 1, 20, 0.0);
    let outcome = shows("twenty of one station", &problem, &[10, 10], None);
    assert_eq!((outcome.score.stations_split, outcome.score.lower_bound_sessions), (1, 2));
}

#[test]
fn a_group_meets_in_the_nearest_room() {
    let mut problem = base();
    staff(&mut problem, 0, 1, 6, 0.5);
    problem.rooms = vec![room(1, 0, 60), RoomGiven { at: place(0.4), ..room(2, 0, 60) }];
    let outcome = shows("two rooms", &problem, &[6], None);
    assert_eq!(outcome.sessions[0].venue, VenueId(2));
}

#[test]
fn a_trainer_who_has_completed_is_preferred_and_an_expected_one_is_said() {
    let mut problem = with(5, |p| p.trainers[0].status = TrainerStatus::Expected);
    assert!(shows("needed", &problem, &[5], None).sessions[0].expected_trainers);
    problem.trainers.push(trainer(3, TrainerStatus::Completed));
    let outcome = shows("not needed", &problem, &[5], None);
    assert!(!outcome.sessions[0].expected_trainers);
    assert_eq!(outcome.sessions[0].trainers, vec![PersonId(2), PersonId(3)]);
}

#[test]
fn work_is_shared_among_trainers_and_trainers_at_home_come_first() {
    let mut problem = with(40, |p| {
        p.trainers_per_session = 1;
        p.taught_days = (0..8).map(day).collect();
    });
    let mut away = trainer(3, TrainerStatus::Completed);
    away.unit = Some(unit(9));
    problem.trainers.push(away);
    let outcome = shows("four sessions", &problem, &[10, 10, 10, 10], None);
    let load = |id| outcome.sessions.iter().filter(|s| s.trainers.contains(&PersonId(id))).count();
    assert_eq!((load(1), load(2), load(3)), (2, 2, 0));
}

#[test]
fn a_session_may_go_over_a_rest_day_but_not_over_a_taught_one() {
    let problem = with(4, |p| {
        p.taught_days = vec![day(4), day(7), day(8)];
        p.busy = vec![busy(Who::Room(VenueId(1)), 8)];
    });
    let outcome = shows("Friday and Monday", &problem, &[4], None);
    assert_eq!(outcome.sessions[0].days, vec![day(4), day(7)]);
    let problem = with(4, |p| p.busy = vec![busy(Who::Room(VenueId(1)), 1), busy(Who::Room(VenueId(1)), 3)]);
    shows("no two free days in a row", &problem, &[], Some(Reason::NoRoomFreeInWindow));
}

#[test]
fn a_trainer_who_is_taught_that_day_does_not_teach() {
    // Each of two trainers is also to be taught, one trainer a session: each teaches the other's group.
    let mut problem = base();
    problem.trainers_per_session = 1;
    for id in [1, 2] {
        problem.people.push(Trainee { id: PersonId(id), unit: unit(0), station: None });
    }
    let outcome = shows("they teach each other", &problem, &[1, 1], None);
    assert!(outcome.sessions.iter().all(|s| s.trainers != s.people));
}

#[test]
fn a_person_busy_at_the_groups_time_is_taught_with_another_group() {
    let problem =
        with(20, |p| p.busy = vec![busy(Who::Person(PersonId(100)), 0), busy(Who::Person(PersonId(119)), 2)]);
    let outcome = planned(&problem);
    assert_eq!((check(&problem, &outcome), outcome.unplaced.len(), outcome.sessions.len()), (vec![], 0, 2));
}

#[test]
fn a_problem_that_contradicts_itself_is_refused_with_everything_that_is_wrong() {
    type Change = fn(&mut Problem);
    let cases: [(Change, Fault); 11] = [
        (|p| (p.norm, p.max) = (0, 0), Fault::NormIsZero),
        (|p| p.max = 9, Fault::MaxBelowNorm),
        (|p| p.days_per_session = 0, Fault::NoDays),
        (|p| (p.slots_per_day, p.slot_starts_min) = (0, vec![]), Fault::NoSlots),
        (|p| p.slot_starts_min.clear(), Fault::SlotStarts),
        (|p| p.taught_days.swap(0, 1), Fault::DaysNotAscending),
        (|p| p.people.push(p.people[0].clone()), Fault::PersonTwice { id: PersonId(100) }),
        (|p| p.rooms.push(p.rooms[0].clone()), Fault::RoomTwice { id: VenueId(1) }),
        (|p| p.trainers.push(p.trainers[0].clone()), Fault::TrainerTwice { id: PersonId(1) }),
        (|p| p.people[0].station = Some(StationId(8)), Fault::StationUnknown { id: PersonId(100) }),
        (
            |p| {
                p.stations.push(StationGiven { id: StationId(8), unit: unit(5), at: None });
                p.people[0].station = Some(StationId(8));
            },
            Fault::StationElsewhere { id: PersonId(100) },
        ),
    ];
    for (change, fault) in cases {
        let faulty = with(3, change);
        assert_eq!(go(&faulty), Err(PlanError::Faulty { faults: vec![fault.clone()] }), "{fault:?}");
    }
    let mut twice = base();
    staff(&mut twice, 0, 1, 0, 0.0);
    staff(&mut twice, 0, 1, 0, 0.0);
    (twice.norm, twice.days_per_session) = (13, 0);
    let faults = vec![Fault::MaxBelowNorm, Fault::NoDays, Fault::StationTwice { id: StationId(1) }];
    assert_eq!(go(&twice), Err(PlanError::Faulty { faults }));
}
