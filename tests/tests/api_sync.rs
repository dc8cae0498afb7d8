//! What a device may send and what comes of it: broken requests, odd events, wrong clocks, lost answers, kills.
//! After each misuse an ordinary request must still work.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::api::ApiDevice;
use cascade_tests::device::{Device, ask_to_join, draw};
use cascade_tests::server::Server;
use cascade_tests::world::{OPERATOR_KEY, World, demo_server, kyrgyzstan, small_world};
use shared::api::Joined;
use shared::code::JoinCode;
use shared::event::Event;
use shared::grant::AccountRole;
use shared::id::{AccountId, DeviceId, SessionId};
use shared::state::{Method, Status};
use shared::sync::{MAX_BODY_BYTES, MAX_EVENTS, PROTOCOL, Rejection, Reply, Request, Verdict, Want};
use shared::tally::Counts;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn world() -> (World, Server, TempDir) {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    (small_world(&server).unwrap(), server, storage)
}

fn mark(world: &mut World, nth: usize) -> Event {
    let people = [world.session.people[nth]];
    let body = world.marks(0, &people, Status::Present, Method::Tap);
    let shard = world.shard.clone();
    world.lead.token(shard.as_str()).unwrap();
    world.lead.event(&shard, &body)
}

fn judge(world: &mut World, events: Vec<Event>) -> Vec<Verdict> {
    let request = world.lead.request(&world.shard, events);
    let reply = world.lead.exchange(&world.shard, &request).unwrap();
    let reply: Reply = cascade_tests::device::expect(reply, "sync").unwrap();
    reply.verdicts.into_iter().map(|(_, verdict)| verdict).collect()
}

fn code(reply: &cascade_tests::api::Reply) -> String {
    reply.json().unwrap()["code"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_request_that_breaks_the_protocol_is_named_and_changes_nothing() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    let event = mark(&mut world, 0);
    let good = world.lead.request(&shard, vec![event.clone()]);
    let many = vec![Event { payload: String::new(), ..event }; MAX_EVENTS + 1];
    let json = |request: &Request| serde_json::to_vec(request).unwrap();
    let cases = [
        ("an empty body", vec![], 400, "malformed-request"),
        ("no JSON", b"{\"v\":1,".to_vec(), 400, "malformed-request"),
        ("no UTF-8", vec![0xff; 64], 400, "malformed-request"),
        ("another shape", b"[1,2,3]".to_vec(), 400, "malformed-request"),
        ("a later protocol", json(&Request { v: PROTOCOL + 1, ..good.clone() }), 400, "protocol-not-spoken"),
        ("too many events", json(&Request { events: many, ..good.clone() }), 400, "too-many-events"),
        (
            "another shard",
            json(&Request { shard: "kg-osh".parse().unwrap(), ..good.clone() }),
            400,
            "other-shard",
        ),
        ("another device", json(&Request { device: world.second.id, ..good.clone() }), 403, "other-device"),
    ];
    let bearer = format!("Bearer {}", world.lead.token(shard.as_str()).unwrap());
    let path = format!("/api/v1/shards/{shard}/sync");
    for (what, body, status, expected) in cases {
        let reply = world.lead.api.ask("POST", &path, &[("authorization", &bearer)], &body).unwrap();
        assert_eq!((reply.status, code(&reply).as_str()), (status, expected), "{what}");
    }
    assert_eq!(world.counts().unwrap().present, 0);
    world.check_still_works().unwrap();
}

#[test]
fn a_body_over_the_limit_is_refused_before_it_has_come() {
    let (mut world, server, _storage) = world();
    let bearer = format!("Bearer {}", world.lead.token(world.shard.as_str()).unwrap());
    let operator = format!("Operator {OPERATOR_KEY}");
    let sync = format!("POST /api/v1/shards/{}/sync", world.shard);
    let one_more = format!("content-length: {}", MAX_BODY_BYTES + 1);
    let (join, pack) = ("POST /api/v1/join", "PUT /api/v1/programme");
    let (huge, endless) = ("content-length: 300000000", "transfer-encoding: chunked");
    let chunk = format!("{:x}\r\n{}\r\n", 100_000, " ".repeat(100_000));
    for (what, route, who, length, chunks) in [
        ("says a byte too many and sends nothing", &*sync, &bearer, &*one_more, 0),
        ("says 300 MB and sends nothing", &sync, &bearer, huge, 0),
        ("never ends", &sync, &bearer, endless, 21),
        ("to join", join, &bearer, endless, 1),
        ("as a pack", pack, &operator, huge, 0),
        ("as a pack without end", pack, &operator, endless, 16),
    ] {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let head = format!("{route} HTTP/1.1\r\nhost: a\r\nauthorization: {who}\r\n{length}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        for _ in 0..chunks {
            stream.write_all(chunk.as_bytes()).unwrap();
        }
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 413", "{what}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{what}: {:?}", begun.elapsed());
    }
    world.check_still_works().unwrap();
}

#[test]
fn each_odd_event_gets_its_verdict_and_holds_nothing_else_up() {
    let (mut world, _server, _storage) = world();
    let plain: Vec<Event> = (0..8).map(|n| mark(&mut world, n)).collect();
    let odd = |n: usize| plain[n].clone();
    let session = world.session.id.to_string();
    let foreign = odd(7).payload.replace(&session, &SessionId(9).to_string());
    let events = vec![
        odd(0),
        Event { kind: "dance".into(), ..odd(1) },
        Event { version: 99, ..odd(2) },
        Event { payload: "{}".into(), ..odd(3) },
        Event { shard: "kg-osh".parse().unwrap(), ..odd(4) },
        Event { actor: AccountId(1), ..odd(5) },
        odd(0),
        Event { payload: odd(6).payload, ..odd(0) },
        Event { payload: foreign, ..odd(7) },
        odd(6),
    ];
    let verdicts = judge(&mut world, events.clone());
    let told: Vec<String> = verdicts
        .iter()
        .map(|verdict| match verdict {
            Verdict::Admitted { .. } => "admitted".into(),
            Verdict::Held { .. } => "held".into(),
            Verdict::Fork => "fork".into(),
            Verdict::Newer => "newer".into(),
            Verdict::Refused(refusal) => {
                serde_json::to_value(&refusal.why).unwrap()["code"].as_str().unwrap().into()
            }
        })
        .collect();
    assert_eq!(
        told,
        ["admitted", "held", "held", "malformed", "other-shard", "other-account", "admitted", "fork"],
        "what follows a taken id waits for it, so that nothing overtakes it"
    );
    assert_eq!(verdicts[0], verdicts[6]);
    let behind = judge(&mut world, events[8..].to_vec());
    assert!(matches!(behind[..], [Verdict::Held { .. }, Verdict::Admitted { .. }]), "{behind:?}");
    assert_eq!(judge(&mut world, events), verdicts, "the same again has the same verdicts");
    assert_eq!(world.counts().unwrap().present, 2);
    world.check_still_works().unwrap();
}

#[test]
fn an_event_of_another_device_of_the_same_account_is_refused() {
    let (mut world, _server, _storage) = world();
    let mut event = mark(&mut world, 0);
    event.id.device = DeviceId(1);
    let verdicts = judge(&mut world, vec![event]);
    assert!(matches!(&verdicts[..], [Verdict::Refused(r)] if r.why == Rejection::OtherAccount));
    world.check_still_works().unwrap();
}

#[test]
fn a_clock_that_is_wrong_by_years_changes_no_result() {
    let years = |n: i64| n * 365 * 86_400_000;
    let results: Vec<Counts> = [0, years(14), years(-25)]
        .into_iter()
        .map(|skew_ms| {
            let (mut world, _server, _storage) = world();
            let (shard, people) = (world.shard.clone(), world.session.people.clone());
            world.lead.skew_ms = skew_ms;
            world.lead.sync(&shard, Want::View).unwrap();
            for (day, who, status, method) in [
                (0, &people[..], Status::Present, Method::Everyone),
                (0, &people[..3], Status::Absent, Method::Tap),
                (0, &people[1..2], Status::Late, Method::Tap),
                (1, &people[..], Status::Present, Method::Everyone),
            ] {
                let body = world.marks(day, who, status, method);
                world.lead.write(&shard, &body);
            }
            world.lead.sync(&shard, Want::View).unwrap();
            // The same account on a second tablet, with a good clock, has the last word.
            let code = world.code(AccountRole::Trainer, Some(world.session.trainers[0])).unwrap();
            let mut second = Device::join(&world.base_url, &code).unwrap();
            assert_eq!(second.account, world.lead.account);
            let body = world.marks(0, &people[2..3], Status::Present, Method::Tap);
            second.deposit(&shard, body).unwrap();
            world.check_still_works().unwrap();
            world.counts().unwrap()
        })
        .collect();
    let [right, future, past] = results[..] else { panic!("three runs") };
    assert_eq!((right.present, right.completed, right.disputed), (36, 35, 0));
    assert_eq!((future, past), (right, right));
}

#[test]
fn codes_open_once_and_a_lost_answer_can_be_asked_for_again() {
    let (mut world, _server, _storage) = world();
    let api = ApiDevice::new(&world.base_url).unwrap();
    let other = ApiDevice::new(&world.base_url).unwrap();
    let good = world.code(AccountRole::Auditor, None).unwrap();
    let demo = br#"{"name":"A","role":"auditor","shard":null,"demo":true}"#;
    let demo = world.operator.ask("POST", "/api/v1/accounts", demo).unwrap().json().unwrap();
    let demo = demo["code"].as_str().unwrap().to_owned();
    let unknown = JoinCode::from_bits([7; 10]).to_string();
    let mut mistyped = good.clone().into_bytes();
    mistyped[0] = if mistyped[0] == b'7' { b'8' } else { b'7' };
    let mistyped = String::from_utf8(mistyped).unwrap();
    let [one, two, three, four] = [(); 4].map(|()| DeviceId(draw().unwrap()));
    let lower = good.to_lowercase().replace('-', " ");
    let taken = world.lead.id;
    for (what, api, code, device, status, said) in [
        ("mistyped", &api, &mistyped, one, 400, "code-mistyped"),
        ("far too long", &api, &"A".repeat(3_000), one, 400, "code-mistyped"),
        ("unknown", &api, &unknown, one, 403, "code-unknown"),
        ("somebody's device id", &api, &good, taken, 403, "device-taken"),
        ("good", &api, &good, one, 200, ""),
        ("the answer was lost", &api, &good, one, 200, ""),
        ("typed otherwise", &api, &lower, one, 200, ""),
        ("the same id with another key", &other, &good, one, 403, "device-taken"),
        ("used", &other, &good, two, 403, "code-used"),
        ("a demo code", &api, &demo, three, 200, ""),
        ("a demo code again", &other, &demo, four, 200, ""),
    ] {
        let ask = serde_json::to_vec(&ask_to_join(api, code, device, "t")).unwrap();
        let reply = api.post("/api/v1/join", "application/json", &ask).unwrap();
        assert_eq!((reply.status, code_of(&reply)), (status, said.to_owned()), "{what}: {}", reply.text());
    }
    world.check_still_works().unwrap();
}

fn code_of(reply: &cascade_tests::api::Reply) -> String {
    if serde_json::from_slice::<Joined>(&reply.body).is_ok() { String::new() } else { code(reply) }
}

#[test]
fn a_name_that_is_no_shard_is_not_found_and_makes_no_storage() {
    let (mut world, server, _storage) = world();
    let before = files(server.storage());
    let bearer = format!("Bearer {}", world.hq.token("registry").unwrap());
    for (method, path) in [
        ("GET", "/api/v1/shards/nosuch/sessions"),
        ("GET", "/api/v1/shards/nosuch/problem/pec"),
        ("POST", "/api/v1/shards/nosuch/sync"),
        ("POST", "/api/v1/shards/nosuch/token"),
        ("GET", "/api/v1/shards/../x"),
        ("GET", "/api/v1/shards/..%2fx/sessions"),
        ("GET", "/api/v1/shards//sessions"),
        ("GET", "/api/v1/shards/kg-naryn/problem/nosuch"),
        ("GET", "/api/v1/shards/kg-naryn/internal/tally"),
        ("GET", "/api/v1/internal/asker"),
        ("POST", "/api/v1/internal/news"),
    ] {
        let body: &[u8] = if method == "POST" {
            br#"{"device":"0000000000000001","challenge":"","signature":""}"#
        } else {
            b""
        };
        let reply = world.hq.api.ask(method, path, &[("authorization", &bearer)], body).unwrap();
        assert_eq!(reply.status, 404, "{method} {path}: {}", reply.text());
    }
    assert_eq!(files(server.storage()), before);
    world.check_still_works().unwrap();
}

fn files(folder: &Path) -> BTreeSet<std::path::PathBuf> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            found.append(&mut files(&entry));
        } else {
            found.insert(entry);
        }
    }
    found
}

#[test]
fn a_pack_that_is_broken_is_told_where_and_the_old_one_stays() {
    let (mut world, _server, _storage) = world();
    let mut broken = kyrgyzstan().unwrap();
    broken.stages[2].taught_by = Some("nosuch".parse().unwrap());
    let mut foreign = kyrgyzstan().unwrap();
    foreign.slug = "elsewhere-2021".parse().unwrap();
    for (what, body, status) in [
        ("no JSON", b"{".to_vec(), 422),
        ("no UTF-8", vec![0xff, 0xfe], 400),
        ("a broken reference", serde_json::to_vec(&broken).unwrap(), 422),
        ("another programme", serde_json::to_vec(&foreign).unwrap(), 403),
    ] {
        let reply = world.operator.ask("PUT", "/api/v1/programme", &body).unwrap();
        assert_eq!(reply.status, status, "{what}: {}", reply.text());
        if what == "a broken reference" {
            assert!(reply.text().contains("taught_by"), "{}", reply.text());
        }
    }
    world.check_still_works().unwrap();
}

#[test]
fn what_was_acknowledged_is_there_once_after_kills() {
    let (mut world, mut server, _storage) = world();
    let (shard, people) = (world.shard.clone(), world.session.people.clone());
    world.lead.sync(&shard, Want::View).unwrap();
    let before = world.lead.client(&shard).place().witness.seq;
    let mut written = vec![];
    for person in &people {
        for day in 0..2 {
            let body = world.marks(day, &[*person], Status::Present, Method::Tap);
            written.push(world.lead.write(&shard, &body));
        }
    }
    // Each round sends a few events and is cut off: the request goes out and workerd dies under it.
    for (round, some) in written.chunks(6).enumerate() {
        let request = world.lead.request(&shard, some.to_vec());
        if round % 3 == 1 {
            let path = format!("/api/v1/shards/{shard}/sync");
            let bearer = format!("Bearer {}", world.lead.token(shard.as_str()).unwrap());
            let body = serde_json::to_vec(&request).unwrap();
            std::thread::scope(|scope| {
                let api = &world.lead.api;
                let sent = scope.spawn(|| api.ask("POST", &path, &[("authorization", &bearer)], &body));
                server.kill().unwrap();
                // Answered or not: the client sends it again below.
                let _ = sent.join().unwrap();
            });
            server.restart().unwrap();
        } else if round % 3 == 2 {
            let reply = world.lead.exchange(&shard, &request).unwrap();
            assert_eq!(reply.status, 200);
            server.kill().unwrap();
            server.restart().unwrap();
        }
    }
    world.lead.sync(&shard, Want::View).unwrap();
    let client = world.lead.client(&shard);
    assert!(client.pending().is_empty());
    let places: BTreeSet<u64> = client.kept().iter().filter_map(|k| k.verdict.seq()).collect();
    assert_eq!(places, (before + 1..=before + written.len() as u64).collect());
    let counted = world.counts().unwrap();
    assert_eq!((counted.completed, counted.attendances, counted.disputed), (36, 72, 0));
    world.check_still_works().unwrap();
}
