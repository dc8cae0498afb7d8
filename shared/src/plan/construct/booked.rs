//! Who and what is taken so far, and the choice of trainers.

use super::Draft;
use crate::plan::table::Table;
use crate::plan::time::{Cells, Time};

/// Who and what is taken so far.
pub(in crate::plan) struct Booked {
    pub(in crate::plan) humans: Vec<Cells>,
    pub(in crate::plan) rooms: Vec<Cells>,
    /// Sessions that each trainer has.
    load: Vec<usize>,
    /// Sessions in each cell.
    crowd: Vec<usize>,
}

/// Trainers for one session.
pub(super) struct Team {
    pub(super) trainers: Vec<usize>,
    /// How many of them have not completed the tier above.
    pub(super) expected: usize,
    /// How many of them are away from their home unit.
    pub(super) away: usize,
}

/// A trainer from elsewhere is taken when those at home have so many sessions more.
const HOME_IS_WORTH: usize = 2;

impl Booked {
    /// What is taken before planning.
    pub(super) fn of(table: &Table<'_>) -> Self {
        let cells = table.problem.taught_days.len() * usize::from(table.problem.slots_per_day);
        Self {
            humans: table.humans_busy.clone(),
            rooms: table.rooms_busy.clone(),
            load: vec![0; table.trainers.len()],
            crowd: vec![0; cells],
        }
    }

    /// Whether a person is free.
    pub(super) fn is_free(&self, table: &Table<'_>, person: usize, time: &Time) -> bool {
        self.humans[table.people[person].human].free_at(time)
    }

    /// Sessions on the fullest day of a time.
    pub(super) fn crowd_at(&self, time: &Time) -> usize {
        time.cells.iter().map(|cell| self.crowd[*cell]).max().unwrap_or(0)
    }

    /// The trainers who are free at a time and not among `pupils` (humans, ascending).
    pub(super) fn free_trainers(&self, table: &Table<'_>, time: &Time, pupils: &[usize]) -> Vec<usize> {
        let is_free =
            |human: usize| self.humans[human].free_at(time) && pupils.binary_search(&human).is_err();
        (0..table.trainers.len()).filter(|t| is_free(table.trainers[*t].human)).collect()
    }

    /// The best team at a time: completed before expected, then little work and near home, then by lot.
    pub(super) fn team(&self, table: &Table<'_>, unit: usize, time: &Time, pupils: &[usize]) -> Option<Team> {
        let needed = table.trainers_needed();
        let mut free = self.free_trainers(table, time, pupils);
        if free.len() < needed {
            return None;
        }
        let is_away = |t: usize| table.trainers[t].unit != Some(unit);
        let rank = |t: &usize| {
            let row = &table.trainers[*t];
            let work = self.load[*t] + if is_away(*t) { HOME_IS_WORTH } else { 0 };
            (row.expected, work, row.lot, *t)
        };
        if needed > 0 && needed < free.len() {
            free.select_nth_unstable_by_key(needed - 1, rank);
        }
        free.truncate(needed);
        let expected = free.iter().filter(|t| table.trainers[**t].expected).count();
        let away = free.iter().filter(|t| is_away(**t)).count();
        Some(Team { trainers: free, expected, away })
    }

    /// Takes everything that a session takes.
    pub(super) fn book(&mut self, table: &Table<'_>, draft: &Draft) {
        let time = &table.times[draft.time];
        self.rooms[draft.room].book(time);
        for trainer in &draft.trainers {
            self.humans[table.trainers[*trainer].human].book(time);
            self.load[*trainer] += 1;
        }
        for person in &draft.people {
            self.join(table, *person, time);
        }
        time.cells.iter().for_each(|cell| self.crowd[*cell] += 1);
    }

    /// Takes a person's time.
    pub(super) fn join(&mut self, table: &Table<'_>, person: usize, time: &Time) {
        self.humans[table.people[person].human].book(time);
    }
}

/// The humans behind persons, ascending.
pub(super) fn humans(table: &Table<'_>, people: &[usize]) -> Vec<usize> {
    let mut all: Vec<usize> = people.iter().map(|p| table.people[*p].human).collect();
    all.sort_unstable();
    all
}
