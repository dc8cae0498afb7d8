//! Syncing: when to exchange, what to do with the answer, when to try again.

use super::{account, ready, wipe};
use crate::effect::{Answer, Effect, Failure, HttpCall, Method, TokenFor};
use crate::keep::{KeptReceipt, Save, keep};
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
/// Small pages of rows on disk before they are put together.
const MOST_PAGES: u32 = 20;

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
    let got_rows = reply.page.as_ref().is_some_and(|p| !p.rows.is_empty() || p.full);
    let got_verdicts = !reply.verdicts.is_empty() || reply.forked;
    let receipt = KeptReceipt::of(&reply);
    let ended = reply.ended;
    let commit = client.receive(*reply, at.wall);
    super::custody::judged(&mut open.custody, client, &commit);
    if got_rows || got_verdicts {
        open.rows_came();
    }
    if let Some(receipt) = &receipt {
        keep(&mut open.receipts, receipt.clone());
    }
    let mut effects = vec![];
    effects.extend(crate::hq::held::judged(model, &commit));
    effects.extend(save(model, Save { commit, receipts: receipt.into_iter().collect() }));
    effects.extend(ready::proceed(model, at));
    #[cfg(feature = "office")]
    effects.extend(crate::parcels::send(model));
    if model.client().is_some_and(|c| c.wants_more()) {
        effects.extend(begin(model));
    } else {
        effects.push(Effect::WakeIn(IDLE_WAIT_MS));
        effects.extend(wipe::after_exchange(model, ended));
    }
    effects
}

/// Gives what came to the store, together with what could not be stored before.
fn save(model: &mut Model, came: Save) -> Option<Effect> {
    let open = model.account.as_mut()?;
    let client = open.client.as_ref()?;
    // Rows of an earlier commit are missing on disk, or there are many small pages: all confirmed rows go again.
    let mut save = match open.unsaved.take() {
        None => came,
        Some(earlier) => {
            let mut save = both(*earlier, came);
            save.commit.replace = true;
            save
        }
    };
    let commit = &mut save.commit;
    if !commit.rows.is_empty() && !commit.replace {
        open.spare_pages += 1;
    }
    if commit.replace || open.spare_pages > MOST_PAGES {
        commit.replace = true;
        commit.rows = client.confirmed().rows_after(None, |_, _| true).collect();
        open.spare_pages = 0;
    }
    let kept =
        Save { commit: Commit { rows: vec![], ..save.commit.clone() }, receipts: save.receipts.clone() };
    open.saving = Some(Box::new(match open.saving.take() {
        None => kept,
        Some(before) => both(*before, kept),
    }));
    open.commits_open += 1;
    Some(Effect::Commit(Box::new(save)))
}

/// Tries again to store what exchanges brought, without waiting for the next one.
pub fn save_again(model: &mut Model) -> Option<Effect> {
    let open = model.account.as_ref()?;
    if open.unsaved.is_none() || open.commits_open > 0 {
        return None;
    }
    let place = open.client.as_ref()?.place().clone();
    save(model, Save { commit: Commit { place, ..Commit::default() }, receipts: vec![] })
}

fn both(earlier: Save, later: Save) -> Save {
    Save {
        commit: earlier.commit.followed_by(later.commit),
        receipts: [earlier.receipts, later.receipts].concat(),
    }
}

/// What an exchange brought is on disk, or not.
pub fn committed(model: &mut Model, result: Result<(), StorageFault>) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    open.commits_open = open.commits_open.saturating_sub(1);
    if let Err(fault) = result {
        open.commit_failed = Some(fault);
    }
    if open.commits_open > 0 {
        return vec![];
    }
    let saving = open.saving.take();
    open.unsaved_why = open.commit_failed.take();
    if open.unsaved_why.is_some() {
        // The disk stays behind the memory, sound in itself; the next commit brings everything.
        open.unsaved = saving;
        return vec![Effect::Measure];
    }
    for kept in saving.iter().flat_map(|done| &done.commit.judged) {
        open.unstored.remove(&kept.event.id);
    }
    let mut effects = vec![Effect::TellTabs];
    effects.extend(account::reload_if_wanted(model));
    effects
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
