//! The invariants, and what a breach says. Everything here is written without the code it checks: who sees what is
//! told again from the rules, not by `shared::sync::view`.

use shared::event::EventId;
use shared::grant::{AccountRole, Grant};
use shared::id::{AccountId, PersonId, PlanId, SessionId, VenueId};
use shared::state::{CellKey, Field, Place, PlanState, Row, Seat, ShardState};
use std::collections::BTreeSet;
use std::fmt;

/// What must always hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invariant {
    /// Admitted or held: in the log exactly once, with the content that was written.
    InTheLogOnce,
    /// Every queue empties once faults stop.
    QueuesEmpty,
    /// A device's confirmed rows are the shard's projection at its cursor.
    ConfirmedIsProjection,
    /// No row outside the view in a reply.
    NothingOutsideTheView,
    /// One's own later write beats one's own earlier one.
    OwnLaterWriteWins,
    /// What was shown never vanishes between two replies without a verdict or a newer write.
    ShownStays,
    /// What was called saved is on disk.
    SavedStays,
    /// What is held has no effect until somebody releases it.
    HeldHasNoEffect,
    /// Writes of one register that did not know of each other are kept side by side.
    SiblingsStay,
    /// Memory is a fold of the log's admitted records.
    MemoryIsTheLog,
    /// Each record's chain follows from the one before.
    ChainHolds,
    /// Nothing counts after a revocation for cause.
    RevokedForCauseIsHeld,
    /// What was written in honest days counts, whenever it comes within the grace.
    HonestDaysCount,
    /// What goes over the wire can be read.
    WireIsRead,
}

/// An invariant that did not hold.
#[derive(Clone, Debug)]
pub struct Breach {
    /// Which.
    pub invariant: Invariant,
    /// Where and how.
    pub what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.invariant, self.what)
    }
}

/// A breach, for short.
pub fn broken<T>(invariant: Invariant, what: impl Into<String>) -> Result<T, Breach> {
    Err(Breach { invariant, what: what.into() })
}

/// What a shard had when it answered, and what the asking account may see of it.
#[derive(Clone, Debug)]
pub struct Said {
    /// The registers at the answer's cursor.
    pub state: ShardState,
    /// Who looks.
    pub eyes: Eyes,
}

/// What an account may see, told from the rules of views.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Eyes {
    all: bool,
    numbers: bool,
    own: BTreeSet<PersonId>,
    teaches: BTreeSet<SessionId>,
    taught_in: BTreeSet<SessionId>,
    people: BTreeSet<PersonId>,
    lists: BTreeSet<(PersonId, SessionId)>,
    rooms: BTreeSet<VenueId>,
    plans: BTreeSet<PlanId>,
    seats: BTreeSet<Seat>,
    accounts: BTreeSet<AccountId>,
}

impl Eyes {
    /// With these grants, which hold now.
    pub fn of(state: &ShardState, grants: &[&Grant]) -> Self {
        let mut eyes = Self::default();
        for grant in grants {
            eyes.accounts.insert(grant.account);
            match grant.role {
                AccountRole::Coordinator => (eyes.all, eyes.numbers) = (true, true),
                AccountRole::Hq | AccountRole::Approver | AccountRole::Auditor => eyes.all = true,
                AccountRole::Trainer => eyes.own.extend(grant.person),
                AccountRole::Monitor | AccountRole::Trainee => {}
            }
        }
        if eyes.all || eyes.own.is_empty() {
            return eyes;
        }
        for (id, session) in &state.sessions {
            let card = &session.value;
            let public = state.plans.get(&card.plan).is_some_and(|p| p.value.state == PlanState::Published);
            if !public {
                continue;
            }
            let listed = state.enrolments.iter().filter(|(_, e)| e.value == Some(*id)).map(|((p, _), _)| *p);
            let listed: Vec<PersonId> = listed.collect();
            if card.trainers.iter().any(|t| eyes.own.contains(t)) {
                eyes.teaches.insert(*id);
                eyes.rooms.insert(card.venue);
                eyes.plans.insert(card.plan);
                eyes.people.extend(card.trainers.iter().chain(&listed));
                eyes.lists.extend(listed.iter().map(|p| (*p, *id)));
            }
            if listed.iter().any(|p| eyes.own.contains(p)) {
                eyes.taught_in.insert(*id);
                eyes.plans.insert(card.plan);
            }
        }
        let seats = state.holders.iter().filter(|(_, h)| h.value.is_some_and(|p| eyes.people.contains(&p)));
        eyes.seats = seats.map(|(s, _)| s.clone()).collect();
        eyes
    }

    /// Whether a register may be seen.
    pub fn see(&self, state: &ShardState, key: &CellKey) -> bool {
        match key {
            CellKey::Contact(_) | CellKey::Corrected((_, Field::Phone)) => self.numbers,
            _ if self.all => true,
            CellKey::Corrected((p, _)) => self.people.contains(p),
            CellKey::Replacement((seat, _)) => self.seats.contains(seat),
            CellKey::Judged((author, _)) => self.accounts.contains(author),
            CellKey::Name(p) => self.people.contains(p),
            CellKey::Session(s) => self.teaches.contains(s) || self.taught_in.contains(s),
            CellKey::Taken((s, _)) => self.teaches.contains(s),
            CellKey::Venue(v) => self.rooms.contains(v),
            CellKey::Plan(p) => self.plans.contains(p),
            CellKey::Holder(seat) => self.seats.contains(seat),
            CellKey::Station(id) => self.seats.iter().any(|s| s.place == Place::Station(*id)),
            CellKey::Trainer((p, _)) => self.own.contains(p),
            CellKey::Enrolment((p, stage)) => {
                let on_own_list = |s: &SessionId| {
                    self.lists.contains(&(*p, *s))
                        && state.sessions.get(s).is_some_and(|c| c.value.stage == *stage)
                };
                self.own.contains(p) || self.teaches.iter().any(on_own_list)
            }
            CellKey::Mark((s, _, p, _)) | CellKey::Resolution((s, _, p)) => {
                (self.teaches.contains(s) && self.people.contains(p))
                    || (self.taught_in.contains(s) && self.own.contains(p))
            }
            CellKey::Outcome((p, ..)) => self.own.contains(p),
            CellKey::Approval(_) | CellKey::Assigned(_) | CellKey::Import(_) | CellKey::Erased(_) => false,
            CellKey::Tenure(_) | CellKey::Loan(_) => false,
        }
    }
}

/// The device's confirmed rows against what the shard had at the device's cursor; rows that came later aside.
pub fn confirmed_is_projection(
    confirmed: &ShardState,
    said: &Said,
    cursor: u64,
    who: &str,
) -> Result<(), Breach> {
    for row in said.state.rows_after(None, |key, _| said.eyes.see(&said.state, key)) {
        let key = row.cell.key();
        let held = confirmed.row(&key);
        let is_there = held.as_ref().is_some_and(|h| *h == row || changed(h) > cursor);
        if !is_there {
            let what = format!("{who} at {cursor} should hold {row:?} and holds {held:?}");
            return broken(Invariant::ConfirmedIsProjection, what);
        }
    }
    for row in confirmed.rows_after(None, |_, _| true) {
        let key = row.cell.key();
        let at_cursor = || said.state.row(&key).as_ref() == Some(&row);
        if !said.eyes.see(&said.state, &key) && changed(&row) <= cursor {
            return broken(Invariant::NothingOutsideTheView, format!("{who} at {cursor} holds {row:?}"));
        }
        if changed(&row) <= cursor && !at_cursor() {
            let what = format!("{who} at {cursor} holds {row:?}, which the shard does not have");
            return broken(Invariant::ConfirmedIsProjection, what);
        }
    }
    Ok(())
}

/// The seq of the last write that changed a register.
pub fn changed(row: &Row) -> u64 {
    row.siblings.iter().map(|s| s.seq).fold(row.seq, u64::max)
}

/// How an event is called in a breach.
pub fn named(id: &EventId) -> String {
    format!("{:x}.{:x}.{}", id.device.0, id.run.0, id.n)
}
