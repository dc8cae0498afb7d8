use super::*;
use crate::event::{Body, Fact, Marks};
use crate::state::{Method, Status};
use crate::testing::World;
use crate::time::WallMs;

/// A log of one seed and five marks, as storage has it.
fn log() -> (World, Vec<StoredRow>) {
    let mut world = World::with_two_day_session(4);
    let mut device = world.device(0);
    for (n, person) in [0, 1, 2, 3, 0].into_iter().enumerate() {
        let status = if n % 2 == 0 { Status::Present } else { Status::Absent };
        let marks = Marks {
            session: world.session,
            day: 0,
            date: World::day("2021-03-10"),
            method: Method::Tap,
            people: vec![(world.people[person], Some(status))],
        };
        device.write(&Body::Fact(Fact::Mark(marks)), WallMs(world.now_ms));
        world.exchange(&mut device, 10, true);
        world.now_ms += 1;
    }
    let rows = world.log.iter().map(StoredRow::of).collect();
    (world, rows)
}

fn check(world: &World, rows: &[StoredRow], anchors: Vec<Anchor>) -> Vec<(u64, Fault)> {
    let mut checker = Checker::new(world.shard.id.clone(), None, anchors);
    rows.iter().for_each(|row| checker.row(row));
    checker.finish().findings.into_iter().map(|f| (f.seq, f.what)).collect()
}

fn anchor(head: Head) -> Anchor {
    Anchor { head, from: "a receipt".into() }
}

#[test]
fn a_log_as_it_was_written_is_sound_and_agrees_with_what_left_the_server() {
    let (world, rows) = log();
    let places = world.log.iter().map(|r| anchor(Head { seq: r.seq, chain: r.chain })).collect();
    assert_eq!(check(&world, &rows, places), []);
}

#[test]
fn a_change_of_any_column_is_found_at_its_place() {
    let (world, rows) = log();
    let other = Salt([9; 16]).to_string();
    let change = |name: &str, row: &mut StoredRow| match name {
        "id" => row.id = row.id.replace(".0", ".7"),
        "chain" => row.chain = Hash([9; 32]).to_string(),
        "payload" => row.payload = row.payload.take().map(|p| p.replace("absent", "present")),
        "no payload" => row.payload = None,
        "salt" => row.salt = Some(other.clone()),
        "no salt" => row.salt = None,
        "broken salt" => row.salt = Some("salt".into()),
        "effect" => row.effect = Some("[]".into()),
        "all gone" => (row.payload, row.salt) = (None, None),
        "broken head" => row.head.truncate(20),
        field => {
            let (field, new) = field.split_once('=').unwrap();
            let mut head: serde_json::Value = serde_json::from_str(&row.head).unwrap();
            let new = serde_json::from_str(new).unwrap();
            *field.split('/').fold(&mut head, |at, name| &mut at[name]) = new;
            row.head = head.to_string();
        }
    };
    for name in [
        "id",
        "chain",
        "payload",
        "no payload",
        "salt",
        "no salt",
        "broken salt",
        "effect",
        "all gone",
        "broken head",
        "seq=2",
        "event/id=\"000000000000000b.0000000000000000.9\"",
        "event/shard=\"kg-osh\"",
        "event/actor=\"0000000000000002\"",
        "event/wall=5",
        "event/offset=5",
        "event/seen=0",
        "event/kind=\"take\"",
        "event/version=2",
        "verdict={\"v\":\"held\",\"seq\":3}",
        "stamp=5",
        "server_ms=5",
        "salt=\"09090909090909090909090909090909\"",
        "digest=\"0909090909090909090909090909090909090909090909090909090909090909\"",
        "replaced=[1]",
    ] {
        let mut changed = rows.clone();
        change(name, &mut changed[2]);
        assert_ne!(changed, rows, "{name}: the test changes nothing");
        let found = check(&world, &changed, vec![]);
        if name.starts_with("salt=") {
            // The head's own salt is never read: the column is.
            assert_eq!(found, []);
            continue;
        }
        assert!(!found.is_empty(), "{name}");
        assert!(
            found.iter().all(|(seq, _)| *seq == 3 || (*seq == 4 && name == "broken head")),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn a_row_that_was_removed_moved_or_slipped_in_is_found() {
    let (world, rows) = log();
    let mut removed = rows.clone();
    removed.remove(3);
    assert_eq!(check(&world, &removed, vec![]), [(4, Fault::Missing { last: 4 })]);

    let mut swapped = rows.clone();
    swapped.swap(3, 4);
    (swapped[3].seq, swapped[4].seq) = (4, 5);
    let found: BTreeSet<u64> = check(&world, &swapped, vec![]).iter().map(|(seq, _)| *seq).collect();
    assert_eq!(found, BTreeSet::from([4, 5, 6]));

    let mut slipped_in = rows.clone();
    let mut copy = rows[1].clone();
    copy.seq = 7;
    slipped_in.push(copy);
    let found = check(&world, &slipped_in, vec![]);
    assert!(found.contains(&(7, Fault::Chain)) && found.contains(&(7, Fault::RepeatedId)), "{found:?}");
}

#[test]
fn what_was_cut_off_at_the_end_is_found_by_a_receipt_alone() {
    let (world, mut rows) = log();
    let receipt = anchor(world.shard.head);
    rows.truncate(4);
    assert_eq!(check(&world, &rows, vec![]), []);
    assert_eq!(check(&world, &rows, vec![receipt]), [(6, Fault::EndsBefore { from: "a receipt".into() })]);
}

#[test]
fn a_log_chained_anew_after_a_forgery_is_found_by_a_receipt_alone() {
    let (world, rows) = log();
    let mut forged: Vec<Record> = world.log.clone();
    forged[2].event.actor = crate::id::AccountId(2);
    let mut previous = Hash::default();
    for record in &mut forged {
        record.chain = chain(&previous, record);
        previous = record.chain;
    }
    let forged: Vec<StoredRow> = forged.iter().map(StoredRow::of).collect();
    assert_ne!(forged, rows);
    assert_eq!(check(&world, &forged, vec![]), []);
    let before = anchor(Head { seq: 2, chain: world.log[1].chain });
    let after = anchor(world.shard.head);
    let found = check(&world, &forged, vec![before, after]);
    assert_eq!(found, [(6, Fault::Differs { from: "a receipt".into() })]);
}

#[test]
fn what_is_gone_needs_an_erasure_that_names_it() {
    let (world, rows) = log();
    let mut gone = rows.clone();
    (gone[2].payload, gone[2].salt) = (None, None);
    assert_eq!(check(&world, &gone, vec![]), [(3, Fault::GoneWithoutErasure)]);
}
