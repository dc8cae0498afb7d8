//! What an operator can watch: metrics that count what was done, and a log in which nobody can be found.
//!
//! Needs what `cargo xtask build` makes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod rig;

use cascade_tests::api::ApiDevice;
use cascade_tests::device::Device;
use rig::{health, world, write_marks};
use serde_json::Value;
use shared::grant::AccountRole;
use shared::sync::PROTOCOL;

/// The value of a metric with its labels.
fn metric(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in\n{text}")).parse().unwrap()
}

#[test]
fn the_log_and_the_metrics_have_every_request_and_nobody_s_name() {
    let (mut world, server, _place, _storage) = world();
    let shard = world.shard.clone();
    write_marks(&mut world, 0);
    // What people type, and what goes wrong.
    let code = world.code(AccountRole::Coordinator, None).unwrap();
    let coordinator = Device::join(&world.base_url, &code).unwrap();
    assert!(Device::join(&world.base_url, &code).is_err(), "used");
    let token = world.lead.token(shard.as_str()).unwrap();
    for (method, path, body) in [
        ("GET", format!("/api/v1/shards/{code}/sessions"), &b""[..]),
        ("GET", format!("/{code}"), b""),
        ("GET", format!("/api/v1/{code}?name=Person%201&token={token}"), b""),
        (
            "POST",
            format!("/api/v1/shards/{shard}/sync"),
            br#"{"v":1,"shard":"Person 1","cursor":"+996 000 000001"}"#,
        ),
        ("POST", "/api/v1/join".to_owned(), br#"{"code":"+996 000 000001","device":"Person 1"}"#),
    ] {
        let bearer = format!("Bearer {token}");
        world.hq.api.ask(method, &path, &[("authorization", &bearer)], body).unwrap();
    }
    world.check_still_works().unwrap();
    let text = world.operator.ask("GET", "/api/v1/metrics", b"").unwrap().text();

    for (name, least) in [
        ("cascade_requests_total{method=\"POST\",route=\"/api/v1/shards/{shard}/sync\",status=\"200\"}", 2.0),
        ("cascade_requests_total{method=\"POST\",route=\"/api/v1/join\",status=\"403\"}", 1.0),
        ("cascade_requests_total{method=\"other\",route=\"unknown\",status=\"404\"}", 1.0),
        ("cascade_request_seconds_count{method=\"POST\",route=\"/api/v1/join\"}", 8.0),
        ("cascade_events_total{verdict=\"admitted\"}", 37.0),
        ("cascade_sync_total{what=\"batches\"}", 1.0),
        ("cascade_sync_total{what=\"rows\"}", 36.0),
        ("cascade_body_bytes_total{way=\"sent\"}", 1_000.0),
        ("cascade_body_bytes_total{way=\"received\"}", 1_000.0),
        ("cascade_shard_records{shard=\"kg-naryn\"}", 40.0),
        ("cascade_shard_bytes{shard=\"kg-naryn\"}", 4_096.0),
    ] {
        assert!(metric(&text, name) >= least, "{name}: {}", metric(&text, name));
    }
    assert_eq!(metric(&text, "cascade_instance_restarts_total"), 0.0);

    let log = server.log();
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert!(lines.len() > 30, "one line a request:\n{log}");
    let sync = lines.iter().find(|line| line["route"] == "/api/v1/shards/{shard}/sync").unwrap();
    for (field, is) in [("status", 200), ("ms", 0), ("sent", 1), ("received", 1), ("t", 1)] {
        assert!(sync[field].as_i64().unwrap() >= is, "{field}: {sync}");
    }
    assert_eq!(sync["shard"], shard.as_str());
    assert!(lines.iter().any(|line| line["code"] == "code-used"), "a refusal has its code");

    let devices = [&world.hq, &world.lead, &world.second, &world.outsider, &coordinator];
    let mut secrets = vec![code.clone(), code.replace('-', ""), code.to_lowercase(), token];
    secrets.extend(
        ["Person", "Trainer ", "+996", "996 000", "Headquarters", "School", "Hall"].map(str::to_owned),
    );
    for device in devices {
        secrets.extend([device.account.to_string(), device.name.clone(), device.api.public_key()]);
        secrets.extend([device.id.to_string(), device.api.token.clone().unwrap_or("no token here".into())]);
    }
    secrets.extend(world.session.people.iter().map(ToString::to_string));
    for (where_, text) in [("log", &log), ("metrics", &text)] {
        for secret in &secrets {
            // A role's name is an account's in this world, and a word of no metric or line.
            assert!(!text.contains(secret.as_str()), "{secret:?} is in the {where_}");
        }
    }
}

#[test]
fn a_panic_is_counted_and_the_metrics_are_the_operator_s_alone() {
    let (mut world, _server, _place, _storage) = world();
    let api = ApiDevice::new(&world.base_url).unwrap();
    assert_eq!(api.ask("POST", "/api/v1/test/panic/worker", &[], b"").unwrap().status, 500);
    let text = world.operator.ask("GET", "/api/v1/metrics", b"").unwrap().text();
    assert_eq!(metric(&text, "cascade_instance_restarts_total"), 1.0);
    assert_eq!(api.get("/api/v1/metrics").unwrap().status, 401);
    let reply = world.hq.get("/api/v1/metrics").unwrap();
    assert_eq!((reply.status, reply.text().contains("operator-only")), (403, true));
}

#[test]
fn health_says_what_runs_and_that_its_storage_takes_what_is_written() {
    let (world, _server, _place, _storage) = world();
    let told = health(&world.base_url);
    assert!(told.ok && told.registry && told.storage);
    assert_eq!((told.protocol, told.recovery, told.recovered), (PROTOCOL, None, None));
    assert!(!told.build.is_empty() && !told.version.is_empty());
}
