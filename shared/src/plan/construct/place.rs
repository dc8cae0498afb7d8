//! When and where a group meets, and who teaches it.

use super::booked::{Team, humans};
use super::{Built, Draft, Group};
use crate::plan::geo::{Place, metres};
use crate::plan::table::Table;
use std::collections::BTreeMap;

/// What the choice weighs, in metres that each person of the group would travel instead.
mod weight {
    /// A person who is taken at that time and would have to go elsewhere.
    pub const BUSY_PERSON: u64 = 1_000_000_000;
    /// A time that leaves days over which no session fits into.
    pub const MISALIGNED: u64 = 200_000;
    /// A trainer who has not completed the tier above.
    pub const EXPECTED: u64 = 30_000;
    /// A trainer from another unit.
    pub const AWAY: u64 = 3_000;
    /// Another session at that time in the shard: spreads sessions over the window.
    pub const CROWD: u64 = 300;
}

/// Plans a group's session; gives back those who have no seat in it.
pub(super) fn place(table: &Table<'_>, built: &mut Built, group: Group) -> Vec<usize> {
    let pupils = humans(table, &group.people);
    let rooms = near_rooms(table, group.unit, &group.people);
    let mut best: Option<(u64, usize, usize, Team)> = None;
    for (at, time) in table.times.iter().enumerate() {
        let busy = group.people.iter().filter(|p| !built.booked.is_free(table, **p, time)).count();
        if busy == group.people.len() {
            continue;
        }
        let big_enough = |room: &usize| table.rooms[*room].capacity >= group.people.len();
        let is_free = |(_, room): &&(u64, usize)| big_enough(room) && built.booked.rooms[*room].free_at(time);
        // Nearest first, so the first that is free is the best at this time.
        let Some((distance, room)) = rooms.iter().find(is_free) else { continue };
        let price = [
            *distance,
            busy as u64 * weight::BUSY_PERSON,
            if time.aligned { 0 } else { weight::MISALIGNED },
            built.booked.crowd_at(time) as u64 * weight::CROWD,
        ];
        let price = price.into_iter().fold(0_u64, u64::saturating_add);
        // Trainers can only add to it.
        if best.as_ref().is_some_and(|(known, ..)| price >= *known) {
            continue;
        }
        let Some(team) = built.booked.team(table, group.unit, time, &pupils) else { continue };
        let price = price
            .saturating_add(team.expected as u64 * weight::EXPECTED)
            .saturating_add(team.away as u64 * weight::AWAY);
        if best.as_ref().is_none_or(|(known, ..)| price < *known) {
            best = Some((price, at, *room, team));
        }
    }
    let Some((_, at, room, team)) = best else { return group.people };
    let time = &table.times[at];
    let (people, left) = group.people.iter().partition(|p| built.booked.is_free(table, **p, time));
    let draft = Draft { unit: group.unit, room, time: at, trainers: team.trainers, people };
    built.booked.book(table, &draft);
    built.sessions.push(draft);
    left
}

/// A unit's rooms by the mean distance of people from them, the nearest first.
pub(super) fn near_rooms(table: &Table<'_>, unit: usize, people: &[usize]) -> Vec<(u64, usize)> {
    let mut homes: BTreeMap<usize, (Place, u64)> = BTreeMap::new();
    for person in people {
        if let (Some(station), Some(home)) = (table.people[*person].station, table.home(*person)) {
            homes.entry(station).or_insert((home, 0)).1 += 1;
        }
    }
    let all: u64 = homes.values().map(|(_, n)| n).sum();
    let mean = |room: usize| {
        let Some(at) = table.rooms[room].at.filter(|_| all > 0) else { return u64::MAX / 2 };
        homes.values().map(|(home, n)| metres(*home, at).saturating_mul(*n)).sum::<u64>() / all
    };
    let mut near: Vec<(u64, usize)> =
        table.units[unit].rooms.iter().map(|room| (mean(*room), *room)).collect();
    near.sort_unstable();
    near
}
