use crate::event::{Body, Correct, Decision, Fact, Judge, Marks, SettleField, Settled};
use crate::grant::{AccountRole, Ending, Grant};
use crate::id::{AccountId, DeviceId, GrantId, PersonId, RunId, SessionId};
use crate::state::{Cell, Field, Method, PersonName, Status};
use crate::sync::client::{Client, Fate, Stored};
use crate::sync::server::Shard;
use crate::sync::{Hold, Rejection, Verdict};
use crate::testing::World;
use crate::time::{Day, Stamp, WallMs};

fn mark(session: SessionId, person: PersonId, status: Status) -> Body {
    let people = vec![(person, Some(status))];
    Body::Fact(Fact::Mark(Marks { session, day: 0, date: Day(1), method: Method::Tap, people }))
}

/// A world whose third account is a coordinator; its device is 2.
fn world() -> World {
    let mut world = World::with_two_day_session(2);
    let coordinator = Grant {
        id: GrantId(70),
        account: world.accounts[2],
        role: AccountRole::Coordinator,
        shard: Some(world.shard.id.clone()),
        person: None,
        sessions: Default::default(),
        from: Stamp(0),
        until: None,
        ended: None,
    };
    let account = world.accounts[2];
    world.access.grants.retain(|g| g.account != account);
    world.access.grants.push(coordinator);
    world
}

fn write(world: &mut World, device: &mut Client, body: &Body) {
    world.now_ms += 1_000;
    device.write(body, WallMs(world.now_ms));
    world.exchange(device, 10, true);
}

fn last(device: &Client) -> &Verdict {
    &device.kept().last().unwrap().verdict
}

/// Ends the first trainer's grants for cause.
fn revoke(world: &mut World) {
    let (account, at) = (world.accounts[0], Stamp(world.now_ms));
    let own = world.access.grants.iter_mut().filter(|g| g.account == account);
    own.for_each(|g| g.ended = Some((at, Ending::Cause)));
}

fn held_seq(world: &World) -> (u64, crate::event::EventId) {
    let held = world.shard.held().next().unwrap();
    (held.seq, held.event.id)
}

fn judge(world: &World, release: bool) -> Body {
    let (seq, event) = held_seq(world);
    Body::Decision(Decision::Judge(Judge { seq, event, release, reason: "seen on paper".into() }))
}

fn status_of(world: &World, person: PersonId) -> Option<Status> {
    let key = (world.session, 0, person, world.devices[0]);
    world.shard.state.marks.get(&key).and_then(|m| m.value.status)
}

#[test]
fn a_held_mark_counts_only_once_a_coordinator_releases_it_and_its_author_hears_of_it() {
    let mut world = world();
    let (mut trainer, mut coordinator) = (world.device(0), world.device(2));
    let person = world.people[0];
    revoke(&mut world);
    let body = mark(world.session, person, Status::Present);
    write(&mut world, &mut trainer, &body);
    assert!(matches!(last(&trainer), Verdict::Held { why: Some(Hold::Cause), .. }), "{:?}", last(&trainer));
    assert_eq!(status_of(&world, person), None);
    let body = judge(&world, true);
    write(&mut world, &mut coordinator, &body);
    assert!(matches!(last(&coordinator), Verdict::Admitted { .. }), "{:?}", last(&coordinator));
    assert_eq!(status_of(&world, person), Some(Status::Present));
    assert_eq!(world.shard.held().count(), 0);
    let judged: Vec<_> = world.shard.state.judged.iter().collect();
    assert_eq!(judged.len(), 1);
    assert_eq!(judged[0].0.0, world.accounts[0]);
    // And folding the log again gives the same.
    let mut again = Shard::new(world.shard.id.clone());
    world.log.iter().for_each(|record| again.fold(record));
    assert_eq!(again.state.hash(), world.shard.state.hash());
    assert_eq!(again.held().count(), 0);
}

#[test]
fn a_dismissed_mark_never_counts_and_nobody_judges_their_own() {
    let mut world = world();
    let (mut trainer, mut coordinator) = (world.device(0), world.device(2));
    let person = world.people[0];
    revoke(&mut world);
    let body = mark(world.session, person, Status::Present);
    write(&mut world, &mut trainer, &body);
    let body = judge(&world, false);
    write(&mut world, &mut coordinator, &body);
    assert_eq!(status_of(&world, person), None);
    // A trainer whose right has ended hears nothing more; one whose right stands does.
    let account = world.accounts[0];
    world.access.grants.iter_mut().filter(|g| g.account == account).for_each(|g| g.ended = None);
    world.exchange(&mut trainer, 10, true);
    let fate = trainer.fate(trainer.kept().last().unwrap());
    assert!(matches!(fate, Fate::Dismissed(j) if j.reason == "seen on paper"), "{fate:?}");
    // A second word on the same record finds nothing to judge.
    let again = body;
    write(&mut world, &mut coordinator, &again);
    assert!(matches!(last(&coordinator), Verdict::Refused(r) if matches!(r.why, Rejection::Unknown { .. })));
    // The coordinator's own record, held for an unknown person, is another coordinator's to judge.
    let body = mark(world.session, PersonId(5), Status::Present);
    write(&mut world, &mut coordinator, &body);
    let body = judge(&world, true);
    write(&mut world, &mut coordinator, &body);
    assert!(matches!(last(&coordinator), Verdict::Refused(r) if r.why == Rejection::NotPermitted));
}

#[test]
fn a_released_mark_does_not_undo_what_its_author_marked_later() {
    let mut world = world();
    let (mut trainer, mut coordinator) = (world.device(0), world.device(2));
    let person = world.people[0];
    revoke(&mut world);
    for status in [Status::Absent, Status::Late] {
        let body = mark(world.session, person, status);
        write(&mut world, &mut trainer, &body);
    }
    let seqs: Vec<_> = world.shard.held().map(|r| (r.seq, r.event.id)).collect();
    for (seq, event) in seqs.into_iter().rev() {
        let body =
            Body::Decision(Decision::Judge(Judge { seq, event, release: true, reason: String::new() }));
        write(&mut world, &mut coordinator, &body);
        assert!(matches!(last(&coordinator), Verdict::Admitted { .. }));
    }
    assert_eq!(status_of(&world, person), Some(Status::Late));
}

#[test]
fn a_mark_of_a_person_who_is_not_here_yet_counts_by_itself_once_the_person_is() {
    let mut world = world();
    let mut trainer = world.device(0);
    let newcomer = PersonId(4_000);
    let body = mark(world.session, newcomer, Status::Present);
    write(&mut world, &mut trainer, &body);
    assert!(matches!(last(&trainer), Verdict::Held { why: Some(Hold::UnknownPerson), .. }));
    let name = PersonName { name: "New".into(), other: String::new(), language: String::new() };
    world.seed(vec![Cell::Name(newcomer, name)]);
    world.exchange(&mut trainer, 10, true);
    assert_eq!(status_of(&world, newcomer), Some(Status::Present));
    let judgement = &world.shard.state.judged.values().next().unwrap().value;
    assert!(judgement.released && judgement.account.is_none());
    assert_eq!(trainer.fate(trainer.kept().last().unwrap()), Fate::Counts, "its author hears of it");
}

#[test]
fn two_corrections_that_did_not_see_each_other_stay_beside_each_other_until_settled() {
    let mut world = world();
    let (mut one, mut two, mut coordinator) = (world.device(0), world.device(1), world.device(2));
    let person = world.people[0];
    for device in [&mut one, &mut two, &mut coordinator] {
        world.exchange(device, 10, true);
    }
    let correct = |world: &World, value: &str| {
        let (session, field) = (world.session, Field::Name);
        Body::Fact(Fact::Correct(Correct { session, person, field, value: value.into() }))
    };
    let (first, second) = (correct(&world, "Aida"), correct(&world, "Ayda"));
    world.now_ms += 1_000;
    one.write(&first, WallMs(world.now_ms));
    two.write(&second, WallMs(world.now_ms - 90_000_000));
    world.exchange(&mut one, 10, true);
    world.exchange(&mut two, 10, true);
    let key = (person, Field::Name);
    let said = world.shard.state.corrections[&key].clone();
    assert_eq!((said.value.value.as_str(), said.siblings.len()), ("Aida", 1));
    // Both reach the others, however late.
    world.exchange(&mut one, 10, true);
    assert_eq!(one.shown().corrections[&key].siblings.len(), 1);
    // Who has not seen both cannot settle.
    let settle = |settles: Vec<Settled>| {
        let value = "Aida S.".to_owned();
        Body::Decision(Decision::SettleField(SettleField { person, field: Field::Name, value, settles }))
    };
    let winner = Settled { device: said.device, seq: said.seq };
    let sibling = Settled { device: said.siblings[0].device, seq: said.siblings[0].seq };
    let body = settle(vec![winner]);
    write(&mut world, &mut coordinator, &body);
    assert!(matches!(last(&coordinator), Verdict::Refused(r) if r.why == Rejection::Stale));
    let body = settle(vec![winner, sibling]);
    write(&mut world, &mut coordinator, &body);
    assert_eq!(world.shard.state.corrections[&key].siblings.len(), 0);
    assert_eq!(world.shard.state.names[&person].value.name, "Aida S.");
    world.exchange(&mut two, 10, true);
    assert_eq!(two.shown().corrections[&key].value.value, "Aida S.");
    // Having seen that, a further word takes its place and is no sibling.
    let body = correct(&world, "Aida Sydykova");
    write(&mut world, &mut two, &body);
    assert_eq!(world.shard.state.corrections[&key].siblings.len(), 0);
    assert_eq!(world.shard.state.corrections[&key].value.value, "Aida Sydykova");
}

#[test]
fn what_only_a_later_version_knows_is_held_and_dismissed_only_by_a_person() {
    let mut world = world();
    let mut trainer = world.device(0);
    let mut event = trainer.write(&mark(world.session, world.people[0], Status::Late), WallMs(world.now_ms));
    event.kind = "badge".into();
    let stored = Stored { pending: vec![event], ..Stored::default() };
    let (shard, device, account): (_, DeviceId, AccountId) =
        (world.shard.id.clone(), world.devices[0], world.accounts[0]);
    let mut trainer = Client::open(shard, device, account, RunId(9), stored);
    world.exchange(&mut trainer, 10, true);
    assert!(matches!(last(&trainer), Verdict::Held { why: Some(Hold::NewerKind), .. }));
    world.exchange(&mut trainer, 10, true);
    assert_eq!(world.shard.held().count(), 1);
    let mut coordinator = world.device(2);
    let body = judge(&world, true);
    write(&mut world, &mut coordinator, &body);
    assert!(matches!(last(&coordinator), Verdict::Refused(_)), "what nobody can read cannot count");
    let body = judge(&world, false);
    write(&mut world, &mut coordinator, &body);
    assert_eq!(world.shard.held().count(), 0);
}
