//! Held records: judged by a coordinator, or by the shard itself once it knows more.
//!
//! A fact that is released counts from its own time on, as if it had been admitted when it was written: its author's
//! later marks of the same thing still win. A held decision is never released: what it was decided on has passed, so
//! it is dismissed and may be asked again.

use super::server::{Caller, Judged, Record, Shard, action_of, fact_cells};
use super::{Hold, Rejection, Verdict};
use crate::command::{self, Asked};
use crate::event::{Body, BodyError, Decision, Event, EventId, Judge};
use crate::grant::Standing;
use crate::id::{AccountId, DeviceId, RunId};
use crate::state::{Cell, Judgement};
use crate::time::{Stamp, WallMs};

/// Who writes what the shard judges by itself.
const NOBODY: AccountId = AccountId(0);

impl Shard {
    /// Records that wait for a coordinator's word, oldest first.
    pub fn held(&self) -> impl Iterator<Item = &Record> {
        self.held.values().map(|held| &held.record)
    }

    /// A coordinator releases or dismisses a held record.
    pub(super) fn judge(&self, judge: &Judge, asked: &Asked<'_>) -> Result<Vec<Cell>, Rejection> {
        let unknown = || Rejection::Unknown { what: "record".into() };
        let held = &self.held.get(&judge.seq).ok_or_else(unknown)?.record;
        if held.event.id != judge.event {
            return Err(Rejection::Stale);
        }
        // Nobody lets their own record count.
        if held.event.actor == asked.by {
            return Err(Rejection::NotPermitted);
        }
        let judgement = Judgement {
            released: judge.release,
            account: Some(asked.by),
            reason: command::bounded(&judge.reason),
        };
        if !judge.release {
            return Ok(vec![judged(held, judgement)]);
        }
        let Body::Fact(fact) = read(&held.event)? else { return Err(Rejection::Stale) };
        // The coordinator answers for the author's right; what the shard does not know still cannot count.
        match command::check_fact(&self.state, &fact, asked.grants)? {
            Some(Hold::UnknownPerson) => Err(command::unknown("person")),
            Some(_) => Err(command::unknown("session")),
            None => Ok(self.released(held, judgement)),
        }
    }

    /// The registers of a held fact that nothing newer has written, and the judgement.
    fn released(&self, held: &Record, judgement: Judgement) -> Vec<Cell> {
        let is_news = |cell: &Cell| {
            let row = self.state.row(&cell.key());
            cell.keeps_siblings() || row.is_none_or(|row| (row.stamp, row.seq) < (held.stamp, held.seq))
        };
        let mut cells: Vec<Cell> = fact_cells(&held.event).into_iter().filter(is_news).collect();
        cells.push(judged(held, judgement));
        cells
    }

    /// Judges what was held because this shard did not know a kind, a session or a person, and now does.
    ///
    /// Part of every batch, an empty one too: the records that come of it follow the batch's own.
    pub(super) fn judge_what_is_known_now(&mut self, caller: &Caller<'_>, records: &mut Vec<Record>) {
        let waits = |why: &Option<Hold>| {
            matches!(why, Some(Hold::NewerKind | Hold::UnknownSession | Hold::UnknownPerson))
        };
        let waiting: Vec<u64> = self
            .held
            .iter()
            .filter(|(_, held)| matches!(&held.record.verdict, Verdict::Held { why, .. } if waits(why)))
            .map(|(seq, _)| *seq)
            .collect();
        for seq in waiting {
            let Some(held) = self.held.get(&seq).cloned() else { continue };
            let Some(cells) = self.judge_again(caller, &held.record, held.written) else { continue };
            let event = self.own_event(&held.record, caller.now_ms, &cells);
            let now = self.now(caller.now_ms);
            let nth = records.len() as u32;
            let (_, record) = self.append(caller, &event, now, nth, Judged::Admitted(Some(cells)));
            records.extend(record);
        }
    }

    /// What becomes of a held record now; nothing while it must go on waiting.
    fn judge_again(&self, caller: &Caller<'_>, held: &Record, written: Stamp) -> Option<Vec<Cell>> {
        let judgement =
            |released, reason: &str| Judgement { released, account: None, reason: reason.to_owned() };
        let dismissed = |reason: &str| Some(vec![judged(held, judgement(false, reason))]);
        let body = match Body::decode(&held.event.kind, held.event.version, &held.event.payload) {
            Ok(body) => body,
            Err(BodyError::Unknown) => return None,
            Err(BodyError::Malformed(_)) => return dismissed("malformed"),
        };
        let now = self.now(caller.now_ms);
        let action = action_of(&body);
        let (standing, grants) =
            caller.access.standing((held.event.actor, held.event.id.device), &self.id, action, written, now);
        match (standing, &body) {
            (Standing::Never, _) => dismissed("not-permitted"),
            // Now a person must look.
            (Standing::Hold, _) => None,
            (Standing::Valid, Body::Decision(_)) => dismissed("stale"),
            (Standing::Valid, Body::Fact(fact)) => match command::check_fact(&self.state, fact, &grants) {
                Ok(None) => Some(self.released(held, judgement(true, ""))),
                Ok(Some(_)) => None,
                Err(Rejection::NotPermitted) => dismissed("not-permitted"),
                Err(_) => dismissed("malformed"),
            },
        }
    }

    fn own_event(&self, held: &Record, now_ms: i64, cells: &[Cell]) -> Event {
        let release = cells.iter().any(|cell| matches!(cell, Cell::Judged(_, j) if j.released));
        let judge = Judge { seq: held.seq, event: held.event.id, release, reason: String::new() };
        let body = Body::Decision(Decision::Judge(judge));
        let (kind, version) = body.kind();
        Event {
            // No device draws these: one judgement of the shard a place in its log.
            id: EventId { device: DeviceId(0), run: RunId(held.seq), n: 0 },
            shard: self.id.clone(),
            actor: NOBODY,
            wall: WallMs(now_ms),
            offset: 0,
            seen: self.head.seq,
            kind: kind.to_owned(),
            version,
            payload: body.encode(),
        }
    }
}

fn judged(held: &Record, judgement: Judgement) -> Cell {
    debug_assert!(!matches!(held.verdict, Verdict::Admitted { .. }));
    Cell::Judged((held.event.actor, held.seq), judgement)
}

fn read(event: &Event) -> Result<Body, Rejection> {
    Body::decode(&event.kind, event.version, &event.payload).map_err(|e| match e {
        BodyError::Unknown => Rejection::Unknown { what: "kind".into() },
        BodyError::Malformed(detail) => Rejection::Malformed { detail },
    })
}

#[cfg(test)]
mod tests;
