//! What must hold of a shard after each batch.

use super::Store;
use crate::country::shard_id;
use crate::rules::{Breach, Invariant, broken, named};
use crate::writes::{Writes, own_cells};
use shared::event::{Event, EventId};
use shared::grant::{AccountRole, Ending, GRACE_MS};
use shared::state::{Cell, CellKey, Row};
use shared::sync::Verdict;
use shared::sync::server::{Caller, Record, Shard, fact_cells};

impl Store {
    /// The record that was taken in last, if it is held, is no register's write.
    pub(super) fn check_held(&self) -> Result<(), Breach> {
        let Some(line) = self.log.last() else { return Ok(()) };
        let record = &line.record;
        if !matches!(record.verdict, Verdict::Held { .. }) {
            return Ok(());
        }
        let writes = |cell: &Cell| self.state().row(&cell.key()).is_some_and(|row| row.seq == record.seq);
        match fact_cells(&record.event).iter().find(|cell| writes(cell)) {
            Some(cell) => {
                broken(Invariant::HeldHasNoEffect, format!("{} is held: {cell:?}", named(&record.event.id)))
            }
            None => Ok(()),
        }
    }

    /// A register that keeps siblings holds exactly the writes that no other one knew of.
    pub(super) fn check_siblings(&self, key: &CellKey) -> Result<(), Breach> {
        let (CellKey::Corrected(_), Some(writes)) = (key, self.rows_by_register.get(key)) else {
            return Ok(());
        };
        let knew = |later: &Row, earlier: &Row| {
            later.seq > earlier.seq && (later.device == earlier.device || later.seen >= earlier.seq)
        };
        let mut expected: Vec<u64> =
            writes.iter().filter(|w| !writes.iter().any(|l| knew(l, w))).map(|w| w.seq).collect();
        let row = self.state().row(key);
        let mut held: Vec<u64> =
            row.iter().flat_map(|r| r.siblings.iter().chain([r])).map(|r| r.seq).collect();
        expected.sort_unstable();
        held.sort_unstable();
        if expected == held {
            return Ok(());
        }
        broken(Invariant::SiblingsStay, format!("{key:?} should hold {expected:?} and holds {held:?}"))
    }

    pub(super) fn check_memory(&self, shard: &Shard) -> Result<(), Breach> {
        if shard.head != self.head() {
            let what = format!("memory is at {}, the log at {}", shard.head.seq, self.head().seq);
            return broken(Invariant::MemoryIsTheLog, what);
        }
        if shard.state != self.plain.state {
            return broken(Invariant::MemoryIsTheLog, format!("shard {} at {}", self.number, shard.head.seq));
        }
        Ok(())
    }

    /// A register shows no write that another admitted one was written over, by somebody who knew of it.
    pub(super) fn check_own_order(&self, key: &CellKey, writes: &Writes) -> Result<(), Breach> {
        let Some(row) = self.state().row(key) else { return Ok(()) };
        let later = self.rows_by_register.get(key).into_iter().flatten().filter_map(|r| self.author(r.seq));
        let later: Vec<&Event> = later.collect();
        for shown in row.siblings.iter().chain([&row]).filter_map(|r| self.author(r.seq)) {
            if let Some(later) = later.iter().find(|later| writes.is_over(later, shown, key)) {
                let what = format!("{} loses to the earlier {}", named(&later.id), named(&shown.id));
                return broken(Invariant::OwnLaterWriteWins, what);
            }
        }
        Ok(())
    }

    /// The event whose write a record made count: its own, or the held one that it released.
    fn author(&self, seq: u64) -> Option<&Event> {
        let record = &self.log.get(usize::try_from(seq).ok()?.checked_sub(1)?)?.record;
        let released = record.effect.iter().flatten().find_map(|cell| match cell {
            Cell::Judged((_, held), judgement) if judgement.released => Some(*held),
            _ => None,
        });
        match released {
            Some(held) => Some(&self.log.get(usize::try_from(held).ok()?.checked_sub(1)?)?.record.event),
            None => Some(&record.event),
        }
    }

    /// Verdicts against the rules of rights, told again.
    pub(super) fn check_rights(
        &self,
        caller: &Caller<'_>,
        new: &[&Event],
        told: &[(EventId, Verdict)],
        writes: &Writes,
    ) -> Result<(), Breach> {
        let id = shard_id(self.number);
        let mut grants = caller.access.grants_of(caller.account, &id);
        let Some(grant) = grants.next() else { return Ok(()) };
        let for_cause = matches!(grant.ended, Some((at, Ending::Cause)) if at.0 <= caller.now_ms);
        for event in new {
            let verdict = told.iter().find(|(id, _)| *id == event.id).map(|t| &t.1);
            let Some(verdict) = verdict.filter(|v| **v != Verdict::Fork) else { continue };
            let admitted = matches!(verdict, Verdict::Admitted { .. });
            if for_cause && admitted {
                return broken(Invariant::RevokedForCauseIsHeld, named(&event.id));
            }
            let honest = grant.role == AccountRole::Trainer
                && !for_cause
                && grants.next().is_none()
                && event.kind == "mark"
                && writes.is_of_honest_days(event, grant)
                && grant.ended.is_none_or(|(end, _)| caller.now_ms - end.0 <= GRACE_MS)
                && self.would_count(event, grant.person);
            let ends_before = |record: &Record| {
                record.event.id.device == event.id.device
                    && grant.ended.is_some_and(|(end, _)| record.stamp >= end)
            };
            // What was seen may be a place in a history that the restore has ended.
            let in_doubt = matches!(verdict, Verdict::Held { .. }) && self.restored;
            if honest && !admitted && !in_doubt && !self.log.iter().any(|l| ends_before(&l.record)) {
                let what = format!("{} is told {verdict:?}", named(&event.id));
                return broken(Invariant::HonestDaysCount, what);
            }
        }
        Ok(())
    }

    fn would_count(&self, event: &Event, person: Option<shared::id::PersonId>) -> bool {
        let Some(person) = person else { return false };
        let (state, cells) = (self.state(), own_cells(event));
        !cells.is_empty()
            && cells.iter().all(|cell| match cell {
                Cell::Mark((session, day, whom, _), _) => {
                    state.sessions.get(session).is_some_and(|s| usize::from(*day) < s.value.days.len())
                        && state.names.contains_key(whom)
                        && state.assigned.contains_key(&(*session, person))
                }
                _ => false,
            })
    }
}
