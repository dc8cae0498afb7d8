//! Backup and restore killed in the middle, by SIGKILL, later and later.
//!
//! Needs what `cargo xtask build` makes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

mod rig;

use cascade_ops::manifest::Manifest;
use cascade_ops::restore::Part;
use cascade_ops::{backup, restore};
use cascade_tests::server::Server;
use rig::{ids_in, once_each, world, write_marks};
use shared::sync::Want;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The command, as a process that can be killed.
fn spawn(words: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cascade-ops"));
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Kills the command later and later, until it once ends by itself; after each kill `check` looks at what is left.
fn kill_later_and_later(words: &[&str], mut check: impl FnMut(bool)) {
    let mut after = Duration::from_millis(2);
    let mut killed = 0;
    loop {
        let mut child = spawn(words);
        let deadline = Instant::now() + after;
        let ended = loop {
            if let Some(status) = child.try_wait().unwrap() {
                let mut said = String::new();
                std::io::Read::read_to_string(child.stderr.as_mut().unwrap(), &mut said).unwrap();
                assert!(status.success(), "{said}");
                break true;
            }
            if Instant::now() >= deadline {
                child.kill().unwrap();
                child.wait().unwrap();
                break false;
            }
            std::thread::yield_now();
        };
        check(ended);
        if ended {
            assert!(killed > 0, "nothing was killed in the middle");
            return;
        }
        killed += 1;
        after = after * 3 / 2;
    }
}

fn ops_words<'a>(what: &'a str, storage: &'a Path, named: &'a str, file: &'a Path) -> [&'a str; 5] {
    [what, "--storage", storage.to_str().unwrap(), named, file.to_str().unwrap()]
}

#[test]
fn a_backup_that_is_killed_leaves_the_last_one_whole() {
    let (mut world, server, place, storage) = world();
    let (file, aside) = (place.path().join("one.cascade"), place.path().join("aside"));
    let first = backup::run(&storage, &file).unwrap();
    write_marks(&mut world, 0);
    let read = |n: usize| -> Manifest {
        let manifest = backup::unpack(&file, &aside.join(n.to_string())).unwrap();
        std::fs::remove_dir_all(&aside).unwrap();
        manifest
    };
    let mut n = 0;
    kill_later_and_later(&ops_words("backup", &storage, "--out", &file), |ended| {
        n += 1;
        let held = read(n);
        // The kill may have come after the last step.
        assert!(if ended { held != first } else { held == first || held.records() > first.records() });
    });
    let names = std::fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().file_name());
    let names: BTreeSet<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["one.cascade", "storage"].map(str::to_owned).into(), "nothing is left lying about");
    drop(server);
}

#[test]
fn a_restore_that_is_killed_leaves_all_of_the_old_or_all_of_the_new() {
    let (mut world, server, place, storage) = world();
    let shard = world.shard.clone();
    let file = place.path().join("one.cascade");
    let manifest = backup::run(&storage, &file).unwrap();
    let old = write_marks(&mut world, 0);
    let words = ops_words("restore", &storage, "--from", &file);

    // A folder in use is refused, by name.
    let refused = restore::run(&storage, &file, Part::Everything).unwrap_err().to_string();
    assert!(refused.contains("is in use by a server (process "), "{refused}");
    let options = server.options().clone();
    server.stop().unwrap();

    let of_shard = |manifest: &Manifest| {
        manifest.objects.iter().find(|line| line.shard.as_ref() == Some(&shard)).unwrap().head.seq as usize
    };
    let (new_records, old_records) = (of_shard(&manifest), of_shard(&manifest) + old.len());
    let mut was_new = false;
    kill_later_and_later(&words, |ended| {
        let records = ids_in(&storage, &shard).len();
        assert!(
            records == new_records || (records == old_records && !was_new && !ended),
            "{records} records"
        );
        was_new |= records == new_records;
    });
    assert!(was_new);
    let unfinished = std::fs::read_dir(&storage).unwrap().map(|e| e.unwrap().file_name());
    let unfinished = unfinished.filter(|name| name.to_string_lossy().contains("unfinished")).count();
    assert_eq!(unfinished, 0, "what a killed restore left is cleaned away by the next");

    let server = Server::start(options).unwrap();
    world.lead.sync(&shard, Want::View).unwrap();
    once_each(&storage, &shard, &old);
    drop(server);
}
