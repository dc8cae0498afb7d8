//! One answer at the top of a screen: a large figure, what it counts, of how many; it opens to what it counts.

use super::link::Link;
use yew::prelude::*;

/// What a tile takes.
#[derive(Properties, PartialEq)]
pub struct StatTileProps {
    /// What the figure counts.
    pub label: AttrValue,
    /// The figure, as shown.
    pub figure: AttrValue,
    /// Of how many: "of 31,150 needed".
    #[prop_or_default]
    pub of: Option<AttrValue>,
    /// How much of how much, as a bar.
    #[prop_or_default]
    pub share: Option<(u32, u32)>,
    /// What it opens to.
    #[prop_or_default]
    pub href: Option<AttrValue>,
}

/// One answer; place several in an element of class `stat-tiles`.
#[component]
pub fn StatTile(props: &StatTileProps) -> Html {
    let inside = html! {
        <>
            <span class="stat-tile__label">{ &props.label }</span>
            <span class="stat-tile__line">
                <strong class="stat-tile__figure">{ &props.figure }</strong>
                if let Some(of) = &props.of { <span class="stat-tile__of">{ of }</span> }
            </span>
            if let Some((part, whole)) = props.share {
                <progress class="stat-tile__bar" aria-hidden="true" max={whole.max(1).to_string()}
                    value={part.to_string()} />
            }
        </>
    };
    match &props.href {
        Some(href) => html! { <Link href={href.clone()} class="stat-tile stat-tile--link">{ inside }</Link> },
        None => html! { <div class="stat-tile">{ inside }</div> },
    }
}
