use super::*;
use crate::grant::Access;
use crate::id::{AccountId, DeviceId, ImportId};
use crate::state::Row;
use crate::time::{Day, Stamp};

struct Desk {
    state: ShardState,
    seq: u64,
}

impl Desk {
    fn new() -> Self {
        Self { state: ShardState::default(), seq: 0 }
    }

    fn import(&mut self, import: u64, target: Target, rows: Vec<ImportRow>) -> ImportNote {
        let part = ImportPart { import: ImportId(import), target, part: 0, rows: (2..).zip(rows).collect() };
        let shard = "kg-naryn".parse().unwrap();
        let access = Access::default();
        let asked = Asked {
            by: AccountId(1),
            tablet: "t",
            grants: &[],
            access: &access,
            today: Day(0),
            shard: &shard,
        };
        let cells = decide(&self.state, &crate::testing::programme(), &part, &asked).unwrap();
        self.seq += 1;
        let mut note = None;
        for cell in cells {
            if let Cell::Import(_, said) = &cell {
                note = Some(said.clone());
            }
            let (stamp, seq) = (Stamp(self.seq as i64), self.seq);
            assert!(
                self.state.put(Row::new(stamp, seq, DeviceId(1), cell)),
                "one record writes a register once"
            );
        }
        note.unwrap()
    }

    fn counts(note: &ImportNote) -> (u32, u32, u32, usize) {
        (note.added, note.changed, note.unchanged, note.problems.len())
    }
}

fn station(code: &str, unit: &str) -> ImportRow {
    let (name, address) = (format!("School {code}"), String::new());
    ImportRow::Station(StationRow { code: code.into(), name, unit: unit.parse().unwrap(), address, at: None })
}

fn member(key: &str, name: &str, station: &str, seat: Option<u16>) -> PersonRow {
    PersonRow {
        key: key.into(),
        name: name.into(),
        name_other: String::new(),
        station: Some(station.into()),
        unit: "at-bashy".parse().unwrap(),
        role: "pec-member".parse().unwrap(),
        seat,
        phone: String::new(),
        language: String::new(),
    }
}

fn people(rows: &[PersonRow]) -> Vec<ImportRow> {
    rows.iter().cloned().map(ImportRow::Person).collect()
}

fn desk_with_people() -> (Desk, Vec<PersonRow>) {
    let mut desk = Desk::new();
    desk.import(1, Target::Stations, vec![station("0101", "at-bashy"), station("0102", "at-bashy")]);
    let rows = vec![
        member("11", "Asan Usonov", "0101", None),
        member("12", "Bermet Alieva", "0101", None),
        member("", "Cholpon Isaeva", "0102", None),
    ];
    assert_eq!(Desk::counts(&desk.import(2, Target::People, people(&rows))), (3, 0, 0, 0));
    (desk, rows)
}

#[test]
fn importing_the_same_file_again_changes_nothing() {
    let (mut desk, rows) = desk_with_people();
    let before = desk.state.clone();
    assert_eq!(Desk::counts(&desk.import(3, Target::People, people(&rows))), (0, 0, 3, 0));
    assert_eq!((&before.names, &before.holders), (&desk.state.names, &desk.state.holders));
}

#[test]
fn a_corrected_telephone_changes_exactly_that_row() {
    let (mut desk, mut rows) = desk_with_people();
    let before = desk.state.clone();
    rows[1].phone = "+996 000 1".into();
    assert_eq!(Desk::counts(&desk.import(3, Target::People, people(&rows))), (0, 1, 2, 0));
    let differ = desk.state.contacts.iter().filter(|(id, c)| before.contacts.get(id) != Some(c)).count();
    assert_eq!((differ, &desk.state.names), (1, &before.names));
}

#[test]
fn a_row_without_a_seat_takes_the_stations_next_free_one() {
    let (mut desk, _) = desk_with_people();
    desk.import(3, Target::People, people(&[member("13", "Daniyar Osmonov", "0101", None)]));
    let seats: Vec<u16> = desk
        .state
        .holders
        .iter()
        .filter(|(seat, _)| matches!(seat.place, Place::Station(id) if desk.state.stations[&id].value.code == "0101"))
        .map(|(seat, _)| seat.n)
        .collect();
    assert_eq!(seats, [1, 2, 3]);
}

#[test]
fn two_people_may_change_places() {
    let (mut desk, mut rows) = desk_with_people();
    (rows[0].seat, rows[1].seat) = (Some(2), Some(1));
    assert_eq!(Desk::counts(&desk.import(3, Target::People, people(&rows[..2]))), (0, 2, 0, 0));
    let name_in = |n: u16| {
        let seat = desk.state.holders.iter().find(|(s, h)| {
            s.n == n && h.value.is_some_and(|p| desk.state.contacts[&p].value.key.starts_with('1'))
        });
        seat.and_then(|(_, h)| h.value).map(|p| desk.state.names[&p].value.name.clone())
    };
    assert_eq!((name_in(1), name_in(2)), (Some("Bermet Alieva".into()), Some("Asan Usonov".into())));
}

#[test]
fn a_bad_row_costs_that_row_alone() {
    let (mut desk, _) = desk_with_people();
    let mut elsewhere = member("14", "Elnura", "0101", None);
    elsewhere.unit = "KG".parse().unwrap();
    let rows = [elsewhere, member("15", "Farida", "9999", None), member("16", "Gulnara", "0102", None)];
    let note = desk.import(3, Target::People, people(&rows));
    assert_eq!(Desk::counts(&note), (1, 0, 0, 2));
    assert_eq!(note.problems, [(2, "other-shard".into()), (3, "unknown-station".into())]);
}

#[test]
fn a_member_of_a_commission_who_trains_is_one_person() {
    let mut desk = Desk::new();
    let mut row = member("21", "Nurlan Toktogulov", "", None);
    (row.station, row.role) = (None, "rec-member".parse().unwrap());
    desk.import(1, Target::People, people(&[row]));
    let trainer = |stage: &str| {
        ImportRow::Trainer(TrainerRow {
            key: "21".into(),
            name: "Nurlan Toktogulov".into(),
            name_other: String::new(),
            unit: "at-bashy".parse().unwrap(),
            stage: stage.parse().unwrap(),
            phone: "+996 000 2".into(),
            language: String::new(),
            qualified: None,
        })
    };
    let note = desk.import(2, Target::Trainers, vec![trainer("pec"), trainer("rec"), trainer("nope")]);
    assert_eq!(Desk::counts(&note), (2, 0, 0, 1));
    assert_eq!((desk.state.names.len(), desk.state.trainers.len()), (1, 2));
    let note = desk.import(3, Target::Trainers, vec![trainer("pec"), trainer("rec")]);
    assert_eq!(Desk::counts(&note), (0, 0, 2, 0));
}

#[test]
fn a_trainer_of_two_stages_in_one_file_is_one_person() {
    for key in ["31", ""] {
        let mut desk = Desk::new();
        let trainer = |stage: &str| {
            ImportRow::Trainer(TrainerRow {
                key: key.into(),
                name: "Kanykei Sydykova".into(),
                name_other: String::new(),
                unit: "at-bashy".parse().unwrap(),
                stage: stage.parse().unwrap(),
                phone: String::new(),
                language: String::new(),
                qualified: Some(true),
            })
        };
        desk.import(1, Target::Trainers, vec![trainer("pec"), trainer("rec")]);
        assert_eq!((desk.state.names.len(), desk.state.trainers.len()), (1, 2), "key {key:?}");
    }
}
