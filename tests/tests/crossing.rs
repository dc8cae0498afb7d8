//! People who cross from shard to shard, on the real server: handed on and lent, with a power cut in between.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::device::{Device, operator::invitation};
use cascade_tests::server::Server;
use cascade_tests::world::{World, demo_server, small_world};
use shared::api::Overview;
use shared::event::{Body, Decision, EndLoan, Lend, Transfer};
use shared::grant::AccountRole;
use shared::id::{PersonId, ShardId, StageCode};
use shared::plan::{Problem, Who};
use shared::sync::{Rejection, Verdict, Want};
use shared::tally::ShardTally;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A machine that does much else may take its time.
const IN_TIME: Duration = Duration::from_secs(60);

fn world() -> (World, Server, TempDir) {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    (small_world(&server).unwrap(), server, storage)
}

fn osh() -> ShardId {
    "kg-osh".parse().unwrap()
}

fn tally(world: &mut World, shard: &ShardId) -> ShardTally {
    let overview: Overview = world.hq.read("/api/v1/overview").unwrap();
    overview.shards.into_iter().find(|t| t.shard == *shard).unwrap()
}

/// Asks until it is so: each question is a round trip to the server.
fn until(world: &mut World, what: &str, mut is_so: impl FnMut(&mut World) -> bool) {
    let deadline = Instant::now() + IN_TIME;
    while !is_so(world) {
        assert!(Instant::now() < deadline, "{what} never came");
    }
}

fn decide(world: &mut World, decision: Decision) -> Verdict {
    let shard = world.shard.clone();
    world.hq.deposit(&shard, Body::Decision(decision)).unwrap()
}

fn why(verdict: Verdict) -> Rejection {
    match verdict {
        Verdict::Refused(refusal) => refusal.why,
        other => panic!("not refused: {other:?}"),
    }
}

fn coordinator_of(world: &World, shard: &ShardId) -> Device {
    let invite = invitation("Coordinator", AccountRole::Coordinator, Some(shard), None);
    Device::join(&world.base_url, &world.operator.invite(&invite).unwrap().code).unwrap()
}

fn transfer(world: &mut World, person: PersonId, give_up: bool) -> Verdict {
    let shard = world.shard.clone();
    let based_on = tally(world, &shard).head;
    decide(
        world,
        Decision::Transfer(Transfer { person, to: osh(), reason: "moved to Osh".into(), based_on, give_up }),
    )
}

#[test]
fn a_person_handed_on_arrives_once_although_the_power_fails_between_the_two_shards() {
    let (mut world, mut server, _storage) = world();
    let (naryn, person) = (world.shard.clone(), world.session.people[0]);
    let before = (tally(&mut world, &naryn), tally(&mut world, &osh()));
    let held = {
        world.coordinator.sync(&naryn, Want::View).unwrap();
        let state = world.coordinator.shown(&naryn);
        (state.names[&person].value.clone(), state.contacts[&person].value.clone())
    };
    // Somebody on the list of a session to come moves only where the decision gives the place up.
    assert!(matches!(why(transfer(&mut world, person, false)), Rejection::Committed { .. }));
    let verdict = transfer(&mut world, person, true);
    assert!(matches!(verdict, Verdict::Admitted { .. }), "{verdict:?}");
    // The old owner has written; whether the new one has heard is chance.
    server.kill().unwrap();
    server.restart().unwrap();
    until(&mut world, "the person", |world| tally(world, &osh()).people == before.1.people + 1);
    let after = tally(&mut world, &naryn);
    assert_eq!(after.people, before.0.people - 1);
    // A second power cut brings nobody a second time.
    server.kill().unwrap();
    server.restart().unwrap();
    let mut coordinator = coordinator_of(&world, &osh());
    coordinator.sync(&osh(), Want::View).unwrap();
    let state = coordinator.shown(&osh());
    assert_eq!((state.names[&person].value.clone(), state.contacts[&person].value.clone()), held);
    assert_eq!(tally(&mut world, &osh()).people, before.1.people + 1);
    assert_eq!(
        why(transfer(&mut world, person, true)),
        Rejection::Elsewhere { shard: osh() },
        "the old owner forwards"
    );
    // The seat is free at once, and the list shorter by one.
    let counts = world.counts().unwrap();
    let stage = &world.published.problem.stage;
    assert_eq!(counts.invited, before.0.stages[stage].invited - 1);
    world.check_still_works().unwrap();
}

#[test]
fn a_lent_trainer_can_be_planned_by_the_borrower_on_these_days_and_by_nobody_else() {
    let (mut world, mut server, _storage) = world();
    let (naryn, stage): (ShardId, StageCode) = (world.shard.clone(), world.published.problem.stage.clone());
    let trainer = world.outsider.grants[0].person.unwrap();
    let taught = world.published.problem.taught_days.clone();
    let (from, until_day) = (taught[taught.len() - 4], taught[taught.len() - 2]);
    let based_on = tally(&mut world, &naryn).head;
    let lend = Lend { trainer, stage: stage.clone(), to: osh(), from, until: until_day, based_on };
    let busy_teacher =
        Lend { trainer: world.session.trainers[0], from: world.session.days[0], ..lend.clone() };
    assert!(matches!(why(decide(&mut world, Decision::Lend(busy_teacher))), Rejection::Committed { .. }));
    let verdict = decide(&mut world, Decision::Lend(lend));
    assert!(matches!(verdict, Verdict::Admitted { .. }), "{verdict:?}");
    server.kill().unwrap();
    server.restart().unwrap();
    let problem = |world: &mut World, shard: &ShardId| -> Problem {
        world.hq.read(&format!("/api/v1/shards/{shard}/problem/{stage}")).unwrap()
    };
    until(&mut world, "the trainer", |world| {
        problem(world, &osh()).trainers.iter().any(|t| t.person == trainer)
    });
    let is_free = |problem: &Problem| -> Vec<_> {
        let busy = |day| problem.busy.iter().any(|b| b.who == Who::Person(trainer) && b.day == day);
        problem.taught_days.iter().copied().filter(|d| !busy(*d)).collect()
    };
    let span: Vec<_> = taught.iter().copied().filter(|d| (from..=until_day).contains(d)).collect();
    assert_eq!(is_free(&problem(&mut world, &osh())), span);
    assert!(is_free(&problem(&mut world, &naryn)).iter().all(|d| !span.contains(d)));
    // Only a name and a telephone went along, and nobody is counted twice.
    let mut coordinator = coordinator_of(&world, &osh());
    coordinator.sync(&osh(), Want::View).unwrap();
    assert!(coordinator.shown(&osh()).contacts[&trainer].value.key.is_empty());
    assert_eq!(tally(&mut world, &osh()).people, 0);
    // Asked back, the trainer is free again at home once the borrower has answered.
    let based_on = tally(&mut world, &naryn).head;
    let end = EndLoan { trainer, stage: stage.clone(), to: osh(), based_on };
    let verdict = decide(&mut world, Decision::EndLoan(end));
    assert!(matches!(verdict, Verdict::Admitted { .. }), "{verdict:?}");
    until(&mut world, "the trainer", |world| {
        let free = is_free(&problem(world, &naryn));
        span.iter().all(|d| free.contains(d))
    });
    assert!(!problem(&mut world, &osh()).trainers.iter().any(|t| t.person == trainer));
    world.check_still_works().unwrap();
}

#[test]
fn what_shards_say_to_each_other_cannot_be_asked_for_from_outside() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.to_string();
    let bearer = format!("Bearer {}", world.coordinator.token(&shard).unwrap());
    let ask = serde_json::json!({ "by": "kg-osh", "cursor": 0, "tag": null,
        "witness": { "seq": 0, "chain": "0".repeat(64) } });
    let body = serde_json::to_vec(&ask).unwrap();
    for path in [
        format!("/internal/{shard}/offers"),
        format!("/internal/{shard}/look"),
        format!("/api/v1/internal/{shard}/offers"),
        format!("/api/v1/shards/{shard}/internal/offers"),
        format!("/api/v1/shards/{shard}/offers"),
        format!("/api/v1/shards/{shard}/sessions/..%2foffers"),
        format!("/api/v1/shards/{shard}/sessions/../../../../internal/{shard}/offers"),
        format!("//internal/{shard}/offers"),
    ] {
        for verb in ["POST", "GET"] {
            let reply = world.coordinator.api.ask(verb, &path, &[("authorization", &bearer)], &body).unwrap();
            let is_page = reply.status == 200 && reply.text().starts_with("<!");
            let is_refused = matches!(reply.status, 401 | 403 | 404 | 405);
            assert!(is_page || is_refused, "{verb} {path} answered {}: {}", reply.status, reply.text());
        }
    }
    world.check_still_works().unwrap();
}
