//! Look-ups over a state that would each be a scan, made once.

use super::cards::{PlanState, SessionCard};
use super::tables::ShardState;
use crate::id::{PersonId, SessionId};
use std::collections::BTreeMap;

/// People by session, and sessions by trainer. Good for the state it was made of.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Who is enrolled in each session, drafts too.
    pub people_by_session: BTreeMap<SessionId, Vec<PersonId>>,
    /// The first seat each person holds.
    pub seat_by_person: BTreeMap<PersonId, super::Seat>,
}

impl Index {
    /// Makes the index of a state.
    pub fn of(state: &ShardState) -> Self {
        let mut index = Self::default();
        for ((person, _), reg) in &state.enrolments {
            if let Some(session) = reg.value {
                index.people_by_session.entry(session).or_default().push(*person);
            }
        }
        for (seat, reg) in &state.holders {
            if let Some(person) = reg.value {
                index.seat_by_person.entry(person).or_insert_with(|| seat.clone());
            }
        }
        index
    }

    /// Who is enrolled in a session, in the order of their ids.
    pub fn people_of(&self, session: SessionId) -> &[PersonId] {
        self.people_by_session.get(&session).map_or(&[], Vec::as_slice)
    }
}

impl ShardState {
    /// How far the plan of a session is; a session whose plan is not here counts as a draft.
    pub fn plan_state_of(&self, session: &SessionCard) -> PlanState {
        self.plans.get(&session.plan).map_or(PlanState::Draft, |p| p.value.state)
    }

    /// Sessions whose plan is published.
    pub fn published_sessions(&self) -> impl Iterator<Item = (SessionId, &SessionCard)> {
        self.sessions
            .iter()
            .filter(|(_, reg)| self.plan_state_of(&reg.value) == PlanState::Published)
            .map(|(id, reg)| (*id, &reg.value))
    }
}
