//! Getting ready for days without a connection: a checklist that turns green.

use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::tone::Tone;
use crate::i18n::{DayStyle, Locale, fmt_bytes, fmt_day, t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::{Msg, select};
use yew::prelude::*;

/// The checklist.
#[component]
pub fn Ready() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let ready = use_selector((), |model, ()| select::ready(model));
    let onclick = use_callback(dispatch, |_: MouseEvent, dispatch| dispatch.emit(Msg::GetReady));
    let verdict = if ready.missing == 0 && ready.taken_until.is_some() {
        html! { <Badge tone={Tone::Good} label={t::trainer_ready_all(locale)} /> }
    } else if ready.missing > 0 {
        html! { <Badge tone={Tone::Attention} label={t::trainer_ready_missing(locale, ready.missing)} /> }
    } else {
        html! {}
    };
    let storage = if ready.storage {
        t::trainer_ready_storage_detail(locale)
    } else if ready.storage_refused {
        t::trainer_ready_storage_refused(locale)
    } else {
        t::trainer_ready_storage_ask(locale)
    };
    let has_room = !ready.space.is_some_and(|space| space.is_low);
    let room = ready.space.map_or_else(
        || t::records_space_unknown(locale).to_owned(),
        |space| {
            let (free, need) = (fmt_bytes(locale, space.free_bytes), fmt_bytes(locale, space.need_bytes));
            match (space.is_low, space.is_tried) {
                (true, _) => t::records_space_low(locale, &need),
                (false, true) => t::records_space_tried(locale, &need),
                (false, false) => t::records_space_detail(locale, &free, &need),
            }
        },
    );
    let clock = if ready.clock {
        fmt_day(locale, ready.clock_day, DayStyle::Long)
    } else {
        t::trainer_ready_clock_wrong(locale, &fmt_day(locale, ready.clock_day, DayStyle::Long))
    };
    let label = if ready.working { t::sync_working(locale) } else { t::trainer_ready_button(locale) };
    html! {
        <div class="narrow">
            <PageHead title={t::trainer_ready_title(locale)} lead={t::trainer_ready_lead(locale)} />
            <Card title={t::trainer_ready_checklist(locale)} leading={true} aside={verdict} actions={html! {
                <Button {label} icon={Icon::Tablet} weight={Weight::Primary} large={true} disabled={ready.working}
                    {onclick} />
            }}>
                <ul class="checklist">
                    { item(locale, "roster", ready.roster && ready.programme, t::trainer_ready_roster(locale),
                        &t::trainer_ready_roster_detail(locale, ready.people)) }
                    { item(locale, "storage", ready.storage, t::trainer_ready_storage(locale), storage) }
                    { item(locale, "space", has_room, t::records_space(locale), &room) }
                    { item(locale, "app", ready.app, t::trainer_ready_app(locale), t::trainer_ready_app_detail(locale)) }
                    { item(locale, "clock", ready.clock, t::trainer_ready_clock(locale), &clock) }
                </ul>
                if let Some(until) = ready.taken_until {
                    <p>{ t::trainer_taken(locale, &fmt_day(locale, until, DayStyle::Long)) }</p>
                }
            </Card>
        </div>
    }
}

fn item(locale: Locale, key: &'static str, done: bool, name: &str, detail: &str) -> Html {
    let (tone, label) = if done {
        (Tone::Good, t::common_good(locale))
    } else {
        (Tone::Attention, t::common_missing(locale))
    };
    html! {
        <li {key} class="checklist__item" data-check={key} data-done={done.to_string()}>
            <span class="checklist__words"><strong>{ name }</strong><small>{ detail }</small></span>
            <Badge {tone} {label} />
        </li>
    }
}
