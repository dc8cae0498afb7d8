//! When a session can be: cells (one slot of one taught day), sets of cells, and times (the cells of one session).

/// A set of cells; cell `day * slots + slot`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cells(Vec<u64>);

impl Cells {
    /// An empty set that can hold so many cells.
    pub(super) fn empty(cells: usize) -> Self {
        Self(vec![0; cells.div_ceil(64)])
    }

    /// Puts a cell in.
    pub(super) fn put(&mut self, cell: usize) {
        if let Some(word) = self.0.get_mut(cell / 64) {
            *word |= 1 << (cell % 64);
        }
    }

    /// Whether a cell is in.
    pub(super) fn has(&self, cell: usize) -> bool {
        self.0.get(cell / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }

    /// Whether no cell of a time is in.
    pub(super) fn free_at(&self, time: &Time) -> bool {
        !time.cells.iter().any(|cell| self.has(*cell))
    }

    /// Puts all cells of a time in.
    pub(super) fn book(&mut self, time: &Time) {
        time.cells.iter().for_each(|cell| self.put(*cell));
    }
}

/// A time at which one session can be held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// Index of its first day among the taught days.
    pub(super) start: usize,
    /// Its slot on each day.
    pub(super) slot: u8,
    /// Whether the days before it are whole sessions, so that it wastes no day.
    pub(super) aligned: bool,
    /// One cell a day.
    pub(super) cells: Vec<usize>,
}

/// All times in a window, earliest first.
pub(super) fn times(taught_days: usize, days: usize, slots: usize) -> Vec<Time> {
    let starts = (taught_days + 1).saturating_sub(days.max(1));
    let of = |start: usize, slot: usize| Time {
        start,
        slot: slot as u8,
        aligned: start.is_multiple_of(days.max(1)),
        cells: (start..start + days).map(|day| day * slots + slot).collect(),
    };
    (0..starts).flat_map(|start| (0..slots).map(move |slot| (start, slot))).map(|(a, b)| of(a, b)).collect()
}

/// How many sessions, one after the other, fit between the cells that are taken.
pub(super) fn sessions_that_fit(taken: &Cells, taught_days: usize, days: usize, slots: usize) -> usize {
    let in_slot = |slot: usize| {
        let (mut run, mut fit) = (0, 0);
        for day in 0..taught_days {
            run = if taken.has(day * slots + slot) { 0 } else { run + 1 };
            if run == days.max(1) {
                (run, fit) = (0, fit + 1);
            }
        }
        fit
    };
    (0..slots).map(in_slot).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_two_days_has_a_time_less_than_the_window_has_days() {
        let found = times(5, 2, 2);
        assert_eq!(found.len(), 8);
        assert_eq!(found[3].cells, vec![3, 5]);
        assert_eq!(found.iter().filter(|t| t.aligned).count(), 4);
        assert!(times(1, 2, 1).is_empty());
    }

    #[test]
    fn a_booking_in_the_middle_costs_the_sessions_it_touches() {
        let mut taken = Cells::empty(100);
        assert_eq!(sessions_that_fit(&taken, 5, 2, 1), 2);
        taken.put(1);
        assert_eq!(sessions_that_fit(&taken, 5, 2, 1), 1);
        taken.book(&times(5, 2, 1)[2]);
        assert!(taken.has(3) && !taken.has(4));
        assert_eq!(sessions_that_fit(&taken, 5, 2, 1), 0);
    }
}
