//! The whole way of a record on a real server: joined, imported, planned, published, marked, counted.

use cascade_tests::world::{GROUP, World, demo_server, small_world};
use shared::api::Overview;
use shared::event::{Body, Fact, Marks};
use shared::id::PersonId;
use shared::state::{Method, Status};
use shared::sync::{Verdict, Want};
use shared::tally::Counts;

fn marks(world: &World, day: u8, people: &[PersonId], status: Status, method: Method) -> Body {
    Body::Fact(Fact::Mark(Marks {
        session: world.session.id,
        day,
        date: world.session.days[usize::from(day)],
        method,
        people: people.iter().map(|p| (*p, Some(status))).collect(),
    }))
}

fn pec(world: &mut World) -> Counts {
    let overview: Overview = world.hq.read("/api/v1/overview").unwrap();
    let tally = overview.shards.iter().find(|t| t.shard == world.shard).unwrap();
    *tally.stages.get(&"pec".parse().unwrap()).unwrap()
}

#[test]
fn what_trainers_mark_is_what_headquarters_counts() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let mut world = small_world(&server).unwrap();
    let shard = world.shard.clone();
    assert_eq!(world.session.people.len(), GROUP);
    let planned = pec(&mut world);
    assert_eq!((planned.planned, planned.invited, planned.present), (72, 72, 0));

    world.lead.sync(&shard, Want::View).unwrap();
    let shown = world.lead.shown(&shard);
    assert_eq!(shown.sessions.keys().copied().collect::<Vec<_>>(), [world.session.id]);
    assert_eq!(shown.names.len(), GROUP + world.session.trainers.len());
    assert!(shown.contacts.is_empty());

    let people = world.session.people.clone();
    for day in 0..2 {
        let body = marks(&world, day, &people, Status::Present, Method::Everyone);
        world.lead.write(&shard, &body);
    }
    world.lead.sync(&shard, Want::View).unwrap();
    assert!(world.lead.client(&shard).pending().is_empty());
    let counted = pec(&mut world);
    assert_eq!((counted.present, counted.completed, counted.disputed), (36, 36, 0));
    assert_eq!((counted.attendances, counted.held), (72, 1));

    // "Everyone" is no contradiction of an individual mark; two individual ones that differ are.
    let tapped = marks(&world, 0, &people[..2], Status::Present, Method::Tap);
    let absent = marks(&world, 0, &people[..2], Status::Absent, Method::Tap);
    let of_lead = world.lead.deposit(&shard, tapped).unwrap();
    let of_second = world.second.deposit(&shard, absent).unwrap();
    assert!(matches!((of_lead, of_second), (Verdict::Admitted { .. }, Verdict::Admitted { .. })));
    let counted = pec(&mut world);
    assert_eq!((counted.completed, counted.disputed), (34, 2));
}
