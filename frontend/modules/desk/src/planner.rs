//! Planning in a Web Worker: JSON in, JSON out, progress through a callback.

use core::ops::ControlFlow;
use js_sys::Function;
use serde::Serialize;
use shared::plan::{PlanError, Problem, Progress};
use wasm_bindgen::prelude::*;

/// Why there is no plan, as JSON with a `code`: `unreadable`, or one of [`PlanError`].
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Failure {
    Unreadable { code: &'static str, what: String },
    Plan(PlanError),
}

impl Failure {
    /// The JSON of a text that cannot be read or written.
    pub(crate) fn unreadable(what: &dyn core::fmt::Display) -> String {
        Self::Unreadable { code: "unreadable", what: what.to_string() }.to_json()
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|e| e.to_string())
    }
}

/// Plans the sessions of a [`Problem`] written as JSON; gives an `Outcome` as JSON.
///
/// Calls `progress(done, total)` often; it stops the work by returning `false`.
///
/// # Errors
/// A JSON text with a `code` (`unreadable`, `faulty`, `cancelled`); what `progress` throws is thrown on.
#[wasm_bindgen]
pub fn plan(problem_json: &str, progress: &Function) -> Result<String, JsValue> {
    reporting(progress, |report| run(problem_json, report))
}

/// Runs work that reports to a JavaScript function and stops when that says `false` or throws.
pub(crate) fn reporting<T>(
    progress: &Function,
    work: impl FnOnce(&mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<T, String>,
) -> Result<T, JsValue> {
    let mut thrown = None;
    let outcome = work(&mut |p: Progress| {
        // Counts of people are far below 2^53.
        let (done, total) = (JsValue::from_f64(p.done as f64), JsValue::from_f64(p.total as f64));
        match progress.call2(&JsValue::NULL, &done, &total) {
            Ok(answer) if answer.as_bool() == Some(false) => ControlFlow::Break(()),
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => {
                thrown = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    match thrown {
        Some(error) => Err(error),
        None => outcome.map_err(|text| JsValue::from_str(&text)),
    }
}

/// The same without JavaScript; a failure is JSON too.
fn run(problem_json: &str, progress: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<String, String> {
    let problem: Problem = serde_json::from_str(problem_json).map_err(|e| Failure::unreadable(&e))?;
    let outcome = shared::plan::plan(&problem, progress).map_err(|e| Failure::Plan(e).to_json())?;
    serde_json::to_string(&outcome).map_err(|e| Failure::unreadable(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = r#"{"stage":"pec","norm":36,"max":40,"days_per_session":2,"slots_per_day":1,
        "slot_starts_min":[540],"trainers_per_session":2,"taught_days":["2021-03-01"],"room_scope":"unit",
        "people":[],"stations":[],"rooms":[],"trainers":[],"busy":[],"seed":1}"#;

    fn go_on(_: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    #[test]
    fn a_problem_of_nobody_has_a_plan_of_no_session() {
        let score = r#"{"sessions":0,"lower_bound_sessions":0,"stations_split":0,"person_km":0.0}"#;
        let expected = format!(r#"{{"sessions":[],"unplaced":[],"score":{score}}}"#);
        assert_eq!(run(EMPTY, &mut go_on), Ok(expected));
    }

    #[test]
    fn every_failure_has_its_code() {
        let faulty = EMPTY.replace("\"norm\":36", "\"norm\":50");
        let fault = r#"{"code":"faulty","faults":[{"code":"max-below-norm"}]}"#;
        assert_eq!(run(&faulty, &mut go_on), Err(fault.to_string()));
        let stopped = run(EMPTY, &mut |_| ControlFlow::Break(()));
        assert_eq!(stopped, Err(r#"{"code":"cancelled"}"#.to_string()));
        let unreadable = run("{}", &mut go_on);
        assert!(unreadable.is_err_and(|text| text.starts_with(r#"{"code":"unreadable","what":"#)));
    }
}
