//! The language as context: a provider at the root, a hook in each component.

use super::Locale;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Chosen {
    locale: Locale,
    set: Callback<Locale>,
}

/// What the provider takes.
#[derive(Properties, PartialEq)]
pub struct LocaleProviderProps {
    /// The language to begin with: the one last chosen on this device, else [`Locale::best_of`] the browser's.
    pub initial: Locale,
    /// Told of each choice, to keep it.
    #[prop_or_default]
    pub on_choice: Callback<Locale>,
    /// The page.
    pub children: Html,
}

/// Holds the language, and sets `lang` and `dir` of the document.
#[component]
pub fn LocaleProvider(props: &LocaleProviderProps) -> Html {
    let locale = use_state_eq(|| props.initial);
    let set = {
        let locale = locale.clone();
        use_callback(props.on_choice.clone(), move |choice: Locale, on_choice| {
            locale.set(choice);
            on_choice.emit(choice);
        })
    };
    use_effect_with(*locale, |locale| {
        let root = gloo::utils::document_element();
        // Refused only for names that are no attribute names.
        let _ = root.set_attribute("lang", locale.tag());
        let _ = root.set_attribute("dir", locale.dir());
    });
    html! {
        <ContextProvider<Chosen> context={Chosen { locale: *locale, set }}>
            { props.children.clone() }
        </ContextProvider<Chosen>>
    }
}

/// The language of the page; English outside a provider.
#[hook]
pub fn use_locale() -> Locale {
    use_context::<Chosen>().map(|c| c.locale).unwrap_or_default()
}

/// Changes the language of the page.
#[hook]
pub fn use_locale_setter() -> Callback<Locale> {
    use_context::<Chosen>().map_or_else(Callback::noop, |c| c.set)
}
