//! The whole way of a record on a real server: joined, imported, planned, published, marked, counted.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::world::{GROUP, demo_server, small_world};
use shared::state::{Method, Status};
use shared::sync::{Verdict, Want};

#[test]
fn what_trainers_mark_is_what_headquarters_counts() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let mut world = small_world(&server).unwrap();
    let shard = world.shard.clone();
    assert_eq!(world.session.people.len(), GROUP);
    let planned = world.counts().unwrap();
    assert_eq!((planned.planned, planned.invited, planned.present), (72, 72, 0));

    world.lead.sync(&shard, Want::View).unwrap();
    let shown = world.lead.shown(&shard);
    assert_eq!(shown.sessions.keys().copied().collect::<Vec<_>>(), [world.session.id]);
    assert_eq!(shown.names.len(), GROUP + world.session.trainers.len());
    assert!(shown.contacts.is_empty());

    let people = world.session.people.clone();
    for day in 0..2 {
        let body = world.marks(day, &people, Status::Present, Method::Everyone);
        world.lead.write(&shard, &body);
    }
    world.lead.sync(&shard, Want::View).unwrap();
    assert!(world.lead.client(&shard).pending().is_empty());
    let counted = world.counts().unwrap();
    assert_eq!((counted.present, counted.completed, counted.disputed), (36, 36, 0));
    assert_eq!((counted.attendances, counted.held), (72, 1));

    // "Everyone" is no contradiction of an individual mark; two individual ones that differ are.
    let tapped = world.marks(0, &people[..2], Status::Present, Method::Tap);
    let absent = world.marks(0, &people[..2], Status::Absent, Method::Tap);
    let of_lead = world.lead.deposit(&shard, tapped).unwrap();
    let of_second = world.second.deposit(&shard, absent).unwrap();
    assert!(matches!((of_lead, of_second), (Verdict::Admitted { .. }, Verdict::Admitted { .. })));
    let counted = world.counts().unwrap();
    assert_eq!((counted.completed, counted.disputed), (34, 2));
    world.check_still_works().unwrap();
}
