//! Decisions on their way to shards: stored, sent, judged.
//!
//! A decision is sent once it is on disk. No connection and a server's fault leave it where it is; it goes again when
//! the connection is back. A verdict takes it out and tells the screen that asked.

use super::{Msg, importing, planning};
use crate::effect::{Answer, Effect, Failure, HttpCall, Method, TokenFor};
use crate::model::{Model, StorageFault};
use crate::msg::At;
use shared::event::{Body, Event, EventId};
use shared::id::{PlanId, ShardId, StageCode};
use shared::sync::client::Kept;
use shared::sync::{Head, PROTOCOL, Reply, Request, Verdict, Want};
use std::collections::BTreeMap;

/// Numbers of headquarters' events begin here: those below belong to the events of a shard's screens.
const FIRST_N: u32 = 0x8000_0000;
/// The wait before what could not be sent goes again.
const AGAIN_MS: u32 = 4_000;

/// Decisions without a verdict.
#[derive(Debug, Default)]
pub struct Outbox {
    /// By event.
    pub waiting: BTreeMap<EventId, Deposit>,
    /// Why the last one could not be sent; nothing once one was.
    pub failure: Option<Failure>,
    next: u32,
}

/// One decision on its way.
#[derive(Debug)]
pub struct Deposit {
    /// As written.
    pub event: Event,
    /// Which screen waits for it.
    pub purpose: Purpose,
    /// How far it is.
    pub step: Step,
}

/// How far a decision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Being stored.
    Storing,
    /// On disk, not on its way.
    Stored,
    /// On its way.
    Sent,
}

/// What a decision is for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Purpose {
    Put {
        shard: ShardId,
        stage: StageCode,
    },
    Approve {
        shard: ShardId,
        stage: StageCode,
        plan: PlanId,
    },
    Publish {
        shard: ShardId,
        stage: StageCode,
        plan: PlanId,
    },
    ImportPart {
        shard: ShardId,
        rows: u32,
    },
    /// Left over from an earlier visit of this page.
    Earlier,
}

/// What came of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// The shard judged it.
    Judged(Verdict),
    /// It could not be stored on this device, so it was not sent.
    NotStored(StorageFault),
    /// The server refused the request as a whole, by a stable code.
    Refused(String),
}

/// Whether no decision waits.
pub fn is_empty(model: &Model) -> bool {
    model.hq.outbox.waiting.is_empty()
}

/// Writes a decision down.
pub fn deposit(model: &mut Model, shard: &ShardId, body: &Body, purpose: Purpose, at: At) -> Vec<Effect> {
    let (kind, version) = body.kind();
    deposit_text(model, shard, (kind, version), body.encode(), purpose, at)
}

/// Writes a decision down whose payload was made elsewhere.
pub fn deposit_text(
    model: &mut Model,
    shard: &ShardId,
    (kind, version): (&str, u16),
    payload: String,
    purpose: Purpose,
    at: At,
) -> Vec<Effect> {
    let Some(open) = &model.account else { return vec![] };
    let outbox = &mut model.hq.outbox;
    let id = EventId { device: open.entry.device, run: open.run, n: FIRST_N.saturating_add(outbox.next) };
    outbox.next += 1;
    let event = Event {
        id,
        shard: shard.clone(),
        actor: open.entry.account,
        wall: at.wall,
        // A decision counts from when it is decided, whatever this clock says.
        offset: 0,
        seen: 0,
        kind: kind.to_owned(),
        version,
        payload,
    };
    outbox.waiting.insert(id, Deposit { event: event.clone(), purpose, step: Step::Storing });
    vec![Effect::Append(event)]
}

/// A decision is on disk, or not.
pub fn appended(model: &mut Model, id: EventId, result: &Result<(), StorageFault>, at: At) -> Vec<Effect> {
    let Some(deposit) = model.hq.outbox.waiting.get_mut(&id) else { return vec![] };
    match result {
        Ok(()) => {
            deposit.step = Step::Stored;
            send(model, id)
        }
        Err(fault) => {
            let came = Came::NotStored(fault.clone());
            match model.hq.outbox.waiting.remove(&id) {
                Some(deposit) => tell(model, deposit.purpose, came, at),
                None => vec![],
            }
        }
    }
}

/// Sends everything that is stored and not on its way.
pub fn resend(model: &mut Model) -> Vec<Effect> {
    let outbox = &model.hq.outbox;
    let stored: Vec<EventId> =
        outbox.waiting.iter().filter(|(_, d)| d.step == Step::Stored).map(|(id, _)| *id).collect();
    stored.into_iter().flat_map(|id| send(model, id)).collect()
}

/// Takes up what an earlier visit of this page left on disk.
pub fn recover(model: &mut Model) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    for event in core::mem::take(&mut open.left_over) {
        let deposit = Deposit { event, purpose: Purpose::Earlier, step: Step::Stored };
        model.hq.outbox.waiting.entry(deposit.event.id).or_insert(deposit);
    }
    resend(model)
}

fn send(model: &mut Model, id: EventId) -> Vec<Effect> {
    let Some(deposit) = model.hq.outbox.waiting.get_mut(&id) else { return vec![] };
    deposit.step = Step::Sent;
    let shard = deposit.event.shard.clone();
    let request = Request {
        v: PROTOCOL,
        shard: shard.clone(),
        device: deposit.event.id.device,
        cursor: 0,
        tag: None,
        after: None,
        witness: Head::default(),
        want: Want::Verdicts,
        turn: None,
        events: vec![deposit.event.clone()],
    };
    let Ok(body) = serde_json::to_string(&request) else { return vec![] };
    let then = move |answer| crate::Msg::Hq(Msg::Verdicts(id, answer));
    let path = format!("/api/v1/shards/{shard}/sync");
    vec![HttpCall::send(Method::Post, path, body, TokenFor::Shard(shard), then)]
}

/// The shard answered, or nobody did.
pub fn answered(model: &mut Model, id: EventId, answer: Result<Answer, Failure>, at: At) -> Vec<Effect> {
    let reply = answer.and_then(|a| a.read::<Reply>());
    let outbox = &mut model.hq.outbox;
    let came = match reply {
        Ok(reply) => {
            outbox.failure = None;
            match reply.verdicts.into_iter().find(|(of, _)| *of == id) {
                Some((_, verdict)) => Came::Judged(verdict),
                None => Came::Refused("unreadable".into()),
            }
        }
        Err(Failure::Refused(code)) => Came::Refused(code),
        Err(failure) => {
            outbox.failure = Some(failure);
            if let Some(deposit) = outbox.waiting.get_mut(&id) {
                deposit.step = Step::Stored;
            }
            return vec![Effect::WakeIn(AGAIN_MS)];
        }
    };
    let Some(deposit) = outbox.waiting.remove(&id) else { return vec![] };
    let mut effects = vec![];
    if let Came::Judged(verdict) = &came {
        let kept = Kept { event: deposit.event, verdict: verdict.clone() };
        effects.push(Effect::Judged(Box::new(kept)));
    }
    effects.extend(tell(model, deposit.purpose, came, at));
    effects
}

fn tell(model: &mut Model, purpose: Purpose, came: Came, at: At) -> Vec<Effect> {
    match purpose {
        Purpose::Put { shard, stage } => planning::put_came(model, shard, stage, came),
        Purpose::Approve { shard, stage, .. } | Purpose::Publish { shard, stage, .. } => {
            planning::step_came(model, shard, stage, came)
        }
        Purpose::ImportPart { shard, rows } => importing::part_came(model, shard, rows, came, at),
        Purpose::Earlier => super::refresh(model),
    }
}

impl Came {
    /// Whether the shard took it.
    pub fn is_admitted(&self) -> bool {
        matches!(self, Self::Judged(Verdict::Admitted { .. }))
    }
}
