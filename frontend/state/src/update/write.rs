//! Writing: attendance, settling, taking back. A write is shown at once and stored before it is called saved.

use super::{exchange, note_own};
use crate::effect::Effect;
use crate::model::{Custody, Done, Model, StorageFault, Toast, Undo};
use crate::msg::At;
use shared::event::{Body, Decision, EventId, Fact, Marks, Resolve, Settled};
use shared::id::{PersonId, SessionId};
use shared::state::{Method, Status};
use shared::sync::client::{Fate, Kept};

/// Writes one body and gives the effect that stores it.
pub fn write(model: &mut Model, body: &Body, at: At) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let Some(client) = &mut open.client else { return vec![] };
    let event = client.write(body, at.wall);
    note_own(&mut open.custody, &event, &Custody::Pending);
    open.writing.insert(event.id);
    vec![Effect::Append(event)]
}

/// Attendance of people on one day.
pub fn attend(
    model: &mut Model,
    session: SessionId,
    day: u8,
    people: Vec<(PersonId, Option<Status>)>,
    method: Method,
    at: At,
) -> Vec<Effect> {
    let before: Vec<_> = people.iter().map(|(p, _)| (*p, own_status(model, session, day, *p))).collect();
    let [(person, status)] = people.as_slice() else {
        return mark(model, session, day, people, method, at);
    };
    if before.first().is_some_and(|b| b.1 == *status) {
        return vec![];
    }
    let what = Done::Marked { person: *person, status: *status };
    let effects = mark(model, session, day, people, method, at);
    if !effects.is_empty() {
        toast(model, what, Some(Undo { session, day, people: before }));
    }
    effects
}

fn mark(
    model: &mut Model,
    session: SessionId,
    day: u8,
    people: Vec<(PersonId, Option<Status>)>,
    method: Method,
    at: At,
) -> Vec<Effect> {
    let date = model
        .client()
        .and_then(|c| c.shown().sessions.get(&session))
        .and_then(|s| s.value.days.get(usize::from(day)).copied());
    let Some(date) = date else { return vec![] };
    if people.is_empty() {
        return vec![];
    }
    write(model, &Body::Fact(Fact::Mark(Marks { session, day, date, method, people })), at)
}

/// "Everyone present": those without any mark by anybody.
pub fn everyone_present(model: &mut Model, session: SessionId, day: u8, at: At) -> Vec<Effect> {
    let Some(open) = &model.account else { return vec![] };
    let Some(client) = &open.client else { return vec![] };
    let unmarked: Vec<(PersonId, Option<Status>)> = open
        .index
        .people_of(session)
        .iter()
        .filter(|p| client.shown().marks_of(session, day, **p).iter().all(|(_, m)| m.value.status.is_none()))
        .map(|p| (*p, Some(Status::Present)))
        .collect();
    let undo = Undo { session, day, people: unmarked.iter().map(|(p, _)| (*p, None)).collect() };
    let count = unmarked.len() as u32;
    let effects = mark(model, session, day, unmarked, Method::Everyone, at);
    if !effects.is_empty() {
        toast(model, Done::EveryonePresent { count }, Some(undo));
    }
    effects
}

/// Settles a disagreement: names every mark there is, so that a later one reopens it.
pub fn resolve(
    model: &mut Model,
    session: SessionId,
    day: u8,
    person: PersonId,
    status: Status,
    at: At,
) -> Vec<Effect> {
    let Some(client) = model.client() else { return vec![] };
    let settles: Vec<Settled> = client
        .shown()
        .marks_of(session, day, person)
        .iter()
        .map(|(device, reg)| Settled { device: *device, seq: reg.seq })
        .collect();
    // A mark that the shard has not ordered yet has no place to be named by.
    if settles.is_empty() || settles.iter().any(|s| s.seq == 0) {
        return vec![];
    }
    let body = Body::Decision(Decision::Resolve(Resolve { session, day, person, status, settles }));
    let effects = write(model, &body, at);
    toast(model, Done::ResolutionAsked { person, status }, None);
    effects
}

/// Writes what stood before.
pub fn undo(model: &mut Model, number: u64, at: At) -> Vec<Effect> {
    let Some(toast_shown) = model.toast.take_if(|t| t.number == number) else { return vec![] };
    let Some(Undo { session, day, people }) = toast_shown.undo else { return vec![] };
    let effects = mark(model, session, day, people, Method::Tap, at);
    toast(model, Done::TakenBack, None);
    effects
}

/// An event is on disk, or not.
pub fn appended(model: &mut Model, id: EventId, result: Result<(), StorageFault>) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    open.writing.remove(&id);
    open.retrying.remove(&id);
    let mut effects = vec![];
    match result {
        Ok(()) => {
            open.unstored.remove(&id);
        }
        Err(fault) => {
            // Still in memory, shown as not stored, and still sent: the commission may have it before the disk does.
            open.unstored.insert(id, fault);
            effects.push(Effect::Measure);
        }
    }
    // Whether this tab syncs or another: the others show what waits on this device.
    if model.account.as_ref().is_some_and(|o| o.writing.is_empty()) {
        effects.push(Effect::TellTabs);
    }
    effects.extend(super::account::reload_if_wanted(model));
    effects.extend(exchange::begin(model));
    effects
}

/// Tries again to store what could not be stored. Quietly: what is shown changes only by success.
pub fn retry(model: &mut Model, quietly: bool) -> Vec<Effect> {
    let mut effects: Vec<Effect> = exchange::save_again(model).into_iter().collect();
    let Some(open) = &mut model.account else { return effects };
    let Some(client) = &open.client else { return effects };
    // What has a verdict meanwhile is stored with it.
    let again = client.pending().iter().filter(|e| open.unstored.contains_key(&e.id));
    let again: Vec<_> = again.filter(|e| !open.retrying.contains(&e.id)).cloned().collect();
    for event in again {
        open.retrying.insert(event.id);
        if !quietly {
            open.unstored.remove(&event.id);
            open.writing.insert(event.id);
        }
        effects.push(Effect::Append(event));
    }
    effects
}

/// Writes a fact that was not accepted once more, as it was; the earlier one is put away.
pub fn again(model: &mut Model, id: EventId, at: At) -> Vec<Effect> {
    let kept = model.client().and_then(|c| c.kept().iter().find(|k| k.event.id == id));
    let Some(body @ Body::Fact(_)) = kept.and_then(|k| Body::shown(&k.event)) else { return vec![] };
    let mut effects = write(model, &body, at);
    effects.extend(put_away(model, id));
    effects
}

/// The reason of a record that was not accepted has been read.
pub fn put_away(model: &mut Model, id: EventId) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let Some(client) = &open.client else { return vec![] };
    let ended = |k: &Kept| matches!(client.fate(k), Fate::Refused(_) | Fate::Dismissed(_));
    let found = client.kept().iter().any(|k| k.event.id == id && ended(k));
    if !found || !open.read.insert(id) {
        return vec![];
    }
    vec![Effect::KeepRead(client.shard().clone(), id)]
}

/// What this account has marked, over all its devices.
pub fn own_status(model: &Model, session: SessionId, day: u8, person: PersonId) -> Option<Status> {
    let open = model.account.as_ref()?;
    let client = open.client.as_ref()?;
    client
        .shown()
        .marks_of(session, day, person)
        .into_iter()
        .filter(|(_, reg)| reg.value.account == open.entry.account)
        .max_by_key(|(_, reg)| (reg.seq == 0, reg.stamp, reg.seq))
        .and_then(|(_, reg)| reg.value.status)
}

/// Says what was done.
pub fn toast(model: &mut Model, what: Done, undo: Option<Undo>) {
    model.toasts_shown += 1;
    model.toast = Some(Toast { number: model.toasts_shown, what, undo });
}
