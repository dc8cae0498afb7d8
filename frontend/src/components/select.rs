//! A choice of one from a list that would not fit the screen: the device's own list.

use super::field::{FieldFrame, described_by};
use super::icon::{Icon, IconMark};
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its value; unique in the list, and the key.
    pub value: AttrValue,
    /// Its words.
    pub label: AttrValue,
    /// More about it; shown by radio groups.
    pub hint: Option<AttrValue>,
}

impl Choice {
    /// A choice without more about it.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// The same with more about it.
    pub fn with_hint(mut self, hint: impl Into<AttrValue>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// What a list takes.
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// The label is for those who do not see the heading beside it.
    #[prop_or_default]
    pub label_hidden: bool,
    /// What can be chosen.
    pub choices: Rc<[Choice]>,
    /// The value that is chosen.
    pub value: AttrValue,
    /// Another value was chosen.
    pub on_choice: Callback<AttrValue>,
    /// What to know before choosing.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// A choice of one from a list.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let onchange = use_callback(props.on_choice.clone(), |event: Event, emit| {
        if let Some(list) = event.target_dyn_into::<HtmlSelectElement>() {
            emit.emit(list.value().into());
        }
    });
    html! {
        <FieldFrame id={props.id.clone()} label={props.label.clone()} label_hidden={props.label_hidden}
            hint={props.hint.clone()} error={props.error.clone()}>
            <div class="select">
                <select id={props.id.clone()} {onchange}
                    aria-invalid={props.error.is_some().then_some("true")}
                    aria-describedby={described_by(&props.id, props.hint.is_some(), props.error.is_some())}>
                    { for props.choices.iter().map(|choice| html! {
                        <option key={choice.value.to_string()} value={choice.value.clone()}
                            selected={choice.value == props.value}>{ &choice.label }</option>
                    }) }
                </select>
                <IconMark icon={Icon::Down} />
            </div>
        </FieldFrame>
    }
}
