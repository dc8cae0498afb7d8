//! Buttons: one primary a screen, quiet for the rest, danger where something ends.

use super::icon::{Icon, IconMark};
use super::link::Link;
use yew::prelude::*;

/// How much a button weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Weight {
    /// The next action of the screen.
    Primary,
    /// Any other.
    #[default]
    Quiet,
    /// Ends or removes something.
    Danger,
    /// Text alone, inside rows and bars.
    Bare,
}

fn class(weight: Weight, large: bool, icon_only: bool) -> Classes {
    let kind = match weight {
        Weight::Primary => "button--primary",
        Weight::Quiet => "button--quiet",
        Weight::Danger => "button--danger",
        Weight::Bare => "button--bare",
    };
    classes!("button", kind, large.then_some("button--large"), icon_only.then_some("button--icon"))
}

/// What a button takes.
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// Its words.
    pub label: AttrValue,
    /// How much it weighs.
    #[prop_or_default]
    pub weight: Weight,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// Shows the icon alone; the words become its name.
    #[prop_or_default]
    pub icon_only: bool,
    /// As tall as an attendance row.
    #[prop_or_default]
    pub large: bool,
    /// Sends the form it stands in.
    #[prop_or_default]
    pub submit: bool,
    /// Cannot be pressed now.
    #[prop_or_default]
    pub disabled: bool,
    /// The id of the text that says why it cannot, or more about it.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Pressed.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let name = props.icon_only.then(|| props.label.clone());
    html! {
        <button type={if props.submit { "submit" } else { "button" }}
            class={class(props.weight, props.large, props.icon_only)}
            disabled={props.disabled} onclick={props.onclick.clone()}
            aria-describedby={props.described_by.clone()}
            aria-label={name.clone()} title={name}>
            if let Some(icon) = props.icon { <IconMark {icon} /> }
            if !props.icon_only { <span>{ &props.label }</span> }
        </button>
    }
}

/// What a link in the shape of a button takes.
#[derive(Properties, PartialEq)]
pub struct ButtonLinkProps {
    /// Its words.
    pub label: AttrValue,
    /// Where to.
    pub href: AttrValue,
    /// How much it weighs.
    #[prop_or_default]
    pub weight: Weight,
    /// An icon before the words.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// As tall as an attendance row.
    #[prop_or_default]
    pub large: bool,
}

/// A link in the shape of a button: for what changes the page, not the records.
#[component]
pub fn ButtonLink(props: &ButtonLinkProps) -> Html {
    html! {
        <Link href={props.href.clone()} class={class(props.weight, props.large, false)}>
            if let Some(icon) = props.icon { <IconMark {icon} /> }
            <span>{ &props.label }</span>
        </Link>
    }
}
