//! Long work: what is being done, how far, how long still, and a way to stop it.

use super::button::{Button, Weight};
use crate::i18n::{fmt_percent, t, use_locale};
use yew::prelude::*;

/// What the bar takes.
#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// What is being done.
    pub label: AttrValue,
    /// How much is done.
    pub done: u32,
    /// Of how much; zero while that is not known.
    pub total: u32,
    /// In numbers: "31,000 of 1,500,000 rows · 104,000 rows a second · about 14 s left".
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// Stops the work; without it there is no button.
    #[prop_or_default]
    pub on_cancel: Option<Callback<()>>,
}

/// Long work.
#[component]
pub fn Progress(props: &ProgressProps) -> Html {
    let locale = use_locale();
    let onclick = use_callback(props.on_cancel.clone(), |_: MouseEvent, cancel| {
        if let Some(cancel) = cancel {
            cancel.emit(());
        }
    });
    let share = (props.total > 0).then(|| fmt_percent(locale, props.done.into(), props.total.into()));
    html! {
        <div class="progress">
            <div class="progress__words">
                <label for={props.id.clone()}>{ &props.label }</label>
                if let Some(share) = &share { <span class="progress__share">{ share }</span> }
            </div>
            <progress id={props.id.clone()} max={props.total.max(1).to_string()}
                value={share.is_some().then(|| props.done.to_string())}>{ share.clone() }</progress>
            <div class="progress__foot">
                <p class="progress__detail">{ props.detail.clone() }</p>
                if props.on_cancel.is_some() {
                    <Button label={t::common_cancel(locale)} weight={Weight::Quiet} {onclick} />
                }
            </div>
        </div>
    }
}
