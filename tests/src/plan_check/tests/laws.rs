//! What holds for every problem.

use super::super::check;
use super::super::sample::{Size, problem};
use super::{go, planned};
use proptest::prelude::*;
use shared::plan::{Outcome, PlanError, Problem, plan};
use std::ops::ControlFlow;

fn any_size() -> impl Strategy<Value = Size> {
    let what = (1..4_u64, 0..30_u64, 0..160_u64, 0..16_u64, 0..20_u64);
    let when = (0..13_u64, 1..4_u8, 1..4_u8, 0..3_u8);
    (what, when, (1..12_u16, 0..6_u16), 0..60_u64).prop_map(|(what, when, group, busy)| Size {
        units: what.0,
        stations: what.1,
        people: what.2,
        loose: true,
        rooms: what.3,
        trainers: what.4,
        days: when.0,
        slots: when.1,
        days_per_session: when.2,
        trainers_per_session: when.3,
        group: (group.0, group.0 + group.1),
        busy,
    })
}

fn reversed(problem: &Problem) -> Problem {
    let mut other = problem.clone();
    other.people.reverse();
    other.stations.reverse();
    other.rooms.reverse();
    other.trainers.reverse();
    other.busy.reverse();
    other
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_outcome_breaks_a_hard_rule(seed: u64, size in any_size()) {
        let problem = problem(seed, size);
        let outcome = planned(&problem);
        prop_assert_eq!(check(&problem, &outcome), vec![]);
    }

    #[test]
    fn the_same_problem_in_any_order_gives_the_same_outcome(seed: u64, size in any_size()) {
        let problem = problem(seed, size);
        let outcome = planned(&problem);
        prop_assert_eq!(&outcome, &planned(&problem));
        prop_assert_eq!(&outcome, &planned(&reversed(&problem)));
    }

    #[test]
    fn problem_and_outcome_read_back_what_they_write(seed: u64, size in any_size()) {
        let problem = problem(seed, size);
        let text = serde_json::to_string(&problem).expect("json");
        prop_assert_eq!(&serde_json::from_str::<Problem>(&text).expect("problem"), &problem);
        let outcome = planned(&problem);
        let text = serde_json::to_string(&outcome).expect("json");
        prop_assert_eq!(serde_json::from_str::<Outcome>(&text).expect("outcome"), outcome);
    }

    #[test]
    fn progress_only_grows_and_can_stop_the_work_at_every_report(seed: u64, size in any_size(), stop in 0..40_usize) {
        let problem = problem(seed, size);
        let mut reports = Vec::new();
        plan(&problem, &mut |p| { reports.push(p); ControlFlow::Continue(()) }).expect("outcome");
        prop_assert!(reports.windows(2).all(|w| w[0].done <= w[1].done && w[0].total == w[1].total));
        prop_assert!(reports.last().is_some_and(|p| p.done == p.total));
        let mut seen = 0;
        let stopped = plan(&problem, &mut |_| {
            seen += 1;
            if seen > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        prop_assert_eq!(stopped == Err(PlanError::Cancelled), stop < reports.len());
    }
}

#[test]
fn a_region_at_true_size_seats_everyone_near_the_bound() {
    for seed in 0..3 {
        let problem = problem(seed, Size::REGION);
        let outcome = go(&problem).expect("outcome");
        assert_eq!(check(&problem, &outcome), vec![], "seed {seed}");
        let score = outcome.score;
        assert_eq!(outcome.unplaced, vec![], "seed {seed}");
        assert!(score.sessions <= score.lower_bound_sessions + 1, "seed {seed}: {score:?}");
        // Two in a hundred.
        assert!(score.stations_split <= 9, "seed {seed}: {score:?}");
    }
}
