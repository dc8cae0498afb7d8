//! Headquarters' overview and report.

use super::TODAY;
use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::data_table::{Column, DataTable, Row, Sorted};
use crate::components::funnel::{Counts, Funnel};
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::stat_tile::StatTile;
use crate::components::step_road::{Step, StepRoad, StepState};
use crate::components::tile_map::{MapPlace, TileMap};
use crate::components::timeline::{Timeline, TimelineDay};
use crate::components::tone::Tone;
use crate::i18n::{fmt_days, fmt_number, fmt_percent, t, use_locale};
use std::rc::Rc;
use yew::prelude::*;

const REGIONS: [(&str, f64, f64, u64, u64); 9] = [
    ("Bishkek", 42.87, 74.59, 2_950, 4_580),
    ("Osh city", 40.52, 72.80, 0, 1_610),
    ("Batken", 40.06, 70.82, 640, 2_720),
    ("Chuy", 42.75, 74.30, 3_880, 4_790),
    ("Issyk-Kul", 42.49, 78.39, 2_610, 2_610),
    ("Jalal-Abad", 40.93, 73.00, 2_210, 5_640),
    ("Naryn", 41.43, 75.99, 1_320, 1_830),
    ("Osh", 40.40, 73.20, 1_950, 5_620),
    ("Talas", 42.52, 72.24, 980, 1_400),
];

#[component]
pub(super) fn Overview() -> Html {
    let locale = use_locale();
    let places: Rc<[MapPlace]> = REGIONS
        .iter()
        .map(|&(name, lat, lon, part, whole)| MapPlace {
            key: name.into(),
            name: name.into(),
            lat,
            lon,
            part,
            whole,
            stale: name == "Batken",
            href: "#place".into(),
        })
        .collect();
    let days: Rc<[TimelineDay]> = (-9..9)
        .map(|n: i32| {
            let planned = if (n + 9) % 7 >= 5 { 0 } else { 38 + (n * 7).unsigned_abs() % 31 };
            let (held, lost) = if n < 0 {
                (planned - planned.min(2), u32::from(n == -2) * 2)
            } else {
                (if n == 0 { 17 } else { 0 }, 0)
            };
            TimelineDay { day: TODAY.plus(n), planned, held, lost }
        })
        .collect();
    let step =
        |href: &'static str, name: &'static str, state, detail: Option<String>, late: Option<String>| Step {
            href: href.into(),
            name: name.into(),
            state,
            detail: detail.map(Into::into),
            late: late.map(Into::into),
        };
    let steps: Rc<[Step]> = Rc::new([
        step(
            "#1",
            t::hq_road_stations(locale),
            StepState::Done,
            Some(t::common_stations(locale, 2_417)),
            None,
        ),
        step(
            "#2",
            t::hq_road_people(locale),
            StepState::Begun,
            Some(t::hq_road_delivered(locale, 54, 39)),
            Some(t::hq_road_late(locale, 15)),
        ),
        step("#3", t::hq_road_rooms(locale), StepState::Begun, Some(fmt_number(locale, 412)), None),
        step("#4", t::hq_road_trainers(locale), StepState::Done, Some(fmt_number(locale, 650)), None),
        step("#5", t::hq_road_plan(locale), StepState::ToDo, None, None),
        step("#6", t::hq_road_approval(locale), StepState::Blocked, None, None),
        step("#7", t::hq_road_publication(locale), StepState::Blocked, None, None),
    ]);
    html! {
        <div class="stack">
            <PageHead title={t::hq_overview_title(locale)} lead={t::hq_as_of(locale, "10 Mar, 10:42")}
                actions={html! { <Button label={t::common_print(locale)} icon={Icon::Print} /> }} />
            <div class="stat-tiles">
                <StatTile label={t::hq_completed_label(locale)} figure={fmt_number(locale, 15_540)}
                    of={t::hq_of_needed(locale, 31_150)} share={(15_540, 31_150)} href="#a" />
                <StatTile label={t::hq_stations_ready_label(locale)} figure={fmt_number(locale, 1_104)}
                    of={t::hq_of_all(locale, 2_417)} share={(1_104, 2_417)} href="#b" />
                <StatTile label={t::hq_sessions_held_label(locale)} figure={fmt_number(locale, 437)}
                    of={t::hq_of_planned(locale, 870)} share={(437, 870)} href="#c" />
                <StatTile label={t::hq_days_left_label(locale)} figure="32" of={t::hq_days_left(locale, 32)} />
            </div>
            <Card title={t::hq_road_title(locale)}><StepRoad {steps} /></Card>
            <div class="columns">
                <Card title={t::hq_map_title(locale)}><TileMap label={t::hq_map_title(locale)} {places} /></Card>
                <div class="stack">
                    <Card title={t::hq_funnel_title(locale)}>
                        <Funnel base_href="#count-" counts={Counts { planned: 31_150, invited: 30_870, present: 16_902,
                            completed: 15_540, passed: None, certified: None, disputed: 3 }} />
                    </Card>
                </div>
            </div>
            <Card title={t::hq_timeline_title(locale)}><Timeline label={t::hq_timeline_title(locale)} {days} today={TODAY} /></Card>
        </div>
    }
}

#[component]
pub(super) fn Report() -> Html {
    let locale = use_locale();
    let sorted = use_state(|| Sorted { by: "done".into(), descending: true });
    let columns: Rc<[Column]> = Rc::new([
        Column::words("place", t::common_region(locale)).sortable(),
        Column::words("date", t::report_date(locale)),
        Column::numbers("done", t::report_count(locale)).sortable(),
        Column::numbers("share", t::common_share(locale)).sortable(),
        Column::words("status", t::common_status(locale)),
    ]);
    let mut regions = REGIONS;
    regions.sort_by_key(|r| std::cmp::Reverse(r.3));
    let rows: Rc<[Row]> = regions
        .iter()
        .map(|&(name, _, _, part, whole)| Row {
            key: name.into(),
            cells: vec![
                html! { <a href="#x">{ name }</a> },
                html! { { fmt_days(locale, TODAY.plus(-9), TODAY.plus(8)) } },
                html! { { fmt_number(locale, part) } },
                html! { { fmt_percent(locale, part, whole) } },
                match part {
                    0 => html! { <Badge tone={Tone::Missing} label={t::common_missing(locale)} /> },
                    _ if part == whole => html! { <Badge tone={Tone::Good} label={t::common_good(locale)} /> },
                    _ => html! { <Badge tone={Tone::Note} icon={Icon::Half} label={t::report_in_progress(locale)} /> },
                },
            ],
        })
        .collect();
    let total = Row {
        key: "total".into(),
        cells: vec![
            html! { { t::common_total(locale) } },
            html! {},
            html! { { fmt_number(locale, 16_540) } },
            html! { "53%" },
            html! {},
        ],
    };
    html! {
        <div class="stack">
            <PageHead title={t::report_title(locale)} lead={t::report_as_of(locale, "10 Mar, 10:42")}
                actions={html! { <>
                    <Button label={t::common_print(locale)} icon={Icon::Print} />
                    <Button label={t::common_download_csv(locale)} icon={Icon::Import} weight={Weight::Primary} />
                </> }} />
            <DataTable id="report" caption={t::report_table_title(locale)} {columns} {rows} total={Some(total)}
                sorted={Some((*sorted).clone())} on_sort={move |by| sorted.set(Sorted { by, descending: true })} />
        </div>
    }
}
