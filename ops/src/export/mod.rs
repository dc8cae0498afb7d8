//! Everything a commission must be able to take away, in open formats: CSV and JSON, one folder a shard, the log with
//! its chain, the programme pack.
//!
//! Reads the databases beside a running server, each shard at one moment. One shard's state is in memory at a time, as
//! in the server, and one record of a log. Phones and personal numbers only where asked for: they are in the payloads of
//! imports too, so the log has its payloads only then.

mod shard;
mod table;

use crate::database;
use crate::log::{self, Stored};
use crate::objects::{self, Kind};
use anyhow::{Context, Result, ensure};
use cascade_tests::device::now_ms;
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Value, json};
use shared::grant::{Account, Grant};
use shared::id::ShardId;
use shared::sync::Head;
use shared::sync::server::Shard;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use table::Table;

/// Whether phones, personal numbers and payloads are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Contacts {
    With,
    Without,
}

/// What an export says of itself, in `manifest.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest {
    /// The version of Cascade.
    pub version: String,
    /// When it was begun, milliseconds since 1970.
    pub begun_ms: i64,
    /// Whether phones, personal numbers and payloads are in it.
    pub contacts: bool,
    /// The shards, each as it was at one moment.
    pub shards: BTreeMap<ShardId, Part>,
    /// Rows of the tables that are no shard's.
    pub tables: BTreeMap<String, u64>,
}

/// One shard of an export.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// The end of its log.
    pub head: Head,
    /// Rows by table.
    pub tables: BTreeMap<String, u64>,
}

/// Exports a storage folder into a folder that is absent or empty.
///
/// # Errors
/// When the folder holds something, or a database cannot be read.
pub fn run(storage: &Path, out: &Path, contacts: Contacts) -> Result<Manifest> {
    crate::backup::private_folder(out)?;
    ensure!(fs::read_dir(out)?.next().is_none(), "{} is not empty", out.display());
    let folder = objects::folder(storage);
    let mut manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        begun_ms: now_ms(),
        contacts: contacts == Contacts::With,
        shards: BTreeMap::new(),
        tables: BTreeMap::new(),
    };
    for object in objects::list(&folder)? {
        let connection = database::open(&object.path(&folder))?;
        // One moment for all that is read of it.
        connection.execute_batch("BEGIN")?;
        match object.kind {
            Kind::Runtime => {}
            Kind::Registry => registry(&connection, out, &mut manifest)?,
            Kind::Shard => {
                let done = one_shard(&connection, out, contacts).with_context(|| object.name.clone())?;
                manifest.shards.extend(done);
            }
        }
    }
    fs::write(out.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    Ok(manifest)
}

fn registry(connection: &Connection, out: &Path, manifest: &mut Manifest) -> Result<()> {
    if let Some(pack) = database::meta(connection, "programme")? {
        fs::write(out.join("programme.json"), pack)?;
    }
    if !database::has_table(connection, "accounts")? {
        return Ok(());
    }
    let mut table = Table::begin(out, "accounts", &["account", "name", "created_by"])?;
    each(connection, "SELECT body FROM accounts ORDER BY id", |account: Account| {
        table.row(vec![json!(account.id), json!(account.name), json!(account.created_by)])
    })?;
    manifest.tables.extend([table.end()?]);
    let columns =
        &["grant", "account", "role", "shard", "person", "from_ms", "until_ms", "ended_ms", "ended_how"];
    let mut table = Table::begin(out, "grants", columns)?;
    each(connection, "SELECT body FROM grants ORDER BY id", |grant: Grant| {
        let (ended, how) = grant.ended.map(|(at, how)| (at.0, how)).unzip();
        table.row(vec![
            json!(grant.id),
            json!(grant.account),
            json!(grant.role),
            json!(grant.shard),
            json!(grant.person),
            json!(grant.from),
            json!(grant.until),
            json!(ended),
            json!(how),
        ])
    })?;
    manifest.tables.extend([table.end()?]);
    Ok(())
}

fn each<T: serde::de::DeserializeOwned>(
    connection: &Connection,
    query: &str,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(serde_json::from_str(&row.get::<_, String>(0)?)?)?;
    }
    Ok(())
}

/// A shard that was never used has no folder.
fn one_shard(connection: &Connection, out: &Path, contacts: Contacts) -> Result<Option<(ShardId, Part)>> {
    let mut named = database::meta(connection, "shard")?.and_then(|name| name.parse::<ShardId>().ok());
    if named.is_none() {
        // A folder of an earlier version: its records name it.
        log::each(connection, |stored| {
            named.get_or_insert(stored.record.event.shard);
            Ok(())
        })?;
    }
    let Some(id) = named else { return Ok(None) };
    let plain = id.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    ensure!(plain, "a shard's name that cannot be a folder's");
    let folder = out.join(id.as_str());
    crate::backup::private_folder(&folder)?;
    let mut shard = Shard::new(id.clone());
    let mut written = Table::begin(&folder, "log", LOG)?;
    log::each(connection, |stored| {
        shard.fold(&stored.record);
        written.row(log_row(&stored, contacts))
    })?;
    let mut tables = shard::write(&folder, &shard.state, contacts)?;
    tables.push(written.end()?);
    Ok(Some((id, Part { head: shard.head, tables: tables.into_iter().collect() })))
}

const LOG: &[&str] = &[
    "seq",
    "id",
    "device",
    "account",
    "kind",
    "version",
    "verdict",
    "code",
    "stamp_ms",
    "wall_ms",
    "offset_ms",
    "server_ms",
    "seen",
    "digest",
    "chain",
    "erased",
    "salt",
    "payload",
    "effect",
];

fn log_row(stored: &Stored, contacts: Contacts) -> Vec<Value> {
    let (record, event) = (&stored.record, &stored.record.event);
    let verdict = json!(record.verdict);
    let with = |value: Value| if contacts == Contacts::With && !stored.erased { value } else { Value::Null };
    vec![
        json!(record.seq),
        json!(event.id),
        json!(event.id.device),
        json!(event.actor),
        json!(event.kind),
        json!(event.version),
        verdict["v"].clone(),
        verdict
            .get("code")
            .or_else(|| verdict.get("why"))
            .filter(|c| c.is_string())
            .cloned()
            .unwrap_or_default(),
        json!(record.stamp),
        json!(event.wall),
        json!(event.offset),
        json!(record.server_ms),
        json!(event.seen),
        json!(record.digest),
        json!(record.chain),
        json!(stored.erased),
        with(json!(record.salt)),
        with(json!(event.payload)),
        with(json!(stored.effect)),
    ]
}
