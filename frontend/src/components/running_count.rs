//! How many are there: "31 of 36", with what is missing from the picture beside it.

use super::badge::Badge;
use super::icon::Icon;
use super::tone::Tone;
use crate::i18n::{fmt_number, t, use_locale};
use yew::prelude::*;

/// What the count takes.
#[derive(Properties, PartialEq)]
pub struct RunningCountProps {
    /// Present or late.
    pub present: u32,
    /// On the list.
    pub total: u32,
    /// Not marked by anybody yet.
    pub unmarked: u32,
    /// Seen differently by two observers.
    #[prop_or_default]
    pub disputed: u32,
    /// What can be done for all: buttons.
    #[prop_or_default]
    pub actions: Html,
}

/// How many are there; announced politely when it changes.
#[component]
pub fn RunningCount(props: &RunningCountProps) -> Html {
    let locale = use_locale();
    let unmarked_tone = if props.unmarked == 0 { Tone::Good } else { Tone::Calm };
    html! {
        <section class="running-count">
            <div class="running-count__figures">
            <p class="running-count__figure" role="status">
                <strong>{ t::session_present_of(locale, props.present, props.total) }</strong>
                <span class="running-count__label">{ t::session_present_label(locale) }</span>
            </p>
            <p class="running-count__rest">
                <Badge tone={unmarked_tone} label={t::session_unmarked_count(locale, props.unmarked)} />
                if props.disputed > 0 {
                    <Badge tone={Tone::Attention} icon={Icon::Differ}
                        label={t::session_disputed_count(locale, props.disputed)} />
                }
            </p>
            <progress class="running-count__bar" max={props.total.max(1).to_string()}
                value={props.present.to_string()} aria-hidden="true">
                { fmt_number(locale, props.present.into()) }
            </progress>
            </div>
            <div class="running-count__actions">{ props.actions.clone() }</div>
        </section>
    }
}
