//! Who was there: drawn from the session and the person, the same in every load.

use crate::world::steps::id_of;
use shared::event::{Body, Fact, Marks, PlannedGroup};
use shared::id::PersonId;
use shared::state::{Method, Status};

/// Of a thousand people: so many never come, leave after the first day, are excused, come late on a given day.
const NEVER: u64 = 14;
const LEFT: u64 = 9;
const EXCUSED: u64 = 6;
const LATE: u64 = 22;

/// What a trainer sees of a person on a day of a session.
fn seen(group: &PlannedGroup, day: u8, person: PersonId) -> Status {
    let (session, who) = (group.id.to_string(), person.to_string());
    let of_person = id_of(&["attendance", &session, &who]) % 1_000;
    let of_day = id_of(&["attendance", &session, &who, &day.to_string()]) % 1_000;
    if of_person < NEVER || (of_person < NEVER + LEFT && day > 0) {
        Status::Absent
    } else if (NEVER + LEFT..NEVER + LEFT + EXCUSED).contains(&of_person) && day > 0 {
        Status::Excused
    } else if of_day < LATE {
        Status::Late
    } else {
        Status::Present
    }
}

/// A day of a tier whose people all came: nobody is absent, some are late.
fn seen_of_all(group: &PlannedGroup, day: u8, person: PersonId) -> Status {
    match seen(group, day, person) {
        Status::Late => Status::Late,
        _ => Status::Present,
    }
}

/// What the lead trainer's tablet writes on one day: everyone first, then those for whom that is not so.
pub(super) fn of_day(group: &PlannedGroup, day: u8, all_came: bool) -> Vec<Body> {
    let see = if all_came { seen_of_all } else { seen };
    let everyone = group.people.iter().map(|p| (*p, Status::Present)).collect();
    let others = group.people.iter().map(|p| (*p, see(group, day, *p)));
    let others: Vec<_> = others.filter(|(_, status)| *status != Status::Present).collect();
    let mut bodies = vec![marks(group, day, Method::Everyone, everyone)];
    if !others.is_empty() {
        bodies.push(marks(group, day, Method::Tap, others));
    }
    bodies
}

/// Two people whom the lead trainer has seen on the first day and somebody else has not: what each of both writes.
pub(super) fn disagreement(group: &PlannedGroup) -> (Body, Body) {
    let there = group.people.iter().filter(|p| seen(group, 0, **p) == Status::Present).take(2);
    let two = |status| there.clone().map(|p| (*p, status)).collect();
    let (present, absent) = (two(Status::Present), two(Status::Absent));
    (marks(group, 0, Method::Tap, present), marks(group, 0, Method::Tap, absent))
}

fn marks(group: &PlannedGroup, day: u8, method: Method, people: Vec<(PersonId, Status)>) -> Body {
    let date = group.days.get(usize::from(day)).copied().unwrap_or_default();
    let people = people.into_iter().map(|(person, status)| (person, Some(status))).collect();
    Body::Fact(Fact::Mark(Marks { session: group.id, day, date, method, people }))
}
