//! The walk: every route of the table, called by every role in and outside its scope, and with every token that must
//! not open it. What is expected comes from the table and nowhere else.
//!
//! A route that is added needs a request in [`request`], or this does not compile.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::device::operator::invitation;
use cascade_tests::device::{Device, REGISTRY};
use cascade_tests::world::{World, demo_server, set_clock_ahead, small_world};
use serde_json::json;
use shared::api::routes::{Caller, ROUTES, Route, RouteId, Scope};
use shared::grant::{AccountRole, Ending, Grant};
use shared::id::{AccountId, DeviceId, ShardId};
use shared::sync::{Ended, Reply, Want};
use std::time::Duration;

/// Somebody below headquarters and the shard's coordinator, on whom acts are tried.
struct Target {
    shard: ShardId,
    account: AccountId,
    grant: Grant,
    device: DeviceId,
}

/// The tokens with which somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// Its own, which hold.
    Good,
    None,
    Expired,
    Changed,
    /// The registry's where a shard's is asked for, and the other way round.
    OfAnotherObject,
    /// Its own, and the right ended after they were given.
    Revoked(Ending),
}

/// What a route must do.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    /// Anything but 401 and 403: what comes then is another test's matter.
    LetIn,
    /// 401 or 403 with this code, or with any where none is named.
    Status(u16, &'static str),
}

/// One role with both of its tokens.
struct Somebody {
    role: AccountRole,
    /// The shard of its grant; nothing for the whole programme.
    scope: Option<ShardId>,
    /// The shard it has a token of.
    home: ShardId,
    registry: String,
    of_shard: String,
    device: Device,
}

/// A request that somebody with the right could make, against the target's shard and account. Those that would end
/// something fail after the rights have been judged, so that the walk can go on.
fn request(route: &Route, target: &Target, by: &mut Device) -> (String, Vec<u8>) {
    let (shard, account, grant) =
        (target.shard.to_string(), target.account.to_string(), target.grant.id.to_string());
    let nothing = serde_json::Value::Null;
    let unsaid = json!({ "how": "cause", "reason": " " });
    let observe = json!({ "role": "monitor", "shard": shard, "name": "Walk" });
    let device = target.device.to_string();
    let (texts, body): (Vec<&str>, serde_json::Value) = match route.id {
        RouteId::Health
        | RouteId::Me
        | RouteId::ReadProgramme
        | RouteId::OpenApi
        | RouteId::Accounts
        | RouteId::Overview => (vec![], nothing),
        RouteId::Join => (vec![], json!({ "code": "x", "device": device, "key": "", "tablet": "t" })),
        RouteId::RegistryToken => (vec![], json!({ "device": device, "challenge": "", "signature": "" })),
        RouteId::ShardToken => (vec![&shard], json!({ "device": device, "challenge": "", "signature": "" })),
        RouteId::PutProgramme => (vec![], json!({})),
        RouteId::DayOffset => (vec![], json!("no number")),
        RouteId::Invite => (vec![], observe),
        RouteId::AddGrant => (vec![&account], observe),
        RouteId::ChangeGrant => (vec![&account, &grant], json!({})),
        RouteId::EndGrant => (vec![&account, &grant], unsaid),
        RouteId::EndDevice => (vec![&account, &device], unsaid),
        RouteId::Devices | RouteId::FurtherCode => (vec![&account], nothing),
        RouteId::Sessions | RouteId::Stations | RouteId::Held => (vec![&shard], nothing),
        RouteId::StageSessions | RouteId::PlanProblem => (vec![&shard, "pec"], nothing),
        RouteId::ImportParts => (vec![&shard, "0000000000000007"], nothing),
        RouteId::Sync => {
            let request = by.client(&target.shard).request(Want::View);
            (vec![&shard], serde_json::to_value(request).unwrap())
        }
        RouteId::Parcels => (vec![&shard], json!({})),
        RouteId::Metrics | RouteId::EndRecovery | RouteId::Keys => (vec![], nothing),
        RouteId::Log => (vec![&shard], nothing),
        RouteId::Erase => (vec![&shard], json!({})),
        RouteId::CheckReceipt => (vec![], json!({})),
        RouteId::TestRead => (vec!["rows", "shard"], nothing),
        RouteId::TestDo => (vec!["write", "shard"], nothing),
    };
    let mut path = route.path.to_owned();
    for (name, text) in route.names().into_iter().zip(texts) {
        path = path.replace(&format!("{{{name}}}"), text);
    }
    assert!(!path.contains('{'), "{path} lacks a text");
    let bytes = if body.is_null() { vec![] } else { serde_json::to_vec(&body).unwrap() };
    (path, bytes)
}

/// What the table says.
fn expected(route: &Route, who: &Somebody, token: Token, target: &Target) -> Expected {
    match route.caller {
        Caller::Anybody | Caller::JoinCode | Caller::Tests => return Expected::LetIn,
        // The answer to a request without a signature is a challenge, whoever asks.
        Caller::DeviceSignature => return Expected::Status(401, "sign-in"),
        Caller::Account
        | Caller::AccountOrOperator
        | Caller::Operator
        | Caller::DemoOperator
        | Caller::ShardToken => {}
    }
    match token {
        Token::None => return Expected::Status(401, "token-missing"),
        Token::Expired => return Expected::Status(401, "token-expired"),
        Token::Changed | Token::OfAnotherObject => return Expected::Status(401, "token-invalid"),
        Token::Good | Token::Revoked(_) => {}
    }
    if route.caller == Caller::ShardToken {
        // A token of one shard is nothing to another. Who was revoked may still deposit.
        return if target.shard == who.home {
            Expected::LetIn
        } else {
            Expected::Status(401, "token-invalid")
        };
    }
    if token != Token::Good {
        return Expected::Status(401, "revoked");
    }
    if route.caller == Caller::Operator {
        return Expected::Status(403, "operator-only");
    }
    if route.caller == Caller::DemoOperator {
        return Expected::Status(403, "demo-only");
    }
    let inside = match route.scope {
        Scope::Free | Scope::CutDown => true,
        Scope::Programme => who.scope.is_none(),
        Scope::Shard | Scope::Named => who.scope.as_ref().is_none_or(|own| *own == target.shard),
    };
    match (route.open_to(who.role), inside) {
        (true, true) => Expected::LetIn,
        (true, false) => Expected::Status(403, ""),
        (false, _) => Expected::Status(403, "not-permitted"),
    }
}

fn check(world: &World, route: &Route, who: &mut Somebody, token: Token, target: &Target) {
    let (path, body) = request(route, target, &mut who.device);
    let (own, other) = match route.caller {
        Caller::ShardToken => (&who.of_shard, &who.registry),
        _ => (&who.registry, &who.of_shard),
    };
    let sent = match token {
        Token::None => String::new(),
        Token::OfAnotherObject => other.clone(),
        Token::Changed => {
            let mut bytes = own.clone().into_bytes();
            bytes[7] = if bytes[7] == b'A' { b'B' } else { b'A' };
            String::from_utf8(bytes).unwrap()
        }
        Token::Good | Token::Expired | Token::Revoked(_) => own.clone(),
    };
    let bearer = format!("Bearer {sent}");
    let headers: &[(&str, &str)] = if sent.is_empty() { &[] } else { &[("authorization", &bearer)] };
    let reply = world.lead.api.ask(route.verb.as_str(), &path, headers, &body).unwrap();
    let what = format!("{} {path} by {:?} of {:?} with {token:?}", route.verb.as_str(), who.role, who.scope);
    let code = || reply.json().ok().and_then(|j| j["code"].as_str().map(str::to_owned)).unwrap_or_default();
    match expected(route, who, token, target) {
        Expected::LetIn => {
            assert!(
                !matches!(reply.status, 401 | 403 | 405 | 500),
                "{what}: {} {}",
                reply.status,
                reply.text()
            );
        }
        Expected::Status(status, named) => {
            assert_eq!(reply.status, status, "{what}: {}", reply.text());
            assert!(named.is_empty() || code() == named, "{what}: {} instead of {named}", code());
        }
    }
    if route.id == RouteId::Sync && matches!(token, Token::Revoked(_)) && reply.status == 200 {
        let reply: Reply = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(reply.ended, Some(Ended::Account), "{what}");
        assert!(reply.page.is_none_or(|page| page.rows.is_empty()), "{what} got rows");
    }
}

fn somebody(world: &World, role: AccountRole) -> Somebody {
    let person = (role == AccountRole::Trainer).then(|| world.session.trainers[0]);
    let mut device = Device::join(&world.base_url, &world.code(role, person).unwrap()).unwrap();
    Somebody {
        role,
        scope: device.grants[0].shard.clone(),
        home: world.shard.clone(),
        registry: device.token(REGISTRY).unwrap(),
        of_shard: device.token(world.shard.as_str()).unwrap(),
        device,
    }
}

fn target(world: &World, shard: &str) -> Target {
    let shard: ShardId = shard.parse().unwrap();
    let invite = invitation("Target", AccountRole::Monitor, Some(&shard), None);
    let device = Device::join(&world.base_url, &world.operator.invite(&invite).unwrap().code).unwrap();
    Target { shard, account: device.account, grant: device.grants[0].clone(), device: device.id }
}

#[test]
fn every_route_answers_every_role_and_every_token_as_the_table_says() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let mut world = small_world(&server).unwrap();
    let targets = [target(&world, "kg-naryn"), target(&world, "kg-osh")];
    let mut walked = 0;
    let mut all: Vec<Somebody> = AccountRole::ALL.map(|role| somebody(&world, role)).into();
    for who in &mut all {
        for (route, target) in ROUTES.iter().flat_map(|r| targets.iter().map(move |t| (r, t))) {
            for token in [Token::Good, Token::None, Token::Changed, Token::OfAnotherObject] {
                check(&world, route, who, token, target);
                walked += 1;
            }
        }
    }
    set_clock_ahead(&world.base_url, Duration::from_secs(16 * 60)).unwrap();
    for who in &mut all {
        for route in ROUTES {
            check(&world, route, who, Token::Expired, &targets[0]);
            walked += 1;
        }
    }
    set_clock_ahead(&world.base_url, Duration::ZERO).unwrap();
    for how in [Ending::Ordinary, Ending::Cause] {
        for role in AccountRole::ALL {
            let mut who = somebody(&world, role);
            // A trainer's account is that of the person on the roster, who gets another grant for the next round.
            let grants: Vec<Grant> = who.device.grants.clone();
            for grant in grants.iter().filter(|g| g.ended.is_none()) {
                let path = format!("/api/v1/accounts/{}/grants/{}/end", grant.account, grant.id);
                let body = serde_json::to_vec(&json!({ "how": how, "reason": "the walk" })).unwrap();
                assert_eq!(world.operator.ask("POST", &path, &body).unwrap().status, 200, "{role:?}");
            }
            for (route, target) in ROUTES.iter().flat_map(|r| targets.iter().map(move |t| (r, t))) {
                check(&world, route, &mut who, Token::Revoked(how), target);
                walked += 1;
            }
        }
    }
    // The lead's account was that of the trainer whose grants were ended.
    world.lead = Device::join(
        &world.base_url,
        &world.code(AccountRole::Trainer, Some(world.session.trainers[0])).unwrap(),
    )
    .unwrap();
    world.check_still_works().unwrap();
    println!("{walked} requests, {} routes", ROUTES.len());
}
