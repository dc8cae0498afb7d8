//! In place of headquarters' screens, in the small application that trainers load: the large one is on its way.

use crate::components::button::ButtonLink;
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::i18n::{t, use_locale};
use frontend_state::HqPage;
use yew::prelude::*;

/// Says that the screen is being fetched.
pub fn screen(_: HqPage) -> Html {
    html! { <Fetching /> }
}

#[function_component]
fn Fetching() -> Html {
    let locale = use_locale();
    html! { <p class="stack" role="status">{ t::common_office_loading(locale) }</p> }
}

/// A screen of the whole application, which is not on this device yet.
#[function_component]
pub fn NotHere() -> Html {
    let locale = use_locale();
    html! {
        <EmptyState icon={Icon::Offline} sentence={t::common_whole_missing(locale)}>
            <ButtonLink href="/ready" label={t::trainer_ready_button(locale)} />
        </EmptyState>
    }
}

/// Nobody here confirms records.
#[function_component]
pub fn HeldNotice() -> Html {
    html! {}
}
