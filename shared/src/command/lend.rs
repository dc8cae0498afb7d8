//! Lending a trainer to another shard, and asking the trainer back.
//!
//! While a trainer is lent only the borrower plans the trainer, and on no other days: so two shards that know nothing
//! of each other's plans never book one person twice. A loan never shrinks under what the borrower has published.

use super::leave::{bound_to, looked_at_since};
use super::standing::{TrainerStanding, trainer_standing};
use super::{Asked, unknown};
use crate::event::{EndLoan, Lend};
use crate::programme::Programme;
use crate::state::{Cell, Loan, ShardState, Side};
use crate::sync::Rejection;

/// Decides a loan, or more days of one.
///
/// # Errors
/// No such trainer, shard or stage; no day left; changed since; another loan on a day of it, or fewer days than the
/// borrower was promised; an own session on a day of it; not ready to teach the stage.
pub fn lend(
    state: &ShardState,
    programme: &Programme,
    lend: &Lend,
    asked: &Asked<'_>,
) -> Result<Vec<Cell>, Rejection> {
    let person = lend.trainer;
    if !state.names.contains_key(&person) {
        return Err(unknown("person"));
    }
    if let Some(owner) = state.owner_elsewhere(person) {
        return Err(Rejection::Elsewhere { shard: owner.clone() });
    }
    if lend.to == *asked.shard || !programme.shards().contains(&lend.to) {
        return Err(unknown("shard"));
    }
    if programme.stage(&lend.stage).is_none() {
        return Err(unknown("stage"));
    }
    if lend.from > lend.until || lend.until < asked.today {
        return Err(unknown("day"));
    }
    if looked_at_since(state, person, lend.based_on) {
        return Err(Rejection::Stale);
    }
    let key = (person, lend.stage.clone(), lend.to.clone());
    let held = state.loans.get(&key).map(|l| &l.value).filter(|l| l.side == Side::Lent);
    let loan = Loan {
        side: Side::Lent,
        n: held.map_or(0, |l| l.n) + 1,
        from: lend.from,
        until: lend.until,
        ending: false,
    };
    let promised = held.filter(|l| l.is_open(asked.today));
    if promised.is_some_and(|l| loan.from > l.from.max(asked.today) || loan.until < l.until) {
        return Err(Rejection::OnLoan { shard: lend.to.clone() });
    }
    let other = state.loans_of(person).find(|(_, to, l)| {
        **to != lend.to && l.side == Side::Lent && l.is_open(asked.today) && l.overlaps(&loan)
    });
    if let Some((_, shard, _)) = other {
        return Err(Rejection::OnLoan { shard: shard.clone() });
    }
    let own = bound_to(state, person, asked.today)
        .find(|b| b.is_settled() && b.session.days.iter().any(|d| loan.covers(*d)));
    if let Some(bound) = own {
        return Err(Rejection::Committed { session: bound.id });
    }
    match trainer_standing(state, programme, person, &lend.stage, asked.today) {
        TrainerStanding::Completed | TrainerStanding::Expected => Ok(vec![Cell::Loan(key, loan)]),
        TrainerStanding::NotCompleted | TrainerStanding::Not => {
            Err(Rejection::TrainersNotReady { trainers: vec![person] })
        }
    }
}

/// Asks a trainer back: the borrower answers with the last day it needs the trainer, and that day ends the loan.
///
/// # Errors
/// No such loan, or nothing is left of it; changed since.
pub fn end(state: &ShardState, end: &EndLoan, asked: &Asked<'_>) -> Result<Vec<Cell>, Rejection> {
    let key = (end.trainer, end.stage.clone(), end.to.clone());
    let held = state.loans.get(&key).map(|l| &l.value);
    let Some(held) = held.filter(|l| l.side == Side::Lent && l.is_open(asked.today)) else {
        return Err(unknown("loan"));
    };
    if looked_at_since(state, end.trainer, end.based_on) {
        return Err(Rejection::Stale);
    }
    Ok(vec![Cell::Loan(key, Loan { n: held.n + 1, ending: true, ..held.clone() })])
}
