use super::super::sample::{code, programme, stations};
use super::*;

fn find(unit: &str, district: &str, region: &str) -> Result<String, Reason> {
    let index = UnitIndex::new(&programme());
    index.find(Asked { unit, district, region }).map(|u| u.code.to_string())
}

#[test]
fn a_unit_is_found_by_code_by_name_in_any_language_and_without_its_kind() {
    for (text, expected) in [
        ("D11", "D11"),
        ("d11", "D11"),
        ("Alay district", "D11"),
        ("АЛАЙСКИЙ  РАЙОН", "D11"),
        ("Алайский р-н", "D11"),
        ("alay", "D11"),
        ("г. Баткен", "D22"),
        ("Osh city", "D31"),
    ] {
        assert_eq!(find(text, "", ""), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn the_region_tells_districts_of_one_name_apart() {
    let candidates = vec![code("D12"), code("D21")];
    assert_eq!(find("", "Ленинский район", ""), Err(Reason::AmbiguousUnit { candidates }));
    assert_eq!(find("", "Ленинский район", "Баткенская обл."), Ok("D21".to_owned()));
    assert_eq!(find("", "Lenin", "Osh region"), Ok("D12".to_owned()));
    assert_eq!(find("", "", "Баткенская область"), Ok("R2".to_owned()));
}

#[test]
fn what_cannot_be_told_is_a_problem_and_never_a_guess() {
    assert_eq!(find("", "", ""), Err(Reason::Missing));
    assert_eq!(find("Atlantis", "", ""), Err(Reason::UnknownUnit { suggestion: None }));
    assert_eq!(find("Alai", "", ""), Err(Reason::UnknownUnit { suggestion: Some(code("D11")) }));
    assert_eq!(find("", "Alay", "Batken region"), Err(Reason::UnitElsewhere { unit: code("D11") }));
    // A region and one of its several districts share a name.
    assert_eq!(find("", "Batken", "Batken"), Ok("D22".to_owned()));
    assert!(matches!(find("Batken", "", ""), Err(Reason::AmbiguousUnit { .. })));
}

#[test]
fn a_station_code_of_two_districts_needs_its_unit() {
    let units = UnitIndex::new(&programme());
    let index = StationIndex::new(stations());
    let find = |station: &str, unit: Option<&str>| {
        let within = unit.and_then(|u| units.by_code(&code(u)));
        index.find(station, within, &units).map(|(c, u)| (c.to_owned(), u.code.to_string()))
    };
    assert_eq!(find("0001", None), Ok(("0001".into(), "D11".into())));
    assert_eq!(find("0007", None), Err(Reason::AmbiguousStation { units: vec![code("D12"), code("D21")] }));
    assert_eq!(find("0007", Some("R2")), Ok(("0007".into(), "D21".into())));
    assert_eq!(find("1", None), Err(Reason::UnknownStation { suggestion: Some("0001".into()) }));
    assert_eq!(find("0001", Some("R2")), Err(Reason::UnknownStation { suggestion: Some("0001".into()) }));
}
