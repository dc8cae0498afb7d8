//! A door on the start page: one large link with what is behind it.

use super::icon::{Icon, IconMark};
use super::link::Link;
use yew::prelude::*;

/// What a door takes.
#[derive(Properties, PartialEq)]
pub struct DoorProps {
    /// Where to.
    pub href: AttrValue,
    /// Its icon.
    pub icon: Icon,
    /// Its words.
    pub title: AttrValue,
    /// What is behind it.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// The door most people take.
    #[prop_or_default]
    pub leading: bool,
}

/// A door; place several in an element of class `doors`.
#[component]
pub fn Door(props: &DoorProps) -> Html {
    html! {
        <Link href={props.href.clone()} class={classes!("door", props.leading.then_some("door--leading"))}>
            <IconMark icon={props.icon} />
            <span class="door__words">
                <strong>{ &props.title }</strong>
                if let Some(detail) = &props.detail { <span class="door__detail">{ detail }</span> }
            </span>
            <IconMark icon={Icon::Forward} />
        </Link>
    }
}
