//! A shard's object: its log on disk, the fold of it in memory, and what can go wrong between the two.
//!
//! It does what `worker/src/shard_do.rs` does with the same calls of `shared::sync`, one transaction a batch.

use crate::country::{TODAY, shard_id};
use crate::rules::{Breach, Eyes, Invariant, Said, broken, named};
use crate::writes::Writes;
use shared::event::{Event, EventId, Hash, Salt};
use shared::grant::{Access, Action};
use shared::id::{AccountId, DeviceId, RunId};
use shared::mutants::{Mutant, on};
use shared::programme::Programme;
use shared::state::{Cell, CellKey, Row, ShardState};
use shared::sync::chain::{chain, digest};
use shared::sync::server::{Caller, Known, Record, Shard};
use shared::sync::view::View;
use shared::sync::{Head, Verdict, Want, decode_request};
use shared::time::{Stamp, WallMs};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What meets the next batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trip {
    /// Storage refuses: nothing is kept, the caller gets an error.
    CommitFails,
    /// The object ends in mid-batch: nothing is kept, memory is gone.
    EndsBeforeCommit,
    /// The object ends after the commit: all is kept, the answer is lost.
    EndsAfterCommit,
}

/// One line of the log on disk.
#[derive(Clone, Debug)]
struct Line {
    record: Rc<Record>,
    content: Hash,
}

/// A copy from which the shard can be restored.
#[derive(Clone, Debug)]
struct Copy {
    lines: usize,
    access: Access,
}

/// One shard's storage, and its object while that is in memory.
#[derive(Clone, Debug)]
pub struct Store {
    number: usize,
    log: Vec<Line>,
    index: BTreeMap<EventId, usize>,
    /// The shard's copy of accounts and grants.
    pub access: Access,
    memory: Option<Shard>,
    /// What meets the next batch.
    pub trip: Option<Trip>,
    copy: Option<Copy>,
    restored: bool,
    /// Rows of a page.
    pub page_rows: usize,
    /// The committed records, folded one by one: what memory must equal.
    plain: Shard,
    /// Rows that were written into registers in which one's own order counts.
    rows_by_register: BTreeMap<CellKey, Vec<Row>>,
    seen_by_device: BTreeMap<DeviceId, u64>,
    batches: u64,
}

/// An answer on its way, and what it was made of.
pub struct Answer {
    /// As it goes over the wire.
    pub bytes: Vec<u8>,
    /// What the shard had, where rows were sent.
    pub said: Option<Rc<Said>>,
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// The account of the token.
    pub account: AccountId,
    /// The device of the token.
    pub device: DeviceId,
    /// The tablet it is on.
    pub tablet: &'a str,
}

mod checks;

impl Store {
    /// An empty shard.
    pub fn new(number: usize, access: Access, page_rows: usize) -> Self {
        Self {
            number,
            log: vec![],
            index: BTreeMap::new(),
            access,
            memory: None,
            trip: None,
            copy: None,
            restored: false,
            page_rows,
            plain: Shard::new(shard_id(number)),
            rows_by_register: BTreeMap::new(),
            seen_by_device: BTreeMap::new(),
            batches: 0,
        }
    }

    /// The end of the log.
    pub fn head(&self) -> Head {
        self.log.last().map_or(Head::default(), |l| Head { seq: l.record.seq, chain: l.record.chain })
    }

    /// The registers, by the log.
    pub fn state(&self) -> &ShardState {
        &self.plain.state
    }

    /// Records that wait for a coordinator.
    pub fn held(&self) -> Vec<(u64, EventId)> {
        self.plain.held().map(|r| (r.seq, r.event.id)).collect()
    }

    /// Whether a place is one of this log.
    pub fn has(&self, place: &Head) -> bool {
        place.seq == 0 || self.chain_at(place.seq) == Some(place.chain)
    }

    /// The record of an event.
    pub fn record_of(&self, id: &EventId) -> Option<&Record> {
        self.index.get(id).map(|at| &*self.log[*at].record)
    }

    fn chain_at(&self, seq: u64) -> Option<Hash> {
        let at = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.log.get(at).map(|l| l.record.chain)
    }

    /// Takes the object out of memory.
    pub fn evict(&mut self) {
        self.memory = None;
    }

    /// Takes a copy.
    pub fn take_copy(&mut self) {
        self.copy = Some(Copy { lines: self.log.len(), access: self.access.clone() });
    }

    /// Restores the copy; without one, or by choice, the log of so many records earlier.
    pub fn restore(&mut self, back: usize) {
        self.memory = None;
        self.restored = true;
        let lines = match &self.copy {
            Some(copy) if back.is_multiple_of(2) && copy.lines <= self.log.len() => {
                self.access = copy.access.clone();
                copy.lines
            }
            // The roster and the first plan are in every copy.
            _ => self.log.len().saturating_sub(back % 12).max(2),
        };
        if self.copy.as_ref().is_some_and(|c| c.lines > lines) {
            self.copy = None;
        }
        let log = std::mem::take(&mut self.log);
        (self.index, self.rows_by_register, self.seen_by_device) = Default::default();
        self.plain = Shard::new(shard_id(self.number));
        for line in log.into_iter().take(lines) {
            self.take_in(line);
        }
    }

    /// Writes registers as a record of headquarters that no tablet sent.
    pub fn direct(&mut self, cells: Vec<Cell>, now_ms: i64, writes: &Writes) -> Result<(), Breach> {
        let (head, id) = (self.head(), DeviceId(0x99));
        self.batches += 1;
        let event = Event {
            id: EventId { device: id, run: RunId(self.batches), n: 0 },
            shard: shard_id(self.number),
            actor: AccountId(8),
            wall: WallMs(now_ms),
            offset: 0,
            seen: head.seq,
            kind: "import".into(),
            version: 1,
            payload: String::new(),
        };
        let high = self.log.iter().map(|l| l.record.stamp).max().unwrap_or_default();
        let verdict = Verdict::Admitted { seq: head.seq + 1 };
        let effect_text = serde_json::to_string(&cells).unwrap_or_default();
        let mut record = Record {
            seq: head.seq + 1,
            event,
            verdict,
            stamp: Stamp(now_ms).max(high),
            server_ms: now_ms,
            salt: Salt::default(),
            digest: digest(&Salt::default(), "", &effect_text),
            chain: Hash::default(),
            effect: Some(cells),
            replaced: None,
        };
        record.chain = chain(&head.chain, &record);
        if let Some(memory) = &mut self.memory {
            memory.fold(&record);
        }
        self.commit(vec![record], writes)
    }

    fn loaded(&mut self) -> Shard {
        match self.memory.take() {
            Some(shard) => shard,
            None => {
                let mut shard = Shard::new(shard_id(self.number));
                shard.page_rows = self.page_rows;
                self.log.iter().for_each(|line| shard.fold(&line.record));
                shard
            }
        }
    }

    /// Answers one request, or not.
    ///
    /// # Errors
    /// The invariant that broke.
    pub fn answer(
        &mut self,
        asker: Asker<'_>,
        bytes: &[u8],
        now_ms: i64,
        programme: &Programme,
        writes: &Writes,
    ) -> Result<Option<Answer>, Breach> {
        let id = shard_id(self.number);
        if self.access.grants_of(asker.account, &id).next().is_none() {
            return Ok(None);
        }
        let request = match decode_request(bytes) {
            Ok(request) => request,
            Err(error) => return broken(Invariant::WireIsRead, format!("a request: {error}")),
        };
        if request.shard != id || request.device != asker.device {
            return Ok(None);
        }
        let access = self.access.clone();
        let mut grants = access.holding(asker.account, &id, Stamp(now_ms));
        grants.retain(|g| Action::SyncView.allowed(g.role));
        let mut shard = self.loaded();
        let forked = shard.is_forked(&request.witness, self.chain_at(request.witness.seq));
        let mut verdicts = vec![];
        let has_work = !request.events.is_empty() || shard.held().next().is_some();
        if (!forked || on(Mutant::AdmitsWhileForked)) && has_work {
            self.batches += 1;
            let caller = Caller {
                account: asker.account,
                device: asker.device,
                tablet: asker.tablet,
                access: &access,
                now_ms,
                today: TODAY,
                seed: seed_of(self.number, self.batches),
            };
            let known = request.events.iter().filter_map(|e| Some((e.id, *self.index.get(&e.id)?)));
            let known: BTreeMap<EventId, Known> = known
                .map(|(id, at)| {
                    let line = &self.log[at];
                    (id, Known { content: line.content, verdict: line.record.verdict.clone() })
                })
                .collect();
            let new: Vec<&Event> = request.events.iter().filter(|e| !known.contains_key(&e.id)).collect();
            let (told, records) = shard.admit_batch(programme, &caller, &request.events, known.clone());
            self.check_rights(&caller, &new, &told, writes)?;
            match self.trip.take() {
                Some(Trip::CommitFails) => {
                    if on(Mutant::FoldsBeforeCommit) {
                        self.memory = Some(shard);
                    }
                    return Ok(None);
                }
                Some(Trip::EndsBeforeCommit) => return Ok(None),
                Some(Trip::EndsAfterCommit) => return self.commit(records, writes).map(|()| None),
                None => self.commit(records, writes)?,
            }
            verdicts = told;
        }
        let view = match request.want {
            Want::View => View::of(&shard.state, &grants),
            Want::Verdicts => View::default(),
        };
        let reply = shard.reply(&request, &view, verdicts, forked, now_ms);
        self.check_memory(&shard)?;
        let said = match &reply.page {
            None => None,
            Some(page) => {
                let eyes = Eyes::of(self.state(), &grants);
                let outside = page.rows.iter().find(|r| !eyes.see(self.state(), &r.cell.key()));
                if let Some(row) = outside {
                    let what = format!("{} is sent {row:?}", asker.account);
                    return broken(Invariant::NothingOutsideTheView, what);
                }
                Some(Rc::new(Said { state: self.state().clone(), eyes }))
            }
        };
        self.memory = Some(shard);
        let bytes = serde_json::to_vec(&reply)
            .map_err(|e| Breach { invariant: Invariant::WireIsRead, what: format!("a reply: {e}") })?;
        Ok(Some(Answer { bytes, said }))
    }

    /// One transaction: all records or none.
    fn commit(&mut self, records: Vec<Record>, writes: &Writes) -> Result<(), Breach> {
        let mut touched: Vec<CellKey> = vec![];
        for record in records {
            if self.index.contains_key(&record.event.id) {
                let what = format!("{} comes a second time", named(&record.event.id));
                return broken(Invariant::InTheLogOnce, what);
            }
            let head = self.head();
            let follows = record.seq == head.seq + 1 && chain(&head.chain, &record) == record.chain;
            let effect =
                record.effect.as_ref().and_then(|e| serde_json::to_string(e).ok()).unwrap_or_default();
            if !follows || digest(&record.salt, &record.event.payload, &effect) != record.digest {
                return broken(Invariant::ChainHolds, format!("record {}", record.seq));
            }
            let content = record.event.content_hash();
            touched.extend(self.take_in(Line { record: Rc::new(record), content }));
            self.check_held()?;
        }
        for key in touched {
            self.check_own_order(&key, writes)?;
            self.check_siblings(&key)?;
        }
        Ok(())
    }

    /// Folds a committed line in; says which registers it wrote in which order counts.
    fn take_in(&mut self, line: Line) -> Vec<CellKey> {
        let record = line.record.clone();
        let before = self.seen_by_device.get(&record.event.id.device).copied().unwrap_or_default();
        let seen = record.event.seen.max(before).min(record.seq - 1);
        self.seen_by_device.insert(record.event.id.device, seen);
        let mut touched = vec![];
        if matches!(record.verdict, Verdict::Admitted { .. }) {
            for row in self.plain.rows_of(&record, seen) {
                if matches!(row.cell, Cell::Mark(..) | Cell::Corrected(..)) {
                    touched.push(row.cell.key());
                    self.rows_by_register.entry(row.cell.key()).or_default().push(row);
                }
            }
        }
        self.index.insert(record.event.id, self.log.len());
        self.plain.fold(&record);
        self.log.push(line);
        touched
    }
}

fn seed_of(number: usize, batch: u64) -> [u8; 32] {
    let mut seed = [number as u8; 32];
    seed[..8].copy_from_slice(&batch.to_be_bytes());
    seed
}
