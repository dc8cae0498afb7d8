//! Leaving the page while records are in its memory alone: the browser asks first.

use gloo::events::{EventListener, EventListenerOptions};

/// Has the browser ask whoever leaves or reloads, until the listener is dropped.
pub fn ask() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    // The words of the question are the browser's own.
    EventListener::new_with_options(&gloo::utils::window(), "beforeunload", options, |event| {
        event.prevent_default();
    })
}
