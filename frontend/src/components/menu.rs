//! A menu that opens under its button: a native disclosure that closes when the focus or the Escape key leaves it.

use super::icon::{Icon, IconMark};
use super::link::Link;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{HtmlDetailsElement, HtmlElement, Node};
use yew::prelude::*;

/// What a menu takes.
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// What the menu is, for those who do not see it.
    pub name: AttrValue,
    /// What its button shows.
    pub button: Html,
    /// Its items.
    pub children: Html,
}

/// A menu.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let node = use_node_ref();
    let onfocusout = use_callback(node.clone(), |event: FocusEvent, node| {
        let Some(details) = node.cast::<HtmlDetailsElement>() else { return };
        let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        if to.is_some() && !details.contains(to.as_ref()) {
            details.set_open(false);
        }
    });
    let onkeydown = use_callback(node.clone(), |event: KeyboardEvent, node| {
        let Some(details) = node.cast::<HtmlDetailsElement>() else { return };
        if event.key() == "Escape" && details.open() {
            event.stop_propagation();
            details.set_open(false);
            if let Ok(Some(summary)) = details.query_selector("summary")
                && let Ok(summary) = summary.dyn_into::<HtmlElement>()
            {
                // The button is there and can take the focus.
                let _ = summary.focus();
            }
        }
    });
    // A chosen item has done its work: the menu gives way.
    let onclick = use_callback(node.clone(), |_: MouseEvent, node| {
        if let Some(details) = node.cast::<HtmlDetailsElement>() {
            details.set_open(false);
        }
    });
    html! {
        <details class="menu" ref={node} {onfocusout} {onkeydown}>
            <summary class="menu__button" aria-label={props.name.clone()}>{ props.button.clone() }</summary>
            <div class="menu__list" {onclick}>{ props.children.clone() }</div>
        </details>
    }
}

/// What an item of a menu takes.
#[derive(Properties, PartialEq)]
pub struct MenuItemProps {
    /// Its words.
    pub label: AttrValue,
    /// More about it, below.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// Its icon.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// Where it leads; without it the item is a button.
    #[prop_or_default]
    pub href: Option<AttrValue>,
    /// Whether it is the chosen one.
    #[prop_or_default]
    pub current: bool,
    /// Pressed.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
}

/// An item of a menu.
#[component]
pub fn MenuItem(props: &MenuItemProps) -> Html {
    let inside = html! {
        <>
            if let Some(icon) = props.icon { <IconMark {icon} /> }
            <span class="menu__words">
                <span>{ &props.label }</span>
                if let Some(detail) = &props.detail { <small>{ detail }</small> }
            </span>
            if props.current { <IconMark icon={Icon::Check} /> }
        </>
    };
    match &props.href {
        Some(href) => html! {
            <Link href={href.clone()} class="menu__item" current={props.current}>{ inside }</Link>
        },
        None => html! {
            <button type="button" class="menu__item" onclick={props.onclick.clone()}
                aria-current={props.current.then_some("true")}>{ inside }</button>
        },
    }
}
