//! A first plan, built in four steps: how many groups and how big ([`size`]), who is in which ([`pack`]), when and
//! where and by whom ([`place`]), and seats for everyone whom that left over ([`fill`]).

mod booked;
mod fill;
mod pack;
mod place;
pub(super) mod size;

pub(super) use booked::Booked;

use super::table::Table;
use super::{PlanError, Progress};
use core::cmp::Reverse;
use core::ops::ControlFlow;

/// A session being planned; the numbers are indexes into the table.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) unit: usize,
    pub(super) room: usize,
    pub(super) time: usize,
    pub(super) trainers: Vec<usize>,
    pub(super) people: Vec<usize>,
}

/// What was built: sessions, who and what is taken by them, and the persons left over.
pub(super) struct Built {
    pub(super) sessions: Vec<Draft>,
    pub(super) booked: Booked,
    pub(super) left: Vec<usize>,
}

/// A group without time and room yet.
struct Group {
    unit: usize,
    people: Vec<usize>,
}

/// Builds a plan.
pub(super) fn construct(
    table: &Table<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Built, PlanError> {
    // Each person is one step of packing and one of placing.
    let total = table.people.len() * 2;
    let mut done = 0;
    let mut step = |by: usize| {
        done += by;
        match progress(Progress { done, total }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(PlanError::Cancelled),
        }
    };
    step(0)?;

    let mut left: Vec<Vec<usize>> = vec![Vec::new(); table.units.len()];
    let mut groups = Vec::new();
    for (unit, row) in table.units.iter().enumerate() {
        let packed = pack::pack(table, &row.people, &size::of_unit(table, unit));
        left[unit] = packed.rest;
        let full = packed.groups.into_iter().map(|people| Group { unit, people });
        let seats: usize = row.rooms.iter().map(|room| table.rooms[*room].fits).sum();
        let tightness = full.len() * 1_000 / (seats + 1);
        groups.extend(full.map(|group| (tightness, group)));
        step(row.people.len())?;
    }
    // Units with the fewest rooms to spare choose first, and in a unit the biggest group.
    groups.sort_by_key(|(tightness, group)| (Reverse(*tightness), group.unit, Reverse(group.people.len())));

    let mut built = Built { sessions: Vec::new(), booked: Booked::of(table), left: Vec::new() };
    let mut placed = left.iter().map(Vec::len).sum();
    for (_, group) in groups {
        placed += group.people.len();
        left[group.unit].extend(place::place(table, &mut built, group));
        step(core::mem::take(&mut placed))?;
    }
    for (unit, people) in left.into_iter().enumerate() {
        let still = fill::fill(table, &mut built, unit, people);
        built.left.extend(still);
        step(0)?;
    }
    step(placed)?;
    Ok(built)
}
