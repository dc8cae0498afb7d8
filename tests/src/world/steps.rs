//! What headquarters does, step by step, as its screens do it: import, plan, approve, publish.

use crate::device::Device;
use anyhow::{Context, Result, bail};
use shared::event::{ApprovePlan, Body, Decision, Hasher, ImportPart, PlannedGroup, PublishPlan, PutPlan};
use shared::id::{ImportId, PlanId, SessionId, ShardId, StageCode};
use shared::plan::{Outcome, Problem, plan};
use shared::roster::{ImportRow, Target};
use shared::sync::Verdict;
use std::ops::ControlFlow;

/// Rows of one part of an import: its effect must fit a record.
pub const PART_ROWS: usize = 500;

/// A published plan.
pub struct Published {
    /// The plan.
    pub plan: PlanId,
    /// What it was made from.
    pub problem: Problem,
    /// What the planner said.
    pub outcome: Outcome,
    /// Its sessions, in the planner's order.
    pub groups: Vec<PlannedGroup>,
}

/// An id that is the same in every run: a hash of what it stands for.
pub fn id_of(parts: &[&str]) -> u64 {
    let hash = parts.iter().fold(Hasher::new("cascade world 1"), |hash, part| hash.text(part)).done();
    hash.0.iter().take(8).fold(0, |id, byte| (id << 8) | u64::from(*byte))
}

/// Imports the rows of one file into a shard.
///
/// # Errors
/// Where a part is not admitted.
pub fn import(
    by: &mut Device,
    shard: &ShardId,
    file: &str,
    target: Target,
    rows: Vec<ImportRow>,
) -> Result<()> {
    let import = ImportId(id_of(&["import", shard.as_str(), file]));
    // Line 1 of a file is its header.
    let numbered: Vec<(u32, ImportRow)> = (2..).zip(rows).collect();
    let parts = (0..).zip(numbered.chunks(PART_ROWS));
    let bodies: Vec<Body> = parts
        .map(|(part, rows)| {
            Body::Decision(Decision::Import(ImportPart { import, target, part, rows: rows.to_vec() }))
        })
        .collect();
    for verdict in by.deposit_all(shard, &bodies)? {
        admitted(&verdict).with_context(|| format!("{file} of {shard}"))?;
    }
    Ok(())
}

/// Plans a stage in a shard, has it approved and publishes it; nothing where nobody is left to be taught.
///
/// # Errors
/// Where the planner finds a contradiction or the shard refuses a step.
pub fn plan_and_publish(
    author: &mut Device,
    approver: &mut Device,
    shard: &ShardId,
    stage: &StageCode,
) -> Result<Option<Published>> {
    let Some((problem, outcome)) = plan_stage(author, shard, stage)? else { return Ok(None) };
    publish(author, approver, shard, problem, outcome).map(Some)
}

/// Plans a stage in a shard and keeps it to itself; nothing where nobody is left to be taught.
///
/// # Errors
/// Where the planner finds a contradiction.
pub fn plan_stage(
    author: &mut Device,
    shard: &ShardId,
    stage: &StageCode,
) -> Result<Option<(Problem, Outcome)>> {
    let problem: Problem = author.read(&format!("/api/v1/shards/{shard}/problem/{stage}"))?;
    if problem.people.is_empty() {
        return Ok(None);
    }
    let outcome = plan(&problem, &mut |_| ControlFlow::Continue(()))?;
    Ok(Some((problem, outcome)))
}

/// Brings a plan in, has it approved by a second person and publishes it.
///
/// # Errors
/// Where the shard refuses a step.
pub fn publish(
    author: &mut Device,
    approver: &mut Device,
    shard: &ShardId,
    problem: Problem,
    outcome: Outcome,
) -> Result<Published> {
    let stage = &problem.stage;
    let plan = PlanId(id_of(&["plan", shard.as_str(), stage.as_str()]));
    let groups: Vec<PlannedGroup> = (1..)
        .zip(&outcome.sessions)
        .map(|(number, session)| PlannedGroup {
            id: SessionId(id_of(&["session", shard.as_str(), stage.as_str(), &format!("{number}")])),
            unit: session.unit.clone(),
            venue: session.venue,
            days: session.days.clone(),
            slot: session.slot,
            trainers: session.trainers.clone(),
            people: session.people.clone(),
        })
        .collect();
    let put = PutPlan {
        plan,
        stage: stage.clone(),
        based_on: problem.seed,
        groups: groups.clone(),
        unplaced: outcome.unplaced.len() as u32,
    };
    let based_on = decide(author, shard, Decision::PutPlan(put))?;
    let approve = ApprovePlan { plan, based_on, note: String::new(), same_device: None };
    let based_on = decide(approver, shard, Decision::ApprovePlan(approve))?;
    decide(author, shard, Decision::PublishPlan(PublishPlan { plan, based_on }))?;
    Ok(Published { plan, problem, outcome, groups })
}

/// Asks a shard for a decision that must be admitted; gives its place in the log.
///
/// # Errors
/// The refusal.
pub fn decide(by: &mut Device, shard: &ShardId, decision: Decision) -> Result<u64> {
    let what = Body::Decision(decision);
    let verdict = by.deposit(shard, what.clone())?;
    admitted(&verdict).with_context(|| format!("{} in {shard}", what.kind().0))
}

/// The place in the log of what was admitted.
///
/// # Errors
/// Any other verdict.
pub fn admitted(verdict: &Verdict) -> Result<u64> {
    match verdict {
        Verdict::Admitted { seq } => Ok(*seq),
        Verdict::Refused(refusal) => bail!("refused: {}", refusal.why),
        other => bail!("not admitted: {other:?}"),
    }
}
