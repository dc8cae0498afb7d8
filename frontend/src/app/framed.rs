//! The frame of an open account: programme, place, sync pill, sections of the role, accounts of this browser.

use super::sheet::{Alerts, Sync};
use crate::components::frame::{Frame, Section};
use crate::components::icon::Icon;
use crate::components::menu::MenuItem;
use crate::components::toast::{Toast, ToastMessage};
use crate::i18n::{Locale, t, use_locale};
use crate::pages::words;
use crate::store::{use_dispatch, use_selector};
use frontend_state::model::{AccountEntry, Done};
use frontend_state::{HqPage, Model, Msg, Route, select};
use shared::grant::AccountRole;
use shared::programme::Text;
use shared::time::Day;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Top {
    programme: Option<Text>,
    place: Option<Text>,
    demo_day: Option<Day>,
    name: String,
    role: Option<AccountRole>,
    route: Route,
    account: Option<AccountEntry>,
    accounts: Vec<AccountEntry>,
    disputes: u32,
}

fn top(model: &Model) -> Top {
    let open = model.account.as_ref();
    let programme = select::programme(model);
    let shard = open.and_then(|o| o.grants.iter().find_map(|g| g.shard.clone()));
    let place = shard.as_ref().and_then(|shard| {
        programme.as_ref()?.units.iter().find(|u| u.shard.as_ref() == Some(shard)).map(|u| u.name.clone())
    });
    let me = open.and_then(|o| o.me.as_ref());
    Top {
        programme: programme.map(|p| p.title.clone()),
        place,
        demo_day: me.filter(|m| m.day_offset != 0).map(|_| model.today()),
        name: open.map(|o| o.entry.name.clone()).unwrap_or_default(),
        role: model.role(),
        route: model.location.route,
        account: open.map(|o| o.entry.clone()),
        accounts: model.accounts.clone(),
        disputes: if model.role() == Some(AccountRole::Coordinator) {
            open.map_or(0, |o| o.disputes)
        } else {
            0
        },
    }
}

/// What the frame holds.
#[derive(Properties, PartialEq)]
pub struct FramedProps {
    /// The screen.
    pub children: Html,
}

/// The frame.
#[component]
pub fn Framed(props: &FramedProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let top = use_selector((), |model, ()| top(model));
    let tag = locale.tag();
    let programme = top.programme.as_ref().map_or(String::new(), |title| title.in_locale(tag).to_owned());
    let place = top.place.as_ref().map(|p| AttrValue::from(p.in_locale(tag).to_owned()));
    let menu = html! {
        <>
            { for top.accounts.iter().map(|entry| {
                let (dispatch, account) = (dispatch.clone(), entry.account);
                let current = top.account.as_ref().is_some_and(|a| a.account == account);
                let label = if current { entry.name.clone() } else { t::common_switch_account(locale, &entry.name) };
                html! {
                    <MenuItem key={account.0} icon={Icon::Person} {label} {current}
                        detail={entry.role.map(|r| words::role(locale, r))}
                        onclick={move |_: MouseEvent| dispatch.emit(Msg::Switch(account))} />
                }
            }) }
            <MenuItem icon={Icon::Plus} label={t::common_add_account(locale)} href="/join" />
        </>
    };
    html! {
        <Frame {programme} {place} demo_day={top.demo_day} sections={sections(locale, &top)}
            sync={html! { <Sync /> }} person={top.name.clone()} person_menu={menu}>
            <Alerts />
            { props.children.clone() }
            <JustDone />
        </Frame>
    }
}

fn sections(locale: Locale, top: &Top) -> Rc<[Section]> {
    let section = |href: &'static str, label: &'static str, icon, current, count: Option<u32>| Section {
        href: href.into(),
        label: label.into(),
        icon,
        current,
        count,
    };
    let at = top.route;
    let page = |page: HqPage| {
        let (label, icon) = match page {
            HqPage::Overview => (t::hq_nav_overview(locale), Icon::Overview),
            HqPage::Programme => (t::hq_nav_programme(locale), Icon::Programme),
            HqPage::Import => (t::hq_nav_import(locale), Icon::Import),
            HqPage::Plan => (t::hq_nav_plan(locale), Icon::Plan),
            HqPage::Report => (t::hq_nav_report(locale), Icon::Report),
            HqPage::Access => (t::hq_nav_people(locale), Icon::Key),
            HqPage::Held => (t::held_title(locale), Icon::Note),
        };
        section(page.path(), label, icon, at == Route::Hq(page), None)
    };
    match top.role {
        Some(AccountRole::Trainer) => Rc::new([
            section("/", t::trainer_nav_today(locale), Icon::Calendar, at == Route::Home, None),
            section(
                "/sessions",
                t::trainer_nav_sessions(locale),
                Icon::People,
                matches!(at, Route::Sessions | Route::Session(_)),
                None,
            ),
            section("/ready", t::trainer_nav_ready(locale), Icon::Tablet, at == Route::Ready, None),
        ]),
        Some(AccountRole::Coordinator) => {
            let sessions = matches!(at, Route::Home | Route::Sessions | Route::Session(_));
            let disputes = (top.disputes > 0).then_some(top.disputes);
            let first = section("/", t::trainer_nav_sessions(locale), Icon::People, sessions, disputes);
            // Five fit a phone; the report opens from the overview.
            let pages = [HqPage::Overview, HqPage::Import, HqPage::Plan, HqPage::Access];
            core::iter::once(first).chain(pages.map(page)).collect()
        }
        Some(AccountRole::Hq | AccountRole::Approver | AccountRole::Auditor) => HqPage::ALL
            .into_iter()
            .filter(|page| {
                // A region's held records are its coordinator's.
                *page != HqPage::Held
                    && (top.role == Some(AccountRole::Hq) || !matches!(page, HqPage::Import | HqPage::Access))
            })
            .map(page)
            .collect(),
        Some(AccountRole::Monitor | AccountRole::Trainee) | None => Rc::new([]),
    }
}

/// What was just done, with a way to take it back.
#[component]
fn JustDone() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let toast = use_selector((), |model, ()| {
        model.toast.clone().map(|toast| {
            let name = match &toast.what {
                Done::Marked { person, .. } | Done::ResolutionAsked { person, .. } => {
                    select::person_name(model, *person)
                }
                Done::EveryonePresent { .. } | Done::TakenBack | Done::Ready => String::new(),
            };
            (toast, name)
        })
    });
    let on_undo = use_callback(dispatch.clone(), |number: u64, dispatch| dispatch.emit(Msg::Undo(number)));
    let on_gone = use_callback(dispatch, |number: u64, dispatch| dispatch.emit(Msg::ToastGone(number)));
    let message = toast.as_ref().as_ref().map(|(toast, name)| ToastMessage {
        number: toast.number,
        text: words::done(locale, &toast.what, name).into(),
        undo: toast.undo.is_some(),
    });
    html! { <Toast {message} {on_undo} {on_gone} /> }
}
