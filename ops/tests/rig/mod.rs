//! The small world on a real server in a folder with room for backups beside it, and a look into its logs.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses what it needs; a test says where it cannot go on"
)]

use cascade_ops::{database, log, objects};
use cascade_tests::api::ApiDevice;
use cascade_tests::device::now_ms;
use cascade_tests::server::{Folder, Server};
use cascade_tests::world::{World, demo_server, small_world};
use shared::api::Health;
use shared::event::EventId;
use shared::grant::{Ending, Grant};
use shared::id::{AccountId, ShardId};
use shared::state::{Method, Status};
use shared::sync::Want;
use shared::time::Stamp;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The world on a folder with room for backups beside it.
pub fn world() -> (World, Server, TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let storage = place.path().join("storage");
    let server = demo_server(&storage).unwrap();
    // As `serve` makes a folder.
    Folder::found(&storage, true).unwrap();
    let world = small_world(&server).unwrap();
    (world, server, place, storage)
}

/// One mark an event, of every person of the session on a day.
pub fn write_marks(world: &mut World, day: u8) -> Vec<EventId> {
    let (shard, people) = (world.shard.clone(), world.session.people.clone());
    world.lead.sync(&shard, Want::View).unwrap();
    let mut written = vec![];
    for person in people {
        let body = world.marks(day, &[person], Status::Present, Method::Tap);
        written.push(world.lead.write(&shard, &body).id);
    }
    world.lead.sync(&shard, Want::View).unwrap();
    written
}

/// The ids in the log of a shard, as often as they are there.
pub fn ids_in(storage: &Path, shard: &ShardId) -> Vec<String> {
    let folder = objects::folder(storage);
    for object in objects::list(&folder).unwrap() {
        let connection = database::open(&object.path(&folder)).unwrap();
        if database::meta(&connection, "shard").unwrap().as_deref() == Some(shard.as_str()) {
            let mut ids = vec![];
            log::each(&connection, |stored| {
                ids.push(stored.id);
                Ok(())
            })
            .unwrap();
            return ids;
        }
    }
    panic!("no database of {shard}");
}

pub fn once_each(storage: &Path, shard: &ShardId, expected: &[EventId]) {
    let ids = ids_in(storage, shard);
    for id in expected {
        let times = ids.iter().filter(|held| **held == id.to_string()).count();
        assert_eq!(times, 1, "{id} is in the log {times} times");
    }
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id twice");
}

pub fn health(base_url: &str) -> Health {
    let api = ApiDevice::new(base_url).unwrap();
    let reply = api.get("/api/v1/health").unwrap();
    serde_json::from_slice(&reply.body).unwrap()
}

/// Ends a grant as a revocation does, straight in the registry of a stopped server.
pub fn revoke(storage: &Path, account: AccountId) {
    let folder = objects::folder(storage);
    let registry = objects::list(&folder).unwrap().pop().unwrap();
    let connection = database::open_own(&registry.path(&folder)).unwrap();
    let body: String = connection
        .query_row("SELECT body FROM grants WHERE account = ?1", [account.to_string()], |row| row.get(0))
        .unwrap();
    let mut grant: Grant = serde_json::from_str(&body).unwrap();
    grant.ended = Some((Stamp(now_ms()), Ending::Cause));
    let body = serde_json::to_string(&grant).unwrap();
    connection.execute("UPDATE grants SET body = ?1 WHERE id = ?2", [body, grant.id.to_string()]).unwrap();
    let version: u64 = database::meta(&connection, "version").unwrap().unwrap().parse().unwrap();
    database::put_meta(&connection, "version", &(version + 1).to_string()).unwrap();
}
