//! What the planner says.

use super::construct::Built;
use super::reason::Reason;
use super::score::score;
use super::table::Table;
use crate::id::{PersonId, UnitCode, VenueId};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// A plan of one stage in one shard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The sessions, by day, slot, unit and room.
    pub sessions: Vec<PlannedSession>,
    /// Everyone who is in no session, with the reason, by id.
    pub unplaced: Vec<Unplaced>,
    /// How good it is.
    pub score: Score,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSession {
    /// The unit whose people it teaches.
    pub unit: UnitCode,
    /// Its room.
    pub venue: VenueId,
    /// Its days, ascending.
    pub days: Vec<Day>,
    /// Its slot on each of them.
    pub slot: u8,
    /// Who teaches, by id.
    pub trainers: Vec<PersonId>,
    /// Who is taught, by id.
    pub people: Vec<PersonId>,
    /// Whether one of its trainers has not completed the tier above yet.
    pub expected_trainers: bool,
}

/// A person in no session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// Who.
    pub person: PersonId,
    /// Why.
    pub reason: Reason,
}

/// How good a plan is: fewer sessions first, then fewer split stations, then less travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Sessions held.
    pub sessions: u32,
    /// Sessions that the sizes of groups and rooms ask for, were every group filled to its share: each unit's people
    /// in groups of the norm (or of the room, where that is smaller), one fewer where `max` seats the rest.
    pub lower_bound_sessions: u32,
    /// Stations whose people are in more than one session.
    pub stations_split: u32,
    /// Kilometres from stations to rooms, one way, summed over those persons for whom both places are known.
    pub person_km: f64,
}

/// Writes what was built in the words of the problem.
pub(super) fn write(table: &Table<'_>, built: Built, unplaced: Vec<Unplaced>) -> Outcome {
    let score = score(table, &built);
    let mut drafts = built.sessions;
    drafts.sort_by_key(|d| {
        let time = &table.times[d.time];
        (time.start, time.slot, d.unit, d.room)
    });
    let days = usize::from(table.problem.days_per_session);
    let sessions = drafts.into_iter().map(|mut draft| {
        draft.people.sort_unstable();
        draft.trainers.sort_unstable();
        let time = &table.times[draft.time];
        PlannedSession {
            unit: table.units[draft.unit].code.clone(),
            venue: table.rooms[draft.room].id,
            days: table.problem.taught_days.iter().skip(time.start).take(days).copied().collect(),
            slot: time.slot,
            trainers: draft.trainers.iter().map(|t| table.trainers[*t].id).collect(),
            people: draft.people.iter().map(|p| table.people[*p].id).collect(),
            expected_trainers: draft.trainers.iter().any(|t| table.trainers[*t].expected),
        }
    });
    Outcome { sessions: sessions.collect(), unplaced, score }
}
