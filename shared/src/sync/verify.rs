//! Checking a shard's log as it lies in storage: every digest and chain computed again, and compared with what others
//! kept of it. A row that was removed, altered, moved or slipped in is found and named.
//!
//! The chain alone finds what was changed carelessly. Whoever can write the storage can also compute a new chain from
//! there on; that is found by what left the server before: receipts that trainers hold and places ("witnesses") that
//! devices remember. See [`Anchor`].

use super::chain::{chain, digest, kept_content};
use super::message::{Head, Verdict};
use super::server::Record;
use crate::event::{Event, EventId, Hash, Salt};
use crate::id::ShardId;
use crate::state::Cell;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One row of the log, column by column, as storage gives it: nothing in it is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct StoredRow {
    pub seq: i64,
    pub id: String,
    /// Keyed hash of the event; nothing where the source has none (an exported log).
    pub content: Option<String>,
    pub chain: String,
    /// The record without payload, salt and effect.
    pub head: String,
    pub payload: Option<String>,
    pub salt: Option<String>,
    pub effect: Option<String>,
}

impl StoredRow {
    /// A record as storage keeps it; `content` is the shell's to add.
    pub fn of(record: &Record) -> Self {
        let bare = Record {
            event: Event { payload: String::new(), ..record.event.clone() },
            salt: Salt::default(),
            effect: None,
            ..record.clone()
        };
        let effect = record.effect.as_ref().map(|cells| serde_json::to_string(cells).unwrap_or_default());
        // No salt is ever nothing: a record that has none was read after its erasure.
        let is_gone = record.salt == Salt::default() && record.event.payload.is_empty() && effect.is_none();
        Self {
            seq: i64::try_from(record.seq).unwrap_or(i64::MAX),
            id: record.event.id.to_string(),
            content: None,
            chain: record.chain.to_string(),
            head: serde_json::to_string(&bare).unwrap_or_default(),
            payload: (!is_gone).then(|| record.event.payload.clone()),
            salt: (!is_gone).then(|| record.salt.to_string()),
            effect,
        }
    }
}

/// A place in the log that somebody outside kept: from a receipt, or from a device's memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The place and the chain there.
    pub head: Head,
    /// Who kept it, for people to read.
    pub from: String,
}

/// What is wrong with a log, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The shard.
    pub shard: ShardId,
    /// The place.
    pub seq: u64,
    /// What.
    pub what: Fault,
}

/// What can be wrong with a place of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Fault {
    /// Rows are not there.
    #[error("records are missing, up to {last}")]
    Missing {
        /// The last one that is missing.
        last: u64,
    },
    /// A row stands where an earlier one already stood.
    #[error("this place was taken before")]
    Repeated,
    /// A column cannot be read.
    #[error("{column} cannot be read")]
    Unreadable {
        /// Which.
        column: String,
    },
    /// A column says something else than the record.
    #[error("{column} differs from what the record says")]
    Column {
        /// Which.
        column: String,
    },
    /// Payload, salt or effect are not those that were admitted.
    #[error("payload or effect was altered")]
    Payload,
    /// What the record says of itself, or its place, is not what was chained.
    #[error("the chain breaks: this record was altered or moved")]
    Chain,
    /// An id is in the log twice.
    #[error("the same event is in the log twice")]
    RepeatedId,
    /// The payload is gone and no erasure says so.
    #[error("the payload is gone and no erasure names it")]
    GoneWithoutErasure,
    /// An erasure names it and the payload is still there.
    #[error("erased by {by}, and the payload is still there")]
    StillThere {
        /// The place of the erasure.
        by: u64,
    },
    /// The log ends before a place that somebody was told of.
    #[error("the log ends before this place, which {from} was told of")]
    EndsBefore {
        /// Who.
        from: String,
    },
    /// The log has another past than somebody was told.
    #[error("the log differs from what {from} was told")]
    Differs {
        /// Who.
        from: String,
    },
}

/// An erasure that the log tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The place of the erasing record.
    pub by: u64,
    /// Who decided it.
    pub account: crate::id::AccountId,
    /// When, the server's clock.
    pub server_ms: i64,
    /// Why.
    pub reason: String,
    /// What it removed.
    pub records: Vec<u64>,
}

/// What a check came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The shard.
    pub shard: ShardId,
    /// Records that were read.
    pub records: u64,
    /// The end of the log.
    pub head: Head,
    /// Outside places that were compared.
    pub anchors: u64,
    /// What is wrong, in the order of the log.
    pub findings: Vec<Finding>,
    /// What was erased, by whom, when and why.
    pub erased: Vec<Told>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Checks one log, row after row.
pub struct Checker {
    shard: ShardId,
    secret: Option<[u8; 32]>,
    anchors: Vec<Anchor>,
    head: Head,
    /// Whether the chain before the next row is known.
    is_joined: bool,
    records: u64,
    ids: BTreeSet<EventId>,
    /// Payloads that are gone.
    gone: BTreeSet<u64>,
    erased: Vec<Told>,
    findings: Vec<Finding>,
    /// Chains at places that anchors name.
    chains: BTreeMap<u64, Hash>,
}

impl Checker {
    /// Begins. With the shard's secret the keyed hashes of contents are checked too.
    pub fn new(shard: ShardId, secret: Option<[u8; 32]>, anchors: Vec<Anchor>) -> Self {
        Self {
            shard,
            secret,
            anchors,
            head: Head::default(),
            is_joined: true,
            records: 0,
            ids: BTreeSet::new(),
            gone: BTreeSet::new(),
            erased: vec![],
            findings: vec![],
            chains: BTreeMap::new(),
        }
    }

    fn find(&mut self, seq: u64, what: Fault) {
        self.findings.push(Finding { shard: self.shard.clone(), seq, what });
    }

    /// Takes the next row, in the order of its column `seq`.
    pub fn row(&mut self, row: &StoredRow) {
        let seq = u64::try_from(row.seq).unwrap_or(0);
        self.records += 1;
        if seq <= self.head.seq {
            self.find(seq, Fault::Repeated);
            return;
        }
        if seq > self.head.seq + 1 {
            self.find(self.head.seq + 1, Fault::Missing { last: seq - 1 });
            self.is_joined = false;
        }
        let unreadable = |column: &str| Fault::Unreadable { column: column.into() };
        let Ok(record) = serde_json::from_str::<Record>(&row.head) else {
            self.find(seq, unreadable("head"));
            // The chain of the next one can still be checked against what this row's column says.
            self.go_on(seq, Hash::from_hex(&row.chain));
            return;
        };
        self.columns(seq, row, &record);
        let previous = self.head.chain;
        if self.is_joined && chain(&previous, &record) != record.chain {
            self.find(seq, Fault::Chain);
        }
        if !self.ids.insert(record.event.id) {
            self.find(seq, Fault::RepeatedId);
        }
        self.payload(seq, row, &record);
        // One altered row is one finding: what follows is checked against what this row says.
        self.go_on(seq, Some(record.chain));
    }

    fn go_on(&mut self, seq: u64, chain: Option<Hash>) {
        self.is_joined = chain.is_some();
        self.head = Head { seq, chain: chain.unwrap_or_default() };
        if self.anchors.iter().any(|a| a.head.seq == seq) {
            self.chains.insert(seq, self.head.chain);
        }
    }

    fn columns(&mut self, seq: u64, row: &StoredRow, record: &Record) {
        let says = [
            ("seq", record.seq == seq && record.verdict.seq().is_none_or(|at| at == seq)),
            ("id", record.event.id.to_string() == row.id),
            ("chain", record.chain.to_string() == row.chain),
            ("shard", record.event.shard == self.shard),
        ];
        for (column, agrees) in says {
            if !agrees {
                self.find(seq, Fault::Column { column: column.into() });
            }
        }
    }

    fn payload(&mut self, seq: u64, row: &StoredRow, record: &Record) {
        let (Some(payload), Some(salt)) = (&row.payload, &row.salt) else {
            if row.payload.is_some() || row.salt.is_some() || row.effect.is_some() {
                self.find(seq, Fault::Payload);
            }
            self.gone.insert(seq);
            return;
        };
        let Some(salt) = Salt::from_hex(salt) else {
            return self.find(seq, Fault::Unreadable { column: "salt".into() });
        };
        let effect = row.effect.as_deref().unwrap_or_default();
        if digest(&salt, payload, effect) != record.digest {
            self.find(seq, Fault::Payload);
        }
        let mut event = record.event.clone();
        event.payload.clone_from(payload);
        if let (Some(secret), Some(content)) = (&self.secret, &row.content)
            && kept_content(secret, &event.content_hash()).to_string() != *content
        {
            self.find(seq, Fault::Column { column: "content".into() });
        }
        self.erasure(seq, record, effect);
    }

    /// Remembers what an admitted erasure names.
    fn erasure(&mut self, seq: u64, record: &Record, effect: &str) {
        if record.event.kind != crate::erase::KIND || !matches!(record.verdict, Verdict::Admitted { .. }) {
            return;
        }
        let Ok(cells) = serde_json::from_str::<Vec<Cell>>(effect) else {
            return self.find(seq, Fault::Unreadable { column: "effect".into() });
        };
        let mut told = Told {
            by: seq,
            account: record.event.actor,
            server_ms: record.server_ms,
            reason: String::new(),
            records: vec![],
        };
        for cell in cells {
            if let Cell::Erased(of, erasure) = cell {
                told.records.push(of);
                told.reason = erasure.reason;
            }
        }
        self.erased.push(told);
    }

    /// The end of the log.
    pub fn finish(mut self) -> Report {
        let erased_by: BTreeMap<u64, u64> =
            self.erased.iter().flat_map(|told| told.records.iter().map(|r| (*r, told.by))).collect();
        let gone = core::mem::take(&mut self.gone);
        for seq in gone.iter().filter(|seq| !erased_by.contains_key(seq)) {
            self.find(*seq, Fault::GoneWithoutErasure);
        }
        for (seq, by) in erased_by.iter().filter(|(seq, _)| !gone.contains(seq)) {
            self.find(*seq, Fault::StillThere { by: *by });
        }
        let anchors = core::mem::take(&mut self.anchors);
        let compared = anchors.len() as u64;
        for Anchor { head, from } in anchors {
            if head.seq == 0 {
                continue;
            }
            match self.chains.get(&head.seq) {
                Some(chain) if *chain == head.chain => {}
                Some(_) => self.find(head.seq, Fault::Differs { from }),
                None if head.seq > self.head.seq => self.find(head.seq, Fault::EndsBefore { from }),
                // The row is not there, which is said already.
                None => {}
            }
        }
        self.findings.sort_by_key(|f| f.seq);
        Report {
            shard: self.shard,
            records: self.records,
            head: self.head,
            anchors: compared,
            findings: self.findings,
            erased: self.erased,
        }
    }
}

#[cfg(test)]
mod tests;
