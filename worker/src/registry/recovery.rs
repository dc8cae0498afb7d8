//! A restored registry: it lets nobody in before every shard has told it whose access has ended.
//!
//! Whoever asks first makes it ask the shards. When all have answered, it ends the grants that have ended anywhere,
//! voids the join codes, counts its version on beyond the greatest that a shard holds, and is in ordinary use; in one
//! transaction, so that a recovery that breaks off begins again. A shard that stays silent keeps it in recovery until
//! the operator ends it.

use super::store::Store;
use crate::auth::internal;
use crate::error::Fault;
use crate::routes::objects::shard_stub;
use crate::shard::log::{drop_meta, meta, put_meta};
use crate::shard_do::now_ms;
use crate::transaction::transact;
use futures_util::future::join_all;
use shared::api::{Recovered, RecoveryState};
use shared::id::ShardId;
use shared::recovery::{Known, Recovery, merge_devices};
use worker::{Env, State};

const MARK: &str = "recovery";
const ENDED: &str = "recovered";

/// The recovery under way, if there is one.
///
/// # Errors
/// When storage fails.
pub fn running(store: &Store) -> Result<Option<Recovery>, Fault> {
    let Some(text) = meta(&store.0, MARK)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|e| internal(&e))
}

/// The last recovery that has ended, if there was one.
///
/// # Errors
/// When storage fails.
pub fn last(store: &Store) -> Result<Option<Recovered>, Fault> {
    let Some(text) = meta(&store.0, ENDED)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|e| internal(&e))
}

/// Ends a recovery if there is one and every shard answers; `by_operator`, without those that do not.
///
/// # Errors
/// When storage fails.
pub async fn settle(
    state: &State,
    env: &Env,
    store: &Store,
    by_operator: bool,
) -> Result<Option<RecoveryState>, Fault> {
    let Some(recovery) = running(store)? else { return Ok(None) };
    let shards = store.shards()?;
    let answers = join_all(shards.iter().map(|shard| ask(env, shard))).await;
    let mut silent = vec![];
    let mut told = vec![];
    for (shard, answer) in shards.iter().zip(answers) {
        match answer {
            Ok(known) => told.push(known),
            Err(fault) => {
                fault.log();
                silent.push(shard.clone());
            }
        }
    }
    if !silent.is_empty() && !by_operator {
        let Recovery { since_ms, backup_ms, .. } = recovery;
        return Ok(Some(RecoveryState { since_ms, backup_ms, silent }));
    }
    transact(state, || end(store, told, &silent, by_operator))?;
    Ok(None)
}

async fn ask(env: &Env, shard: &ShardId) -> Result<Known, Fault> {
    let path = format!("http://shard/internal/{shard}/endings");
    let mut answer = shard_stub(env, shard)?.fetch_with_str(&path).await?;
    if answer.status_code() != 200 {
        return Err(internal(&format!("a shard answered {}", answer.status_code())));
    }
    Ok(answer.json().await?)
}

/// Inside a transaction. Another request may have ended it meanwhile.
fn end(store: &Store, told: Vec<Known>, silent: &[ShardId], by_operator: bool) -> Result<(), Fault> {
    let Some(Recovery { since_ms, backup_ms, mut endings, mut devices, .. }) = running(store)? else {
        return Ok(());
    };
    let (asked, mut version) = (told.len() as u32, store.version()?);
    for known in told {
        version = version.max(known.version);
        endings.merge(known.endings);
        merge_devices(&mut devices, known.devices);
    }
    let mut ended = 0;
    for mut grant in store.access(None)?.grants {
        if endings.end(&mut grant) {
            store.put_grant(&grant)?;
            ended += 1;
        }
    }
    // A code that was used after the backup would open again. A demo is open to everybody anyway.
    store.void_codes()?;
    let mut revoked = 0;
    for (device, ended) in devices {
        revoked += u32::from(store.end_device(device, ended)?);
    }
    put_meta(&store.0, "version", &(version + 1).to_string())?;
    // A shard may hold a newer pack than the backup: what the registry has is what holds.
    store.pack_changed()?;
    drop_meta(&store.0, MARK)?;
    let recovered = Recovered {
        since_ms,
        backup_ms,
        ended_ms: now_ms(),
        asked,
        silent: silent.to_vec(),
        grants_ended: ended,
        devices_ended: revoked,
        by_operator,
    };
    let text = serde_json::to_string(&recovered).map_err(|e| internal(&e))?;
    put_meta(&store.0, ENDED, &text)?;
    worker::console_log!("{{\"event\":\"recovery-ended\",\"recovery\":{text}}}");
    Ok(())
}
