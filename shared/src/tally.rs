//! The six counts and disputed, from a shard's state: pure, and never mixed (persons with attendances, one count
//! with another).
//!
//! A person in a stage is counted by the shard that owns the person, wherever the session was; attendances by the
//! shard of the session. So the shards' counts add up to the country's, whoever crosses.

mod taught;

use crate::event::Hash;
use crate::id::{PersonId, SessionId, ShardId, StageCode, UnitCode};
use crate::plan::group_unit;
use crate::programme::{Programme, Seats};
use crate::state::{Index, Outcome, Place, PlanState, ShardState, outcomes_of};
use crate::sync::Head;
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts of one stage in one place. Persons, but for `attendances` and the sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Seats of the stage's audience.
    pub planned: u32,
    /// Persons on a published session's list.
    pub invited: u32,
    /// Persons present or late on at least one day.
    pub present: u32,
    /// Persons who met the stage's rule: there on every day.
    pub completed: u32,
    /// Persons who also passed the stage's tests; nothing while the stage has none.
    pub passed: Option<u32>,
    /// Persons with a valid certificate; nothing while none are issued.
    pub certified: Option<u32>,
    /// Persons with a day on which observers disagree and nobody has settled it.
    pub disputed: u32,
    /// Attendances: person-days present or late.
    pub attendances: u32,
    /// Published sessions.
    pub sessions: u32,
    /// Published sessions with a mark on every one of their days.
    pub held: u32,
}

impl Counts {
    /// Adds another place's counts.
    pub fn add(&mut self, other: &Self) {
        let sum = |a: Option<u32>, b: Option<u32>| match (a, b) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
        };
        self.planned += other.planned;
        self.invited += other.invited;
        self.present += other.present;
        self.completed += other.completed;
        self.passed = sum(self.passed, other.passed);
        self.certified = sum(self.certified, other.certified);
        self.disputed += other.disputed;
        self.attendances += other.attendances;
        self.sessions += other.sessions;
        self.held += other.held;
    }
}

/// One published or drafted session, without anybody's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionLine {
    /// The session.
    pub id: SessionId,
    /// Its number within stage and shard.
    pub number: u32,
    /// Its stage.
    pub stage: StageCode,
    /// Its district.
    pub unit: UnitCode,
    /// The room's name.
    pub venue: String,
    /// The days.
    pub days: Vec<Day>,
    /// Which slot of the day.
    pub slot: u8,
    /// How far its plan is.
    pub state: PlanState,
    /// Persons on its list.
    pub invited: u32,
    /// Persons there on at least one day.
    pub present: u32,
    /// Persons who completed.
    pub completed: u32,
    /// Persons with a dispute.
    pub disputed: u32,
    /// Person-days present or late.
    pub attendances: u32,
    /// Days with at least one mark.
    pub days_marked: u8,
    /// Persons on its list who belong to another shard by now and are counted there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub elsewhere: u32,
    /// What needs a person's attention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
}

/// What is odd about a session; shown, never blocking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Its room is closed.
    RoomClosed,
    /// A trainer is expected to complete the tier above and has not been taught yet.
    TrainerExpected,
    /// A trainer did not complete the tier above.
    TrainerNotReady,
    /// Its days are over and somebody has no mark.
    MarksMissing,
}

/// A stage's plan in a shard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanLine {
    /// The plan.
    pub id: crate::id::PlanId,
    /// The register's place in the log: what a decision on it must name.
    pub seq: u64,
    /// The plan.
    #[serde(flatten)]
    pub card: crate::state::PlanCard,
    /// The second person's word on it, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<crate::state::Approval>,
}

/// All that headquarters sees of a shard without opening it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShardTally {
    /// The shard.
    pub shard: ShardId,
    /// The end of the log these numbers were counted at.
    pub head: u64,
    /// The log's chain there. Who sums tallies keeps the latest answer and never compares places: a shard that was
    /// restored begins again at a lower one.
    #[serde(default)]
    pub chain: Hash,
    /// The server's clock when they were counted, milliseconds since 1970.
    #[serde(default)]
    pub as_of_ms: i64,
    /// Polling stations, rooms and those closed.
    pub stations: u32,
    /// Rooms.
    pub rooms: u32,
    /// Rooms that cannot be used.
    pub rooms_closed: u32,
    /// Persons on the roster.
    pub people: u32,
    /// Trainers by the stage they teach.
    pub trainers: BTreeMap<StageCode, u32>,
    /// Counts by stage.
    pub stages: BTreeMap<StageCode, Counts>,
    /// Counts by stage and district.
    pub units: BTreeMap<StageCode, BTreeMap<UnitCode, Counts>>,
    /// Plans that are not withdrawn.
    pub plans: Vec<PlanLine>,
    /// Published sessions by stage and first day: how many.
    pub sessions_by_day: BTreeMap<StageCode, BTreeMap<Day, (u32, u32)>>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// How one person did in a session.
struct Attended {
    there: u32,
    completed: bool,
    disputed: bool,
    marked: Vec<bool>,
}

fn attended(state: &ShardState, id: SessionId, days: usize, person: PersonId) -> Attended {
    let outcomes = outcomes_of(state, id, days, person);
    let there = |o: &Outcome| matches!(o, Outcome::Known(s) if s.was_there());
    Attended {
        there: outcomes.iter().filter(|o| there(o)).count() as u32,
        completed: !outcomes.is_empty() && outcomes.iter().all(there),
        disputed: outcomes.contains(&Outcome::Disputed),
        marked: outcomes.iter().map(|o| *o != Outcome::Unmarked).collect(),
    }
}

/// The lines of a shard's sessions that are not withdrawn, by stage and number.
pub fn session_lines(state: &ShardState, programme: &Programme, today: Day) -> Vec<SessionLine> {
    let index = Index::of(state);
    let mut lines: Vec<SessionLine> = state
        .sessions
        .iter()
        .filter(|(_, s)| state.plan_state_of(&s.value) != PlanState::Withdrawn)
        .map(|(id, s)| session_line(state, programme, &index, *id, &s.value, today))
        .collect();
    lines.sort_by(|a, b| (&a.stage, a.number, a.id).cmp(&(&b.stage, b.number, b.id)));
    lines
}

fn session_line(
    state: &ShardState,
    programme: &Programme,
    index: &Index,
    id: SessionId,
    session: &crate::state::SessionCard,
    today: Day,
) -> SessionLine {
    use crate::command::{TrainerStanding, trainer_standing};
    let venue = state.venues.get(&session.venue);
    let people = index.people_of(id);
    let mut line = SessionLine {
        id,
        number: session.number,
        stage: session.stage.clone(),
        unit: session.unit.clone(),
        venue: venue.map(|v| v.value.name.clone()).unwrap_or_default(),
        days: session.days.clone(),
        slot: session.slot,
        state: state.plan_state_of(session),
        invited: people.len() as u32,
        present: 0,
        completed: 0,
        disputed: 0,
        attendances: 0,
        days_marked: 0,
        elsewhere: people.iter().filter(|p| !state.is_here(**p)).count() as u32,
        flags: vec![],
    };
    let mut day_marked = vec![false; session.days.len()];
    let mut all_marked = true;
    for person in people {
        let attended = attended(state, id, session.days.len(), *person);
        line.attendances += attended.there;
        line.present += u32::from(attended.there > 0);
        line.completed += u32::from(attended.completed);
        line.disputed += u32::from(attended.disputed);
        all_marked &= attended.marked.iter().all(|m| *m);
        day_marked.iter_mut().zip(&attended.marked).for_each(|(day, m)| *day |= *m);
    }
    line.days_marked = day_marked.iter().filter(|m| **m).count() as u8;
    if venue.is_some_and(|v| v.value.closed.is_some()) && session.days.last().is_some_and(|d| *d >= today) {
        line.flags.push(Flag::RoomClosed);
    }
    let standings: Vec<TrainerStanding> = session
        .trainers
        .iter()
        .map(|t| trainer_standing(state, programme, *t, &session.stage, today))
        .collect();
    let needed = programme.stage(&session.stage).map_or(0, |s| usize::from(s.trainers_per_session));
    let is_missing = session.trainers.len() < needed && session.days.last().is_some_and(|d| *d >= today);
    if is_missing
        || standings.iter().any(|s| matches!(s, TrainerStanding::NotCompleted | TrainerStanding::Not))
    {
        line.flags.push(Flag::TrainerNotReady);
    } else if standings.contains(&TrainerStanding::Expected) {
        line.flags.push(Flag::TrainerExpected);
    }
    if !all_marked && session.days.last().is_some_and(|d| *d < today) {
        line.flags.push(Flag::MarksMissing);
    }
    line
}

/// Counts a shard at the end of its log.
pub fn tally(
    state: &ShardState,
    programme: &Programme,
    shard: &ShardId,
    (head, as_of_ms): (Head, i64),
    today: Day,
) -> ShardTally {
    let mut tally = ShardTally {
        shard: shard.clone(),
        head: head.seq,
        chain: head.chain,
        as_of_ms,
        stations: state.stations.len() as u32,
        rooms: state.venues.len() as u32,
        rooms_closed: state.venues.values().filter(|v| v.value.closed.is_some()).count() as u32,
        people: state.names.keys().filter(|p| state.is_here(**p)).count() as u32,
        trainers: BTreeMap::new(),
        stages: BTreeMap::new(),
        units: BTreeMap::new(),
        plans: state
            .plans
            .iter()
            .filter(|(_, p)| p.value.state != PlanState::Withdrawn)
            .map(|(id, p)| PlanLine {
                id: *id,
                seq: p.seq,
                card: p.value.clone(),
                approval: state.approvals.get(id).map(|a| a.value.clone()),
            })
            .collect(),
        sessions_by_day: BTreeMap::new(),
    };
    for ((person, stage), card) in &state.trainers {
        let is_ours = card.value.active && state.is_here(*person);
        *tally.trainers.entry(stage.clone()).or_default() += u32::from(is_ours);
    }
    for (stage, unit, planned) in planned(state, programme) {
        tally.add(&stage, &unit, &Counts { planned, ..Counts::default() });
    }
    for line in session_lines(state, programme, today) {
        if line.state != PlanState::Published {
            continue;
        }
        let held = !line.days.is_empty() && usize::from(line.days_marked) == line.days.len();
        let counts =
            Counts { attendances: line.attendances, sessions: 1, held: u32::from(held), ..Counts::default() };
        if let Some(first) = line.days.first() {
            let by_day = tally.sessions_by_day.entry(line.stage.clone()).or_default();
            let at = by_day.entry(*first).or_default();
            at.0 += 1;
            at.1 += u32::from(held);
        }
        tally.add(&line.stage, &line.unit, &counts);
    }
    for ((_, stage), taught) in taught::taught(state, programme, shard) {
        let counts = Counts {
            invited: 1,
            present: u32::from(taught.present),
            completed: u32::from(taught.completed),
            disputed: u32::from(taught.disputed),
            ..Counts::default()
        };
        tally.add(&stage, &taught.unit, &counts);
    }
    tally
}

/// Seats of each stage's audience: a place, a stage and the number there.
fn planned(state: &ShardState, programme: &Programme) -> Vec<(StageCode, UnitCode, u32)> {
    let mut seats: BTreeMap<(StageCode, UnitCode), u32> = BTreeMap::new();
    for (seat, holder) in &state.holders {
        // A post that nobody holds counts while the law foresees it; one that a correction emptied does not.
        let foreseen = match programme.role(&seat.role).map(|r| r.seats) {
            Some(Seats::Station(fixed)) => seat.n <= fixed,
            Some(Seats::Unit) | None => false,
        };
        if holder.value.is_none() && !foreseen {
            continue;
        }
        let unit = match &seat.place {
            Place::Unit(unit) => Some(unit),
            Place::Station(id) => state.stations.get(id).map(|s| &s.value.unit),
        };
        let Some(unit) = unit else { continue };
        for stage in programme.stages.iter().filter(|s| s.audience.contains(&seat.role)) {
            // Counted where the stage's groups are formed, so that a place's seats and sessions meet.
            *seats.entry((stage.code.clone(), group_unit(programme, stage, unit))).or_default() += 1;
        }
    }
    seats.into_iter().map(|((stage, unit), n)| (stage, unit, n)).collect()
}

impl ShardTally {
    fn add(&mut self, stage: &StageCode, unit: &UnitCode, counts: &Counts) {
        self.stages.entry(stage.clone()).or_default().add(counts);
        self.units.entry(stage.clone()).or_default().entry(unit.clone()).or_default().add(counts);
    }
}
