//! The tables of one shard: what was folded from its log, each under the names that people use.

use super::Contacts;
use super::table::Table;
use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};
use shared::id::{PersonId, SessionId};
use shared::roster::Point;
use shared::state::{Field, Index, Outcome, Place, Reg, Seat, ShardState};
use std::path::Path;

/// Writes all of them; gives their names and lengths.
///
/// # Errors
/// When the disk is full.
pub fn write(folder: &Path, state: &ShardState, contacts: Contacts) -> Result<Vec<(String, u64)>> {
    let mut done = vec![
        stations(folder, state)?,
        venues(folder, state)?,
        people(folder, state)?,
        seats(folder, state)?,
        trainers(folder, state)?,
        plans(folder, state)?,
        sessions(folder, state)?,
        enrolments(folder, state)?,
        attendance(folder, state)?,
        marks(folder, state)?,
        resolutions(folder, state)?,
        corrections(folder, state, contacts)?,
        replacements(folder, state)?,
        taken(folder, state)?,
        imports(folder, state)?,
        judgements(folder, state)?,
        tenures(folder, state)?,
        loans(folder, state)?,
        outcomes(folder, state)?,
    ];
    if contacts == Contacts::With {
        done.push(numbers(folder, state)?);
    }
    Ok(done)
}

/// A value as serde writes it: an id as its text, a status as its word.
fn v(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn north_east(at: Option<Point>) -> [Value; 2] {
    at.map_or([Value::Null, Value::Null], |at| [json!(at.lat()), json!(at.lon())])
}

/// The place in the log and the effective time of the write that holds.
fn written<T>(reg: &Reg<T>) -> [Value; 2] {
    [json!(reg.seq), json!(reg.stamp.0)]
}

fn table(
    folder: &Path,
    name: &str,
    columns: &'static [&'static str],
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(String, u64)> {
    let mut table = Table::begin(folder, name, columns)?;
    for row in rows {
        table.row(row)?;
    }
    table.end()
}

fn row<const A: usize, const B: usize>(cells: [Value; A], rest: [Value; B]) -> Vec<Value> {
    cells.into_iter().chain(rest).collect()
}

fn stations(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["station", "number", "name", "unit", "address", "north", "east", "seq", "stamp_ms"];
    let rows = state.stations.iter().map(|(id, reg)| {
        let card = &reg.value;
        let plain = [v(id), v(&card.code), v(&card.name), v(&card.unit), v(&card.address)];
        row(plain, north_east(card.at)).into_iter().chain(written(reg)).collect()
    });
    table(folder, "stations", columns, rows)
}

fn venues(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &[
        "venue", "key", "name", "unit", "address", "capacity", "closed", "north", "east", "seq", "stamp_ms",
    ];
    let rows = state.venues.iter().map(|(id, reg)| {
        let card = &reg.value;
        let plain = [v(id), v(&card.code), v(&card.name), v(&card.unit), v(&card.address)];
        let more = [v(&card.capacity), v(&card.closed)];
        row(plain, more).into_iter().chain(north_east(card.at)).chain(written(reg)).collect()
    });
    table(folder, "venues", columns, rows)
}

fn people(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["person", "name", "name_other", "language", "seq", "stamp_ms"];
    let rows = state.names.iter().map(|(id, reg)| {
        let card = &reg.value;
        row([v(id), v(&card.name), v(&card.other), v(&card.language)], written(reg))
    });
    table(folder, "people", columns, rows)
}

fn numbers(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["person", "key", "phone", "seq", "stamp_ms"];
    let rows = state
        .contacts
        .iter()
        .map(|(id, reg)| row([v(id), v(&reg.value.key), v(&reg.value.phone)], written(reg)));
    table(folder, "contacts", columns, rows)
}

/// Station, unit, role and number of a seat.
fn seat(seat: &Seat) -> [Value; 4] {
    let (station, unit) = match &seat.place {
        Place::Station(station) => (v(station), Value::Null),
        Place::Unit(unit) => (Value::Null, v(unit)),
    };
    [station, unit, v(&seat.role), v(&seat.n)]
}

fn seats(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["station", "unit", "role", "n", "person", "seq", "stamp_ms"];
    let rows = state
        .holders
        .iter()
        .map(|(held, reg)| row(seat(held), [v(&reg.value)]).into_iter().chain(written(reg)).collect());
    table(folder, "seats", columns, rows)
}

fn trainers(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["person", "stage", "unit", "active", "qualified", "seq", "stamp_ms"];
    let rows = state.trainers.iter().map(|((person, stage), reg)| {
        let card = &reg.value;
        row([v(person), v(stage), v(&card.unit), v(&card.active), v(&card.qualified)], written(reg))
    });
    table(folder, "trainers", columns, rows)
}

fn plans(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &[
        "plan",
        "stage",
        "state",
        "author",
        "sessions",
        "placed",
        "unplaced",
        "approved_by",
        "approval_note",
        "same_device",
        "seq",
        "stamp_ms",
    ];
    let rows = state.plans.iter().map(|(id, reg)| {
        let card = &reg.value;
        let approval = state.approvals.get(id).map(|held| &held.value);
        let plain = [v(id), v(&card.stage), v(&card.state), v(&card.author)];
        let counts = [v(&card.sessions), v(&card.placed), v(&card.unplaced)];
        let approved = [
            v(&approval.map(|a| a.account)),
            v(&approval.map(|a| &a.note)),
            v(&approval.and_then(|a| a.same_device.as_ref())),
        ];
        row(plain, counts).into_iter().chain(approved).chain(written(reg)).collect()
    });
    table(folder, "plans", columns, rows)
}

fn sessions(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &[
        "session",
        "number",
        "stage",
        "plan",
        "plan_state",
        "unit",
        "venue",
        "days",
        "slot",
        "trainers",
        "seq",
        "stamp_ms",
    ];
    let rows = state.sessions.iter().map(|(id, reg)| {
        let card = &reg.value;
        let plain = [v(id), v(&card.number), v(&card.stage), v(&card.plan), v(&state.plan_state_of(card))];
        let more = [v(&card.unit), v(&card.venue), v(&card.days), v(&card.slot), v(&card.trainers)];
        row(plain, more).into_iter().chain(written(reg)).collect()
    });
    table(folder, "sessions", columns, rows)
}

fn enrolments(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["person", "stage", "session", "seq", "stamp_ms"];
    let rows = state
        .enrolments
        .iter()
        .map(|((person, stage), reg)| row([v(person), v(stage), v(&reg.value)], written(reg)));
    table(folder, "enrolments", columns, rows)
}

/// What holds of each person on each day of a session: the marks decide, or the resolution.
fn attendance(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["session", "day", "date", "person", "outcome"];
    let index = Index::of(state);
    let mut table = Table::begin(folder, "attendance", columns)?;
    for (id, card) in state.published_sessions() {
        for person in attended(state, &index, id) {
            for (day, date) in (0u8..).zip(&card.days) {
                let outcome = match state.outcome_of(id, day, person) {
                    Outcome::Unmarked => json!("unmarked"),
                    Outcome::Disputed => json!("disputed"),
                    Outcome::Known(status) => v(&status),
                };
                table.row(vec![v(&id), v(&day), v(date), v(&person), outcome])?;
            }
        }
    }
    table.end()
}

/// Whoever is on the list, and whoever came without being on it.
fn attended(state: &ShardState, index: &Index, session: SessionId) -> Vec<PersonId> {
    let low = (session, 0, PersonId(0), shared::id::DeviceId(0));
    let marked = state.marks.range(low..).take_while(|((held, ..), _)| *held == session);
    let mut people: Vec<PersonId> = marked.map(|((.., person, _), _)| *person).collect();
    people.extend(index.people_of(session));
    people.sort_unstable();
    people.dedup();
    people
}

fn marks(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns =
        &["session", "day", "date", "person", "status", "method", "account", "device", "seq", "stamp_ms"];
    let rows = state.marks.iter().map(|((session, day, person, device), reg)| {
        let mark = &reg.value;
        let plain = [v(session), v(day), v(&mark.date), v(person)];
        let seen = [v(&mark.status), v(&mark.method), v(&mark.account), v(device)];
        row(plain, seen).into_iter().chain(written(reg)).collect()
    });
    table(folder, "marks", columns, rows)
}

fn resolutions(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["session", "day", "person", "status", "account", "settles", "seq", "stamp_ms"];
    let rows = state.resolutions.iter().map(|((session, day, person), reg)| {
        let held = &reg.value;
        let settles: Vec<String> = held.settles.iter().map(|s| format!("{}@{}", s.device, s.seq)).collect();
        let plain = [v(session), v(day), v(person), v(&held.status), v(&held.account), v(&settles)];
        row(plain, written(reg))
    });
    table(folder, "resolutions", columns, rows)
}

/// With the writes that nobody has seen yet: one row each.
fn corrections(folder: &Path, state: &ShardState, contacts: Contacts) -> Result<(String, u64)> {
    let columns = &["person", "field", "value", "account", "device", "holds", "seq", "stamp_ms"];
    let mut table = Table::begin(folder, "corrections", columns)?;
    for ((person, field), reg) in &state.corrections {
        if *field == Field::Phone && contacts == Contacts::Without {
            continue;
        }
        for (held, holds) in std::iter::once((&**reg, true)).chain(reg.siblings.iter().map(|s| (&**s, false)))
        {
            let plain = [v(person), v(field), v(&held.value.value), v(&held.value.account), v(&held.device)];
            table.row(row(plain, [json!(holds)]).into_iter().chain(written(held)).collect())?;
        }
    }
    table.end()
}

fn replacements(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &[
        "station", "unit", "role", "n", "session", "out", "into", "reason", "account", "device", "seq",
        "stamp_ms",
    ];
    let rows = state.replacements.iter().map(|((held, device), reg)| {
        let seen = &reg.value;
        let people = [v(&seen.session), v(&seen.out), v(&seen.into), v(&seen.reason)];
        let by = [v(&seen.account), v(device)];
        row(seat(held), people).into_iter().chain(by).chain(written(reg)).collect()
    });
    table(folder, "replacements", columns, rows)
}

fn taken(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["session", "device", "account", "until", "seq", "stamp_ms"];
    let rows = state.taken.iter().map(|((session, device), reg)| {
        row([v(session), v(device), v(&reg.value.account), v(&reg.value.until)], written(reg))
    });
    table(folder, "taken", columns, rows)
}

fn imports(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns =
        &["import", "part", "target", "added", "changed", "unchanged", "left_out", "seq", "stamp_ms"];
    let rows = state.imports.iter().map(|((import, part), reg)| {
        let note = &reg.value;
        let left: Vec<String> = note.problems.iter().map(|(line, code)| format!("{line}:{code}")).collect();
        let plain = [v(import), v(part), v(&note.target)];
        let counts = [v(&note.added), v(&note.changed), v(&note.unchanged), v(&left)];
        row(plain, counts).into_iter().chain(written(reg)).collect()
    });
    table(folder, "imports", columns, rows)
}

fn judgements(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["author", "held_seq", "released", "by", "reason", "seq", "stamp_ms"];
    let rows = state.judged.iter().map(|((author, held), reg)| {
        let plain = [v(author), v(held), v(&reg.value.released), v(&reg.value.account), v(&reg.value.reason)];
        row(plain, written(reg))
    });
    table(folder, "judgements", columns, rows)
}

/// Who owns the people that crossed from shard to shard.
fn tenures(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns = &["person", "owner", "hop", "here", "trail", "reason", "seq", "stamp_ms"];
    let rows = state.tenures.iter().map(|(person, reg)| {
        let held = &reg.value;
        let plain = [v(person), v(&held.owner), v(&held.hop), v(&held.here), v(&held.trail), v(&held.reason)];
        row(plain, written(reg))
    });
    table(folder, "tenures", columns, rows)
}

fn loans(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns =
        &["person", "stage", "other_shard", "side", "n", "from", "until", "ending", "seq", "stamp_ms"];
    let rows = state.loans.iter().map(|((person, stage, other), reg)| {
        let held = &reg.value;
        let plain = [v(person), v(stage), v(other), v(&held.side), v(&held.n)];
        let days = [v(&held.from), v(&held.until), v(&held.ending)];
        row(plain, days).into_iter().chain(written(reg)).collect()
    });
    table(folder, "loans", columns, rows)
}

/// How people did in sessions of other shards, by those shards' word.
fn outcomes(folder: &Path, state: &ShardState) -> Result<(String, u64)> {
    let columns =
        &["person", "stage", "told_by", "session", "days", "there", "disputed", "until", "seq", "stamp_ms"];
    let rows = state.outcomes.iter().map(|((person, stage, by), reg)| {
        let past = &reg.value;
        let plain = [v(person), v(stage), v(by), v(&past.session)];
        let counts = [v(&past.days), v(&past.there), v(&past.disputed), v(&past.until)];
        row(plain, counts).into_iter().chain(written(reg)).collect()
    });
    table(folder, "outcomes", columns, rows)
}
