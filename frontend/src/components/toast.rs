//! What was just done, with a way to take it back; it leaves by itself, and waits while it is pointed at or focused.

use super::button::{Button, Weight};
use super::icon::Icon;
use crate::i18n::{t, use_locale};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long a message stays: long enough to read and reach.
const STAYS_MS: u32 = 8_000;

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct ToastMessage {
    /// Grows with each message, so that the same words again are a new message.
    pub number: u64,
    /// What was done.
    pub text: AttrValue,
    /// Whether it can be taken back.
    pub undo: bool,
}

/// What the place for messages takes.
#[derive(Properties, PartialEq)]
pub struct ToastProps {
    /// The message, if there is one.
    pub message: Option<ToastMessage>,
    /// Take back what the message of this number says.
    pub on_undo: Callback<u64>,
    /// The message of this number has been seen.
    pub on_gone: Callback<u64>,
}

/// The place for messages; always in the page, so that a new message is read out.
#[component]
pub fn Toast(props: &ToastProps) -> Html {
    let locale = use_locale();
    let held = use_state_eq(|| false);
    let number = props.message.as_ref().map(|m| m.number);
    use_effect_with((number, *held, props.on_gone.clone()), |(number, held, on_gone)| {
        let timer = number.filter(|_| !*held).map(|number| {
            let on_gone = on_gone.clone();
            Timeout::new(STAYS_MS, move || on_gone.emit(number))
        });
        move || drop(timer)
    });
    let hold = use_callback(held.setter(), |_: PointerEvent, held| held.set(true));
    let release = use_callback(held.setter(), |_: PointerEvent, held| held.set(false));
    let onfocusin = use_callback(held.setter(), |_: FocusEvent, held| held.set(true));
    let onfocusout = use_callback(held.setter(), |_: FocusEvent, held| held.set(false));
    let onundo = use_callback((number, props.on_undo.clone()), |_: MouseEvent, (number, undo)| {
        if let Some(number) = number {
            undo.emit(*number);
        }
    });
    html! {
        <div class="toast" role="status" aria-live="polite" {onfocusin} {onfocusout}
            onpointerenter={hold} onpointerleave={release}>
            if let Some(message) = &props.message {
                <div key={message.number.to_string()} class="toast__message">
                    <span>{ &message.text }</span>
                    if message.undo {
                        <Button label={t::common_undo(locale)} icon={Icon::Undo} weight={Weight::Bare}
                            onclick={onundo} />
                    }
                </div>
            }
        </div>
    }
}
