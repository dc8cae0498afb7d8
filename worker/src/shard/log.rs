//! The shard's log in SQLite: never truncated; one row a record; payload and salt apart, so that they can be erased
//! and the chain still be checked.

use crate::auth::{Signer, internal, random};
use crate::error::Fault;
use serde::{Deserialize, Serialize};
use shared::event::{Event, EventId, Hash, Salt};
use shared::id::DeviceId;
use shared::sync::chain::kept_content;
use shared::sync::server::{Known, Record, Shard};
use shared::sync::{MAX_DEPOSIT_BYTES, MAX_DEPOSIT_EVENTS};
use std::collections::BTreeMap;
use worker::{SqlStorage, SqlStorageValue};

/// Bytes of one statement's parameter, under the hosted limit of 2 MB. A record over it has its columns bound one by
/// one; `shared` keeps their sum under the limit of a row.
const MAX_PARAMETER_BYTES: usize = 1_000_000;
/// Rows read at a time while folding.
/// Few, because a row may be nearly 2 MB.
const READ_ROWS: i64 = 100;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS log (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL,
        chain TEXT NOT NULL,
        head TEXT NOT NULL,
        payload TEXT,
        salt TEXT,
        effect TEXT
    );
    CREATE TABLE IF NOT EXISTS devices (
        device TEXT PRIMARY KEY, account TEXT NOT NULL, tablet TEXT NOT NULL, key TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS seen (device TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID;
";

#[derive(Serialize)]
struct Line {
    seq: u64,
    id: EventId,
    content: Hash,
    chain: Hash,
    head: String,
    payload: String,
    salt: Salt,
    effect: Option<String>,
}

#[derive(Deserialize)]
struct Stored {
    head: String,
    payload: Option<String>,
    salt: Option<String>,
    effect: Option<String>,
}

#[derive(Deserialize)]
struct KnownRow {
    id: String,
    content: String,
    head: String,
}

/// Makes the tables that are missing.
///
/// # Errors
/// When storage fails.
pub fn open(sql: &SqlStorage) -> Result<(), Fault> {
    sql.exec(SCHEMA, None)?;
    Ok(())
}

/// Appends records; to be called inside a transaction.
///
/// # Errors
/// When storage fails, a taken id included.
pub fn append(sql: &SqlStorage, secret: &[u8; 32], records: &[Record]) -> Result<(), Fault> {
    let mut parameter = String::from("[");
    for record in records {
        let row = line(secret, record)?;
        let line = serde_json::to_string(&row).map_err(|e| internal(&e))?;
        if line.len() > MAX_PARAMETER_BYTES {
            if parameter.len() > 1 {
                insert(sql, &mut parameter)?;
            }
            insert_one(sql, row)?;
            continue;
        }
        if parameter.len() > 1 && parameter.len() + line.len() > MAX_PARAMETER_BYTES {
            insert(sql, &mut parameter)?;
        }
        if parameter.len() > 1 {
            parameter.push(',');
        }
        parameter.push_str(&line);
    }
    if parameter.len() > 1 { insert(sql, &mut parameter) } else { Ok(()) }
}

fn insert(sql: &SqlStorage, parameter: &mut String) -> Result<(), Fault> {
    parameter.push(']');
    let json = core::mem::replace(parameter, String::from("["));
    let fields = ["seq", "id", "content", "chain", "head", "payload", "salt", "effect"];
    let columns = fields.join(", ");
    let values = fields.map(|f| format!("value->>'$.{f}'")).join(", ");
    sql.exec(&format!("INSERT INTO log ({columns}) SELECT {values} FROM json_each(?)"), vec![json.into()])?;
    Ok(())
}

fn insert_one(sql: &SqlStorage, line: Line) -> Result<(), Fault> {
    let values = vec![
        SqlStorageValue::try_from_i64(i64::try_from(line.seq).map_err(|e| internal(&e))?)?,
        line.id.to_string().into(),
        line.content.to_string().into(),
        line.chain.to_string().into(),
        line.head.into(),
        line.payload.into(),
        line.salt.to_string().into(),
        line.effect.into(),
    ];
    sql.exec(
        "INSERT INTO log (seq, id, content, chain, head, payload, salt, effect) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )?;
    Ok(())
}

/// What tells a repetition from another event: keyed, so that it does not betray a payload that was erased.
fn keyed(secret: &[u8; 32], event: &Event) -> Hash {
    kept_content(secret, &event.content_hash())
}

fn line(secret: &[u8; 32], record: &Record) -> Result<Line, Fault> {
    let effect = record.effect.as_ref().map(serde_json::to_string).transpose().map_err(|e| internal(&e))?;
    let bare = Record {
        event: Event { payload: String::new(), ..record.event.clone() },
        salt: Salt::default(),
        effect: None,
        ..record.clone()
    };
    Ok(Line {
        seq: record.seq,
        id: record.event.id,
        content: keyed(secret, &record.event),
        chain: record.chain,
        head: serde_json::to_string(&bare).map_err(|e| internal(&e))?,
        payload: record.event.payload.clone(),
        salt: record.salt,
        effect,
    })
}

/// Folds the whole log into a shard.
///
/// # Errors
/// When storage fails or a row cannot be read: the shard then answers nothing rather than something wrong.
pub fn load(sql: &SqlStorage, mut shard: Shard) -> Result<Shard, Fault> {
    each(sql, |record| shard.fold(record))?;
    Ok(shard)
}

/// Shows every record in order.
///
/// # Errors
/// When storage fails or a row cannot be read.
pub fn each(sql: &SqlStorage, mut show: impl FnMut(&Record)) -> Result<(), Fault> {
    let mut after = 0i64;
    loop {
        let query = "SELECT head, payload, salt, effect FROM log WHERE seq > ? ORDER BY seq LIMIT ?";
        let rows: Vec<Stored> = sql.exec(query, vec![after.into(), READ_ROWS.into()])?.to_array()?;
        for row in &rows {
            let record = read(row)?;
            after = i64::try_from(record.seq).map_err(|e| internal(&e))?;
            show(&record);
        }
        if (rows.len() as i64) < READ_ROWS {
            return Ok(());
        }
    }
}

/// One record, if there is one.
///
/// # Errors
/// When storage fails or the row cannot be read.
pub fn one(sql: &SqlStorage, seq: u64) -> Result<Option<Record>, Fault> {
    let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
    let query = "SELECT head, payload, salt, effect FROM log WHERE seq = ?";
    let rows: Vec<Stored> = sql.exec(query, vec![SqlStorageValue::try_from_i64(seq)?])?.to_array()?;
    rows.first().map(read).transpose()
}

fn read(row: &Stored) -> Result<Record, Fault> {
    let mut record: Record = serde_json::from_str(&row.head).map_err(|e| internal(&e))?;
    record.event.payload = row.payload.clone().unwrap_or_default();
    if let Some(salt) = &row.salt {
        record.salt = serde_json::from_value(salt.as_str().into()).map_err(|e| internal(&e))?;
    }
    if let Some(effect) = &row.effect {
        record.effect = Some(serde_json::from_str(effect).map_err(|e| internal(&e))?);
    }
    Ok(record)
}

/// The verdicts that the log has for the ids of a batch.
///
/// # Errors
/// When storage fails.
pub fn known(
    sql: &SqlStorage,
    secret: &[u8; 32],
    events: &[Event],
) -> Result<BTreeMap<EventId, Known>, Fault> {
    if events.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<String> = events.iter().map(|e| e.id.to_string()).collect();
    let ids = serde_json::to_string(&ids).map_err(|e| internal(&e))?;
    let query = "SELECT id, content, head FROM log WHERE id IN (SELECT value FROM json_each(?))";
    let rows: Vec<KnownRow> = sql.exec(query, vec![ids.into()])?.to_array()?;
    rows.iter()
        .map(|row| {
            let record: Record = serde_json::from_str(&row.head).map_err(|e| internal(&e))?;
            let id = row.id.parse().map_err(|e| internal(&e))?;
            let same = events.iter().find(|e| e.id == id && keyed(secret, e).to_string() == row.content);
            // No event has the hash of nothing: what is not the same is another.
            let content = same.map(Event::content_hash).unwrap_or_default();
            Ok((id, Known { content, verdict: record.verdict }))
        })
        .collect()
}

/// The chain at a place in the log, if there is one.
///
/// # Errors
/// When storage fails.
pub fn chain_at(sql: &SqlStorage, seq: u64) -> Result<Option<Hash>, Fault> {
    let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
    let rows = sql.exec("SELECT chain FROM log WHERE seq = ?", vec![seq.into()])?;
    let chain = first_text(rows)?;
    chain.map(|c| serde_json::from_value(c.into()).map_err(|e| internal(&e))).transpose()
}

/// What a device brought since its right has ended.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub struct Deposited {
    events: u64,
    bytes: u64,
}

impl Deposited {
    /// Whether it may bring no more.
    pub fn is_full(&self) -> bool {
        self.events >= MAX_DEPOSIT_EVENTS || self.bytes >= MAX_DEPOSIT_BYTES
    }
}

/// What a device brought since its right has ended.
///
/// # Errors
/// When storage fails.
pub fn deposited(sql: &SqlStorage, device: DeviceId) -> Result<Deposited, Fault> {
    let held = meta(sql, &format!("deposited {device}"))?;
    held.map_or(Ok(Deposited::default()), |text| serde_json::from_str(&text).map_err(|e| internal(&e)))
}

/// Counts what it brought now; to be called inside the transaction that stores it.
///
/// # Errors
/// When storage fails.
pub fn put_deposited(
    sql: &SqlStorage,
    device: DeviceId,
    before: Deposited,
    records: &[Record],
) -> Result<(), Fault> {
    let bytes: u64 = records.iter().map(|r| r.event.payload.len() as u64).sum();
    let after = Deposited { events: before.events + records.len() as u64, bytes: before.bytes + bytes };
    put_meta(sql, &format!("deposited {device}"), &serde_json::to_string(&after).map_err(|e| internal(&e))?)
}

/// Notes when a device was last here.
///
/// # Errors
/// When storage fails.
pub fn put_seen(sql: &SqlStorage, device: DeviceId, at_ms: i64) -> Result<(), Fault> {
    let values = vec![device.to_string().into(), SqlStorageValue::try_from_i64(at_ms)?];
    sql.exec("INSERT OR REPLACE INTO seen VALUES (?, ?)", values)?;
    Ok(())
}

/// When a device was last here, milliseconds since 1970.
///
/// # Errors
/// When storage fails.
pub fn seen(sql: &SqlStorage, device: DeviceId) -> Result<Option<i64>, Fault> {
    let query = "SELECT json(at_ms) FROM seen WHERE device = ?";
    let found = first_text(sql.exec(query, vec![device.to_string().into()])?)?;
    Ok(found.and_then(|text| text.parse().ok()))
}

/// A text kept under a key.
///
/// # Errors
/// When storage fails.
pub fn meta(sql: &SqlStorage, key: &str) -> Result<Option<String>, Fault> {
    first_text(sql.exec("SELECT value FROM meta WHERE key = ?", vec![key.into()])?)
}

/// Keeps a text under a key.
///
/// # Errors
/// When storage fails.
pub fn put_meta(sql: &SqlStorage, key: &str, value: &str) -> Result<(), Fault> {
    sql.exec("INSERT OR REPLACE INTO meta VALUES (?, ?)", vec![key.into(), value.into()])?;
    Ok(())
}

/// Forgets what is kept under a key.
///
/// # Errors
/// When storage fails.
pub fn drop_meta(sql: &SqlStorage, key: &str) -> Result<(), Fault> {
    sql.exec("DELETE FROM meta WHERE key = ?", vec![key.into()])?;
    Ok(())
}

/// 32 random bytes under a key, drawn when first asked for.
///
/// # Errors
/// When storage fails or there is no randomness.
pub fn secret(sql: &SqlStorage, key: &str) -> Result<[u8; 32], Fault> {
    if let Some(held) = meta(sql, key)? {
        let Hash(bytes) = serde_json::from_value(held.into()).map_err(|e| internal(&e))?;
        return Ok(bytes);
    }
    let bytes = random()?;
    put_meta(sql, key, &Hash(bytes).to_string())?;
    Ok(bytes)
}

/// What an object signs tokens with. Backups know the name of its key, and leave it out.
///
/// # Errors
/// As [`secret`].
pub fn signer(sql: &SqlStorage, audience: &str) -> Result<Signer, Fault> {
    Ok(Signer { audience: audience.to_owned(), secret: secret(sql, "token-secret")? })
}

/// The first column of the first row.
pub fn first_text(cursor: worker::SqlCursor) -> Result<Option<String>, Fault> {
    match cursor.raw().next().transpose()?.and_then(|row| row.into_iter().next()) {
        Some(SqlStorageValue::String(text)) => Ok(Some(text)),
        _ => Ok(None),
    }
}
