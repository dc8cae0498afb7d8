//! The programme: what runs here, and loading one: shipped with the product, or from a file.

use super::pack_words;
use super::programme_summary::ProgrammeSummary;
use super::seen::{failure_words, use_seen};
use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::file_drop::FileDrop;
use crate::components::notice::Notice;
use crate::components::page_head::PageHead;
use crate::components::tone::Tone;
use crate::i18n::{Locale, t, use_locale};
use crate::store::{use_dispatch, use_selector, use_store};
use frontend_state::hq::packs::{PackMsg, SHIPPED};
use frontend_state::{Failure, Model, Msg, hq};
use shared::grant::AccountRole;
use shared::programme::{PackProblem, Programme};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Shown {
    candidate: Option<Rc<Programme>>,
    problems: Rc<Vec<PackProblem>>,
    working: bool,
    failure: Option<Failure>,
}

fn shown(model: &Model, (): &()) -> Shown {
    let packs = &model.hq.packs;
    Shown {
        candidate: packs.candidate.as_ref().map(|c| c.programme.clone()),
        problems: packs.problems.clone(),
        working: packs.working,
        failure: packs.failure.clone(),
    }
}

/// The programme.
#[component]
pub fn ProgrammePage() -> Html {
    let locale = use_locale();
    let seen = use_seen();
    let shown = use_selector((), shown);
    let dispatch = use_dispatch();
    let tell: Callback<PackMsg> = dispatch.reform(|msg| Msg::Hq(hq::Msg::Pack(msg)));
    let may_load = seen.role == Some(AccountRole::Hq);
    let store = use_store();
    let on_file = use_callback(store, |file: File, store| {
        let store = store.clone();
        spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            let text = text.map(|t| t.as_string().unwrap_or_default());
            let text = text.map_err(|_| Failure::Refused("unreadable".into()));
            store.dispatch(Msg::Hq(hq::Msg::Pack(PackMsg::TextCame(text))));
        });
    });
    html! {
        <div class="stack hq-programme">
            <PageHead title={t::hq_programme_title(locale)} lead={t::hq_programme_lead(locale)} />
            if let Some(failure) = &shown.failure {
                <Notice tone={Tone::Missing} urgent={true} title={t::hq_pack_not_read(locale)}>
                    <p>{ failure_words(locale, failure) }</p>
                </Notice>
            }
            if !shown.problems.is_empty() { { problems(locale, &shown.problems) } }
            if let Some(candidate) = &shown.candidate {
                { candidate_card(locale, candidate, seen.programme.is_some(), shown.working, &tell) }
                <ProgrammeSummary programme={candidate.clone()} />
            } else {
                if may_load { { load(locale, &shown, seen.programme.is_some(), on_file, &tell) } }
                if let Some(programme) = &seen.programme {
                    <ProgrammeSummary programme={programme.clone()} />
                }
            }
        </div>
    }
}

fn load(
    locale: Locale,
    shown: &Shown,
    has_one: bool,
    on_file: Callback<File>,
    tell: &Callback<PackMsg>,
) -> Html {
    let inside = html! {
        <>
            <ul class="hq-shipped">
                { for SHIPPED.iter().map(|slug| {
                    let onclick = tell.reform(move |_: MouseEvent| PackMsg::Pick(slug));
                    html! {
                        <li key={*slug}>
                            <span>{ t::hq_shipped_kyrgyzstan_2021(locale) }</span>
                            <Button label={t::hq_open_pack(locale)} disabled={shown.working} {onclick} />
                        </li>
                    }
                }) }
            </ul>
            <FileDrop id="pack-file" label={t::hq_pack_file(locale)} hint={t::hq_pack_file_hint(locale)}
                accept=".json,application/json" {on_file} />
        </>
    };
    if has_one {
        return html! { <details class="hq-load"><summary>{ t::hq_load_programme(locale) }</summary>{ inside }</details> };
    }
    html! { <Card title={t::hq_shipped_title(locale)} leading={true}>{ inside }</Card> }
}

fn candidate_card(
    locale: Locale,
    candidate: &Programme,
    replaces: bool,
    working: bool,
    tell: &Callback<PackMsg>,
) -> Html {
    html! {
        <Card title={candidate.title.in_locale(locale.tag()).to_owned()} leading={true}
            aside={html! { <Badge tone={Tone::Good} label={t::hq_pack_checked(locale)} /> }}
            actions={html! {
                <>
                    <Button label={t::hq_pack_load(locale)} weight={Weight::Primary} disabled={working}
                        onclick={tell.reform(|_: MouseEvent| PackMsg::Load)} />
                    <Button label={t::hq_pack_drop(locale)} onclick={tell.reform(|_: MouseEvent| PackMsg::Drop)} />
                </>
            }}>
            if replaces { <p>{ t::hq_pack_replace(locale) }</p> }
        </Card>
    }
}

fn problems(locale: Locale, problems: &[PackProblem]) -> Html {
    let columns: Rc<[Column]> = Rc::new([
        Column::words("path", t::hq_pack_path(locale)),
        Column::words("fault", t::hq_pack_fault(locale)),
    ]);
    let rows: Rc<[Row]> = problems
        .iter()
        .enumerate()
        .map(|(at, problem)| {
            let path = match problem.path.as_str() {
                "" => html! { { t::hq_pack_whole(locale) } },
                path => html! { <code>{ path.to_owned() }</code> },
            };
            Row {
                key: at.to_string().into(),
                cells: vec![path, html! { { pack_words::fault(locale, &problem.fault) } }],
            }
        })
        .collect();
    let caption = t::hq_pack_problems(locale, problems.len() as u32);
    html! { <DataTable id="pack-problems" {caption} {columns} {rows} tall={true} /> }
}
