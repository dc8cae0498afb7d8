//! A message that stays: what it is, in a word and an icon; what to know; what to do.

use super::icon::IconMark;
use super::tone::Tone;
use crate::i18n::use_locale;
use yew::prelude::*;

/// What a notice takes.
#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// Its meaning.
    #[prop_or(Tone::Note)]
    pub tone: Tone,
    /// Its first line; else the tone's word.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Read out at once when it appears: for errors after an action.
    #[prop_or_default]
    pub urgent: bool,
    /// What to know.
    #[prop_or_default]
    pub children: Html,
    /// What to do: buttons.
    #[prop_or_default]
    pub actions: Html,
}

/// A message that stays.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let locale = use_locale();
    let title = props.title.clone().unwrap_or_else(|| props.tone.word(locale).into());
    html! {
        <div class={classes!("notice", format!("notice--{}", props.tone.suffix()))}
            role={props.urgent.then_some("alert")}>
            <IconMark icon={props.tone.icon()} />
            <div class="notice__words">
                <strong class="notice__title">{ title }</strong>
                <div class="notice__text">{ props.children.clone() }</div>
            </div>
            if props.actions != Html::default() {
                <div class="notice__actions">{ props.actions.clone() }</div>
            }
        </div>
    }
}
