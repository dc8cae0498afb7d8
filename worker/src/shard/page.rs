//! Pages of the log for whoever may read it, and what a receipt covers: rows out of SQL, lines from `shared::audit`.

use crate::auth::{Signer, internal};
use crate::error::Fault;
use crate::shard::log;
use crate::shard_do::{Loaded, json};
use shared::audit::checked::{Checked, Covered, InLog, MAX_COVERED};
use shared::audit::{CLOCK_OFF_MS, LogPage, MAX_CHANGES, MAX_CHANGES_OF_ONE, MAX_LINES, Query, Reader};
use shared::state::{Cell, CellKey};
use shared::sync::server::{Record, effect_of};
use shared::sync::{Receipt, Verdict};
use std::collections::BTreeMap;
use worker::{Response, SqlStorage, SqlStorageValue};

/// Bytes of payloads and effects read for one page: the rest follows on the next.
const PAGE_BYTES: i64 = 6_000_000;

/// One page; `contacts` says whether the reader may see people's numbers.
///
/// # Errors
/// [`Fault::BadRequest`] for a query that cannot be read, or when storage fails.
pub fn page(sql: &SqlStorage, loaded: &Loaded, contacts: bool, query: &str) -> Result<Response, Fault> {
    let query = Query::read(query).map_err(|_| Fault::BadRequest { code: "malformed-query" })?;
    let most = if query.record.is_some() { MAX_CHANGES_OF_ONE } else { MAX_CHANGES };
    let (places, next) = places(sql, &query)?;
    let reader = Reader { state: &loaded.shard.state, accounts: &loaded.access.accounts, contacts, most };
    let mut lines = Vec::with_capacity(places.len());
    for seq in places {
        let Some(record) = log::one(sql, seq)? else { continue };
        let held = held(sql, &reader, &record)?;
        lines.push(reader.line(&record, &held));
    }
    json(&LogPage { lines, next, head: loaded.shard.head })
}

/// The values that the record's registers held before.
fn held(
    sql: &SqlStorage,
    reader: &Reader<'_>,
    record: &Record,
) -> Result<BTreeMap<(u64, CellKey), Cell>, Fault> {
    let mut wanted: BTreeMap<u64, Vec<CellKey>> = BTreeMap::new();
    for (place, key) in reader.needs(record) {
        wanted.entry(place).or_default().push(key);
    }
    let mut held = BTreeMap::new();
    // One record at a time: an import's may be large.
    for (place, keys) in wanted {
        let Some(found) = log::one(sql, place)? else { continue };
        for cell in effect_of(&found) {
            let key = cell.key();
            if keys.contains(&key) {
                held.insert((place, key), cell);
            }
        }
    }
    Ok(held)
}

/// The places of a page in its order, and where the next one goes on.
fn places(sql: &SqlStorage, query: &Query) -> Result<(Vec<u64>, Option<u64>), Fault> {
    let limit = query.limit.unwrap_or(MAX_LINES).clamp(1, MAX_LINES) as usize;
    let mut conditions = vec!["1".to_owned()];
    let mut values: Vec<SqlStorageValue> = vec![];
    let mut put = |condition: &str, value: SqlStorageValue| {
        conditions.push(condition.to_owned());
        values.push(value);
    };
    let place = |seq: u64| SqlStorageValue::try_from_i64(i64::try_from(seq).unwrap_or(i64::MAX >> 11));
    for (condition, seq) in [("seq > ?", query.after), ("seq < ?", query.before), ("seq = ?", query.record)] {
        if let Some(seq) = seq {
            put(condition, place(seq)?);
        }
    }
    if let Some(account) = query.account {
        put("head->>'$.event.actor' = ?", account.to_string().into());
    }
    if let Some(kind) = &query.kind {
        put("head->>'$.event.kind' = ?", kind.clone().into());
    }
    let ids = [query.person.map(|p| p.to_string()), query.session.map(|s| s.to_string())];
    for id in ids.into_iter().flatten() {
        put("instr(ifnull(payload, '') || ifnull(effect, ''), ?) > 0", format!("\"{id}\"").into());
    }
    if let Some(import) = query.import {
        put("instr(ifnull(payload, ''), ?) > 0", format!("\"import\":\"{import}\"").into());
    }
    if query.clock_off {
        // As `shared::audit::clock_ahead_ms` has it.
        let (wall, offset) = ("(head->>'$.event.wall')", "(head->>'$.event.offset')");
        conditions.push(format!(
            "(abs({offset}) > {CLOCK_OFF_MS} OR \
             ({offset} = 0 AND {wall} - (head->>'$.server_ms') > {CLOCK_OFF_MS}))"
        ));
    }
    let order = if query.after.is_some() { "ASC" } else { "DESC" };
    let select = format!(
        "SELECT seq, ifnull(length(payload), 0) + ifnull(length(effect), 0) FROM log \
         WHERE {} ORDER BY seq {order} LIMIT {}",
        conditions.join(" AND "),
        limit + 1
    );
    let (mut places, mut bytes) = (vec![], 0);
    for row in sql.exec(&select, values)?.raw() {
        let mut row = row?.into_iter().map(number);
        let (Some(Some(seq)), Some(Some(size))) = (row.next(), row.next()) else {
            return Err(internal(&"a row of the log without its place"));
        };
        bytes += size;
        if places.len() == limit || (bytes > PAGE_BYTES && !places.is_empty()) {
            let next = places.last().copied();
            return Ok((places, next));
        }
        places.push(u64::try_from(seq).map_err(|e| internal(&e))?);
    }
    Ok((places, None))
}

fn number(value: SqlStorageValue) -> Option<i64> {
    match value {
        SqlStorageValue::Integer(number) => Some(number),
        SqlStorageValue::Float(number) => Some(number as i64),
        _ => None,
    }
}

/// What this shard says to a receipt.
///
/// # Errors
/// When storage fails.
pub fn check(sql: &SqlStorage, loaded: &Loaded, receipt: &Receipt) -> Result<Response, Fault> {
    let chain = log::chain_at(sql, receipt.head.seq)?;
    let log = match chain {
        Some(chain) if chain == receipt.head.chain => InLog::Same,
        None if receipt.head.seq == 0 => InLog::Same,
        None if receipt.head.seq > loaded.shard.head.seq => InLog::EndsBefore,
        _ => InLog::Differs,
    };
    let mut checked = Checked {
        shard: receipt.shard.clone(),
        device: receipt.device,
        head: receipt.head,
        server_ms: receipt.server_ms,
        is_signed: receipt.shard == loaded.shard.id && is_signed(loaded, receipt),
        log,
        who: String::new(),
        admitted: 0,
        held: 0,
        refused: 0,
        records: vec![],
    };
    let query = "SELECT head FROM log WHERE seq <= ? AND id >= ? AND id < ? ORDER BY seq DESC";
    let upto = SqlStorageValue::try_from_i64(i64::try_from(receipt.head.seq).unwrap_or(i64::MAX >> 11))?;
    // Ids begin with the device.
    let values = vec![upto, format!("{}.", receipt.device).into(), format!("{}/", receipt.device).into()];
    for row in sql.exec(query, values)?.raw() {
        let Some(SqlStorageValue::String(head)) = row?.into_iter().next() else { continue };
        let record: Record = serde_json::from_str(&head).map_err(|e| internal(&e))?;
        match record.verdict {
            Verdict::Admitted { .. } => checked.admitted += 1,
            Verdict::Held { .. } => checked.held += 1,
            _ => checked.refused += 1,
        }
        if checked.records.is_empty() {
            let account = loaded.access.accounts.get(&record.event.actor);
            checked.who = account.map(|a| a.name.clone()).unwrap_or_default();
        }
        if checked.records.len() < MAX_COVERED {
            checked.records.push(Covered {
                seq: record.seq,
                kind: record.event.kind,
                wall_ms: record.event.wall.0,
                server_ms: record.server_ms,
                verdict: record.verdict,
            });
        }
    }
    json(&checked)
}

/// Whether this shard signed it, with the key it has now or by the scheme of the first servers.
fn is_signed(loaded: &Loaded, receipt: &Receipt) -> bool {
    if receipt.key == shared::sync::receipt::SCHEME_HMAC {
        let parts = [
            receipt.device.to_string(),
            receipt.batch.to_string(),
            receipt.head.seq.to_string(),
            receipt.head.chain.to_string(),
            receipt.server_ms.to_string(),
        ];
        let first = Signer { audience: loaded.shard.id.to_string(), secret: loaded.secret };
        return first.is_signed("receipt", &parts.each_ref().map(String::as_str), &receipt.signature);
    }
    loaded.seal.public_key().has_signed_receipt(receipt)
}
