//! Who may see which register: a pure function of state and grants, the same on both ends.
//!
//! A trainer's tablet holds the trainer's own published sessions, the people on their lists, and of those only what
//! a list needs: a name and a seat. Phones and personal numbers never leave the shard towards a trainer.

use crate::event::{Hash, Hasher};
use crate::grant::{AccountRole, Grant};
use crate::id::{AccountId, PersonId, PlanId, SessionId, StageCode, StationId, VenueId};
use crate::state::{CellKey, Field, Index, Place, Seat, ShardState};
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
    /// The trainer, as somebody who was or is taught: the tablet can say whether the tier above is completed.
    own: BTreeSet<PersonId>,
    /// Published sessions in which the account's person is taught; of their marks only the person's own.
    attended: BTreeSet<SessionId>,
    /// Published sessions that a monitor observes: their lists, nobody's marks.
    listed: BTreeSet<SessionId>,
    grants: BTreeSet<String>,
    /// Whose view it is.
    accounts: BTreeSet<AccountId>,
    /// The last erasure: what it took out must leave the device too.
    erased: u64,
}

impl View {
    /// The view of an account with these grants, all of which hold now and reach this shard.
    pub fn of(state: &ShardState, grants: &[&Grant]) -> Self {
        let erased = state.erasures.values().map(|reg| reg.seq).max().unwrap_or(0);
        let mut view = Self { erased, ..Self::default() };
        let (mut own, mut taught) = (BTreeSet::new(), BTreeSet::new());
        let mut observed: BTreeSet<SessionId> = BTreeSet::new();
        for grant in grants {
            view.grants.insert(format!("{}:{:?}", grant.id, grant.role));
            view.accounts.insert(grant.account);
            match grant.role {
                AccountRole::Coordinator => {
                    view.whole = true;
                    view.contacts = true;
                }
                AccountRole::Hq | AccountRole::Approver | AccountRole::Auditor => view.whole = true,
                AccountRole::Trainer => own.extend(grant.person),
                AccountRole::Monitor => observed.extend(&grant.sessions),
                AccountRole::Trainee => taught.extend(grant.person),
            }
        }
        if view.whole {
            return view;
        }
        if !own.is_empty() {
            view.add_sessions_of(state, &own);
        }
        if !observed.is_empty() {
            view.add_observed(state, &observed);
        }
        view.persons.extend(&taught);
        if !own.is_empty() || !taught.is_empty() {
            view.add_attended(state, own, &taught);
        }
        view.add_seats(state);
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
        let sessions = self.sessions.clone();
        self.add_lists_of(state, &sessions);
    }

    /// What a monitor needs at the door: which session, where, who teaches and who is on the list.
    fn add_observed(&mut self, state: &ShardState, observed: &BTreeSet<SessionId>) {
        for (id, card) in state.published_sessions().filter(|(id, _)| observed.contains(id)) {
            self.listed.insert(id);
            self.venues.insert(card.venue);
            self.plans.insert(card.plan);
            self.persons.extend(&card.trainers);
        }
        let listed = self.listed.clone();
        self.add_lists_of(state, &listed);
    }

    fn add_lists_of(&mut self, state: &ShardState, sessions: &BTreeSet<SessionId>) {
        let index = Index::of(state);
        for session in sessions {
            let Some(stage) = state.sessions.get(session).map(|s| &s.value.stage) else { continue };
            for person in index.people_of(*session) {
                self.persons.insert(*person);
                self.enrolments.insert((*person, stage.clone()));
            }
        }
    }

    /// The seats of the people who are seen.
    fn add_seats(&mut self, state: &ShardState) {
        if self.persons.is_empty() {
            return;
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

    fn add_attended(&mut self, state: &ShardState, own: BTreeSet<PersonId>, taught: &BTreeSet<PersonId>) {
        for (id, card) in state.published_sessions() {
            let is_on_list = |p: &&PersonId| {
                state.enrolments.get(&(**p, card.stage.clone())).is_some_and(|e| e.value == Some(id))
            };
            // A trainee must know where to go to.
            if taught.iter().any(|p| is_on_list(&p)) {
                self.venues.insert(card.venue);
            }
            if own.iter().chain(taught).any(|p| is_on_list(&p)) {
                self.attended.insert(id);
                self.plans.insert(card.plan);
            }
        }
        self.own = own.into_iter().chain(taught.iter().copied()).collect();
    }

    /// Whether the device may see a register.
    pub fn sees(&self, key: &CellKey) -> bool {
        match key {
            CellKey::Contact(_) | CellKey::Corrected((_, Field::Phone)) => self.contacts,
            _ if self.whole => true,
            CellKey::Corrected((person, _)) => self.persons.contains(person),
            CellKey::Replacement((seat, _)) => self.seats.contains(seat),
            CellKey::Judged((author, _)) => self.accounts.contains(author),
            CellKey::Station(id) => self.stations.contains(id),
            CellKey::Venue(id) => self.venues.contains(id),
            CellKey::Name(id) => self.persons.contains(id),
            CellKey::Holder(seat) => self.seats.contains(seat),
            CellKey::Plan(id) => self.plans.contains(id),
            CellKey::Session(id) => {
                self.sessions.contains(id) || self.attended.contains(id) || self.listed.contains(id)
            }
            CellKey::Taken((id, _)) => self.sessions.contains(id),
            CellKey::Enrolment(key) => self.enrolments.contains(key) || self.own.contains(&key.0),
            CellKey::Trainer((person, _)) => self.own.contains(person),
            CellKey::Mark((session, _, person, _)) | CellKey::Resolution((session, _, person)) => {
                (self.sessions.contains(session) && self.persons.contains(person))
                    || (self.attended.contains(session) && self.own.contains(person))
            }
            CellKey::Outcome((person, ..)) => self.own.contains(person),
            CellKey::Approval(_) | CellKey::Assigned(_) | CellKey::Import(_) | CellKey::Erased(_) => false,
            CellKey::Tenure(_) | CellKey::Loan(_) => false,
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
        // A session can move to a room that has been here all along.
        hash = hash.text("rooms");
        for id in &self.venues {
            hash = hash.number(id.0 as i64);
        }
        hash = hash.text("people");
        for id in &self.persons {
            hash = hash.number(id.0 as i64);
        }
        hash = hash.text("own");
        for id in &self.own {
            hash = hash.number(id.0 as i64);
        }
        for id in &self.attended {
            hash = hash.number(id.0 as i64);
        }
        // Only where there are any: tags of trainers and coordinators stay what they were.
        for id in &self.listed {
            hash = hash.text("observed").number(id.0 as i64);
        }
        // Seats and enrolments can move between visible people without either set changing.
        hash = hash.text("seats");
        for seat in &self.seats {
            hash = hash.text(&format!("{seat:?}"));
        }
        hash = hash.text("venues");
        for id in &self.venues {
            hash = hash.number(id.0 as i64);
        }
        hash = hash.text("enrolments");
        for (person, stage) in &self.enrolments {
            hash = hash.number(person.0 as i64).text(stage.as_str());
        }
        if self.erased > 0 {
            hash = hash.text("erased").number(self.erased as i64);
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

#[cfg(test)]
mod tests;
