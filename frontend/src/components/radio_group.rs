//! A choice of one from a few, all in view.

use super::select::Choice;
use std::rc::Rc;
use yew::prelude::*;

/// What the group takes.
#[derive(Properties, PartialEq)]
pub struct RadioGroupProps {
    /// Unique on the page.
    pub name: AttrValue,
    /// What is chosen.
    pub legend: AttrValue,
    /// The legend is for those who do not see the heading beside it.
    #[prop_or_default]
    pub legend_hidden: bool,
    /// What can be chosen.
    pub choices: Rc<[Choice]>,
    /// The value that is chosen.
    #[prop_or_default]
    pub value: AttrValue,
    /// Side by side, as one strip.
    #[prop_or_default]
    pub inline: bool,
    /// Another value was chosen.
    pub on_choice: Callback<AttrValue>,
}

/// A choice of one from a few.
#[component]
pub fn RadioGroup(props: &RadioGroupProps) -> Html {
    html! {
        <fieldset class={classes!("radio-group", props.inline.then_some("radio-group--inline"))}>
            <legend class={classes!(props.legend_hidden.then_some("visually-hidden"))}>{ &props.legend }</legend>
            <div class="radio-group__choices">
                { for props.choices.iter().map(|choice| {
                    let (emit, value) = (props.on_choice.clone(), choice.value.clone());
                    html! {
                        <label key={choice.value.to_string()} class="radio-group__choice">
                            <input type="radio" name={props.name.clone()} value={choice.value.clone()}
                                checked={choice.value == props.value}
                                onchange={move |_: Event| emit.emit(value.clone())} />
                            <span class="radio-group__words">
                                <span>{ &choice.label }</span>
                                if let Some(hint) = &choice.hint { <small>{ hint }</small> }
                            </span>
                        </label>
                    }
                }) }
            </div>
        </fieldset>
    }
}
