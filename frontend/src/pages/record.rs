//! One own record in words and buttons.

use super::reasons::{self, Remedy};
use super::words;
use crate::components::badge::Badge;
use crate::components::button::{Button, ButtonLink};
use crate::i18n::{Locale, t};
use frontend_state::select::{Line, RecordState};
use frontend_state::{Msg, Route};
use shared::event::EventId;
use yew::prelude::*;

/// The address of a record.
pub fn address(id: EventId) -> String {
    format!("/records?record={id}")
}

/// What can be done about a record, as buttons. `shown` says that it stands on the screen in full already.
pub fn actions(locale: Locale, dispatch: &Callback<Msg>, line: &Line, shown: bool) -> Html {
    let Some(reason) = &line.reason else { return html! {} };
    let send = |msg: fn(EventId) -> Msg| {
        let (dispatch, id) = (dispatch.clone(), line.id);
        move |_: MouseEvent| dispatch.emit(msg(id))
    };
    let button = |remedy: &Remedy| match remedy {
        Remedy::Repeat if line.may_repeat && line.state == RecordState::Refused => {
            html! { <Button label={t::records_repeat(locale)} onclick={send(Msg::WriteAgain)} /> }
        }
        Remedy::OpenSession => match line.session {
            Some((session, _)) => html! {
                <ButtonLink href={Route::Session(session).path()} label={t::records_open_session(locale)} />
            },
            None => html! {},
        },
        Remedy::Show if !shown => html! {
            <ButtonLink href={address(line.id)} label={t::records_show_coordinator(locale)} />
        },
        Remedy::Store => {
            html! { <Button label={t::common_retry(locale)} onclick={send(|_| Msg::RetryWrites)} /> }
        }
        Remedy::Repeat | Remedy::Show => html! {},
    };
    html! {
        <>
            { for reasons::remedies(reason).iter().map(button) }
            if line.state == RecordState::Refused {
                <Button label={t::records_put_away(locale)} onclick={send(Msg::PutAway)} />
            }
        </>
    }
}

/// The badge that says where a record is.
pub fn badge(locale: Locale, state: RecordState) -> Html {
    match words::record_state(state).shown(locale) {
        Some((tone, icon, label)) => html! { <Badge {tone} {icon} {label} /> },
        None => html! {},
    }
}

/// "Session 12 · 10 March, 10:42".
pub fn when(locale: Locale, line: &Line, utc_offset_min: i32) -> String {
    let time = words::moment(locale, line.at, utc_offset_min);
    match line.session {
        Some((_, number)) => {
            t::records_of_session(locale, &t::session_numbered(locale, &number.to_string()), &time)
        }
        None => time.to_string(),
    }
}
