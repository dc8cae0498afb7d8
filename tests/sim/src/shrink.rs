//! Making a failing story short: whatever can be left out, and the same rule still breaks, is left out.

use crate::{Failure, Story, live};

/// The shortest story found that breaks the same rule, and how it does.
pub fn shrink(story: &Story, failure: &Failure) -> (Story, Failure) {
    let mut best = (story.clone(), failure.clone());
    best.0.steps.truncate(failure.step + 1);
    let mut chunk = best.0.steps.len().max(1);
    loop {
        let mut shorter = false;
        let mut at = 0;
        while at < best.0.steps.len() {
            let mut tried = best.0.clone();
            let end = (at + chunk).min(tried.steps.len());
            tried.steps.drain(at..end);
            match live(&tried) {
                Err(found) if found.breach.invariant == failure.breach.invariant => {
                    tried.steps.truncate(found.step + 1);
                    best = (tried, found);
                    shorter = true;
                }
                _ => at += chunk,
            }
        }
        if chunk == 1 && !shorter {
            return best;
        }
        chunk = if shorter && chunk == 1 { 1 } else { (chunk / 2).max(1) };
    }
}
