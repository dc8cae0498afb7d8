//! From the planner's outcome to the decision that puts it into the shard, and to the short account that a person
//! reads before sending it.

use super::{Outcome, Problem, Reason, Score};
use crate::event::{PlannedGroup, PutPlan};
use crate::id::{PersonId, PlanId, SessionId, StageCode, UnitCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a plan comes to, without anybody's id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanSummary {
    /// The stage.
    pub stage: StageCode,
    /// People to be taught.
    pub people: u32,
    /// People in a session.
    pub placed: u32,
    /// Sessions.
    pub sessions: u32,
    /// Sessions with a trainer who is only expected to complete the tier above.
    pub expected_trainers: u32,
    /// Why the others have no place, by unit; most people first.
    pub unplaced: Vec<UnplacedGroup>,
    /// How good the plan is.
    pub score: Score,
}

/// People of one unit who have no place for the same reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnplacedGroup {
    /// Their unit.
    pub unit: UnitCode,
    /// Why.
    pub reason: Reason,
    /// How many.
    pub people: u32,
}

/// Writes an outcome as a decision. `seed` gives the ids of its sessions: random bits that no other plan was given.
pub fn put_plan(problem: &Problem, outcome: Outcome, plan: PlanId, seed: u64) -> (PutPlan, PlanSummary) {
    let unit_of: BTreeMap<PersonId, &UnitCode> = problem.people.iter().map(|p| (p.id, &p.unit)).collect();
    let mut unplaced: Vec<UnplacedGroup> = vec![];
    for left in &outcome.unplaced {
        let Some(unit) = unit_of.get(&left.person) else { continue };
        match unplaced.iter_mut().find(|g| g.unit == **unit && g.reason == left.reason) {
            Some(group) => group.people += 1,
            None => {
                unplaced.push(UnplacedGroup { unit: (*unit).clone(), reason: left.reason, people: 1 });
            }
        }
    }
    unplaced.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.unit.cmp(&b.unit)));
    let summary = PlanSummary {
        stage: problem.stage.clone(),
        people: problem.people.len() as u32,
        placed: outcome.sessions.iter().map(|s| s.people.len() as u32).sum(),
        sessions: outcome.sessions.len() as u32,
        expected_trainers: outcome.sessions.iter().filter(|s| s.expected_trainers).count() as u32,
        unplaced,
        score: outcome.score,
    };
    let groups = outcome.sessions.into_iter().zip(0u64..).map(|(session, nth)| PlannedGroup {
        id: SessionId(drawn(seed, nth)),
        unit: session.unit,
        venue: session.venue,
        days: session.days,
        slot: session.slot,
        trainers: session.trainers,
        people: session.people,
    });
    let put = PutPlan {
        plan,
        stage: problem.stage.clone(),
        based_on: problem.seed,
        groups: groups.collect(),
        unplaced: outcome.unplaced.len() as u32,
    };
    (put, summary)
}

/// The nth number that a seed draws (SplitMix64): a bijection of n, so no two sessions of a plan share an id.
fn drawn(seed: u64, nth: u64) -> u64 {
    let mut z = seed.wrapping_add(nth.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::VenueId;
    use crate::plan::{RoomGiven, RoomScope, Trainee, TrainerGiven, TrainerStatus, plan};
    use core::ops::ControlFlow;
    use std::collections::BTreeSet;

    fn problem() -> Problem {
        let unit = |code: &str| code.parse::<UnitCode>().unwrap();
        let of = |from: u64, to: u64, code: &str| {
            let unit = unit(code);
            (from..to).map(move |n| Trainee { id: PersonId(n), unit: unit.clone(), station: None })
        };
        Problem {
            stage: "pec".parse().unwrap(),
            norm: 30,
            max: 34,
            days_per_session: 2,
            slots_per_day: 1,
            slot_starts_min: vec![540],
            trainers_per_session: 1,
            taught_days: vec!["2021-03-01".parse().unwrap(), "2021-03-02".parse().unwrap()],
            room_scope: RoomScope::Unit,
            smallest_room: 0,
            people: of(1, 61, "a").chain(of(100, 105, "b")).collect(),
            stations: vec![],
            rooms: (1..=2)
                .map(|n| RoomGiven { id: VenueId(n), unit: unit("a"), capacity: 40, at: None, closed: false })
                .collect(),
            trainers: (900..904)
                .map(|n| TrainerGiven { person: PersonId(n), unit: None, status: TrainerStatus::Expected })
                .collect(),
            busy: vec![],
            seed: 77,
        }
    }

    #[test]
    fn everyone_is_in_a_group_or_counted_with_the_reason_and_no_two_groups_share_an_id() {
        let problem = problem();
        let outcome = plan(&problem, &mut |_| ControlFlow::Continue(())).unwrap();
        let (put, summary) = put_plan(&problem, outcome, PlanId(5), 1);
        let ids: BTreeSet<SessionId> = put.groups.iter().map(|g| g.id).collect();
        assert_eq!((ids.len(), put.based_on, put.plan), (put.groups.len(), 77, PlanId(5)));
        assert_eq!((summary.people, summary.placed, summary.sessions), (65, 60, 2));
        assert_eq!((put.unplaced, summary.expected_trainers), (5, 2));
        let left = UnplacedGroup { unit: "b".parse().unwrap(), reason: Reason::NoRoomInUnit, people: 5 };
        assert_eq!(summary.unplaced, vec![left]);
    }

    #[test]
    fn another_seed_draws_other_ids() {
        let problem = problem();
        let outcome = plan(&problem, &mut |_| ControlFlow::Continue(())).unwrap();
        let ids = |seed| put_plan(&problem, outcome.clone(), PlanId(5), seed).0.groups[0].id;
        assert_ne!(ids(1), ids(2));
        assert_eq!(ids(1), ids(1));
    }
}
