//! One line of text to fill in: label, hint, what is wrong.

use super::icon::{Icon, IconMark};
use crate::i18n::{t, use_locale};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What surrounds any control: label above, hint under it, the error before the control.
#[derive(Properties, PartialEq)]
pub struct FieldFrameProps {
    /// The control's id; the ids of hint and error are made from it.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// The label is for those who do not see the heading beside it.
    #[prop_or_default]
    pub label_hidden: bool,
    /// What to know before filling it in.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// May stay empty, and says so.
    #[prop_or_default]
    pub optional: bool,
    /// The control.
    pub children: Html,
}

/// The ids that describe a control, for `aria-describedby`.
pub fn described_by(id: &str, hint: bool, error: bool) -> Option<AttrValue> {
    match (hint, error) {
        (true, true) => Some(format!("{id}-hint {id}-error").into()),
        (true, false) => Some(format!("{id}-hint").into()),
        (false, true) => Some(format!("{id}-error").into()),
        (false, false) => None,
    }
}

/// What surrounds any control.
#[component]
pub fn FieldFrame(props: &FieldFrameProps) -> Html {
    let locale = use_locale();
    let id = &props.id;
    html! {
        <div class={classes!("field", props.error.is_some().then_some("field--wrong"))}>
            <label class={classes!("field__label", props.label_hidden.then_some("visually-hidden"))} for={id.clone()}>
                { &props.label }
                if props.optional { <span class="field__optional">{ t::common_optional(locale) }</span> }
            </label>
            if let Some(hint) = &props.hint {
                <p class="field__hint" id={format!("{id}-hint")}>{ hint }</p>
            }
            if let Some(error) = &props.error {
                <p class="field__error" id={format!("{id}-error")}>
                    <IconMark icon={Icon::Attention} /><span>{ error }</span>
                </p>
            }
            { props.children.clone() }
        </div>
    }
}

/// What a line of text takes.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// The label is for those who do not see the heading beside it.
    #[prop_or_default]
    pub label_hidden: bool,
    /// What is written in it.
    pub value: AttrValue,
    /// Each change, as typed.
    pub on_input: Callback<AttrValue>,
    /// What to know before filling it in.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong, and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// May stay empty, and says so.
    #[prop_or_default]
    pub optional: bool,
    /// The kind of input: `text`, `search`, `tel`, `date`.
    #[prop_or_else(|| AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// The `autocomplete` token.
    #[prop_or_else(|| AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
}

/// A line of text.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let oninput = use_callback(props.on_input.clone(), |event: InputEvent, emit| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            emit.emit(input.value().into());
        }
    });
    html! {
        <FieldFrame id={props.id.clone()} label={props.label.clone()} label_hidden={props.label_hidden}
            hint={props.hint.clone()} error={props.error.clone()} optional={props.optional}>
            <div class={classes!("field__line", (props.kind == "search").then_some("field__line--search"))}>
                if props.kind == "search" { <IconMark icon={Icon::Search} /> }
                <input class="field__input" id={props.id.clone()} type={props.kind.clone()} dir="auto"
                    value={props.value.clone()} {oninput} autocomplete={props.autocomplete.clone()}
                    placeholder={(props.label_hidden && props.kind == "search").then(|| props.label.clone())}
                    aria-invalid={props.error.is_some().then_some("true")}
                    aria-describedby={described_by(&props.id, props.hint.is_some(), props.error.is_some())} />
            </div>
        </FieldFrame>
    }
}
