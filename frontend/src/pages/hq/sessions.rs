//! The sessions behind a count: one shard, one tier; no names.

use super::seen::{failure_words, place_name, stage_name, unit_name};
use crate::components::badge::Badge;
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::notice::Notice;
use crate::components::tone::Tone;
use crate::i18n::{Locale, fmt_days, fmt_number, t, use_locale};
use crate::store::use_selector;
use frontend_state::{Failure, Model};
use shared::id::{ShardId, StageCode};
use shared::programme::Programme;
use shared::state::PlanState;
use shared::tally::{Flag, SessionLine};
use std::rc::Rc;
use yew::prelude::*;

/// What the list takes.
#[derive(Properties, PartialEq)]
pub struct SessionsProps {
    /// The programme.
    pub programme: Rc<Programme>,
}

#[derive(Clone, PartialEq)]
struct Shown {
    of: Option<(ShardId, StageCode)>,
    lines: Option<Rc<Vec<SessionLine>>>,
    failure: Option<Failure>,
}

fn shown(model: &Model, (): &()) -> Shown {
    let behind = &model.hq.sessions;
    Shown { of: behind.of.clone(), lines: behind.lines.clone(), failure: behind.failure.clone() }
}

/// The sessions of the shard and stage that the address names.
#[component]
pub fn SessionsBehind(props: &SessionsProps) -> Html {
    let locale = use_locale();
    let shown = use_selector((), shown);
    let programme = &props.programme;
    let Some((shard, stage)) = &shown.of else { return Html::default() };
    if let Some(failure) = &shown.failure {
        return html! { <Notice tone={Tone::Attention}><p>{ failure_words(locale, failure) }</p></Notice> };
    }
    let Some(lines) = &shown.lines else {
        return html! { <p class="quiet" role="status">{ t::hq_reading(locale) }</p> };
    };
    let event = stage_name(programme, stage, locale);
    let caption = t::report_sessions_title(locale, &event, &place_name(programme, shard, locale));
    let columns: Rc<[Column]> = Rc::new([
        Column::words("number", t::plan_number(locale)),
        Column::words("days", t::plan_days(locale)),
        Column::words("unit", t::common_district(locale)),
        Column::words("room", t::common_room(locale)),
        Column::words("state", t::common_status(locale)),
        Column::numbers("invited", t::hq_count_invited(locale)),
        Column::numbers("present", t::hq_count_present(locale)),
        Column::numbers("completed", t::hq_count_completed(locale)),
        Column::numbers("disputed", t::hq_count_disputed(locale)),
    ]);
    let rows: Rc<[Row]> = lines.iter().map(|line| row(locale, programme, line)).collect();
    html! { <DataTable id="sessions-behind" {caption} {columns} {rows} tall={true} empty={t::report_empty(locale)} /> }
}

fn row(locale: Locale, programme: &Programme, line: &SessionLine) -> Row {
    let n = |n: u32| html! { { fmt_number(locale, n.into()) } };
    let days = match (line.days.first(), line.days.last()) {
        (Some(first), Some(last)) => fmt_days(locale, *first, *last),
        _ => String::new(),
    };
    let (tone, state) = state_words(locale, line.state);
    Row {
        key: line.id.to_string().into(),
        cells: vec![
            n(line.number),
            html! { <span class="hq-nowrap">{ days }</span> },
            html! { { unit_name(programme, &line.unit, locale) } },
            html! { { line.venue.clone() } },
            html! {
                <span class="hq-badges">
                    <Badge {tone} label={state} />
                    { for line.flags.iter().map(|flag| html! {
                        <Badge key={format!("{flag:?}")} tone={Tone::Attention} label={flag_words(locale, *flag)} />
                    }) }
                </span>
            },
            n(line.invited),
            n(line.present),
            n(line.completed),
            n(line.disputed),
        ],
    }
}

/// A plan's state, with its tone.
pub fn state_words(locale: Locale, state: PlanState) -> (Tone, &'static str) {
    match state {
        PlanState::Draft => (Tone::Calm, t::plan_draft(locale)),
        PlanState::Approved => (Tone::Note, t::plan_approved(locale)),
        PlanState::Published => (Tone::Good, t::plan_published(locale)),
        PlanState::Withdrawn => (Tone::Calm, t::plan_withdrawn(locale)),
    }
}

fn flag_words(locale: Locale, flag: Flag) -> &'static str {
    match flag {
        Flag::RoomClosed => t::plan_flag_room_closed(locale),
        Flag::TrainerExpected => t::plan_flag_trainer_expected(locale),
        Flag::TrainerNotReady => t::plan_flag_trainer_not_ready(locale),
        Flag::MarksMissing => t::plan_flag_marks_missing(locale),
    }
}
