//! Syncing: when to exchange, what to do with the answer, when to try again.

use super::{account, ready};
use crate::effect::{Answer, Effect, Failure, HttpCall, Method, TokenFor};
use crate::model::{Model, StorageFault};
use crate::msg::{At, Msg};
use shared::sync::client::Commit;
use shared::sync::{Reply, Want};

/// The first wait after a failure.
const FIRST_WAIT_MS: u64 = 2_000;
/// The longest wait after failures.
const LONGEST_WAIT_MS: u64 = 300_000;
/// The wait after a success: rows that others wrote are fetched at this pace while the page is in view.
const IDLE_WAIT_MS: u32 = 60_000;

/// Begins an exchange, unless one is under way or another tab does it.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    if model.net.exchanging || !model.net.leading {
        return vec![];
    }
    let Some(client) = model.account.as_ref().and_then(|o| o.client.as_ref()) else { return vec![] };
    let Ok(body) = serde_json::to_string(&client.request(Want::View)) else { return vec![] };
    let shard = client.shard().clone();
    model.net.exchanging = true;
    let path = format!("/api/v1/shards/{shard}/sync");
    let then = |answer: Result<Answer, Failure>| {
        Msg::Exchanged(answer.and_then(|a| a.read::<Reply>()).map(Box::new))
    };
    vec![HttpCall::send(Method::Post, path, body, TokenFor::Shard(shard), then)]
}

/// The shard answered.
pub fn exchanged(model: &mut Model, answer: Result<Box<Reply>, Failure>, at: At) -> Vec<Effect> {
    model.net.exchanging = false;
    let reply = match answer {
        Ok(reply) => reply,
        Err(failure) => return failed(model, failure, at),
    };
    model.net.failures = 0;
    model.net.last_failure = None;
    let Some(open) = &mut model.account else { return vec![] };
    let Some(client) = &mut open.client else { return vec![] };
    open.ended = false;
    let got_rows = reply.page.as_ref().is_some_and(|p| !p.rows.is_empty() || p.full);
    let got_verdicts = !reply.verdicts.is_empty() || reply.forked;
    let more_rows = reply.page.as_ref().is_some_and(|p| p.full);
    let commit = client.receive(*reply, at.wall);
    if got_rows || got_verdicts {
        open.rows_came();
    }
    let mut effects = vec![];
    effects.extend(save(model, commit));
    effects.extend(ready::proceed(model, at));
    let wants_more = model.client().is_some_and(|c| c.wants_more()) || more_rows;
    if wants_more {
        effects.extend(begin(model));
    } else {
        effects.push(Effect::WakeIn(IDLE_WAIT_MS));
    }
    effects
}

/// Gives a commit to the store, together with what could not be stored before.
fn save(model: &mut Model, commit: Commit) -> Option<Effect> {
    let open = model.account.as_mut()?;
    let client = open.client.as_ref()?;
    let commit = match open.unsaved.take() {
        None => commit,
        // Rows of an earlier commit are missing on disk: all confirmed rows go again, with the later place.
        Some(earlier) => Commit {
            judged: [earlier.judged, commit.judged].concat(),
            requeued: [earlier.requeued, commit.requeued].concat(),
            renamed: [earlier.renamed, commit.renamed].concat(),
            replace: true,
            rows: client.confirmed().rows_after(None, |_, _| true).collect(),
            place: commit.place,
        },
    };
    let kept = Commit { rows: vec![], ..commit.clone() };
    open.saving = Some(Box::new(match open.saving.take() {
        None => kept,
        Some(before) => Commit {
            judged: [before.judged, kept.judged].concat(),
            requeued: [before.requeued, kept.requeued].concat(),
            renamed: [before.renamed, kept.renamed].concat(),
            ..kept
        },
    }));
    Some(Effect::Commit(Box::new(commit)))
}

/// What an exchange brought is on disk, or not.
pub fn committed(model: &mut Model, result: Result<(), StorageFault>) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let saving = open.saving.take();
    match result {
        Ok(()) => {
            if let Some(done) = &saving {
                for kept in &done.judged {
                    open.unstored.remove(&kept.event.id);
                }
            }
            let mut effects = vec![Effect::TellTabs];
            effects.extend(account::reload_if_wanted(model));
            effects
        }
        Err(_) => {
            // The disk stays behind the memory, consistent in itself; the next commit brings everything.
            open.unsaved = saving;
            vec![]
        }
    }
}

fn failed(model: &mut Model, failure: Failure, at: At) -> Vec<Effect> {
    if let Failure::Refused(code) = &failure
        && matches!(code.as_str(), "revoked" | "no-grant-here" | "device-unknown")
        && let Some(open) = &mut model.account
    {
        open.ended = true;
    }
    model.net.last_failure = Some(failure);
    let wait_ms = wait_ms(model.net.failures, at.random);
    model.net.failures = model.net.failures.saturating_add(1);
    vec![Effect::WakeIn(wait_ms)]
}

/// Doubles with each failure, up to five minutes; half of it is chance, so that tablets do not come all at once.
fn wait_ms(failures: u32, random: u64) -> u32 {
    let whole = FIRST_WAIT_MS.saturating_mul(1 << failures.min(10)).min(LONGEST_WAIT_MS);
    (whole / 2 + random % (whole / 2 + 1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_never_pass_five_minutes() {
        for failures in 0..50 {
            for random in [0, 1, u64::MAX] {
                let wait = u64::from(wait_ms(failures, random));
                assert!((FIRST_WAIT_MS / 2..=LONGEST_WAIT_MS).contains(&wait), "{failures} {random} {wait}");
            }
        }
    }
}
