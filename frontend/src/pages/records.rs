//! Every own record and where it is. Only the rows in view are read and drawn: there may be ten thousand.

use super::record::{badge, when};
use super::record_full::Record;
use super::words;
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::link::Link;
use crate::components::page_head::PageHead;
use crate::components::radio_group::RadioGroup;
use crate::components::select::Choice;
use crate::components::virtual_list::VirtualList;
use crate::i18n::{Locale, fmt_number, t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::select::{self, Group};
use frontend_state::{Location, Msg};
use shared::event::EventId;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::Key;

/// Two lines, and on a phone the badge under them.
const ROW_PX: u32 = 96;

/// Every own record.
#[component]
pub fn Records() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let asked = use_selector((), |model, ()| {
        let group = Group::of(model.location.asked("state").unwrap_or_default());
        (group, model.location.asked("record").and_then(|id| id.parse::<EventId>().ok()))
    });
    let (group, open) = *asked;
    let records = use_selector(group, |model, group| select::records(model, *group));
    let on_choice = use_callback(dispatch, |code: AttrValue, dispatch| {
        dispatch.emit(Msg::Go(Location::of(&format!("/records?state={code}"))));
    });
    let choices: Rc<[Choice]> = Group::ALL
        .into_iter()
        .map(|group| {
            Choice::new(group.code(), name(locale, group))
                .with_hint(fmt_number(locale, records.tally.of(group).into()))
        })
        .collect();
    let row_key = use_callback(records.clone(), |at: u32, records| {
        Key::from(records.ids.get(at as usize).map(ToString::to_string).unwrap_or_default())
    });
    let row = use_callback((records.clone(), group), |at: u32, (records, group)| {
        match records.ids.get(at as usize) {
            Some(id) => html! { <Row id={*id} group={*group} /> },
            None => html! {},
        }
    });
    let count = records.ids.len() as u32;
    html! {
        <>
            <PageHead title={t::records_title(locale)} lead={t::records_lead(locale)} />
            if records.tally.of(Group::All) == 0 {
                <EmptyState icon={Icon::Tablet} sentence={t::records_empty(locale)} />
            } else {
                <div class="record-groups"><RadioGroup name="state" legend={t::records_group(locale)} legend_hidden={true} inline={true}
                    {choices} value={group.code()} {on_choice} /></div>
                if count == 0 {
                    <p role="status">{ t::records_of_group_empty(locale) }</p>
                } else {
                    <VirtualList key={group.code()} label={t::records_title(locale)} {count} row_height_px={ROW_PX}
                        view_height_px={720} {row_key} {row} />
                }
            }
            if let Some(id) = open { <Record {id} back={format!("/records?state={}", group.code())} /> }
        </>
    }
}

fn name(locale: Locale, group: Group) -> &'static str {
    match group {
        Group::All => t::records_group_all(locale),
        Group::Waiting => t::records_group_waiting(locale),
        Group::WithCommission => t::records_group_commission(locale),
        Group::Held => t::records_group_held(locale),
        Group::Attention => t::records_group_attention(locale),
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    id: EventId,
    group: Group,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let locale = use_locale();
    let found = use_selector(props.id, |model, id| {
        (select::line(model, *id), select::programme(model).map_or(0, |p| p.utc_offset_min))
    });
    let (Some(line), utc_offset_min) = (&found.0, found.1) else { return html! {} };
    let href = format!("/records?state={}&record={}", props.group.code(), props.id);
    html! {
        <Link {href} class="record-line">
            <span class="record-line__words">
                <strong>{ words::record(locale, &line.what) }</strong>
                <small>{ when(locale, line, utc_offset_min) }</small>
            </span>
            { badge(locale, line.state) }
        </Link>
    }
}
