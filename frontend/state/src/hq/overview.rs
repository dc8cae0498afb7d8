//! What the overview shows, from the tallies: answers, the road before the first session, the map, the counts, the
//! timeline, and the places where help is needed. Pure.

use shared::api::Overview;
use shared::id::{ShardId, StageCode, UnitCode};
use shared::programme::{Level, Programme, Stage};
use shared::report::last_day;
use shared::state::PlanState;
use shared::tally::{Counts, ShardTally};
use shared::time::Day;

/// Places listed as needing help, at most.
pub const WORST: usize = 10;
/// Days before a tier's window in which an unplanned place counts as late.
const SOON_DAYS: i32 = 7;

/// One step on the road before the first session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoadStep {
    /// Which.
    pub kind: RoadKind,
    /// Places that have done it.
    pub done: u32,
    /// Places that must.
    pub all: u32,
}

/// A kind of step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RoadKind {
    Stations,
    Rooms,
    Trainers,
    People,
    Plan,
    Approval,
    Publication,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// The unit.
    pub unit: UnitCode,
    /// Its shard: what it opens to.
    pub shard: ShardId,
    /// Counts of the stage there.
    pub counts: Counts,
}

/// One day of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayLine {
    /// The day on which the sessions begin.
    pub day: Day,
    /// Published sessions.
    pub planned: u32,
    /// Of these, marked on all their days.
    pub held: u32,
    /// Of these, over without marks.
    pub lost: u32,
}

/// A place where help is needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    /// The unit.
    pub unit: UnitCode,
    /// Its shard.
    pub shard: ShardId,
    /// Why.
    pub trouble: Trouble,
    /// Persons (sessions, for missing marks) it concerns.
    pub count: u32,
}

/// Why a place needs help, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// The tier begins soon or has begun, and its people are on no published list.
    NotInvited,
    /// Every session is held, and people have not completed.
    NotCompleted,
    /// Observers disagree.
    Disputed,
}

/// The stage that the overview opens with: the first that is not over, else the last.
pub fn stage_now(programme: &Programme, today: Day) -> Option<&Stage> {
    programme.stages.iter().find(|s| s.window.1 >= today).or(programme.stages.last())
}

/// A stage's counts over all shards.
pub fn counts_of(overview: &Overview, stage: &StageCode) -> Counts {
    let mut sum = Counts::default();
    overview.shards.iter().filter_map(|t| t.stages.get(stage)).for_each(|c| sum.add(c));
    sum
}

/// Whether any session of the programme has been published.
pub fn has_begun(overview: &Overview) -> bool {
    overview.shards.iter().any(|t| t.stages.values().any(|c| c.sessions > 0))
}

/// The road before the first session of a stage.
pub fn road(programme: &Programme, overview: &Overview, stage: &Stage) -> Vec<RoadStep> {
    let at_stations = stage.audience.iter().filter_map(|r| programme.role(r));
    let at_stations =
        at_stations.into_iter().any(|r| matches!(r.seats, shared::programme::Seats::Station(_)));
    let places = places(programme, stage);
    let tallies: Vec<Option<&ShardTally>> =
        places.iter().map(|shard| overview.shards.iter().find(|t| t.shard == *shard)).collect();
    let all = places.len() as u32;
    let count = |is_done: &dyn Fn(&ShardTally) -> bool| {
        tallies.iter().flatten().filter(|t| is_done(t)).count() as u32
    };
    let plan_at_least = |t: &ShardTally, state: PlanState| {
        t.plans.iter().any(|p| p.card.stage == stage.code && p.card.state >= state)
    };
    let has_people = |t: &ShardTally| t.stages.get(&stage.code).is_some_and(|c| c.planned > 0);
    let step = |kind, is_done: &dyn Fn(&ShardTally) -> bool| RoadStep { kind, done: count(is_done), all };
    let mut steps = vec![];
    if at_stations {
        steps.push(step(RoadKind::Stations, &|t| t.stations > 0));
    }
    steps.extend([
        step(RoadKind::Rooms, &|t| t.rooms > 0),
        step(RoadKind::Trainers, &|t| t.trainers.get(&stage.code).is_some_and(|n| *n > 0)),
        step(RoadKind::People, &has_people),
        step(RoadKind::Plan, &|t| plan_at_least(t, PlanState::Draft)),
        step(RoadKind::Approval, &|t| plan_at_least(t, PlanState::Approved)),
        step(RoadKind::Publication, &|t| plan_at_least(t, PlanState::Published)),
    ]);
    steps
}

/// The shards in which a stage is taught: the nation's own for groups of the whole nation, else all others.
pub fn places(programme: &Programme, stage: &Stage) -> Vec<ShardId> {
    let nation = programme.units.iter().find(|u| u.level == Level::Nation).and_then(|u| u.shard.clone());
    let all = programme.shards();
    match nation {
        Some(nation) if stage.groups_within == Level::Nation => vec![nation],
        Some(nation) if all.len() > 1 => all.into_iter().filter(|s| *s != nation).collect(),
        _ => all,
    }
}

/// The places of a stage on the map: units that have seats of its audience.
pub fn tiles(programme: &Programme, overview: &Overview, stage: &StageCode) -> Vec<Tile> {
    let mut tiles = vec![];
    for tally in &overview.shards {
        for (unit, counts) in tally.units.get(stage).into_iter().flatten() {
            if programme.unit(unit).is_some() {
                tiles.push(Tile { unit: unit.clone(), shard: tally.shard.clone(), counts: *counts });
            }
        }
    }
    tiles
}

/// Sessions of a stage by the day on which they begin; every taught day of the window has a line.
pub fn timeline(programme: &Programme, overview: &Overview, stage: &Stage) -> Vec<DayLine> {
    let mut days: std::collections::BTreeMap<Day, DayLine> = programme
        .calendar
        .taught_days(stage.window)
        .into_iter()
        .map(|day| (day, DayLine { day, planned: 0, held: 0, lost: 0 }))
        .collect();
    for tally in &overview.shards {
        for (day, (planned, held)) in tally.sessions_by_day.get(&stage.code).into_iter().flatten() {
            let line = days.entry(*day).or_insert(DayLine { day: *day, planned: 0, held: 0, lost: 0 });
            line.planned += planned;
            line.held += held;
            if last_day(programme, stage, *day) < overview.today {
                line.lost += planned.saturating_sub(*held);
            }
        }
    }
    days.into_values().collect()
}

/// The places where help is needed first.
pub fn worst(programme: &Programme, overview: &Overview, stage: &Stage) -> Vec<Behind> {
    let mut behind = vec![];
    for Tile { unit, shard, counts } in tiles(programme, overview, &stage.code) {
        let not_invited = counts.planned.saturating_sub(counts.invited);
        let soon = stage.window.0.plus(-SOON_DAYS) <= overview.today;
        let all_held = counts.sessions > 0 && counts.held == counts.sessions;
        let not_completed = counts.invited.saturating_sub(counts.completed + counts.disputed);
        let found = [
            (Trouble::NotInvited, not_invited, soon),
            (Trouble::NotCompleted, not_completed, all_held),
            (Trouble::Disputed, counts.disputed, true),
        ];
        for (trouble, count, applies) in found {
            if applies && count > 0 {
                behind.push(Behind { unit: unit.clone(), shard: shard.clone(), trouble, count });
            }
        }
    }
    behind.sort_by(|a, b| (a.trouble, b.count, &a.unit).cmp(&(b.trouble, a.count, &b.unit)));
    behind.truncate(WORST);
    behind
}

/// Days from a day to polling day; nothing once it is over.
pub fn days_left(programme: &Programme, today: Day) -> Option<u32> {
    u32::try_from(programme.election_day.0 - today.0).ok()
}
