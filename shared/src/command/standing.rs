//! How a trainer stands towards teaching a stage: by this shard's own sessions and by what other shards have told.

use crate::id::{PersonId, SessionId, StageCode};
use crate::programme::Programme;
use crate::state::{Outcome, PlanState, SessionCard, ShardState, outcomes_of};
use crate::time::Day;

/// How a trainer stands towards teaching a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainerStanding {
    /// Completed the tier above, here or by the word of headquarters elsewhere; or the stage has no tier above.
    Completed,
    /// Is on the list of a session of the tier above that has not been held yet.
    Expected,
    /// That session was held and the trainer did not complete it.
    NotCompleted,
    /// Not a trainer of this stage, or withdrawn, or on no list of the tier above.
    Not,
}

/// How a person stands towards teaching a stage.
pub fn trainer_standing(
    state: &ShardState,
    programme: &Programme,
    person: PersonId,
    stage: &StageCode,
    today: Day,
) -> TrainerStanding {
    let Some(card) = state.trainers.get(&(person, stage.clone())).filter(|c| c.value.active) else {
        return TrainerStanding::Not;
    };
    if card.value.qualified {
        return TrainerStanding::Completed;
    }
    let here = standing_here(state, programme, person, stage, today);
    if here == TrainerStanding::Completed {
        return here;
    }
    let above = programme.stage(stage).and_then(|s| s.taught_by.as_ref());
    let elsewhere = above.into_iter().flat_map(|above| state.pasts(person, above)).map(|(_, past)| {
        if past.is_completed() {
            TrainerStanding::Completed
        } else if past.until >= today {
            TrainerStanding::Expected
        } else {
            TrainerStanding::NotCompleted
        }
    });
    elsewhere
        .chain([here])
        .max_by_key(|standing| match standing {
            TrainerStanding::Completed => 3,
            TrainerStanding::Expected => 2,
            TrainerStanding::NotCompleted => 1,
            TrainerStanding::Not => 0,
        })
        .unwrap_or(here)
}

/// The same by this shard's own sessions.
fn standing_here(
    state: &ShardState,
    programme: &Programme,
    person: PersonId,
    stage: &StageCode,
    today: Day,
) -> TrainerStanding {
    let Some(above) = programme.stage(stage).and_then(|s| s.taught_by.clone()) else {
        return TrainerStanding::Completed;
    };
    let session_id = state.enrolments.get(&(person, above)).and_then(|e| e.value);
    let Some((id, session)) = session_id.and_then(|id| state.sessions.get(&id).map(|s| (id, &s.value)))
    else {
        return TrainerStanding::Not;
    };
    if state.plan_state_of(session) != PlanState::Published {
        return TrainerStanding::Not;
    }
    if has_completed(state, id, session, person) {
        TrainerStanding::Completed
    } else if session.days.last().is_none_or(|last| *last >= today) {
        TrainerStanding::Expected
    } else {
        TrainerStanding::NotCompleted
    }
}

/// Present, or late, on every day of the session.
pub fn has_completed(state: &ShardState, id: SessionId, session: &SessionCard, person: PersonId) -> bool {
    let days = outcomes_of(state, id, session.days.len(), person);
    !days.is_empty() && days.iter().all(|d| matches!(d, Outcome::Known(s) if s.was_there()))
}
