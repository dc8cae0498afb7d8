//! The export of a running server: every record in it, contacts only where asked for, the chain checkable by anybody.
//!
//! Needs what `cargo xtask build` makes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod rig;

use cascade_ops::export::{self, Contacts};
use rig::{world, write_marks};
use serde_json::Value;
use shared::state::{Method, Status};
use std::collections::BTreeSet;
use std::path::Path;

fn table(folder: &Path, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn everything(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            everything(&entry, found);
        } else {
            found.push_str(&std::fs::read_to_string(&entry).unwrap());
        }
    }
}

#[test]
fn everything_can_be_taken_away_and_contacts_only_when_asked_for() {
    let (mut world, _server, place, storage) = world();
    write_marks(&mut world, 0);
    let first = world.session.people[0];
    // Two observers differ about one person.
    let absent = world.marks(0, &[first], Status::Absent, Method::Tap);
    world.second.deposit(&world.shard, absent).unwrap();

    let out = place.path().join("away");
    let manifest = export::run(&storage, &out, Contacts::Without).unwrap();
    let part = &manifest.shards[&world.shard];
    let folder = out.join(world.shard.as_str());
    for (name, rows) in &part.tables {
        assert_eq!(table(&folder, name).len() as u64, *rows, "{name}");
        let csv = std::fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
        assert!(csv.starts_with('\u{feff}'), "{name}");
        // No cell of this world has a line break.
        assert_eq!(csv.lines().count() as u64, rows + 1, "{name}");
    }
    let of = |name: &str| part.tables[name];
    assert_eq!((of("stations"), of("people"), of("sessions"), of("enrolments")), (6, 77, 2, 72));
    assert_eq!((of("marks"), of("log")), (37, part.head.seq));

    let attendance = table(&folder, "attendance");
    let first = first.to_string();
    let told = |person: &str, day: u64| {
        let row = attendance.iter().find(|row| row["person"] == person && row["day"] == day).unwrap();
        row["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!((told(&first, 0), told(&first, 1)), ("disputed".into(), "unmarked".into()));
    assert_eq!(told(&world.session.people[1].to_string(), 0), "present");

    // Whoever has the log can follow it: each record's chain is there, and the last is the head's.
    let log = table(&folder, "log");
    assert_eq!(log.last().unwrap()["chain"], part.head.chain.to_string());
    let verdicts: BTreeSet<&str> = log.iter().map(|row| row["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["admitted"].into());
    let pack = std::fs::read_to_string(out.join("programme.json")).unwrap();
    assert!(shared::programme::read(&pack).is_ok());

    let mut written = String::new();
    everything(&out, &mut written);
    assert!(written.contains("Person 1"), "names are in it");
    assert!(!written.contains("+996 000"), "no phone is");
    assert!(log.iter().all(|row| row.get("payload").is_none()));

    let with = place.path().join("with contacts");
    let manifest = export::run(&storage, &with, Contacts::With).unwrap();
    assert_eq!(manifest.shards[&world.shard].tables["contacts"], 77);
    let contacts = table(&with.join(world.shard.as_str()), "contacts");
    assert!(contacts.iter().any(|row| row["phone"] == "+996 000 000001"));
    let csv = std::fs::read_to_string(with.join(world.shard.as_str()).join("contacts.csv")).unwrap();
    assert!(csv.contains(",+996 000 000001,"), "a phone is no formula");

    let again = export::run(&storage, &out, Contacts::Without).unwrap_err().to_string();
    assert!(again.ends_with("is not empty"), "{again}");
}
