//! A device's side of one shard: confirmed rows, its own writes laid over them, and what to send.
//!
//! Invariants: a pending event leaves only by a verdict; an admitted one stays in the overlay until the cursor has
//! reached it; a whole view replaces the old one only when its last page has come; what was shown never blinks; an
//! answer to an older question than the last one answered changes nothing.
//! The shell stores what [`Client::receive`] returns in one transaction; a timeout or an error changes nothing.

mod commit;

pub use commit::Commit;

use super::message::{Head, Hold, MAX_EVENTS, PROTOCOL, Receipt, Rejection, Reply, Request, Verdict, Want};
use super::server::fact_cells;
use crate::event::{Body, Event, EventId, Hash};
use crate::id::{AccountId, DeviceId, RunId, ShardId};
use crate::mutants::{Mutant, on};
use crate::state::{CellKey, Judgement, Row, ShardState, TABLES};
use crate::time::WallMs;
use serde::{Deserialize, Serialize};

/// Bytes of payload after which a batch is sent without waiting for more events.
const BATCH_BYTES: usize = 600_000;

/// Where a device stands in a shard's log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// All rows up to here are in the confirmed layer.
    pub cursor: u64,
    /// The view they belong to.
    pub tag: Option<Hash>,
    /// The highest place in the log ever heard of.
    pub witness: Head,
    /// Milliseconds to add to this device's clock to get the server's; 0 until known.
    pub offset: i64,
    /// The server's time of the last exchange that succeeded; 0 if none did.
    pub last_success_ms: i64,
    /// The last receipt.
    #[serde(default)]
    pub receipt: Option<Receipt>,
    /// The key to which this shard's parcels are sealed.
    #[serde(default)]
    pub parcel_key: Option<String>,
    /// The version of the code's tables that took the rows in: other code asks for the whole view again, for an
    /// older one may have left out rows it did not know.
    #[serde(default)]
    pub tables: u32,
}

/// One of the device's own events and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// As written.
    pub event: Event,
    /// What the shard said.
    pub verdict: Verdict,
}

/// What has become of an own event so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate<'a> {
    /// It counts: it was admitted, or held and then released.
    Counts,
    /// It is stored with the commission, and somebody must confirm it.
    Held(Option<Hold>),
    /// It was held, and will not count.
    Dismissed(&'a Judgement),
    /// It does not count.
    Refused(&'a Rejection),
    /// The shard has it; what became of it is known after the update.
    Unknown,
}

/// What a device has on disk for one shard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// Confirmed rows.
    pub rows: Vec<Row>,
    /// Where it stands.
    pub place: Place,
    /// Not yet judged, in write order.
    pub pending: Vec<Event>,
    /// Judged, in write order.
    pub kept: Vec<Kept>,
}

#[derive(Clone, Debug)]
struct Staging {
    tag: Hash,
    cursor: u64,
    next: Option<CellKey>,
    rows: Vec<Row>,
}

/// The device's side of one shard.
#[derive(Clone, Debug)]
pub struct Client {
    shard: ShardId,
    device: DeviceId,
    account: AccountId,
    run: RunId,
    next_n: u32,
    confirmed: ShardState,
    shown: ShardState,
    place: Place,
    pending: Vec<Event>,
    kept: Vec<Kept>,
    staging: Option<Staging>,
    /// Counts the answers taken in: an answer to an earlier question is void. It begins by chance with each run, for
    /// a page that has read its store again must not take what was asked before.
    turn: u32,
}

impl Client {
    /// Opens what is on disk. `run` is drawn anew for each load of the page.
    pub fn open(shard: ShardId, device: DeviceId, account: AccountId, run: RunId, stored: Stored) -> Self {
        let mut confirmed = ShardState::default();
        for row in stored.rows {
            confirmed.put(row);
        }
        let mut place = stored.place;
        if place.tables != TABLES {
            place = Place { tables: TABLES, cursor: 0, tag: None, ..place };
        }
        let (run, next_n) = if on(Mutant::PlainCounters) {
            (RunId(0), (stored.pending.len() + stored.kept.len()) as u32)
        } else {
            (run, 0)
        };
        let mut client = Self {
            shard,
            device,
            account,
            run,
            next_n,
            confirmed,
            shown: ShardState::default(),
            place,
            pending: stored.pending,
            kept: stored.kept,
            staging: None,
            turn: run.0 as u32,
        };
        client.lay_overlay();
        client
    }

    /// What to show: confirmed rows under this device's own writes.
    pub fn shown(&self) -> &ShardState {
        &self.shown
    }

    /// What the shard has confirmed.
    pub fn confirmed(&self) -> &ShardState {
        &self.confirmed
    }

    /// Where the device stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Events without a verdict, in write order.
    pub fn pending(&self) -> &[Event] {
        &self.pending
    }

    /// Events with a verdict, in write order.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// What has become of an own event that was judged.
    pub fn fate<'a>(&'a self, kept: &'a Kept) -> Fate<'a> {
        match &kept.verdict {
            Verdict::Admitted { .. } => Fate::Counts,
            Verdict::Held { seq, why } => match self.confirmed.judged.get(&(kept.event.actor, *seq)) {
                Some(judged) if judged.value.released => Fate::Counts,
                Some(judged) => Fate::Dismissed(&judged.value),
                None => Fate::Held(*why),
            },
            Verdict::Refused(refusal) => Fate::Refused(&refusal.why),
            Verdict::Fork | Verdict::Newer => Fate::Unknown,
        }
    }

    /// The shard.
    pub fn shard(&self) -> &ShardId {
        &self.shard
    }

    /// Whether a whole view is on its way in pages.
    pub fn is_staging(&self) -> bool {
        self.staging.is_some()
    }

    /// Writes an event. The shell stores it before it says "saved"; it is shown at once.
    pub fn write(&mut self, body: &Body, wall: WallMs) -> Event {
        let (kind, version) = body.kind();
        let event = Event {
            id: EventId { device: self.device, run: self.run, n: self.next_n },
            shard: self.shard.clone(),
            actor: self.account,
            wall,
            offset: self.place.offset,
            seen: self.place.cursor,
            kind: kind.to_owned(),
            version,
            payload: body.encode(),
        };
        self.next_n += 1;
        self.lay(&event);
        self.pending.push(event.clone());
        event
    }

    /// What to send now.
    pub fn request(&self, want: Want) -> Request {
        let mut bytes = 0;
        let events = self
            .pending
            .iter()
            .take(MAX_EVENTS)
            .take_while(|event| {
                let before = bytes;
                bytes += event.payload.len() + 300;
                before == 0 || bytes <= BATCH_BYTES
            })
            .cloned()
            .collect();
        let (tag, after) = match &self.staging {
            Some(staging) => (Some(staging.tag), staging.next.clone()),
            None => (self.place.tag, None),
        };
        Request {
            v: PROTOCOL,
            shard: self.shard.clone(),
            device: self.device,
            cursor: self.place.cursor,
            tag,
            after,
            witness: self.place.witness,
            want,
            turn: Some(self.turn),
            events,
        }
    }

    /// Whether another exchange should follow at once.
    pub fn wants_more(&self) -> bool {
        self.staging.is_some() || !self.pending.is_empty()
    }

    /// Takes an answer in and says what to store. `wall` is this device's clock.
    pub fn receive(&mut self, reply: Reply, wall: WallMs) -> Commit {
        if reply.turn.is_some_and(|turn| turn != self.turn) {
            // It may tell of a history that is lost, or of a view that is no longer this device's.
            return Commit { place: self.place.clone(), ..Commit::default() };
        }
        self.turn = self.turn.wrapping_add(1);
        let mut commit = Commit::default();
        if reply.forked {
            self.requeue(&mut commit);
            // Cursor and tag belong to the history that is lost.
            self.place = Place { witness: Head::default(), cursor: 0, tag: None, ..self.place.clone() };
        }
        for (id, verdict) in reply.verdicts {
            self.settle(id, verdict, &mut commit);
        }
        if reply.head.seq >= self.place.witness.seq {
            self.place.witness = reply.head;
        }
        self.place.offset = reply.server_ms.saturating_sub(wall.0);
        self.place.last_success_ms = reply.server_ms;
        if reply.receipt.is_some() {
            self.place.receipt = reply.receipt;
        }
        if reply.parcel_key.is_some() {
            self.place.parcel_key = reply.parcel_key;
        }
        if let Some(page) = reply.page {
            if page.full {
                self.stage(page, &mut commit);
            } else {
                self.staging = None;
                for row in &page.rows {
                    self.confirmed.put(row.clone());
                }
                commit.rows = page.rows;
                self.place.cursor = page.cursor;
                self.place.tag = Some(page.tag);
            }
        }
        commit.place = self.place.clone();
        self.lay_overlay();
        commit
    }

    fn stage(&mut self, page: super::Page, commit: &mut Commit) {
        let mut staged = match self.staging.take() {
            Some(staging) if !page.first && staging.tag == page.tag => staging,
            // A page from the middle of a view whose beginning is not here: begin again.
            _ if !page.first => return,
            _ => Staging { tag: page.tag, cursor: page.cursor, next: None, rows: vec![] },
        };
        staged.rows.extend(page.rows);
        if page.next.is_some() {
            staged.next = page.next;
            self.staging = Some(staged);
            return;
        }
        self.confirmed = ShardState::default();
        for row in &staged.rows {
            self.confirmed.put(row.clone());
        }
        self.place.cursor = staged.cursor;
        self.place.tag = Some(staged.tag);
        commit.replace = true;
        commit.rows = staged.rows;
    }

    fn settle(&mut self, id: EventId, verdict: Verdict, commit: &mut Commit) {
        let Some(at) = self.pending.iter().position(|e| e.id == id) else { return };
        if verdict == Verdict::Fork {
            let mut event = self.pending[at].clone();
            event.id = EventId { device: self.device, run: self.run, n: self.next_n };
            self.next_n += 1;
            self.pending[at] = event.clone();
            commit.renamed.push((id, event));
            return;
        }
        let event = self.pending.remove(at);
        let kept = Kept { event, verdict };
        self.kept.push(kept.clone());
        commit.judged.push(kept);
    }

    /// The server knows less than it told us: everything of ours goes again, in the order it was written.
    fn requeue(&mut self, commit: &mut Commit) {
        let mut kept: Vec<Kept> = self.kept.drain(..).collect();
        // Pages of one tablet may have stored them in another order than the shard had them.
        kept.sort_by_key(|k| k.verdict.seq());
        let mut again: Vec<Event> = kept.into_iter().map(|k| k.event).collect();
        commit.requeued = again.clone();
        again.append(&mut self.pending);
        self.pending = again;
        self.staging = None;
    }

    fn lay_overlay(&mut self) {
        self.shown = self.confirmed.clone();
        let cursor = self.place.cursor;
        let mut admitted: Vec<(u64, &Event)> = vec![];
        for kept in &self.kept {
            if let Verdict::Admitted { seq } = kept.verdict
                && seq > cursor
                && !on(Mutant::OverlayClearedAtAck)
            {
                admitted.push((seq, &kept.event));
            }
        }
        // As the shard has them: that is how their rows will come.
        admitted.sort_by_key(|(seq, _)| *seq);
        let admitted = admitted.into_iter().map(|(_, event)| event);
        let over: Vec<Event> = admitted.chain(&self.pending).cloned().collect();
        for event in &over {
            self.lay(event);
        }
    }

    fn lay(&mut self, event: &Event) {
        let stamp = event.claimed();
        for cell in fact_cells(event) {
            self.shown.lay(Row::new(stamp, 0, event.id.device, cell));
        }
    }
}
