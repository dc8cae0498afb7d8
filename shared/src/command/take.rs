//! What a shard makes of another shard's word.
//!
//! Invariants: taking the same word again changes nothing; every word is absolute; a shard that was restored from an
//! older copy is told by the others what it has forgotten, and ends where they are. Whose somebody is: the greatest
//! (hop, owner), in every shard. A loan: the greater count; the owner decides it, and the borrower's copy brings it
//! back to an owner that forgot. How somebody did: the latest word of the shard that taught.

use super::leave::{bound_to, drop_sessions, leave};
use super::word::{Borrowed, Claim, Handed, Item, Lent, Told};
use crate::id::{DeviceId, PersonId, ShardId, StageCode};
use crate::programme::Programme;
use crate::state::{Cell, Contact, Loan, Past, ShardState, Side, Teaches, Tenure, TrainerCard};
use crate::sync::follow::device_of;
use crate::time::Day;
use std::collections::BTreeSet;

/// What comes of a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// It is known, or a better one is.
    Nothing,
    /// Something that must be here first has not come yet.
    Later,
    /// These registers change.
    Cells(Vec<Cell>),
}

/// Who listens to whom, and when.
pub struct Listening<'a> {
    /// The listener's state.
    pub state: &'a ShardState,
    /// The programme.
    pub programme: &'a Programme,
    /// The listener.
    pub own: &'a ShardId,
    /// Who speaks.
    pub from: &'a ShardId,
    /// The programme's day.
    pub today: Day,
}

/// Takes a word in.
pub fn take(at: &Listening<'_>, item: &Item) -> Taken {
    let cells = match item {
        Item::Claim(claim) => at.claim(claim),
        Item::Lent(lent) => at.lent(lent),
        Item::Borrowed(borrowed) => at.borrowed(borrowed),
        Item::Outcome(told) => at.told(told),
    };
    let Some(cells) = cells else { return Taken::Later };
    // What is there already is not written again: so a repeated word changes nothing.
    let news = |cell: &Cell| at.state.row(&cell.key()).is_none_or(|held| held.cell != *cell);
    let cells: Vec<Cell> = cells.into_iter().filter(news).collect();
    if cells.is_empty() { Taken::Nothing } else { Taken::Cells(cells) }
}

impl Listening<'_> {
    fn knows(&self, person: PersonId) -> bool {
        self.state.names.contains_key(&person)
    }

    fn held(&self, person: PersonId) -> Option<&Tenure> {
        self.state.tenures.get(&person).map(|t| &t.value)
    }

    fn claim(&self, claim: &Claim) -> Option<Vec<Cell>> {
        let person = claim.person;
        let held = self.held(person);
        // Somebody on the roster of whom nobody ever said otherwise is this shard's.
        let implied = (0, self.own);
        let rank = held.map(Tenure::rank).or(self.knows(person).then_some(implied));
        let mut trail = held.map(|t| t.trail.clone()).unwrap_or_default();
        trail.extend(claim.trail.iter().cloned());
        trail.insert(self.from.clone());
        if rank.is_some_and(|rank| rank >= (claim.hop, &claim.owner)) {
            // Ours is as good or better: whoever told us a lesser one hears of it, being on the trail now.
            let tenure = held.cloned().unwrap_or_else(|| Tenure {
                hop: 0,
                owner: self.own.clone(),
                here: true,
                trail: BTreeSet::new(),
                known_at: 0,
                teaches: vec![],
                reason: String::new(),
            });
            let better = claim.card.as_ref().filter(|card| {
                tenure.here && tenure.rank() == (claim.hop, &claim.owner) && card.hop > tenure.known_at
            });
            let mut cells = better.map(|card| self.know_better(person, card)).unwrap_or_default();
            let known_at = better.map_or(tenure.known_at, |card| card.hop);
            cells.push(Cell::Tenure(person, Tenure { trail, known_at, ..tenure }));
            return Some(cells);
        }
        let here = claim.owner == *self.own;
        let mut cells = match &claim.card {
            Some(card) if here => self.arrive(person, card),
            // Whose name has not come yet cannot be somebody's.
            None if here => return None,
            _ if self.knows(person) && self.state.is_here(person) => leave(self.state, person, self.today),
            _ => vec![],
        };
        let card = claim.card.as_ref();
        let tenure = Tenure {
            hop: claim.hop,
            owner: claim.owner.clone(),
            here,
            trail,
            // Our own knowledge stays what it was, until somebody else's is taken over.
            known_at: match (card.filter(|_| here), rank) {
                (Some(card), _) => card.hop,
                (None, Some((hop, owner))) if owner == self.own => hop,
                (None, _) => held.map_or(0, |t| t.known_at),
            },
            teaches: card.map_or_else(
                || {
                    if self.knows(person) && self.state.is_here(person) {
                        self.teaching(person)
                    } else {
                        held.map(|t| t.teaches.clone()).unwrap_or_default()
                    }
                },
                |c| c.teaches.clone(),
            ),
            reason: card.map(|c| c.reason.clone()).unwrap_or_default(),
        };
        cells.push(Cell::Tenure(person, tenure));
        Some(cells)
    }

    fn teaching(&self, person: PersonId) -> Vec<Teaches> {
        teaches(self.state, person)
    }

    /// What somebody knows who owned the person after whoever told us first; what was written here since stays.
    fn know_better(&self, person: PersonId, card: &Handed) -> Vec<Cell> {
        let from_shards = |device: DeviceId| {
            let tenure = self.held(person);
            tenure.is_some_and(|t| t.trail.iter().any(|s| device_of(s) == device))
        };
        let named_here = self.state.names.get(&person).is_some_and(|n| !from_shards(n.device));
        let reached_here = self.state.contacts.get(&person).is_some_and(|c| !from_shards(c.device));
        let mut cells = self.arrive(person, card);
        cells.retain(|cell| match cell {
            Cell::Name(..) => !named_here,
            Cell::Contact(..) => !reached_here,
            _ => true,
        });
        cells
    }

    fn arrive(&self, person: PersonId, card: &Handed) -> Vec<Cell> {
        let mut cells =
            vec![Cell::Name(person, card.name.clone()), Cell::Contact(person, card.contact.clone())];
        let unit = self.programme.units.iter().find(|u| u.shard.as_ref() == Some(self.own));
        for teaches in &card.teaches {
            let key = (person, teaches.stage.clone());
            let Some(unit) = self.state.trainers.get(&key).map(|t| &t.value.unit).or(unit.map(|u| &u.code))
            else {
                continue;
            };
            let trainer = TrainerCard { unit: unit.clone(), active: true, qualified: teaches.qualified };
            cells.push(Cell::Trainer(key, trainer));
        }
        cells.extend(
            card.pasts.iter().filter_map(|(stage, shard, past)| self.past(person, stage, shard, past)),
        );
        cells
    }

    /// At second hand: counts only where that shard's own word has not come, or an older one.
    fn past(&self, person: PersonId, stage: &StageCode, shard: &ShardId, past: &Past) -> Option<Cell> {
        let key = (person, stage.clone(), shard.clone());
        let is_older = self.state.outcomes.get(&key).is_none_or(|held| held.value.version < past.version);
        (shard != self.own && is_older).then(|| Cell::Outcome(key, past.clone()))
    }

    fn told(&self, told: &Told) -> Option<Vec<Cell>> {
        if !self.knows(told.person) {
            return None;
        }
        let key = (told.person, told.stage.clone(), self.from.clone());
        Some(vec![Cell::Outcome(key, told.past.clone())])
    }

    fn loan(&self, person: PersonId, stage: &StageCode, side: Side) -> Option<&Loan> {
        let key = (person, stage.clone(), self.from.clone());
        self.state.loans.get(&key).map(|l| &l.value).filter(|l| l.side == side)
    }

    /// The owner lends us a trainer, or says how much of that is left.
    fn lent(&self, lent: &Lent) -> Option<Vec<Cell>> {
        let person = lent.person;
        let is_own = self.knows(person) && self.state.is_here(person);
        let held = self.loan(person, &lent.stage, Side::Borrowed);
        // Ours since; or the owner has forgotten what it promised, and is told by our copy.
        if is_own || held.is_some_and(|l| l.n > lent.n) {
            return Some(vec![]);
        }
        let Lent { n, from, until, ending, .. } = *lent;
        let mut loan = Loan { side: Side::Borrowed, n, from, until, ending };
        if ending {
            let needed = self.needed_until(person, &loan);
            let asked_before = held.filter(|l| l.n == n && l.ending).map(|l| l.until);
            loan.until = asked_before.map_or(needed, |until| until.min(needed));
        }
        let mut cells = vec![Cell::Name(person, lent.name.clone())];
        // A number that we know from a time when the trainer was ours stays.
        let key = self.state.contacts.get(&person).map(|c| c.value.key.clone()).unwrap_or_default();
        cells.push(Cell::Contact(person, Contact { key, phone: lent.phone.clone() }));
        let unit = lent.unit.clone();
        let active = loan.from <= loan.until;
        let trainer = TrainerCard { unit, active, qualified: lent.qualified };
        cells.push(Cell::Trainer((person, lent.stage.clone()), trainer));
        cells.extend(
            lent.above.iter().filter_map(|(stage, shard, past)| self.past(person, stage, shard, past)),
        );
        if self.held(person).is_none_or(|t| t.rank() < (lent.hop, self.from)) {
            let trail = self.held(person).map(|t| t.trail.clone()).unwrap_or_default();
            let tenure = Tenure {
                hop: lent.hop,
                owner: self.from.clone(),
                here: false,
                trail,
                known_at: self.held(person).map_or(0, |t| t.known_at),
                teaches: vec![],
                reason: String::new(),
            };
            cells.push(Cell::Tenure(person, tenure));
        }
        let stays = |session: &crate::state::SessionCard| {
            let covers = |day: &Day| {
                (session.stage == lent.stage && loan.covers(*day))
                    || self.state.loans_of(person).any(|(stage, from, other)| {
                        (stage, from) != (&lent.stage, self.from)
                            && *stage == session.stage
                            && other.side == Side::Borrowed
                            && other.covers(*day)
                    })
            };
            session.days.iter().all(covers)
        };
        cells.extend(drop_sessions(self.state, person, self.today, stays));
        cells.push(Cell::Loan((person, lent.stage.clone(), self.from.clone()), loan));
        Some(cells)
    }

    /// The last day on which we need a trainer who is asked back.
    fn needed_until(&self, person: PersonId, loan: &Loan) -> Day {
        let settled = bound_to(self.state, person, self.today).filter(super::leave::Bound::is_settled);
        let days = settled.flat_map(|b| b.session.days.iter().copied().filter(|d| loan.covers(*d)).max());
        days.max().unwrap_or_else(|| loan.until.min(self.today.plus(-1)))
    }

    /// A borrower says what it holds of us.
    fn borrowed(&self, theirs: &Borrowed) -> Option<Vec<Cell>> {
        let person = theirs.person;
        if !self.knows(person) && self.held(person).is_none() {
            return None;
        }
        let key = (person, theirs.stage.clone(), self.from.clone());
        let Borrowed { n, from, until, ending, .. } = *theirs;
        let loan = Loan { side: Side::Lent, n, from, until, ending };
        let held = self.loan(person, &theirs.stage, Side::Lent);
        if !self.state.is_here(person) {
            // Not ours to lend: whose it is has not been told of it.
            let is_void = until < from.max(self.today) || held.is_some_and(|l| l.n > n);
            let void = Loan { n: n + 1, ..loan.voided() };
            return Some(if is_void { vec![] } else { vec![Cell::Loan(key, void)] });
        }
        match held {
            Some(held) if held.n == n => {
                let given_back = held.ending && ending && until < held.until;
                Some(if given_back { vec![Cell::Loan(key, Loan { until, ..held.clone() })] } else { vec![] })
            }
            Some(held) if held.n > n => Some(vec![]),
            _ => {
                // We were restored from a copy older than our own promise: it holds, and what we did since yields.
                let mut cells = drop_sessions(self.state, person, self.today, |session| {
                    !session.days.iter().any(|d| loan.covers(*d))
                });
                let others = self.state.loans.iter().filter(|(other, l)| {
                    other.0 == person
                        && **other != key
                        && l.value.side == Side::Lent
                        && l.value.overlaps(&loan)
                        && other.2 != key.2
                });
                cells.extend(others.map(|(other, l)| {
                    Cell::Loan(other.clone(), Loan { n: l.value.n + 1, ..l.value.voided() })
                }));
                cells.push(Cell::Loan(key, loan));
                Some(cells)
            }
        }
    }
}

/// What a person may teach in a shard.
pub fn teaches(state: &ShardState, person: PersonId) -> Vec<Teaches> {
    let active = state.trainers.iter().filter(|((p, _), r)| *p == person && r.value.active);
    active.map(|((_, stage), r)| Teaches { stage: stage.clone(), qualified: r.value.qualified }).collect()
}
