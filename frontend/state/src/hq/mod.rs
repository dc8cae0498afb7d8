//! Headquarters' part of the state. Nobody holds a nation: overviews are read, decisions are deposited in the shard
//! that decides them, and the answer is a verdict.
//!
//! Invariants: a decision is on disk before it is sent, and leaves the outbox only by a verdict; a plan's payload and
//! an import's rows are never read or written on the page's main thread.

pub mod access;
pub mod held;
pub mod importing;
pub mod outbox;
pub mod overview;
pub mod packs;
pub mod planning;
#[cfg(test)]
mod tests;

use crate::effect::{Answer, Effect, Failure, HttpCall};
use crate::model::{Model, StorageFault};
use crate::msg::At;
use crate::route::{HqPage, Route};
use access::{Access, AccessMsg};
use held::{Held, HeldMsg};
use importing::{ImportMsg, Importing};
use outbox::Outbox;
use packs::{PackMsg, Packs};
use planning::{PlanMsg, Planning};
use shared::api::Overview;
use shared::event::EventId;
use shared::id::{ShardId, StageCode};
use shared::tally::SessionLine;
use std::rc::Rc;

/// What headquarters' screens know.
#[derive(Debug, Default)]
pub struct HqModel {
    /// The tallies of all shards, as last read.
    pub overview: Option<Rc<Overview>>,
    /// They are being read.
    pub reading: bool,
    /// Something changed while they were being read: they are read once more.
    pub read_again: bool,
    /// Why they could not be read the last time.
    pub failure: Option<Failure>,
    /// The sessions behind one count.
    pub sessions: Behind,
    /// Decisions on their way.
    pub outbox: Outbox,
    /// The programme and those that ship with the product.
    pub packs: Packs,
    /// An import.
    pub import: Importing,
    /// Plans.
    pub plan: Planning,
    /// Accounts and codes.
    pub access: Access,
    /// Records that wait for the coordinator's word.
    pub held: Held,
}

/// The sessions that a count opens to.
#[derive(Debug, Default)]
pub struct Behind {
    /// Of which shard and stage they are, or will be.
    pub of: Option<(ShardId, StageCode)>,
    /// The lines; nothing while they are being read.
    pub lines: Option<Rc<Vec<SessionLine>>>,
    /// Why they could not be read.
    pub failure: Option<Failure>,
}

/// What happens on headquarters' screens.
#[derive(Debug)]
pub enum Msg {
    /// Read the tallies again.
    Refresh,
    /// They came.
    OverviewCame(Result<Box<Overview>, Failure>),
    /// Sessions came.
    SessionsCame(ShardId, StageCode, Result<Vec<SessionLine>, Failure>),
    /// A shard answered to decisions.
    Verdicts(EventId, Result<Answer, Failure>),
    /// Send again what waits.
    Resend,
    /// Programme.
    Pack(PackMsg),
    /// Import.
    Import(ImportMsg),
    /// Plan.
    Plan(PlanMsg),
    /// Access.
    Access(AccessMsg),
    /// Records to confirm.
    Held(HeldMsg),
}

/// Takes a message in.
pub fn update(model: &mut Model, msg: Msg, at: At) -> Vec<Effect> {
    match msg {
        Msg::Refresh => refresh(model),
        Msg::OverviewCame(answer) => overview_came(model, answer),
        Msg::SessionsCame(shard, stage, answer) => {
            let behind = &mut model.hq.sessions;
            if behind.of.as_ref() == Some(&(shard, stage)) {
                match answer {
                    Ok(lines) => behind.lines = Some(Rc::new(lines)),
                    Err(failure) => behind.failure = Some(failure),
                }
            }
            vec![]
        }
        Msg::Verdicts(id, answer) => outbox::answered(model, id, answer, at),
        Msg::Resend => outbox::resend(model),
        Msg::Pack(msg) => packs::update(model, msg),
        Msg::Import(msg) => importing::update(model, msg, at),
        Msg::Plan(msg) => planning::update(model, msg, at),
        Msg::Access(msg) => access::update(model, msg),
        Msg::Held(msg) => held::update(model, msg, at),
    }
}

/// The reader came to the screen of headquarters that [`Model::location`] names, or its account was opened there.
pub fn entered(model: &mut Model, _at: At) -> Vec<Effect> {
    let Route::Hq(page) = model.location.route else { return vec![] };
    let mut effects = match page {
        HqPage::Access => access::read(model),
        HqPage::Held => held::read(model),
        HqPage::Programme => packs::entered(model),
        _ => refresh(model),
    };
    effects.extend(outbox::recover(model));
    effects.extend(read_sessions(model));
    effects
}

/// An event of this device was stored, or could not be.
pub fn appended(model: &mut Model, id: EventId, result: &Result<(), StorageFault>, at: At) -> Vec<Effect> {
    outbox::appended(model, id, result, at)
}

/// Reads the tallies; where that is under way, once more after it.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    if model.hq.reading {
        model.hq.read_again = true;
        return vec![];
    }
    model.hq.reading = true;
    let then = |answer: Result<Answer, Failure>| {
        crate::Msg::Hq(Msg::OverviewCame(answer.and_then(|a| a.read::<Overview>()).map(Box::new)))
    };
    vec![HttpCall::get("/api/v1/overview", then)]
}

fn overview_came(model: &mut Model, answer: Result<Box<Overview>, Failure>) -> Vec<Effect> {
    model.hq.reading = false;
    match answer {
        Ok(overview) => {
            model.hq.overview = Some(Rc::new(*overview));
            model.hq.failure = None;
        }
        Err(failure) => model.hq.failure = Some(failure),
    }
    if std::mem::take(&mut model.hq.read_again) { refresh(model) } else { vec![] }
}

/// Reads the sessions that the address asks for: `shard=` and `stage=` on the report and the plan.
fn read_sessions(model: &mut Model) -> Vec<Effect> {
    let (Some(shard), Some(stage)) = (model.location.asked("shard"), model.location.asked("stage")) else {
        return vec![];
    };
    let (Ok(shard), Ok(stage)) = (shard.parse::<ShardId>(), stage.parse::<StageCode>()) else {
        return vec![];
    };
    let path = format!("/api/v1/shards/{shard}/sessions/{stage}");
    let same = model.hq.sessions.of.as_ref() == Some(&(shard.clone(), stage.clone()));
    let lines = model.hq.sessions.lines.take().filter(|_| same);
    model.hq.sessions = Behind { of: Some((shard.clone(), stage.clone())), lines, failure: None };
    let then = move |answer: Result<Answer, Failure>| {
        let lines = answer.and_then(|a| a.read::<Vec<SessionLine>>());
        crate::Msg::Hq(Msg::SessionsCame(shard, stage, lines))
    };
    vec![HttpCall::get(path, then)]
}
