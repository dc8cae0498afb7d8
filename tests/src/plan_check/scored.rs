//! The score, counted again.

use super::Breach;
use shared::id::{PersonId, StationId};
use shared::plan::{Outcome, Place, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// Checks the figures of the score.
pub fn check(problem: &Problem, outcome: &Outcome) -> Vec<Breach> {
    let station_of: BTreeMap<PersonId, StationId> =
        problem.people.iter().filter_map(|p| Some((p.id, p.station?))).collect();
    let place_of: BTreeMap<StationId, Place> =
        problem.stations.iter().filter_map(|s| Some((s.id, s.at?))).collect();
    let mut sessions_of: BTreeMap<StationId, BTreeSet<usize>> = BTreeMap::new();
    let (mut km, mut ways) = (0.0, 0.0);
    for (at, session) in outcome.sessions.iter().enumerate() {
        let room = problem.rooms.iter().find(|r| r.id == session.venue).and_then(|r| r.at);
        for station in session.people.iter().filter_map(|p| station_of.get(p)) {
            sessions_of.entry(*station).or_default().insert(at);
            if let (Some(home), Some(room)) = (place_of.get(station), room) {
                km += haversine_km(*home, room);
                ways += 1.0;
            }
        }
    }
    let split = sessions_of.values().filter(|s| s.len() > 1).count();
    let score = outcome.score;
    let wrong = [
        ("sessions", score.sessions as usize != outcome.sessions.len()),
        ("stations_split", score.stations_split as usize != split),
        // Two formulas for distance: half a per cent, and a metre a person for rounding.
        ("person_km", (score.person_km - km).abs() > km * 0.005 + ways * 0.001),
    ];
    wrong.into_iter().filter(|(_, wrong)| *wrong).map(|(name, _)| Breach::ScoreWrong(name)).collect()
}

fn haversine_km(a: Place, b: Place) -> f64 {
    let half = |x: f64, y: f64| ((y - x).to_radians() / 2.0).sin().powi(2);
    let across = a.lat.to_radians().cos() * b.lat.to_radians().cos() * half(a.lon, b.lon);
    2.0 * 6_371.0 * (half(a.lat, b.lat) + across).sqrt().asin()
}
