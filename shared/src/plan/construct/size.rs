//! How many groups a unit has, and how big each may be.

use crate::plan::table::Table;

/// The bounds of one group: those of the stage, or the room's capacity where that is smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) struct Bounds {
    pub(in crate::plan) norm: usize,
    pub(in crate::plan) max: usize,
}

/// The groups of a unit.
pub(in crate::plan) fn of_unit(table: &Table<'_>, unit: usize) -> Vec<Bounds> {
    let row = &table.units[unit];
    let rooms = row.rooms.iter().map(|room| (table.rooms[*room].capacity, table.rooms[*room].fits));
    groups(row.people.len(), usize::from(table.problem.norm), usize::from(table.problem.max), rooms)
}

/// As few groups as the norm allows in rooms (capacity, sessions it can hold; the largest first); one fewer, where
/// `max` seats everyone in the others. Where the rooms do not suffice, as many as there can be.
fn groups(
    people: usize,
    norm: usize,
    max: usize,
    rooms: impl Iterator<Item = (usize, usize)>,
) -> Vec<Bounds> {
    let mut found: Vec<Bounds> = Vec::new();
    let mut seats = 0;
    'rooms: for (capacity, fits) in rooms {
        for _ in 0..fits {
            if seats >= people {
                break 'rooms;
            }
            let bounds = Bounds { norm: norm.min(capacity), max: max.min(capacity) };
            seats += bounds.norm;
            found.push(bounds);
        }
    }
    let without_last: usize = found.iter().rev().skip(1).map(|b| b.max).sum();
    if without_last >= people {
        found.pop();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_norm_says_how_many_and_the_maximum_saves_one_at_most() {
        for (people, norm, max, rooms, expected) in [
            (0, 36, 40, vec![(60, 9)], 0),
            (36, 36, 40, vec![(60, 9)], 1),
            (40, 36, 40, vec![(60, 9)], 1),
            (41, 36, 40, vec![(60, 9)], 2),
            (80, 36, 40, vec![(60, 9)], 2),
            (81, 36, 40, vec![(60, 9)], 3),
            (35, 10, 40, vec![(60, 9)], 3),
            (100, 36, 40, vec![(60, 1), (20, 9)], 4),
            (100, 36, 40, vec![(60, 2)], 2),
            (10, 36, 40, vec![], 0),
        ] {
            let found = groups(people, norm, max, rooms.clone().into_iter()).len();
            assert_eq!(found, expected, "{people} {norm} {max} {rooms:?}");
        }
    }
}
