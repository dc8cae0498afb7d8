//! An independent checker of every hard rule of planning: it shares the planner's data types and none of its code.
//!
//! It works in days, slots and ids alone, with plain sets, and is slow where that is clearer. An outcome is sound if
//! [`check`] finds nothing.

pub mod breach;
mod ledger;
mod left;
pub mod sample;
mod scored;
mod sessions;

#[cfg(test)]
mod tests;

pub use breach::Breach;

use ledger::Ledger;
use shared::plan::{Outcome, Problem};

/// Everything in an outcome that breaks a rule of its problem.
pub fn check(problem: &Problem, outcome: &Outcome) -> Vec<Breach> {
    let ledger = Ledger::of(problem, outcome);
    let mut breaches = sessions::check(problem, outcome);
    breaches.extend(ledger.clashes());
    breaches.extend(left::check(problem, outcome, &ledger));
    breaches.extend(scored::check(problem, outcome));
    breaches
}
