//! Checking logs: every digest and chain computed again from what lies on disk, and compared with receipts that
//! trainers hold and places that devices remember. What is wrong is named: shard, place, what differs.
//!
//! It reads a storage folder (beside a running server too), a backup, or records as JSON lines.

use crate::{backup, database, objects};
use anyhow::{Context, Result, bail};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use shared::audit::checked::AskCheck;
use shared::event::Hash;
use shared::id::ShardId;
use shared::sync::Receipt;
use shared::sync::receipt::SCHEME_P256;
use shared::sync::seal::{PublicKey, Seal};
use shared::sync::server::Record;
use shared::sync::verify::{Anchor, Checker, Report, StoredRow};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What outsiders kept of the logs.
#[derive(Debug, Default)]
pub struct Kept {
    /// Receipts, and where each came from.
    pub receipts: Vec<(String, Receipt)>,
    /// Places that devices remember.
    pub witnesses: Vec<(ShardId, Anchor)>,
}

/// What came of checking everything.
#[derive(Debug, Default)]
pub struct Outcome {
    /// One a shard.
    pub reports: Vec<Report>,
    /// Receipts that no key of their shard has signed, and other things that speak of no record.
    pub doubts: Vec<String>,
}

impl Outcome {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.doubts.is_empty() && self.reports.iter().all(Report::is_sound)
    }
}

impl Kept {
    /// Reads a file of receipts: short texts or JSON, one a line, or a single one over several lines.
    ///
    /// # Errors
    /// Where a line is no receipt.
    pub fn add_receipts(&mut self, path: &Path) -> Result<()> {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let name = |n: usize| format!("receipt {} of {}", n + 1, path.display());
        let read = |text: &str| AskCheck { receipt: text.to_owned() }.read();
        if let Ok(receipt) = read(&text) {
            self.receipts.push((name(0), receipt));
            return Ok(());
        }
        for (n, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            let receipt = read(line).map_err(|_| anyhow::anyhow!("{} is not a receipt", name(n)))?;
            self.receipts.push((name(n), receipt));
        }
        Ok(())
    }

    /// Reads a file of places that devices remember: `{"shard", "head": {"seq", "chain"}, "from"}`, one a line.
    ///
    /// # Errors
    /// Where a line is none.
    pub fn add_witnesses(&mut self, path: &Path) -> Result<()> {
        #[derive(serde::Deserialize)]
        struct Line {
            shard: ShardId,
            #[serde(flatten)]
            anchor: Anchor,
        }
        for line in BufReader::new(fs::File::open(path)?).lines() {
            let line = line?;
            if !line.trim().is_empty() {
                let Line { shard, anchor } = serde_json::from_str(&line).context("a witness")?;
                self.witnesses.push((shard, anchor));
            }
        }
        Ok(())
    }

    fn anchors_of(&self, shard: &ShardId) -> Vec<Anchor> {
        let of_receipts = self.receipts.iter().filter(|(_, r)| r.shard == *shard);
        let of_receipts = of_receipts.map(|(from, r)| Anchor { head: r.head, from: from.clone() });
        let of_devices = self.witnesses.iter().filter(|(s, _)| s == shard).map(|(_, a)| a.clone());
        of_receipts.chain(of_devices).collect()
    }
}

/// Checks every log of a folder of objects.
///
/// # Errors
/// When a file cannot be read at all.
pub fn objects(folder: &Path, kept: &Kept) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut keys: BTreeMap<ShardId, BTreeSet<PublicKey>> = BTreeMap::new();
    for object in objects::list(folder)? {
        let connection = database::open(&object.path(folder))?;
        match object.kind {
            objects::Kind::Shard => {
                if is_empty(&connection)? {
                    // A shard that was told of rights and has no record yet.
                    continue;
                }
                let Some(shard) = shard_of(&connection)? else {
                    outcome.doubts.push(format!("{}: whose records these are cannot be told", object.name));
                    continue;
                };
                let secret = secret_of(&connection)?;
                if let Some(seal) = secret.and_then(|secret| Seal::of(&secret, shard.as_str())) {
                    keys.entry(shard.clone()).or_default().insert(seal.public_key());
                }
                outcome.reports.push(log(&connection, shard.clone(), secret, kept.anchors_of(&shard))?);
            }
            objects::Kind::Registry => {
                for (shard, key) in kept_keys(&connection)? {
                    keys.entry(shard).or_default().insert(key);
                }
            }
            objects::Kind::Runtime => {}
        }
    }
    for (from, receipt) in &kept.receipts {
        let of_shard = keys.get(&receipt.shard);
        if !outcome.reports.iter().any(|report| report.shard == receipt.shard) {
            outcome.doubts.push(format!("{from}: there is no log of {}", receipt.shard));
        } else if receipt.key != SCHEME_P256 {
            outcome
                .doubts
                .push(format!("{from}: {} can be checked by the running server alone", receipt.key));
        } else if !of_shard.is_some_and(|keys| keys.iter().any(|key| key.has_signed_receipt(receipt))) {
            outcome.doubts.push(format!("{from}: not signed by {}", receipt.shard));
        }
    }
    Ok(outcome)
}

/// Checks a backup, unpacked into an empty folder.
///
/// # Errors
/// When the backup is damaged.
pub fn backup(file: &Path, into: &Path, kept: &Kept) -> Result<Outcome> {
    backup::unpack(file, into)?;
    objects(into, kept)
}

/// Checks records as JSON lines, of one or several shards.
///
/// # Errors
/// When a line is no record.
pub fn lines(file: &Path, kept: &Kept) -> Result<Outcome> {
    let mut checkers: BTreeMap<ShardId, Checker> = BTreeMap::new();
    for (n, line) in BufReader::new(fs::File::open(file)?).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Record = serde_json::from_str(&line).with_context(|| format!("line {}", n + 1))?;
        let shard = record.event.shard.clone();
        let checker = checkers.entry(shard.clone());
        checker
            .or_insert_with(|| Checker::new(shard.clone(), None, kept.anchors_of(&shard)))
            .row(&StoredRow::of(&record));
    }
    Ok(Outcome { reports: checkers.into_values().map(Checker::finish).collect(), doubts: vec![] })
}

fn log(
    connection: &Connection,
    shard: ShardId,
    secret: Option<[u8; 32]>,
    anchors: Vec<Anchor>,
) -> Result<Report> {
    let mut checker = Checker::new(shard, secret, anchors);
    if !database::has_table(connection, "log")? {
        return Ok(checker.finish());
    }
    let query = "SELECT seq, id, content, chain, head, payload, salt, effect FROM log ORDER BY seq";
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // Whatever stands there is read: a tampered row must not end the check.
        let text = |at: usize| -> Result<Option<String>> {
            Ok(match row.get_ref(at)? {
                ValueRef::Null => None,
                ValueRef::Integer(number) => Some(number.to_string()),
                ValueRef::Real(number) => Some(number.to_string()),
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                    Some(String::from_utf8_lossy(bytes).into_owned())
                }
            })
        };
        checker.row(&StoredRow {
            seq: row.get(0)?,
            id: text(1)?.unwrap_or_default(),
            content: Some(text(2)?.unwrap_or_default()),
            chain: text(3)?.unwrap_or_default(),
            head: text(4)?.unwrap_or_default(),
            payload: text(5)?,
            salt: text(6)?,
            effect: text(7)?,
        });
    }
    Ok(checker.finish())
}

/// Whose log it is: as the shard says of itself, else as its records do.
fn shard_of(connection: &Connection) -> Result<Option<ShardId>> {
    if let Some(name) = database::meta(connection, "shard")? {
        return Ok(name.parse().ok());
    }
    if !database::has_table(connection, "log")? {
        return Ok(None);
    }
    let query = "SELECT head->>'$.event.shard' FROM log WHERE json_valid(head) LIMIT 1";
    let mut statement = connection.prepare(query)?;
    let mut rows = statement.query([])?;
    let name: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?.flatten();
    Ok(name.and_then(|name| name.parse().ok()))
}

fn is_empty(connection: &Connection) -> Result<bool> {
    if !database::has_table(connection, "log")? {
        // It has a secret from its first record on, and usually before.
        return Ok(
            !database::has_table(connection, "meta")? || database::meta(connection, "secret")?.is_none()
        );
    }
    Ok(connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM log)", [], |row| row.get(0))?)
}

fn secret_of(connection: &Connection) -> Result<Option<[u8; 32]>> {
    let held = database::meta(connection, "secret")?;
    Ok(held.and_then(|text| Hash::from_hex(&text)).map(|Hash(bytes)| bytes))
}

/// The keys of receipts that the registry keeps.
fn kept_keys(connection: &Connection) -> Result<Vec<(ShardId, PublicKey)>> {
    if !database::has_table(connection, "receipt_keys")? {
        return Ok(vec![]);
    }
    let mut statement = connection.prepare("SELECT shard, key FROM receipt_keys")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut keys = vec![];
    for row in rows {
        let (shard, key) = row?;
        keys.extend(shard.parse().ok().map(|shard| (shard, PublicKey(key))));
    }
    Ok(keys)
}

/// Says what came of it, a few lines a shard.
pub fn print(outcome: &Outcome) {
    for report in &outcome.reports {
        let Report { shard, records, head, anchors, findings, erased } = report;
        let said = if report.is_sound() { "sound".to_owned() } else { format!("{} FAULTS", findings.len()) };
        let chain: String = head.chain.to_string().chars().take(16).collect();
        println!(
            "{shard}: {records} records, head {} {chain}, {anchors} compared from outside: {said}",
            head.seq
        );
        for finding in findings {
            println!("  {shard} #{}: {}", finding.seq, finding.what);
        }
        for told in erased {
            let records = &told.records;
            let (first, last) = (records.first().copied().unwrap_or(0), records.last().copied().unwrap_or(0));
            println!(
                "  #{first}..{last} ({} records) erased by account {} at {} UTC in #{}: {}",
                records.len(),
                told.account,
                crate::utc(told.server_ms),
                told.by,
                told.reason
            );
        }
    }
    for doubt in &outcome.doubts {
        println!("{doubt}");
    }
    if outcome.reports.is_empty() {
        println!("There is no log.");
    }
}

/// The command: false when something is wrong.
///
/// # Errors
/// When what was named cannot be read.
pub fn run(
    source: &Source<'_>,
    receipts: &[std::path::PathBuf],
    witnesses: &[std::path::PathBuf],
) -> Result<bool> {
    let mut kept = Kept::default();
    receipts.iter().try_for_each(|path| kept.add_receipts(path))?;
    witnesses.iter().try_for_each(|path| kept.add_witnesses(path))?;
    let outcome = match source {
        Source::Storage(folder) => objects(&objects::folder(folder), &kept)?,
        Source::Lines(file) => lines(file, &kept)?,
        Source::Backup(file) => {
            let place = file.with_extension("verifying");
            if place.exists() {
                bail!("{} is in the way", place.display());
            }
            let outcome = backup(file, &place, &kept);
            let _ = fs::remove_dir_all(&place);
            outcome?
        }
    };
    print(&outcome);
    Ok(outcome.is_sound())
}

/// What is checked.
#[derive(Debug)]
pub enum Source<'a> {
    /// A storage folder.
    Storage(&'a Path),
    /// A backup.
    Backup(&'a Path),
    /// Records as JSON lines.
    Lines(&'a Path),
}
