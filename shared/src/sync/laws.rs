//! The laws of records, by property tests over small worlds built in [`crate::testing`].

use super::client::{Client, Stored};
use super::server::Shard;
use super::view::View;
use super::{Head, Verdict, Want};
use crate::event::{Body, Fact, Marks};
use crate::id::RunId;
use crate::state::{Method, ShardState, Status};
use crate::testing::World;
use crate::time::{Day, Stamp, WallMs};
use proptest::prelude::*;

/// One thing a device does in a random story.
#[derive(Clone, Debug)]
enum Step {
    Mark { device: usize, day: u8, person: usize, status: usize },
    Sync { device: usize },
    LoseReply { device: usize },
    Repeat { device: usize },
    Reload { device: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..5usize, 0..3usize, 0..2u8, 0..6usize, 0..4usize).prop_map(
        |(kind, device, day, person, status)| match kind {
            0 | 1 => Step::Mark { device, day, person, status },
            2 => Step::Sync { device },
            3 => Step::LoseReply { device },
            _ if status % 2 == 0 => Step::Repeat { device },
            _ => Step::Reload { device },
        },
    );
    prop::collection::vec(step, 1..60)
}

/// Tells a story and returns the world with its devices, every queue emptied.
fn tell(story: &[Step], clocks: [i64; 3], events_a_request: usize) -> (World, Vec<Client>) {
    let mut world = World::with_two_day_session(6);
    let mut devices: Vec<Client> = (0..3).map(|n| world.device(n)).collect();
    let mut runs = 100;
    for step in story {
        world.now_ms += 1_000;
        match *step {
            Step::Mark { device, day, person, status } => {
                let marks = Marks {
                    session: world.session,
                    day,
                    date: Day(18_700 + i32::from(day)),
                    method: Method::Tap,
                    people: vec![(world.people[person], Some(Status::ALL[status]))],
                };
                let wall = WallMs(world.now_ms + clocks[device]);
                devices[device].write(&Body::Fact(Fact::Mark(marks)), wall);
            }
            Step::Sync { device } => world.exchange(&mut devices[device], events_a_request, false),
            Step::LoseReply { device } => {
                world.answer(&devices[device].request(Want::View), device);
            }
            Step::Repeat { device } => {
                let request = devices[device].request(Want::View);
                world.answer(&request, device);
                let reply = world.answer(&request, device);
                devices[device].receive(reply, WallMs(world.now_ms));
            }
            Step::Reload { device } => {
                runs += 1;
                let old = &devices[device];
                let stored = Stored {
                    rows: old.confirmed().rows_after(None, |_, _| true).collect(),
                    place: old.place().clone(),
                    pending: old.pending().to_vec(),
                    kept: old.kept().to_vec(),
                };
                devices[device] = Client::open(
                    world.shard.id.clone(),
                    world.devices[device],
                    world.accounts[device],
                    RunId(runs),
                    stored,
                );
            }
        }
    }
    for device in &mut devices {
        world.exchange(device, events_a_request, true);
    }
    // Once more, so that each has seen what the others sent last.
    for device in &mut devices {
        world.exchange(device, events_a_request, true);
    }
    (world, devices)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_devices_confirmed_layer_is_the_shards_projection_and_no_mark_is_lost_or_doubled(
        story in steps(), clocks in prop::array::uniform3(-900_000_000_000i64..900_000_000_000), batch in 1usize..7,
    ) {
        let (world, devices) = tell(&story, clocks, batch);
        let written = devices.iter().map(|d| d.kept().len()).sum::<usize>();
        let in_log = world.log.iter().filter(|r| r.event.kind == "mark").count();
        prop_assert_eq!(written, in_log);
        for (n, device) in devices.iter().enumerate() {
            prop_assert!(device.pending().is_empty());
            let counted = |k: &super::client::Kept| matches!(k.verdict, Verdict::Admitted { .. });
            prop_assert!(device.kept().iter().all(counted));
            let view = View::of(&world.shard.state, &world.grants(n));
            let projection = view.project(&world.shard.state);
            prop_assert_eq!(device.confirmed().hash(), projection.hash());
            prop_assert_eq!(device.confirmed(), &projection);
            prop_assert_eq!(device.shown().hash(), projection.hash());
        }
    }

    #[test]
    fn ones_own_later_mark_beats_ones_own_earlier_mark_whatever_the_clock(
        story in steps(), clocks in prop::array::uniform3(-900_000_000_000i64..900_000_000_000),
    ) {
        let (world, _) = tell(&story, clocks, 3);
        for device in 0..3 {
            for (day, person) in (0..2u8).flat_map(|d| (0..6usize).map(move |p| (d, p))) {
                let last = story.iter().rev().find_map(|s| match *s {
                    Step::Mark { device: by, day: on, person: whom, status } if (by, on, whom) == (device, day, person) => Some(status),
                    _ => None,
                });
                let key = (world.session, day, world.people[person], world.devices[device]);
                let held = world.shard.state.marks.get(&key).and_then(|m| m.value.status);
                prop_assert_eq!(held, last.map(|s| Status::ALL[s]));
            }
        }
    }

    #[test]
    fn any_order_repetition_and_splitting_of_the_log_gives_the_same_state(
        story in steps(), clocks in prop::array::uniform3(-900_000_000_000i64..900_000_000_000),
        order in any::<prop::sample::Index>(), seed: u64,
    ) {
        let (world, _) = tell(&story, clocks, 3);
        let mut rows: Vec<_> = world
            .log
            .iter()
            .filter(|r| matches!(r.verdict, Verdict::Admitted { .. }))
            .flat_map(|r| super::server::effect_of(r).into_iter().map(|cell| crate::state::Row::new(r.stamp, r.seq, r.event.id.device, cell)))
            .collect();
        let again = rows.clone();
        rows.extend(again);
        let mut state = seed | 1;
        for at in (1..rows.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            rows.swap(at, (state >> 33) as usize % (at + 1));
        }
        let cut = order.index(rows.len() + 1);
        let mut folded = ShardState::default();
        let late = rows.split_off(cut);
        for row in late.into_iter().chain(rows) {
            folded.put(row);
        }
        prop_assert_eq!(folded.hash(), world.shard.state.hash());
    }

    #[test]
    fn loading_the_log_again_gives_the_same_shard(story in steps()) {
        let (world, _) = tell(&story, [0; 3], 4);
        let mut loaded = Shard::new(world.shard.id.clone());
        for record in &world.log {
            prop_assert_eq!(super::chain::chain(&loaded.head.chain, record), record.chain);
            loaded.fold(record);
        }
        prop_assert_eq!(loaded.state.hash(), world.shard.state.hash());
        prop_assert_eq!(loaded.head, world.shard.head);
    }
}

#[test]
fn a_known_id_with_other_content_gets_a_new_id_and_both_count() {
    let mut world = World::with_two_day_session(2);
    let mut one = world.device(0);
    let mut clone = world.device(0);
    for (device, status) in [(&mut one, Status::Present), (&mut clone, Status::Absent)] {
        let marks = Marks {
            session: world.session,
            day: 0,
            date: Day(1),
            method: Method::Tap,
            people: vec![(world.people[0], Some(status))],
        };
        device.write(&Body::Fact(Fact::Mark(marks)), WallMs(world.now_ms));
    }
    world.exchange(&mut one, 10, true);
    world.exchange(&mut clone, 10, true);
    assert_eq!(world.log.iter().filter(|r| r.event.kind == "mark").count(), 2);
    assert!(clone.pending().is_empty());
}

#[test]
fn a_server_restored_from_an_older_copy_gets_everything_again_in_order() {
    let mut world = World::with_two_day_session(3);
    let mut device = world.device(0);
    let before = (world.shard.clone(), world.log.clone());
    for person in 0..3 {
        let marks = Marks {
            session: world.session,
            day: 0,
            date: Day(1),
            method: Method::Tap,
            people: vec![(world.people[person], Some(Status::Late))],
        };
        device.write(&Body::Fact(Fact::Mark(marks)), WallMs(world.now_ms));
        world.exchange(&mut device, 10, true);
    }
    (world.shard, world.log) = before;
    assert_ne!(device.place().witness, Head::default());
    world.exchange(&mut device, 10, true);
    assert_eq!(world.log.iter().filter(|r| r.event.kind == "mark").count(), 3);
    let view = View::of(&world.shard.state, &world.grants(0));
    assert_eq!(device.confirmed(), &view.project(&world.shard.state));
}

#[test]
fn a_whole_view_comes_in_pages_and_replaces_the_old_one_at_the_last() {
    let mut world = World::with_two_day_session(super::MAX_PAGE_ROWS);
    let mut device = world.device(0);
    let first = world.answer(&device.request(Want::View), 0);
    assert!(first.page.as_ref().is_some_and(|p| p.first && p.next.is_some()));
    device.receive(first, WallMs(world.now_ms));
    assert!(device.is_staging() && device.confirmed().is_empty());
    world.exchange(&mut device, 10, true);
    let view = View::of(&world.shard.state, &world.grants(0));
    assert_eq!(device.confirmed(), &view.project(&world.shard.state));
}

fn mark(world: &World, person: usize, status: Status) -> Body {
    let people = vec![(world.people[person], Some(status))];
    Body::Fact(Fact::Mark(Marks {
        session: world.session,
        day: 0,
        date: Day(1),
        method: Method::Tap,
        people,
    }))
}

#[test]
fn a_slow_clock_never_costs_a_mark() {
    let mut world = World::with_two_day_session(2);
    world.access.grants.iter_mut().for_each(|g| g.from = Stamp(world.now_ms - 1_000));
    let mut device = world.device(0);
    let body = mark(&world, 0, Status::Present);
    device.write(&body, WallMs(world.now_ms - 70_000_000_000));
    world.exchange(&mut device, 10, true);
    assert!(matches!(device.kept()[0].verdict, Verdict::Admitted { .. }), "{:?}", device.kept()[0].verdict);
}

#[test]
fn a_restored_server_that_has_caught_up_still_sends_the_whole_view() {
    let mut world = World::with_two_day_session(2);
    let mut device = world.device(0);
    let (shard, log) = (world.shard.clone(), world.log.clone());
    let body = mark(&world, 0, Status::Present);
    device.write(&body, WallMs(world.now_ms));
    world.exchange(&mut device, 10, true);
    (world.shard, world.log) = (shard, log);
    // The device learns of the restore in an exchange that brings no rows.
    let reply = world.answer(&device.request(Want::Verdicts), 0);
    assert!(reply.forked);
    device.receive(reply, WallMs(world.now_ms));
    // Others write until the log is as long as it had been.
    let mut other = world.device(1);
    for person in [0, 1] {
        let body = mark(&world, person, Status::Late);
        other.write(&body, WallMs(world.now_ms));
        world.exchange(&mut other, 10, true);
    }
    world.exchange(&mut device, 10, true);
    let view = View::of(&world.shard.state, &world.grants(0));
    assert_eq!(device.confirmed(), &view.project(&world.shard.state));
}

#[test]
fn a_mark_in_a_session_that_is_not_back_yet_is_held_and_not_refused() {
    let mut world = World::with_two_day_session(2);
    let mut device = world.device(0);
    let mut body = mark(&world, 0, Status::Present);
    if let Body::Fact(Fact::Mark(marks)) = &mut body {
        marks.session = crate::id::SessionId(77);
    }
    device.write(&body, WallMs(world.now_ms));
    world.exchange(&mut device, 10, true);
    assert!(matches!(device.kept()[0].verdict, Verdict::Held { .. }), "{:?}", device.kept()[0].verdict);
}

#[test]
fn an_older_tablet_leaves_out_the_rows_of_a_later_versions_tables() {
    let mut world = World::with_two_day_session(2);
    let reply = world.answer(&world.device(0).request(Want::View), 0);
    let mut wire = serde_json::to_value(&reply).unwrap();
    let rows = wire["page"]["rows"].as_array_mut().unwrap();
    let known = rows.len();
    rows.push(serde_json::json!({"t": 1, "q": 1, "d": "0000000000000001", "c": {"badge": ["x", "y"]}}));
    wire["verdicts"] =
        serde_json::json!([["0000000000000001.0000000000000002.7", {"v": "postponed", "until": 5}]]);
    let read: super::Reply = serde_json::from_str(&wire.to_string()).unwrap();
    assert_eq!(read.page.unwrap().rows.len(), known);
    assert_eq!(read.verdicts[0].1, Verdict::Newer);
}

#[test]
fn a_device_whose_rows_other_code_took_in_asks_for_the_whole_view() {
    let mut world = World::with_two_day_session(2);
    let mut device = world.device(0);
    world.exchange(&mut device, 10, true);
    let place = super::client::Place { tables: 0, ..device.place().clone() };
    let rows = device.confirmed().rows_after(None, |_, _| true).collect();
    let stored = Stored { rows, place, ..Stored::default() };
    let opened = Client::open(world.shard.id.clone(), world.devices[0], world.accounts[0], RunId(5), stored);
    assert_eq!((opened.request(Want::View).cursor, opened.request(Want::View).tag), (0, None));
    assert!(!opened.shown().is_empty(), "what was there is shown until then");
}

#[test]
fn an_answer_to_an_older_question_changes_nothing() {
    let mut world = World::with_two_day_session(3);
    let mut device = world.device(0);
    world.exchange(&mut device, 10, true);
    let body = mark(&world, 0, Status::Present);
    device.write(&body, WallMs(world.now_ms));
    let before = (world.shard.clone(), world.log.clone());
    let late = world.answer(&device.request(Want::View), 0);
    // The server is restored to before it; others write; the device hears of the new history.
    (world.shard, world.log) = before;
    let mut other = world.device(1);
    for person in [0, 1, 2] {
        let body = mark(&world, person, Status::Late);
        other.write(&body, WallMs(world.now_ms));
        world.exchange(&mut other, 10, true);
    }
    let request = super::Request { events: vec![], ..device.request(Want::View) };
    let reply = world.answer(&request, 0);
    device.receive(reply, WallMs(world.now_ms));
    let (place, shown) = (device.place().clone(), device.shown().hash());
    device.receive(late, WallMs(world.now_ms));
    assert_eq!((device.pending().len(), device.place(), device.shown().hash()), (1, &place, shown));
}

#[test]
fn what_was_written_before_a_right_ended_counts_although_a_decision_came_before_it() {
    let mut world = World::with_two_day_session(2);
    let mut device = world.device(0);
    world.exchange(&mut device, 10, true);
    let settle = crate::event::Resolve {
        session: world.session,
        day: 0,
        person: world.people[0],
        status: Status::Late,
        settles: vec![],
    };
    let decision = Body::Decision(crate::event::Decision::Resolve(settle));
    device.write(&decision, WallMs(world.now_ms));
    let body = mark(&world, 1, Status::Present);
    device.write(&body, WallMs(world.now_ms));
    world.now_ms += 60_000;
    world.access.grants[0].ended = Some((Stamp(world.now_ms - 1_000), crate::grant::Ending::Ordinary));
    world.exchange(&mut device, 10, true);
    assert!(matches!(device.kept()[1].verdict, Verdict::Admitted { .. }), "{:?}", device.kept()[1].verdict);
}

#[test]
fn what_was_written_after_an_event_whose_id_was_taken_does_not_overtake_it() {
    let mut world = World::with_two_day_session(2);
    let mut one = world.device(0);
    // A copy of a tablet with its page open draws the same ids.
    let mut copy = one.clone();
    let body = mark(&world, 1, Status::Present);
    copy.write(&body, WallMs(world.now_ms));
    world.exchange(&mut copy, 10, true);
    for status in [Status::Present, Status::Absent] {
        let body = mark(&world, 0, status);
        one.write(&body, WallMs(world.now_ms));
    }
    world.exchange(&mut one, 10, true);
    let key = (world.session, 0, world.people[0], world.devices[0]);
    assert_eq!(world.shard.state.marks[&key].value.status, Some(Status::Absent));
}
