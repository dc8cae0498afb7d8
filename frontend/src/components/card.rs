//! A sheet of paper on the page: a heading, what belongs under it, what can be done with it.

use yew::prelude::*;

/// What a card takes.
#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// Its heading.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Beside the heading: a badge, a small button.
    #[prop_or_default]
    pub aside: Html,
    /// The one card of the screen that matters most.
    #[prop_or_default]
    pub leading: bool,
    /// What it holds.
    pub children: Html,
    /// What can be done: buttons.
    #[prop_or_default]
    pub actions: Html,
}

/// A sheet of paper on the page.
#[component]
pub fn Card(props: &CardProps) -> Html {
    html! {
        <section class={classes!("card", props.leading.then_some("card--leading"))}>
            if let Some(title) = &props.title {
                <header class="card__head">
                    <h2>{ title }</h2>
                    <div class="card__aside">{ props.aside.clone() }</div>
                </header>
            }
            <div class="card__body">{ props.children.clone() }</div>
            if props.actions != Html::default() {
                <footer class="card__actions">{ props.actions.clone() }</footer>
            }
        </section>
    }
}
