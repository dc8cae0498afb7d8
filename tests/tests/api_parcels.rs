//! What waits on a device that cannot come online reaches the commission through another one, exactly once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on says where")]

use cascade_tests::server::Server;
use cascade_tests::world::{World, demo_server, small_world};
use shared::state::{Method, Outcome, Status};
use shared::sync::parcel::Parcel;
use shared::sync::{Verdict, Want};

fn world() -> (World, Server, tempfile::TempDir) {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    (small_world(&server).unwrap(), server, storage)
}

#[test]
fn a_parcel_brings_what_waits_on_one_tablet_through_another_and_nothing_counts_twice() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    world.lead.sync(&shard, Want::View).unwrap();
    let people = world.session.people.clone();
    let mut written = vec![];
    for (person, status) in people.iter().zip([Status::Present, Status::Absent, Status::Late]) {
        let body = world.marks(0, &[*person], status, Method::Tap);
        written.push(world.lead.write(&shard, &body).id);
    }
    let parcel = world.lead.parcel(&shard).unwrap();
    assert_eq!(parcel.records, 3);
    let said = serde_json::to_string(&parcel).unwrap();
    assert!(!said.contains(&world.session.id.to_string()), "a parcel is sealed");

    // Carried by a trainer who has nothing to do with the session, and brought twice.
    let reply = world.outsider.carry(&shard, &parcel).unwrap();
    assert_eq!(reply.device, world.lead.id);
    assert_eq!(reply.verdicts.iter().map(|v| v.0).collect::<Vec<_>>(), written);
    assert!(reply.verdicts.iter().all(|(_, v)| matches!(v, Verdict::Admitted { .. })), "{reply:?}");
    assert_eq!(reply.receipt.as_ref().map(|r| r.device), Some(world.lead.id));
    let again = world.second.carry(&shard, &parcel).unwrap();
    assert_eq!(again.verdicts, reply.verdicts);

    world.coordinator.sync(&shard, Want::View).unwrap();
    let (session, seen) = (world.session.id, world.coordinator.shown(&shard));
    assert_eq!(seen.outcome_of(session, 0, people[1]), Outcome::Known(Status::Absent));
    assert_eq!(seen.marks.len(), 3);

    // Its own device comes online later and hears the same.
    world.lead.sync(&shard, Want::View).unwrap();
    let own: Vec<_> = written.iter().map(|id| (*id, world.lead.verdict(&shard, *id).unwrap())).collect();
    assert_eq!(own, reply.verdicts);
    world.coordinator.sync(&shard, Want::View).unwrap();
    assert_eq!(world.coordinator.shown(&shard).marks.len(), 3);
}

#[test]
fn a_changed_parcel_or_one_in_anothers_name_is_refused() {
    let (mut world, _server, _storage) = world();
    let shard = world.shard.clone();
    world.lead.sync(&shard, Want::View).unwrap();
    let body = world.marks(0, &world.session.people[..1], Status::Present, Method::Tap);
    world.lead.write(&shard, &body);
    let good = world.lead.parcel(&shard).unwrap();
    let stranger = shared::id::DeviceId(5);
    let cases: [(&str, Parcel, &str); 5] = [
        ("another count", Parcel { records: 2, ..good.clone() }, "parcel-broken"),
        ("another device", Parcel { device: world.second.id, ..good.clone() }, "parcel-broken"),
        ("a device nobody knows", Parcel { device: stranger, ..good.clone() }, "parcel-of-unknown-device"),
        ("no signature", Parcel { signature: String::new(), ..good.clone() }, "parcel-broken"),
        ("a later format", Parcel { parcel: 2, ..good.clone() }, "protocol-not-spoken"),
    ];
    for (name, parcel, code) in cases {
        let refused = world.outsider.carry(&shard, &parcel).unwrap_err().to_string();
        assert!(refused.contains("400") && refused.contains(code), "{name}: {refused}");
    }
    world.outsider.carry(&shard, &good).unwrap();
    world.check_still_works().unwrap();
}
