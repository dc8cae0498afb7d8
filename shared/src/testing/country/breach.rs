//! What must hold of a country at rest.
#![allow(missing_docs)]

use super::{Country, TRAINERS, pec};
use crate::command::bookings;
use crate::id::*;
use crate::state::*;
use crate::sync::server::Shard;
use crate::time::Day;
use std::collections::{BTreeMap, BTreeSet};

impl Country {
    /// What must hold at rest; the first breach in words.
    pub fn breach(&self) -> Option<String> {
        self.owned_once()
            .or_else(|| self.booked_once())
            .or_else(|| self.loans_agreed())
            .or_else(|| self.fields_kept())
            .or_else(|| self.sums())
            .or_else(|| self.logs_sound())
    }

    fn people(&self) -> Vec<PersonId> {
        self.names.keys().copied().collect()
    }

    fn owner(&self, person: PersonId) -> Option<usize> {
        let mut owners = (0..self.nodes.len()).filter(|n| self.owns(*n, person));
        let first = owners.next()?;
        owners.next().is_none().then_some(first)
    }

    fn owned_once(&self) -> Option<String> {
        let wrong = |p: &PersonId| self.owner(*p).is_none();
        self.people().into_iter().find(wrong).map(|p| {
            let says: Vec<_> =
                self.nodes.iter().map(|n| n.shard.state.tenures.get(&p).map(|t| &t.value)).collect();
            format!("{p} is not owned once: {says:?}")
        })
    }

    fn booked_once(&self) -> Option<String> {
        let mut taken: BTreeMap<(PersonId, Day, u8), usize> = BTreeMap::new();
        for (n, node) in self.nodes.iter().enumerate() {
            let state = &node.shard.state;
            for (who, day, slot) in bookings(state, PlanId(0), &"none".parse().unwrap()) {
                if let crate::command::Booked::Person(person) = who
                    && day >= self.today
                    && let Some(other) = taken.insert((person, day, slot), n)
                {
                    return Some(format!("{person} is booked in {other} and {n} on {day}"));
                }
            }
        }
        None
    }

    /// Both ends of a loan that is not over say the same of it.
    fn loans_agreed(&self) -> Option<String> {
        for (n, lender) in self.nodes.iter().enumerate() {
            for ((person, stage, to), reg) in &lender.shard.state.loans {
                let lent = &reg.value;
                if lent.side != Side::Lent || !self.owns(n, *person) || !lent.is_open(self.today) {
                    continue;
                }
                let key = (*person, stage.clone(), lender.shard.id.clone());
                let there = self.at(to).and_then(|at| self.nodes[at].shard.state.loans.get(&key));
                let agreed =
                    there.is_some_and(|there| there.value == Loan { side: Side::Borrowed, ..lent.clone() });
                if !agreed {
                    let there = there.map(|l| &l.value);
                    return Some(format!("{person} is lent to {to} as {lent:?}, which has {there:?}"));
                }
            }
        }
        None
    }

    fn fields_kept(&self) -> Option<String> {
        for person in self.people() {
            let owner = self.owner(person)?;
            let state = &self.nodes[owner].shard.state;
            let name = state.names.get(&person).map(|n| n.value.clone())?;
            let given = self.names.get(&person)?;
            let sound =
                if self.restored { given.contains(&name.name) } else { given.last() == Some(&name.name) };
            let p = person.0 % 100;
            let contact = state.contacts.get(&person).map(|c| (c.value.key.clone(), c.value.phone.clone()));
            let numbers = Some((format!("K{}", person.0), format!("+996 {}", person.0)));
            if !sound || contact != numbers || name.other != format!("Адам {p}") || name.language != "ky"
            {
                return Some(format!("{person} lost something: {name:?} {contact:?} of {given:?}"));
            }
            let teaches =
                state.trainers.get(&(person, pec())).is_some_and(|t| t.value.active && t.value.qualified);
            if teaches != (p < TRAINERS) {
                return Some(format!("{person} teaches {teaches}"));
            }
        }
        None
    }

    fn sums(&self) -> Option<String> {
        let mut sum = crate::tally::Counts::default();
        let mut people = 0;
        for node in &self.nodes {
            let head = (node.shard.head, self.now_ms);
            let tally =
                crate::tally::tally(&node.shard.state, &self.programme, &node.shard.id, head, self.today);
            people += tally.people as usize;
            if let Some(counts) = tally.stages.get(&pec()) {
                sum.add(counts);
            }
        }
        if people != self.names.len() {
            return Some(format!("{people} people are counted of {}", self.names.len()));
        }
        let (mut present, mut completed, mut invited, mut attendances) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), 0);
        for (n, node) in self.nodes.iter().enumerate() {
            let state = &node.shard.state;
            for ((person, stage), enrolment) in &state.enrolments {
                let Some(session) = enrolment.value.and_then(|id| Some((id, state.sessions.get(&id)?)))
                else {
                    continue;
                };
                if *stage != pec() || state.plan_state_of(&session.1.value) != PlanState::Published {
                    continue;
                }
                let days = session.1.value.days.len();
                let outcomes = outcomes_of(state, session.0, days, *person);
                let there =
                    outcomes.iter().filter(|o| matches!(o, Outcome::Known(s) if s.was_there())).count();
                attendances += there as u32;
                invited.insert(*person);
                if there > 0 {
                    present.insert(*person);
                }
                if there == days {
                    completed.insert(*person);
                }
            }
            // What a restored shard had told before outlives its own copy, at the owner.
            for ((person, stage, _), past) in state.outcomes.iter().filter(|_| self.restored) {
                if *stage == pec() && self.owns(n, *person) {
                    invited.insert(*person);
                    if past.value.there > 0 {
                        present.insert(*person);
                    }
                    if past.value.is_completed() {
                        completed.insert(*person);
                    }
                }
            }
        }
        let counted = (sum.invited, sum.present, sum.completed, sum.attendances);
        let expected = (invited.len() as u32, present.len() as u32, completed.len() as u32, attendances);
        (counted != expected).then(|| {
            format!("invited, present, completed, attendances are counted {counted:?} and are {expected:?}")
        })
    }

    /// Each log chains, and folds to what is in memory.
    fn logs_sound(&self) -> Option<String> {
        for node in &self.nodes {
            let mut shard = Shard::new(node.shard.id.clone());
            for record in &node.disk.log {
                if crate::sync::chain::chain(&shard.head.chain, record) != record.chain {
                    return Some(format!("{} does not chain at {}", node.shard.id, record.seq));
                }
                shard.fold(record);
            }
            if shard.state.hash() != node.shard.state.hash() {
                return Some(format!("{} is not the fold of its log", node.shard.id));
            }
        }
        None
    }
}
