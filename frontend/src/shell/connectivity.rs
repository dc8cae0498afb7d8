//! What happens around the page: the connection, being looked at, the back button, time.

use super::{Send, history};
use frontend_state::Msg;
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use web_sys::VisibilityState;

/// Often enough that midnight and "today" are noticed.
const TICK_MS: u32 = 30_000;

/// Whether the browser thinks there is a connection.
pub fn is_online() -> bool {
    gloo::utils::window().navigator().on_line()
}

/// Listens for as long as the page lives.
pub fn listen(send: &Send) {
    let window = gloo::utils::window();
    let on = |name: &'static str, message: fn() -> Option<Msg>| {
        let send = send.clone();
        EventListener::new(&window, name, move |_| {
            if let Some(message) = message() {
                send.send(message);
            }
        })
        .forget();
    };
    on("online", || Some(Msg::Online(true)));
    on("offline", || Some(Msg::Online(false)));
    on("popstate", || Some(Msg::Went(history::location())));
    // A link with a code opened in a tab that is already here: begin anew with it.
    on("hashchange", || {
        if history::has_link() {
            history::reload();
        }
        None
    });
    let looked_at = send.clone();
    EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
        if gloo::utils::document().visibility_state() == VisibilityState::Visible {
            looked_at.send(Msg::Visible);
        }
    })
    .forget();
    let ticking = send.clone();
    Interval::new(TICK_MS, move || ticking.send(Msg::Tick)).forget();
}
