//! Planning for a shard in a Web Worker: the problem's text in, the finished decision's text out, so that the page
//! neither reads nor writes anything large.

use crate::planner::{Failure, reporting};
use js_sys::Function;
use shared::event::{Body, Decision};
use shared::id::PlanId;
use shared::plan::{Problem, Progress};
use std::ops::ControlFlow;
use wasm_bindgen::prelude::*;

/// A plan, ready to be sent, and what it comes to.
#[wasm_bindgen]
pub struct PlanPayload {
    payload: String,
    summary: String,
}

#[wasm_bindgen]
impl PlanPayload {
    /// The payload of a `put-plan` event.
    #[wasm_bindgen(getter)]
    pub fn payload(&self) -> String {
        self.payload.clone()
    }

    /// JSON of a `shared::plan::PlanSummary`.
    #[wasm_bindgen(getter)]
    pub fn summary(&self) -> String {
        self.summary.clone()
    }
}

/// Plans a problem written as JSON and writes the decision that puts the plan into its shard.
///
/// `plan_id` and `session_seed` are sixteen hexadecimal digits drawn by the page. Calls `progress(done, total)`; it
/// stops the work by returning `false`.
///
/// # Errors
/// As [`crate::planner::plan`]: a JSON text with a `code`; what `progress` throws is thrown on.
#[wasm_bindgen]
pub fn plan_payload(
    problem_json: &str,
    plan_id: &str,
    session_seed: &str,
    progress: &Function,
) -> Result<PlanPayload, JsValue> {
    reporting(progress, |report| run(problem_json, plan_id, session_seed, report))
}

fn run(
    problem_json: &str,
    plan_id: &str,
    session_seed: &str,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<PlanPayload, String> {
    let plan_id: PlanId = plan_id.parse().map_err(|e| Failure::unreadable(&e))?;
    let seed: PlanId = session_seed.parse().map_err(|e| Failure::unreadable(&e))?;
    let problem: Problem = serde_json::from_str(problem_json).map_err(|e| Failure::unreadable(&e))?;
    let outcome = shared::plan::plan(&problem, progress).map_err(|e| Failure::Plan(e).to_json())?;
    let (put, summary) = shared::plan::put_plan(&problem, outcome, plan_id, seed.0);
    let summary = serde_json::to_string(&summary).map_err(|e| Failure::unreadable(&e))?;
    Ok(PlanPayload { payload: Body::Decision(Decision::PutPlan(put)).encode(), summary })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::plan::PlanSummary;

    const ONE_GROUP: &str = r#"{"stage":"pec","norm":30,"max":34,"days_per_session":1,"slots_per_day":1,
        "slot_starts_min":[540],"trainers_per_session":1,"taught_days":["2021-03-01"],"room_scope":"unit",
        "people":[{"id":"0000000000000001","unit":"a"}],"stations":[],
        "rooms":[{"id":"0000000000000002","unit":"a","capacity":40}],
        "trainers":[{"person":"0000000000000003","status":"completed"}],"busy":[],"seed":12}"#;
    const PLAN: &str = "00000000000000aa";
    const SEED: &str = "00000000000000bb";

    #[test]
    fn the_payload_is_a_decision_the_shard_can_read() {
        let made = run(ONE_GROUP, PLAN, SEED, &mut |_| ControlFlow::Continue(())).unwrap();
        let Ok(Body::Decision(Decision::PutPlan(put))) = Body::decode("put-plan", 1, &made.payload) else {
            panic!("not a plan: {}", made.payload);
        };
        assert_eq!((put.plan, put.based_on, put.groups.len()), (PlanId(0xaa), 12, 1));
        let summary: PlanSummary = serde_json::from_str(&made.summary).unwrap();
        assert_eq!((summary.people, summary.placed, summary.sessions), (1, 1, 1));
    }

    #[test]
    fn a_mistake_of_the_page_is_named() {
        for (problem, plan) in [("{}", PLAN), (ONE_GROUP, "1")] {
            let failed = run(problem, plan, SEED, &mut |_| ControlFlow::Continue(())).err();
            assert!(failed.is_some_and(|text| text.starts_with(r#"{"code":"unreadable""#)));
        }
    }
}
