//! One session: its head, its list, one row of it, its counts.

use super::lower::lower;
use super::today::day_shown;
use crate::model::{Custody, Model, Open};
use crate::update::own_status;
use shared::command::TrainerStanding;
use shared::grant::AccountRole;
use shared::id::{PersonId, SessionId};
use shared::programme::Text;
use shared::state::{Index, Outcome, Place, PlanState, ShardState, Status, observations};
use shared::time::{Day, WallMs};
use std::rc::Rc;

/// One of a session's days, to be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayChoice {
    /// Which, from 0.
    pub day: u8,
    /// Its date.
    pub date: Day,
}

/// The head of a session's screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Its number.
    pub number: u32,
    /// Its stage.
    pub stage: Text,
    /// Its district.
    pub unit: Text,
    /// The room.
    pub venue: String,
    /// When it begins, minutes after midnight.
    pub start_min: u16,
    /// Its days.
    pub days: Vec<DayChoice>,
    /// The day shown and marked.
    pub day: u8,
    /// Whether that day is the programme's today.
    pub is_today: bool,
    /// The room cannot be used, and why.
    pub closed: Option<String>,
    /// Whether its plan is published.
    pub published: bool,
    /// A trainer of it is only expected to complete the tier above.
    pub trainer_expected: bool,
    /// The reader may mark.
    pub may_mark: bool,
    /// The reader may settle disagreements.
    pub may_resolve: bool,
}

/// Counts of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Count {
    /// On the list.
    pub total: u32,
    /// Present or late.
    pub present: u32,
    /// Without any mark.
    pub unmarked: u32,
    /// Seen differently and not settled.
    pub disputed: u32,
}

/// Where a person serves.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SeatAt {
    /// The station's number, or nothing for a commission.
    pub station: Option<String>,
    /// The commission's unit.
    pub unit: Option<Text>,
    /// The role.
    pub role: Text,
    /// Which of the role's seats there.
    pub n: u16,
}

/// Where the record of a row's mark is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum RowCustody {
    /// There is no own mark.
    #[default]
    None,
    /// Being written.
    Saving,
    /// Could not be stored on this device.
    NotStored,
    /// On this device's disk.
    OnTablet,
    /// Admitted.
    WithCommission,
    /// The coordinator must confirm it.
    Held,
    /// Not admitted, by this stable code.
    Refused(String),
}

/// What one observer saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Whether it was the reader.
    pub own: bool,
    /// The observer's name, where this device may know it.
    pub observer: Option<String>,
    /// What.
    pub status: Status,
    /// When.
    pub at: WallMs,
}

/// One person on a session's list, on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As on the roster.
    pub name: String,
    /// In the second script.
    pub other: String,
    /// Where the person serves.
    pub seat: Option<SeatAt>,
    /// What the reader has marked.
    pub mark: Option<Status>,
    /// What holds.
    pub outcome: Option<Status>,
    /// Where the record of the reader's mark is.
    pub custody: RowCustody,
    /// What each observer saw, where they differ and nobody has settled it.
    pub seen: Vec<Seen>,
    /// A settling waits for the shard.
    pub resolving: Option<Status>,
}

fn open(model: &Model) -> Option<(&Open, &ShardState)> {
    let open = model.account.as_ref()?;
    Some((open, open.client.as_ref()?.shown()))
}

/// The head of a session's screen; nothing where this device has no such session.
pub fn head(model: &Model, session: SessionId) -> Option<Head> {
    let (open, state) = open(model)?;
    let card = &state.sessions.get(&session)?.value;
    let programme = open.programme.as_deref();
    let stage = programme.and_then(|p| p.stage(&card.stage));
    let day = open.days.get(&session).copied().unwrap_or_else(|| day_shown(model, card));
    let own = open.person();
    let is_own = own.is_some_and(|p| card.trainers.contains(&p));
    let role = open.role();
    let venue = state.venues.get(&card.venue).map(|v| &v.value);
    // A coordinator's device sees all trainers, a trainer's own only its owner.
    let seen = |t: &&PersonId| state.trainers.contains_key(&(**t, card.stage.clone()));
    let trainer_expected = programme.is_some_and(|p| {
        let standing =
            |t: &PersonId| shared::command::trainer_standing(state, p, *t, &card.stage, model.today());
        let open = [TrainerStanding::Expected, TrainerStanding::NotCompleted];
        card.trainers.iter().filter(seen).any(|t| open.contains(&standing(t)))
    });
    Some(Head {
        number: card.number,
        stage: stage.map(|s| s.name.clone()).unwrap_or_default(),
        unit: programme.and_then(|p| p.unit(&card.unit)).map(|u| u.name.clone()).unwrap_or_default(),
        venue: venue.map(|v| v.name.clone()).unwrap_or_default(),
        start_min: stage
            .and_then(|s| s.slot_starts_min.get(usize::from(card.slot)).copied())
            .unwrap_or_default(),
        days: card.days.iter().enumerate().map(|(d, date)| DayChoice { day: d as u8, date: *date }).collect(),
        day,
        is_today: card.days.get(usize::from(day)) == Some(&model.today()),
        closed: venue.and_then(|v| v.closed.clone()),
        published: state.plan_state_of(card) == PlanState::Published,
        trainer_expected,
        may_mark: role == Some(AccountRole::Coordinator) || (role == Some(AccountRole::Trainer) && is_own),
        may_resolve: role == Some(AccountRole::Coordinator)
            || (role == Some(AccountRole::Trainer) && own.is_some() && own == card.trainers.first().copied()),
    })
}

/// The people of a session in the order of its list: by station, seat, name.
pub fn people(model: &Model, session: SessionId) -> Rc<[PersonId]> {
    let Some((open, state)) = open(model) else { return Rc::new([]) };
    let mut people: Vec<(String, String, u16, String, PersonId)> = open
        .index
        .people_of(session)
        .iter()
        .map(|person| {
            let seat = open.index.seat_by_person.get(person);
            let place = match seat.map(|s| &s.place) {
                Some(Place::Station(id)) => state.stations.get(id).map(|s| s.value.code.clone()),
                Some(Place::Unit(unit)) => Some(unit.to_string()),
                None => None,
            };
            let name = state.names.get(person).map(|n| n.value.name.clone()).unwrap_or_default();
            // The chair's role comes first in the programme's list of roles.
            let role = seat
                .and_then(|s| open.programme.as_ref()?.roles.iter().position(|r| r.code == s.role))
                .map_or_else(String::new, |at| format!("{at:03}"));
            (place.unwrap_or_default(), role, seat.map_or(0, |s| s.n), name, *person)
        })
        .collect();
    people.sort();
    people.into_iter().map(|p| p.4).collect()
}

/// Where a person serves.
fn seat(model: &Model, index: &Index, state: &ShardState, person: PersonId) -> Option<SeatAt> {
    let seat = index.seat_by_person.get(&person)?;
    let programme = super::programme(model);
    let role =
        programme.as_ref().and_then(|p| p.role(&seat.role)).map(|r| r.name.clone()).unwrap_or_default();
    let (station, unit) = match &seat.place {
        Place::Station(id) => (state.stations.get(id).map(|s| s.value.code.clone()), None),
        Place::Unit(unit) => (None, programme.as_ref().and_then(|p| p.unit(unit)).map(|u| u.name.clone())),
    };
    Some(SeatAt { station, unit, role, n: seat.n })
}

/// One person on one day.
pub fn row(model: &Model, session: SessionId, day: u8, person: PersonId) -> Option<Row> {
    let (open, state) = open(model)?;
    let name = state.names.get(&person).map(|n| n.value.clone());
    let marks = state.marks_of(session, day, person);
    let outcome = state.outcome_of(session, day, person);
    let seen = if outcome == Outcome::Disputed {
        let seen = observations(&marks).into_iter().map(|o| Seen {
            own: o.account == open.entry.account,
            observer: open.names.get(&o.account).cloned(),
            status: o.status,
            at: WallMs(o.stamp.0),
        });
        seen.collect()
    } else {
        vec![]
    };
    Some(Row {
        name: name.as_ref().map(|n| n.name.clone()).unwrap_or_default(),
        other: name.map(|n| n.other).unwrap_or_default(),
        seat: seat(model, &open.index, state, person),
        mark: own_status(model, session, day, person),
        outcome: match outcome {
            Outcome::Known(status) => Some(status),
            Outcome::Unmarked | Outcome::Disputed => None,
        },
        custody: custody(open, session, day, person),
        seen,
        resolving: resolving(open, session, day, person),
    })
}

fn custody(open: &Open, session: SessionId, day: u8, person: PersonId) -> RowCustody {
    let Some(own) = open.custody.get(&(session, day, person)) else { return RowCustody::None };
    match &own.custody {
        Custody::WithCommission if own.status.is_none() => RowCustody::None,
        Custody::WithCommission => RowCustody::WithCommission,
        Custody::Held => RowCustody::Held,
        Custody::Refused(code) => RowCustody::Refused(code.clone()),
        Custody::Pending if open.writing.contains(&own.event) => RowCustody::Saving,
        Custody::Pending if open.unstored.contains_key(&own.event) => RowCustody::NotStored,
        Custody::Pending => RowCustody::OnTablet,
    }
}

fn resolving(open: &Open, session: SessionId, day: u8, person: PersonId) -> Option<Status> {
    use shared::event::{Body, Decision};
    let pending = open.client.as_ref()?.pending();
    pending.iter().rev().filter(|e| e.kind == "resolve").find_map(|e| match Body::shown(e) {
        Some(Body::Decision(Decision::Resolve(r)))
            if (r.session, r.day, r.person) == (session, day, person) =>
        {
            Some(r.status)
        }
        _ => None,
    })
}

/// Counts of one day of a session.
pub fn count(model: &Model, session: SessionId, day: u8) -> Count {
    let Some((open, state)) = open(model) else { return Count::default() };
    let mut count = Count::default();
    for person in open.index.people_of(session) {
        count.total += 1;
        match state.outcome_of(session, day, *person) {
            Outcome::Known(status) => count.present += u32::from(status.was_there()),
            Outcome::Unmarked => count.unmarked += 1,
            Outcome::Disputed => count.disputed += 1,
        }
    }
    count
}

/// People of a day about whom observers differ.
pub fn disputed_people(model: &Model, session: SessionId, day: u8) -> Vec<PersonId> {
    let Some((open, state)) = open(model) else { return vec![] };
    let disputed = |p: &&PersonId| state.outcome_of(session, day, **p) == Outcome::Disputed;
    open.index.people_of(session).iter().filter(disputed).copied().collect()
}

/// Whether a person is meant by what was typed: name in either script, number on the list, station.
pub fn found(model: &Model, person: PersonId, number: u32, query: &str) -> bool {
    let query = lower(query.trim());
    if query.is_empty() {
        return true;
    }
    let Some((open, state)) = open(model) else { return false };
    let name = state.names.get(&person).map(|n| &n.value);
    let in_name = name.is_some_and(|n| lower(&n.name).contains(&query) || lower(&n.other).contains(&query));
    let station = match open.index.seat_by_person.get(&person).map(|s| &s.place) {
        Some(Place::Station(id)) => state.stations.get(id).is_some_and(|s| s.value.code.contains(&query)),
        _ => false,
    };
    in_name || station || number.to_string() == query
}
