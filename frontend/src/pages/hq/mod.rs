//! Headquarters' screens.

use frontend_state::HqPage;
use yew::prelude::*;

/// The screen of an address.
pub fn screen(_page: HqPage) -> Html {
    html! {}
}
