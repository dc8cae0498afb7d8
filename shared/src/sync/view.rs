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
    /// Published sessions in which the trainer is taught; of their marks only the trainer's own.
    attended: BTreeSet<SessionId>,
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
        let mut own: BTreeSet<PersonId> = BTreeSet::new();
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
                // Their screens come with checklists and practice; until then they hold nothing.
                AccountRole::Monitor | AccountRole::Trainee => {}
            }
        }
        if !view.whole && !own.is_empty() {
            view.add_sessions_of(state, &own);
            view.add_attended_by(state, own);
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

    fn add_attended_by(&mut self, state: &ShardState, own: BTreeSet<PersonId>) {
        for (id, card) in state.published_sessions() {
            let is_on_list = |p: &PersonId| {
                state.enrolments.get(&(*p, card.stage.clone())).is_some_and(|e| e.value == Some(id))
            };
            if own.iter().any(is_on_list) {
                self.attended.insert(id);
                self.plans.insert(card.plan);
            }
        }
        self.own = own;
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
            CellKey::Session(id) => self.sessions.contains(id) || self.attended.contains(id),
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
        // Seats and enrolments can move between visible people without either set changing.
        hash = hash.text("seats");
        for seat in &self.seats {
            hash = hash.text(&format!("{seat:?}"));
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
mod tests {
    use super::*;
    use crate::grant::AccountRole;
    use crate::id::{AccountId, GrantId};
    use crate::state::{Cell, Contact, PersonName, PlanCard, PlanState, Row, SessionCard};
    use crate::testing::World;
    use crate::time::Stamp;

    /// A second session of other people and another trainer beside the world's first one.
    fn world_with_a_stranger() -> World {
        let mut world = World::with_two_day_session(3);
        let (stranger, other_trainer) = (PersonId(7_000), PersonId(7_001));
        let first = world.shard.state.sessions[&world.session].value.clone();
        let name = |n: &str| PersonName { name: n.into(), other: String::new(), language: String::new() };
        let contact = |id: PersonId| Contact { key: format!("key-{id}"), phone: format!("phone-{id}") };
        let mut cells = vec![
            Cell::Session(
                SessionId(2),
                SessionCard { number: 2, trainers: vec![other_trainer], ..first.clone() },
            ),
            Cell::Name(stranger, name("Stranger")),
            Cell::Name(other_trainer, name("Other trainer")),
            Cell::Enrolment((stranger, first.stage.clone()), Some(SessionId(2))),
        ];
        cells.extend([stranger, world.people[0]].map(|id| Cell::Contact(id, contact(id))));
        world.seed(cells);
        world
    }

    #[test]
    fn a_trainer_sees_own_people_and_nobody_elses_and_no_numbers() {
        let world = world_with_a_stranger();
        let seen = View::of(&world.shard.state, &world.grants(0)).project(&world.shard.state);
        let mut expected: Vec<PersonId> = world.people.clone();
        expected.extend([PersonId(91), PersonId(92), PersonId(93)]);
        let mut names: Vec<PersonId> = seen.names.keys().copied().collect();
        names.sort();
        expected.sort();
        assert_eq!(names, expected);
        assert_eq!(seen.sessions.keys().copied().collect::<Vec<_>>(), [world.session]);
        assert!(seen.contacts.is_empty());
        let wire = serde_json::to_string(&seen.rows_after(None, |_, _| true).collect::<Vec<Row>>()).unwrap();
        for secret in ["Stranger", "Other trainer", "phone-", "key-"] {
            assert!(!wire.contains(secret), "{secret}");
        }
    }

    #[test]
    fn who_is_no_longer_a_trainer_of_a_session_sees_nothing_of_it_and_the_tag_says_so() {
        let mut world = world_with_a_stranger();
        let before = View::of(&world.shard.state, &world.grants(0));
        let mut card = world.shard.state.sessions[&world.session].value.clone();
        card.trainers.retain(|t| *t != PersonId(91));
        world.now_ms += 1;
        world.seed(vec![Cell::Session(world.session, card)]);
        let after = View::of(&world.shard.state, &world.grants(0));
        assert_ne!(before.tag(), after.tag());
        assert!(after.project(&world.shard.state).is_empty());
    }

    #[test]
    fn a_trainer_sees_how_they_themselves_did_in_the_tier_above_and_nobody_elses_marks_there() {
        let mut world = world_with_a_stranger();
        let rec: StageCode = "rec".parse().unwrap();
        let first = world.shard.state.sessions[&world.session].value.clone();
        let above = SessionCard { stage: rec.clone(), trainers: vec![], ..first };
        let mark = |account| crate::state::Mark {
            status: Some(crate::state::Status::Present),
            account: AccountId(account),
            date: crate::time::Day(0),
            method: crate::state::Method::Tap,
        };
        let card =
            crate::state::TrainerCard { unit: "naryn".parse().unwrap(), active: true, qualified: false };
        let mut cells = vec![Cell::Session(SessionId(50), above)];
        for person in [PersonId(91), PersonId(92)] {
            cells.push(Cell::Trainer((person, "pec".parse().unwrap()), card.clone()));
            cells.push(Cell::Enrolment((person, rec.clone()), Some(SessionId(50))));
            cells.push(Cell::Mark((SessionId(50), 0, person, crate::id::DeviceId(5)), mark(5)));
        }
        world.seed(cells);
        let seen = View::of(&world.shard.state, &world.grants(0)).project(&world.shard.state);
        let marked: Vec<PersonId> = seen.marks.keys().map(|(_, _, person, _)| *person).collect();
        assert_eq!(marked, [PersonId(91)]);
        assert_eq!(seen.trainers.keys().map(|k| k.0).collect::<Vec<_>>(), [PersonId(91)]);
        assert!(seen.sessions.contains_key(&SessionId(50)));
    }

    #[test]
    fn a_draft_is_on_no_trainers_tablet() {
        let mut world = World::with_two_day_session(3);
        let (plan, reg) =
            world.shard.state.plans.first_key_value().map(|(id, p)| (*id, p.value.clone())).unwrap();
        world.now_ms += 1;
        world.seed(vec![Cell::Plan(plan, PlanCard { state: PlanState::Draft, ..reg })]);
        assert!(View::of(&world.shard.state, &world.grants(0)).project(&world.shard.state).is_empty());
    }

    #[test]
    fn each_role_sees_its_own_part() {
        let world = world_with_a_stranger();
        let grant = |role| Grant {
            id: GrantId(9),
            account: AccountId(9),
            role,
            shard: None,
            person: None,
            from: Stamp(0),
            until: None,
            ended: None,
        };
        for (role, names, contacts) in [
            (AccountRole::Hq, true, false),
            (AccountRole::Coordinator, true, true),
            (AccountRole::Approver, true, false),
            (AccountRole::Auditor, true, false),
            (AccountRole::Trainer, false, false),
            (AccountRole::Monitor, false, false),
            (AccountRole::Trainee, false, false),
        ] {
            let seen = View::of(&world.shard.state, &[&grant(role)]).project(&world.shard.state);
            assert_eq!((!seen.names.is_empty(), !seen.contacts.is_empty()), (names, contacts), "{role:?}");
        }
    }
}
