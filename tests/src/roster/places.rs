//! Districts with their people and their real places (`tests/data/places`, from GeoNames).

use shared::id::UnitCode;
use shared::programme::{Level, Programme};

const PLACES: &str = include_str!("../../data/places/kyrgyzstan.csv");
const DISTRICTS: &str = include_str!("../../data/places/kyrgyzstan_districts.csv");

pub(super) struct District {
    pub code: UnitCode,
    pub region: UnitCode,
    pub lat: f64,
    pub lon: f64,
    /// Thousands of inhabitants: the weight by which people are spread.
    pub population: usize,
    pub is_city: bool,
    /// Of a hundred people, so many have a Russian name.
    pub russian_names: usize,
    /// Of a hundred people, so many are taught in Russian.
    pub russian_language: usize,
    pub places: Vec<Place>,
}

#[derive(Clone)]
pub(super) struct Place {
    pub name: String,
    pub lat: f64,
    pub lon: f64,
}

/// The districts of a programme, in its order; one without data weighs as an ordinary rural district.
pub(super) fn districts(programme: &Programme) -> Vec<District> {
    let rows = |text: &'static str| text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let number = |cells: &[&str], at: usize| cells.get(at).and_then(|c| c.parse::<usize>().ok());
    let units = programme.units.iter().filter(|u| u.level == Level::District);
    units
        .filter_map(|unit| {
            let code = unit.code.as_str();
            let known = rows(DISTRICTS).find(|r| r.first() == Some(&code)).unwrap_or_default();
            let places = rows(PLACES).filter(|r| r.first() == Some(&code)).filter_map(|r| {
                let (lat, lon) = (r.get(2)?.parse().ok()?, r.get(3)?.parse().ok()?);
                Some(Place { name: (*r.get(1)?).to_owned(), lat, lon })
            });
            Some(District {
                code: unit.code.clone(),
                region: unit.parent.clone()?,
                lat: unit.lat,
                lon: unit.lon,
                population: number(&known, 1).unwrap_or(50),
                is_city: known.get(2) == Some(&"city"),
                russian_names: number(&known, 3).unwrap_or(0),
                russian_language: number(&known, 4).unwrap_or(0),
                places: places.collect(),
            })
        })
        .collect()
}
