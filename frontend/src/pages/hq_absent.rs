//! In place of headquarters' screens, in the small application that trainers load: the large one is on its way.

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
