//! The server as a process and as a host of files: what is answered, what survives a kill, what a panic leaves.
//!
//! Needs what `cargo xtask build` makes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use cascade_tests::server::{Options, Server, dist};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use ureq::http::Response;
use ureq::{Agent, Body};

fn start() -> (Server, TempDir) {
    let storage = tempfile::tempdir().unwrap();
    let mut options = Options::new(dist(), storage.path());
    options.test_faults = true;
    (Server::start(options).unwrap(), storage)
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into()
}

fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = agent().get(format!("{}{path}", server.base_url()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.call().unwrap()
}

fn post(server: &Server, path: &str) -> u16 {
    agent().post(format!("{}/api/v1/test/{path}", server.base_url())).send_empty().unwrap().status().as_u16()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn rows(server: &Server) -> i64 {
    let mut answer = get(server, "/api/v1/test/rows/shard", &[]);
    assert_eq!(answer.status(), 200);
    let text = answer.body_mut().read_to_string().unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap()["rows"].as_i64().unwrap()
}

fn bytes(mut response: Response<Body>) -> Vec<u8> {
    let mut bytes = Vec::new();
    response.body_mut().as_reader().read_to_end(&mut bytes).unwrap();
    bytes
}

/// A path of the built site, by its ending.
fn built(ending: &str) -> String {
    let listing: serde_json::Value =
        serde_json::from_slice(&std::fs::read(dist().join("site/files.json")).unwrap()).unwrap();
    let files = listing["files"].as_object().unwrap();
    files.keys().find(|path| path.starts_with("/app-") && path.ends_with(ending)).unwrap().clone()
}

#[test]
fn files_come_with_their_type_compressed_and_cached_by_what_they_are() {
    let (server, _storage) = start();
    let script = built(".js");
    let plain = std::fs::read(dist().join("site").join(&script[1..])).unwrap();

    let answer = get(&server, &script, &[("accept-encoding", "gzip, br")]);
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&answer, "content-encoding"), "br");
    assert_eq!(header(&answer, "vary"), "accept-encoding");
    assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
    let etag = header(&answer, "etag").to_owned();
    assert!(bytes(answer).len() < plain.len());

    let answer = get(&server, &script, &[("accept-encoding", "identity")]);
    assert_eq!(header(&answer, "content-encoding"), "");
    assert_eq!(bytes(answer), plain);

    let answer = get(&server, &script, &[("accept-encoding", "br"), ("if-none-match", &etag)]);
    assert_eq!(answer.status(), 304);
    assert_eq!(bytes(answer).len(), 0);

    assert_eq!(header(&get(&server, &built(".wasm"), &[]), "content-type"), "application/wasm");
}

#[test]
fn a_screen_gets_the_shell_and_what_is_not_there_is_404() {
    let (server, _storage) = start();
    let shell = bytes(get(&server, "/", &[("accept-encoding", "identity")]));
    assert!(String::from_utf8_lossy(&shell).contains("cascade-files"));
    let screen = get(&server, "/session/00ab?x=1.5", &[("accept-encoding", "identity")]);
    assert_eq!(header(&screen, "cache-control"), "no-cache");
    assert_eq!(header(&screen, "content-type"), "text/html; charset=utf-8");
    assert_eq!(bytes(screen), shell);
    for path in ["/nosuch.js", "/files.json", "/app.js.br", "/..%2f..%2fCargo.toml", "/api/v1/nosuch", "/api"]
    {
        assert_eq!(get(&server, path, &[]).status(), 404, "{path}");
    }
    let url = server.base_url();
    let head = agent().head(format!("{url}/")).call().unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "etag").is_empty()), (200, false));
    assert_eq!(agent().post(format!("{url}/")).send_empty().unwrap().status(), 405);
    assert_eq!(agent().delete(format!("{url}/index.html")).call().unwrap().status(), 405);
}

#[test]
fn every_answer_carries_the_security_headers() {
    let (server, _storage) = start();
    for path in ["/", "/nosuch.js", "/api/v1/health", "/api/v1/nosuch", "/api/v1/test/rows/shard"] {
        let answer = get(&server, path, &[]);
        let policy = header(&answer, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{path}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&answer, "referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header(&answer, "cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(header(&answer, "strict-transport-security"), "", "only under TLS: {path}");
    }
}

#[test]
fn a_panic_is_answered_and_leaves_nothing_half_written() {
    let (mut server, _storage) = start();
    assert_eq!(post(&server, "write/shard"), 200);
    for (expected, fault) in
        ["panic/shard", "panic-async/shard", "panic/worker", "error/shard"].into_iter().enumerate()
    {
        let begun = Instant::now();
        assert_eq!(post(&server, fault), 500, "{fault}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{fault} was answered after {:?}", begun.elapsed());
        assert_eq!(rows(&server), i64::try_from(expected).unwrap() + 1, "{fault}");
        assert_eq!(post(&server, "write/shard"), 200, "after {fault}");
    }
    server.kill().unwrap();
    server.restart().unwrap();
    assert_eq!(rows(&server), 5);
}

#[test]
fn a_panic_answers_those_who_waited_for_another_object() {
    let (server, _storage) = start();
    let url = format!("{}/api/v1/test/wait/other", server.base_url());
    let waiting = std::thread::spawn(move || agent().get(url).call().unwrap().status().as_u16());
    // The wait says in storage that it has begun.
    let deadline = Instant::now() + Duration::from_secs(20);
    while get(&server, "/api/v1/test/waiting/other", &[]).status() != 200 {
        assert!(Instant::now() < deadline, "the other request never began");
    }
    assert_eq!(post(&server, "panic/shard"), 500);
    assert_eq!(waiting.join().unwrap(), 500);
    assert_eq!(rows(&server), 0);
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let (mut server, _storage) = start();
    for _ in 0..3 {
        assert_eq!(post(&server, "write/shard"), 200);
    }
    let port = server.port();
    server.kill().unwrap();
    assert!(!server.is_running());
    assert!(agent().get(server.base_url()).call().is_err());
    server.restart().unwrap();
    assert_eq!((server.port(), rows(&server)), (port, 3));
    server.stop().unwrap();
}

#[test]
fn two_servers_never_share_a_storage_folder() {
    let (server, storage) = start();
    let second = Server::start(Options::new(dist(), storage.path())).unwrap_err();
    let (said, url) = (second.to_string(), server.base_url());
    assert!(said.contains("is in use by a server (process ") && said.contains(&url), "{said}");
    drop(server);
    Server::start(Options::new(dist(), storage.path())).unwrap();
}

/// Not a test by itself: the process that the next one kills.
#[test]
fn holds_a_folder_until_it_is_killed() {
    let Some(storage) = std::env::var_os("CASCADE_TEST_HOLD") else { return };
    let server = Server::start(Options::new(dist(), storage)).unwrap();
    println!("{}", server.base_url());
    // Until the pipe's other end is gone.
    let _ = std::io::stdin().read(&mut [0]);
}

#[test]
fn a_lock_ends_with_its_holder_even_by_a_kill() {
    let storage = tempfile::tempdir().unwrap();
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "holds_a_folder_until_it_is_killed", "--nocapture"])
        .env("CASCADE_TEST_HOLD", storage.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(holder.stdout.take().unwrap()).lines().map(|line| line.unwrap());
    let url = said.into_iter().find(|line| line.starts_with("http")).unwrap();
    let refused = Server::start(Options::new(dist(), storage.path())).unwrap_err().to_string();
    assert!(refused.contains(&format!("(process {}, {url})", holder.id())), "{refused}");
    holder.kill().unwrap();
    holder.wait().unwrap();
    // Its workerd is ended by its watch, and holds the lock until then.
    Server::start(Options::new(dist(), storage.path())).unwrap();
}

#[test]
fn a_workerd_started_by_hand_keeps_others_out() {
    let storage = tempfile::tempdir().unwrap();
    let server = Server::start(Options::new(dist(), storage.path())).unwrap();
    let (port, folder) = (server.port(), server.storage().to_owned());
    server.stop().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut by_hand = Command::new(cascade_tests::server::workerd(root).unwrap())
        .args(["serve", "--import-path"])
        .arg(dist().join("worker"))
        .arg(format!("--directory-path=files={}", dist().join("site").display()))
        .arg(format!("--directory-path=storage={}", folder.join("objects").display()))
        .arg(format!("--socket-addr=main=127.0.0.1:{port}"))
        .arg(folder.join("server.capnp"))
        .envs([("CASCADE_OPERATOR_KEY", ""), ("CASCADE_DEMO", "0"), ("CASCADE_TEST_FAULTS", "0")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    let url = format!("http://127.0.0.1:{port}/api/v1/health");
    while agent().get(&url).call().is_err() {
        assert!(Instant::now() < deadline, "it never came up");
        std::thread::yield_now();
    }
    let refused = Server::start(Options::new(dist(), storage.path())).unwrap_err().to_string();
    let pid = by_hand.id();
    by_hand.kill().unwrap();
    by_hand.wait().unwrap();
    assert!(
        refused.ends_with(&format!("is in use by a workerd started by hand (process {pid})")),
        "{refused}"
    );
    Server::start(Options::new(dist(), storage.path())).unwrap();
}

#[test]
fn fault_routes_do_not_exist_in_real_use() {
    let storage = tempfile::tempdir().unwrap();
    let server = Server::start(Options::new(dist(), storage.path())).unwrap();
    for fault in ["panic/shard", "panic/worker", "rows/shard"] {
        assert_eq!(post(&server, fault), 404, "{fault}");
    }
}
