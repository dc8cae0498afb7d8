//! A programme at a glance: tiers, calendar, territory, published figures with their source, assumptions as such.

use super::report_words::measure;
use super::seen::stage_name;
use crate::components::badge::Badge;
use crate::components::card::Card;
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::definition_list::{Definition, DefinitionList};
use crate::components::tone::Tone;
use crate::i18n::{DayStyle, Locale, fmt_day, fmt_days, fmt_number, t, use_locale};
use shared::programme::{Level, Precision, Programme, Stage};
use std::rc::Rc;
use yew::prelude::*;

/// What the summary takes.
#[derive(Properties, PartialEq)]
pub struct ProgrammeSummaryProps {
    /// The programme.
    pub programme: Rc<Programme>,
}

/// A programme at a glance.
#[component]
pub fn ProgrammeSummary(props: &ProgrammeSummaryProps) -> Html {
    let locale = use_locale();
    let programme = &*props.programme;
    html! {
        <div class="stack">
            { facts(locale, programme) }
            { stages(locale, programme) }
            <div class="columns">
                <Card title={t::hq_modules(locale)}>{ modules(locale, programme) }</Card>
                <Card title={t::hq_calendar(locale)}>{ calendar(locale, programme) }</Card>
            </div>
            { published(locale, programme) }
            <Card title={t::hq_assumptions(locale)}>
                <ul class="hq-assumptions">
                    { for programme.assumptions.iter().enumerate().map(|(at, assumption)| html! {
                        <li key={at}>
                            <Badge tone={Tone::Attention} label={t::hq_assumed(locale)} />
                            <p>{ assumption.text.in_locale(locale.tag()).to_owned() }</p>
                        </li>
                    }) }
                </ul>
            </Card>
            <Card title={t::hq_sources(locale)}>
                <ol class="hq-sources">
                    { for programme.sources.iter().enumerate().map(|(at, source)| html! {
                        <li key={at}>
                            <span lang="en">{ source.title.clone() }</span>
                            if let Some(licence) = &source.licence { <small class="hq-region">{ licence.clone() }</small> }
                        </li>
                    }) }
                </ol>
            </Card>
        </div>
    }
}

fn facts(locale: Locale, programme: &Programme) -> Html {
    let count = |level| programme.units.iter().filter(|u| u.level == level).count() as u64;
    let items: Rc<[Definition]> = Rc::new([
        Definition::text(t::hq_election_day(locale), fmt_day(locale, programme.election_day, DayStyle::Long)),
        Definition::text(t::hq_regions(locale), fmt_number(locale, count(Level::Region))),
        Definition::text(t::hq_districts(locale), fmt_number(locale, count(Level::District))),
        Definition::text(t::hq_country(locale), programme.country.clone()),
        Definition::text(t::hq_languages(locale), programme.languages.join(", ")),
    ]);
    html! {
        <Card title={programme.title.in_locale(locale.tag()).to_owned()}>
            <p>{ programme.commission.in_locale(locale.tag()).to_owned() }</p>
            <DefinitionList {items} />
        </Card>
    }
}

fn stages(locale: Locale, programme: &Programme) -> Html {
    let columns: Rc<[Column]> = Rc::new([
        Column::words("name", t::hq_stages(locale)),
        Column::words("audience", t::hq_stage_audience(locale)),
        Column::numbers("expected", t::hq_targets(locale)),
        Column::words("window", t::hq_window(locale)),
        Column::words("norm", t::hq_stage_norm(locale)),
        Column::words("trainers", t::common_trainers(locale)),
    ]);
    let row = |stage: &Stage| {
        let roles = stage.audience.iter().filter_map(|r| programme.role(r));
        let roles: Vec<&str> = roles.map(|r| r.name.in_locale(locale.tag())).collect();
        let taught = programme.calendar.taught_days(stage.window).len() as u32;
        let above = stage.taught_by.as_ref().map(|s| stage_name(programme, s, locale));
        Row {
            key: stage.code.to_string().into(),
            cells: vec![
                html! { { stage.name.in_locale(locale.tag()).to_owned() } },
                html! { { roles.join(", ") } },
                html! { { stage.target_persons.map_or_else(|| "–".into(), |n| fmt_number(locale, n.into())) } },
                html! {
                    <>
                        <span class="hq-nowrap">{ fmt_days(locale, stage.window.0, stage.window.1) }</span>
                        <small class="hq-region">{ t::hq_taught_days(locale, taught) }</small>
                    </>
                },
                html! { { t::hq_stage_norm_detail(locale, stage.max.into(), stage.norm.into()) } },
                html! {
                    <>
                        { t::hq_stage_trainers(locale, stage.trainers_per_session.into()) }
                        if let Some(above) = above {
                            <small class="hq-region">{ t::hq_stage_taught_by(locale, &above) }</small>
                        }
                    </>
                },
            ],
        }
    };
    let rows: Rc<[Row]> = programme.stages.iter().map(row).collect();
    html! { <DataTable id="programme-stages" caption={t::hq_stages(locale)} {columns} {rows} /> }
}

fn modules(locale: Locale, programme: &Programme) -> Html {
    let minutes: u32 = programme.modules.iter().map(|m| u32::from(m.minutes)).sum();
    html! {
        <>
            <p class="quiet">{ t::hq_topics_minutes(locale, programme.modules.len() as u32, minutes) }</p>
            <ol class="hq-modules">
                { for programme.modules.iter().map(|module| html! {
                    <li key={module.code.to_string()}>
                        <span>{ module.title.in_locale(locale.tag()).to_owned() }</span>
                        <span class="quiet numeric hq-nowrap">{ t::common_minutes(locale, module.minutes.into()) }</span>
                    </li>
                }) }
            </ol>
        </>
    }
}

fn calendar(locale: Locale, programme: &Programme) -> Html {
    // 1970 began on a Thursday: the fifth day of that year was its first Monday.
    let rest: Vec<String> = programme
        .calendar
        .weekly_rest
        .iter()
        .map(|weekday| {
            let day = shared::time::Day(3 + *weekday as i32);
            fmt_day(locale, day, DayStyle::WeekdayAlone)
        })
        .collect();
    html! {
        <>
            <p>{ t::hq_calendar_rest(locale) }{ ": " }{ rest.join(", ") }</p>
            <ul class="hq-holidays">
                { for programme.calendar.holidays.iter().map(|holiday| html! {
                    <li key={holiday.day.0}>
                        <span class="hq-nowrap">{ fmt_day(locale, holiday.day, DayStyle::Short) }</span>
                        <span>{ holiday.name.in_locale(locale.tag()).to_owned() }</span>
                    </li>
                }) }
            </ul>
        </>
    }
}

fn published(locale: Locale, programme: &Programme) -> Html {
    let columns: Rc<[Column]> = Rc::new([
        Column::words("of", t::hq_stages(locale)),
        Column::words("measure", t::hq_measure(locale)),
        Column::numbers("value", t::hq_published_value(locale)),
        Column::words("quote", t::hq_source(locale)),
    ]);
    let rows: Rc<[Row]> = programme
        .published
        .iter()
        .enumerate()
        .map(|(at, figure)| {
            let whole = || t::hq_whole_programme(locale).to_owned();
            let of = figure.stage.as_ref().map_or_else(whole, |s| stage_name(programme, s, locale));
            let value = match figure.precision {
                Precision::Exact => fmt_number(locale, figure.value.into()),
                Precision::About => t::report_about(locale, figure.value),
            };
            let source = programme.sources.get(figure.source).map(|s| s.title.clone()).unwrap_or_default();
            Row {
                key: at.to_string().into(),
                cells: vec![
                    html! { { of } },
                    html! { { measure(locale, figure.measure) } },
                    html! { { value } },
                    html! { <span lang="en"><q>{ figure.quote.clone() }</q><small class="hq-region">{ source }</small></span> },
                ],
            }
        })
        .collect();
    html! { <DataTable id="programme-published" caption={t::hq_published(locale)} {columns} {rows} /> }
}
