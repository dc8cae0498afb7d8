//! Parts of one screen, one in view at a time; arrow keys walk them.

use super::icon::{Icon, IconMark};
use std::rc::Rc;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;
use yew::prelude::*;

/// One part.
#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    /// Unique in the strip; the panel's id is `<strip>-<key>`.
    pub key: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Its icon.
    pub icon: Option<Icon>,
    /// How many things wait there, if any.
    pub count: Option<u32>,
}

/// What the strip takes.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// Unique on the page.
    pub id: AttrValue,
    /// What the parts are parts of.
    pub label: AttrValue,
    /// The parts.
    pub tabs: Rc<[Tab]>,
    /// The key of the part in view.
    pub selected: AttrValue,
    /// Another part was chosen.
    pub on_select: Callback<AttrValue>,
}

/// A strip of tabs; wrap each part in a [`TabPanel`].
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let onkeydown = use_callback((), |event: KeyboardEvent, ()| {
        let Some(tab) = event.target_dyn_into::<HtmlElement>() else { return };
        let rtl = tab.closest("[dir=rtl]").is_ok_and(|found| found.is_some());
        let neighbour = match (event.key().as_str(), rtl) {
            ("ArrowRight", false) | ("ArrowLeft", true) => tab.next_element_sibling(),
            ("ArrowLeft", false) | ("ArrowRight", true) => tab.previous_element_sibling(),
            ("Home", _) => tab.parent_element().and_then(|strip| strip.first_element_child()),
            ("End", _) => tab.parent_element().and_then(|strip| strip.last_element_child()),
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = neighbour.and_then(|n| n.dyn_into::<HtmlElement>().ok()) {
            // The tab is in the page and can take the focus.
            let _ = next.focus();
            next.click();
        }
    });
    html! {
        <div class="tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>
            { for props.tabs.iter().map(|tab| {
                let selected = tab.key == props.selected;
                let (emit, key) = (props.on_select.clone(), tab.key.clone());
                html! {
                    <button key={tab.key.to_string()} type="button" role="tab" class="tabs__tab"
                        id={format!("{}-{}-tab", props.id, tab.key)}
                        aria-controls={format!("{}-{}", props.id, tab.key)}
                        aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }}
                        onclick={move |_: MouseEvent| emit.emit(key.clone())}>
                        if let Some(icon) = tab.icon { <IconMark {icon} /> }
                        <span>{ &tab.label }</span>
                        if let Some(count) = tab.count { <span class="tabs__count">{ count }</span> }
                    </button>
                }
            }) }
        </div>
    }
}

/// What a panel takes.
#[derive(Properties, PartialEq)]
pub struct TabPanelProps {
    /// The strip's id.
    pub tabs: AttrValue,
    /// The tab's key.
    pub tab: AttrValue,
    /// What it holds.
    pub children: Html,
}

/// The part in view.
#[component]
pub fn TabPanel(props: &TabPanelProps) -> Html {
    let id = format!("{}-{}", props.tabs, props.tab);
    html! {
        <div class="tab-panel" role="tabpanel" aria-labelledby={format!("{id}-tab")} id={id}>
            { props.children.clone() }
        </div>
    }
}
