//! The report's sentences, doubts and verdicts in words.

use super::seen::{place_name, stage_name};
use crate::components::tone::Tone;
use crate::i18n::{Locale, fmt_days, t};
use shared::programme::{Measure, Programme};
use shared::report::{Doubt, Pair, Sentence, Verdict};

/// A sentence of the statement.
pub fn sentence(locale: Locale, programme: &Programme, sentence: &Sentence) -> String {
    let event = |stage| stage_name(programme, stage, locale);
    match sentence {
        Sentence::Held { stage, completed, sessions, sites, days } => {
            let days = fmt_days(locale, days.0, days.1);
            t::report_say_held(locale, *completed, &days, &event(stage), *sessions, *sites)
        }
        Sentence::Running { stage, completed, planned, held, sessions } => {
            t::report_say_running(locale, *completed, &event(stage), *held, *planned, *sessions)
        }
        Sentence::NotBegun { stage, window } => {
            t::report_say_not_begun(locale, &fmt_days(locale, window.0, window.1), &event(stage))
        }
        Sentence::NotHeld { stage, window } => {
            t::report_say_not_held(locale, &fmt_days(locale, window.0, window.1), &event(stage))
        }
    }
}

/// What a published figure counts.
pub fn measure(locale: Locale, measure: Measure) -> &'static str {
    match measure {
        Measure::Persons => t::hq_measure_persons(locale),
        Measure::Sessions => t::hq_measure_sessions(locale),
        Measure::Days => t::hq_measure_days(locale),
        Measure::Trainers => t::hq_measure_trainers(locale),
        Measure::Stations => t::hq_measure_stations(locale),
        Measure::Sites => t::hq_measure_sites(locale),
        Measure::Topics => t::hq_measure_topics(locale),
    }
}

/// A verdict, with its tone and what there is to add.
pub fn verdict(locale: Locale, verdict: Verdict) -> (Tone, &'static str, Option<String>) {
    match verdict {
        Verdict::Agrees => (Tone::Good, t::report_verdict_agrees(locale), None),
        Verdict::NotReachedYet => (Tone::Note, t::report_verdict_not_reached(locale), None),
        Verdict::NotItemised { itemised } => (
            Tone::Attention,
            t::report_verdict_not_itemised(locale),
            Some(t::report_itemised(locale, itemised)),
        ),
        Verdict::DoesNotAddUp => (Tone::Missing, t::report_verdict_differs(locale), None),
    }
}

/// A contradiction.
pub fn doubt(locale: Locale, programme: &Programme, doubt: &Doubt) -> String {
    let event = |stage| stage_name(programme, stage, locale);
    let place = |shard| place_name(programme, shard, locale);
    match doubt {
        Doubt::Silent { shard } => t::report_doubt_silent(locale, &place(shard)),
        Doubt::Greater { stage, shard, pair, part, whole } => {
            let say = match pair {
                Pair::InvitedOverPlanned => t::report_doubt_invited,
                Pair::PresentOverInvited => t::report_doubt_present,
                Pair::CompletedOverPresent => t::report_doubt_completed,
                Pair::HeldOverSessions => t::report_doubt_held,
            };
            say(locale, &event(stage), *part, &place(shard), *whole)
        }
        Doubt::Disputed { stage, shard, persons } => {
            t::report_doubt_disputed(locale, *persons, &event(stage), &place(shard))
        }
        Doubt::NotMarked { stage, shard, sessions } => {
            t::report_doubt_not_marked(locale, *sessions, &event(stage), &place(shard))
        }
        Doubt::Published { figure, ours } => {
            let Some(figure) = programme.published.get(*figure) else { return String::new() };
            let whole = || programme.title.in_locale(locale.tag()).to_owned();
            let event = figure.stage.as_ref().map_or_else(whole, event);
            t::report_doubt_published(locale, &event, measure(locale, figure.measure), *ours, figure.value)
        }
        Doubt::PublishedDays { stage, published, counted } => {
            let whole = || programme.title.in_locale(locale.tag()).to_owned();
            let event = stage.as_ref().map_or_else(whole, event);
            t::report_doubt_days(locale, *counted, &event, *published)
        }
        Doubt::NotItemised { measure: of, total, itemised } => {
            t::report_doubt_itemised(locale, *itemised, measure(locale, *of), *total)
        }
        Doubt::AverageAtNorm { stage, average_hundredths, norm } => {
            let point = if locale == Locale::Ru { ',' } else { '.' };
            let average = format!("{}{point}{:02}", average_hundredths / 100, average_hundredths % 100);
            t::report_doubt_average(locale, &average, &event(stage), u32::from(*norm))
        }
    }
}

/// Where a doubt can be looked at: the shard's sessions of the tier.
pub fn doubt_href(doubt: &Doubt) -> Option<String> {
    let (Doubt::Greater { stage, shard, .. }
    | Doubt::Disputed { stage, shard, .. }
    | Doubt::NotMarked { stage, shard, .. }) = doubt
    else {
        return None;
    };
    Some(format!("{}?stage={stage}&shard={shard}", frontend_state::HqPage::Report.path()))
}
