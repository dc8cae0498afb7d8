//! What people write, from what their page shows them: nobody decides on what they cannot see.

use crate::country::{self, TODAY};
use shared::event::{
    Appoint, ApprovePlan, Body, CloseVenue, Correct, Decision, EventId, Fact, Judge, Marks, PlannedGroup,
    PublishPlan, PutPlan, ReplacementSeen, Resolve, SettleField, Settled, TakeSession,
};
use shared::id::{PersonId, PlanId, SessionId};
use shared::state::{Cell, Field, Method, PersonName, PlanState, ShardState, Status};
use shared::time::Day;

fn nth<T: Copy>(items: &[T], at: u16) -> Option<T> {
    if items.is_empty() { None } else { items.get(usize::from(at) % items.len()).copied() }
}

fn sessions_of(shown: &ShardState) -> Vec<SessionId> {
    shown.published_sessions().map(|(id, _)| id).collect()
}

fn people_of(shown: &ShardState, session: SessionId) -> Vec<PersonId> {
    let listed = shown.enrolments.iter().filter(|(_, e)| e.value == Some(session));
    listed.map(|((person, _), _)| *person).collect()
}

/// Attendance of one or several people.
pub fn mark(shown: &ShardState, session: u16, day: u16, person: u16, status: u16) -> Option<Body> {
    let session = nth(&sessions_of(shown), session)?;
    let people = people_of(shown, session);
    let statuses = [Some(Status::Present), Some(Status::Absent), Some(Status::Late), None];
    let status_of = |n: u16| statuses[usize::from(n % 4)];
    let (method, people) = if status % 16 == 15 {
        (Method::Everyone, people.iter().map(|p| (*p, Some(Status::Present))).collect())
    } else {
        (Method::Tap, vec![(nth(&people, person)?, status_of(status))])
    };
    let day = (day % 2) as u8;
    let date = Day(TODAY.0 + i32::from(day));
    let marks = Marks { session, day, date, method, people };
    (!marks.people.is_empty()).then_some(Body::Fact(Fact::Mark(marks)))
}

/// Another fact: a session is taken along, a field corrected, a replacement seen.
pub fn note(shown: &ShardState, what: u16, a: u16, b: u16) -> Option<Body> {
    let session = nth(&sessions_of(shown), a)?;
    let person = nth(&people_of(shown, session), b);
    let fact = match what % 8 {
        0 => Fact::Take(TakeSession { session, until: TODAY.plus(2) }),
        1..=5 => {
            let field = [Field::Name, Field::Name, Field::Other, Field::Phone][usize::from(b) / 8 % 4];
            Fact::Correct(Correct { session, person: person?, field, value: format!("said {a} {b}") })
        }
        _ => {
            let seat = shown.holders.iter().find(|(_, h)| h.value == person && person.is_some())?.0.clone();
            let into = nth(&shown.names.keys().copied().collect::<Vec<_>>(), b / 4)?;
            let reason = "said so".to_owned();
            Fact::ReplacementSeen(ReplacementSeen { session, seat, out: person, into, reason })
        }
    };
    Some(Body::Fact(fact))
}

/// A decision, of whatever the page shows enough for.
pub fn decide(
    shown: &ShardState,
    held: &[(u64, EventId)],
    shard: usize,
    choice: [u16; 3],
    new_id: u64,
) -> Option<Body> {
    let [what, a, b] = choice;
    let decision = match what % 11 {
        7 | 8 => nth(held, a).map(|(seq, event)| {
            Decision::Judge(Judge { seq, event, release: !b.is_multiple_of(3), reason: String::new() })
        }),
        9 => settle(shown, a, b),
        10 => appoint(shown, a, b),
        0 | 1 => resolve(shown, a, b),
        2 => plan(shown, shard, a, b, new_id),
        3 => of_plan(shown, a, PlanState::Draft).map(|(plan, based_on)| {
            Decision::ApprovePlan(ApprovePlan { plan, based_on, note: "seen".into(), same_device: None })
        }),
        4 => of_plan(shown, a, PlanState::Approved)
            .map(|(plan, based_on)| Decision::PublishPlan(PublishPlan { plan, based_on })),
        5 => close(shown, shard, a, b),
        _ => plan(shown, shard, b, a, new_id),
    };
    decision.map(Body::Decision)
}

/// Headquarters decides without a view: it asks for what it has heard of, by numbers that may be out of date.
pub fn decide_unseen(seen: &ShardState, shard: usize, choice: [u16; 3], new_id: u64) -> Option<Body> {
    let [what, a, b] = choice;
    decide(seen, &[], shard, [2 + what % 5, a, b], new_id)
}

fn settle(shown: &ShardState, a: u16, b: u16) -> Option<Decision> {
    let said: Vec<(PersonId, Field)> = shown.corrections.keys().copied().collect();
    let (person, field) = nth(&said, a)?;
    let reg = shown.corrections.get(&(person, field))?;
    let settles =
        reg.siblings.iter().chain([reg]).map(|r| Settled { device: r.device, seq: r.seq }).collect();
    Some(Decision::SettleField(SettleField { person, field, value: format!("settled {b}"), settles }))
}

fn appoint(shown: &ShardState, a: u16, b: u16) -> Option<Decision> {
    let seats: Vec<&shared::state::Seat> = shown.holders.keys().collect();
    let seat = nth(&seats, a)?.clone();
    let based_on = shown.holders.get(&seat)?.seq;
    let person =
        if b.is_multiple_of(3) { None } else { nth(&shown.names.keys().copied().collect::<Vec<_>>(), b) };
    Some(Decision::Appoint(Appoint { seat, person, based_on }))
}

fn resolve(shown: &ShardState, a: u16, b: u16) -> Option<Decision> {
    let marked: Vec<(SessionId, u8, PersonId)> =
        shown.marks.keys().map(|(s, d, p, _)| (*s, *d, *p)).collect();
    let (session, day, person) = nth(&marked, a)?;
    let marks = shown.marks_of(session, day, person);
    let settles = marks.iter().map(|(device, reg)| Settled { device: *device, seq: reg.seq }).collect();
    let status = Status::ALL[usize::from(b) % 4];
    Some(Decision::Resolve(Resolve { session, day, person, status, settles }))
}

fn plan(shown: &ShardState, shard: usize, a: u16, b: u16, new_id: u64) -> Option<Decision> {
    let published = sessions_of(shown);
    let invited: Vec<PersonId> = published.iter().flat_map(|s| people_of(shown, *s)).collect();
    let free = (0..country::PEOPLE).map(|n| country::person(shard, n)).filter(|p| !invited.contains(p));
    let people: Vec<PersonId> = free.take(1 + usize::from(a % 3)).collect();
    let first = 18_687 + i32::from(b % 4);
    let group = PlannedGroup {
        id: SessionId(new_id),
        unit: country::unit(shard),
        venue: country::venue(shard, u64::from(b)),
        days: vec![Day(first), Day(first + 1)],
        slot: (a % 2) as u8,
        trainers: vec![country::trainer_person(shard, 1 + u64::from(b) % 3)],
        people,
    };
    let based_on = shown.plans.values().map(|p| p.seq).max().unwrap_or_default();
    let groups = vec![group];
    Some(Decision::PutPlan(PutPlan {
        plan: PlanId(new_id),
        stage: country::stage(),
        based_on,
        groups,
        unplaced: 0,
    }))
}

fn of_plan(shown: &ShardState, a: u16, state: PlanState) -> Option<(PlanId, u64)> {
    let plans: Vec<(PlanId, u64)> =
        shown.plans.iter().filter(|(_, p)| p.value.state == state).map(|(id, p)| (*id, p.seq)).collect();
    nth(&plans, a)
}

fn close(shown: &ShardState, shard: usize, a: u16, b: u16) -> Option<Decision> {
    let venue = country::venue(shard, u64::from(a));
    let based_on = shown.venues.get(&venue)?.seq;
    let reason = "roof".to_owned();
    Some(Decision::CloseVenue(CloseVenue { venue, based_on, closed: !b.is_multiple_of(3), reason }))
}

/// Registers that headquarters changes directly: who teaches, who is on which list, where, and names.
pub fn reassign(state: &ShardState, shard: usize, what: u16, a: u16, b: u16) -> Vec<Cell> {
    let sessions: Vec<SessionId> = state.sessions.keys().copied().collect();
    let Some(session) = nth(&sessions, a) else { return vec![] };
    let Some(card) = state.sessions.get(&session).map(|s| s.value.clone()) else { return vec![] };
    let person = country::person(shard, u64::from(b));
    match what % 6 {
        0 | 1 => {
            let sets: [&[u64]; 6] = [&[1], &[2], &[1, 2], &[2, 1], &[3], &[3, 1]];
            let chosen = sets[usize::from(b) % sets.len()];
            let trainers: Vec<PersonId> = chosen.iter().map(|n| country::trainer_person(shard, *n)).collect();
            let mut cells: Vec<Cell> = trainers.iter().map(|t| Cell::Assigned((session, *t), true)).collect();
            cells.push(Cell::Session(session, shared::state::SessionCard { trainers, ..card }));
            cells
        }
        2 => vec![Cell::Enrolment((person, country::stage()), Some(session))],
        3 => vec![Cell::Enrolment((person, country::stage()), None)],
        4 => {
            let venue = country::venue(shard, u64::from(b));
            vec![Cell::Session(session, shared::state::SessionCard { venue, ..card })]
        }
        _ => {
            let name = format!("Person {person} {b}");
            vec![Cell::Name(person, PersonName { name, other: String::new(), language: String::new() })]
        }
    }
}
