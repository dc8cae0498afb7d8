//! Records that wait for the coordinator's word: read from the shard, released or dismissed by a decision.

use super::Msg;
use crate::effect::{Answer, Effect, Failure, HttpCall};
use crate::model::Model;
use crate::msg::At;
use crate::select::{self, Record};
use crate::update::write;
use shared::api::HeldLine;
use shared::event::{Body, Decision, EventId, Fact, Judge};
use shared::grant::AccountRole;
use shared::id::SessionId;
use shared::state::Status;
use shared::sync::Hold;
use shared::sync::client::Commit;
use shared::time::WallMs;
use std::rc::Rc;

/// Held records, as last read.
#[derive(Debug, Default)]
pub struct Held {
    /// The lines; nothing until read.
    pub lines: Option<Rc<Vec<HeldLine>>>,
    /// Why they could not be read.
    pub failure: Option<Failure>,
}

/// What happens on the screen.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum HeldMsg {
    Came(Result<Vec<HeldLine>, Failure>),
    /// Release a record, or dismiss it.
    Judge(Judge),
}

/// One held record, as the coordinator sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldView {
    /// Its place in the log.
    pub seq: u64,
    /// Its event.
    pub event: EventId,
    /// Who wrote it, where the name is known.
    pub who: String,
    /// What it is.
    pub what: Record,
    /// What it says of the people it names: as it was seen.
    pub marks: Vec<(String, Option<Status>)>,
    /// Its session and the session's number, where that is here.
    pub session: Option<(SessionId, u32)>,
    /// What its device's clock showed.
    pub wall: WallMs,
    /// When it came.
    pub came: WallMs,
    /// Why it is held.
    pub why: Option<Hold>,
    /// A decision on it waits for the shard: whether it releases.
    pub judging: Option<bool>,
}

/// Takes a message in.
pub fn update(model: &mut Model, msg: HeldMsg, at: At) -> Vec<Effect> {
    match msg {
        HeldMsg::Came(Ok(lines)) => {
            model.hq.held = Held { lines: Some(Rc::new(lines)), failure: None };
            vec![]
        }
        HeldMsg::Came(Err(failure)) => {
            model.hq.held.failure = Some(failure);
            vec![]
        }
        HeldMsg::Judge(judge) => write(model, &Body::Decision(Decision::Judge(judge)), at),
    }
}

/// Reads what is held in the coordinator's shard.
pub fn read(model: &Model) -> Vec<Effect> {
    let shard = model.client().map(|c| c.shard().clone());
    let (Some(AccountRole::Coordinator), Some(shard)) = (model.role(), shard) else { return vec![] };
    let then = |answer: Result<Answer, Failure>| {
        crate::Msg::Hq(Msg::Held(HeldMsg::Came(answer.and_then(|a| a.read()))))
    };
    vec![HttpCall::get(format!("/api/v1/shards/{shard}/held"), then)]
}

/// An exchange brought verdicts: where one of them is on a judgement, the list has changed.
pub fn judged(model: &Model, commit: &Commit) -> Vec<Effect> {
    if commit.judged.iter().any(|kept| kept.event.kind == "judge") { read(model) } else { vec![] }
}

/// Held records as the coordinator sees them; nothing until they were read.
pub fn view(model: &Model) -> Option<Vec<HeldView>> {
    let open = model.account.as_ref()?;
    let client = open.client.as_ref()?;
    let judging = |event: EventId| {
        client.pending().iter().filter(|e| e.kind == "judge").find_map(|e| {
            match Body::decode(&e.kind, e.version, &e.payload) {
                Ok(Body::Decision(Decision::Judge(judge))) if judge.event == event => Some(judge.release),
                _ => None,
            }
        })
    };
    let lines = model.hq.held.lines.as_ref()?;
    Some(lines.iter().map(|line| one(model, line, judging(line.event))).collect())
}

fn one(model: &Model, line: &HeldLine, judging: Option<bool>) -> HeldView {
    // Version 1 is the only one of the kinds that are looked into here; anything else is shown by its kind alone.
    let body = Body::decode(&line.kind, 1, &line.payload).ok();
    let session = match &body {
        Some(Body::Fact(Fact::Mark(marks))) => Some(marks.session),
        Some(Body::Fact(Fact::Take(take))) => Some(take.session),
        _ => None,
    };
    let marks = match &body {
        Some(Body::Fact(Fact::Mark(marks))) => {
            marks.people.iter().map(|(p, status)| (select::person_name(model, *p), *status)).collect()
        }
        _ => vec![],
    };
    let is_here = |s: &SessionId| model.client().is_some_and(|c| c.shown().sessions.contains_key(s));
    let names = model.account.as_ref().map(|o| &o.names);
    HeldView {
        seq: line.seq,
        event: line.event,
        who: names.and_then(|n| n.get(&line.account)).cloned().unwrap_or_default(),
        what: select::what(model, body.as_ref()),
        marks,
        session: session.filter(is_here).map(|s| (s, select::session_number(model, s))),
        wall: line.wall,
        came: WallMs(line.server_ms),
        why: line.why,
        judging,
    }
}
