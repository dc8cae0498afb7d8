//! People as the training room sees them: corrected fields, replacements, appointments.

use super::{Asked, unknown};
use crate::event::{Appoint, Fact, ReplacementSeen, SettleField};
use crate::id::PersonId;
use crate::programme::{Programme, Seats};
use crate::state::{Cell, Contact, Correction, Field, PersonName, Place, Replacement, Seat, ShardState};
use crate::sync::Rejection;

/// What the shard decides on top of a fact: a replacement that is beyond doubt becomes an appointment.
pub fn effect_of_fact(state: &ShardState, fact: &Fact) -> Option<Vec<Cell>> {
    let Fact::ReplacementSeen(ReplacementSeen { seat, out, into, .. }) = fact else { return None };
    let holder = state.holders.get(seat)?.value;
    let is_beyond_doubt = state.is_here(*into)
        && holder == *out
        && out.as_ref() != Some(into)
        && seat_of(state, *into).is_none();
    is_beyond_doubt.then(|| vec![Cell::Holder(seat.clone(), Some(*into))])
}

/// Replacements that somebody saw and nobody has acted on: the coordinator's list. Any later word on the seat settles
/// them.
pub fn open_replacements(state: &ShardState) -> Vec<(&Seat, &Replacement)> {
    // By place in the log, not by stamp: a word on the seat that came before the news arrived did not know of it.
    let is_open = |seat: &Seat, seq, into| match state.holders.get(seat) {
        Some(holder) => holder.value != Some(into) && holder.seq < seq,
        None => true,
    };
    state
        .replacements
        .iter()
        .filter(|((seat, _), reg)| is_open(seat, reg.seq, reg.value.into))
        .map(|((seat, _), reg)| (seat, &reg.value))
        .collect()
}

fn seat_of(state: &ShardState, person: PersonId) -> Option<&Seat> {
    state.holders.iter().find(|(_, reg)| reg.value == Some(person)).map(|(seat, _)| seat)
}

/// Settles a person's field: all that was said of it must have been seen.
///
/// # Errors
/// [`Rejection::Stale`] when more was said meanwhile.
pub fn settle_field(
    state: &ShardState,
    settle: &SettleField,
    asked: &Asked<'_>,
) -> Result<Vec<Cell>, Rejection> {
    let person = settle.person;
    if !state.names.contains_key(&person) {
        return Err(unknown("person"));
    }
    check_here(state, person)?;
    if let Some(said) = state.corrections.get(&(person, settle.field)) {
        let is_named = |seq, device| settle.settles.iter().any(|s| s.seq == seq && s.device == device);
        let all = said.siblings.iter().map(|s| (s.seq, s.device)).chain([(said.seq, said.device)]);
        if !{ all }.all(|(seq, device)| is_named(seq, device)) {
            return Err(Rejection::Stale);
        }
    }
    let value = super::bounded(&settle.value);
    let mut name = state.names.get(&person).map(|reg| reg.value.clone()).unwrap_or_else(no_name);
    let mut contact = state.contacts.get(&person).map(|reg| reg.value.clone()).unwrap_or_else(no_contact);
    let card = match settle.field {
        Field::Name if value.is_empty() => return Err(unknown("name")),
        Field::Name => {
            name.name.clone_from(&value);
            Cell::Name(person, name)
        }
        Field::Other => {
            name.other.clone_from(&value);
            Cell::Name(person, name)
        }
        Field::Phone => {
            contact.phone.clone_from(&value);
            Cell::Contact(person, contact)
        }
    };
    let settled = Correction { value, account: asked.by };
    Ok(vec![card, Cell::Corrected((person, settle.field), settled)])
}

/// Only the owner changes what is known of a person, and gives a seat.
fn check_here(state: &ShardState, person: PersonId) -> Result<(), Rejection> {
    state.owner_elsewhere(person).map_or(Ok(()), |shard| Err(Rejection::Elsewhere { shard: shard.clone() }))
}

fn no_name() -> PersonName {
    PersonName { name: String::new(), other: String::new(), language: String::new() }
}

fn no_contact() -> Contact {
    Contact { key: String::new(), phone: String::new() }
}

/// Puts a person on a seat, or vacates it. Nobody holds two seats.
///
/// # Errors
/// [`Rejection::Stale`] when the seat changed since it was looked at, or the person holds another.
pub fn appoint(state: &ShardState, programme: &Programme, appoint: &Appoint) -> Result<Vec<Cell>, Rejection> {
    let seat = &appoint.seat;
    let looked_at = state.holders.get(seat).map_or(0, |reg| reg.seq);
    if looked_at != appoint.based_on {
        return Err(Rejection::Stale);
    }
    let role = programme.role(&seat.role).ok_or_else(|| unknown("role"))?;
    match (&seat.place, &role.seats) {
        (Place::Station(station), Seats::Station(seats)) if state.stations.contains_key(station) => {
            if seat.n == 0 || seat.n > *seats {
                return Err(unknown("seat"));
            }
        }
        (Place::Unit(unit), Seats::Unit) if programme.units.iter().any(|u| u.code == *unit) => {}
        _ => return Err(unknown("seat")),
    }
    if let Some(person) = appoint.person {
        if !state.names.contains_key(&person) {
            return Err(unknown("person"));
        }
        check_here(state, person)?;
        if seat_of(state, person).is_some_and(|held| held != seat) {
            return Err(Rejection::HoldsAnotherSeat);
        }
    }
    Ok(vec![Cell::Holder(seat.clone(), appoint.person)])
}

#[cfg(test)]
mod tests;
