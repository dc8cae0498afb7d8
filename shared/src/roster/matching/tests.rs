use super::super::rows::{PersonRow, StationRow};
use super::super::sample::code;
use super::*;
use proptest::prelude::*;

fn person(key: &str, name: &str, station: &str, seat: Option<u16>) -> ImportRow {
    ImportRow::Person(PersonRow {
        key: key.into(),
        name: name.into(),
        name_other: String::new(),
        station: Some(station.into()),
        unit: code("D11"),
        role: "pec-member".parse().expect("a role"),
        seat,
        phone: String::new(),
        language: String::new(),
    })
}

fn with_phone(row: ImportRow, to: &str) -> ImportRow {
    match row {
        ImportRow::Person(row) => ImportRow::Person(PersonRow { phone: to.into(), ..row }),
        other => other,
    }
}

fn seat(row: &ImportRow) -> Option<u16> {
    match row {
        ImportRow::Person(row) => row.seat,
        _ => None,
    }
}

fn lined(rows: &[ImportRow]) -> Vec<(u32, ImportRow)> {
    (2..).zip(rows.iter().cloned()).collect()
}

/// What is there after an import into nothing.
fn imported(rows: &[ImportRow]) -> Vec<Existing<u64>> {
    let matched = Matcher::<u64>::new([]).batch(&lined(rows));
    let added = matched.into_iter().filter(|m| m.effect == Effect::Added);
    (0..).zip(added).map(|(id, m)| Existing { id, row: m.row }).collect()
}

fn effects(existing: Vec<Existing<u64>>, rows: &[ImportRow]) -> Vec<Effect<u64>> {
    Matcher::new(existing).batch(&lined(rows)).into_iter().map(|m| m.effect).collect()
}

#[test]
fn a_row_without_a_seat_takes_the_next_that_is_free_and_that_no_row_names() {
    let rows = [
        person("1", "A", "0001", None),
        person("2", "B", "0001", Some(1)),
        person("3", "C", "0001", None),
        person("4", "D", "0002", None),
    ];
    let seats: Vec<_> = Matcher::<u64>::new([]).batch(&lined(&rows)).iter().map(|m| seat(&m.row)).collect();
    assert_eq!(seats, [Some(2), Some(1), Some(3), Some(1)]);
}

#[test]
fn a_corrected_telephone_changes_exactly_that_row() {
    let rows = [person("", "Асанова Гүлнара", "0001", None), person("", "Жумабаев Эрлан", "0001", None)];
    let there = imported(&rows);
    let corrected = [rows[0].clone(), with_phone(rows[1].clone(), "+996 555")];
    assert_eq!(effects(there, &corrected), [Effect::Unchanged(0), Effect::Changed(1, vec![Field::Phone])]);
}

#[test]
fn a_blank_never_erases() {
    let there = imported(&[with_phone(person("1", "A", "0001", Some(4)), "555")]);
    assert_eq!(effects(there, &[person("1", "A", "0001", None)]), [Effect::Unchanged(0)]);
}

#[test]
fn a_number_that_comes_later_joins_and_another_number_does_not() {
    let there = imported(&[person("", "A B", "0001", None)]);
    assert_eq!(
        effects(there.clone(), &[person("7", "a b", "0001", None)]),
        [Effect::Changed(0, vec![Field::Key, Field::Name])]
    );
    let there = imported(&[person("1", "A B", "0001", None)]);
    assert_eq!(effects(there.clone(), &[person("7", "A B", "0001", None)]), [Effect::Added]);
    assert_eq!(effects(there, &[person("", "A B", "0001", None)]), [Effect::Unchanged(0)]);
}

#[test]
fn two_namesakes_are_not_guessed_between() {
    let there = imported(&[person("1", "A", "0001", None), person("2", "A", "0001", None)]);
    assert_eq!(effects(there, &[person("", "A", "0001", None)]), [Effect::Ambiguous(vec![0, 1])]);
}

#[test]
fn a_person_who_moves_takes_a_free_seat_there() {
    let there = imported(&[person("1", "A", "0001", None), person("2", "B", "0002", None)]);
    let matched = Matcher::new(there).batch(&lined(&[person("1", "A", "0002", None)]));
    assert_eq!(matched[0].effect, Effect::Changed(0, vec![Field::Station, Field::Seat]));
    assert_eq!(seat(&matched[0].row), Some(2));
}

#[test]
fn two_may_change_seats_but_nobody_is_pushed_off_one() {
    let there = imported(&[person("1", "A", "0001", Some(1)), person("2", "B", "0001", Some(2))]);
    let swap = [person("1", "A", "0001", Some(2)), person("2", "B", "0001", Some(1))];
    let changed = |id| Effect::Changed(id, vec![Field::Seat]);
    assert_eq!(effects(there.clone(), &swap), [changed(0), changed(1)]);
    let push = [person("1", "A", "0001", Some(2)), person("3", "C", "0001", Some(1))];
    assert_eq!(
        effects(there, &push),
        [Effect::SeatTaken { holder: Some(1) }, Effect::SeatTaken { holder: Some(0) }]
    );
}

#[test]
fn the_same_thing_twice_in_one_import_is_said() {
    let rows = [person("1", "A", "0001", None), person("1", "A", "0001", None)];
    assert_eq!(effects(vec![], &rows), [Effect::Added, Effect::Repeated { first_line: 2 }]);
}

#[test]
fn a_station_is_known_by_unit_and_code() {
    let station = |code: &str, name: &str| {
        let unit = super::super::sample::code("D11");
        let (code, name) = (code.to_owned(), name.to_owned());
        ImportRow::Station(StationRow { code, name, unit, address: String::new(), at: None })
    };
    let there = imported(&[station("01", "School")]);
    assert_eq!(
        effects(there, &[station("01", "Gymnasium"), station("1", "School")]),
        [Effect::Changed(0, vec![Field::Name]), Effect::Added]
    );
}

fn roster() -> impl Strategy<Value = Vec<ImportRow>> {
    let row = (0u8..12, "[AB]{1,2}", 1u8..4, proptest::option::of(1u16..5), "[12]{0,1}");
    proptest::collection::vec(row, 0..40).prop_map(|rows| {
        let row = |(key, name, station, seat, phone): (u8, String, u8, Option<u16>, String)| {
            let key = if key == 0 { String::new() } else { key.to_string() };
            with_phone(person(&key, &name, &station.to_string(), seat), &phone)
        };
        rows.into_iter().map(row).collect()
    })
}

proptest! {
    #[test]
    fn importing_the_same_rows_twice_changes_nothing(rows in roster()) {
        let first = Matcher::<u64>::new([]).batch(&lined(&rows));
        let taken: Vec<(ImportRow, ImportRow)> = rows.into_iter().zip(first)
            .filter(|(_, m)| m.effect == Effect::Added)
            .map(|(asked, m)| (asked, m.row))
            .collect();
        let there = (0..).zip(&taken).map(|(id, (_, row))| Existing { id, row: row.clone() }).collect();
        let again: Vec<ImportRow> = taken.into_iter().map(|(asked, _)| asked).collect();
        for effect in effects(there, &again) {
            let same = matches!(effect, Effect::Unchanged(_) | Effect::Ambiguous(_));
            prop_assert!(same, "{:?}", effect);
        }
    }

    #[test]
    fn no_seat_is_ever_held_twice(first in roster(), second in roster()) {
        let mut there: std::collections::BTreeMap<u64, ImportRow> = imported(&first).into_iter().map(|e| (e.id, e.row)).collect();
        let existing: Vec<Existing<u64>> = there.iter().map(|(id, row)| Existing { id: *id, row: row.clone() }).collect();
        for (id, m) in (1_000..).zip(Matcher::new(existing).batch(&lined(&second))) {
            match m.effect {
                Effect::Added => { there.insert(id, m.row); }
                Effect::Changed(known, _) => { there.insert(known, m.row); }
                _ => {}
            }
        }
        let mut seats = std::collections::BTreeSet::new();
        for row in there.values() {
            let ImportRow::Person(row) = row else { continue };
            prop_assert!(seats.insert((row.station.clone(), row.seat)), "{:?} is held twice", row);
        }
    }
}
