//! The page's beginning, its frame, and which screen an address shows.

mod framed;
mod sheet;

use crate::components::link::Navigate;
use crate::i18n::{Locale, LocaleProvider};
use crate::pages;
use crate::shell::spawn::spawn;
use crate::shell::{Shell, connectivity, history, sw};
use crate::store::{Store, use_dispatch, use_selector};
use framed::Framed;
use frontend_state::{Boot, Location, Msg, Route};
use shared::grant::AccountRole;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

use yew::prelude::*;

const LANGUAGE: &str = "cascade-language";

/// Starts the page.
#[wasm_bindgen(start)]
pub fn start() {
    let shell = Rc::new(Shell::default());
    let store = Store::new(shell.clone());
    let Some(root) = gloo::utils::document().get_element_by_id("app") else { return };
    root.set_inner_html("");
    yew::Renderer::<App>::with_root_and_props(root, AppProps { store: store.clone() }).render();
    connectivity::listen(&store.sender());
    sw::register(store.sender());
    spawn(shell.boot(store.sender()));
}

#[derive(Properties, PartialEq)]
struct AppProps {
    store: Store,
}

#[component]
fn App(props: &AppProps) -> Html {
    let on_choice = use_callback((), |locale: Locale, ()| history::remember(LANGUAGE, locale.tag()));
    html! {
        <LocaleProvider initial={first_locale()} {on_choice}>
            <ContextProvider<Store> context={props.store.clone()}>
                <Routed />
            </ContextProvider<Store>>
        </LocaleProvider>
    }
}

/// The language last chosen here, else the first of the browser's wishes that the page has.
fn first_locale() -> Locale {
    if let Some(locale) = history::remembered(LANGUAGE).and_then(|tag| Locale::from_tag(&tag)) {
        return locale;
    }
    let wishes: Vec<String> =
        gloo::utils::window().navigator().languages().iter().filter_map(|l| l.as_string()).collect();
    Locale::best_of(wishes.iter().map(String::as_str))
}

#[derive(Clone, PartialEq)]
struct Shown {
    boot: Boot,
    location: Location,
    has_account: bool,
    role: Option<AccountRole>,
}

#[component]
fn Routed() -> Html {
    let shown = use_selector((), |model, ()| Shown {
        boot: model.boot.clone(),
        location: model.location.clone(),
        has_account: model.account.is_some(),
        role: model.role(),
    });
    let dispatch = use_dispatch();
    let navigate = use_callback(dispatch, |href: AttrValue, dispatch| {
        dispatch.emit(Msg::Go(Location::of(&href)));
    });
    let screen = match (&shown.boot, shown.has_account) {
        (Boot::Reading, _) => html! { <pages::start::Opening /> },
        (Boot::NoStorage, _) => html! { <pages::start::NoStorage /> },
        (Boot::Ready, false) => html! { <pages::start::Start /> },
        (Boot::Ready, true) => html! { <Framed>{ screen(&shown) }</Framed> },
    };
    html! {
        <ContextProvider<Navigate> context={Navigate(navigate)}>
            { screen }
        </ContextProvider<Navigate>>
    }
}

fn screen(shown: &Shown) -> Html {
    match shown.location.route {
        Route::Home if shown.role == Some(AccountRole::Coordinator) => {
            html! { <pages::sessions::Sessions /> }
        }
        Route::Home => html! { <pages::today::Today /> },
        Route::Join => html! { <pages::join::JoinPage /> },
        Route::Sessions => html! { <pages::sessions::Sessions /> },
        Route::Session(session) => html! { <pages::session::Session key={session.0} {session} /> },
        Route::Ready => html! { <pages::ready::Ready /> },
        #[cfg(feature = "office")]
        Route::Records => html! { <pages::records::Records /> },
        #[cfg(feature = "office")]
        Route::Receipts => html! { <pages::receipts::Receipts /> },
        #[cfg(feature = "office")]
        Route::Parcels => html! { <pages::parcels::Parcels /> },
        #[cfg(not(feature = "office"))]
        Route::Records | Route::Receipts | Route::Parcels => html! { <pages::hq::NotHere /> },
        Route::Hq(page) => pages::hq::screen(page),
        Route::Missing => html! { <pages::missing::Missing /> },
    }
}
