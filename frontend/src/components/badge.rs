//! A status in a word: icon, word, colour.

use super::icon::{Icon, IconMark};
use super::tone::Tone;
use yew::prelude::*;

/// What a badge takes.
#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    /// Its meaning.
    #[prop_or_default]
    pub tone: Tone,
    /// Another icon than the tone's.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// The word.
    pub label: AttrValue,
}

/// A status in a word.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    html! {
        <span class={classes!("badge", format!("badge--{}", props.tone.suffix()))}>
            <IconMark icon={props.icon.unwrap_or(props.tone.icon())} />
            <span class="badge__word">{ &props.label }</span>
        </span>
    }
}
