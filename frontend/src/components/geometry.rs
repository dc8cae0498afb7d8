//! Sizes that only the running page knows, set through the CSSOM: the content policy forbids style attributes.

use web_sys::HtmlElement;
use yew::prelude::*;

/// Keeps custom properties (`--name`) of an element at the given values.
#[hook]
pub fn use_css_properties(node: NodeRef, properties: Vec<(&'static str, String)>) {
    use_effect_with(properties, move |properties| {
        if let Some(element) = node.cast::<HtmlElement>() {
            for (name, value) in properties {
                // Refused only on read-only declarations, which an element's own never is.
                let _ = element.style().set_property(name, value);
            }
        }
    });
}
