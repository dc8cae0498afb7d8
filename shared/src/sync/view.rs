//! Who may see which register: a pure function of state and grants, the same on both ends.
//!
//! A trainer's tablet holds the trainer's own published sessions, the people on their lists, and of those only what
//! a list needs: a name and a seat. Phones and personal numbers never leave the shard towards a trainer.

use crate::event::{Hash, Hasher};
use crate::grant::{AccountRole, Grant};
use crate::id::{PersonId, PlanId, SessionId, StageCode, StationId, VenueId};
use crate::state::{CellKey, Index, Place, Seat, ShardState};
use std::collections::BTreeSet;

/// What one device may see of a shard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Every register but people's numbers.
    pub whole: bool,
    /// People's numbers too.
    pub contacts: bool,
    /// Of sessions: these.
    pub sessions: BTreeSet<SessionId>,
    /// Of people: these.
    pub persons: BTreeSet<PersonId>,
    seats: BTreeSet<Seat>,
    stations: BTreeSet<StationId>,
    venues: BTreeSet<VenueId>,
    plans: BTreeSet<PlanId>,
    enrolments: BTreeSet<(PersonId, StageCode)>,
    grants: BTreeSet<String>,
}

impl View {
    /// The view of an account with these grants, all of which hold now and reach this shard.
    pub fn of(state: &ShardState, grants: &[&Grant]) -> Self {
        let mut view = Self::default();
        let mut own: BTreeSet<PersonId> = BTreeSet::new();
        for grant in grants {
            view.grants.insert(format!("{}:{:?}", grant.id, grant.role));
            match grant.role {
                AccountRole::Coordinator | AccountRole::Hq => {
                    view.whole = true;
                    view.contacts = true;
                }
                AccountRole::Approver | AccountRole::Auditor => view.whole = true,
                AccountRole::Trainer => own.extend(grant.person),
                // Their screens come with checklists and practice; until then they hold nothing.
                AccountRole::Monitor | AccountRole::Trainee => {}
            }
        }
        if !view.whole && !own.is_empty() {
            view.add_sessions_of(state, &own);
        }
        view
    }

    fn add_sessions_of(&mut self, state: &ShardState, trainers: &BTreeSet<PersonId>) {
        for (id, card) in state.published_sessions() {
            if card.trainers.iter().any(|t| trainers.contains(t)) {
                self.sessions.insert(id);
                self.venues.insert(card.venue);
                self.plans.insert(card.plan);
                self.persons.extend(&card.trainers);
            }
        }
        let index = Index::of(state);
        for session in &self.sessions {
            let Some(stage) = state.sessions.get(session).map(|s| &s.value.stage) else { continue };
            for person in index.people_of(*session) {
                self.persons.insert(*person);
                self.enrolments.insert((*person, stage.clone()));
            }
        }
        for (seat, holder) in &state.holders {
            if holder.value.is_some_and(|p| self.persons.contains(&p)) {
                self.seats.insert(seat.clone());
                if let Place::Station(station) = &seat.place {
                    self.stations.insert(*station);
                }
            }
        }
    }

    /// Whether the device may see a register.
    pub fn sees(&self, key: &CellKey) -> bool {
        match key {
            CellKey::Contact(_) => self.contacts,
            _ if self.whole => true,
            CellKey::Station(id) => self.stations.contains(id),
            CellKey::Venue(id) => self.venues.contains(id),
            CellKey::Name(id) => self.persons.contains(id),
            CellKey::Holder(seat) => self.seats.contains(seat),
            CellKey::Plan(id) => self.plans.contains(id),
            CellKey::Session(id) | CellKey::Taken((id, _)) => self.sessions.contains(id),
            CellKey::Enrolment(key) => self.enrolments.contains(key),
            CellKey::Mark((session, _, person, _)) | CellKey::Resolution((session, _, person)) => {
                self.sessions.contains(session) && self.persons.contains(person)
            }
            CellKey::Trainer(_) | CellKey::Assigned(_) | CellKey::Import(_) => false,
        }
    }

    /// Changes whenever what may be seen changes otherwise than by newer values: then the whole view is sent again.
    pub fn tag(&self) -> Hash {
        let mut hash =
            Hasher::new("cascade view 1").number(i64::from(self.whole)).number(i64::from(self.contacts));
        for grant in &self.grants {
            hash = hash.text(grant);
        }
        for id in &self.sessions {
            hash = hash.number(id.0 as i64);
        }
        hash = hash.text("people");
        for id in &self.persons {
            hash = hash.number(id.0 as i64);
        }
        // Seats and enrolments can move between visible people without either set changing.
        hash = hash.text("seats");
        for seat in &self.seats {
            hash = hash.text(&format!("{seat:?}"));
        }
        hash = hash.text("enrolments");
        for (person, stage) in &self.enrolments {
            hash = hash.number(person.0 as i64).text(stage.as_str());
        }
        hash.done()
    }

    /// The part of a state that the device may see: what its confirmed layer must equal.
    pub fn project(&self, state: &ShardState) -> ShardState {
        let mut seen = ShardState::default();
        for row in state.rows_after(None, |key, _| self.sees(key)) {
            seen.put(row);
        }
        seen
    }
}
