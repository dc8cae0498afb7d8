//! Plans: made shard after shard in the Web Worker, deposited as drafts, approved by another person, published.

use super::outbox::{Came, Purpose, deposit, deposit_text};
use super::{Msg, refresh};
use crate::effect::{Answer, DeskCall, Effect, Failure, HttpCall};
use crate::model::Model;
use crate::msg::At;
use serde::{Deserialize, Serialize};
use shared::event::{ApprovePlan, Body, Decision, PublishPlan};
use shared::id::{PlanId, ShardId, StageCode};
use shared::plan::PlanSummary;
use shared::state::PlanState;
use shared::sync::Verdict;
use shared::tally::PlanLine;
use std::collections::{BTreeMap, VecDeque};

/// The name of the work in the Web Worker.
const DESK: &str = "plan";

/// Plans under way and what came of them.
#[derive(Debug, Default)]
pub struct Planning {
    /// Shards that wait for their turn.
    pub queue: VecDeque<(ShardId, StageCode)>,
    /// The shard being planned.
    pub current: Option<(ShardId, StageCode)>,
    /// How many this run has in all.
    pub total: u32,
    /// What came of each shard and stage in this visit.
    pub results: BTreeMap<(ShardId, StageCode), Made>,
    /// What came of approving and publishing.
    pub steps: BTreeMap<(ShardId, StageCode), Stepped>,
    draft: Option<PlanId>,
}

/// How far one shard's plan is.
#[derive(Clone, Debug, PartialEq)]
pub enum Made {
    /// The shard's problem is being read.
    Reading,
    /// The planner is at work.
    Working {
        /// Steps done.
        done: u32,
        /// Of these.
        total: u32,
    },
    /// The plan is on its way to the shard.
    Sending(PlanSummary),
    /// It came to an end.
    Ended(PlanSummary, Came),
    /// Everybody has a session already, or nobody is on the roster.
    Nobody,
    /// The problem could not be read.
    NotRead(Failure),
    /// The planner found the problem faulty, by a stable code.
    Faulty(String),
}

/// How far an approval or publication is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stepped {
    /// On its way.
    Sending,
    /// It came to an end.
    Ended(Came),
}

/// What happens on the screen.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum PlanMsg {
    /// Plan a stage in these shards, one after the other.
    Make(StageCode, Vec<ShardId>),
    ProblemCame(ShardId, StageCode, Result<String, Failure>),
    /// The Web Worker says something.
    Desk(String),
    Cancel,
    Approve(Vec<ShardId>, StageCode, String),
    /// Approve on a device that has held the author's account: why is recorded.
    ApproveHere(ShardId, StageCode, String),
    Publish(Vec<ShardId>, StageCode),
}

#[derive(Serialize)]
struct DeskRequest<'a> {
    kind: &'static str,
    problem: &'a str,
    plan: PlanId,
    seed: PlanId,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum DeskAnswer {
    PlanProgress {
        done: u32,
        total: u32,
    },
    PlanPayload {
        payload: String,
        summary: String,
    },
    Failed {
        #[serde(default)]
        message: String,
    },
}

/// Takes a message in.
pub fn update(model: &mut Model, msg: PlanMsg, at: At) -> Vec<Effect> {
    match msg {
        PlanMsg::Make(stage, shards) => {
            let plan = &mut model.hq.plan;
            if plan.current.is_some() {
                return vec![];
            }
            for shard in &shards {
                plan.results.remove(&(shard.clone(), stage.clone()));
                plan.steps.remove(&(shard.clone(), stage.clone()));
            }
            plan.total = shards.len() as u32;
            plan.queue = shards.into_iter().map(|s| (s, stage.clone())).collect();
            next(model)
        }
        PlanMsg::ProblemCame(shard, stage, answer) => problem_came(model, (shard, stage), answer, at),
        PlanMsg::Desk(text) => desk(model, &text, at),
        PlanMsg::Cancel => {
            let plan = &mut model.hq.plan;
            plan.queue.clear();
            if let Some(key) = plan.current.take() {
                plan.results.remove(&key);
            }
            let mut effects = vec![stop()];
            effects.extend(refresh(model));
            effects
        }
        PlanMsg::Approve(shards, stage, note) => steps(model, shards, &stage, at, |shard, stage, line| {
            let body =
                ApprovePlan { plan: line.id, based_on: line.seq, note: note.clone(), same_device: None };
            let purpose = Purpose::Approve { shard: shard.clone(), stage: stage.clone(), plan: line.id };
            let is_draft = line.card.state == PlanState::Draft;
            is_draft.then_some((Body::Decision(Decision::ApprovePlan(body)), purpose))
        }),
        PlanMsg::ApproveHere(shard, stage, why) => {
            steps(model, vec![shard], &stage, at, |shard, stage, line| {
                let same_device = Some(why.trim().to_owned()).filter(|w| !w.is_empty());
                let body =
                    ApprovePlan { plan: line.id, based_on: line.seq, note: String::new(), same_device };
                let purpose = Purpose::Approve { shard: shard.clone(), stage: stage.clone(), plan: line.id };
                let is_draft = line.card.state == PlanState::Draft;
                is_draft.then_some((Body::Decision(Decision::ApprovePlan(body)), purpose))
            })
        }
        PlanMsg::Publish(shards, stage) => steps(model, shards, &stage, at, |shard, stage, line| {
            let body = PublishPlan { plan: line.id, based_on: line.seq };
            let purpose = Purpose::Publish { shard: shard.clone(), stage: stage.clone(), plan: line.id };
            let is_approved = line.card.state == PlanState::Approved;
            is_approved.then_some((Body::Decision(Decision::PublishPlan(body)), purpose))
        }),
    }
}

/// The plan of a stage in a shard that is furthest from being published, as the overview shows it.
pub fn open_plan<'a>(model: &'a Model, shard: &ShardId, stage: &StageCode) -> Option<&'a PlanLine> {
    let overview = model.hq.overview.as_ref()?;
    let tally = overview.shards.iter().find(|t| t.shard == *shard)?;
    tally.plans.iter().filter(|p| p.card.stage == *stage).min_by_key(|p| p.card.state)
}

fn steps(
    model: &mut Model,
    shards: Vec<ShardId>,
    stage: &StageCode,
    at: At,
    decide: impl Fn(&ShardId, &StageCode, &PlanLine) -> Option<(Body, Purpose)>,
) -> Vec<Effect> {
    let mut effects = vec![];
    for shard in shards {
        let Some((body, purpose)) = open_plan(model, &shard, stage).and_then(|l| decide(&shard, stage, l))
        else {
            continue;
        };
        model.hq.plan.steps.insert((shard.clone(), stage.clone()), Stepped::Sending);
        effects.extend(deposit(model, &shard, &body, purpose, at));
    }
    effects
}

fn stop() -> Effect {
    Effect::Desk(DeskCall {
        name: DESK,
        request: String::new(),
        file: None,
        then: Box::new(|text| crate::Msg::Hq(Msg::Plan(PlanMsg::Desk(text)))),
    })
}

/// Takes up the next shard.
fn next(model: &mut Model) -> Vec<Effect> {
    let plan = &mut model.hq.plan;
    plan.current = plan.queue.pop_front();
    let Some((shard, stage)) = plan.current.clone() else { return refresh(model) };
    plan.results.insert((shard.clone(), stage.clone()), Made::Reading);
    let path = format!("/api/v1/shards/{shard}/problem/{stage}");
    let then = move |answer: Result<Answer, Failure>| {
        let text = answer.and_then(|a| if a.status == 200 { Ok(a.body) } else { Err(a.refusal()) });
        crate::Msg::Hq(Msg::Plan(PlanMsg::ProblemCame(shard, stage, text)))
    };
    vec![HttpCall::get(path, then)]
}

fn problem_came(
    model: &mut Model,
    key: (ShardId, StageCode),
    answer: Result<String, Failure>,
    at: At,
) -> Vec<Effect> {
    let plan = &mut model.hq.plan;
    if plan.current.as_ref() != Some(&key) {
        return vec![];
    }
    let problem = match answer {
        Ok(problem) => problem,
        Err(failure) => {
            plan.results.insert(key, Made::NotRead(failure));
            return next(model);
        }
    };
    let (id, seed) = (PlanId(at.random), PlanId(at.random.rotate_left(23) ^ 0x5DEE_CE66_D1CE_4E5B));
    plan.draft = Some(id);
    plan.results.insert(key, Made::Working { done: 0, total: 0 });
    let request = DeskRequest { kind: "plan-payload", problem: &problem, plan: id, seed };
    let Ok(request) = serde_json::to_string(&request) else { return vec![] };
    let then = |text| crate::Msg::Hq(Msg::Plan(PlanMsg::Desk(text)));
    vec![Effect::Desk(DeskCall { name: DESK, request, file: None, then: Box::new(then) })]
}

fn desk(model: &mut Model, text: &str, at: At) -> Vec<Effect> {
    let plan = &mut model.hq.plan;
    let Some(key) = plan.current.clone() else { return vec![] };
    let answer = shared::wire::read::<DeskAnswer>(text);
    match answer {
        Ok(DeskAnswer::PlanProgress { done, total }) => {
            plan.results.insert(key, Made::Working { done, total });
            vec![]
        }
        Ok(DeskAnswer::PlanPayload { payload, summary }) => {
            let Ok(summary) = shared::wire::read::<PlanSummary>(&summary) else {
                plan.results.insert(key, Made::Faulty("unreadable".into()));
                return next(model);
            };
            if summary.people == 0 {
                plan.results.insert(key, Made::Nobody);
                return next(model);
            }
            let (shard, stage) = key.clone();
            plan.results.insert(key, Made::Sending(summary));
            let purpose = Purpose::Put { shard: shard.clone(), stage };
            let mut effects = deposit_text(model, &shard, ("put-plan", 1), payload, purpose, at);
            // The next is planned while this one travels.
            effects.extend(next(model));
            effects
        }
        Ok(DeskAnswer::Failed { message }) => {
            plan.results.insert(key, Made::Faulty(code_of(&message)));
            next(model)
        }
        Err(_) => vec![],
    }
}

/// The stable code in the planner's failure.
fn code_of(message: &str) -> String {
    #[derive(Deserialize)]
    struct Coded {
        code: String,
    }
    shared::wire::read::<Coded>(message).map_or_else(|_| "failed".to_owned(), |c| c.code)
}

/// What came of a draft.
pub(super) fn put_came(model: &mut Model, shard: ShardId, stage: StageCode, came: Came) -> Vec<Effect> {
    let results = &mut model.hq.plan.results;
    let key = (shard, stage);
    if let Some(Made::Sending(summary)) = results.get(&key) {
        let ended = Made::Ended(summary.clone(), came);
        results.insert(key, ended);
    }
    if model.hq.plan.current.is_none() { refresh(model) } else { vec![] }
}

/// What came of an approval or a publication.
pub(super) fn step_came(model: &mut Model, shard: ShardId, stage: StageCode, came: Came) -> Vec<Effect> {
    model.hq.plan.steps.insert((shard, stage), Stepped::Ended(came));
    let on_their_way = model.hq.plan.steps.values().any(|s| *s == Stepped::Sending);
    if on_their_way { vec![] } else { refresh(model) }
}

impl Made {
    /// Whether nothing more will happen to it by itself.
    pub fn is_over(&self) -> bool {
        !matches!(self, Self::Reading | Self::Working { .. } | Self::Sending(_))
    }

    /// Whether the shard took the plan.
    pub fn is_put(&self) -> bool {
        matches!(self, Self::Ended(_, Came::Judged(Verdict::Admitted { .. })))
    }
}
