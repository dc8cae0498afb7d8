//! The demo roster: exact in size, the same on every machine, and enough to teach everyone.

use cascade_tests::roster::{Language, Roster, STATIONS, Seed, files, generate};
use shared::id::UnitCode;
use shared::programme::{Programme, Stage, read};
use std::collections::{BTreeMap, BTreeSet};

fn kyrgyzstan() -> Programme {
    let json = include_str!("../../programmes/kyrgyzstan-2021/programme.json");
    read(json).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn roster() -> (Programme, Roster) {
    let programme = kyrgyzstan();
    let roster = generate(&programme, Seed(2021)).unwrap_or_else(|e| panic!("{e}"));
    (programme, roster)
}

/// FNV-1a, which is the same everywhere.
fn hash(roster: &Roster, programme: &Programme) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in files(roster, programme, Language::English).iter().flat_map(|(_, text)| text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

#[test]
fn the_roster_is_of_true_size() {
    let (_, roster) = roster();
    assert_eq!(roster.stations.len(), STATIONS);
    assert_eq!(roster.members.len(), 31_150);
    assert_eq!(roster.commissioners.len(), 650);
    assert_eq!(roster.trainers.len(), 64);
}

#[test]
fn one_seed_makes_one_roster_and_another_seed_another() {
    let (programme, first) = roster();
    assert_eq!(hash(&first, &programme), 6_278_110_465_294_910_824, "the roster of seed 2021 changed");
    let other = generate(&programme, Seed(2022)).expect("a roster");
    assert_ne!(hash(&first, &programme), hash(&other, &programme));
}

#[test]
fn nothing_is_listed_twice() {
    let (_, roster) = roster();
    let people = roster.members.iter().map(|m| &m.person);
    let people = people.chain(roster.commissioners.iter().map(|c| &c.person));
    let keys: Vec<&str> = people.chain(roster.trainers.iter().map(|t| &t.person)).map(|p| &*p.key).collect();
    assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 31_150 + 650 + 64);
    assert!(keys.iter().all(|k| k.len() == 14 && k.starts_with('9')));
    let codes: BTreeSet<_> = roster.stations.iter().map(|s| &s.code).collect();
    assert_eq!(codes.len(), STATIONS);
    assert!(codes.iter().all(|c| c.len() == 4));
    assert_eq!(roster.rooms.iter().map(|r| &r.code).collect::<BTreeSet<_>>().len(), roster.rooms.len());
}

#[test]
fn everything_lies_in_a_unit_of_the_pack() {
    let (programme, roster) = roster();
    let units = roster.stations.iter().map(|s| &s.district);
    let units = units.chain(roster.rooms.iter().map(|r| &r.unit));
    let units = units.chain(roster.commissioners.iter().map(|c| &c.district));
    for code in units.chain(roster.trainers.iter().map(|t| &t.unit)) {
        assert!(programme.unit(code).is_some(), "{code}");
    }
    for station in &roster.stations {
        let unit = programme.unit(&station.district).expect("checked above");
        let (lat, lon) = ((station.lat - unit.lat).abs(), (station.lon - unit.lon).abs());
        assert!(lat < 1.0 && lon < 1.6, "{} lies {lat} by {lon} degrees from {}", station.code, unit.code);
    }
}

#[test]
fn every_station_has_a_chair_a_deputy_and_a_secretary_and_eleven_members_at_least() {
    let (_, roster) = roster();
    let mut roles_by_station: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for member in &roster.members {
        *roles_by_station.entry(&member.station).or_default().entry(member.role.as_str()).or_default() += 1;
    }
    assert_eq!(roles_by_station.len(), STATIONS);
    for (station, roles) in roles_by_station {
        for role in ["pec-chair", "pec-deputy", "pec-secretary"] {
            assert_eq!(roles.get(role), Some(&1), "{role} of {station}");
        }
        let all: usize = roles.values().sum();
        assert!((11..=17).contains(&all), "{station} has {all}");
    }
}

#[test]
fn several_stations_share_a_school() {
    let (_, roster) = roster();
    let buildings: BTreeSet<_> =
        roster.stations.iter().map(|s| (&s.address, &s.building, &s.district)).collect();
    assert!(buildings.len() < STATIONS * 4 / 5, "{} buildings", buildings.len());
}

/// Sessions that one trainer or room can take in a stage's window, slot after slot.
fn places_in_window(programme: &Programme, stage: &Stage) -> usize {
    let taught = programme.calendar.taught_days(stage.window).len();
    taught / usize::from(stage.days) * usize::from(stage.slots_per_day)
}

#[test]
fn each_district_has_rooms_and_trainers_for_its_precinct_sessions() {
    let (programme, roster) = roster();
    let pec = programme.stages.last().expect("three stages");
    let places = places_in_window(&programme, pec);
    assert_eq!(places, 14);
    let count = |units: &mut dyn Iterator<Item = &UnitCode>, code| units.filter(|u| **u == code).count();
    let mut all_sessions = 0;
    for code in programme.units.iter().filter(|u| u.parent.as_ref().is_some_and(|p| p.as_str() != "KG")) {
        let code = code.code.clone();
        let people = count(&mut roster.members.iter().map(|m| &m.district), code.clone());
        let trainers = count(&mut roster.commissioners.iter().map(|c| &c.district), code.clone());
        let rooms = count(&mut roster.rooms.iter().map(|r| &r.unit), code.clone());
        // A station is kept together, so groups are not full: 24 of 30 on average, to be careful.
        let sessions = people.div_ceil(24);
        all_sessions += people.div_ceil(usize::from(pec.norm));
        let teams = trainers / usize::from(pec.trainers_per_session);
        assert!(teams * places >= sessions, "{code}: {trainers} trainers, {sessions} sessions");
        assert!(rooms * places >= sessions, "{code}: {rooms} rooms, {sessions} sessions");
    }
    assert!((1_039..=1_096).contains(&all_sessions), "{all_sessions}");
}

#[test]
fn each_region_has_trainers_and_rooms_for_all_its_regional_sessions_at_once() {
    let (programme, roster) = roster();
    let rec = &programme.stages[1];
    assert_eq!(places_in_window(&programme, rec), 1);
    for region in programme.units.iter().filter(|u| u.parent.as_ref().is_some_and(|p| p.as_str() == "KG")) {
        let inside = |code: &UnitCode| programme.lies_in(code, &region.code);
        let people = roster.commissioners.iter().filter(|c| inside(&c.district)).count();
        let trainers = roster.trainers.iter().filter(|t| t.unit == region.code).count();
        let rooms = roster.rooms.iter().filter(|r| inside(&r.unit)).count();
        let sessions = people.div_ceil(usize::from(rec.norm));
        let code = &region.code;
        assert!(trainers >= sessions * 2, "{code}: {trainers} trainers, {sessions} sessions");
        assert!(rooms >= sessions, "{code}: {rooms} rooms, {sessions} sessions");
    }
}

#[test]
fn files_have_as_many_columns_in_each_row_as_in_the_header() {
    let (programme, roster) = roster();
    let files = files(&roster, &programme, Language::Russian);
    assert_eq!(files.iter().map(|(name, _)| *name).collect::<Vec<_>>().len(), 5);
    for (name, text) in files {
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        let mut columns = text.lines().map(|line| line.split(';').count());
        let header = columns.next().expect("a header");
        assert!(columns.all(|c| c == header), "{name}");
        assert!(!text.contains(";;;"), "{name} has empty cells");
    }
}
