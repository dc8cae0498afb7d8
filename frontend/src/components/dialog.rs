//! A native `<dialog>`: the browser keeps the focus inside, Escape closes it, the page behind is inert.

use super::button::{Button, Weight};
use super::icon::Icon;
use crate::i18n::{t, use_locale};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What a dialog takes.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Unique on the page; the title's id is made from it.
    pub id: AttrValue,
    /// Whether it is shown.
    pub open: bool,
    /// Its name.
    pub title: AttrValue,
    /// Closed by its button, Escape or a press outside.
    pub on_close: Callback<()>,
    /// Stands at the edge of the screen rather than in its middle.
    #[prop_or_default]
    pub sheet: bool,
    /// What it holds.
    pub children: Html,
    /// Its actions, in a bar that stays in view.
    #[prop_or_default]
    pub actions: Html,
}

/// A dialog.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let locale = use_locale();
    let node = use_node_ref();
    use_effect_with((node.clone(), props.open), |(node, open)| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>() {
            match (*open, dialog.open()) {
                // Refused only if it is open already, or not in the page.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    let onclose = use_callback(props.on_close.clone(), |_: Event, close| close.emit(()));
    let press = use_callback(props.on_close.clone(), |_: MouseEvent, close| close.emit(()));
    let outside = use_callback((node.clone(), props.on_close.clone()), |event: MouseEvent, (node, close)| {
        // The dialog's own box is its backdrop: everything inside lies in the panel.
        if event.target() == node.get().map(Into::into) {
            close.emit(());
        }
    });
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog ref={node} id={props.id.clone()} {onclose} onclick={outside} aria-labelledby={title_id.clone()}
            class={classes!("dialog", props.sheet.then_some("dialog--sheet"))}>
            <div class="dialog__panel">
                <header class="dialog__head">
                    <h2 id={title_id}>{ &props.title }</h2>
                    <Button label={t::common_close(locale)} icon={Icon::Cross} icon_only={true} weight={Weight::Bare}
                        onclick={press} />
                </header>
                <div class="dialog__body">
                    if props.open { { props.children.clone() } }
                </div>
                if props.actions != Html::default() {
                    <footer class="dialog__actions">{ props.actions.clone() }</footer>
                }
            </div>
        </dialog>
    }
}
