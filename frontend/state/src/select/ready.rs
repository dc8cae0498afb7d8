//! What must be on this device before days without a connection.

use super::space::Space;
use crate::model::Model;
use shared::id::SessionId;
use shared::state::PlanState;
use shared::time::Day;

/// The checklist.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ready {
    /// The lists of people came whole.
    pub roster: bool,
    /// How many people are on them.
    pub people: u32,
    /// The programme is here.
    pub programme: bool,
    /// The application's files are here.
    pub app: bool,
    /// The browser keeps the storage.
    pub storage: bool,
    /// The browser was asked and refused.
    pub storage_refused: bool,
    /// Room on the device; nothing where the browser does not say.
    pub space: Option<Space>,
    /// The clock can be right.
    pub clock: bool,
    /// What the clock shows.
    pub clock_day: Day,
    /// Until when the sessions are taken, if all are.
    pub taken_until: Option<Day>,
    /// Under way.
    pub working: bool,
    /// Lists and programme are here: the sessions can be taken.
    pub may_take: bool,
    /// Things that are missing.
    pub missing: u32,
}

/// The checklist.
pub fn ready(model: &Model) -> Ready {
    let Some(open) = &model.account else { return Ready::default() };
    let client = open.client.as_ref();
    let roster = client.is_some_and(|c| c.place().tag.is_some() && !c.is_staging());
    let people = client.map_or(0, |c| c.shown().names.len() as u32);
    let programme = open.programme.is_some();
    let clock = !super::clock_is_wrong(model);
    let untaken = untaken(model);
    let taken = client.map(|c| {
        c.shown()
            .taken
            .iter()
            .filter(|((_, device), _)| *device == open.entry.device)
            .map(|(_, t)| t.value.until)
            .max()
    });
    let ready = Ready {
        roster,
        people,
        programme,
        app: model.shell_kept,
        storage: model.storage.kept,
        storage_refused: model.storage.asked && !model.storage.kept,
        space: super::space(model),
        clock,
        clock_day: Day::of(model.now, 0, 0),
        taken_until: taken.flatten().filter(|_| untaken.is_empty()),
        working: open.getting_ready,
        may_take: roster && programme,
        missing: 0,
    };
    let has_room = !ready.space.is_some_and(|s| s.is_low);
    let green = [ready.roster && ready.programme, ready.app, ready.storage, has_room, ready.clock];
    Ready { missing: green.iter().filter(|g| !**g).count() as u32, ..ready }
}

/// Own published sessions that this device has not taken yet, with their last day.
pub fn untaken(model: &Model) -> Vec<(SessionId, Day)> {
    let Some(open) = &model.account else { return vec![] };
    let Some(client) = &open.client else { return vec![] };
    let state = client.shown();
    let own = open.person();
    state
        .sessions
        .iter()
        .filter(|(_, s)| state.plan_state_of(&s.value) == PlanState::Published)
        .filter(|(_, s)| own.is_some_and(|p| s.value.trainers.contains(&p)))
        .filter(|(id, _)| !state.taken.contains_key(&(**id, open.entry.device)))
        .filter_map(|(id, s)| s.value.days.last().map(|last| (*id, *last)))
        .collect()
}
