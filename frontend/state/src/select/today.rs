//! Sessions as cards: the next one, the week, the rest.

use super::records::{Tally, marks_of};
use super::session::{Count, count};
use crate::model::Model;
use shared::grant::AccountRole;
use shared::id::SessionId;
use shared::programme::Text;
use shared::state::{PlanState, SessionCard};
use shared::time::Day;

/// A session in a few words.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// The session.
    pub id: SessionId,
    /// Its number.
    pub number: u32,
    /// Its stage.
    pub stage: Text,
    /// Its district.
    pub unit: Text,
    /// The room.
    pub venue: String,
    /// Where the room is.
    pub address: String,
    /// The days, in order.
    pub days: Vec<Day>,
    /// When it begins each day, minutes after midnight.
    pub start_min: u16,
    /// The room cannot be used, and why.
    pub closed: Option<String>,
    /// Counts of the day shown: today's if it meets today, else the last one that has begun, else the first.
    pub count: Count,
    /// That day.
    pub day: u8,
    /// Persons about whom observers differ, over all days.
    pub disputed: u32,
    /// Days on which at least one person is marked.
    pub days_marked: u8,
    /// Where the reader's own marks of it are.
    pub own: Tally,
}

/// A trainer's sessions by when they are.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Week {
    /// The programme's day.
    pub today: Day,
    /// The one that meets today or next.
    pub next: Option<Brief>,
    /// Others that meet within seven days.
    pub week: Vec<Brief>,
    /// Later ones.
    pub later: Vec<Brief>,
    /// Those that are over.
    pub earlier: Vec<Brief>,
}

/// Sessions this device may see and that are published: a trainer's own; for a coordinator all, disputes first.
pub fn briefs(model: &Model) -> Vec<Brief> {
    let Some(client) = model.client() else { return vec![] };
    let state = client.shown();
    let own =
        model.account.as_ref().filter(|o| o.role() == Some(AccountRole::Trainer)).and_then(|o| o.person());
    let mut briefs: Vec<Brief> = state
        .sessions
        .iter()
        .filter(|(_, s)| state.plan_state_of(&s.value) == PlanState::Published)
        .filter(|(_, s)| own.is_none_or(|p| s.value.trainers.contains(&p)))
        .map(|(id, s)| brief(model, *id, &s.value))
        .collect();
    briefs.sort_by(|a, b| {
        let key = |x: &Brief| (x.disputed == 0, x.days.first().copied(), x.start_min, x.number);
        key(a).cmp(&key(b))
    });
    briefs
}

fn brief(model: &Model, id: SessionId, card: &SessionCard) -> Brief {
    let programme = super::programme(model);
    let state = model.client().map(|c| c.shown());
    let stage = programme.as_ref().and_then(|p| p.stage(&card.stage).cloned());
    let unit = programme.as_ref().and_then(|p| p.unit(&card.unit).map(|u| u.name.clone()));
    let venue = state.and_then(|s| s.venues.get(&card.venue)).map(|v| v.value.clone());
    let day = day_shown(model, card);
    let counts: Vec<Count> = (0..card.days.len()).map(|d| count(model, id, d as u8)).collect();
    let start_min = stage
        .as_ref()
        .and_then(|s| s.slot_starts_min.get(usize::from(card.slot)).copied())
        .unwrap_or_default();
    Brief {
        id,
        number: card.number,
        stage: stage.map(|s| s.name).unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        venue: venue.as_ref().map(|v| v.name.clone()).unwrap_or_default(),
        address: venue.as_ref().map(|v| v.address.clone()).unwrap_or_default(),
        days: card.days.clone(),
        start_min,
        closed: venue.and_then(|v| v.closed),
        count: counts.get(usize::from(day)).copied().unwrap_or_default(),
        day,
        disputed: counts.iter().map(|c| c.disputed).sum(),
        own: marks_of(model, id),
        days_marked: counts.iter().filter(|c| c.unmarked < c.total).count() as u8,
    }
}

/// The day of a session that a screen begins with: the one chosen, else today's, else the last that has begun.
pub fn day_shown(model: &Model, card: &SessionCard) -> u8 {
    let today = model.today();
    let begun = card.days.iter().rposition(|d| *d <= today).unwrap_or(0);
    card.days.iter().position(|d| *d == today).unwrap_or(begun).min(usize::from(u8::MAX)) as u8
}

/// A trainer's sessions by when they are.
pub fn today(model: &Model) -> Week {
    let today = model.today();
    let mut week = Week { today, ..Week::default() };
    let mut all = briefs(model);
    all.sort_by_key(|b| (b.days.iter().copied().find(|d| *d >= today), b.start_min, b.number));
    for brief in all {
        match brief.days.iter().copied().find(|d| *d >= today) {
            None => week.earlier.push(brief),
            Some(_) if week.next.is_none() => week.next = Some(brief),
            Some(day) if day < today.plus(7) => week.week.push(brief),
            Some(_) => week.later.push(brief),
        }
    }
    week.earlier.reverse();
    week
}
