//! What came of a plan, in words: refusals, reasons, steps.

use super::seen::failure_words;
use crate::i18n::{Locale, t};
use frontend_state::hq::outbox::Came;
use shared::plan::Reason;
use shared::sync::{Rejection, Verdict};

/// What came of a decision that was not taken; nothing for one that was.
pub fn came(locale: Locale, came: &Came) -> Option<String> {
    Some(match came {
        Came::Judged(Verdict::Admitted { .. }) => return None,
        Came::Judged(Verdict::Held { .. } | Verdict::Newer) => t::plan_refused_held(locale).to_owned(),
        Came::Judged(Verdict::Refused(refusal)) => t::plan_refused(locale, &rejection(locale, &refusal.why)),
        Came::Judged(Verdict::Fork) => t::plan_refused(locale, &t::plan_refused_other(locale, "fork")),
        Came::NotStored(_) => t::hq_not_stored(locale).to_owned(),
        Came::Refused(code) => failure_words(locale, &frontend_state::Failure::Refused(code.clone())),
    })
}

/// Whether it was refused only because the device has held the author's account.
pub fn is_same_device(came: &Came) -> bool {
    matches!(came, Came::Judged(Verdict::Refused(refusal)) if refusal.why == Rejection::SameDevice)
}

/// A business reason.
pub fn rejection(locale: Locale, why: &Rejection) -> String {
    match why {
        Rejection::NotPermitted | Rejection::OtherAccount => t::plan_refused_permission(locale).to_owned(),
        Rejection::TooLarge => t::plan_refused_too_large(locale).to_owned(),
        Rejection::Unknown { what } => t::plan_refused_unknown(locale, what),
        Rejection::Stale => t::plan_refused_stale(locale).to_owned(),
        Rejection::WrongPlanState => t::plan_refused_state(locale).to_owned(),
        Rejection::OwnPlan => t::plan_refused_own(locale).to_owned(),
        Rejection::MadeByAuthor => t::plan_refused_made(locale).to_owned(),
        Rejection::SameDevice => t::plan_refused_device(locale).to_owned(),
        Rejection::AlreadyInvited { people } => t::plan_refused_invited(locale, *people),
        Rejection::PlanBreaks { rule, group } => rule_words(locale, rule, *group),
        Rejection::TrainersNotReady { trainers } => t::plan_refused_trainers(locale, trainers.len() as u32),
        Rejection::ShardFull { limit } => t::plan_refused_full(locale, *limit),
        Rejection::Elsewhere { .. } => t::plan_refused_elsewhere(locale).to_owned(),
        Rejection::Committed { .. } => t::plan_refused_committed(locale).to_owned(),
        Rejection::OnLoan { .. } => t::plan_refused_on_loan(locale).to_owned(),
        Rejection::Malformed { .. } => t::plan_refused_other(locale, "malformed"),
        Rejection::OtherShard => t::plan_refused_other(locale, "other-shard"),
        Rejection::NotLead => t::plan_refused_other(locale, "not-lead"),
        Rejection::HoldsAnotherSeat => t::plan_refused_other(locale, "holds-another-seat"),
        Rejection::Newer => t::plan_refused_other(locale, "newer"),
    }
}

fn rule_words(locale: Locale, rule: &str, group: u32) -> String {
    let say = match rule {
        "group-too-large" => t::plan_rule_group_too_large,
        "room-too-small" => t::plan_rule_room_too_small,
        "room-closed" => t::plan_rule_room_closed,
        "twice-at-once" => t::plan_rule_twice_at_once,
        "person-twice" => t::plan_rule_person_twice,
        "not-in-stage" => t::plan_rule_not_in_stage,
        "too-few-trainers" => t::plan_rule_too_few_trainers,
        "not-a-trainer" => t::plan_rule_not_a_trainer,
        "lent-away" => t::plan_rule_lent_away,
        "day-not-taught" | "days-not-consecutive" | "outside-window" => t::plan_rule_days,
        _ => t::plan_rule_other,
    };
    say(locale, group)
}

/// Why people have no place.
pub fn reason(locale: Locale, reason: Reason) -> String {
    match reason {
        Reason::WindowTooShort { needed, given } => {
            t::plan_why_window_too_short(locale, given.into(), needed.into())
        }
        Reason::NoRoomInUnit => t::plan_why_no_room_in_unit(locale).to_owned(),
        Reason::RoomsTooSmall { largest } => t::plan_why_rooms_too_small(locale, largest.into()),
        Reason::NoTrainer { needed, given } => t::plan_why_no_trainer(locale, given.into(), needed.into()),
        Reason::PersonBusy => t::plan_why_person_busy(locale).to_owned(),
        Reason::NoRoomFreeInWindow => t::plan_why_no_room_free_in_window(locale).to_owned(),
        Reason::NoTrainerFreeInWindow => t::plan_why_no_trainer_free_in_window(locale).to_owned(),
        Reason::NoTimeInCommon => t::plan_why_no_time_in_common(locale).to_owned(),
    }
}
