//! Every component with sample data on pages of their own, to look at them; only with the feature `gallery`.
//!
//! `#session`, `#hq`, `#start`, `#parts`, `#table`; `?lang=ru`, `?theme=dark`, `?sheet`. The samples are invented.

mod hq;
mod parts;
mod session;

use crate::components::attendance_row::Custody;
use crate::components::code_input::CodeInput;
use crate::components::door::Door;
use crate::components::frame::{Frame, ProductMark, Section};
use crate::components::icon::Icon;
use crate::components::menu::MenuItem;
use crate::components::sync_pill::{SyncPill, SyncState};
use crate::components::sync_sheet::{Receipt, Storage, SyncSheet};
use crate::i18n::{Locale, LocaleProvider, t, use_locale};
use shared::time::Day;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::UrlSearchParams;
use yew::prelude::*;

/// 10 March 2021.
const TODAY: Day = Day(18_696);

/// Shows the gallery.
#[wasm_bindgen(start)]
pub fn show() {
    let query = asked("lang").and_then(|tag| Locale::from_tag(&tag)).unwrap_or_default();
    if let Some(theme) = asked("theme") {
        let _ = gloo::utils::document_element().set_attribute("data-theme", &theme);
    }
    let root = gloo::utils::document().get_element_by_id("app");
    if let Some(root) = root {
        root.set_inner_html("");
        yew::Renderer::<Gallery>::with_root_and_props(root, GalleryProps { locale: query }).render();
    }
}

fn asked(name: &str) -> Option<String> {
    let search = gloo::utils::window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

#[derive(Properties, PartialEq)]
struct GalleryProps {
    locale: Locale,
}

#[component]
fn Gallery(props: &GalleryProps) -> Html {
    let hash = gloo::utils::window().location().hash().unwrap_or_default();
    let page = match hash.as_str() {
        "#hq" => html! { <Framed trainer={false}><hq::Overview /></Framed> },
        "#table" => html! { <Framed trainer={false}><hq::Report /></Framed> },
        "#start" => html! { <Start /> },
        "#parts" => html! { <Framed trainer={false}><parts::Parts /></Framed> },
        _ => html! { <Framed trainer={true}><session::Session /></Framed> },
    };
    html! { <LocaleProvider initial={props.locale}>{ page }</LocaleProvider> }
}

#[derive(Properties, PartialEq)]
struct FramedProps {
    trainer: bool,
    children: Html,
}

#[component]
fn Framed(props: &FramedProps) -> Html {
    let locale = use_locale();
    let open = use_state(|| asked("sheet").is_some());
    let section = |href: &'static str, label: &'static str, icon, current, count| Section {
        href: href.into(),
        label: label.into(),
        icon,
        current,
        count,
    };
    let sections: Rc<[Section]> = if props.trainer {
        Rc::new([
            section("#today", t::trainer_nav_today(locale), Icon::Overview, false, None),
            section("#session", t::trainer_nav_sessions(locale), Icon::Calendar, true, Some(1)),
            section("#ready", t::trainer_nav_ready(locale), Icon::Tablet, false, None),
        ])
    } else {
        Rc::new([
            section("#hq", t::hq_nav_overview(locale), Icon::Overview, true, None),
            section("#programme", t::hq_nav_programme(locale), Icon::Programme, false, None),
            section("#import", t::hq_nav_import(locale), Icon::Import, false, None),
            section("#plan", t::hq_nav_plan(locale), Icon::Plan, false, Some(2)),
            section("#table", t::hq_nav_report(locale), Icon::Report, false, None),
        ])
    };
    let state =
        if props.trainer { SyncState::Offline(14) } else { SyncState::WithCommission("10:42".into()) };
    let name = |at: usize| t::sync_kind_mark(locale, session::NAMES[at % session::NAMES.len()].0).into();
    let waiting: Rc<[(AttrValue, Custody)]> = (0..14).map(|at| (name(at), Custody::OnTablet)).collect();
    let person = if props.trainer { "Айгүл Асанова" } else { "Gulnara Sadykova" };
    html! {
        <>
            <Frame programme="Parliamentary elections 2021" place={if props.trainer { "Naryn · Kochkor" } else { "Kyrgyzstan" }}
                demo_day={TODAY} {sections} {person}
                sync={html! { <SyncPill state={state.clone()} on_open={let open = open.clone(); move |()| open.set(true)} /> }}
                person_menu={html! {
                    <>
                        <MenuItem label={person} detail="Trainer, Naryn" icon={Icon::Person} current={true} />
                        <MenuItem label="Gulnara Sadykova" detail="Headquarters" icon={Icon::Person} />
                        <MenuItem label={t::common_add_account(locale)} icon={Icon::Plus} />
                    </>
                }}>
                { props.children.clone() }
            </Frame>
            <SyncSheet open={*open} {state} online={!props.trainer} {waiting} waiting_count={14} last_success="9 Mar, 18:05"
                storage={Storage { used_bytes: 12_400_000, free_bytes: 8_200_000_000, kept: false, refused: true, too_little_for: None }}
                receipt={Receipt { counts: t::records_receipt_counts(locale, 209, 3, 0).into(), when: "9 Mar, 18:05".into() }}
                on_close={move |()| open.set(false)} on_sync={|()| ()} />
        </>
    }
}

#[component]
fn Start() -> Html {
    let locale = use_locale();
    let code = use_state(|| AttrValue::Static("7KQ2M"));
    html! {
        <Frame>
            <div class="welcome">
                <header class="welcome__head">
                    <ProductMark />
                    <h1>{ t::start_title(locale) }</h1>
                    <p>{ t::start_lead(locale) }</p>
                </header>
                <div class="doors">
                    <Door href="#join" icon={Icon::Qr} title={t::start_join(locale)} detail={t::start_join_detail(locale)}
                        leading={true} />
                    <Door href="#check" icon={Icon::Certificate} title={t::start_check(locale)}
                        detail={t::start_check_detail(locale)} />
                    <Door href="#demo" icon={Icon::Play} title={t::start_demo(locale)} detail={t::start_demo_detail(locale)} />
                </div>
                <div class="doors">
                    <CodeInput id="code" label={t::start_join_label(locale)} hint={t::start_join_hint(locale)} length={16}
                        value={(*code).clone()} on_input={move |typed| code.set(typed)} />
                </div>
            </div>
        </Frame>
    }
}
