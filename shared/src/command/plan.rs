//! Draft, approval by a second person, publication.

use super::Asked;
use super::standing::{TrainerStanding, trainer_standing};
use crate::event::{ApprovePlan, PlannedGroup, PublishPlan, PutPlan};
use crate::grant::Access;
use crate::id::{AccountId, PersonId, PlanId, SessionId, StageCode, UnitCode, VenueId};
use crate::plan::group_unit;
use crate::programme::{Programme, Stage};
use crate::state::{Approval, Cell, Place, PlanCard, PlanState, SessionCard, ShardState};
use crate::sync::Rejection;
use crate::time::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Puts a draft in place of the stage's earlier draft. Every hard rule of planning is checked here again, whoever
/// made the plan.
///
/// # Errors
/// The first rule that is broken and the group that breaks it, or people who are invited already.
pub fn put(
    state: &ShardState,
    programme: &Programme,
    put: &PutPlan,
    asked: &Asked<'_>,
) -> Result<Vec<Cell>, Rejection> {
    let stage = programme.stage(&put.stage).ok_or_else(|| super::unknown("stage"))?;
    // A plan is written once: its sessions would otherwise outlive their groups.
    if state.plans.contains_key(&put.plan) {
        return Err(Rejection::WrongPlanState);
    }
    // Somebody else put or approved a plan of the stage since this one was begun.
    if state.plans.values().any(|p| p.value.stage == put.stage && p.seq > put.based_on) {
        return Err(Rejection::Stale);
    }
    let published: BTreeSet<SessionId> = state.published_sessions().map(|(id, _)| id).collect();
    let is_invited = |person: PersonId| {
        let enrolment = state.enrolments.get(&(person, put.stage.clone()));
        enrolment.and_then(|e| e.value).is_some_and(|s| published.contains(&s))
    };
    let people: Vec<PersonId> = put.groups.iter().flat_map(|g| g.people.iter().copied()).collect();
    let invited = people.iter().filter(|p| is_invited(**p)).count() as u32;
    if invited > 0 {
        return Err(Rejection::AlreadyInvited { people: invited });
    }
    check_groups(state, programme, stage, put, asked.today)?;

    let mut cells = Vec::with_capacity(put.groups.len() * 4 + people.len());
    let mut kept_people: BTreeSet<PersonId> = people.iter().copied().collect();
    for (id, reg) in state.plans.iter().filter(|(id, p)| **id != put.plan && p.value.stage == put.stage) {
        if matches!(reg.value.state, PlanState::Draft | PlanState::Approved) {
            cells.push(Cell::Plan(*id, PlanCard { state: PlanState::Withdrawn, ..reg.value.clone() }));
        }
    }
    // People of the earlier draft who have no place in this one.
    for ((person, of_stage), reg) in &state.enrolments {
        if *of_stage == put.stage
            && reg.value.is_some()
            && !is_invited(*person)
            && kept_people.insert(*person)
        {
            cells.push(Cell::Enrolment((*person, put.stage.clone()), None));
        }
    }
    let taken_numbers = published.iter().filter_map(|id| state.sessions.get(id));
    let last_number =
        taken_numbers.filter(|s| s.value.stage == put.stage).map(|s| s.value.number).max().unwrap_or(0);
    for (nth, group) in (last_number + 1..).zip(&put.groups) {
        let card = SessionCard {
            number: nth,
            stage: put.stage.clone(),
            plan: put.plan,
            unit: group.unit.clone(),
            venue: group.venue,
            days: group.days.clone(),
            slot: group.slot,
            trainers: group.trainers.clone(),
        };
        cells.push(Cell::Session(group.id, card));
        cells.extend(group.people.iter().map(|p| Cell::Enrolment((*p, put.stage.clone()), Some(group.id))));
    }
    let card = PlanCard {
        stage: put.stage.clone(),
        state: PlanState::Draft,
        author: asked.by,
        sessions: put.groups.len() as u32,
        placed: people.len() as u32,
        unplaced: put.unplaced,
    };
    cells.push(Cell::Plan(put.plan, card));
    Ok(cells)
}

fn check_groups(
    state: &ShardState,
    programme: &Programme,
    stage: &Stage,
    put: &PutPlan,
    today: Day,
) -> Result<(), Rejection> {
    let taught = programme.calendar.taught_days(stage.window);
    let mut busy: BTreeSet<(Booked, Day, u8)> = bookings(state, put.plan, &put.stage);
    let mut seen_people = BTreeSet::new();
    let mut seen_groups = BTreeSet::new();
    let audience = audience(state, programme, stage);
    for (number, group) in (1..).zip(&put.groups) {
        let breaks = |rule: &str| Rejection::PlanBreaks { rule: rule.to_owned(), group: number };
        let room = state.venues.get(&group.venue).ok_or_else(|| super::unknown("venue"))?;
        if state.sessions.get(&group.id).is_some_and(|s| s.value.plan != put.plan) {
            return Err(super::unknown("session"));
        }
        let size = group.people.len();
        let rule = if size == 0 || size > usize::from(stage.max) {
            Some("group-too-large")
        } else if !seen_groups.insert(group.id) {
            Some("session-twice")
        } else if size > usize::from(room.value.capacity) {
            Some("room-too-small")
        } else if room.value.closed.is_some() {
            Some("room-closed")
        } else if group.trainers.len() < usize::from(stage.trainers_per_session) {
            Some("too-few-trainers")
        } else if group.slot >= stage.slots_per_day || group.days.len() != usize::from(stage.days) {
            Some("days-not-consecutive")
        } else {
            check_days(&taught, &group.days)
        };
        if let Some(rule) = rule {
            return Err(breaks(rule));
        }
        for trainer in &group.trainers {
            let standing = trainer_standing(state, programme, *trainer, &put.stage, today);
            if !matches!(standing, TrainerStanding::Completed | TrainerStanding::Expected) {
                return Err(breaks("not-a-trainer"));
            }
        }
        let is_free = |p: &PersonId| group.days.iter().all(|d| state.may_plan(*p, &put.stage, *d));
        if !group.trainers.iter().chain(&group.people).all(is_free) {
            return Err(breaks("lent-away"));
        }
        for person in &group.people {
            match audience.get(person) {
                None => return Err(breaks("not-in-stage")),
                Some(units) if !units.contains(&group.unit) => return Err(breaks("unit-mixed")),
                Some(_) => {}
            }
            if !seen_people.insert(*person) {
                return Err(breaks("person-twice"));
            }
        }
        if !book(&mut busy, group) {
            return Err(breaks("twice-at-once"));
        }
    }
    Ok(())
}

/// Who holds a seat of the stage's audience, and in which unit their group is formed.
fn audience(
    state: &ShardState,
    programme: &Programme,
    stage: &Stage,
) -> BTreeMap<PersonId, BTreeSet<UnitCode>> {
    let mut audience: BTreeMap<PersonId, BTreeSet<UnitCode>> = BTreeMap::new();
    for (seat, holder) in &state.holders {
        let Some(person) = holder.value.filter(|_| stage.audience.contains(&seat.role)) else { continue };
        let unit = match &seat.place {
            Place::Unit(unit) => Some(unit),
            Place::Station(id) => state.stations.get(id).map(|s| &s.value.unit),
        };
        if let Some(unit) = unit {
            audience.entry(person).or_default().insert(group_unit(programme, stage, unit));
        }
    }
    audience
}

/// The days must be taught days that follow each other without a taught day between them.
fn check_days(taught: &[Day], days: &[Day]) -> Option<&'static str> {
    let at: Option<Vec<usize>> = days.iter().map(|d| taught.binary_search(d).ok()).collect();
    match at {
        None => Some("day-not-taught"),
        Some(at) if at.windows(2).any(|pair| pair[1] != pair[0] + 1) => Some("days-not-consecutive"),
        Some(_) => None,
    }
}

/// What can be in one place at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Booked {
    /// A person, teaching or taught.
    Person(PersonId),
    /// A room.
    Room(VenueId),
}

/// All bookings of a shard, without those of one plan and of unpublished drafts of its stage.
pub fn bookings(state: &ShardState, but: PlanId, stage: &StageCode) -> BTreeSet<(Booked, Day, u8)> {
    let mut busy = BTreeSet::new();
    let mut people_by_session: BTreeMap<SessionId, Vec<PersonId>> = BTreeMap::new();
    for ((person, _), reg) in &state.enrolments {
        if let Some(session) = reg.value {
            people_by_session.entry(session).or_default().push(*person);
        }
    }
    for (id, reg) in &state.sessions {
        let session = &reg.value;
        let plan_state = state.plan_state_of(session);
        let replaced = session.stage == *stage && plan_state != PlanState::Published;
        if session.plan == but || replaced || plan_state == PlanState::Withdrawn {
            continue;
        }
        let people = people_by_session.get(id).map_or(&[][..], Vec::as_slice);
        for day in &session.days {
            busy.insert((Booked::Room(session.venue), *day, session.slot));
            for person in session.trainers.iter().chain(people) {
                busy.insert((Booked::Person(*person), *day, session.slot));
            }
        }
    }
    busy
}

fn book(busy: &mut BTreeSet<(Booked, Day, u8)>, group: &PlannedGroup) -> bool {
    group.days.iter().all(|day| {
        let people = group.trainers.iter().chain(&group.people).map(|p| Booked::Person(*p));
        people.chain([Booked::Room(group.venue)]).all(|who| busy.insert((who, *day, group.slot)))
    })
}

/// Approves a draft. Author and approver must be independent people on different devices; using the same device is
/// possible with a reason, which is recorded.
///
/// # Errors
/// Stale or not a draft, or not independent.
pub fn approve(state: &ShardState, approve: &ApprovePlan, asked: &Asked<'_>) -> Result<Vec<Cell>, Rejection> {
    let card = current(state, approve.plan, approve.based_on, PlanState::Draft)?;
    if card.author == asked.by {
        return Err(Rejection::OwnPlan);
    }
    if is_maker(asked.access, card.author, asked.by) || is_maker(asked.access, asked.by, card.author) {
        return Err(Rejection::MadeByAuthor);
    }
    let authors_tablets = asked.access.accounts.get(&card.author).map_or(&[][..], |a| &a.tablets);
    let shared_tablet = authors_tablets.iter().any(|t| t == asked.tablet);
    let same_device = approve.same_device.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if shared_tablet && same_device.is_none() {
        return Err(Rejection::SameDevice);
    }
    let approval = Approval {
        account: asked.by,
        note: super::bounded(&approve.note),
        same_device: same_device.filter(|_| shared_tablet).map(super::bounded),
    };
    let card = PlanCard { state: PlanState::Approved, ..card };
    Ok(vec![Cell::Plan(approve.plan, card), Cell::Approval(approve.plan, approval)])
}

/// Whether one account made another or gave out a code for it, or did so for its maker, and so on: whoever has a code
/// can be the account.
fn is_maker(access: &Access, maker: AccountId, made: AccountId) -> bool {
    let (mut seen, mut next) = (BTreeSet::from([made]), vec![made]);
    while let Some(account) = next.pop().and_then(|at| access.accounts.get(&at)) {
        for above in account.created_by.iter().chain(&account.opened_by) {
            if *above == maker {
                return true;
            }
            if seen.insert(*above) {
                next.push(*above);
            }
        }
    }
    false
}

/// Publishes an approved plan: from now on its people are invited and its trainers see it.
///
/// # Errors
/// Stale or not approved; a room that was closed since; trainers whose session of the tier above was held and who
/// did not complete it, or who are lent on its days. Who has lost the seat since is no longer invited.
pub fn publish(
    state: &ShardState,
    programme: &Programme,
    publish: &PublishPlan,
    asked: &Asked<'_>,
) -> Result<Vec<Cell>, Rejection> {
    let card = current(state, publish.plan, publish.based_on, PlanState::Approved)?;
    let mut cells = vec![Cell::Plan(publish.plan, PlanCard { state: PlanState::Published, ..card.clone() })];
    let mut not_ready = BTreeSet::new();
    let stage = programme.stage(&card.stage).ok_or_else(|| super::unknown("stage"))?;
    let audience = audience(state, programme, stage);
    for (id, reg) in state.sessions.iter().filter(|(_, s)| s.value.plan == publish.plan) {
        if state.venues.get(&reg.value.venue).is_none_or(|v| v.value.closed.is_some()) {
            return Err(Rejection::PlanBreaks { rule: "room-closed".into(), group: reg.value.number });
        }
        // Who has gone to another shard since leaves the session.
        if reg.value.trainers.len() < usize::from(stage.trainers_per_session) {
            return Err(Rejection::PlanBreaks { rule: "too-few-trainers".into(), group: reg.value.number });
        }
        let is_free = |p: PersonId| reg.value.days.iter().all(|d| state.may_plan(p, &card.stage, *d));
        let lost = state.enrolments.iter().filter(|((person, _), e)| {
            e.value == Some(*id) && (!audience.contains_key(person) || !is_free(*person))
        });
        cells.extend(lost.map(|(key, _)| Cell::Enrolment(key.clone(), None)));
        for trainer in &reg.value.trainers {
            match trainer_standing(state, programme, *trainer, &card.stage, asked.today) {
                TrainerStanding::Completed | TrainerStanding::Expected if is_free(*trainer) => {
                    cells.push(Cell::Assigned((*id, *trainer), true));
                }
                _ => {
                    not_ready.insert(*trainer);
                }
            }
        }
    }
    if !not_ready.is_empty() {
        return Err(Rejection::TrainersNotReady { trainers: not_ready.into_iter().take(50).collect() });
    }
    Ok(cells)
}

fn current(
    state: &ShardState,
    plan: PlanId,
    based_on: u64,
    needed: PlanState,
) -> Result<PlanCard, Rejection> {
    let reg = state.plans.get(&plan).ok_or_else(|| super::unknown("plan"))?;
    if reg.value.state != needed {
        return Err(Rejection::WrongPlanState);
    }
    if reg.seq != based_on {
        return Err(Rejection::Stale);
    }
    Ok(reg.value.clone())
}

#[cfg(test)]
mod tests;
