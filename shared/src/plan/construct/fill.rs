//! Seats for those left over: in sessions that have some, then in further sessions for as long as there is a time.
//! Whoever is left afterwards could only be placed by moving somebody else.

use super::booked::humans;
use super::place::near_rooms;
use super::{Built, Draft};
use crate::plan::geo::metres;
use crate::plan::table::Table;
use core::cmp::Reverse;

/// Places people of one unit; gives back those for whom there is nothing.
pub(super) fn fill(table: &Table<'_>, built: &mut Built, unit: usize, mut left: Vec<usize>) -> Vec<usize> {
    // By station, so that colleagues stay together.
    left.sort_by_key(|p| (table.people[*p].station, *p));
    // Sessions that had no seat for somebody have none later either: only new ones are asked again.
    let mut asked = 0;
    loop {
        left.retain(|person| !join(table, built, asked, unit, *person));
        asked = built.sessions.len();
        if left.is_empty() || !open(table, built, unit, &mut left) {
            return left;
        }
    }
}

/// Seats a person in a session of the unit, leaving out the first few: with colleagues if possible, else in the
/// nearest room.
fn join(table: &Table<'_>, built: &mut Built, skip: usize, unit: usize, person: usize) -> bool {
    let row = &table.people[person];
    let max = usize::from(table.problem.max);
    let has_seat = |draft: &&mut Draft| {
        draft.unit == unit
            && draft.people.len() < max.min(table.rooms[draft.room].capacity)
            && built.booked.is_free(table, person, &table.times[draft.time])
    };
    let rank = |draft: &&mut Draft| {
        let colleagues = draft.people.iter().filter(|p| table.people[**p].station == row.station).count();
        let together = if row.station.is_some() { colleagues } else { 0 };
        let way = match (table.home(person), table.rooms[draft.room].at) {
            (Some(home), Some(room)) => metres(home, room),
            _ => u64::MAX,
        };
        (Reverse(together), way, draft.people.len(), draft.time, draft.room)
    };
    let Some(session) = built.sessions.iter_mut().skip(skip).filter(has_seat).min_by_key(rank) else {
        return false;
    };
    session.people.push(person);
    built.booked.join(table, person, &table.times[session.time]);
    true
}

/// Opens one more session, at the time and in the room that seat the most of those left; false where there is none.
fn open(table: &Table<'_>, built: &mut Built, unit: usize, left: &mut Vec<usize>) -> bool {
    let (norm, max) = (usize::from(table.problem.norm), usize::from(table.problem.max));
    let limit = if left.len() <= max { max } else { norm };
    let rooms = near_rooms(table, unit, left);
    let mut best: Option<((usize, usize, usize), Draft)> = None;
    for (at, time) in table.times.iter().enumerate() {
        let seats = |room: usize| table.rooms[room].capacity.min(limit).min(left.len());
        let free = rooms.iter().enumerate().filter(|(_, (_, room))| built.booked.rooms[*room].free_at(time));
        let Some((_, (_, room))) = free.min_by_key(|(near, (_, room))| (Reverse(seats(*room)), *near)) else {
            continue;
        };
        let mut people: Vec<usize> =
            left.iter().copied().filter(|p| built.booked.is_free(table, *p, time)).collect();
        keep_teachers(table, built, at, &mut people);
        people.truncate(seats(*room));
        if people.is_empty() {
            continue;
        }
        let rank = (people.len(), usize::from(time.aligned), usize::MAX - built.booked.crowd_at(time));
        if best.as_ref().is_some_and(|(known, _)| rank <= *known) {
            continue;
        }
        if let Some(team) = built.booked.team(table, unit, time, &humans(table, &people)) {
            best = Some((rank, Draft { unit, room: *room, time: at, trainers: team.trainers, people }));
        }
    }
    let Some((_, draft)) = best else { return false };
    left.retain(|person| !draft.people.contains(person));
    built.booked.book(table, &draft);
    built.sessions.push(draft);
    true
}

/// Takes as many trainers out of those to be taught as are missing to teach the others.
fn keep_teachers(table: &Table<'_>, built: &Built, at: usize, people: &mut Vec<usize>) {
    let time = &table.times[at];
    let others = built.booked.free_trainers(table, time, &humans(table, people)).len();
    let mut missing = table.trainers_needed().saturating_sub(others);
    if missing == 0 {
        return;
    }
    let mut trainers: Vec<usize> = table.trainers.iter().map(|t| t.human).collect();
    trainers.sort_unstable();
    people.retain(|p| {
        let teaches = missing > 0 && trainers.binary_search(&table.people[*p].human).is_ok();
        missing -= usize::from(teaches);
        !teaches
    });
}
