//! The log of a real server, read, checked, tampered with and erased from.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

mod rig;

use cascade_ops::verify::{Kept, Outcome};
use cascade_ops::{database, objects, scrub, verify};
use cascade_tests::device::{Device, expect};
use cascade_tests::world::World;
use rusqlite::Connection;
use shared::audit::checked::{AskCheck, Checked, InLog};
use shared::audit::{LogPage, Query, Side};
use shared::erase::{Erase, Erasing};
use shared::event::Event;
use shared::grant::AccountRole;
use shared::state::{Method, Status};
use shared::sync::verify::Anchor;
use shared::sync::{Receipt, Want};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn log(by: &mut Device, world: &World, query: &Query) -> LogPage {
    by.read(&format!("/api/v1/shards/{}/log?{}", world.shard, query.write())).unwrap()
}

fn check(storage: &Path, kept: &Kept) -> Outcome {
    verify::objects(&objects::folder(storage), kept).unwrap()
}

/// The database of the world's shard.
fn database_of(storage: &Path, world: &World) -> PathBuf {
    let folder = objects::folder(storage);
    let is_it = |path: &PathBuf| {
        let shard = database::meta(&database::open(path).unwrap(), "shard").unwrap();
        shard.as_deref() == Some(world.shard.as_str())
    };
    objects::list(&folder).unwrap().iter().map(|o| o.path(&folder)).find(is_it).unwrap()
}

/// Whether any file of the folder of objects holds a text.
fn holds(storage: &Path, text: &str) -> bool {
    let folder = database_folder(storage);
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

fn database_folder(storage: &Path) -> PathBuf {
    objects::folder(storage).join("cascade-shard")
}

fn ask_to_erase(hq: &mut Device, world: &World, records: &[u64]) -> (Event, Erasing) {
    let reason = "the file of another election".to_owned();
    let erase = Erase { records: records.to_vec(), reason };
    // Any body gives an event its name and times.
    let any = world.marks(0, &[], Status::Present, Method::Tap);
    let mut event = hq.event(&world.shard, &any);
    (event.kind, event.payload) = ("erase".into(), serde_json::to_string(&erase).unwrap());
    let answer = post_erase(hq, world, &event);
    (event, answer)
}

fn post_erase(hq: &mut Device, world: &World, event: &Event) -> Erasing {
    let bearer = format!("Bearer {}", hq.token(world.shard.as_str()).unwrap());
    let path = format!("/api/v1/shards/{}/erase", world.shard);
    let body = serde_json::to_vec(event).unwrap();
    expect(hq.api.ask("POST", &path, &[("authorization", &bearer)], &body).unwrap(), &path).unwrap()
}

#[test]
fn the_log_is_read_page_by_page_and_shows_numbers_to_the_coordinator_alone() {
    let (mut world, _server, _place, _storage) = rig::world();
    rig::write_marks(&mut world, 0);
    let mut auditor =
        Device::join(&world.base_url, &world.code(AccountRole::Auditor, None).unwrap()).unwrap();
    // Newest first, in pages without gap or repetition.
    let (mut seen, mut query) = (vec![], Query { limit: Some(7), ..Query::default() });
    loop {
        let page = log(&mut auditor, &world, &query);
        seen.extend(page.lines.iter().map(|line| line.seq));
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    let head = log(&mut auditor, &world, &Query::default()).head.seq;
    assert_eq!(seen, (1..=head).rev().collect::<Vec<_>>());
    // What a line says.
    let person = world.session.people[0];
    let query = Query { person: Some(person), kind: Some("mark".into()), ..Query::default() };
    let marks = log(&mut auditor, &world, &query);
    assert_eq!(marks.lines.len(), 1);
    let status = marks.lines[0].changes.iter().find(|c| c.field == "status").unwrap();
    assert_eq!((&status.before, &status.after), (&Side::Nothing, &Side::Text("present".into())));
    assert_eq!(marks.lines[0].account, world.lead.account);
    // Numbers.
    let query = Query { kind: Some("import".into()), ..Query::default() };
    let page = log(&mut auditor, &world, &query);
    let people = page.lines.iter().find(|l| l.changes.iter().any(|c| c.register == "contact")).unwrap().seq;
    let query = Query { record: Some(people), ..Query::default() };
    let phones = |by: &mut Device| -> BTreeSet<bool> {
        let lines = log(by, &world, &query).lines;
        let changes = lines.into_iter().flat_map(|l| l.changes).filter(|c| c.register == "contact");
        changes.map(|c| c.after == Side::Masked).collect()
    };
    assert_eq!(phones(&mut auditor), BTreeSet::from([true]));
    let code = world.code(AccountRole::Coordinator, None).unwrap();
    let mut coordinator = Device::join(&world.base_url, &code).unwrap();
    assert_eq!(phones(&mut coordinator), BTreeSet::from([false]));
    // Those who may not.
    let path = format!("/api/v1/shards/{}/log", world.shard);
    assert_eq!(world.lead.get(&path).unwrap().status, 403);
    assert_eq!(coordinator.get("/api/v1/shards/kg-osh/log").unwrap().status, 403);
}

#[test]
fn a_receipt_is_checked_by_the_commission_years_later_and_a_forged_one_is_told_apart() {
    let (mut world, server, place, storage) = rig::world();
    rig::write_marks(&mut world, 0);
    let shard = world.shard.clone();
    let receipt: Receipt = world.lead.client(&shard).place().receipt.clone().unwrap();
    let ask = |by: &mut Device, receipt: String| -> Checked {
        by.post("/api/v1/receipts/check", &AskCheck { receipt }).unwrap()
    };
    for text in [receipt.to_text(), serde_json::to_string(&receipt).unwrap()] {
        let checked = ask(&mut world.hq, text);
        assert!(checked.is_good(), "{checked:?}");
        assert_eq!((checked.admitted, checked.refused), (world.session.people.len() as u32, 0));
    }
    let later = Receipt { server_ms: receipt.server_ms + 1, ..receipt.clone() };
    let checked = ask(&mut world.hq, later.to_text());
    assert_eq!((checked.is_signed, checked.log), (false, InLog::Same));
    let body = serde_json::to_vec(&AskCheck { receipt: receipt.to_text() }).unwrap();
    let bearer = format!("Bearer {}", world.lead.token("registry").unwrap());
    let refused = world.lead.api.ask("POST", "/api/v1/receipts/check", &[("authorization", &bearer)], &body);
    assert_eq!(refused.unwrap().status, 403);
    // By the command, without a server, and by the published keys alone.
    let keys: shared::sync::seal::Keys = world.hq.read("/api/v1/keys").unwrap();
    assert!(keys.of(&world.shard).any(|key| key.has_signed_receipt(&receipt)));
    server.stop().unwrap();
    let file = place.path().join("receipt.txt");
    fs::write(&file, receipt.to_text()).unwrap();
    let mut kept = Kept::default();
    kept.add_receipts(&file).unwrap();
    let outcome = check(&storage, &kept);
    assert!(outcome.is_sound(), "{outcome:?}");
    kept.receipts[0].1 = later;
    assert_eq!(check(&storage, &kept).doubts.len(), 1);
}

#[test]
fn a_tampered_row_is_found_and_named_whatever_column_it_is() {
    let (mut world, server, _place, storage) = rig::world();
    rig::write_marks(&mut world, 0);
    let shard = world.shard.clone();
    let witness = world.lead.client(&shard).place().witness;
    // Beside the running server.
    assert!(check(&storage, &Kept::default()).is_sound());
    server.stop().unwrap();
    let anchor = Anchor { head: witness, from: "the lead's tablet".into() };
    let kept = Kept { receipts: vec![], witnesses: vec![(world.shard.clone(), anchor)] };
    let sound = check(&storage, &kept);
    assert!(sound.is_sound(), "{sound:?}");
    assert_eq!(sound.reports.iter().map(|r| r.anchors).sum::<u64>(), 1);
    let path = database_of(&storage, &world);
    let saved = fs::read(&path).unwrap();
    let head = witness.seq;
    let seq = head - 5;
    let next = seq + 1;
    for tamper in [
        format!("UPDATE log SET id = replace(id, '.', '.0') WHERE seq = {seq}"),
        format!("UPDATE log SET content = '00' WHERE seq = {seq}"),
        format!("UPDATE log SET chain = (SELECT chain FROM log WHERE seq = {next}) WHERE seq = {seq}"),
        format!("UPDATE log SET head = replace(head, '\"stamp\":', '\"stamp\":1') WHERE seq = {seq}"),
        format!(
            "UPDATE log SET head = json_set(head, '$.event.actor', '00000000000000aa') WHERE seq = {seq}"
        ),
        format!("UPDATE log SET head = json_set(head, '$.event.shard', 'kg-osh') WHERE seq = {seq}"),
        format!("UPDATE log SET head = json_set(head, '$.replaced', json('[7]')) WHERE seq = {seq}"),
        format!("UPDATE log SET head = x'ff00' WHERE seq = {seq}"),
        format!("UPDATE log SET payload = replace(payload, 'present', 'absent') WHERE seq = {seq}"),
        format!("UPDATE log SET payload = NULL, salt = NULL, effect = NULL WHERE seq = {seq}"),
        format!("UPDATE log SET salt = '00000000000000000000000000000000' WHERE seq = {seq}"),
        format!("UPDATE log SET effect = '[]' WHERE seq = {seq}"),
        format!("DELETE FROM log WHERE seq = {seq}"),
        format!("UPDATE log SET seq = {seq} + 1000 WHERE seq = {seq}"),
        format!(
            "UPDATE log SET seq = -1 WHERE seq = {seq}; UPDATE log SET seq = {seq} WHERE seq = {next}; \
             UPDATE log SET seq = {next} WHERE seq = -1"
        ),
        format!("DELETE FROM log WHERE seq > {seq}"),
        format!(
            "INSERT INTO log SELECT {head} + 1, id || '1', content, chain, head, payload, salt, effect \
             FROM log WHERE seq = {seq}"
        ),
    ] {
        let connection: Connection = database::open_own(&path).unwrap();
        connection.execute_batch(&tamper).unwrap();
        assert!(connection.total_changes() > 0, "{tamper}");
        connection.close().unwrap();
        let outcome = check(&storage, &kept);
        let found: Vec<_> = outcome.reports.iter().flat_map(|r| &r.findings).collect();
        assert!(!found.is_empty(), "{tamper}");
        assert!(found.iter().all(|f| f.shard == world.shard), "{tamper}: {found:?}");
        let places = [seq, next, next + 1, head, head + 1, seq + 1000];
        assert!(found.iter().all(|f| places.contains(&f.seq)), "{tamper}: {found:?}");
        fs::write(&path, &saved).unwrap();
    }
    assert!(check(&storage, &kept).is_sound());
}

#[test]
fn an_erased_file_leaves_no_byte_behind_and_the_log_says_who_erased_it() {
    let (mut world, mut server, _place, storage) = rig::world();
    rig::write_marks(&mut world, 0);
    let shard = world.shard.clone();
    world.coordinator.sync(&shard, Want::View).unwrap();
    let person = world.session.people[0];
    let (name, phone) = {
        let seen = world.coordinator.shown(&shard);
        (seen.names[&person].value.name.clone(), seen.contacts[&person].value.phone.clone())
    };
    assert!(!name.is_empty() && !phone.is_empty() && holds(&storage, &phone));
    let counted = world.counts().unwrap().present;

    let query = Query { kind: Some("import".into()), person: Some(person), ..Query::default() };
    let path = format!("/api/v1/shards/{shard}/log?{}", query.write());
    let page: LogPage = world.hq.read(&path).unwrap();
    // A trainer may be on two files: both are the wrong ones.
    let wrong: Vec<u64> = page.lines.iter().map(|line| line.seq).collect();
    assert!(!wrong.is_empty());
    let mut hq = Device::join(&world.base_url, &world.code(AccountRole::Hq, None).unwrap()).unwrap();
    let (event, done) = ask_to_erase(&mut hq, &world, &wrong);
    let Erasing::Done { seq, kept } = done else { panic!("{done:?}") };
    assert!(kept > 0);
    // Asked again, the same answer; by others, never.
    assert!(matches!(post_erase(&mut hq, &world, &event), Erasing::Done { seq: again, .. } if again == seq));
    let bearer = format!("Bearer {}", world.coordinator.token(shard.as_str()).unwrap());
    let body = serde_json::to_vec(&event).unwrap();
    let route = format!("/api/v1/shards/{shard}/erase");
    let refused = world.coordinator.api.ask("POST", &route, &[("authorization", &bearer)], &body).unwrap();
    assert_eq!(refused.status, 403);

    // The coordinator's device: the name is a dash, the number is gone, who was marked is marked.
    world.coordinator.sync(&shard, Want::View).unwrap();
    let seen = world.coordinator.shown(&shard);
    assert_eq!(seen.names[&person].value.name, shared::erase::NO_NAME);
    assert!(!seen.contacts.contains_key(&person));
    assert_eq!(world.counts().unwrap().present, counted);
    // The list: who erased it, and nothing of what it held.
    let lines: LogPage =
        world.coordinator.read(&format!("/api/v1/shards/{shard}/log?record={}", wrong[0])).unwrap();
    let erased = lines.lines[0].erased.as_ref().unwrap();
    assert_eq!((&*erased.who, &*erased.reason), ("Hq", "the file of another election"));
    assert!(!serde_json::to_string(&lines).unwrap().contains(&phone));

    // It holds over a restart, the log is sound, and once scrubbed no byte is left.
    server.restart().unwrap();
    world.check_still_works().unwrap();
    server.stop().unwrap();
    let outcome = check(&storage, &Kept::default());
    assert!(outcome.is_sound(), "{outcome:?}");
    let told = &outcome.reports.iter().find(|r| r.shard == shard).unwrap().erased[0];
    assert_eq!(
        (told.by, &told.records),
        (seq, &{
            let mut sorted = wrong.clone();
            sorted.sort_unstable();
            sorted
        })
    );
    assert_eq!(scrub::run(&storage).unwrap(), 1);
    assert!(!holds(&storage, &phone) && !holds(&storage, &name), "{phone} {name}");
    assert!(check(&storage, &Kept::default()).is_sound());
    assert_eq!(scrub::run(&storage).unwrap(), 0);
}
