//! Backup and restore on a real server: under load, and what devices do afterwards.
//!
//! Needs what `cargo xtask build` makes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

mod rig;

use cascade_ops::restore::Part;
use cascade_ops::{backup, database, objects, restore};
use cascade_tests::device::{Device, Operator};
use cascade_tests::server::Server;
use cascade_tests::world::OPERATOR_KEY;
use rig::{health, ids_in, once_each, revoke, world, write_marks};
use shared::api::Recovered;
use shared::event::EventId;
use shared::grant::AccountRole;
use shared::state::{Method, Status};
use shared::sync::{Verdict, Want};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[test]
fn a_server_restored_from_an_older_backup_gets_everything_back_once() {
    let (mut world, mut server, place, storage) = world();
    let shard = world.shard.clone();
    let old_code = world.code(AccountRole::Coordinator, None).unwrap();
    let first_day = write_marks(&mut world, 0);

    // A second trainer syncs all the time while the backup is taken.
    let (acked, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let mut second = world.second;
    let (people, session) = (world.session.people.clone(), world.session.clone());
    let writer = std::thread::spawn({
        let (acked, stop, shard) = (acked.clone(), stop.clone(), shard.clone());
        move || {
            let mut written = vec![];
            second.sync(&shard, Want::View).unwrap();
            while !stop.load(Ordering::Relaxed) {
                let person = people[written.len() % people.len()];
                let marks = shared::event::Marks {
                    session: session.id,
                    day: 1,
                    date: session.days[1],
                    method: Method::Tap,
                    people: vec![(person, Some(Status::Present))],
                };
                let body = shared::event::Body::Fact(shared::event::Fact::Mark(marks));
                written.push(second.write(&shard, &body).id);
                second.sync(&shard, Want::View).unwrap();
                acked.store(written.len(), Ordering::Release);
            }
            (second, written)
        }
    });
    let deadline = Instant::now() + Duration::from_secs(60);
    while acked.load(Ordering::Acquire) < 5 {
        assert!(Instant::now() < deadline, "the writer does not get on");
        std::thread::yield_now();
    }
    let file = place.path().join("one.cascade");
    let before = acked.load(Ordering::Acquire);
    let manifest = backup::run(&storage, &file).unwrap();
    let during = acked.load(Ordering::Acquire) - before;
    stop.store(true, Ordering::Relaxed);
    let (second, by_second) = writer.join().unwrap();
    world.second = second;
    assert!(during > 0, "the backup held the writer up");

    // What was acknowledged before the backup began is in it.
    let unpacked = place.path().join("unpacked");
    assert_eq!(backup::unpack(&file, &unpacked.join("objects")).unwrap(), manifest);
    let held: BTreeSet<String> = ids_in(&unpacked, &shard).into_iter().collect();
    for id in first_day.iter().chain(&by_second[..before]) {
        assert!(held.contains(&id.to_string()), "{id} is not in the backup");
    }
    let line = manifest.objects.iter().find(|line| line.shard.as_ref() == Some(&shard)).unwrap();
    assert_eq!(line.head.seq as usize, held.len());

    // After the backup: another day's marks, and one trainer's access ends.
    let second_day = write_marks(&mut world, 1);
    world.outsider.sync(&shard, Want::View).unwrap();
    let bearer = format!("Bearer {}", world.lead.token("registry").unwrap());
    server.kill().unwrap();
    revoke(&storage, world.outsider.account);
    let options = server.options().clone();
    server.stop().unwrap();

    let done = restore::run(&storage, &file, Part::Everything).unwrap();
    assert_eq!((done.manifest, done.revocations, done.unread), (manifest.clone(), 1, vec![]));
    assert!(done.replaced.unwrap().join("cascade-registry").exists(), "what was replaced is kept");
    let server = Server::start(options).unwrap();
    let base_url = server.base_url();

    // The health route was asked until it answered: the recovery has ended by itself and says so.
    let told = health(&base_url);
    let recovered = told.recovered.unwrap();
    assert_eq!((told.ok, told.recovery), (true, None));
    assert_eq!(
        (recovered.grants_ended, recovered.by_operator, recovered.backup_ms),
        (1, false, manifest.begun_ms)
    );
    assert!(recovered.asked > 0 && recovered.silent.is_empty());

    // The old code is void, and so is every token.
    let refused = Device::join(&base_url, &old_code).map(drop).unwrap_err().to_string();
    assert!(refused.contains("403") && refused.contains("code-unknown"), "{refused}");
    let me = world.lead.api.ask("GET", "/api/v1/me", &[("authorization", &bearer)], b"").unwrap();
    assert_eq!((me.status, me.text().contains("token-invalid")), (401, true));

    // Devices send again what is missing, and everything is there once.
    world.lead.sync(&shard, Want::View).unwrap();
    world.second.sync(&shard, Want::View).unwrap();
    let all: Vec<EventId> = [first_day, by_second, second_day].concat();
    for id in &all {
        let verdict = if id.device == world.lead.id { &mut world.lead } else { &mut world.second };
        let verdict = verdict.verdict(&shard, *id);
        assert!(matches!(verdict, Some(Verdict::Admitted { .. })), "{id}: {verdict:?}");
    }
    once_each(&storage, &shard, &all);
    assert_eq!(world.counts().unwrap().attendances, 72);
    world.lead.sync(&shard, Want::View).unwrap();
    once_each(&storage, &shard, &all);

    // Whose access had ended does not get it back.
    let refused = world.outsider.sync(&shard, Want::View).map(|()| world.outsider.shown(&shard).names.len());
    assert!(!matches!(refused, Ok(n) if n > 0), "the revoked account reads again: {refused:?}");
    let me = world.outsider.get("/api/v1/me").unwrap();
    assert_eq!((me.status, me.text().contains("revoked")), (401, true), "{}", me.text());
    world.check_still_works().unwrap();
}

#[test]
fn a_registry_restored_alone_hears_of_revocations_from_the_shards() {
    let (mut world, server, place, storage) = world();
    let shard = world.shard.clone();
    let file = place.path().join("one.cascade");
    backup::run(&storage, &file).unwrap();
    let options = server.options().clone();
    server.stop().unwrap();
    revoke(&storage, world.outsider.account);
    // The shard hears of it, and the registry's file is lost.
    let server = Server::start(options.clone()).unwrap();
    world.lead.sync(&shard, Want::View).unwrap();
    let marks = write_marks(&mut world, 0);
    server.stop().unwrap();
    let folder = objects::folder(&storage);
    let registry = objects::list(&folder).unwrap().pop().unwrap();
    std::fs::write(registry.path(&folder), b"not a database any more").unwrap();

    let done = restore::run(&storage, &file, Part::Registry).unwrap();
    assert_eq!(done.unread.len(), 1, "{:?}", done.unread);
    let server = Server::start(options).unwrap();
    let recovered = health(&server.base_url()).recovered.unwrap();
    assert_eq!(recovered.grants_ended, 1);
    once_each(&storage, &shard, &marks);
    let me = world.outsider.get("/api/v1/me").unwrap();
    assert_eq!((me.status, me.text().contains("revoked")), (401, true), "{}", me.text());
    // The registry's changes reach the shards again, although it is an older one.
    world.check_still_works().unwrap();
}

#[test]
fn a_damaged_backup_is_refused_and_changes_nothing() {
    let (mut world, server, place, storage) = world();
    let shard = world.shard.clone();
    let file = place.path().join("one.cascade");
    backup::run(&storage, &file).unwrap();
    write_marks(&mut world, 0);
    server.stop().unwrap();
    let records = ids_in(&storage, &shard).len();
    let whole = std::fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for (what, bytes) in
        [("broken off", &whole[..whole.len() * 2 / 3]), ("a bit flipped", &flipped), ("empty", &[])]
    {
        std::fs::write(&file, bytes).unwrap();
        assert!(restore::run(&storage, &file, Part::Everything).is_err(), "{what}");
        assert_eq!(ids_in(&storage, &shard).len(), records, "{what}");
    }
}

#[test]
fn a_changed_log_is_not_backed_up_and_the_record_is_named() {
    let (mut world, server, place, storage) = world();
    write_marks(&mut world, 0);
    server.stop().unwrap();
    let folder = objects::folder(&storage);
    let file = place.path().join("one.cascade");
    let shard = objects::list(&folder).unwrap().into_iter().find(|object| {
        let connection = database::open(&object.path(&folder)).unwrap();
        database::meta(&connection, "shard").unwrap().as_deref() == Some(world.shard.as_str())
    });
    let connection = database::open_own(&shard.unwrap().path(&folder)).unwrap();
    let last: i64 = connection.query_row("SELECT max(seq) FROM log", [], |row| row.get(0)).unwrap();
    for (change, said) in [
        (
            format!("UPDATE log SET payload = replace(payload, 'present', 'absent') WHERE seq = {last}"),
            format!("the payload of record {last} was changed"),
        ),
        (format!("DELETE FROM log WHERE seq = {}", last - 1), format!("record {} is missing", last - 1)),
    ] {
        connection.execute(&change, []).unwrap();
        let refused = format!("{:#}", backup::run(&storage, &file).unwrap_err());
        assert!(refused.contains(&said), "{refused}");
        assert!(!file.exists());
    }
}

#[test]
fn a_new_folder_gets_a_key_of_its_own_and_no_secret_travels() {
    let (world, server, place, storage) = world();
    let file = place.path().join("one.cascade");
    backup::run(&storage, &file).unwrap();
    let there = place.path().join("another machine");
    let done = restore::run(&there, &file, Part::Everything).unwrap();
    assert_eq!((done.replaced, done.revocations), (None, 0));
    let key = |folder: &Path| std::fs::read_to_string(folder.join("operator.key")).unwrap();
    assert_ne!(key(&there), key(&storage));
    for object in objects::list(&objects::folder(&there)).unwrap() {
        let connection = database::open(&object.path(&objects::folder(&there))).unwrap();
        assert_eq!(database::meta(&connection, "token-secret").unwrap(), None, "{}", object.name);
    }
    let mut options = server.options().clone();
    server.stop().unwrap();
    (options.storage, options.port) = (there.clone(), 0);
    let server = Server::start(options).unwrap();
    let operator = Operator::new(&server.base_url(), OPERATOR_KEY).unwrap();
    let reply = operator.ask("POST", "/api/v1/operator/recovery/end", b"").unwrap();
    let ended: Option<Recovered> = serde_json::from_slice(&reply.body).unwrap();
    assert!(!ended.unwrap().by_operator, "it had ended by itself");
    drop(world);
}
