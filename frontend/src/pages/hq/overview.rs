//! Where the training stands: the road before the first session, then four answers, the map, the six counts, the
//! sessions by day, and where help is needed.

use super::parts::{nothing_yet, notices, read_again, stage_links};
use super::seen::{place_name, unit_name, use_seen};
use crate::components::badge::Badge;
use crate::components::card::Card;
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::funnel::{self, Funnel};
use crate::components::link::Link;
use crate::components::page_head::PageHead;
use crate::components::stat_tile::StatTile;
use crate::components::step_road::{Step, StepRoad, StepState};
use crate::components::tile_map::{MapPlace, TileMap};
use crate::components::timeline::{Timeline, TimelineDay};
use crate::components::tone::Tone;
use crate::i18n::{Locale, fmt_number, t, use_locale};
use crate::store::use_dispatch;
use frontend_state::HqPage;
use frontend_state::hq::overview::{self, Behind, RoadKind, RoadStep, Trouble};
use shared::api::Overview;
use shared::programme::{Programme, Stage, Unit};
use std::rc::Rc;
use yew::prelude::*;

/// The overview.
#[component]
pub fn OverviewPage() -> Html {
    let locale = use_locale();
    let seen = use_seen();
    let dispatch = use_dispatch();
    let head = html! {
        <PageHead title={t::hq_overview_title(locale)} lead={t::hq_overview_lead(locale)}
            actions={read_again(locale, &seen, &dispatch)} />
    };
    let shown = seen.programme.as_ref().zip(seen.overview.as_ref());
    let Some((programme, figures, stage)) = shown.and_then(|(p, o)| seen.stage(p).map(|stage| (p, o, stage)))
    else {
        return html! { <>{ head }{ notices(locale, &seen, &dispatch) }{ nothing_yet(locale, &seen) }</> };
    };
    let has_begun = overview::has_begun(figures);
    let road = road_of(locale, programme, figures, stage);
    html! {
        <div class="stack hq-overview">
            { head }
            { stage_links(locale, programme, HqPage::Overview, &stage.code) }
            { notices(locale, &seen, &dispatch) }
            if !has_begun {
                <Card title={t::hq_road_title(locale)} leading={true}>
                    <p class="quiet">{ t::hq_road_lead(locale) }</p>
                    <StepRoad steps={road.clone()} />
                </Card>
            }
            { answers(locale, programme, figures, stage) }
            <Card title={t::hq_map_title(locale)}>{ map(locale, programme, figures, stage) }</Card>
            <div class="columns">
                <Card title={t::hq_funnel_title(locale)}>{ counts(figures, stage) }</Card>
                <Card title={t::hq_worst_title(locale)}>{ worst(locale, programme, figures, stage) }</Card>
            </div>
            <Card title={t::hq_timeline_title(locale)}>{ timeline(locale, programme, figures, stage) }</Card>
            if has_begun {
                <details class="hq-road">
                    <summary>{ t::hq_road_title(locale) }</summary>
                    <StepRoad steps={road} />
                </details>
            }
        </div>
    }
}

fn answers(locale: Locale, programme: &Programme, figures: &Overview, stage: &Stage) -> Html {
    let c = overview::counts_of(figures, &stage.code);
    let n = |n: u32| fmt_number(locale, n.into());
    let base = format!("{}?stage={}", HqPage::Report.path(), stage.code);
    let left = overview::days_left(programme, figures.today);
    html! {
        <div class="stat-tiles">
            <StatTile label={t::hq_completed_label(locale)} figure={n(c.completed)}
                of={AttrValue::from(t::hq_of_needed(locale, c.planned))} share={(c.completed, c.planned)}
                href={AttrValue::from(base.clone())} />
            <StatTile label={t::hq_invited_label(locale)} figure={n(c.invited)}
                of={AttrValue::from(t::hq_of_needed(locale, c.planned))} share={(c.invited, c.planned)}
                href={AttrValue::from(format!("{}?stage={}", HqPage::Plan.path(), stage.code))} />
            <StatTile label={t::hq_sessions_held_label(locale)} figure={n(c.held)}
                of={AttrValue::from(t::hq_of_planned(locale, c.sessions))} share={(c.held, c.sessions)}
                href={AttrValue::from(base)} />
            <StatTile label={t::hq_days_left_label(locale)}
                figure={left.map_or_else(|| "–".to_owned(), n)}
                of={AttrValue::from(left.map_or_else(
                    || t::hq_none_left(locale).to_owned(), |n| t::hq_days_left(locale, n)))} />
        </div>
    }
}

fn road_of(locale: Locale, programme: &Programme, figures: &Overview, stage: &Stage) -> Rc<[Step]> {
    let steps = overview::road(programme, figures, stage);
    let mut before_begun = true;
    let shown = steps.iter().map(|step| {
        let RoadStep { kind, done, all } = *step;
        let state = match done {
            _ if all > 0 && done >= all => StepState::Done,
            1.. => StepState::Begun,
            _ if before_begun => StepState::ToDo,
            _ => StepState::Blocked,
        };
        before_begun = done > 0;
        let (name, page) = match kind {
            RoadKind::Stations => (t::hq_road_stations(locale), HqPage::Import),
            RoadKind::Rooms => (t::hq_road_rooms(locale), HqPage::Import),
            RoadKind::Trainers => (t::hq_road_trainers(locale), HqPage::Import),
            RoadKind::People => (t::hq_road_people(locale), HqPage::Import),
            RoadKind::Plan => (t::hq_road_plan(locale), HqPage::Plan),
            RoadKind::Approval => (t::hq_road_approval(locale), HqPage::Plan),
            RoadKind::Publication => (t::hq_road_publication(locale), HqPage::Plan),
        };
        let late = all.saturating_sub(done);
        Step {
            // The name tells the steps of one screen apart.
            href: format!("{}?stage={}&step={kind:?}", page.path(), stage.code).into(),
            name: name.into(),
            state,
            detail: Some(t::hq_road_places(locale, all, done).into()),
            late: (done > 0 && late > 0).then(|| t::hq_road_late_places(locale, late).into()),
        }
    });
    shown.collect::<Vec<_>>().into()
}

fn map(locale: Locale, programme: &Programme, figures: &Overview, stage: &Stage) -> Html {
    let places: Rc<[MapPlace]> = overview::tiles(programme, figures, &stage.code)
        .into_iter()
        .filter_map(|tile| {
            let unit = programme.unit(&tile.unit)?;
            Some(MapPlace {
                key: tile.unit.to_string().into(),
                name: short_name(unit, locale).into(),
                lat: unit.lat,
                lon: unit.lon,
                part: tile.counts.completed.into(),
                whole: tile.counts.planned.into(),
                stale: figures.silent.contains(&tile.shard),
                href: format!("{}?stage={}&shard={}", HqPage::Report.path(), stage.code, tile.shard).into(),
            })
        })
        .collect();
    if places.is_empty() {
        return html! { <p class="quiet">{ t::import_empty(locale) }</p> };
    }
    html! { <TileMap label={t::hq_map_scale(locale)} {places} /> }
}

/// The name for a tile: the shortest other name that is part of the full one ("Lenin" for "Lenin district").
fn short_name(unit: &Unit, locale: Locale) -> String {
    let name = unit.name.in_locale(locale.tag());
    let inside = unit.aliases.iter().filter(|alias| name.contains(alias.as_str()));
    inside.min_by_key(|alias| alias.chars().count()).map_or(name, String::as_str).to_owned()
}

fn counts(figures: &Overview, stage: &Stage) -> Html {
    let c = overview::counts_of(figures, &stage.code);
    let counts = funnel::Counts {
        planned: c.planned,
        invited: c.invited,
        present: c.present,
        completed: c.completed,
        passed: c.passed,
        certified: c.certified,
        disputed: c.disputed,
    };
    let base = format!("{}?stage={}&count=", HqPage::Report.path(), stage.code);
    html! { <Funnel {counts} base_href={AttrValue::from(base)} /> }
}

fn timeline(locale: Locale, programme: &Programme, figures: &Overview, stage: &Stage) -> Html {
    let days: Rc<[TimelineDay]> = overview::timeline(programme, figures, stage)
        .into_iter()
        .map(|d| TimelineDay { day: d.day, planned: d.planned, held: d.held, lost: d.lost })
        .collect();
    html! { <Timeline label={t::hq_timeline_title(locale)} {days} today={figures.today} /> }
}

fn worst(locale: Locale, programme: &Programme, figures: &Overview, stage: &Stage) -> Html {
    let behind = overview::worst(programme, figures, stage);
    if behind.is_empty() {
        return html! { <Badge tone={Tone::Good} label={t::hq_worst_empty(locale)} /> };
    }
    let columns: Rc<[Column]> = Rc::new([
        Column::words("place", t::common_place(locale)),
        Column::words("reason", t::common_reason(locale)),
        Column::words("action", t::common_action(locale)),
    ]);
    let rows: Rc<[Row]> = behind.iter().map(|b| worst_row(locale, programme, stage, b)).collect();
    html! {
        <DataTable id="hq-worst" caption={t::hq_worst_title(locale)} caption_hidden={true} {columns} {rows} />
    }
}

fn worst_row(locale: Locale, programme: &Programme, stage: &Stage, behind: &Behind) -> Row {
    let Behind { unit, shard, trouble, count } = behind;
    let (words, tone, act, page) = match trouble {
        Trouble::NotInvited => {
            let words = t::hq_trouble_not_invited(locale, *count);
            (words, Tone::Missing, t::hq_act_plan(locale), HqPage::Plan)
        }
        Trouble::NotCompleted => {
            let words = t::hq_trouble_not_completed(locale, *count);
            (words, Tone::Attention, t::hq_act_sessions(locale), HqPage::Report)
        }
        Trouble::Disputed => {
            let words = t::hq_trouble_disputed(locale, *count);
            (words, Tone::Attention, t::hq_act_settle(locale), HqPage::Report)
        }
    };
    let href = format!("{}?stage={}&shard={shard}", page.path(), stage.code);
    let place = html! {
        <>
            { unit_name(programme, unit, locale) }
            <small class="hq-region">{ place_name(programme, shard, locale) }</small>
        </>
    };
    Row {
        key: format!("{unit} {trouble:?}").into(),
        cells: vec![place, html! { <Badge {tone} label={words} /> }, html! { <Link {href}>{ act }</Link> }],
    }
}
