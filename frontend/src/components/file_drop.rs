//! A file from this device: dropped here or chosen; it is only handed on, nothing is read or sent.

use super::icon::{Icon, IconMark};
use crate::i18n::{fmt_bytes, t, use_locale};
use web_sys::{DragEvent, File, HtmlInputElement};
use yew::prelude::*;

/// What the place for a file takes.
#[derive(Properties, PartialEq)]
pub struct FileDropProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// What to drop.
    pub label: AttrValue,
    /// What may be dropped, and what will happen.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The `accept` list.
    #[prop_or_else(|| AttrValue::Static(".csv,text/csv,.tsv,.txt"))]
    pub accept: AttrValue,
    /// Name and size in bytes of the file that was chosen.
    #[prop_or_default]
    pub chosen: Option<(AttrValue, u64)>,
    /// A file was dropped or chosen.
    pub on_file: Callback<File>,
}

/// A place for a file.
#[component]
pub fn FileDrop(props: &FileDropProps) -> Html {
    let locale = use_locale();
    let over = use_state_eq(|| false);
    let onchange = use_callback(props.on_file.clone(), |event: Event, emit| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            emit.emit(file);
        }
        // So that the same file, put right, can be chosen again.
        input.set_value("");
    });
    let ondragover = use_callback(over.setter(), |event: DragEvent, over| {
        event.prevent_default();
        over.set(true);
    });
    let ondragleave = use_callback(over.setter(), |_: DragEvent, over| over.set(false));
    let ondrop = use_callback((props.on_file.clone(), over.setter()), |event: DragEvent, (emit, over)| {
        event.prevent_default();
        over.set(false);
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            emit.emit(file);
        }
    });
    let hint_id = format!("{}-hint", props.id);
    html! {
        <div class={classes!("file-drop", over.then_some("file-drop--over"))} {ondragover} {ondragleave} {ondrop}>
            <input class="file-drop__input" type="file" id={props.id.clone()} accept={props.accept.clone()} {onchange}
                aria-describedby={props.hint.as_ref().map(|_| hint_id.clone())} />
            <label class="file-drop__label" for={props.id.clone()}>
                <IconMark icon={Icon::Import} />
                <strong>{ &props.label }</strong>
            </label>
            if let Some(hint) = &props.hint { <p class="file-drop__hint" id={hint_id}>{ hint }</p> }
            if let Some((name, bytes)) = &props.chosen {
                <p class="file-drop__chosen" role="status">
                    <IconMark icon={Icon::Report} />
                    <span>{ t::common_file_chosen(locale, name, &fmt_bytes(locale, *bytes)) }</span>
                </p>
            }
        </div>
    }
}
