//! The official report: the table (event, participants, dates, location, organisers), the statement in words, and
//! what does not add up. Pure, from the shards' tallies.
//!
//! Invariants: a row's counts are the sums of its parts, and each part opens to one shard's sessions of that stage.
//! "Trained" is `completed`, the stage's rule met; the other counts stand beside it and are never put in its place.
//! Words are not made here: a [`Sentence`] and a [`Doubt`] are keys with parameters, said by the page's texts.

mod compare;
mod csv;
mod doubt;
#[cfg(test)]
mod tests;

pub use compare::{Compared, Verdict};
pub use csv::{CsvWords, to_csv};
pub use doubt::{Doubt, Pair};

use crate::id::{ShardId, StageCode};
use crate::programme::{Level, Programme, Stage};
use crate::tally::{Counts, ShardTally};
use crate::time::Day;
use std::collections::BTreeSet;

/// The report of a programme on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The programme's day.
    pub today: Day,
    /// The statement, a sentence a tier.
    pub statement: Vec<Sentence>,
    /// The table, a row a tier.
    pub rows: Vec<Row>,
    /// The published figures beside ours.
    pub compared: Vec<Compared>,
    /// What does not add up, the gravest first.
    pub doubts: Vec<Doubt>,
}

/// A tier in the table. Its names are the stage's.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The tier.
    pub stage: StageCode,
    /// How far it is.
    pub progress: Progress,
    /// All its counts, summed over the parts.
    pub counts: Counts,
    /// First and last day of the sessions that were held; nothing before the first.
    pub held: Option<(Day, Day)>,
    /// The planned window.
    pub window: (Day, Day),
    /// Regions and cities in which sessions were held.
    pub sites: u32,
    /// What each shard counted; only shards that have anything of this tier.
    pub parts: Vec<Part>,
}

/// One shard's part of a row: what its counts open to.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The shard.
    pub shard: ShardId,
    /// Its counts of the tier.
    pub counts: Counts,
}

/// How far a tier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// No session has been held, and its window is not over.
    NotBegun,
    /// Some sessions may still be held.
    Running,
    /// The window is over, or every planned person has completed.
    Over,
}

/// A sentence of the statement: a key and its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Sentence {
    /// The tier is over: so many completed, in so many sessions at so many sites, from day to day.
    Held {
        /// The tier.
        stage: StageCode,
        /// Persons who completed.
        completed: u32,
        /// Sessions held.
        sessions: u32,
        /// Regions and cities.
        sites: u32,
        /// From the first held day to the last.
        days: (Day, Day),
    },
    /// The tier is being taught: so many of so many completed so far.
    Running {
        /// The tier.
        stage: StageCode,
        /// Persons who completed so far.
        completed: u32,
        /// Seats of the audience.
        planned: u32,
        /// Sessions held.
        held: u32,
        /// Sessions published.
        sessions: u32,
    },
    /// The tier begins on a day.
    NotBegun {
        /// The tier.
        stage: StageCode,
        /// Its window.
        window: (Day, Day),
    },
    /// The window is over and nothing was held.
    NotHeld {
        /// The tier.
        stage: StageCode,
        /// Its window.
        window: (Day, Day),
    },
}

/// Makes the report.
pub fn report(programme: &Programme, tallies: &[ShardTally], today: Day) -> Report {
    let rows: Vec<Row> = programme.stages.iter().map(|s| row(programme, s, tallies, today)).collect();
    let statement = rows.iter().map(sentence).collect();
    let compared = compare::compare(programme, &rows, tallies);
    let doubts = doubt::doubts(programme, &rows, &compared, tallies, today);
    Report { today, statement, rows, compared, doubts }
}

fn row(programme: &Programme, stage: &Stage, tallies: &[ShardTally], today: Day) -> Row {
    let mut counts = Counts::default();
    let mut parts = vec![];
    let mut held: Option<(Day, Day)> = None;
    let mut sites = BTreeSet::new();
    for tally in tallies {
        if let Some(of_shard) = tally.stages.get(&stage.code).filter(|c| **c != Counts::default()) {
            counts.add(of_shard);
            parts.push(Part { shard: tally.shard.clone(), counts: *of_shard });
        }
        for (first, (_, held_then)) in tally.sessions_by_day.get(&stage.code).into_iter().flatten() {
            if *held_then > 0 {
                let last = last_day(programme, stage, *first);
                held = Some(held.map_or((*first, last), |(from, to)| (from.min(*first), to.max(last))));
            }
        }
        for (unit, of_unit) in tally.units.get(&stage.code).into_iter().flatten() {
            if of_unit.held > 0 {
                sites.insert(site_of(programme, unit));
            }
        }
    }
    let everyone = counts.planned > 0 && counts.completed >= counts.planned;
    let progress = if everyone || stage.window.1 < today {
        Progress::Over
    } else if counts.held == 0 {
        Progress::NotBegun
    } else {
        Progress::Running
    };
    let (stage, window) = (stage.code.clone(), stage.window);
    Row { stage, progress, counts, held, window, sites: sites.len() as u32, parts }
}

fn sentence(row: &Row) -> Sentence {
    let (stage, counts) = (row.stage.clone(), &row.counts);
    match (row.progress, row.held) {
        (Progress::Over, Some(days)) => Sentence::Held {
            stage,
            completed: counts.completed,
            sessions: counts.held,
            sites: row.sites,
            days,
        },
        (Progress::Over, None) => Sentence::NotHeld { stage, window: row.window },
        (Progress::NotBegun, _) => Sentence::NotBegun { stage, window: row.window },
        (Progress::Running, _) => Sentence::Running {
            stage,
            completed: counts.completed,
            planned: counts.planned,
            held: counts.held,
            sessions: counts.sessions,
        },
    }
}

/// The last day of a session that begins on a day: the tier's days are consecutive taught days.
pub fn last_day(programme: &Programme, stage: &Stage, first: Day) -> Day {
    let mut last = first;
    // A run of holidays is never longer than this; a session that would run on ends where it is.
    let following = (1..=366).map(|n| first.plus(n)).filter(|d| programme.calendar.is_taught(*d));
    for day in following.take(usize::from(stage.days).saturating_sub(1)) {
        last = day;
    }
    last
}

/// The region (or city of that level) of a unit; the unit itself where none lies above it.
fn site_of<'a>(programme: &'a Programme, unit: &'a crate::id::UnitCode) -> &'a crate::id::UnitCode {
    let mut at = unit;
    for _ in 0..programme.units.len() {
        match programme.unit(at) {
            Some(found) if found.level == Level::Region => return at,
            Some(found) => match &found.parent {
                Some(parent) => at = parent,
                None => return unit,
            },
            None => return unit,
        }
    }
    unit
}
