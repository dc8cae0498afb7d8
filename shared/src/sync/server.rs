//! The one writer of a shard: judges each event once, orders what it admits, answers with what changed.
//!
//! Invariants: a known id with the same content gets its old verdict and changes nothing; no verdict blocks another;
//! the effective stamp is fixed here, once, and no event is refused for its clock. The shell stores the new records
//! in one storage transaction; if that fails it must drop this [`Shard`] and load it again from the log.

use super::chain::{chain, digest};
use super::message::{
    Head, Hold, MAX_PAGE_ROWS, MAX_PAYLOAD_BYTES, MAX_RECORD_BYTES, PROTOCOL, Page, Refusal, Rejection,
    Reply, Request, Verdict, Want,
};
use super::view::View;
use crate::command::{self, Asked};
use crate::event::{Body, BodyError, Decision, Event, EventId, Fact, Hash, Salt};
use crate::grant::{Access, Action, Ending, Grant, Standing};
use crate::id::{AccountId, DeviceId, ShardId};
use crate::programme::Programme;
use crate::state::{Cell, Mark, Row, ShardState, Taken};
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
    /// What a decision changed; a fact's effect follows from its payload.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Vec<Cell>>,
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
    /// The greatest stamp up to each seq, so that `seen` can be turned into a time.
    high: Vec<Stamp>,
    last_by_device: BTreeMap<DeviceId, Stamp>,
}

impl Shard {
    /// A shard without records.
    pub fn new(id: ShardId) -> Self {
        Self {
            id,
            state: ShardState::default(),
            head: Head::default(),
            high: vec![Stamp(0)],
            last_by_device: BTreeMap::new(),
        }
    }

    /// Folds the next record of the log in.
    pub fn fold(&mut self, record: &Record) {
        self.head = Head { seq: record.seq, chain: record.chain };
        let high = self.high.last().copied().unwrap_or_default().max(record.stamp);
        self.high.push(high);
        let last = self.last_by_device.entry(record.event.id.device).or_default();
        *last = (*last).max(record.stamp);
        if matches!(record.verdict, Verdict::Admitted { .. }) {
            for cell in effect_of(record) {
                self.state.put(Row {
                    stamp: record.stamp,
                    seq: record.seq,
                    device: record.event.id.device,
                    cell,
                });
            }
        }
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
        if event.payload.len() > MAX_PAYLOAD_BYTES || event.kind.len() > 64 {
            return refuse(Rejection::TooLarge);
        }
        let now = Stamp(caller.now_ms).max(self.high.last().copied().unwrap_or_default());
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
        let (standing, grants) = caller.access.standing(caller.account, &self.id, action, stamp, now);
        let judged = match (standing, &body) {
            (Standing::Never, _) => return refuse(Rejection::NotPermitted),
            (Standing::Hold, _) => Judged::Held(hold_of(&grants)),
            (Standing::Valid, Body::Fact(fact)) => match command::check_fact(&self.state, fact, &grants) {
                Ok(None) => Judged::Admitted(None),
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
                match command::decide(&self.state, programme, decision, &asked) {
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

    /// min(now, max(wall + offset, stamp of what it had seen, this device's previous stamp)).
    fn effective_stamp(&self, event: &Event, now: Stamp) -> Stamp {
        let claimed = Stamp(event.wall.0.saturating_add(event.offset));
        let seen =
            usize::try_from(event.seen).ok().and_then(|s| self.high.get(s)).copied().unwrap_or_default();
        let previous = self.last_by_device.get(&event.id.device).copied().unwrap_or_default();
        claimed.max(seen).max(previous).min(now)
    }

    fn append(
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
        };
        let effect_text =
            record.effect.as_ref().and_then(|e| serde_json::to_string(e).ok()).unwrap_or_default();
        record.digest = digest(&record.salt, &record.event.payload, &effect_text);
        record.chain = chain(&self.head.chain, &record);
        self.fold(&record);
        (verdict, Some(record))
    }

    /// Judges a batch in the sender's order. `known` are the verdicts that storage has for ids of the batch.
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
                Some(old) if old.content == content => old.verdict.clone(),
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
            verdicts.push((event.id, verdict));
        }
        (verdicts, records)
    }

    /// Whether the device knows a place in the log that this log does not have. `chain_at_witness` is the chain of
    /// the record at the witness's place, if the log has one.
    pub fn is_forked(&self, witness: &Head, chain_at_witness: Option<Hash>) -> bool {
        witness.seq > self.head.seq || (witness.seq > 0 && chain_at_witness != Some(witness.chain))
    }

    /// What changed in a device's view.
    pub fn page(&self, view: &View, request: &Request) -> Page {
        let tag = view.tag();
        let same = request.tag == Some(tag);
        if same && request.after.is_none() && request.cursor <= self.head.seq {
            let cursor = request.cursor;
            let rows: Vec<Row> = self
                .state
                .rows_after(None, move |key, seq| seq > cursor && view.sees(key))
                .take(MAX_PAGE_ROWS + 1)
                .collect();
            if rows.len() <= MAX_PAGE_ROWS {
                return Page { first: false, full: false, rows, cursor: self.head.seq, tag, next: None };
            }
        }
        // Going on with a whole view is only possible while it is the same view.
        let after = if same { request.after.clone() } else { None };
        let first = after.is_none();
        let mut rows: Vec<Row> =
            self.state.rows_after(after.as_ref(), |key, _| view.sees(key)).take(MAX_PAGE_ROWS + 1).collect();
        let next = if rows.len() > MAX_PAGE_ROWS {
            rows.truncate(MAX_PAGE_ROWS);
            rows.last().map(|row| row.cell.key())
        } else {
            None
        };
        Page { first, full: true, rows, cursor: self.head.seq, tag, next }
    }

    /// The answer to a request whose events were judged; the shell adds the receipt.
    pub fn reply(
        &self,
        request: &Request,
        view: &View,
        verdicts: Vec<(EventId, Verdict)>,
        forked: bool,
        now_ms: i64,
    ) -> Reply {
        let page = match request.want {
            Want::View if forked => Some(self.page(
                view,
                &Request { cursor: 0, tag: None, after: None, events: vec![], ..request.clone() },
            )),
            Want::View => Some(self.page(view, request)),
            Want::Verdicts => None,
        };
        Reply { v: PROTOCOL, server_ms: now_ms, head: self.head, forked, verdicts, page, receipt: None }
    }
}

enum Judged {
    Admitted(Option<Vec<Cell>>),
    Held(Hold),
    Refused(Rejection),
}

/// Why grants that do not let a record count hold it.
fn hold_of(grants: &[&Grant]) -> Hold {
    let is_cause = |g: &&Grant| g.ended.is_some_and(|(_, how)| how == Ending::Cause);
    if grants.iter().any(is_cause) { Hold::Cause } else { Hold::Late }
}

/// Whether a record fits one row of storage.
fn is_storable(event: &Event, effect: &[Cell]) -> bool {
    let effect_bytes = serde_json::to_vec(effect).map_or(usize::MAX, |e| e.len());
    event.payload.len().saturating_add(effect_bytes) <= MAX_RECORD_BYTES
}

/// The registers a record writes.
pub fn effect_of(record: &Record) -> Vec<Cell> {
    match &record.effect {
        Some(cells) => cells.clone(),
        None => fact_cells(&record.event),
    }
}

/// The registers that a fact writes; none for a decision or a payload this version cannot read.
pub fn fact_cells(event: &Event) -> Vec<Cell> {
    match Body::shown(event) {
        Some(Body::Fact(Fact::Mark(marks))) => {
            let mark = |status| Mark { status, account: event.actor, date: marks.date, method: marks.method };
            let cell = |(person, status): &_| {
                Cell::Mark((marks.session, marks.day, *person, event.id.device), mark(*status))
            };
            marks.people.iter().map(cell).collect()
        }
        Some(Body::Fact(Fact::Take(take))) => {
            vec![Cell::Taken(
                (take.session, event.id.device),
                Taken { account: event.actor, until: take.until },
            )]
        }
        Some(Body::Decision(_)) | None => vec![],
    }
}

/// The right that an event needs.
pub fn action_of(body: &Body) -> Action {
    match body {
        Body::Fact(Fact::Mark(_)) => Action::Mark,
        Body::Fact(Fact::Take(_)) => Action::Take,
        Body::Decision(decision) => match decision {
            Decision::Import(_) => Action::Import,
            Decision::PutPlan(_) => Action::PutPlan,
            Decision::ApprovePlan(_) => Action::ApprovePlan,
            Decision::PublishPlan(_) => Action::PublishPlan,
            Decision::CloseVenue(_) => Action::CloseVenue,
            Decision::Resolve(_) => Action::Resolve,
        },
    }
}
