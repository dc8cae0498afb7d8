//! How good a plan is.

use super::construct::{Built, size};
use super::geo::metres;
use super::outcome::Score;
use super::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// The score of what was built.
pub(super) fn score(table: &Table<'_>, built: &Built) -> Score {
    let mut sessions_of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut travel = 0_u64;
    for (at, session) in built.sessions.iter().enumerate() {
        let room = table.rooms[session.room].at;
        for person in &session.people {
            if let Some(station) = table.people[*person].station {
                sessions_of.entry(station).or_default().insert(at);
            }
            if let (Some(home), Some(room)) = (table.home(*person), room) {
                travel = travel.saturating_add(metres(home, room));
            }
        }
    }
    let bound: usize = (0..table.units.len()).map(|unit| size::of_unit(table, unit).len()).sum();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Score {
        sessions: count(built.sessions.len()),
        lower_bound_sessions: count(bound),
        stations_split: count(sessions_of.values().filter(|s| s.len() > 1).count()),
        person_km: travel as f64 / 1_000.0,
    }
}
