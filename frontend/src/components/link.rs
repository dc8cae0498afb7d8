//! A link inside the page: an ordinary `<a href>` whose plain click is given to the router.

use yew::prelude::*;

/// The router's way of going to an address of the page; provided once as context, near the root.
#[derive(Clone, PartialEq)]
pub struct Navigate(pub Callback<AttrValue>);

/// What a link takes.
#[derive(Properties, PartialEq)]
pub struct LinkProps {
    /// Where to.
    pub href: AttrValue,
    /// Its classes.
    #[prop_or_default]
    pub class: Classes,
    /// Whether it leads to where the reader is.
    #[prop_or_default]
    pub current: bool,
    /// What it shows.
    pub children: Html,
}

/// A link inside the page; a click with a modifier key stays the browser's.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let navigate = use_context::<Navigate>();
    let onclick = use_callback((props.href.clone(), navigate), |event: MouseEvent, (href, navigate)| {
        let plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if let (true, Some(Navigate(go))) = (plain, navigate) {
            event.prevent_default();
            go.emit(href.clone());
        }
    });
    html! {
        <a href={props.href.clone()} class={props.class.clone()} {onclick}
            aria-current={props.current.then_some("page")}>
            { props.children.clone() }
        </a>
    }
}
