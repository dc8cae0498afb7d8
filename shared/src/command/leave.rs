//! What somebody leaves who goes to another shard, and which sessions to come count on somebody.

use crate::id::{PersonId, SessionId};
use crate::state::{Cell, Loan, PlanState, SessionCard, ShardState, Side, TrainerCard};
use crate::time::Day;

/// Whether anything of a person was written after a place in the log: name, numbers, seat, lists, what the person
/// teaches, owner and loans. A decision on a person names the head at which the person was looked at.
pub fn looked_at_since(state: &ShardState, person: PersonId, head: u64) -> bool {
    let own = [
        state.names.get(&person).map(|r| r.seq),
        state.contacts.get(&person).map(|r| r.seq),
        state.tenures.get(&person).map(|r| r.seq),
    ];
    let seats = state.holders.values().filter(|r| r.value == Some(person)).map(|r| r.seq);
    let lists = state.enrolments.iter().filter(|((p, _), _)| *p == person).map(|(_, r)| r.seq);
    let taught = state.trainers.iter().filter(|((p, _), _)| *p == person).map(|(_, r)| r.seq);
    let loans = state.loans.iter().filter(|((p, ..), _)| *p == person).map(|(_, r)| r.seq);
    own.into_iter().flatten().chain(seats).chain(lists).chain(taught).chain(loans).any(|seq| seq > head)
}

/// A session that is not over and counts on somebody.
pub struct Bound<'a> {
    /// Which.
    pub id: SessionId,
    /// The session.
    pub session: &'a SessionCard,
    /// How far its plan is.
    pub plan: PlanState,
    /// Whether the person teaches it, rather than being on its list.
    pub teaches: bool,
}

impl Bound<'_> {
    /// Whether others rely on it: a draft nobody has seen.
    pub fn is_settled(&self) -> bool {
        matches!(self.plan, PlanState::Approved | PlanState::Published)
    }
}

/// The sessions that are not over and count on a person, those of withdrawn plans left out.
pub fn bound_to(state: &ShardState, person: PersonId, today: Day) -> impl Iterator<Item = Bound<'_>> {
    state.sessions.iter().filter_map(move |(id, reg)| {
        let session = &reg.value;
        let plan = state.plan_state_of(session);
        if plan == PlanState::Withdrawn || session.days.last().is_none_or(|last| *last < today) {
            return None;
        }
        let teaches = session.trainers.contains(&person);
        let enrolment = || state.enrolments.get(&(person, session.stage.clone())).and_then(|e| e.value);
        (teaches || enrolment() == Some(*id)).then_some(Bound { id: *id, session, plan, teaches })
    })
}

/// Takes a person out of the sessions to come that do not stay; a session may be left without a trainer, and is
/// flagged for it.
pub fn drop_sessions(
    state: &ShardState,
    person: PersonId,
    today: Day,
    stays: impl Fn(&SessionCard) -> bool,
) -> Vec<Cell> {
    let mut cells = vec![];
    for bound in bound_to(state, person, today).filter(|b| !stays(b.session)) {
        if bound.teaches {
            let mut card = bound.session.clone();
            card.trainers.retain(|t| *t != person);
            cells.push(Cell::Session(bound.id, card));
        } else {
            cells.push(Cell::Enrolment((person, bound.session.stage.clone()), None));
        }
    }
    cells
}

/// All that a person gives up here: seats, sessions to come, teaching, loans. What the person has done here stays.
pub fn leave(state: &ShardState, person: PersonId, today: Day) -> Vec<Cell> {
    let mut cells = drop_sessions(state, person, today, |_| false);
    let seats = state.holders.iter().filter(|(_, r)| r.value == Some(person));
    cells.extend(seats.map(|(seat, _)| Cell::Holder(seat.clone(), None)));
    let taught = state.trainers.iter().filter(|((p, _), r)| *p == person && r.value.active);
    cells.extend(
        taught.map(|(key, r)| Cell::Trainer(key.clone(), TrainerCard { active: false, ..r.value.clone() })),
    );
    let lent = state
        .loans
        .iter()
        .filter(|((p, ..), r)| *p == person && r.value.side == Side::Lent && r.value.from <= r.value.until);
    cells.extend(lent.map(|(key, r)| Cell::Loan(key.clone(), Loan { n: r.value.n + 1, ..r.value.voided() })));
    cells
}
