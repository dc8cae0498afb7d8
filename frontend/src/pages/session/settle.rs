//! Settling a disagreement: both observations side by side, then what holds.

use crate::components::attendance_row::Attendance;
use crate::components::button::{Button, Weight};
use crate::components::definition_list::{Definition, DefinitionList};
use crate::components::dialog::Dialog;
use crate::components::radio_group::RadioGroup;
use crate::components::select::Choice;
use crate::i18n::{fmt_moment, t, use_locale};
use crate::pages::words;
use crate::store::{use_dispatch, use_selector};
use frontend_state::{Msg, select};
use shared::id::{PersonId, SessionId};
use std::rc::Rc;
use yew::prelude::*;

/// What is to be settled.
#[derive(Properties, PartialEq)]
pub struct SettleProps {
    /// The session.
    pub session: SessionId,
    /// Which of its days.
    pub day: u8,
    /// The person.
    pub person: PersonId,
    /// Settled, or left as it is.
    pub on_close: Callback<()>,
}

/// Settling a disagreement.
#[component]
pub fn Settle(props: &SettleProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let SettleProps { session, day, person, .. } = *props;
    let row = use_selector((session, day, person), |model, (session, day, person)| {
        let utc_offset_min = select::programme(model).map_or(0, |p| p.utc_offset_min);
        (select::row(model, *session, *day, *person), utc_offset_min)
    });
    let chosen = use_state_eq(AttrValue::default);
    let on_choice = use_callback(chosen.setter(), |value: AttrValue, chosen| chosen.set(value));
    let (Some(row), utc_offset_min) = (&row.0, row.1) else { return html! {} };
    let choices: Rc<[Choice]> =
        Attendance::ALL.into_iter().map(|a| Choice::new(a.value(), a.word(locale))).collect();
    let items: Rc<[Definition]> = row
        .seen
        .iter()
        .map(|seen| {
            let who = match (&seen.observer, seen.own) {
                (_, true) => t::session_you(locale).to_owned(),
                (Some(name), false) => name.clone(),
                (None, false) => t::session_other_observer(locale).to_owned(),
            };
            Definition::text(who, words::attendance(seen.status).word(locale)).with_note(fmt_moment(
                locale,
                seen.at,
                utc_offset_min,
            ))
        })
        .collect();
    let picked = Attendance::ALL.into_iter().find(|a| a.value() == chosen.as_str());
    let settle = {
        let on_close = props.on_close.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(picked) = picked {
                dispatch.emit(Msg::Resolve { session, day, person, status: words::status(picked) });
                on_close.emit(());
            }
        })
    };
    html! {
        <Dialog id="settle" open={true} title={t::session_resolve_title(locale, &row.name)}
            on_close={props.on_close.clone()} actions={html! {
                <Button label={t::session_resolve(locale)} weight={Weight::Primary} disabled={picked.is_none()}
                    onclick={settle} />
            }}>
            <p>{ t::session_resolve_explained(locale) }</p>
            <DefinitionList {items} />
            <RadioGroup name="settle" legend={t::session_resolve_holds(locale)} {choices} value={(*chosen).clone()}
                {on_choice} />
        </Dialog>
    }
}
