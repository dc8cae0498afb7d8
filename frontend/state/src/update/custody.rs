//! Where each of the device's own marks is, by person and day.

use crate::model::{Custody, OwnMark};
use shared::event::{Body, Event, Fact};
use shared::id::{PersonId, SessionId};
use shared::state::Cell;
use shared::sync::client::{Client, Commit, Fate, Kept};
use std::collections::BTreeMap;

/// The latest own mark of each person on each day.
pub type Marks = BTreeMap<(SessionId, u8, PersonId), OwnMark>;

/// The latest own mark of each person on each day.
pub fn custody_of(client: &Client) -> Marks {
    let mut marks = BTreeMap::new();
    for kept in client.kept() {
        note_own(&mut marks, &kept.event, &custody_by(client, kept));
    }
    for event in client.pending() {
        note_own(&mut marks, event, &Custody::Pending);
    }
    marks
}

/// Takes verdicts in. Only marks whose event was judged are looked at: a device may hold ten thousand.
pub fn judged(marks: &mut Marks, client: &Client, commit: &Commit) {
    // A coordinator's word on a held record comes as a row of its own.
    let judged = commit.replace || commit.rows.iter().any(|row| matches!(row.cell, Cell::Judged(..)));
    if judged || !commit.requeued.is_empty() || !commit.renamed.is_empty() {
        *marks = custody_of(client);
        return;
    }
    for kept in commit.judged.iter().filter(|k| k.event.kind == "mark") {
        let Some(Body::Fact(Fact::Mark(seen))) = Body::shown(&kept.event) else { continue };
        for (person, _) in seen.people {
            let own = marks.get_mut(&(seen.session, seen.day, person));
            if let Some(own) = own.filter(|own| own.event == kept.event.id) {
                own.custody = custody_by(client, kept);
            }
        }
    }
}

fn custody_by(client: &Client, kept: &Kept) -> Custody {
    match client.fate(kept) {
        Fate::Counts => Custody::WithCommission,
        // A verdict of a later version: it arrived, and what it means is known after the update.
        Fate::Held(_) | Fate::Unknown => Custody::Held,
        Fate::Refused(why) => Custody::Refused(code_of(why)),
        Fate::Dismissed(_) => Custody::Refused("dismissed".into()),
    }
}

/// Notes one event; later ones take the place of earlier ones.
pub fn note_own(marks: &mut Marks, event: &Event, custody: &Custody) {
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
