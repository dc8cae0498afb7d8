//! The OpenAPI document is true: it has every route and no other, and a real server answers each as it says.
//!
//! Needs what `cargo xtask build` makes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use cascade_tests::api::{ApiDevice, Reply};
use cascade_tests::device::{REGISTRY, ask_to_join, draw};
use cascade_tests::openapi::Document;
use cascade_tests::world::{OPERATOR_KEY, World, demo_server, small_world};
use serde_json::{Value, json};
use shared::api::routes::{Caller, Content, ROUTES, RouteId};
use shared::grant::AccountRole;
use shared::id::DeviceId;
use shared::state::{Method, Status};
use shared::sync::Want;
use std::collections::BTreeSet;

fn document() -> Document {
    Document(serde_json::from_str(include_str!("../../docs/openapi.json")).unwrap())
}

#[test]
fn the_document_has_every_route_of_the_table_and_no_other() {
    let document = document();
    let paths = document.0["paths"].as_object().unwrap();
    let told: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, verbs)| verbs.as_object().unwrap().keys().map(|v| (path.clone(), v.clone())))
        .collect();
    let routes = ROUTES.iter().filter(|route| route.caller != Caller::Tests);
    let due = routes.map(|route| (route.path.to_owned(), route.verb.as_str().to_lowercase())).collect();
    assert_eq!(told, due);
}

/// The request of a route: its path filled in, who asks, and the body. Nothing for a route that no request of this
/// world can be made for: it is named in the test, so that it is not forgotten.
fn asked(world: &mut World, id: RouteId) -> Option<(String, String, Vec<u8>)> {
    let (shard, stage) = (world.shard.clone(), world.published.problem.stage.clone());
    let of = |what: &str| format!("/api/v1/shards/{shard}/{what}");
    let bearer = |token: String| format!("Bearer {token}");
    let operator = format!("Operator {OPERATOR_KEY}");
    let hq = bearer(world.hq.token(REGISTRY).unwrap());
    let coordinator = bearer(world.coordinator.token(REGISTRY).unwrap());
    let nobody = String::new();
    let json = |value: Value| serde_json::to_vec(&value).unwrap();
    let plain = |path: &str, who: String| Some((path.to_owned(), who, vec![]));
    match id {
        RouteId::Health => plain("/api/v1/health", nobody),
        RouteId::OpenApi => plain("/api/v1/openapi.json", nobody),
        RouteId::Keys => plain("/api/v1/keys", nobody),
        RouteId::Log => plain(&of("log?limit=5"), hq),
        RouteId::CheckReceipt => {
            world.lead.sync(&shard, Want::View).unwrap();
            let body = world.marks(0, &world.session.people[..1], Status::Present, Method::Tap);
            world.lead.write(&shard, &body);
            world.lead.sync(&shard, Want::View).unwrap();
            let receipt = world.lead.client(&shard).place().receipt.clone().unwrap();
            Some(("/api/v1/receipts/check".into(), hq, json(json!({ "receipt": receipt.to_text() }))))
        }
        RouteId::Join => {
            let code = world.code(AccountRole::Auditor, None).unwrap();
            let ask =
                ask_to_join(&ApiDevice::new(&world.base_url).unwrap(), &code, DeviceId(draw().unwrap()), "t");
            Some(("/api/v1/join".into(), nobody, serde_json::to_vec(&ask).unwrap()))
        }
        RouteId::Me => plain("/api/v1/me", hq),
        RouteId::ReadProgramme => plain("/api/v1/programme", hq),
        RouteId::PutProgramme => {
            let pack = serde_json::to_vec(&world.programme).unwrap();
            Some(("/api/v1/programme".into(), operator, pack))
        }
        RouteId::DayOffset => {
            let me: shared::api::Me = world.hq.read("/api/v1/me").unwrap();
            Some(("/api/v1/operator/day-offset".into(), operator, json(json!(me.day_offset))))
        }
        RouteId::EndRecovery => plain("/api/v1/operator/recovery/end", operator),
        RouteId::Metrics => plain("/api/v1/metrics", operator),
        RouteId::Accounts => plain("/api/v1/accounts", hq),
        RouteId::Invite => {
            let invite = json!({ "name": "A", "role": "auditor", "shard": null });
            Some(("/api/v1/accounts".into(), hq, json(invite)))
        }
        RouteId::AddGrant => {
            let add = json!({ "role": "monitor", "shard": shard, "reason": "both" });
            Some((format!("/api/v1/accounts/{}/grants", world.lead.account), hq, json(add)))
        }
        RouteId::ChangeGrant => {
            let grant = &world.second.grants[0];
            Some((format!("/api/v1/accounts/{}/grants/{}", grant.account, grant.id), hq, json(json!({}))))
        }
        RouteId::EndGrant => {
            let grant = &world.outsider.grants[0];
            let path = format!("/api/v1/accounts/{}/grants/{}/end", grant.account, grant.id);
            Some((path, hq, json(json!({ "how": "ordinary", "reason": "done" }))))
        }
        RouteId::Devices => plain(&format!("/api/v1/accounts/{}/devices", world.lead.account), hq),
        RouteId::EndDevice => {
            let (account, device) = (world.outsider.account, world.outsider.id);
            let path = format!("/api/v1/accounts/{account}/devices/{device}/end");
            Some((path, hq, json(json!({ "how": "cause", "reason": "lost" }))))
        }
        RouteId::FurtherCode => plain(&format!("/api/v1/accounts/{}/codes", world.second.account), hq),
        RouteId::Overview => plain("/api/v1/overview", hq),
        RouteId::Sync => {
            let body = world.marks(0, &world.session.people.clone(), Status::Present, Method::Tap);
            world.lead.client(&shard);
            world.lead.write(&shard, &body);
            let request = world.lead.client(&shard).request(Want::View);
            let token = bearer(world.lead.token(shard.as_str()).unwrap());
            Some((of("sync"), token, serde_json::to_vec(&request).unwrap()))
        }
        RouteId::Sessions => plain(&of("sessions"), hq),
        RouteId::StageSessions => plain(&of(&format!("sessions/{stage}")), hq),
        RouteId::Stations => plain(&of("stations"), hq),
        RouteId::ImportParts => {
            let import = cascade_tests::world::steps::id_of(&["import", shard.as_str(), "people"]);
            plain(&of(&format!("imports/{import:016x}")), hq)
        }
        RouteId::PlanProblem => plain(&of(&format!("problem/{stage}")), coordinator),
        _ => None,
    }
}

fn check(document: &Document, path: &str, method: &str, reply: &Reply, said: &str) {
    let schema = document.answer(path, method, reply.status);
    let schema =
        schema.unwrap_or_else(|| panic!("{method} {path} answered {}, which is not told", reply.status));
    let breaches = document.breaches(schema, &reply.json().unwrap());
    assert!(breaches.is_empty(), "{said}: {method} {path} {}:\n{}", reply.status, breaches.join("\n"));
}

#[test]
fn each_route_answers_as_the_document_says() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let mut world = small_world(&server).unwrap();
    let document = document();
    let api = ApiDevice::new(&world.base_url).unwrap();
    let mut left = vec![];
    for route in ROUTES.iter().filter(|route| route.caller != Caller::Tests) {
        let (path, method) = (route.path, route.verb.as_str());
        let small = method.to_lowercase();
        // Without a token, and with a body that is none.
        let nobody = path.replace("{shard}", world.shard.as_str()).replace(['{', '}'], "");
        let reply = api.ask(method, &nobody, &[], b"{").unwrap();
        if reply.status != 200 {
            check(&document, path, &small, &reply, "nobody asks");
        }
        let Some((asked, who, body)) = asked(&mut world, route.id) else {
            left.push(route.id);
            continue;
        };
        let headers = [("authorization", who.as_str()), ("content-type", "application/json")];
        let reply =
            api.ask(method, &asked, if who.is_empty() { &headers[1..] } else { &headers }, &body).unwrap();
        assert_eq!(reply.status, 200, "{method} {asked}: {}", reply.text());
        if route.response == Content::Text {
            assert!(reply.header("content-type").unwrap().starts_with("text/plain"), "{path}");
            continue;
        }
        check(&document, path, &small, &reply, "the right one asks");
    }
    // An erasure has tests of its own; it would take away what the other routes answer with.
    // Signing in is answered with a challenge first, and its second step is what every device of this world has done;
    // nothing is held in this world, and parcels have tests of their own.
    let told = [RouteId::RegistryToken, RouteId::ShardToken, RouteId::Parcels, RouteId::Held, RouteId::Erase];
    let told: BTreeSet<_> = told.map(|id| format!("{id:?}")).into();
    assert_eq!(left.iter().map(|id| format!("{id:?}")).collect::<BTreeSet<_>>(), told);
}

#[test]
fn signing_in_and_the_served_document_are_as_they_are_told() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let world = small_world(&server).unwrap();
    let document = document();
    let ask = |challenge: &str, signature: &str| {
        let ask = json!({ "device": world.lead.id, "challenge": challenge, "signature": signature });
        world.lead.api.ask("POST", "/api/v1/token", &[], &serde_json::to_vec(&ask).unwrap()).unwrap()
    };
    let first = ask("", "");
    assert_eq!(first.status, 401);
    check(&document, "/api/v1/token", "post", &first, "the first step");
    let challenge = first.json().unwrap()["challenge"].as_str().unwrap().to_owned();
    let signature = world.lead.api.sign(shared::api::to_sign(REGISTRY, &challenge).as_bytes());
    let second = ask(&challenge, &signature);
    assert_eq!(second.status, 200);
    check(&document, "/api/v1/token", "post", &second, "the second step");
    let served = world.lead.api.get("/api/v1/openapi.json").unwrap();
    assert_eq!(served.json().unwrap(), document.0);
}
