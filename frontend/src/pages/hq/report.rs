//! The official report: the statement, the table in the form of the source, what does not add up; every count opens
//! to its places, every place to its sessions.

use super::parts::{nothing_yet, notices, read_again};
use super::report_words as words;
use super::seen::{place_name, stage_name, use_seen};
use super::sessions::SessionsBehind;
use crate::components::badge::Badge;
use crate::components::button::Button;
use crate::components::card::Card;
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::icon::Icon;
use crate::components::link::Link;
use crate::components::page_head::PageHead;
use crate::components::tone::Tone;
use crate::i18n::{Locale, fmt_days, fmt_number, t, use_locale};
use crate::pages::save::save;
use crate::store::use_dispatch;
use frontend_state::HqPage;
use shared::id::StageCode;
use shared::programme::{Precision, Programme};
use shared::report::{self, CsvWords, Doubt, Progress, Report};
use std::rc::Rc;
use yew::prelude::*;

/// The report.
#[component]
pub fn ReportPage() -> Html {
    let locale = use_locale();
    let seen = use_seen();
    let dispatch = use_dispatch();
    let made = use_memo((seen.programme.clone(), seen.overview.clone()), |(programme, overview)| {
        let (programme, overview) = programme.as_ref().zip(overview.as_ref())?;
        let mut report = report::report(programme, &overview.shards, overview.today);
        // A coordinator's overview has one place; the others are not silent, they are not the coordinator's.
        report.doubts.retain(|d| !matches!(d, Doubt::Silent { shard } if !overview.silent.contains(shard)));
        if overview.shards.len() + overview.silent.len() < programme.shards().len() {
            report.compared.clear();
            report.doubts.retain(|d| !matches!(d, Doubt::Published { .. }));
        }
        Some(report)
    });
    let (Some(programme), Some(report)) = (&seen.programme, &*made) else {
        return html! {
            <>
                <PageHead title={t::report_title(locale)} />
                { notices(locale, &seen, &dispatch) }
                { nothing_yet(locale, &seen) }
            </>
        };
    };
    let asked = seen.location.asked("stage").and_then(|s| s.parse::<StageCode>().ok());
    let actions = html! {
        <>
            { read_again(locale, &seen, &dispatch) }
            <Button label={t::common_download_csv(locale)} icon={Icon::Import}
                onclick={csv(locale, programme.clone(), report.clone())} />
            <Button label={t::common_print(locale)} icon={Icon::Print} onclick={|_| print()} />
        </>
    };
    let base = HqPage::Report.path();
    let (title, back, body) = match (asked.filter(|s| programme.stage(s).is_some()), seen.shard()) {
        (Some(stage), Some(_)) => {
            let back = (format!("{base}?stage={stage}").into(), t::report_all_places(locale).into());
            let body = html! { <SessionsBehind programme={programme.clone()} /> };
            (stage_name(programme, &stage, locale), Some(back), body)
        }
        (Some(stage), None) => {
            let back = (base.into(), t::report_all_tiers(locale).into());
            (stage_name(programme, &stage, locale), Some(back), parts(locale, programme, report, &stage))
        }
        (None, _) => (t::report_title(locale).to_owned(), None, whole(locale, programme, report)),
    };
    html! {
        <div class="stack hq-report">
            <PageHead {title} {back} {actions}
                lead={AttrValue::from(programme.title.in_locale(locale.tag()).to_owned())} />
            { notices(locale, &seen, &dispatch) }
            { body }
        </div>
    }
}

fn print() {
    // Refused only where a page may not print at all.
    let _ = gloo::utils::window().print();
}

fn csv(locale: Locale, programme: Rc<Programme>, report: Report) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        let words = CsvWords {
            event: t::report_event(locale),
            participants: t::report_participants(locale),
            planned: t::hq_count_planned(locale),
            invited: t::hq_count_invited(locale),
            present: t::hq_count_present(locale),
            completed: t::hq_count_completed(locale),
            disputed: t::hq_count_disputed(locale),
            sessions_held: t::hq_sessions_held_label(locale),
            first_day: t::report_first_day(locale),
            last_day: t::report_last_day(locale),
            window_first: t::report_window_first(locale),
            window_last: t::report_window_last(locale),
            location: t::report_location(locale),
            organisers: t::report_organisers(locale),
        };
        let text = report::to_csv(&report, &programme, locale.tag(), &words);
        let name = format!("{}-{}-{}.csv", programme.slug, t::report_csv_name(locale), report.today);
        save(&name, "text/csv;charset=utf-8", &text);
    })
}

fn whole(locale: Locale, programme: &Programme, report: &Report) -> Html {
    html! {
        <>
            <Card title={t::report_statement_title(locale)} leading={true}>
                <p class="hq-commission">{ programme.commission.in_locale(locale.tag()).to_owned() }</p>
                { for report.statement.iter().enumerate().map(|(at, s)| html! {
                    <p key={at} class="hq-statement">{ words::sentence(locale, programme, s) }</p>
                }) }
            </Card>
            { table(locale, programme, report) }
            { doubts(locale, programme, report) }
            { compared(locale, programme, report) }
        </>
    }
}

fn table(locale: Locale, programme: &Programme, report: &Report) -> Html {
    let columns: Rc<[Column]> = Rc::new([
        Column::words("event", t::report_event(locale)),
        Column::words("participants", t::report_participants(locale)),
        Column::numbers("invited", t::hq_count_invited(locale)),
        Column::numbers("present", t::hq_count_present(locale)),
        Column::numbers("completed", t::hq_count_completed(locale)),
        Column::numbers("disputed", t::hq_count_disputed(locale)),
        Column::words("date", t::report_date(locale)),
        Column::words("location", t::report_location(locale)),
        Column::words("organisers", t::report_organisers(locale)),
    ]);
    let rows: Rc<[Row]> = report.rows.iter().filter_map(|row| table_row(locale, programme, row)).collect();
    html! { <DataTable id="report-table" caption={t::report_table_title(locale)} {columns} {rows} /> }
}

fn table_row(locale: Locale, programme: &Programme, row: &report::Row) -> Option<Row> {
    let stage = programme.stage(&row.stage)?;
    let tag = locale.tag();
    let href = format!("{}?stage={}", HqPage::Report.path(), row.stage);
    let count = |n: u32| html! { <Link href={href.clone()}>{ fmt_number(locale, n.into()) }</Link> };
    let planned = t::report_planned_window(locale, &fmt_days(locale, row.window.0, row.window.1));
    let held = row.held.map(|(first, last)| fmt_days(locale, first, last));
    let name = stage.name.in_locale(tag);
    Some(Row {
        key: row.stage.to_string().into(),
        cells: vec![
            html! { <Link href={href.clone()}>
            { t::report_event_count(locale, row.counts.completed, name) }</Link> },
            html! { { stage.participants.in_locale(tag).to_owned() } },
            count(row.counts.invited),
            count(row.counts.present),
            count(row.counts.completed),
            count(row.counts.disputed),
            html! {
                <>
                    <span class="hq-nowrap">{ held.unwrap_or_else(|| t::report_not_yet(locale).to_owned()) }</span>
                    <small class="hq-region">{ planned }</small>
                    if row.progress == Progress::Running {
                        <Badge tone={Tone::Note} label={t::report_in_progress(locale)} />
                    }
                </>
            },
            html! {
                <>
                    { stage.location.in_locale(tag).to_owned() }
                    if row.sites > 0 { <small class="hq-region">{ t::report_sites(locale, row.sites) }</small> }
                </>
            },
            html! { { stage.organisers.in_locale(tag).to_owned() } },
        ],
    })
}

fn doubts(locale: Locale, programme: &Programme, report: &Report) -> Html {
    if report.doubts.is_empty() {
        return html! {
            <Card title={t::report_contradictions(locale)}>
                <Badge tone={Tone::Good} label={t::report_contradictions_none(locale)} />
            </Card>
        };
    }
    html! {
        <section class="card hq-doubts" aria-labelledby="hq-doubts-title">
            <h2 id="hq-doubts-title">{ t::report_contradictions(locale) }</h2>
            <ul>
                { for report.doubts.iter().enumerate().map(|(at, doubt)| html! {
                    <li key={at}>
                        { words::doubt(locale, programme, doubt) }
                        if let Some(href) = words::doubt_href(doubt) {
                            { " " }<Link {href}>{ t::hq_act_sessions(locale) }</Link>
                        }
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn compared(locale: Locale, programme: &Programme, report: &Report) -> Html {
    if report.compared.is_empty() {
        return Html::default();
    }
    let columns: Rc<[Column]> = Rc::new([
        Column::words("figure", t::report_measure(locale)),
        Column::words("quote", t::hq_published_value(locale)),
        Column::numbers("published", t::common_count(locale)),
        Column::numbers("ours", t::report_ours(locale)),
        Column::words("verdict", t::report_verdict(locale)),
    ]);
    let rows: Rc<[Row]> = report
        .compared
        .iter()
        .filter_map(|compared| {
            let figure = programme.published.get(compared.published)?;
            let whole = || t::hq_whole_programme(locale).to_owned();
            let of = figure.stage.as_ref().map_or_else(whole, |s| stage_name(programme, s, locale));
            let (tone, label, more) = words::verdict(locale, compared.verdict);
            let value = match figure.precision {
                Precision::Exact => fmt_number(locale, figure.value.into()),
                Precision::About => t::report_about(locale, figure.value),
            };
            Some(Row {
                key: compared.published.to_string().into(),
                cells: vec![
                    html! { { format!("{of}: {}", words::measure(locale, figure.measure)) } },
                    html! { <q lang="en">{ figure.quote.clone() }</q> },
                    html! { { value } },
                    html! { { fmt_number(locale, compared.ours.into()) } },
                    html! {
                        <>
                            <Badge {tone} {label} />
                            if let Some(more) = more { <small class="hq-region">{ more }</small> }
                        </>
                    },
                ],
            })
        })
        .collect();
    html! { <DataTable id="report-compared" caption={t::report_compared_title(locale)} {columns} {rows} /> }
}

fn parts(locale: Locale, programme: &Programme, report: &Report, stage: &StageCode) -> Html {
    let Some(row) = report.rows.iter().find(|r| r.stage == *stage) else { return Html::default() };
    let n = |n: u32| html! { { fmt_number(locale, n.into()) } };
    let columns: Rc<[Column]> = Rc::new([
        Column::words("place", t::common_place(locale)),
        Column::numbers("planned", t::hq_count_planned(locale)),
        Column::numbers("invited", t::hq_count_invited(locale)),
        Column::numbers("present", t::hq_count_present(locale)),
        Column::numbers("completed", t::hq_count_completed(locale)),
        Column::numbers("disputed", t::hq_count_disputed(locale)),
        Column::numbers("sessions", t::plan_column_sessions(locale)),
        Column::numbers("held", t::hq_timeline_held(locale)),
    ]);
    let line = |key: AttrValue, first: Html, c: &shared::tally::Counts| Row {
        key,
        cells: vec![
            first,
            n(c.planned),
            n(c.invited),
            n(c.present),
            n(c.completed),
            n(c.disputed),
            n(c.sessions),
            n(c.held),
        ],
    };
    let rows: Rc<[Row]> = row
        .parts
        .iter()
        .map(|part| {
            let href = format!("{}?stage={stage}&shard={}", HqPage::Report.path(), part.shard);
            let place = html! { <Link {href}>{ place_name(programme, &part.shard, locale) }</Link> };
            line(part.shard.to_string().into(), place, &part.counts)
        })
        .collect();
    let total = line("total".into(), html! { { t::common_total(locale) } }, &row.counts);
    let caption = t::report_parts_title(locale, &stage_name(programme, stage, locale));
    html! {
        <DataTable id="report-parts" {caption} {columns} {rows} {total} empty={t::report_empty(locale)} />
    }
}
