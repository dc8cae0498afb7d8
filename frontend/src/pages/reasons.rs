//! Why a record does not count, or not yet: what happened, what is safe, what to do. Each code has its own words.

use crate::i18n::{Locale, t};
use frontend_state::model::StorageFault;
use frontend_state::select::Reason;
use shared::sync::{Hold, Rejection};

/// What a device can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Write it again as it was.
    Repeat,
    /// Look at the session and decide anew.
    OpenSession,
    /// Show it to the coordinator, who can find it in the log.
    Show,
    /// Try to store it again.
    Store,
}

/// The words of a reason.
pub fn words(locale: Locale, reason: &Reason) -> String {
    match reason {
        Reason::NotStored(StorageFault::Full) => t::records_not_stored_full(locale).to_owned(),
        Reason::NotStored(_) => t::records_not_stored_other(locale).to_owned(),
        Reason::Held(why) => held(locale, *why).to_owned(),
        Reason::Refused(why) => refused(locale, why),
        Reason::Dismissed { by_person: true, reason } if reason.is_empty() => {
            t::records_why_dismissed(locale).to_owned()
        }
        Reason::Dismissed { by_person: true, reason } => t::records_why_dismissed_because(locale, reason),
        Reason::Dismissed { by_person: false, reason } => match reason.as_str() {
            "not-permitted" => refused(locale, &Rejection::NotPermitted),
            "stale" => refused(locale, &Rejection::Stale),
            "malformed" => refused(locale, &Rejection::Malformed { detail: String::new() }),
            _ => refused(locale, &Rejection::Newer),
        },
    }
}

/// What can be done about a reason, the likeliest first.
pub fn remedies(reason: &Reason) -> &'static [Remedy] {
    use Remedy::{OpenSession, Repeat, Show, Store};
    match reason {
        Reason::NotStored(_) => &[Store],
        Reason::Held(_) => &[Show],
        Reason::Dismissed { .. } => &[OpenSession, Show],
        Reason::Refused(why) => match why {
            Rejection::NotPermitted | Rejection::Unknown { .. } => &[Repeat, OpenSession, Show],
            Rejection::TooLarge | Rejection::Stale => &[OpenSession],
            _ => &[Show],
        },
    }
}

/// The stable code of a reason, for whoever is called to help.
pub fn code(reason: &Reason) -> String {
    match reason {
        Reason::NotStored(StorageFault::Full) => "storage-full".to_owned(),
        Reason::NotStored(StorageFault::Newer) => "storage-newer".to_owned(),
        Reason::NotStored(StorageFault::Other(name)) => format!("storage: {name}"),
        Reason::Held(None) => "held".to_owned(),
        Reason::Held(Some(why)) => format!("held: {why:?}"),
        Reason::Refused(why) => frontend_state::update::code_of(why),
        Reason::Dismissed { by_person: true, .. } => "dismissed".to_owned(),
        Reason::Dismissed { by_person: false, reason } => format!("dismissed: {reason}"),
    }
}

fn held(locale: Locale, why: Option<Hold>) -> &'static str {
    match why {
        None | Some(Hold::Newer) => t::records_why_held(locale),
        Some(Hold::NewerKind) => t::records_why_held_newer_kind(locale),
        Some(Hold::Late) => t::records_why_held_late(locale),
        Some(Hold::Cause) => t::records_why_held_cause(locale),
        Some(Hold::UnknownSession) => t::records_why_held_unknown_session(locale),
        Some(Hold::UnknownPerson) => t::records_why_held_unknown_person(locale),
    }
}

/// The words of a refusal.
pub fn refused(locale: Locale, why: &Rejection) -> String {
    let text = match why {
        Rejection::Malformed { .. } => t::records_why_malformed(locale),
        Rejection::OtherShard => t::records_why_other_shard(locale),
        Rejection::OtherAccount => t::records_why_other_account(locale),
        Rejection::NotPermitted => t::records_why_not_permitted(locale),
        Rejection::TooLarge => t::records_why_too_large(locale),
        Rejection::Unknown { .. } => t::records_why_unknown(locale),
        Rejection::Stale => t::records_why_stale(locale),
        Rejection::NotLead => t::records_why_not_lead(locale),
        Rejection::HoldsAnotherSeat => t::records_why_holds_another_seat(locale),
        Rejection::Newer => t::records_why_newer(locale),
        of_plan => return refused_plan(locale, of_plan),
    };
    text.to_owned()
}

/// Refusals of what headquarters and coordinators decide.
#[cfg(feature = "office")]
fn refused_plan(locale: Locale, why: &Rejection) -> String {
    let text = match why {
        Rejection::WrongPlanState => t::records_why_wrong_plan_state(locale),
        Rejection::OwnPlan => t::records_why_own_plan(locale),
        Rejection::MadeByAuthor => t::records_why_made_by_author(locale),
        Rejection::SameDevice => t::records_why_same_device(locale),
        Rejection::AlreadyInvited { people } => return t::records_why_already_invited(locale, *people),
        Rejection::PlanBreaks { group, .. } => return t::records_why_plan_breaks(locale, *group),
        Rejection::TrainersNotReady { trainers } => {
            return t::records_why_trainers_not_ready(locale, trainers.len() as u32);
        }
        Rejection::ShardFull { limit } => return t::records_why_shard_full(locale, *limit),
        _ => t::records_why_newer(locale),
    };
    text.to_owned()
}

/// A trainer's application writes no plans: nothing of theirs is ever refused here.
#[cfg(not(feature = "office"))]
fn refused_plan(locale: Locale, _: &Rejection) -> String {
    t::records_why_newer(locale).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::id::PersonId;
    use std::collections::BTreeSet;

    /// Every refusal. A new one does not compile until it stands here.
    fn every_rejection() -> Vec<Rejection> {
        let next = |why: &Rejection| {
            Some(match why {
                Rejection::Malformed { .. } => Rejection::OtherShard,
                Rejection::OtherShard => Rejection::OtherAccount,
                Rejection::OtherAccount => Rejection::NotPermitted,
                Rejection::NotPermitted => Rejection::TooLarge,
                Rejection::TooLarge => Rejection::Unknown { what: "session".into() },
                Rejection::Unknown { .. } => Rejection::Stale,
                Rejection::Stale => Rejection::WrongPlanState,
                Rejection::WrongPlanState => Rejection::OwnPlan,
                Rejection::OwnPlan => Rejection::MadeByAuthor,
                Rejection::MadeByAuthor => Rejection::SameDevice,
                Rejection::SameDevice => Rejection::AlreadyInvited { people: 3 },
                Rejection::AlreadyInvited { .. } => {
                    Rejection::PlanBreaks { rule: "room-closed".into(), group: 2 }
                }
                Rejection::PlanBreaks { .. } => Rejection::TrainersNotReady { trainers: vec![PersonId(1)] },
                Rejection::TrainersNotReady { .. } => Rejection::NotLead,
                Rejection::NotLead => Rejection::HoldsAnotherSeat,
                Rejection::HoldsAnotherSeat => Rejection::ShardFull { limit: 20_000 },
                Rejection::ShardFull { .. } => Rejection::Newer,
                Rejection::Newer => return None,
            })
        };
        let first = Some(Rejection::Malformed { detail: "at 3".into() });
        std::iter::successors(first, next).collect()
    }

    fn every_hold() -> Vec<Hold> {
        let next = |why: &Hold| {
            Some(match why {
                Hold::NewerKind => Hold::Late,
                Hold::Late => Hold::Cause,
                Hold::Cause => Hold::UnknownSession,
                Hold::UnknownSession => Hold::UnknownPerson,
                Hold::UnknownPerson => Hold::Newer,
                Hold::Newer => return None,
            })
        };
        std::iter::successors(Some(Hold::NewerKind), next).collect()
    }

    #[test]
    fn every_reason_has_words_of_its_own_in_every_language() {
        let mut reasons: Vec<Reason> = every_rejection().into_iter().map(Reason::Refused).collect();
        reasons.extend(every_hold().into_iter().map(|why| Reason::Held(Some(why))));
        reasons.extend([StorageFault::Full, StorageFault::Other("x".into())].map(Reason::NotStored));
        reasons
            .extend(["", "Not on my list"].map(|r| Reason::Dismissed { by_person: true, reason: r.into() }));
        assert_eq!(reasons.len(), 18 + 6 + 2 + 2);
        let english: Vec<String> = reasons.iter().map(|r| words(Locale::En, r)).collect();
        for locale in [Locale::En, Locale::Ru, Locale::Rtl] {
            let said: Vec<String> = reasons.iter().map(|reason| words(locale, reason)).collect();
            let different: BTreeSet<&String> = said.iter().collect();
            assert_eq!(different.len(), reasons.len(), "two reasons share their words in {locale:?}");
            for (text, reason) in said.iter().zip(&reasons) {
                assert!(text.len() > 60, "{reason:?} in {locale:?} says too little: {text}");
                assert_ne!(text.as_str(), t::errors_unknown(locale), "{reason:?} is not generic");
                assert!(
                    locale == Locale::En || !english.contains(text),
                    "{reason:?} is English in {locale:?}"
                );
            }
        }
    }

    #[test]
    fn every_reason_has_a_code_and_something_to_do() {
        for why in every_rejection() {
            let reason = Reason::Refused(why);
            assert!(!code(&reason).is_empty());
            assert!(!remedies(&reason).is_empty(), "{reason:?}");
        }
    }
}
