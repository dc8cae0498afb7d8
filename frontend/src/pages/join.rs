//! Joining this device by a code: the form, alone on the start screen or as a page of its own.

use super::words;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::code_input::CodeInput;
use crate::components::page_head::PageHead;
use crate::i18n::{t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::Msg;
use frontend_state::model::Join;
use yew::prelude::*;

/// Characters of a code.
const LENGTH: u8 = 17;

/// The form.
#[component]
pub fn JoinForm() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let join = use_selector((), |model, ()| model.join.clone());
    let code = use_state_eq(AttrValue::default);
    let on_input = use_callback(code.setter(), |typed: AttrValue, code| code.set(typed));
    let working = *join == Join::Working;
    let onsubmit = {
        let code = code.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Msg::Join(code.to_string()));
        })
    };
    let error = match &*join {
        Join::Failed(failure) => Some(AttrValue::from(words::join_failure(locale, failure))),
        Join::Idle | Join::Working => None,
    };
    let label = if working { t::start_join_working(locale) } else { t::start_join_button(locale) };
    html! {
        <Card title={t::start_join_title(locale)} leading={true}>
            <form class="join" {onsubmit}>
                <CodeInput id="join-code" label={t::start_join_label(locale)} hint={t::start_join_hint(locale)}
                    {error} length={LENGTH} value={(*code).clone()} {on_input} />
                <Button {label} weight={Weight::Primary} large={true} submit={true}
                    disabled={working || code.is_empty()} />
            </form>
        </Card>
    }
}

/// Joining one more account, as a page.
#[component]
pub fn JoinPage() -> Html {
    let locale = use_locale();
    html! {
        <div class="narrow">
            <PageHead title={t::common_add_account(locale)}
                back={(AttrValue::Static("/"), AttrValue::Static(t::common_back(locale)))} />
            <JoinForm />
        </div>
    }
}
