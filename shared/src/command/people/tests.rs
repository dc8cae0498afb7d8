use super::*;
use crate::event::Body;
use crate::id::{PersonId, StationId};
use crate::state::StationCard;
use crate::sync::Verdict;
use crate::testing::World;
use crate::time::WallMs;

const STATION: StationId = StationId(77);

fn seat(n: u16) -> Seat {
    Seat { place: Place::Station(STATION), role: "pec-member".parse().unwrap(), n }
}

/// A world in which the first person holds a seat of a station, and a newcomer holds none.
fn world() -> (World, PersonId) {
    let mut world = World::with_two_day_session(2);
    let unit = "at-bashy".parse().unwrap();
    let station =
        StationCard { code: "1".into(), name: "School".into(), unit, address: String::new(), at: None };
    let newcomer = PersonId(4_000);
    let name = PersonName { name: "New".into(), other: String::new(), language: String::new() };
    world.seed(vec![
        Cell::Station(STATION, station),
        Cell::Name(newcomer, name),
        Cell::Holder(seat(1), Some(world.people[0])),
        Cell::Holder(seat(2), Some(world.people[1])),
    ]);
    (world, newcomer)
}

fn see(world: &mut World, out: Option<PersonId>, into: PersonId) {
    let mut device = world.device(0);
    let seen = ReplacementSeen { session: world.session, seat: seat(1), out, into, reason: "ill".into() };
    // Written long ago by its clock: the appointment is of the time at which the shard learned of it.
    device.write(&Body::Fact(Fact::ReplacementSeen(seen)), WallMs(world.now_ms - 86_400_000));
    world.exchange(&mut device, 10, true);
    assert!(matches!(device.kept()[0].verdict, Verdict::Admitted { .. }), "{:?}", device.kept()[0].verdict);
}

#[test]
fn a_replacement_beyond_doubt_becomes_an_appointment_and_any_other_waits_for_the_coordinator() {
    type Case = (&'static str, fn(&World, PersonId) -> (Option<PersonId>, PersonId), bool);
    let cases: [Case; 3] = [
        ("the holder is still the one who was replaced", |w, new| (Some(w.people[0]), new), true),
        ("somebody else holds the seat by now", |w, new| (Some(w.people[1]), new), false),
        ("who came holds another seat", |w, _| (Some(w.people[0]), w.people[1]), false),
    ];
    for (name, who, appointed) in cases {
        let (mut world, newcomer) = world();
        let (out, into) = who(&world, newcomer);
        see(&mut world, out, into);
        let holder = world.shard.state.holders[&seat(1)].value;
        assert_eq!(holder == Some(into), appointed, "{name}");
        assert_eq!(open_replacements(&world.shard.state).is_empty(), appointed, "{name}");
    }
}

#[test]
fn an_appointment_needs_the_seat_as_it_was_looked_at_and_a_person_without_another() {
    let (world, newcomer) = world();
    let state = &world.shard.state;
    let looked_at = state.holders[&seat(1)].seq;
    let ask = |n, person, based_on| {
        appoint(state, &world.programme, &Appoint { seat: seat(n), person, based_on })
            .map(|cells| cells.len())
    };
    assert_eq!(ask(1, Some(newcomer), looked_at), Ok(1));
    assert_eq!(ask(1, None, looked_at), Ok(1));
    assert_eq!(ask(1, Some(newcomer), looked_at - 1), Err(Rejection::Stale));
    assert_eq!(ask(1, Some(world.people[1]), looked_at), Err(Rejection::HoldsAnotherSeat));
    assert_eq!(ask(1, Some(PersonId(5)), looked_at), Err(unknown("person")));
    assert_eq!(ask(4, Some(newcomer), 0), Err(unknown("seat")));
}
