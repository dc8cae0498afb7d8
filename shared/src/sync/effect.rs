//! What a record writes, and the right it needs.

use super::server::Record;
use crate::event::{Body, Decision, Event, Fact, ReplacementSeen};
use crate::grant::Action;
use crate::state::{Cell, Correction, Mark, Replacement, Taken};

/// The registers a record writes.
pub fn effect_of(record: &Record) -> Vec<Cell> {
    let mut cells = fact_cells(&record.event);
    cells.extend(record.effect.iter().flatten().cloned());
    cells
}

/// The registers that a fact writes; none for a decision or a payload this version cannot read.
pub fn fact_cells(event: &Event) -> Vec<Cell> {
    match Body::shown(event) {
        Some(Body::Fact(Fact::Mark(marks))) => {
            let mark = |status| Mark { status, account: event.actor, date: marks.date, method: marks.method };
            let cell = |(person, status): &_| {
                Cell::Mark((marks.session, marks.day, *person, event.id.device), mark(*status))
            };
            marks.people.iter().map(cell).collect()
        }
        Some(Body::Fact(Fact::Take(take))) => {
            vec![Cell::Taken(
                (take.session, event.id.device),
                Taken { account: event.actor, until: take.until },
            )]
        }
        Some(Body::Fact(Fact::Correct(correct))) => {
            let correction = Correction { value: correct.value, account: event.actor };
            vec![Cell::Corrected((correct.person, correct.field), correction)]
        }
        Some(Body::Fact(Fact::ReplacementSeen(seen))) => {
            let ReplacementSeen { session, seat, out, into, reason } = seen;
            let replacement = Replacement { session, out, into, reason, account: event.actor };
            vec![Cell::Replacement((seat, event.id.device), replacement)]
        }
        Some(Body::Decision(_)) | None => vec![],
    }
}

/// The right that an event needs.
pub fn action_of(body: &Body) -> Action {
    match body {
        Body::Fact(Fact::Mark(_)) => Action::Mark,
        Body::Fact(Fact::Take(_)) => Action::Take,
        Body::Fact(Fact::Correct(_) | Fact::ReplacementSeen(_)) => Action::Correct,
        Body::Decision(decision) => match decision {
            Decision::Import(_) => Action::Import,
            Decision::PutPlan(_) => Action::PutPlan,
            Decision::ApprovePlan(_) => Action::ApprovePlan,
            Decision::PublishPlan(_) => Action::PublishPlan,
            Decision::CloseVenue(_) => Action::CloseVenue,
            Decision::Resolve(_) => Action::Resolve,
            Decision::SettleField(_) => Action::SettleField,
            Decision::Appoint(_) => Action::Appoint,
            Decision::Judge(_) => Action::JudgeHeld,
            Decision::Transfer(_) => Action::Transfer,
            Decision::Lend(_) | Decision::EndLoan(_) => Action::Lend,
        },
    }
}
