//! Where each of the device's own marks is, by person and day.

use crate::model::{Custody, OwnMark};
use shared::event::{Body, Event, Fact};
use shared::id::{PersonId, SessionId};
use shared::sync::client::{Client, Fate};
use std::collections::BTreeMap;

/// The latest own mark of each person on each day.
pub fn custody_of(client: &Client) -> BTreeMap<(SessionId, u8, PersonId), OwnMark> {
    let mut marks = BTreeMap::new();
    for kept in client.kept() {
        let custody = match client.fate(kept) {
            Fate::Counts => Custody::WithCommission,
            // A verdict of a later version: it arrived, and what it means is known after the update.
            Fate::Held(_) | Fate::Unknown => Custody::Held,
            Fate::Refused(why) => Custody::Refused(code_of(why)),
            Fate::Dismissed(_) => Custody::Refused("dismissed".into()),
        };
        note_own(&mut marks, &kept.event, &custody);
    }
    for event in client.pending() {
        note_own(&mut marks, event, &Custody::Pending);
    }
    marks
}

/// Notes one event; later ones take the place of earlier ones.
pub fn note_own(marks: &mut BTreeMap<(SessionId, u8, PersonId), OwnMark>, event: &Event, custody: &Custody) {
    if event.kind != "mark" {
        return;
    }
    let Some(Body::Fact(Fact::Mark(seen))) = Body::shown(event) else { return };
    for (person, status) in seen.people {
        let own = OwnMark { event: event.id, status, wall: event.wall, custody: custody.clone() };
        marks.insert((seen.session, seen.day, person), own);
    }
}

/// The stable code of a reason.
pub fn code_of(why: &shared::sync::Rejection) -> String {
    #[derive(serde::Deserialize)]
    struct Coded {
        code: String,
    }
    let written = serde_json::to_string(why).unwrap_or_default();
    shared::wire::read::<Coded>(&written).map(|coded| coded.code).unwrap_or_default()
}
