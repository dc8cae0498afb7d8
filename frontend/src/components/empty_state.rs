//! Nothing is here yet: one sentence that teaches, one button that begins.

use super::icon::{Icon, IconMark};
use yew::prelude::*;

/// What an empty state takes.
#[derive(Properties, PartialEq)]
pub struct EmptyStateProps {
    /// What will be here.
    pub icon: Icon,
    /// One sentence.
    pub sentence: AttrValue,
    /// One button.
    #[prop_or_default]
    pub children: Html,
}

/// Nothing is here yet.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="empty-state">
            <IconMark icon={props.icon} />
            <p>{ &props.sentence }</p>
            { props.children.clone() }
        </div>
    }
}
