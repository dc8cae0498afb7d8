//! Accounts, grants and devices in use: a lost tablet is revoked and another goes on, what waited on it is judged, and
//! a shard knows at once. Against a real server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::device::operator::invitation;
use cascade_tests::device::{Device, REGISTRY};
use cascade_tests::world::{World, demo_server, small_world};
use serde_json::{Value, json};
use shared::api::Invited;
use shared::api::access::DeviceLine;
use shared::event::{ApprovePlan, Body, Decision, Fact, PutPlan, TakeSession};
use shared::grant::{AccountRole, Ending, Grant};
use shared::id::{AccountId, DeviceId, PlanId, ShardId};
use shared::plan::Problem;
use shared::state::{Method, Status};
use shared::sync::{Ended, Hold, Rejection, Reply, Verdict, Want};

fn world() -> (World, cascade_tests::server::Server, tempfile::TempDir) {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    (small_world(&server).unwrap(), server, storage)
}

/// Posts with a token of the registry; status, and code or body.
fn post(by: &mut Device, path: &str, body: &Value) -> (u16, Value) {
    let bearer = format!("Bearer {}", by.token(REGISTRY).unwrap());
    let bytes = if body.is_null() { vec![] } else { serde_json::to_vec(body).unwrap() };
    let reply = by.api.ask("POST", path, &[("authorization", &bearer)], &bytes).unwrap();
    (reply.status, serde_json::from_slice(&reply.body).unwrap_or_default())
}

fn end_device(by: &mut Device, account: AccountId, device: DeviceId, how: Ending) -> (u16, Value) {
    let path = format!("/api/v1/accounts/{account}/devices/{device}/end");
    post(by, &path, &json!({ "how": how, "reason": "left in a taxi" }))
}

/// A further device of the same person.
fn further(world: &mut World, of: AccountId) -> Device {
    let (status, body) = post(&mut world.coordinator, &format!("/api/v1/accounts/{of}/codes"), &Value::Null);
    assert_eq!(status, 200, "{body}");
    let invited: Invited = serde_json::from_value(body).unwrap();
    assert_eq!(invited.account, of);
    Device::join(&world.base_url, &invited.code).unwrap()
}

fn exchange(device: &mut Device, shard: &ShardId) -> Reply {
    let request = device.client(shard).request(Want::View);
    let reply = device.exchange(shard, &request).unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text());
    let reply: Reply = serde_json::from_slice(&reply.body).unwrap();
    let wall = device.wall();
    device.client(shard).receive(reply.clone(), wall);
    reply
}

#[test]
fn a_lost_tablet_hands_in_what_waits_and_gets_nothing_while_the_other_one_goes_on() {
    for (how, counts) in [(Ending::Ordinary, true), (Ending::Cause, false)] {
        let (mut world, _server, _storage) = world();
        let shard = world.shard.clone();
        let account = world.lead.account;
        let mut other = further(&mut world, account);
        other.sync(&shard, Want::View).unwrap();
        world.lead.sync(&shard, Want::View).unwrap();
        assert!(!world.lead.shown(&shard).names.is_empty());
        let people = world.session.people[..3].to_vec();
        let body = world.marks(0, &people, Status::Present, Method::Tap);
        let event = world.lead.write(&shard, &body);

        let lead = world.lead.id;
        assert_eq!(end_device(&mut world.coordinator, account, lead, how).0, 200);
        // The very next request, with the token it had.
        let reply = exchange(&mut world.lead, &shard);
        assert_eq!(reply.ended, Some(Ended::Device), "{how:?}");
        assert!(reply.page.is_none_or(|page| page.rows.is_empty()), "{how:?}");
        let verdict = world.lead.verdict(&shard, event.id).unwrap();
        match counts {
            true => assert!(matches!(verdict, Verdict::Admitted { .. }), "{how:?}: {verdict:?}"),
            false => assert!(matches!(verdict, Verdict::Held { why: Some(Hold::Cause), .. }), "{verdict:?}"),
        }
        assert!(world.lead.client(&shard).confirmed().is_empty());
        assert_eq!(world.counts().unwrap().present, if counts { 3 } else { 0 }, "{how:?}");
        // It signs in again to hand in more, and the registry does not know it any more.
        world.lead.token(REGISTRY).unwrap();
        let refused = world.lead.get("/api/v1/me").unwrap();
        assert_eq!((refused.status, refused.json().unwrap()["code"].as_str()), (401, Some("revoked")));

        let reply = exchange(&mut other, &shard);
        assert_eq!(reply.ended, None, "{how:?}: the other device of the same person");
        assert!(!other.shown(&shard).names.is_empty());
        let late = world.marks(0, &people, Status::Absent, Method::Tap);
        assert!(matches!(other.deposit(&shard, late).unwrap(), Verdict::Admitted { .. }));
        // What was written after the end never counts.
        let after = world.marks(1, &people, Status::Present, Method::Tap);
        let verdict = world.lead.deposit(&shard, after).unwrap();
        assert!(!matches!(verdict, Verdict::Admitted { .. }), "{how:?}: {verdict:?}");
    }
}

#[test]
fn a_right_that_ends_is_known_in_the_shard_at_once_and_can_be_given_again() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    world.lead.sync(&shard, Want::View).unwrap();
    let grant: Grant = world.lead.grants[0].clone();
    let path = format!("/api/v1/accounts/{}/grants/{}", grant.account, grant.id);
    let (status, body) =
        post(&mut world.coordinator, &format!("{path}/end"), &json!({ "how": "ordinary", "reason": "" }));
    assert_eq!((status, body["code"].as_str()), (400, Some("reason-missing")));
    let end = |how: &str| json!({ "how": how, "reason": "the round is over" });
    let (status, ended) = post(&mut world.coordinator, &format!("{path}/end"), &end("ordinary"));
    assert_eq!((status, ended["ended"][1].as_str()), (200, Some("ordinary")));
    assert_eq!(exchange(&mut world.lead, &shard).ended, Some(Ended::Account));
    assert_eq!(
        post(&mut world.coordinator, &format!("{path}/end"), &end("ordinary")).0,
        403,
        "ended already"
    );
    assert_eq!(post(&mut world.coordinator, &path, &json!({})).0, 403, "an ended right is not changed");
    // A theft that shows later still ends it for cause.
    assert_eq!(post(&mut world.coordinator, &format!("{path}/end"), &end("cause")).0, 200);

    let add =
        json!({ "role": "trainer", "shard": shard, "person": grant.person, "reason": "the next round" });
    let (status, added) =
        post(&mut world.coordinator, &format!("/api/v1/accounts/{}/grants", grant.account), &add);
    assert_eq!(status, 200, "{added}");
    let reply = exchange(&mut world.lead, &shard);
    assert_eq!(reply.ended, None);
    assert!(!world.lead.shown(&shard).names.is_empty());
    let added: Grant = serde_json::from_value(added).unwrap();
    let path = format!("/api/v1/accounts/{}/grants/{}", added.account, added.id);
    assert_eq!(
        post(&mut world.coordinator, &path, &json!({ "until_ms": 5 })).0,
        400,
        "a time that has passed"
    );
    let soon = cascade_tests::device::now_ms() + 3_600_000;
    let (status, changed) = post(&mut world.coordinator, &path, &json!({ "until_ms": soon }));
    assert_eq!((status, changed["until"].as_i64()), (200, Some(soon)));
    world.check_still_works().unwrap();
}

#[test]
fn the_list_of_devices_says_where_each_is_and_what_it_holds() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    let account = world.lead.account;
    let other = further(&mut world, account);
    let until = world.session.days[1];
    let take = Body::Fact(Fact::Take(TakeSession { session: world.session.id, until }));
    world.lead.deposit(&shard, take).unwrap();
    let path = format!("/api/v1/accounts/{}/devices", world.lead.account);
    let lines: Vec<DeviceLine> = world.coordinator.read(&path).unwrap();
    assert_eq!(lines.len(), 2);
    let line = |id: DeviceId| lines.iter().find(|l| l.device == id).unwrap();
    let first = line(world.lead.id);
    assert!(first.joined_ms.is_some() && first.ended.is_none());
    assert_eq!(first.shards.len(), 1);
    assert!(first.shards[0].seen_ms.is_some());
    assert_eq!(first.shards[0].taken, [(world.session.id, until)]);
    assert_ne!(line(other.id).tablet, first.tablet);
    assert!(line(other.id).shards.iter().all(|s| s.seen_ms.is_none() && s.taken.is_empty()));
    let text = world.coordinator.get(&path).unwrap().text();
    assert!(!text.contains("key"), "{text}");
    // Nobody reads or ends devices above or beside themselves.
    let hq = format!("/api/v1/accounts/{}/devices", world.hq.account);
    assert_eq!(world.coordinator.get(&hq).unwrap().status, 403);
    assert_eq!(world.lead.get(&path).unwrap().status, 403);
    let (account, device) = (world.hq.account, world.hq.id);
    assert_eq!(end_device(&mut world.coordinator, account, device, Ending::Cause).0, 403);
}

#[test]
fn nobody_at_headquarters_locks_themselves_out() {
    let (mut world, _server, _storage) = world();
    let (account, device, grant) = (world.hq.account, world.hq.id, world.hq.grants[0].clone());
    let path = format!("/api/v1/accounts/{account}/grants/{}", grant.id);
    let (status, body) =
        post(&mut world.hq, &format!("{path}/end"), &json!({ "how": "ordinary", "reason": "x" }));
    assert_eq!((status, body["code"].as_str()), (403, Some("own-last-hq")));
    let soon = cascade_tests::device::now_ms() + 3_600_000;
    let (status, body) = post(&mut world.hq, &path, &json!({ "until_ms": soon }));
    assert_eq!((status, body["code"].as_str()), (403, Some("own-last-hq")));
    let (status, body) = end_device(&mut world.hq, account, device, Ending::Ordinary);
    assert_eq!((status, body["code"].as_str()), (403, Some("own-last-device")));
    // Somebody else at headquarters may, and is still there afterwards.
    let invite = invitation("Second", AccountRole::Hq, None, None);
    let mut second = Device::join(&world.base_url, &world.operator.invite(&invite).unwrap().code).unwrap();
    assert_eq!(end_device(&mut second, account, device, Ending::Cause).0, 200);
    assert_eq!(world.hq.get("/api/v1/overview").unwrap().status, 401);
    assert_eq!(second.get("/api/v1/overview").unwrap().status, 200);
}

#[test]
fn a_revoked_device_of_headquarters_erases_nothing_with_the_token_it_still_has() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    let bearer = format!("Bearer {}", world.hq.token(shard.as_str()).unwrap());
    // What is asked is no erasure: a device that may erase hears that, one that may not never comes so far.
    let body = world.marks(0, &world.session.people[..1], Status::Present, Method::Tap);
    let event = serde_json::to_vec(&world.hq.event(&shard, &body)).unwrap();
    let path = format!("/api/v1/shards/{shard}/erase");
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(world.hq.api.ask("POST", &path, &headers, &event).unwrap().status, 400);
    let invite = invitation("Second", AccountRole::Hq, None, None);
    let mut second = Device::join(&world.base_url, &world.operator.invite(&invite).unwrap().code).unwrap();
    let (account, device) = (world.hq.account, world.hq.id);
    assert_eq!(end_device(&mut second, account, device, Ending::Ordinary).0, 200);
    assert_eq!(world.hq.api.ask("POST", &path, &headers, &event).unwrap().status, 403);
}

#[test]
fn a_code_for_more_than_ones_own_is_not_given() {
    let (mut world, _server, _storage) = world();
    // The trainer becomes a coordinator elsewhere: a code would open that too.
    let add = json!({ "role": "coordinator", "shard": "kg-osh" });
    let lead = world.lead.account;
    assert_eq!(post(&mut world.hq, &format!("/api/v1/accounts/{lead}/grants"), &add).0, 200);
    let invite = serde_json::to_value(invitation(
        "Lead",
        AccountRole::Trainer,
        Some(&world.shard),
        Some(world.session.trainers[0]),
    ))
    .unwrap();
    let coordinator = &mut world.coordinator;
    for (path, body) in [
        ("/api/v1/accounts".to_owned(), invite),
        (format!("/api/v1/accounts/{lead}/codes"), Value::Null),
        (format!("/api/v1/accounts/{lead}/grants"), json!({ "role": "monitor", "shard": "kg-naryn" })),
        (
            format!("/api/v1/accounts/{lead}/devices/{}/end", world.lead.id),
            json!({ "how": "cause", "reason": "x" }),
        ),
    ] {
        let (status, answer) = post(coordinator, &path, &body);
        assert_eq!((status, answer["code"].as_str()), (403, Some("outside-your-scope")), "{path}");
    }
}

#[test]
fn a_tablet_of_several_people_serves_no_author_as_the_second_person() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    let stage = world.published.problem.stage.clone();
    let account = |name, role| world.operator.invite(&invitation(name, role, None, None)).unwrap().code;
    let (author, second) = (account("Author", AccountRole::Hq), account("Second", AccountRole::Approver));
    let mut author = Device::join_on(&world.base_url, &author, "the-one-computer").unwrap();
    let mut second = Device::join_on(&world.base_url, &second, "the-one-computer").unwrap();
    assert_ne!(
        (author.id, author.account),
        (second.id, second.account),
        "an account has a device of its own"
    );
    let plan = PlanId(77);
    let problem: Problem = author.read(&format!("/api/v1/shards/{shard}/problem/{stage}")).unwrap();
    let put = PutPlan { plan, stage, based_on: problem.seed, groups: vec![], unplaced: 0 };
    let put = author.deposit(&shard, Body::Decision(Decision::PutPlan(put))).unwrap();
    let based_on = cascade_tests::world::steps::admitted(&put).unwrap();
    let approve = |same_device: Option<&str>| {
        let same_device = same_device.map(str::to_owned);
        Body::Decision(Decision::ApprovePlan(ApprovePlan {
            plan,
            based_on,
            note: String::new(),
            same_device,
        }))
    };
    let refused = second.deposit(&shard, approve(None)).unwrap();
    assert!(matches!(&refused, Verdict::Refused(r) if r.why == Rejection::SameDevice), "{refused:?}");
    let named = second.deposit(&shard, approve(Some("one computer in the office"))).unwrap();
    cascade_tests::world::steps::admitted(&named).unwrap();
    world.coordinator.sync(&shard, Want::View).unwrap();
    let approval = &world.coordinator.shown(&shard).approvals[&plan].value;
    assert_eq!(approval.account, second.account);
    assert_eq!(approval.same_device.as_deref(), Some("one computer in the office"), "said and kept");
}

#[test]
fn a_monitor_and_a_trainee_hold_what_they_need_and_an_auditor_changes_nothing() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    let person = world.session.people[0];
    let join = |invite: Value, by: &mut Device, url: &str| {
        let (status, body) = post(by, "/api/v1/accounts", &invite);
        assert_eq!(status, 200, "{body}");
        let invited: Invited = serde_json::from_value(body).unwrap();
        Device::join(url, &invited.code).unwrap()
    };
    let url = world.base_url.clone();
    let observe = json!({ "name": "M", "role": "monitor", "shard": shard, "sessions": [world.session.id] });
    let mut monitor = join(observe, &mut world.coordinator, &url);
    let learn = json!({ "name": "T", "role": "trainee", "shard": shard, "person": person });
    let mut trainee = join(learn, &mut world.coordinator, &url);
    let mut auditor = join(json!({ "name": "A", "role": "auditor", "shard": null }), &mut world.hq, &url);
    let body = world.marks(0, &world.session.people[..2], Status::Present, Method::Tap);
    world.lead.deposit(&shard, body).unwrap();
    for device in [&mut monitor, &mut trainee, &mut auditor] {
        device.sync(&shard, Want::View).unwrap();
    }
    let seen = monitor.shown(&shard);
    assert_eq!(seen.sessions.keys().copied().collect::<Vec<_>>(), [world.session.id]);
    assert!(world.session.people.iter().all(|p| seen.names.contains_key(p)));
    assert!(world.other_session.people.iter().all(|p| !seen.names.contains_key(p)));
    assert!(seen.marks.is_empty() && seen.contacts.is_empty());
    let seen = trainee.shown(&shard);
    assert_eq!(seen.names.keys().copied().collect::<Vec<_>>(), [person]);
    assert_eq!((seen.marks.len(), seen.venues.len(), seen.sessions.len()), (1, 1, 1));
    let seen = auditor.shown(&shard);
    assert!(seen.names.len() > world.session.people.len() && seen.contacts.is_empty());
    for device in [&mut monitor, &mut trainee, &mut auditor] {
        let marks = world.marks(0, &[person], Status::Absent, Method::Tap);
        let verdict = device.deposit(&shard, marks).unwrap();
        assert!(matches!(&verdict, Verdict::Refused(r) if r.why == Rejection::NotPermitted), "{verdict:?}");
    }
    // Withdrawn from the session: the list leaves the device.
    let grant = &monitor.grants[0];
    let path = format!("/api/v1/accounts/{}/grants/{}", grant.account, grant.id);
    assert_eq!(post(&mut world.coordinator, &path, &json!({ "sessions": [] })).0, 200);
    monitor.sync(&shard, Want::View).unwrap();
    assert!(monitor.client(&shard).confirmed().is_empty());
}
