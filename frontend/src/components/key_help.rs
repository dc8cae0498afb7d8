//! The keys of the screen; "?" opens them.

use super::dialog::Dialog;
use crate::i18n::{t, use_locale};
use std::rc::Rc;
use yew::prelude::*;

/// A key, or several pressed one after the other, and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyHint {
    /// The keys as written on them: `/`, or `g` and `o`.
    pub keys: Rc<[AttrValue]>,
    /// What it does.
    pub does: AttrValue,
}

/// What the help takes.
#[derive(Properties, PartialEq)]
pub struct KeyHelpProps {
    /// Whether it is shown.
    pub open: bool,
    /// The keys of the reader's role, beside those that always work.
    pub hints: Rc<[KeyHint]>,
    /// Closed.
    pub on_close: Callback<()>,
}

/// The keys of the screen.
#[component]
pub fn KeyHelp(props: &KeyHelpProps) -> Html {
    let locale = use_locale();
    let always = [
        ("/", t::common_keys_search(locale)),
        ("?", t::common_keys_help(locale)),
        ("Esc", t::common_keys_close(locale)),
    ];
    html! {
        <Dialog id="key-help" open={props.open} title={t::common_keys(locale)} on_close={props.on_close.clone()}>
            <dl class="key-help">
                { for always.into_iter().map(|(key, does)| html! {
                    <div key={key}><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></div>
                }) }
                { for props.hints.iter().map(|hint| html! {
                    <div key={hint.keys.join(" ")}>
                        <dt>
                            { for hint.keys.iter().enumerate().map(|(at, key)| html! {
                                <>
                                    if at > 0 { <span>{ t::common_keys_then(locale) }</span> }
                                    <kbd>{ key }</kbd>
                                </>
                            }) }
                        </dt>
                        <dd>{ &hint.does }</dd>
                    </div>
                }) }
            </dl>
        </Dialog>
    }
}
