//! Who sees what.

use super::*;
use crate::grant::AccountRole;
use crate::id::{AccountId, GrantId};
use crate::state::{Cell, Contact, PersonName, PlanCard, PlanState, Row, SessionCard};
use crate::testing::World;
use crate::time::Stamp;

/// A second session of other people and another trainer beside the world's first one.
fn world_with_a_stranger() -> World {
    let mut world = World::with_two_day_session(3);
    let (stranger, other_trainer) = (PersonId(7_000), PersonId(7_001));
    let first = world.shard.state.sessions[&world.session].value.clone();
    let name = |n: &str| PersonName { name: n.into(), other: String::new(), language: String::new() };
    let contact = |id: PersonId| Contact { key: format!("key-{id}"), phone: format!("phone-{id}") };
    let mut cells = vec![
        Cell::Session(
            SessionId(2),
            SessionCard { number: 2, trainers: vec![other_trainer], ..first.clone() },
        ),
        Cell::Name(stranger, name("Stranger")),
        Cell::Name(other_trainer, name("Other trainer")),
        Cell::Enrolment((stranger, first.stage.clone()), Some(SessionId(2))),
    ];
    cells.extend([stranger, world.people[0]].map(|id| Cell::Contact(id, contact(id))));
    world.seed(cells);
    world
}

#[test]
fn a_trainer_sees_own_people_and_nobody_elses_and_no_numbers() {
    let world = world_with_a_stranger();
    let seen = View::of(&world.shard.state, &world.grants(0)).project(&world.shard.state);
    let mut expected: Vec<PersonId> = world.people.clone();
    expected.extend([PersonId(91), PersonId(92), PersonId(93)]);
    let mut names: Vec<PersonId> = seen.names.keys().copied().collect();
    names.sort();
    expected.sort();
    assert_eq!(names, expected);
    assert_eq!(seen.sessions.keys().copied().collect::<Vec<_>>(), [world.session]);
    assert!(seen.contacts.is_empty());
    let wire = serde_json::to_string(&seen.rows_after(None, |_, _| true).collect::<Vec<Row>>()).unwrap();
    for secret in ["Stranger", "Other trainer", "phone-", "key-"] {
        assert!(!wire.contains(secret), "{secret}");
    }
}

#[test]
fn who_is_no_longer_a_trainer_of_a_session_sees_nothing_of_it_and_the_tag_says_so() {
    let mut world = world_with_a_stranger();
    let before = View::of(&world.shard.state, &world.grants(0));
    let mut card = world.shard.state.sessions[&world.session].value.clone();
    card.trainers.retain(|t| *t != PersonId(91));
    world.now_ms += 1;
    world.seed(vec![Cell::Session(world.session, card)]);
    let after = View::of(&world.shard.state, &world.grants(0));
    assert_ne!(before.tag(), after.tag());
    assert!(after.project(&world.shard.state).is_empty());
}

#[test]
fn a_trainer_sees_how_they_themselves_did_in_the_tier_above_and_nobody_elses_marks_there() {
    let mut world = world_with_a_stranger();
    let rec: StageCode = "rec".parse().unwrap();
    let first = world.shard.state.sessions[&world.session].value.clone();
    let above = SessionCard { stage: rec.clone(), trainers: vec![], ..first };
    let mark = |account| crate::state::Mark {
        status: Some(crate::state::Status::Present),
        account: AccountId(account),
        date: crate::time::Day(0),
        method: crate::state::Method::Tap,
    };
    let card = crate::state::TrainerCard { unit: "naryn".parse().unwrap(), active: true, qualified: false };
    let mut cells = vec![Cell::Session(SessionId(50), above)];
    for person in [PersonId(91), PersonId(92)] {
        cells.push(Cell::Trainer((person, "pec".parse().unwrap()), card.clone()));
        cells.push(Cell::Enrolment((person, rec.clone()), Some(SessionId(50))));
        cells.push(Cell::Mark((SessionId(50), 0, person, crate::id::DeviceId(5)), mark(5)));
    }
    world.seed(cells);
    let seen = View::of(&world.shard.state, &world.grants(0)).project(&world.shard.state);
    let marked: Vec<PersonId> = seen.marks.keys().map(|(_, _, person, _)| *person).collect();
    assert_eq!(marked, [PersonId(91)]);
    assert_eq!(seen.trainers.keys().map(|k| k.0).collect::<Vec<_>>(), [PersonId(91)]);
    assert!(seen.sessions.contains_key(&SessionId(50)));
}

#[test]
fn a_draft_is_on_no_trainers_tablet() {
    let mut world = World::with_two_day_session(3);
    let (plan, reg) =
        world.shard.state.plans.first_key_value().map(|(id, p)| (*id, p.value.clone())).unwrap();
    world.now_ms += 1;
    world.seed(vec![Cell::Plan(plan, PlanCard { state: PlanState::Draft, ..reg })]);
    assert!(View::of(&world.shard.state, &world.grants(0)).project(&world.shard.state).is_empty());
}

#[test]
fn each_role_sees_its_own_part() {
    let world = world_with_a_stranger();
    let grant = |role| Grant {
        id: GrantId(9),
        account: AccountId(9),
        role,
        shard: None,
        person: None,
        sessions: BTreeSet::new(),
        from: Stamp(0),
        until: None,
        ended: None,
    };
    for (role, names, contacts) in [
        (AccountRole::Hq, true, false),
        (AccountRole::Coordinator, true, true),
        (AccountRole::Approver, true, false),
        (AccountRole::Auditor, true, false),
        (AccountRole::Trainer, false, false),
        (AccountRole::Monitor, false, false),
        (AccountRole::Trainee, false, false),
    ] {
        let seen = View::of(&world.shard.state, &[&grant(role)]).project(&world.shard.state);
        assert_eq!((!seen.names.is_empty(), !seen.contacts.is_empty()), (names, contacts), "{role:?}");
    }
}

fn grant_of(role: AccountRole, person: Option<PersonId>, sessions: &[SessionId]) -> Grant {
    Grant {
        id: GrantId(9),
        account: AccountId(9),
        role,
        shard: None,
        person,
        sessions: sessions.iter().copied().collect(),
        from: Stamp(0),
        until: None,
        ended: None,
    }
}

#[test]
fn a_trainee_sees_where_to_go_and_nobody_but_themselves() {
    let mut world = world_with_a_stranger();
    let (me, other) = (world.people[0], world.people[1]);
    let mark = |person| {
        let mark = crate::state::Mark {
            status: Some(crate::state::Status::Present),
            account: AccountId(1),
            date: crate::time::Day(0),
            method: crate::state::Method::Tap,
        };
        Cell::Mark((world.session, 0, person, crate::id::DeviceId(5)), mark)
    };
    let marks = vec![mark(me), mark(other)];
    world.seed(marks);
    let grant = grant_of(AccountRole::Trainee, Some(me), &[]);
    let seen = View::of(&world.shard.state, &[&grant]).project(&world.shard.state);
    assert_eq!(seen.names.keys().copied().collect::<Vec<_>>(), [me]);
    assert_eq!(seen.sessions.keys().copied().collect::<Vec<_>>(), [world.session]);
    assert_eq!(seen.venues.len(), 1);
    assert!(seen.holders.values().all(|h| h.value == Some(me)));
    assert_eq!(seen.marks.keys().map(|(_, _, person, _)| *person).collect::<Vec<_>>(), [me]);
    assert!(seen.contacts.is_empty() && seen.enrolments.keys().all(|(person, _)| *person == me));
}

#[test]
fn a_monitor_sees_the_lists_of_the_sessions_asked_for_and_no_mark_and_no_number() {
    let mut world = world_with_a_stranger();
    let mark = crate::state::Mark {
        status: Some(crate::state::Status::Present),
        account: AccountId(1),
        date: crate::time::Day(0),
        method: crate::state::Method::Tap,
    };
    let cell = Cell::Mark((world.session, 0, world.people[0], crate::id::DeviceId(5)), mark);
    world.seed(vec![cell]);
    let grant = grant_of(AccountRole::Monitor, None, &[world.session]);
    let view = View::of(&world.shard.state, &[&grant]);
    let seen = view.project(&world.shard.state);
    assert_eq!(seen.sessions.keys().copied().collect::<Vec<_>>(), [world.session]);
    assert!(world.people.iter().all(|p| seen.names.contains_key(p)));
    assert!(!seen.names.contains_key(&PersonId(7_000)), "a person of another session");
    assert!(seen.marks.is_empty() && seen.contacts.is_empty() && seen.taken.is_empty());
    let asked_for_nothing = grant_of(AccountRole::Monitor, None, &[]);
    let nothing = View::of(&world.shard.state, &[&asked_for_nothing]);
    assert!(nothing.project(&world.shard.state).is_empty());
    assert_ne!(nothing.tag(), view.tag());
}

#[test]
fn a_session_that_moves_to_a_room_known_before_brings_the_room_along() {
    let mut world = World::with_two_day_session(3);
    let room = world.shard.state.venues.values().next().unwrap().value.clone();
    world.seed(vec![Cell::Venue(VenueId(2), room)]);
    let mut device = world.device(0);
    world.exchange(&mut device, 10, true);
    let card = SessionCard { venue: VenueId(2), ..world.shard.state.sessions[&world.session].value.clone() };
    world.seed(vec![Cell::Session(world.session, card)]);
    world.exchange(&mut device, 10, true);
    assert_eq!(device.confirmed().venues.keys().copied().collect::<Vec<_>>(), [VenueId(2)]);
}
