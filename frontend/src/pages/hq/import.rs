//! Bringing a file in: choose what it holds, drop it, look at it as read, say what its columns mean, check, import.

use super::import_result as result;
use super::import_words as words;
use super::parts::{nothing_yet, notices};
use super::seen::{Seen, failure_words, use_seen};
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::file_drop::FileDrop;
use crate::components::notice::Notice;
use crate::components::page_head::PageHead;
use crate::components::progress::Progress as Bar;
use crate::components::radio_group::RadioGroup;
use crate::components::select::{Choice, Select};
use crate::components::tone::Tone;
use crate::i18n::{Locale, fmt_number, t, use_locale};
use crate::store::{use_dispatch, use_selector, use_store};
use frontend_state::hq::importing::{ChosenFile, ImportMsg, Phase, Progress, Site, missing};
use frontend_state::{Model, Msg, hq};
use shared::id::ShardId;
use shared::programme::Programme;
use shared::roster::import::{Outcome, Preview};
use shared::roster::{Field, Mapping, Separator, Target};
use std::collections::BTreeMap;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// Rows of the preview that are shown.
const SHOWN_ROWS: usize = 6;

#[derive(Clone, PartialEq)]
struct Shown {
    target: Target,
    file: Option<ChosenFile>,
    separator: Option<Separator>,
    headless: bool,
    preview: Option<Rc<Preview>>,
    mapping: Mapping,
    missing: Vec<Field>,
    phase: Phase,
    progress: Progress,
    outcome: Option<Rc<Outcome>>,
    sites: BTreeMap<ShardId, Site>,
}

fn shown(model: &Model, (): &()) -> Shown {
    let import = &model.hq.import;
    Shown {
        target: import.target,
        file: import.file.clone(),
        separator: import.separator,
        headless: import.headless,
        preview: import.preview.clone(),
        mapping: import.mapping.clone(),
        missing: missing(import),
        phase: import.phase.clone(),
        progress: import.progress,
        outcome: import.outcome.clone(),
        sites: import.sites.clone(),
    }
}

type Tell = Callback<ImportMsg>;

/// Bringing a file in.
#[component]
pub fn ImportPage() -> Html {
    let locale = use_locale();
    let seen = use_seen();
    let shown = use_selector((), shown);
    let store = use_store();
    let dispatch = use_dispatch();
    let tell: Tell = dispatch.reform(|msg| Msg::Hq(hq::Msg::Import(msg)));
    let on_file = use_callback((store, tell.clone()), |file: File, (store, tell)| {
        let (name, bytes) = (file.name(), file.size() as u64);
        tell.emit(ImportMsg::File(ChosenFile { number: store.keep_file(file), name, bytes }));
    });
    let Some(programme) = &seen.programme else {
        return html! { <><PageHead title={t::import_title(locale)} />{ nothing_yet(locale, &seen) }</> };
    };
    html! {
        <div class="stack hq-import">
            <PageHead title={t::import_title(locale)} lead={t::import_lead(locale)} />
            { notices(locale, &seen, &dispatch) }
            { choose(locale, &shown, on_file, &tell) }
            { body(locale, &seen, programme, &shown, &tell) }
        </div>
    }
}

fn choose(locale: Locale, shown: &Shown, on_file: Callback<File>, tell: &Tell) -> Html {
    if matches!(shown.phase, Phase::Checking | Phase::Importing | Phase::Stations) {
        return Html::default();
    }
    let choices: Rc<[Choice]> = Target::ALL
        .iter()
        .enumerate()
        .map(|(at, target)| Choice::new(at.to_string(), words::target(locale, *target)))
        .collect();
    let now = Target::ALL.iter().position(|t| *t == shown.target).unwrap_or_default();
    let tell = tell.clone();
    let on_choice = Callback::from(move |value: AttrValue| {
        let target = value.parse::<usize>().ok().and_then(|at| Target::ALL.get(at).copied());
        target.into_iter().for_each(|target| tell.emit(ImportMsg::Target(target)));
    });
    let chosen = shown.file.as_ref().map(|f| (AttrValue::from(f.name.clone()), f.bytes));
    html! {
        <Card>
            <RadioGroup name="import-target" legend={t::import_target(locale)} {choices} inline={true}
                value={now.to_string()} {on_choice} />
            <p class="quiet">{ t::import_lead_order(locale) }</p>
            <FileDrop id="import-file" label={t::import_drop(locale)} hint={t::import_drop_hint(locale)} {chosen}
                {on_file} />
        </Card>
    }
}

fn body(locale: Locale, seen: &Seen, programme: &Rc<Programme>, shown: &Shown, tell: &Tell) -> Html {
    let again = tell.reform(|_: MouseEvent| ImportMsg::Again);
    let name = shown.file.as_ref().map(|f| f.name.clone()).unwrap_or_default();
    match &shown.phase {
        Phase::Choosing => Html::default(),
        Phase::Opening => html! { <p role="status">{ t::import_reading(locale, &name) }</p> },
        Phase::Stations => html! { <p role="status">{ t::import_stations_reading(locale) }</p> },
        Phase::Mapping => mapping(locale, programme, shown, tell),
        Phase::Checking => bar(locale, t::import_checking(locale, &name), &shown.progress, tell),
        Phase::Checked => html! {
            <>
                { checked(locale, programme, shown, tell, &name) }
                { mapping(locale, programme, shown, tell) }
            </>
        },
        Phase::Importing => html! {
            <>
                { bar(locale, t::import_working(locale).to_owned(), &shown.progress, tell) }
                { result::answers(locale, programme, &shown.sites) }
            </>
        },
        Phase::Done => done(locale, seen, programme, shown, &again, &name),
        Phase::Cancelled => html! {
            <Notice tone={Tone::Note} actions={html! {
                <Button label={t::import_try_again(locale)} onclick={tell.reform(|_: MouseEvent| ImportMsg::Check)} />
            }}><p>{ t::import_cancelled(locale) }</p></Notice>
        },
        Phase::Refused(refusal) => html! {
            <>
                <Notice tone={Tone::Missing} urgent={true} title={t::import_refused_title(locale)}>
                    <p>{ words::refusal(locale, refusal) }</p>
                    <p>{ t::import_safe(locale) }</p>
                </Notice>
                if shown.preview.is_some() { { mapping(locale, programme, shown, tell) } }
            </>
        },
        Phase::Failed(failure) => html! {
            <Notice tone={Tone::Missing} urgent={true} actions={html! {
                <Button label={t::import_try_again(locale)} onclick={tell.reform(|_: MouseEvent| ImportMsg::Check)} />
            }}><p>{ failure_words(locale, failure) }</p></Notice>
        },
    }
}

fn bar(locale: Locale, label: String, progress: &Progress, tell: &Tell) -> Html {
    // In kilobytes, so that the largest file fits the bar.
    let kilo = |bytes: u64| u32::try_from(bytes / 1_000).unwrap_or(u32::MAX);
    let rows = fmt_number(locale, progress.rows.into());
    let detail = match progress.rows_per_second() {
        Some(rate) => t::import_progress(locale, &fmt_number(locale, rate.into()), &rows),
        None => t::import_progress_short(locale, &rows),
    };
    html! {
        <Bar id="import-progress" {label} done={kilo(progress.bytes)} total={kilo(progress.total)}
            detail={AttrValue::from(detail)} on_cancel={Some(tell.reform(|()| ImportMsg::Cancel))} />
    }
}

fn mapping(locale: Locale, programme: &Programme, shown: &Shown, tell: &Tell) -> Html {
    let Some(preview) = &shown.preview else { return Html::default() };
    let separators: Rc<[Choice]> = Rc::new([
        Choice::new("", t::import_separator_guess(locale)),
        Choice::new("comma", t::import_separator_comma(locale)),
        Choice::new("semicolon", t::import_separator_semicolon(locale)),
        Choice::new("tab", t::import_separator_tab(locale)),
    ]);
    let value = match shown.separator {
        None => "",
        Some(Separator::Comma) => "comma",
        Some(Separator::Semicolon) => "semicolon",
        Some(Separator::Tab) => "tab",
    };
    let on_separator = tell.reform(|value: AttrValue| {
        ImportMsg::Separator(match value.as_str() {
            "comma" => Some(Separator::Comma),
            "semicolon" => Some(Separator::Semicolon),
            "tab" => Some(Separator::Tab),
            _ => None,
        })
    });
    let headless = shown.headless;
    let on_header = tell.reform(move |_: Event| ImportMsg::Headless(!headless));
    let bom = if preview.bom {
        format!("{} ({})", preview.encoding, t::import_bom(locale))
    } else {
        preview.encoding.clone()
    };
    let read_as = t::import_read_as(locale, &bom, words::separator(locale, preview.separator));
    let ready = shown.missing.is_empty();
    html! {
        <Card title={t::import_mapping(locale)}>
            <p><strong>{ read_as }</strong></p>
            <div class="hq-form">
                <Select id="import-separator" label={t::import_separator(locale)} choices={separators} {value}
                    on_choice={on_separator} />
                <label class="hq-check">
                    <input type="checkbox" checked={!headless} onchange={on_header} />
                    { t::import_header_row(locale) }
                </label>
            </div>
            <p class="quiet">{ t::import_mapping_hint(locale) }</p>
            { columns(locale, shown, preview, tell) }
            { fixed(locale, programme, shown, tell) }
            if !ready {
                <Notice tone={Tone::Attention}>
                    <p>{ t::import_missing(locale, &words::fields(locale, &shown.missing)) }</p>
                </Notice>
            }
            if shown.phase != Phase::Checked {
                <Button label={t::import_check(locale)} weight={Weight::Primary} disabled={!ready}
                    onclick={tell.reform(|_: MouseEvent| ImportMsg::Check)} />
            }
        </Card>
    }
}

fn columns(locale: Locale, shown: &Shown, preview: &Preview, tell: &Tell) -> Html {
    let mut choices = vec![Choice::new("", t::import_column_none(locale))];
    let fields = shown.target.fields();
    choices.extend(
        fields.iter().enumerate().map(|(at, (f, _))| Choice::new(at.to_string(), words::field(locale, *f))),
    );
    let choices: Rc<[Choice]> = choices.into();
    let heading = |(at, name): (usize, &String)| {
        let field = shown.mapping.columns.get(at).copied().flatten();
        let value = field.and_then(|f| fields.iter().position(|(g, _)| *g == f)).map(|n| n.to_string());
        let on_choice = tell.reform(move |value: AttrValue| {
            let field = value.parse::<usize>().ok().and_then(|n| fields.get(n)).map(|(f, _)| *f);
            ImportMsg::Column(at, field)
        });
        let number = t::import_column_number(locale, at as u32 + 1);
        html! {
            <th key={at} scope="col" class={classes!(field.map(|_| "import-table__used"))}>
                <span class="import-table__name">{ if name.is_empty() { number.clone() } else { name.clone() } }</span>
                <Select id={format!("import-column-{at}")} label={number} label_hidden={true}
                    choices={choices.clone()} value={value.unwrap_or_default()} {on_choice} />
            </th>
        }
    };
    html! {
        <div class="data-table import-table" role="region" tabindex="0" aria-label={t::import_preview(locale)}>
            <table>
                <thead><tr>{ for preview.header.iter().enumerate().map(heading) }</tr></thead>
                <tbody>
                    { for preview.rows.iter().take(SHOWN_ROWS).map(|record| html! {
                        <tr key={record.line}>
                            { for record.cells.iter().enumerate().map(|(at, cell)| html! { <td key={at}>{ cell.clone() }</td> }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// Values for the whole file, where no column gives them.
fn fixed(locale: Locale, programme: &Programme, shown: &Shown, tell: &Tell) -> Html {
    let tag = locale.tag();
    let choices_of = |field: Field| -> Vec<Choice> {
        match field {
            Field::Role => programme
                .roles
                .iter()
                .map(|r| Choice::new(r.code.to_string(), r.name.in_locale(tag).to_owned()))
                .collect(),
            Field::Stage => programme
                .stages
                .iter()
                .map(|s| Choice::new(s.code.to_string(), s.name.in_locale(tag).to_owned()))
                .collect(),
            _ => programme
                .units
                .iter()
                .map(|u| Choice::new(u.code.to_string(), u.name.in_locale(tag).to_owned()))
                .collect(),
        }
    };
    let wanted = [Field::Role, Field::Stage, Field::Unit].into_iter().filter(|field| {
        let known = shown.target.fields().iter().any(|(f, _)| f == field);
        known && !shown.mapping.columns.contains(&Some(*field))
    });
    let selects: Vec<Html> = wanted
        .map(|field| {
            let mut choices = vec![Choice::new("", t::import_fixed_none(locale))];
            choices.extend(choices_of(field));
            let value = shown.mapping.fixed.get(&field).cloned().unwrap_or_default();
            let on_choice = tell.reform(move |value: AttrValue| {
                ImportMsg::Fixed(field, Some(value.to_string()).filter(|v| !v.is_empty()))
            });
            html! {
                <Select key={format!("{field:?}")} id={format!("import-fixed-{field:?}")}
                    label={words::field(locale, field)} choices={Rc::<[Choice]>::from(choices)} {value} {on_choice} />
            }
        })
        .collect();
    if selects.is_empty() {
        return Html::default();
    }
    html! {
        <fieldset class="hq-fixed">
            <legend>{ t::import_fixed_title(locale) }</legend>
            <div class="hq-form">{ for selects }</div>
        </fieldset>
    }
}

fn checked(locale: Locale, programme: &Programme, shown: &Shown, tell: &Tell, name: &str) -> Html {
    let (Some(outcome), Some(preview)) = (&shown.outcome, &shown.preview) else { return Html::default() };
    let go = tell.reform(|_: MouseEvent| ImportMsg::Go);
    html! {
        <Card title={t::import_dry_run(locale)} leading={true}>
            <p>
                <strong>{ fmt_number(locale, outcome.taken.into()) }</strong>{ " " }{ t::import_rows_ok(locale) }
                { " · " }
                <strong>{ fmt_number(locale, outcome.bad_rows.into()) }</strong>{ " " }{ t::import_rows_bad(locale) }
            </p>
            { result::problems(locale, preview, outcome, name) }
            { result::by_place(locale, programme, outcome) }
            <p class="quiet">{ t::import_matched_by_place(locale) }</p>
            <Button label={t::import_go(locale, outcome.taken)} weight={Weight::Primary} large={true}
                disabled={outcome.taken == 0} onclick={go} />
        </Card>
    }
}

fn done(
    locale: Locale,
    _seen: &Seen,
    programme: &Programme,
    shown: &Shown,
    again: &Callback<MouseEvent>,
    name: &str,
) -> Html {
    let sum = |count: fn(&hq::importing::Notes) -> u32| -> u32 {
        shown.sites.values().filter_map(|s| s.notes.as_ref()).map(count).sum()
    };
    let refused = shown.sites.values().any(|s| s.refused.is_some());
    let asked = shown.sites.values().all(|s| s.notes.is_some());
    let title = t::import_done(locale, sum(|n| n.added), sum(|n| n.changed), sum(|n| n.unchanged));
    let tone = if refused { Tone::Attention } else { Tone::Good };
    html! {
        <div class="stack">
            if asked || refused { <Notice {tone} title={title} /> }
            { result::answers(locale, programme, &shown.sites) }
            if let (Some(preview), Some(outcome)) = (&shown.preview, &shown.outcome) {
                { result::problems(locale, preview, outcome, name) }
            }
            <div class="hq-actions">
                <Button label={t::import_again(locale)} weight={Weight::Primary} onclick={again.clone()} />
            </div>
        </div>
    }
}
