//! A shard's log, read record by record as the server stores it, and its chain followed from the first to the last.

use crate::database::has_table;
use anyhow::{Context, Result, bail};
use rusqlite::Connection;
use shared::event::{Hash, Salt};
use shared::id::ShardId;
use shared::sync::Head;
use shared::sync::chain::{chain, digest};
use shared::sync::server::Record;

/// Reads every record in order, one in memory at a time.
///
/// # Errors
/// Where a row cannot be read, or `take` fails.
pub fn each(connection: &Connection, mut take: impl FnMut(Stored) -> Result<()>) -> Result<()> {
    if !has_table(connection, "log")? {
        return Ok(());
    }
    let query = "SELECT seq, id, chain, head, payload, salt, effect FROM log ORDER BY seq";
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let stored = Stored {
            id: row.get(1)?,
            chain: row.get(2)?,
            record: read(
                &row.get::<_, String>(3)?,
                row.get(4)?,
                row.get(5)?,
                row.get::<_, Option<String>>(6)?.as_deref(),
            )
            .with_context(|| format!("record {seq}"))?,
            effect: row.get(6)?,
            erased: row.get::<_, Option<String>>(4)?.is_none() || row.get::<_, Option<String>>(5)?.is_none(),
        };
        if u64::try_from(seq) != Ok(stored.record.seq) {
            bail!("record {seq} says that it is {}", stored.record.seq);
        }
        take(stored)?;
    }
    Ok(())
}

/// A record and the columns stored beside it.
pub struct Stored {
    /// The record; its payload is empty where it was erased.
    pub record: Record,
    /// The event's id as the column has it.
    pub id: String,
    /// The chain as the column has it.
    pub chain: String,
    /// The effect's text, as it was hashed.
    pub effect: Option<String>,
    /// Whether the payload was erased.
    pub erased: bool,
}

fn read(head: &str, payload: Option<String>, salt: Option<String>, effect: Option<&str>) -> Result<Record> {
    let mut record: Record = serde_json::from_str(head)?;
    record.event.payload = payload.unwrap_or_default();
    if let Some(salt) = salt {
        record.salt = serde_json::from_value::<Salt>(salt.into())?;
    }
    record.effect = effect.map(serde_json::from_str).transpose()?;
    Ok(record)
}

/// What following a chain has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// The end of the log.
    pub head: Head,
    /// Records whose payload was erased.
    pub erased: u64,
    /// The shard that the records name.
    pub shard: Option<ShardId>,
}

/// Follows the chain of a whole log.
///
/// # Errors
/// At the first record that is missing, was changed, or does not continue the one before.
pub fn follow(connection: &Connection) -> Result<Followed> {
    let mut found = Followed::default();
    each(connection, |stored| {
        let Stored { record, id, chain: column, effect, erased } = &stored;
        let due = found.head.seq + 1;
        if record.seq != due {
            bail!("record {due} is missing");
        }
        let hash = chain(&found.head.chain, record);
        if hash != record.chain || *column != hash.to_string() || *id != record.event.id.to_string() {
            bail!("record {due} does not continue the chain");
        }
        if *erased {
            found.erased += 1;
        } else if digest(&record.salt, &record.event.payload, effect.as_deref().unwrap_or_default())
            != record.digest
        {
            bail!("the payload of record {due} was changed");
        }
        if found.shard.is_none() {
            found.shard = Some(record.event.shard.clone());
        }
        found.head = Head { seq: record.seq, chain: record.chain };
        Ok(())
    })?;
    Ok(found)
}

/// The chain at a place of the log.
///
/// # Errors
/// When the database cannot be read.
pub fn chain_at(connection: &Connection, seq: u64) -> Result<Option<Hash>> {
    use rusqlite::OptionalExtension;
    if !has_table(connection, "log")? {
        return Ok(None);
    }
    let seq = i64::try_from(seq)?;
    let found: Option<String> =
        connection.query_row("SELECT chain FROM log WHERE seq = ?1", [seq], |row| row.get(0)).optional()?;
    found.map(|text| Ok(serde_json::from_value(text.into())?)).transpose()
}
