//! The choice of language: a native list laid over an icon and the language's tag.

use super::icon::{Icon, IconMark};
use crate::i18n::{Locale, t, use_locale, use_locale_setter};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The choice of language.
#[component]
pub fn Language() -> Html {
    let locale = use_locale();
    let set = use_locale_setter();
    let onchange = use_callback(set, |event: Event, set| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>();
        if let Some(locale) = chosen.and_then(|list| Locale::from_tag(&list.value())) {
            set.emit(locale);
        }
    });
    let own = (!Locale::OFFERED.contains(&locale)).then_some(locale);
    html! {
        <label class="language">
            <IconMark icon={Icon::Language} />
            <span class="language__name" aria-hidden="true">{ locale.own_name() }</span>
            <select class="language__list" aria-label={t::common_language(locale)} {onchange}>
                { for Locale::OFFERED.into_iter().chain(own).map(|choice| html! {
                    <option key={choice.tag()} value={choice.tag()} selected={choice == locale} lang={choice.tag()}>
                        { choice.own_name() }
                    </option>
                }) }
            </select>
        </label>
    }
}
