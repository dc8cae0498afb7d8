//! Seats of stations: which are held, and the next free one of a role.

use super::fold::fold_code;
use super::rows::{ImportRow, PersonRow};
use crate::id::{RoleCode, UnitCode};
use std::collections::{BTreeMap, HashMap};

/// The seats of one role at one station, or in one unit's commission.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Bench {
    unit: UnitCode,
    station: Option<String>,
    role: RoleCode,
}

impl Bench {
    fn of(row: &PersonRow) -> Self {
        Self {
            unit: row.unit.clone(),
            station: row.station.as_deref().map(fold_code),
            role: row.role.clone(),
        }
    }
}

/// Who sits where; a holder is known by its place in the matcher's list.
#[derive(Default)]
pub(super) struct Seating {
    held: HashMap<Bench, BTreeMap<u16, usize>>,
    /// Seats that rows of the present batch name, and how many do: not given to others.
    named: HashMap<Bench, BTreeMap<u16, u32>>,
}

impl Seating {
    /// Notes the seats that rows name.
    pub(super) fn reserve<'a>(&mut self, rows: impl Iterator<Item = &'a ImportRow>) {
        for row in rows {
            if let ImportRow::Person(row) = row
                && let Some(seat) = row.seat
            {
                *self.named.entry(Bench::of(row)).or_default().entry(seat).or_default() += 1;
            }
        }
    }

    /// Forgets the seats that were named.
    pub(super) fn release(&mut self) {
        self.named.clear();
    }

    /// Gives a row its seat: the one it names or has, else the next free one.
    ///
    /// # Errors
    /// The holder of the seat that the row names.
    pub(super) fn seat(&self, row: &mut ImportRow, own: Option<usize>) -> Result<(), usize> {
        let ImportRow::Person(row) = row else { return Ok(()) };
        let bench = Bench::of(row);
        let held = self.held.get(&bench);
        if let Some(seat) = row.seat {
            return match held.and_then(|h| h.get(&seat)) {
                Some(holder) if Some(*holder) != own => Err(*holder),
                _ => Ok(()),
            };
        }
        let named = self.named.get(&bench);
        let free = |seat: &u16| {
            !held.is_some_and(|h| h.contains_key(seat)) && !named.is_some_and(|n| n.contains_key(seat))
        };
        row.seat = (1..=u16::MAX).find(free);
        Ok(())
    }

    /// Whether a seat is the same in both.
    pub(super) fn is_same_seat(one: &ImportRow, other: &ImportRow) -> bool {
        match (one, other) {
            (ImportRow::Person(one), ImportRow::Person(other)) => {
                one.seat.is_some() && one.seat == other.seat && Bench::of(one) == Bench::of(other)
            }
            _ => true,
        }
    }

    /// Whether several rows of the present batch name the seat of this one.
    pub(super) fn is_contested(&self, row: &ImportRow) -> bool {
        let ImportRow::Person(row) = row else { return false };
        let named = self.named.get(&Bench::of(row)).zip(row.seat).and_then(|(n, seat)| n.get(&seat));
        named.is_some_and(|rows| *rows > 1)
    }

    /// Who holds the seat that a row names.
    pub(super) fn holder(&self, row: &ImportRow) -> Option<usize> {
        let ImportRow::Person(row) = row else { return None };
        self.held.get(&Bench::of(row))?.get(&row.seat?).copied()
    }

    pub(super) fn take(&mut self, at: usize, row: &ImportRow) {
        if let ImportRow::Person(row) = row
            && let Some(seat) = row.seat
        {
            self.held.entry(Bench::of(row)).or_default().entry(seat).or_insert(at);
        }
    }

    pub(super) fn leave(&mut self, at: usize, row: &ImportRow) {
        if let ImportRow::Person(row) = row
            && let Some(seat) = row.seat
            && let Some(held) = self.held.get_mut(&Bench::of(row))
            && held.get(&seat) == Some(&at)
        {
            held.remove(&seat);
        }
    }
}
