//! A right that has ended: what waits is handed in, then what this device holds of the account is deleted.
//!
//! Invariants: nothing is deleted by a guess. The shard has said that this device was revoked, or both the shard and
//! the registry that the account has no right left; an unreachable, restored or confused server says neither. And
//! nothing that waits is deleted before it has a verdict.

use super::account;
use crate::effect::Effect;
use crate::hq;
use crate::model::{Model, Open};
use shared::sync::Ended;

/// What the shard's answer means for what this device holds.
pub fn after_exchange(model: &mut Model, ended: Option<Ended>) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    open.ended = ended.is_some();
    open.ended_in_shard = ended;
    if ended == Some(Ended::Account) && !open.revoked {
        // It may have a right elsewhere: the registry knows.
        return account::ask_me(model);
    }
    if_done(model)
}

/// Deletes what this device holds of the account, once that is certain and nothing waits.
pub fn if_done(model: &mut Model) -> Vec<Effect> {
    let nothing_of_hq_waits = hq::outbox::is_empty(model);
    let Some(open) = &mut model.account else { return vec![] };
    let certain = match (&open.client, open.ended_in_shard) {
        (Some(_), Some(Ended::Device)) => true,
        (Some(_), Some(Ended::Account)) | (None, _) => open.revoked,
        (Some(_), Some(Ended::Newer) | None) => false,
    };
    let waits = open.client.as_ref().is_some_and(|client| !client.pending().is_empty())
        || !open.writing.is_empty()
        || !open.left_over.is_empty()
        || carries(open)
        || !nothing_of_hq_waits;
    if !certain || waits || open.wiping {
        return vec![];
    }
    open.wiping = true;
    vec![Effect::Wipe(open.entry.account)]
}

/// Whether a parcel of another device waits here: it is somebody else's work.
#[cfg(feature = "office")]
fn carries(open: &Open) -> bool {
    open.parcels.carried.iter().any(|carried| carried.came.is_none())
}

/// The small application carries nothing.
#[cfg(not(feature = "office"))]
fn carries(_: &Open) -> bool {
    false
}
