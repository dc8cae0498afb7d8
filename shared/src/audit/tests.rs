use super::*;
use crate::event::{Body, Fact, Marks};
use crate::grant::Account;
use crate::state::{Contact, Method, Status};
use crate::testing::World;
use crate::time::WallMs;

fn mark(world: &World, status: Status) -> Body {
    Body::Fact(Fact::Mark(Marks {
        session: world.session,
        day: 0,
        date: World::day("2021-03-10"),
        method: Method::Tap,
        people: vec![(world.people[0], Some(status))],
    }))
}

/// The line of a record, as the server makes it.
fn line(world: &World, seq: u64, contacts: bool) -> LogLine {
    let reader =
        Reader { state: &world.shard.state, accounts: &world.access.accounts, contacts, most: MAX_CHANGES };
    let record = world.log.iter().find(|r| r.seq == seq).unwrap();
    let mut held = BTreeMap::new();
    for (place, key) in reader.needs(record) {
        let found = world.log.iter().find(|r| r.seq == place).unwrap();
        let cell = effect_of(found).into_iter().find(|c| c.key() == key);
        held.extend(cell.map(|cell| ((place, key), cell)));
    }
    reader.line(record, &held)
}

#[test]
fn a_line_says_who_when_by_both_clocks_and_what_it_was_before_and_after() {
    let mut world = World::with_two_day_session(2);
    let account: &mut Account = world.access.accounts.get_mut(&world.accounts[0]).unwrap();
    account.name = "Gulnara".into();
    let mut device = world.device(0);
    for status in [Status::Present, Status::Absent] {
        world.now_ms += 60_000;
        device.write(&mark(&world, status), WallMs(world.now_ms - 3_600_000));
        world.exchange(&mut device, 10, true);
    }
    let line = line(&world, 3, false);
    assert_eq!((&*line.who, &*line.kind, line.server_ms), ("Gulnara", "mark", world.now_ms));
    assert_eq!(line.wall_ms, world.now_ms - 3_600_000);
    let status = line.changes.iter().find(|c| c.field == "status").unwrap();
    assert_eq!(
        (&status.before, &status.after),
        (&Side::Text("present".into()), &Side::Text("absent".into()))
    );
    let person = format!("Person {}", world.people[0].0);
    assert!(status.of.contains(&("person".into(), person)), "{:?}", status.of);
    assert_eq!(line.changes.len(), 1, "only what changed: {:?}", line.changes);
}

#[test]
fn a_write_that_came_too_late_to_change_anything_says_so() {
    let mut world = World::with_two_day_session(2);
    let (person, key) = (world.people[0], crate::state::CellKey::Name(world.people[0]));
    let card = world.shard.state.names[&person].value.clone();
    let row = |stamp| {
        crate::state::Row::new(crate::time::Stamp(stamp), 9, DeviceId(1), Cell::Name(person, card.clone()))
    };
    let seq = world.shard.state.version(&key).unwrap().1 as i64;
    assert_eq!(replaced(&world.shard.state, &[row(0), row(world.now_ms)]), [-seq, seq]);
    world.now_ms += 1;
}

#[test]
fn numbers_are_shown_to_those_alone_who_may_see_them() {
    let mut world = World::with_two_day_session(2);
    for phone in ["0700 111", "0700 222"] {
        world.now_ms += 1;
        let contact = Contact { key: "1010".into(), phone: phone.into() };
        world.seed(vec![Cell::Contact(world.people[0], contact)]);
    }
    let open = serde_json::to_string(&line(&world, 3, true)).unwrap();
    let masked = serde_json::to_string(&line(&world, 3, false)).unwrap();
    assert!(open.contains("0700 222"), "{open}");
    assert!(!masked.contains("0700") && !masked.contains("1010") && masked.contains("masked"), "{masked}");
}

#[test]
fn a_clock_is_off_when_the_device_knew_so_or_wrote_in_the_future() {
    let ten = CLOCK_OFF_MS;
    for (wall, offset, server, ahead) in [
        (1_000_000, 0, 1_000_000, 0),
        // Written offline and sent hours later: no fault of the clock.
        (1_000_000, 5, 90_000_000, -5),
        (1_000_000, 0, 90_000_000, 0),
        (90_000_000, 0, 1_000_000, 89_000_000),
        (1_000_000, -2 * ten, 1_000_000, 2 * ten),
        (1_000_000, 2 * ten, 90_000_000, -2 * ten),
    ] {
        assert_eq!(clock_ahead_ms(wall, offset, server), ahead, "{wall} {offset} {server}");
    }
}

#[test]
fn a_query_reads_back_what_it_writes_and_names_what_it_cannot_read() {
    let query = Query {
        before: Some(9),
        limit: Some(5),
        account: Some(AccountId(3)),
        person: Some(PersonId(4)),
        session: Some(SessionId(5)),
        kind: Some("mark".into()),
        clock_off: true,
        ..Query::default()
    };
    assert_eq!(Query::read(&query.write()), Ok(query));
    assert_eq!(Query::read(""), Ok(Query::default()));
    assert_eq!(Query::read("person=x"), Err("person"));
    assert_eq!(Query::read("kind=x/../../log-with-contacts/"), Err("kind"));
}
