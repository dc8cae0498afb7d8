//! Who is let in, and to what: tokens, roles and scopes against a real server. After each misuse an ordinary request
//! must still work.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::api::ApiDevice;
use cascade_tests::device::{Device, REGISTRY, draw, expect, token_path};
use cascade_tests::server::{Options, Server, dist};
use cascade_tests::world::{OPERATOR_KEY, World, demo_server, set_clock_ahead, small_world};
use shared::api::{AskToken, Challenge, Token, to_sign};
use shared::event::{
    ApprovePlan, Body, CloseVenue, Decision, EndLoan, Fact, ImportPart, Lend, PublishPlan, PutPlan, Resolve,
    TakeSession, Transfer,
};
use shared::grant::{AccountRole, Action};
use shared::id::{DeviceId, ImportId, PersonId, PlanId, VenueId};
use shared::roster::Target;
use shared::state::{Method, Status};
use shared::sync::{Rejection, Verdict, Want};
use std::time::Duration;
use tempfile::TempDir;

fn world() -> (World, Server, TempDir) {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    (small_world(&server).unwrap(), server, storage)
}

/// Every route that needs somebody: method, path, body.
fn guarded_routes(world: &mut World) -> Vec<(&'static str, String, Vec<u8>)> {
    let shard = world.shard.clone();
    let request = serde_json::to_vec(&world.lead.client(&shard).request(Want::View)).unwrap();
    let invite = br#"{"name":"A","role":"auditor","shard":null}"#.to_vec();
    let mut routes = vec![
        ("POST", format!("/api/v1/shards/{shard}/sync"), request),
        ("POST", "/api/v1/accounts".into(), invite),
        ("PUT", "/api/v1/programme".into(), b"{}".to_vec()),
        ("PUT", "/api/v1/operator/day-offset".into(), b"0".to_vec()),
    ];
    let reads = ["me", "programme", "accounts", "overview"].map(|read| format!("/api/v1/{read}"));
    let of_shard = ["sessions", "sessions/pec", "stations", "problem/pec"];
    let of_shard = of_shard.map(|read| format!("/api/v1/shards/{shard}/{read}"));
    routes.extend(reads.into_iter().chain(of_shard).map(|path| ("GET", path, vec![])));
    routes
}

#[test]
fn nobody_without_a_token_of_the_right_object_gets_anywhere() {
    let (mut world, _server, _storage) = world();
    let registry = world.lead.token(REGISTRY).unwrap();
    let shard = world.lead.token(world.shard.as_str()).unwrap();
    let changed = |token: &str, at: usize| {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    for (method, path, body) in guarded_routes(&mut world) {
        let (own, other) = if path.ends_with("/sync") { (&shard, &registry) } else { (&registry, &shard) };
        let (claims, mac) = own.split_once('.').unwrap();
        for (what, authorization) in [
            ("nothing", String::new()),
            ("a token of another object", format!("Bearer {other}")),
            ("changed claims", format!("Bearer {}", changed(own, 5))),
            ("a changed signature", format!("Bearer {}", changed(own, claims.len() + 5))),
            ("no signature", format!("Bearer {claims}.")),
            ("a signature alone", format!("Bearer .{mac}")),
            ("no text", "Bearer \u{1}".replace('\u{1}', "%00")),
            ("a wrong key", "Operator not-the-key".into()),
            ("an empty key", "Operator ".into()),
            ("another scheme", format!("Basic {own}")),
        ] {
            let headers: &[(&str, &str)] =
                if authorization.is_empty() { &[] } else { &[("authorization", &authorization)] };
            let reply = world.lead.api.ask(method, &path, headers, &body).unwrap();
            assert_eq!(reply.status, 401, "{method} {path} with {what}: {}", reply.text());
        }
    }
    world.check_still_works().unwrap();
}

#[test]
fn what_has_expired_opens_nothing_and_a_new_sign_in_does() {
    let (mut world, _server, _storage) = world();
    let old = world.lead.token(REGISTRY).unwrap();
    let code = world.code(AccountRole::Auditor, None).unwrap();
    let minutes = |n: u64| Duration::from_secs(60 * n);

    set_clock_ahead(&world.base_url, minutes(16)).unwrap();
    let bearer = format!("Bearer {old}");
    let reply = world.lead.api.ask("GET", "/api/v1/me", &[("authorization", &bearer)], b"").unwrap();
    assert_eq!((reply.status, reply.json().unwrap()["code"].as_str()), (401, Some("token-expired")));
    world.check_still_works().unwrap();

    set_clock_ahead(&world.base_url, minutes(60 * 24 * 15)).unwrap();
    let refused = Device::join(&world.base_url, &code).err().unwrap().to_string();
    assert!(refused.contains("403") && refused.contains("code-expired"), "{refused}");
    world.check_still_works().unwrap();
}

#[test]
fn only_the_device_that_joined_gets_a_token_and_only_for_its_own_fresh_challenge() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.to_string();
    for audience in [REGISTRY, shard.as_str()] {
        let path = token_path(audience);
        let ask = |ask: &AskToken| {
            world.lead.api.post(&path, "application/json", &serde_json::to_vec(ask).unwrap()).unwrap()
        };
        let challenge_for = |device| {
            let reply = ask(&AskToken { device, challenge: String::new(), signature: String::new() });
            assert_eq!(reply.status, 401);
            serde_json::from_slice::<Challenge>(&reply.body).unwrap().challenge
        };
        let sign = |by: &ApiDevice, of: &str, challenge: &str| by.sign(to_sign(of, challenge).as_bytes());
        let (lead, second) = (world.lead.id, world.second.id);
        let own = challenge_for(lead);
        let signed = sign(&world.lead.api, audience, &own);
        let stranger = DeviceId(draw().unwrap());
        let foreign = challenge_for(stranger);
        let of_second = challenge_for(second);
        let cases = [
            ("a device nobody knows", stranger, &foreign, sign(&world.lead.api, audience, &foreign)),
            ("another key", lead, &own, sign(&world.second.api, audience, &own)),
            ("another device's challenge", lead, &of_second, sign(&world.lead.api, audience, &of_second)),
            ("another audience", lead, &own, sign(&world.lead.api, "kg-osh", &own)),
            ("no signature", lead, &own, String::new()),
            (
                "a challenge of its own making",
                lead,
                &"1.AAAA".to_owned(),
                sign(&world.lead.api, audience, "1.AAAA"),
            ),
        ];
        for (what, device, challenge, signature) in cases {
            let reply = ask(&AskToken { device, challenge: challenge.clone(), signature });
            assert_eq!(reply.status, 401, "{audience}: {what}: {}", reply.text());
        }
        set_clock_ahead(&world.base_url, Duration::from_secs(180)).unwrap();
        let late = AskToken { device: lead, challenge: own.clone(), signature: signed.clone() };
        assert_eq!(ask(&late).status, 401, "{audience}: a stale challenge");
        set_clock_ahead(&world.base_url, Duration::ZERO).unwrap();
        expect::<Token>(ask(&late), &path).unwrap();
    }
    world.check_still_works().unwrap();
}

#[test]
fn each_route_is_open_to_the_roles_of_the_permission_table_inside_their_scope() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    for role in AccountRole::ALL {
        let person = (role == AccountRole::Trainer).then(|| world.session.trainers[0]);
        let mut device = Device::join(&world.base_url, &world.code(role, person).unwrap()).unwrap();
        let scoped = device.grants.iter().all(|g| g.shard.is_some());
        let mut reads = vec![
            (Action::ReadProgramme, "/api/v1/programme".to_owned(), true),
            (Action::ReadOverview, "/api/v1/overview".to_owned(), true),
            (Action::ReadAccounts, "/api/v1/accounts".to_owned(), true),
        ];
        for (name, inside) in [(shard.as_str(), true), ("kg-osh", !scoped)] {
            for (action, read) in [
                (Action::ReadSessions, "sessions"),
                (Action::ReadSessions, "sessions/pec"),
                (Action::ReadPlanProblem, "problem/pec"),
                (Action::ReadStationCodes, "stations"),
            ] {
                reads.push((action, format!("/api/v1/shards/{name}/{read}"), inside));
            }
        }
        for (action, path, inside) in reads {
            let expected = if action.allowed(role) && inside { 200 } else { 403 };
            let reply = device.get(&path).unwrap();
            assert_eq!(reply.status, expected, "{role:?} reads {path}: {}", reply.text());
        }
        assert_eq!(device.sync(&shard, Want::View).is_ok(), Action::SyncView.allowed(role), "{role:?}");
        assert_eq!(device.token("kg-osh").is_ok(), !scoped, "{role:?} signs in at another shard");
        for (action, body) in acts(&world) {
            let verdict = device.deposit(&shard, body).unwrap();
            let refused = matches!(&verdict, Verdict::Refused(r) if r.why == Rejection::NotPermitted);
            assert_eq!(refused, !action.allowed(role), "{role:?}, {action:?}: {verdict:?}");
        }
    }
    world.check_still_works().unwrap();
}

/// One event for each action that is written; none of them finds what it speaks of, but for the facts.
fn acts(world: &World) -> Vec<(Action, Body)> {
    let (session, person, plan) = (world.session.id, world.session.people[0], PlanId(7));
    let stage = world.published.problem.stage.clone();
    let import = ImportPart { import: ImportId(7), target: Target::Rooms, part: 0, rows: vec![] };
    let put = PutPlan { plan, stage: stage.clone(), based_on: 0, groups: vec![], unplaced: 0 };
    let approve = ApprovePlan { plan, based_on: 0, note: String::new(), same_device: None };
    let close = CloseVenue { venue: VenueId(7), based_on: 0, closed: true, reason: String::new() };
    let resolve = Resolve { session, day: 0, person, status: Status::Present, settles: vec![] };
    let take = TakeSession { session, until: world.session.days[1] };
    let (nobody, to) = (PersonId(7), world.shard.clone());
    let transfer =
        Transfer { person: nobody, to: to.clone(), reason: String::new(), based_on: 0, give_up: false };
    let (from, until) = (world.session.days[0], world.session.days[1]);
    let lend = Lend { trainer: nobody, stage: stage.clone(), to: to.clone(), from, until, based_on: 0 };
    let end = EndLoan { trainer: nobody, stage: stage.clone(), to, based_on: 0 };
    vec![
        (Action::Mark, world.marks(0, &[person], Status::Present, Method::Tap)),
        (Action::Take, Body::Fact(Fact::Take(take))),
        (Action::Import, Body::Decision(Decision::Import(import))),
        (Action::PutPlan, Body::Decision(Decision::PutPlan(put))),
        (Action::ApprovePlan, Body::Decision(Decision::ApprovePlan(approve))),
        (Action::PublishPlan, Body::Decision(Decision::PublishPlan(PublishPlan { plan, based_on: 0 }))),
        (Action::CloseVenue, Body::Decision(Decision::CloseVenue(close))),
        (Action::Resolve, Body::Decision(Decision::Resolve(resolve))),
        (Action::Transfer, Body::Decision(Decision::Transfer(transfer))),
        (Action::Lend, Body::Decision(Decision::Lend(lend))),
        (Action::Lend, Body::Decision(Decision::EndLoan(end))),
    ]
}

#[test]
fn a_trainer_marks_in_no_session_of_others() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    let body = world.marks(0, &world.session.people, Status::Present, Method::Everyone);
    let verdict = world.outsider.deposit(&shard, body).unwrap();
    assert!(matches!(verdict, Verdict::Refused(r) if r.why == Rejection::NotPermitted));
    assert_eq!(world.counts().unwrap().present, 0);
    world.outsider.sync(&shard, Want::View).unwrap();
    assert!(!world.outsider.shown(&shard).sessions.contains_key(&world.session.id));
    world.check_still_works().unwrap();
}

#[test]
fn an_account_is_made_only_below_and_inside_ones_own() {
    let (mut world, _server, _storage) = world();
    let invite = |role: &str, shard: &str, person: bool, demo: bool| {
        let shard = if shard.is_empty() { serde_json::Value::Null } else { shard.into() };
        let person = person.then_some(PersonId(1));
        serde_json::json!({ "name": "A", "role": role, "shard": shard, "person": person, "demo": demo })
    };
    let cases = [
        ("coordinator", invite("monitor", "kg-naryn", false, false), 200),
        ("coordinator", invite("monitor", "kg-osh", false, false), 403),
        ("coordinator", invite("coordinator", "kg-naryn", false, false), 403),
        ("coordinator", invite("hq", "", false, false), 403),
        ("lead", invite("monitor", "kg-naryn", false, false), 403),
        ("approver", invite("hq", "", false, false), 403),
        ("hq", invite("hq", "", false, false), 200),
        ("hq", invite("coordinator", "kg-osh", false, false), 200),
        ("hq", invite("auditor", "", false, true), 403),
        ("hq", invite("coordinator", "nosuch", false, false), 400),
        ("hq", invite("coordinator", "", false, false), 400),
        ("hq", invite("trainer", "kg-naryn", false, false), 400),
        ("hq", invite("monitor", "kg-naryn", true, false), 400),
    ];
    for (who, body, expected) in cases {
        let device = match who {
            "coordinator" => &mut world.coordinator,
            "lead" => &mut world.lead,
            "approver" => &mut world.approver,
            _ => &mut world.hq,
        };
        let bearer = format!("Bearer {}", device.token(REGISTRY).unwrap());
        let bytes = serde_json::to_vec(&body).unwrap();
        let reply =
            device.api.ask("POST", "/api/v1/accounts", &[("authorization", &bearer)], &bytes).unwrap();
        assert_eq!(reply.status, expected, "{who} makes {body}: {}", reply.text());
    }
    world.check_still_works().unwrap();
}

#[test]
fn a_server_without_the_demo_has_no_demo_routes() {
    let storage = tempfile::tempdir().unwrap();
    let mut options = Options::new(dist(), storage.path());
    options.operator_key = OPERATOR_KEY.into();
    let server = Server::start(options).unwrap();
    let operator = cascade_tests::device::Operator::new(&server.base_url(), OPERATOR_KEY).unwrap();
    operator.put_programme(&serde_json::to_string(&cascade_tests::world::pack().unwrap()).unwrap()).unwrap();
    assert_eq!(operator.ask("PUT", "/api/v1/operator/day-offset", b"7").unwrap().status, 403);
    let demo = br#"{"name":"A","role":"hq","shard":null,"demo":true}"#;
    assert_eq!(operator.ask("POST", "/api/v1/accounts", demo).unwrap().status, 403);
    let plain = br#"{"name":"A","role":"hq","shard":null}"#;
    assert_eq!(operator.ask("POST", "/api/v1/accounts", plain).unwrap().status, 200);
    // Without a key set, nobody is the operator.
    drop(server);
    let server = Server::start(Options::new(dist(), storage.path())).unwrap();
    for key in ["", OPERATOR_KEY] {
        let operator = cascade_tests::device::Operator::new(&server.base_url(), key).unwrap();
        assert_eq!(operator.ask("POST", "/api/v1/accounts", plain).unwrap().status, 401, "{key:?}");
    }
}
