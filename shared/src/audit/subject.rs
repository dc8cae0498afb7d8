//! What a register is about, in names.

use crate::grant::Account;
use crate::id::{AccountId, PersonId, SessionId, StationId, VenueId};
use crate::state::{CellKey, Place, Seat, ShardState};
use std::collections::BTreeMap;

type Subject = Vec<(String, String)>;

/// Which register: kinds and names, the widest first.
pub fn of(key: &CellKey, state: &ShardState) -> Subject {
    let mut of: Subject = vec![];
    let mut put = |kind: &str, text: String| of.push((kind.to_owned(), text));
    match key {
        CellKey::Station(id) => put("station", station(*id, state)),
        CellKey::Venue(id) => put("room", venue(*id, state)),
        CellKey::Name(id) | CellKey::Contact(id) => put("person", person(*id, state)),
        CellKey::Holder(seat) => seat_of(seat, state, &mut put),
        CellKey::Trainer((id, stage)) | CellKey::Enrolment((id, stage)) => {
            put("stage", stage.to_string());
            put("person", person(*id, state));
        }
        CellKey::Plan(id) | CellKey::Approval(id) => {
            let stage = state.plans.get(id).map(|p| p.value.stage.to_string());
            put("plan", stage.unwrap_or_else(|| short(&id.to_string())));
        }
        CellKey::Session(id) => put("session", session(*id, state)),
        CellKey::Assigned((id, trainer)) => {
            put("session", session(*id, state));
            put("person", person(*trainer, state));
        }
        CellKey::Mark((id, day, who, _)) | CellKey::Resolution((id, day, who)) => {
            put("session", session(*id, state));
            put("day", (u32::from(*day) + 1).to_string());
            put("person", person(*who, state));
        }
        CellKey::Taken((id, device)) => {
            put("session", session(*id, state));
            put("device", short(&device.to_string()));
        }
        CellKey::Import((id, part)) => {
            put("import", short(&id.to_string()));
            put("part", (u64::from(*part) + 1).to_string());
        }
        CellKey::Erased(seq) => put("record", seq.to_string()),
        CellKey::Corrected((id, _)) => put("person", person(*id, state)),
        CellKey::Replacement((seat, _)) => seat_of(seat, state, &mut put),
        CellKey::Judged((_, seq)) => put("record", seq.to_string()),
        CellKey::Tenure(id) => put("person", person(*id, state)),
        CellKey::Loan((id, stage, _)) | CellKey::Outcome((id, stage, _)) => {
            put("stage", stage.to_string());
            put("person", person(*id, state));
        }
    }
    of
}

fn seat_of(seat: &Seat, state: &ShardState, put: &mut impl FnMut(&str, String)) {
    match &seat.place {
        Place::Station(id) => put("station", station(*id, state)),
        Place::Unit(unit) => put("unit", unit.to_string()),
    }
    put("role", seat.role.to_string());
    put("seat", seat.n.to_string());
}

/// A value with ids turned into names. Ids are 64 random bits: what looks like one and is known is one.
pub fn named(text: &str, state: &ShardState, accounts: &BTreeMap<AccountId, Account>) -> String {
    let one = |item: &str| -> String {
        let Ok(PersonId(bits)) = item.parse::<PersonId>() else { return item.to_owned() };
        let account = accounts.get(&AccountId(bits)).map(|a| a.name.clone());
        let name = state.names.get(&PersonId(bits)).map(|n| n.value.name.clone());
        let room = state.venues.get(&VenueId(bits)).map(|v| v.value.name.clone());
        let station = state.stations.get(&StationId(bits)).map(|s| s.value.code.clone());
        let session = state.sessions.get(&SessionId(bits)).map(|s| number(s.value.number));
        account.or(name).or(room).or(station).or(session).unwrap_or_else(|| short(item))
    };
    text.split(", ").map(one).collect::<Vec<_>>().join(", ")
}

fn person(id: PersonId, state: &ShardState) -> String {
    state.names.get(&id).map_or_else(|| short(&id.to_string()), |n| n.value.name.clone())
}

fn venue(id: VenueId, state: &ShardState) -> String {
    state.venues.get(&id).map_or_else(|| short(&id.to_string()), |v| v.value.name.clone())
}

fn station(id: StationId, state: &ShardState) -> String {
    state.stations.get(&id).map_or_else(|| short(&id.to_string()), |s| s.value.code.clone())
}

fn session(id: SessionId, state: &ShardState) -> String {
    state.sessions.get(&id).map_or_else(|| short(&id.to_string()), |s| number(s.value.number))
}

fn number(n: u32) -> String {
    format!("№ {n}")
}

/// An id that has no name any more: enough of it to tell two apart.
fn short(id: &str) -> String {
    id.chars().take(8).collect()
}
