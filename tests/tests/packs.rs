//! The packs that ship with Cascade are read without a problem and hold what was published.

use shared::programme::{Level, Measure, Programme, read};
use std::path::Path;

fn pack(slug: &str) -> Programme {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../programmes").join(slug).join("programme.json");
    let json = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    read(&json).unwrap_or_else(|problems| {
        panic!("{slug}:\n{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn every_shipped_pack_is_good_and_lies_in_the_folder_of_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../programmes");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of packs") {
        let slug = entry.expect("an entry").file_name().into_string().expect("a plain name");
        assert_eq!(pack(&slug).slug.as_str(), slug);
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn kyrgyzstan_has_nine_sites_and_the_published_figures() {
    let programme = pack("kyrgyzstan-2021");
    let at = |level: Level| programme.units.iter().filter(|u| u.level == level).count();
    assert_eq!((at(Level::Nation), at(Level::Region), at(Level::District)), (1, 9, 57));
    assert_eq!(programme.shards().len(), 10);
    for (measure, stage, value) in [
        (Measure::Persons, "rec", 650),
        (Measure::Persons, "pec", 31_150),
        (Measure::Days, "rec", 2),
        (Measure::Days, "pec", 18),
        (Measure::Sites, "pec", 9),
    ] {
        let figure = programme
            .published
            .iter()
            .find(|p| p.measure == measure && p.stage.as_ref().is_some_and(|s| s.as_str() == stage));
        assert_eq!(figure.map(|p| p.value), Some(value), "{measure:?} of {stage}");
    }
    assert_eq!(programme.modules.len(), 12);
}

#[test]
fn kyrgyzstan_names_each_unit_in_three_languages() {
    for unit in &pack("kyrgyzstan-2021").units {
        for tag in ["en", "ru", "ky"] {
            assert!(unit.name.0.contains_key(tag), "{} lacks {tag}", unit.code);
        }
    }
}

#[test]
fn kyrgyzstan_leaves_fifteen_taught_days_for_precinct_members() {
    let programme = pack("kyrgyzstan-2021");
    let taught: Vec<usize> =
        programme.stages.iter().map(|s| programme.calendar.taught_days(s.window).len()).collect();
    assert_eq!(taught, [3, 2, 15]);
}
