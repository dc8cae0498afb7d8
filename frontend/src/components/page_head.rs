//! The head of a screen: its name, a sentence, its actions.

use super::icon::{Icon, IconMark};
use super::link::Link;
use yew::prelude::*;

/// What the head of a screen takes.
#[derive(Properties, PartialEq)]
pub struct PageHeadProps {
    /// The screen's name.
    pub title: AttrValue,
    /// A sentence about it.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// Where the screen above is, and its name.
    #[prop_or_default]
    pub back: Option<(AttrValue, AttrValue)>,
    /// Its actions: buttons.
    #[prop_or_default]
    pub actions: Html,
}

/// The head of a screen.
#[component]
pub fn PageHead(props: &PageHeadProps) -> Html {
    html! {
        <header class="page-head">
            if let Some((href, label)) = &props.back {
                <Link href={href.clone()} class="page-head__back">
                    <IconMark icon={Icon::Backward} /><span>{ label }</span>
                </Link>
            }
            <div class="page-head__row">
                <div class="page-head__words">
                    <h1>{ &props.title }</h1>
                    if let Some(lead) = &props.lead { <p class="page-head__lead">{ lead }</p> }
                </div>
                <div class="page-head__actions">{ props.actions.clone() }</div>
            </div>
        </header>
    }
}
