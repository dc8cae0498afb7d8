//! There is no such page.

use crate::components::button::ButtonLink;
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::i18n::{t, use_locale};
use yew::prelude::*;

/// There is no such page.
#[component]
pub fn Missing() -> Html {
    let locale = use_locale();
    html! {
        <>
            <PageHead title={t::common_page_missing_title(locale)} />
            <EmptyState icon={Icon::Missing} sentence={t::common_page_missing(locale)}>
                <ButtonLink href="/" label={t::common_go_start(locale)} />
            </EmptyState>
        </>
    }
}
