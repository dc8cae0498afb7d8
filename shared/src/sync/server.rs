//! The one writer of a shard: judges each event once, orders what it admits, answers with what changed.
//!
//! Invariants: a known id with the same content gets its old verdict and changes nothing; no verdict blocks another;
//! the effective stamp is fixed here, once, and no event is refused for its clock. The shell stores the new records
//! in one storage transaction; if that fails it must drop this [`Shard`] and load it again from the log.

use super::chain::{chain, digest};
pub use super::effect::{action_of, effect_of, fact_cells};
use super::message::{
    Head, Hold, MAX_PAGE_ROWS, MAX_PAYLOAD_BYTES, MAX_RECORD_BYTES, Refusal, Rejection, Verdict,
};
use super::stamp::Last;
use crate::command::{self, Asked};
use crate::event::{Body, BodyError, Decision, Event, EventId, Hash, Salt};
use crate::grant::{Access, Ending, Grant, Standing};
use crate::id::{AccountId, DeviceId, ShardId};
use crate::mutants::{Mutant, on};
use crate::programme::Programme;
use crate::state::{Cell, Row, ShardState};
use crate::time::{Day, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of the shard's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its place, from 1.
    pub seq: u64,
    /// What was sent.
    pub event: Event,
    /// What became of it.
    pub verdict: Verdict,
    /// Effective time.
    pub stamp: Stamp,
    /// The server's clock at admission.
    pub server_ms: i64,
    /// Salt of the payload's hash.
    pub salt: Salt,
    /// Hash over salt, payload and effect as they were stored; it outlives their erasure.
    pub digest: Hash,
    /// Hash over the previous chain, what the event says of itself, verdict, times and digest.
    pub chain: Hash,
    /// What a decision changed, or the shard decided on top of a fact; what a fact says follows from its payload.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Vec<Cell>>,
    /// Whose value each written register held before: see [`crate::audit::replaced`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<Vec<i64>>,
}

/// A verdict given earlier, as storage knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Hash of the event's content.
    pub content: Hash,
    /// What became of it.
    pub verdict: Verdict,
}

/// Who sends, and when.
pub struct Caller<'a> {
    /// The account of the device's token.
    pub account: AccountId,
    /// The device of the token.
    pub device: DeviceId,
    /// The tablet or computer it is on.
    pub tablet: &'a str,
    /// The shard's copy of accounts and grants.
    pub access: &'a Access,
    /// The server's clock, milliseconds since 1970.
    pub now_ms: i64,
    /// The programme's day.
    pub today: Day,
    /// Random bytes for this batch.
    pub seed: [u8; 32],
}

/// A shard's folded log.
#[derive(Clone, Debug)]
pub struct Shard {
    /// Which.
    pub id: ShardId,
    /// All registers.
    pub state: ShardState,
    /// The end of the log.
    pub head: Head,
    /// Rows of one page of a view: [`MAX_PAGE_ROWS`], unless a test wants many pages.
    pub page_rows: usize,
    /// The greatest stamp up to each seq, so that `seen` can be turned into a time.
    pub(super) high: Vec<Stamp>,
    pub(super) last_by_device: BTreeMap<DeviceId, Last>,
    /// The greatest `seen` of each device's records: what a device has seen once stays seen, a clone's lower cursor
    /// notwithstanding.
    seen_by_device: BTreeMap<DeviceId, u64>,
    /// Records that are held and not judged yet, by their place.
    pub(super) held: BTreeMap<u64, HeldRecord>,
}

/// A held record, and what its device had seen.
#[derive(Clone, Debug)]
pub struct HeldRecord {
    /// The record.
    pub record: Record,
    /// See [`Row::seen`].
    pub seen: u64,
    /// When it was written, by which rights are judged.
    pub written: Stamp,
}

impl Shard {
    /// A shard without records.
    pub fn new(id: ShardId) -> Self {
        Self {
            id,
            state: ShardState::default(),
            head: Head::default(),
            page_rows: MAX_PAGE_ROWS,
            high: vec![Stamp(0)],
            last_by_device: BTreeMap::new(),
            seen_by_device: BTreeMap::new(),
            held: BTreeMap::new(),
        }
    }

    /// Folds the next record of the log in.
    pub fn fold(&mut self, record: &Record) {
        let written = self.written(&record.event, self.now(record.server_ms));
        self.head = Head { seq: record.seq, chain: record.chain };
        let seen = self.seen_of(&record.event).min(record.seq.saturating_sub(1));
        self.seen_by_device.insert(record.event.id.device, seen);
        match record.verdict {
            Verdict::Admitted { .. } => {
                for row in self.rows_of(record, seen) {
                    if let Cell::Judged((_, seq), _) | Cell::Erased(seq, _) = &row.cell {
                        self.held.remove(seq);
                    }
                    self.state.put(row);
                }
            }
            Verdict::Held { seq, .. } => {
                if on(Mutant::AppliesHeld) {
                    for row in self.rows_of(record, seen) {
                        self.state.put(row);
                    }
                }
                self.held.insert(seq, HeldRecord { record: record.clone(), seen, written });
            }
            Verdict::Refused(_) | Verdict::Fork | Verdict::Newer => {}
        }
        let high = self.high().max(record.stamp);
        self.high.push(high);
        let last = self.last_by_device.entry(record.event.id.device).or_default();
        *last = Last { stamp: last.stamp.max(record.stamp), written: last.written.max(written) };
    }

    /// The greatest stamp of the log.
    pub(super) fn high(&self) -> Stamp {
        self.high.last().copied().unwrap_or_default()
    }

    fn seen_of(&self, event: &Event) -> u64 {
        event.seen.max(self.seen_by_device.get(&event.id.device).copied().unwrap_or_default())
    }

    /// The rows that an admitted record writes; to be asked before the record itself is folded.
    ///
    /// What a fact says bears the fact's own stamp. What the shard decided on top of it, and what a decision changes,
    /// bears the time of deciding, and was decided with everything seen. What a held fact says bears the held record's
    /// stamp once it is released: its author's later marks still win.
    pub fn rows_of(&self, record: &Record, seen: u64) -> Vec<Row> {
        let (seq, device) = (record.seq, record.event.id.device);
        let of_fact = fact_cells(&record.event).into_iter().map(|cell| Row {
            seen: if cell.keeps_siblings() { seen } else { 0 },
            ..Row::new(record.stamp, seq, device, cell)
        });
        let decided = self.now(record.server_ms);
        // Looked for once: an import or a plan has thousands of cells.
        let released = self.released_by(record);
        let effect = record.effect.iter().flatten().map(|cell| match released {
            Some(held) if !matches!(cell, Cell::Judged(..)) => Row {
                seen: if cell.keeps_siblings() { held.seen } else { 0 },
                ..Row::new(held.record.stamp, seq, held.record.event.id.device, cell.clone())
            },
            _ => Row {
                seen: if cell.keeps_siblings() { seq.saturating_sub(1) } else { 0 },
                ..Row::new(decided, seq, device, cell.clone())
            },
        });
        of_fact.chain(effect).collect()
    }

    /// The held record that a judgement releases.
    fn released_by(&self, record: &Record) -> Option<&HeldRecord> {
        record.effect.iter().flatten().find_map(|cell| match cell {
            Cell::Judged((_, seq), judgement) if judgement.released => self.held.get(seq),
            _ => None,
        })
    }

    /// Judges one event that storage does not know, and folds what comes of it.
    ///
    /// A record is returned for everything that belongs in the log.
    pub fn admit(
        &mut self,
        programme: &Programme,
        caller: &Caller<'_>,
        event: &Event,
        nth: u32,
    ) -> (Verdict, Option<Record>) {
        let refuse = |why| (Verdict::Refused(Refusal { seq: None, why }), None);
        if event.shard != self.id {
            return refuse(Rejection::OtherShard);
        }
        if event.actor != caller.account || event.id.device != caller.device {
            return refuse(Rejection::OtherAccount);
        }
        // Only another shard writes these, and not by this way: see `follow`.
        if event.kind == super::follow::KIND {
            return refuse(Rejection::NotPermitted);
        }
        if event.payload.len() > MAX_PAYLOAD_BYTES || event.kind.len() > 64 {
            return refuse(Rejection::TooLarge);
        }
        if event.kind == crate::erase::KIND {
            // It takes records out of storage: it has a route of its own.
            return refuse(Rejection::NotPermitted);
        }
        let now = self.now(caller.now_ms);
        let stamp = self.effective_stamp(event, now);
        let body = match Body::decode(&event.kind, event.version, &event.payload) {
            Ok(body) => body,
            // A later version may know it: kept, shown to nobody.
            Err(BodyError::Unknown) if caller.access.may_write(caller.account, &self.id) => {
                return self.append(caller, event, stamp, nth, Judged::Held(Hold::NewerKind));
            }
            Err(BodyError::Unknown) => return refuse(Rejection::NotPermitted),
            Err(BodyError::Malformed(detail)) => return refuse(Rejection::Malformed { detail }),
        };
        let action = action_of(&body);
        let who = (caller.account, caller.device);
        let written = if on(Mutant::RightsAtAdmission) { now } else { self.written(event, now) };
        let (standing, grants) = caller.access.standing(who, &self.id, action, written, now);
        let judged = match (standing, &body) {
            (Standing::Never, _) => {
                // After a restore, what a device had seen is a place in a lost history, and tells no time: in doubt a
                // person looks.
                let by_clock = event.claimed().min(now);
                let doubt = caller.access.standing(who, &self.id, action, by_clock, now).0;
                match (doubt, &body) {
                    (Standing::Valid, Body::Fact(_)) if !on(Mutant::RightsAtAdmission) => {
                        Judged::Held(Hold::Late)
                    }
                    _ => return refuse(Rejection::NotPermitted),
                }
            }
            (Standing::Hold, _) => Judged::Held(hold_of(&grants, caller)),
            (Standing::Valid, Body::Fact(fact)) => match command::check_fact(&self.state, fact, &grants) {
                Ok(None) => Judged::Admitted(command::effect_of_fact(&self.state, fact)),
                Ok(Some(why)) => Judged::Held(why),
                Err(why) => return refuse(why),
            },
            (Standing::Valid, Body::Decision(decision)) => {
                let asked = Asked {
                    by: caller.account,
                    tablet: caller.tablet,
                    grants: &grants,
                    access: caller.access,
                    today: caller.today,
                    shard: &self.id,
                };
                let decided = match decision {
                    Decision::Judge(judge) => self.judge(judge, &asked),
                    other => command::decide(&self.state, programme, other, &asked),
                };
                match decided {
                    Ok(cells) if is_storable(event, &cells) => Judged::Admitted(Some(cells)),
                    Ok(_) => return refuse(Rejection::TooLarge),
                    Err(why) => Judged::Refused(why),
                }
            }
        };
        // A decision takes effect when it is decided; a fact when it was seen.
        let stamp = if matches!(body, Body::Decision(_)) { now } else { stamp };
        self.append(caller, event, stamp, nth, judged)
    }

    /// The time of a decision: never before what the log has.
    pub(super) fn now(&self, now_ms: i64) -> Stamp {
        Stamp(now_ms).max(self.high())
    }

    pub(super) fn append(
        &mut self,
        caller: &Caller<'_>,
        event: &Event,
        stamp: Stamp,
        nth: u32,
        judged: Judged,
    ) -> (Verdict, Option<Record>) {
        let seq = self.head.seq + 1;
        let (verdict, effect) = match judged {
            Judged::Admitted(effect) => (Verdict::Admitted { seq }, effect),
            Judged::Held(why) => (Verdict::Held { seq, why: Some(why) }, None),
            Judged::Refused(why) => (Verdict::Refused(Refusal { seq: Some(seq), why }), None),
        };
        let salt = Salt::nth(&caller.seed, nth);
        let mut record = Record {
            seq,
            event: event.clone(),
            verdict: verdict.clone(),
            stamp,
            server_ms: caller.now_ms,
            salt,
            digest: Hash::default(),
            chain: Hash::default(),
            effect,
            replaced: None,
        };
        if matches!(record.verdict, Verdict::Admitted { .. }) {
            let seen = self.seen_of(event).min(seq.saturating_sub(1));
            record.replaced = Some(crate::audit::replaced(&self.state, &self.rows_of(&record, seen)));
        }
        let effect_text =
            record.effect.as_ref().and_then(|e| serde_json::to_string(e).ok()).unwrap_or_default();
        record.digest = digest(&record.salt, &record.event.payload, &effect_text);
        record.chain = chain(&self.head.chain, &record);
        self.fold(&record);
        (verdict, Some(record))
    }

    /// Judges a batch in the sender's order, up to the first event whose id is taken, and then what was held and can be
    /// judged now. `known` are the verdicts that storage has for ids of the batch; all records belong into the log, in
    /// one transaction.
    pub fn admit_batch(
        &mut self,
        programme: &Programme,
        caller: &Caller<'_>,
        events: &[Event],
        mut known: BTreeMap<EventId, Known>,
    ) -> (Vec<(EventId, Verdict)>, Vec<Record>) {
        let mut verdicts = Vec::with_capacity(events.len());
        let mut records = Vec::new();
        for event in events {
            let content = event.content_hash();
            let verdict = match known.get(&event.id) {
                Some(old) if old.content == content || on(Mutant::PlainCounters) => old.verdict.clone(),
                Some(_) => Verdict::Fork,
                None => {
                    let (verdict, record) = self.admit(programme, caller, event, records.len() as u32);
                    if let Some(record) = record {
                        known.insert(event.id, Known { content, verdict: verdict.clone() });
                        records.push(record);
                    }
                    verdict
                }
            };
            let forks = verdict == Verdict::Fork;
            verdicts.push((event.id, verdict));
            if forks {
                // It comes again under a new id, and what was written after it must not come before it.
                break;
            }
        }
        self.judge_what_is_known_now(caller, &mut records);
        (verdicts, records)
    }

    /// Whether the device knows a place in the log that this log does not have. `chain_at_witness` is the chain of
    /// the record at the witness's place, if the log has one.
    pub fn is_forked(&self, witness: &Head, chain_at_witness: Option<Hash>) -> bool {
        !on(Mutant::NoWitness)
            && (witness.seq > self.head.seq || (witness.seq > 0 && chain_at_witness != Some(witness.chain)))
    }
}

pub(super) enum Judged {
    Admitted(Option<Vec<Cell>>),
    Held(Hold),
    Refused(Rejection),
}

/// Why grants, or the device, that do not let a record count hold it.
fn hold_of(grants: &[&Grant], caller: &Caller<'_>) -> Hold {
    let is_cause = |ended: Option<(Stamp, Ending)>| ended.is_some_and(|(_, how)| how == Ending::Cause);
    let of_device = caller.access.devices_ended.get(&caller.device).copied();
    if is_cause(of_device) || grants.iter().any(|g| is_cause(g.ended)) { Hold::Cause } else { Hold::Late }
}

/// Whether a record fits one row of storage.
pub(super) fn is_storable(event: &Event, effect: &[Cell]) -> bool {
    let effect_bytes = serde_json::to_vec(effect).map_or(usize::MAX, |e| e.len());
    event.payload.len().saturating_add(effect_bytes) <= MAX_RECORD_BYTES
}
