use super::super::read::{Options, read_all};
use super::super::sample::{programme, stations};
use super::*;

/// Checks a table with guessed columns; each row gives `shard: row` or its problems.
fn check(
    target: Target,
    csv: &str,
    adjust: impl Fn(&mut Mapping),
) -> Vec<Result<(String, ImportRow), Vec<RowProblem>>> {
    let records = read_all(csv.as_bytes(), Options::default()).expect("a table");
    let (header, rows) = records.split_first().expect("a header");
    let mut mapping = Mapping::guess(target, &header.cells);
    adjust(&mut mapping);
    assert_eq!(target.missing(&mapping), [], "{mapping:?}");
    let index = StationIndex::new(stations());
    let mut checker = Checker::new(&programme(), index, target, &mapping, header.cells.len());
    rows.iter().map(|r| checker.row(r).map(|(shard, row)| (shard.to_string(), row))).collect()
}

fn people(csv: &str) -> Vec<Result<(String, PersonRow), Vec<RowProblem>>> {
    let person = |row| match row {
        ImportRow::Person(row) => row,
        other => panic!("{other:?}"),
    };
    check(Target::People, csv, |_| {})
        .into_iter()
        .map(|r| r.map(|(shard, row)| (shard, person(row))))
        .collect()
}

/// Line, column and reason of every problem.
fn problems<T>(rows: Vec<Result<T, Vec<RowProblem>>>) -> Vec<(u32, Option<u32>, Reason)> {
    let all = rows.into_iter().filter_map(Result::err).flatten();
    all.map(|p| (p.line, p.column, p.reason)).collect()
}

#[test]
fn a_person_finds_shard_and_unit_through_the_station() {
    let rows = people(
        "name,station,role,seat,phone,language\n Асанова  Гүлнара,۰۰۰۱,PEC member,3,'+996 555 1,орусча\n",
    );
    let (shard, row) = rows[0].clone().expect("a person");
    assert_eq!((shard.as_str(), row.unit.as_str(), row.station.as_deref()), ("s1", "D11", Some("0001")));
    assert_eq!((row.name.as_str(), row.seat, row.phone.as_str()), ("Асанова Гүлнара", Some(3), "+996 555 1"));
    assert_eq!((row.role.as_str(), row.language.as_str()), ("pec-member", "ru"));
}

#[test]
fn a_commission_of_a_unit_needs_no_station() {
    let rows = people(
        "name,region,district,station,role\nA,Osh region,Alay,,REC member\nB,Osh region,,,REC member\n",
    );
    let units: Vec<String> = rows.into_iter().map(|r| r.expect("a person").1.unit.to_string()).collect();
    assert_eq!(units, ["D11", "R1"]);
}

#[test]
fn every_problem_of_a_row_is_listed_with_its_column() {
    let rows = people(
        "key,name,station,role,seat\n\
         1,,0009,PEC member,\n\
         2,B,0001,Queen,x\n\
         3,C,0007,PEC chair,\n\
         4,D\n\
         5,E,0001,PEC chair,1\n\
         5,F,0002,PEC chair,1\n\
         6,G,0001,PEC chair,1\n\
         7,Үс?нов,0001,PEC member,\n\
         8,\"H\"h,0001,PEC member,\n\
         2.12E+13,I,0001,PEC member,\n",
    );
    assert_eq!(
        problems(rows),
        [
            (2, Some(1), Reason::Missing),
            (2, Some(2), Reason::UnknownStation { suggestion: None }),
            (3, Some(4), Reason::BadNumber { min: 1, max: 999 }),
            (3, Some(3), Reason::UnknownRole),
            (
                4,
                Some(2),
                Reason::AmbiguousStation {
                    units: vec!["D12".parse().expect("a code"), "D21".parse().expect("a code")]
                }
            ),
            (5, None, Reason::Ragged { expected: 5, found: 2 }),
            (7, Some(0), Reason::Duplicate { first_line: 6 }),
            (8, Some(4), Reason::SeatTaken { first_line: 6 }),
            (9, Some(1), Reason::LostLetters),
            (10, None, Reason::StrayQuote),
            (11, Some(0), Reason::ShortenedNumber),
        ]
    );
}

#[test]
fn a_person_without_a_number_is_a_duplicate_by_name_station_and_role_across_spellings() {
    let rows = people(
        "name,station,role\nУсенов Айбек,0001,PEC member\nҮсөнов  АЙБЕК,0001,PEC member\nУсенов Айбек,0002,PEC member\n",
    );
    assert_eq!(problems(rows), []);
    let rows = people("name,station,role\nҮсөнов Айбек,0001,PEC member\nУСОНОВ айбек,0001,PEC member\n");
    assert_eq!(problems(rows), [(3, Some(0), Reason::Duplicate { first_line: 2 })]);
}

#[test]
fn a_role_may_be_fixed_for_the_file_and_values_mapped() {
    let rows = check(
        Target::People,
        "ФИО,УИК,Статус\nА,0001,\nБ,0001,Председатель\n",
        |mapping| {
            mapping.fixed.insert(Field::Role, "pec-member".into());
            let values = BTreeMap::from([("председатель ".to_owned(), "pec-chair".to_owned())]);
            mapping.values.insert(Field::Role, values);
        },
    );
    let roles: Vec<String> = rows
        .into_iter()
        .map(|r| match r.expect("a person").1 {
            ImportRow::Person(row) => row.role.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(roles, ["pec-member", "pec-chair"]);
}

#[test]
fn stations_keep_their_zeros_and_are_known_by_unit_and_code() {
    let rows = check(
        Target::Stations,
        "code,name,region,district,address,lat,lon\n\
         01.10,School,Osh region,Lenin,\"Str, 5\",41.5,73.25\n\
         01.10,School,Batken region,Lenin,,,\n\
         01.10,School 2,Batken region,Lenin,,,\n\
         2,X,Osh region,Alay,,73.1,41.2\n\
         3,X,Osh region,Alay,,41.2,\n\
         4,X,Osh region,Alay,,north,73\n\
         5,X,Atlantis,Alay,,,\n\
         6,X,,,,,\n",
        |_| {},
    );
    let Ok((shard, ImportRow::Station(row))) = &rows[0] else { panic!("{:?}", rows[0]) };
    assert_eq!((shard.as_str(), row.code.as_str(), row.address.as_str()), ("s1", "01.10", "Str, 5"));
    assert_eq!(row.at, Some(super::super::rows::Point { lat_e6: 41_500_000, lon_e6: 73_250_000 }));
    assert!(matches!(&rows[1], Ok((shard, _)) if shard == "s2"));
    assert_eq!(
        problems(rows),
        [
            (4, Some(0), Reason::Duplicate { first_line: 3 }),
            (5, Some(5), Reason::SwappedPoint),
            (6, Some(6), Reason::HalfPoint),
            (7, Some(5), Reason::BadCoordinate),
            (8, Some(3), Reason::UnknownUnit { suggestion: None }),
            (9, None, Reason::Missing),
        ]
    );
}

#[test]
fn rooms_and_trainers_are_checked_by_their_own_fields() {
    let rows = check(
        Target::Rooms,
        "room,district,capacity\nHall,Alay,40\nHall 2,Alay,36.0\nHall 3,Alay,0\nHall 4,Alay,\n",
        |_| {},
    );
    assert_eq!(
        problems(rows),
        [(4, Some(2), Reason::BadNumber { min: 1, max: 10_000 }), (5, Some(2), Reason::Missing)]
    );
    let rows = check(
        Target::Trainers,
        "name,unit,stage,already trained,language\nA,Osh region,pec,да,ky\nB,Osh region,PhD,perhaps,Klingon\nC,Nation,rec,no,\n",
        |_| {},
    );
    let Ok((_, ImportRow::Trainer(row))) = &rows[0] else { panic!("{:?}", rows[0]) };
    assert_eq!((row.stage.as_str(), row.qualified, row.language.as_str()), ("pec", Some(true), "ky"));
    let reasons: Vec<Reason> = problems(rows).into_iter().map(|(_, _, reason)| reason).collect();
    assert_eq!(
        reasons,
        [
            Reason::UnknownLanguage,
            Reason::NotYesNo,
            Reason::UnknownStage,
            Reason::UnitTooHigh { unit: "N".parse().expect("a code") }
        ]
    );
}
