//! All sessions this device may see; those with a disagreement first.

use super::today::line;
use crate::components::empty_state::EmptyState;
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::i18n::{t, use_locale};
use crate::store::use_selector;
use frontend_state::select::{self, Brief};
use yew::prelude::*;

/// Lines shown before "and so many more": typing narrows the list.
const SHOWN_AT_MOST: usize = 100;

/// All sessions.
#[component]
pub fn Sessions() -> Html {
    let locale = use_locale();
    let briefs = use_selector((), |model, ()| select::briefs(model));
    let query = use_state_eq(AttrValue::default);
    let on_input = use_callback(query.setter(), |typed: AttrValue, query| query.set(typed));
    let wanted = select::lower(query.trim());
    let meant = |brief: &&Brief| {
        wanted.is_empty()
            || brief.number.to_string() == wanted
            || select::lower(&brief.venue).contains(&wanted)
            || select::lower(brief.unit.in_locale(locale.tag())).contains(&wanted)
    };
    let found: Vec<&Brief> = briefs.iter().filter(meant).collect();
    let (differ, agree): (Vec<&Brief>, Vec<&Brief>) = found.iter().partition(|b| b.disputed > 0);
    html! {
        <>
            <PageHead title={t::trainer_nav_sessions(locale)}
                lead={t::common_sessions(locale, briefs.len() as u32)} />
            <super::hq::HeldNotice />
            if briefs.is_empty() {
                <EmptyState icon={Icon::Calendar} sentence={t::session_none_published(locale)} />
            } else {
                <Field id="search" kind="search" label={t::session_search(locale)} label_hidden={true}
                    value={(*query).clone()} {on_input} />
            }
            if !differ.is_empty() {
                <section class="session-list session-list--disputed">
                    <h2>{ t::session_disputed(locale) }</h2>
                    <ul>{ for differ.iter().map(|brief| line(locale, brief)) }</ul>
                </section>
            }
            if !agree.is_empty() {
                <section class="session-list">
                    <ul>{ for agree.iter().take(SHOWN_AT_MOST).map(|brief| line(locale, brief)) }</ul>
                    if agree.len() > SHOWN_AT_MOST {
                        <p>{ t::sync_waiting_more(locale, (agree.len() - SHOWN_AT_MOST) as u32) }</p>
                    }
                </section>
            }
        </>
    }
}
