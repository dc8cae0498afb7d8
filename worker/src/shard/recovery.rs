//! A restored shard: until the registry has told it who has access, its own copy of accounts and grants is too old to
//! let anybody in.

use super::log;
use crate::auth::internal;
use crate::error::Fault;
use shared::grant::Access;
use shared::id::ShardId;
use shared::recovery::Known;
use worker::SqlStorage;

/// The mark that a restore leaves in a shard's storage.
const MARK: &str = "recovery";

/// What this shard knows of ended access, from its own copy.
///
/// # Errors
/// When storage fails.
pub fn known(sql: &SqlStorage) -> Result<Known, Fault> {
    log::open(sql)?;
    let mut known = Known::default();
    if let Some(access) = log::meta(sql, "access")? {
        let access: Access = serde_json::from_str(&access).map_err(|e| internal(&e))?;
        known.version = access.version;
        known.endings.add(&access.grants);
        known.devices = access.devices_ended;
    }
    Ok(known)
}

/// Whether its own copy may be used.
///
/// # Errors
/// [`Fault::Unavailable`] while it may not.
pub fn check(sql: &SqlStorage) -> Result<(), Fault> {
    match log::meta(sql, MARK)? {
        Some(_) => Err(Fault::Unavailable { code: "recovering" }),
        None => Ok(()),
    }
}

/// Has a copy of the recovered registry now; and keeps its own name, by which a backup knows whose records these are.
///
/// # Errors
/// When storage fails.
pub fn end(sql: &SqlStorage, shard: &ShardId) -> Result<(), Fault> {
    if log::meta(sql, MARK)?.is_some() {
        log::drop_meta(sql, MARK)?;
    }
    if log::meta(sql, "shard")?.is_none() {
        log::put_meta(sql, "shard", shard.as_str())?;
    }
    Ok(())
}
