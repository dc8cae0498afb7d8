//! What checking or importing a file came to: sound rows by place, problems by kind, and what each place did.

use super::import_words as words;
use super::plan_words;
use super::seen::place_name;
use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::icon::Icon;
use crate::components::tone::Tone;
use crate::i18n::{Locale, fmt_number, t};
use crate::pages::save::save;
use frontend_state::hq::importing::Site;
use shared::id::ShardId;
use shared::programme::Programme;
use shared::roster::import::{Outcome, Preview};
use shared::roster::{RowProblem, problems_csv};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// Where the sound rows belong, before they go in.
pub fn by_place(locale: Locale, programme: &Programme, outcome: &Outcome) -> Html {
    let columns: Rc<[Column]> = Rc::new([
        Column::words("place", t::common_place(locale)),
        Column::numbers("rows", t::import_column_rows(locale)),
    ]);
    let rows: Rc<[Row]> = outcome
        .rows_by_shard
        .iter()
        .map(|(shard, rows)| Row {
            key: shard.to_string().into(),
            cells: vec![
                html! { { place_name(programme, shard, locale) } },
                html! { { fmt_number(locale, (*rows).into()) } },
            ],
        })
        .collect();
    html! { <DataTable id="import-places" caption={t::import_by_place(locale)} {columns} {rows} /> }
}

/// Problems by kind, the most frequent first, and the bad rows as a file.
pub fn problems(locale: Locale, preview: &Rc<Preview>, outcome: &Rc<Outcome>, name: &str) -> Html {
    if outcome.bad_rows == 0 {
        return html! { <Badge tone={Tone::Good} label={t::import_problems_title(locale, 0)} /> };
    }
    let mut kinds: BTreeMap<&'static str, (Vec<u32>, String)> = BTreeMap::new();
    for problem in outcome.bad.iter().flat_map(|row| &row.problems) {
        let kind = kinds.entry(words::reason(locale, &problem.reason)).or_default();
        kind.0.push(problem.line);
        if kind.1.is_empty() {
            kind.1.clone_from(&problem.value);
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, (lines, _))| core::cmp::Reverse(lines.len()));
    let columns: Rc<[Column]> = Rc::new([
        Column::words("kind", t::import_problem_column(locale)),
        Column::numbers("count", t::import_column_rows(locale)),
        Column::words("lines", t::import_line(locale)),
        Column::words("example", t::import_problem_example(locale)),
    ]);
    let rows: Rc<[Row]> = kinds
        .into_iter()
        .map(|(kind, (lines, example))| Row {
            key: kind.into(),
            cells: vec![
                html! { { kind } },
                html! { { fmt_number(locale, lines.len() as u64) } },
                html! { { words::lines(locale, &lines) } },
                html! { if !example.is_empty() { <q>{ example }</q> } },
            ],
        })
        .collect();
    let download = {
        let (preview, outcome) = (preview.clone(), outcome.clone());
        let name = format!("{}-{}.csv", name.trim_end_matches(".csv"), t::common_attention(locale));
        Callback::from(move |_: MouseEvent| {
            let titles = [t::import_line(locale), t::import_problem_column(locale)];
            let say = |problem: &RowProblem| describe(locale, problem);
            let csv = problems_csv(&preview.header, preview.separator, &outcome.bad, titles, say);
            save(&name, "text/csv;charset=utf-8", &csv);
        })
    };
    html! {
        <div class="stack">
            <p>{ t::import_problems_detail(locale) }</p>
            <DataTable id="import-problems" caption={t::import_problems_title(locale, outcome.bad_rows)}
                {columns} {rows} />
            <Button label={t::import_problems_download(locale)} icon={Icon::Import} weight={Weight::Quiet}
                onclick={download} />
        </div>
    }
}

fn describe(locale: Locale, problem: &RowProblem) -> String {
    let reason = words::reason(locale, &problem.reason);
    match problem.field {
        Some(field) => format!("{}: {reason}", words::field(locale, field)),
        None => reason.to_owned(),
    }
}

/// What each place did with its rows.
pub fn answers(locale: Locale, programme: &Programme, sites: &BTreeMap<ShardId, Site>) -> Html {
    let columns: Rc<[Column]> = Rc::new([
        Column::words("place", t::common_place(locale)),
        Column::numbers("rows", t::import_column_rows(locale)),
        Column::words("answer", t::import_column_answer(locale)),
        Column::numbers("added", t::import_column_added(locale)),
        Column::numbers("changed", t::import_column_changed(locale)),
        Column::numbers("unchanged", t::import_column_unchanged(locale)),
        Column::numbers("left-out", t::import_column_left_out(locale)),
    ]);
    let n = |n: Option<u32>| html! { { n.map_or_else(|| "–".to_owned(), |n| fmt_number(locale, n.into())) } };
    let rows: Rc<[Row]> = sites
        .iter()
        .map(|(shard, site)| {
            let notes = site.notes.as_ref();
            let refused = site.refused.as_ref().and_then(|came| plan_words::came(locale, came));
            let (tone, answer) = match refused {
                Some(words) => (Tone::Missing, words),
                None if site.judged < site.sent => (Tone::Calm, t::import_answer_waits(locale).to_owned()),
                None => (Tone::Good, t::import_answer_taken(locale).to_owned()),
            };
            Row {
                key: shard.to_string().into(),
                cells: vec![
                    html! { { place_name(programme, shard, locale) } },
                    n(Some(site.sent)),
                    html! { <Badge {tone} label={answer} /> },
                    n(notes.map(|n| n.added)),
                    n(notes.map(|n| n.changed)),
                    n(notes.map(|n| n.unchanged)),
                    n(notes.map(|n| n.problems.len() as u32)),
                ],
            }
        })
        .collect();
    let left_out: Vec<String> = sites
        .values()
        .filter_map(|s| s.notes.as_ref())
        .flat_map(|n| &n.problems)
        .take(100)
        .map(|(line, code)| t::import_left_out(locale, *line, words::left_out(locale, code)))
        .collect();
    html! {
        <>
            <DataTable id="import-answers" caption={t::import_column_answer(locale)} {columns} {rows} />
            if !left_out.is_empty() {
                <details>
                    <summary>{ t::import_left_out_title(locale) }</summary>
                    <ul>{ for left_out.into_iter().enumerate().map(|(at, line)| html! { <li key={at}>{ line }</li> }) }</ul>
                </details>
            }
        </>
    }
}
