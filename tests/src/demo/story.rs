//! The order of things: import, then tier by tier plan, approve, publish, teach; the programme's day moves along.

use super::crew::Crew;
use super::deliver::{Manner, Taught, deliver};
use super::region::{Region, files};
use super::{HOME, TODAY};
use crate::device::Operator;
use crate::roster::Roster;
use crate::world::stand_on;
use crate::world::steps::{Published, plan_stage, publish};
use anyhow::{Context, Result};
use shared::id::{ShardId, StageCode};
use shared::plan::{Outcome, Problem, Who};
use shared::programme::Programme;
use shared::time::Day;
use std::collections::BTreeMap;
use std::time::Instant;

pub(super) struct Story<'a> {
    server_url: &'a str,
    operator: &'a Operator,
    programme: &'a Programme,
    crew: Crew,
    progress: &'a mut dyn FnMut(&str),
    observe: &'a mut dyn FnMut(&ShardId, &Published),
    regions: Vec<Region>,
    plans: BTreeMap<ShardId, Published>,
    begun: Instant,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        server_url: &'a str,
        operator: &'a Operator,
        programme: &'a Programme,
        crew: Crew,
        progress: &'a mut dyn FnMut(&str),
        observe: &'a mut dyn FnMut(&ShardId, &Published),
    ) -> Self {
        let (regions, plans, begun) = (vec![], BTreeMap::new(), Instant::now());
        Self { server_url, operator, programme, crew, progress, observe, regions, plans, begun }
    }

    /// A shard and the plan of the last stage in it.
    pub(super) fn region_and_plan(&self, shard: &ShardId) -> Option<(&Region, &Published)> {
        Some((self.regions.iter().find(|r| r.shard == *shard)?, self.plans.get(shard)?))
    }

    pub(super) fn run(&mut self, roster: &Roster) -> Result<()> {
        self.run_to_last_plan(roster)?;
        let last = self.programme.stages.last().context("three stages")?;
        let home: ShardId = HOME.parse()?;
        self.plan(&last.code)?;
        self.stand_on(TODAY)?;
        self.teach(&last.code, TODAY, Manner { all_came: false, disputed_in: Some(&home) })
    }

    /// Up to the morning on which the last stage can be planned.
    pub(super) fn run_to_last_plan(&mut self, roster: &Roster) -> Result<()> {
        let [top, middle, _] = &self.programme.stages[..] else { anyhow::bail!("three stages") };
        let quiet = Manner { all_came: false, disputed_in: None };

        self.stand_on("2021-02-16")?;
        self.regions = self.crew.each(files(self.programme, roster)?, |staff, files| files.import(staff))?;
        let people = roster.members.len() + roster.commissioners.len() + roster.trainers.len();
        self.tell(&format!("{people} people at {} stations are on the roster", roster.stations.len()));

        self.plan(&top.code)?;
        self.stand_on("2021-02-20")?;
        self.teach(&top.code, "2021-02-20", Manner { all_came: true, ..quiet })?;

        let regions: Vec<&Region> = self.regions.iter().collect();
        let nation = self.plans.keys().next().cloned();
        let below = regions.into_iter().filter(|r| Some(&r.shard) != nation.as_ref()).collect();
        self.crew.each(below, |staff, region| region.import_qualified(staff))?;
        self.plan(&middle.code)?;
        self.stand_on("2021-02-26")?;
        self.teach(&middle.code, "2021-02-26", quiet)
    }

    fn stand_on(&self, day: &str) -> Result<()> {
        stand_on(self.operator, self.programme, day.parse()?)
    }

    /// Plans a stage in every shard that has people for it.
    fn plan(&mut self, stage: &StageCode) -> Result<()> {
        let shards: Vec<&ShardId> = self.regions.iter().map(|r| &r.shard).collect();
        let made = self.crew.each(shards, |staff, shard| {
            let Some((problem, mut outcome)) = plan_stage(&mut staff.hq, shard, stage)? else {
                return Ok(None);
            };
            if shard.as_str() == HOME {
                begin_one_on(TODAY.parse()?, &problem, &mut outcome);
            }
            let made = publish(&mut staff.hq, &mut staff.approver, shard, problem, outcome);
            Ok(Some((shard.clone(), made.with_context(|| format!("{stage} in {shard}"))?)))
        })?;
        self.plans = made.into_iter().flatten().collect();
        self.plans.iter().for_each(|(shard, published)| (self.observe)(shard, published));
        let sessions: usize = self.plans.values().map(|p| p.groups.len()).sum();
        let unplaced: usize = self.plans.values().map(|p| p.outcome.unplaced.len()).sum();
        anyhow::ensure!(unplaced == 0, "{unplaced} people of {stage} found no place");
        self.tell(&format!("{sessions} sessions of {stage} are published"));
        Ok(())
    }

    fn teach(&mut self, stage: &StageCode, today: &str, manner: Manner<'_>) -> Result<()> {
        let today: Day = today.parse()?;
        let taught = self
            .regions
            .iter()
            .filter_map(|region| Some(Taught { region, groups: &self.plans.get(&region.shard)?.groups }));
        let taught = taught.collect();
        let held = deliver(self.server_url, self.operator, &mut self.crew, taught, today, manner)?;
        self.tell(&format!("{held} sessions of {stage} are held"));
        Ok(())
    }

    fn tell(&mut self, what: &str) {
        (self.progress)(&format!("{what} ({:.1} s)", self.begun.elapsed().as_secs_f32()));
    }
}

/// Moves one session of two days that would end on a day so that it begins there, where its room and its trainers
/// are free: the school asked for it. A session that begins today is what a trainer's link shows best.
fn begin_one_on(today: Day, problem: &Problem, outcome: &mut Outcome) {
    let Some(next) = problem.taught_days.iter().copied().find(|d| *d > today) else { return };
    let is_busy = |at: usize, outcome: &Outcome| {
        let moved = &outcome.sessions[at];
        let taken =
            |who: Who, day| problem.busy.iter().any(|b| b.who == who && (b.day, b.slot) == (day, moved.slot));
        let others = outcome.sessions.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, s)| s);
        let clash = others
            .filter(|s| s.slot == moved.slot && s.days.contains(&next))
            .any(|s| s.venue == moved.venue || s.trainers.iter().any(|t| moved.trainers.contains(t)));
        clash
            || taken(Who::Room(moved.venue), next)
            || moved.trainers.iter().any(|t| taken(Who::Person(*t), next))
    };
    let ends_today = |at: &usize| {
        let session = &outcome.sessions[*at];
        session.slot == 0 && session.days.len() == 2 && session.days.last() == Some(&today)
    };
    let free = (0..outcome.sessions.len()).filter(ends_today).find(|at| !is_busy(*at, outcome));
    if let Some(session) = free.and_then(|at| outcome.sessions.get_mut(at)) {
        session.days = vec![today, next];
    }
}
