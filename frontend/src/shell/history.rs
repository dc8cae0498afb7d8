//! The address of the page, the link that brought the reader, and the account a tab is bound to.

use frontend_state::Location;
use frontend_state::model::Link;
use shared::id::AccountId;
use wasm_bindgen::JsValue;

const BOUND: &str = "cascade-account";
const LINK: &str = "cascade-link";

/// Where the page is.
pub fn location() -> Location {
    let at = gloo::utils::window().location();
    let (path, query) = (at.pathname().unwrap_or_default(), at.search().unwrap_or_default());
    Location::of(&format!("{path}{query}"))
}

fn code_in_address() -> Option<String> {
    let hash = gloo::utils::window().location().hash().ok()?;
    hash.strip_prefix("#demo=").or_else(|| hash.strip_prefix("#join=")).map(str::to_owned)
}

/// Whether the address holds a code.
pub fn has_link() -> bool {
    code_in_address().is_some()
}

/// The code in the address, which is taken out of it at once; else the one that an earlier load of this tab took and
/// could not bring to its end (the page was reloaded while it joined).
pub fn take_link() -> Option<Link> {
    let storage = gloo::utils::window().session_storage().ok().flatten();
    let Some(code) = code_in_address() else {
        return storage?.get_item(LINK).ok()?.map(|code| Link { code });
    };
    if let Some(storage) = storage {
        // Without it a reload in mid-join needs the link again.
        let _ = storage.set_item(LINK, &code);
    }
    if let Ok(history) = gloo::utils::window().history() {
        // A code opens an account: it must not stay where a glance or a screenshot finds it.
        let address = location().address();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    Some(Link { code })
}

/// The link has done its work, or can do none.
pub fn forget_link() {
    if let Ok(Some(storage)) = gloo::utils::window().session_storage() {
        let _ = storage.remove_item(LINK);
    }
}

/// Goes to an address of the page.
pub fn go(location: &Location) {
    let window = gloo::utils::window();
    if let Ok(history) = window.history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&location.address()));
    }
    window.scroll_to_with_x_and_y(0.0, 0.0);
}

/// Loads the page anew at an address.
pub fn load(location: &Location) {
    // Refused only for an address that is none.
    let _ = gloo::utils::window().location().assign(&location.address());
}

/// Loads the page anew where it is.
pub fn reload() {
    let _ = gloo::utils::window().location().reload();
}

/// The account this tab is bound to.
pub fn bound() -> Option<AccountId> {
    let storage = gloo::utils::window().session_storage().ok()??;
    storage.get_item(BOUND).ok()??.parse().ok()
}

/// Binds this tab to an account.
pub fn bind(account: AccountId) {
    if let Ok(Some(storage)) = gloo::utils::window().session_storage() {
        // Without it the tab opens the account last used.
        let _ = storage.set_item(BOUND, &account.to_string());
    }
}

/// The account of this tab is gone.
pub fn unbind() {
    if let Ok(Some(storage)) = gloo::utils::window().session_storage() {
        // Without it the tab is bound to an account that is not there, which counts as none.
        let _ = storage.remove_item(BOUND);
    }
}

/// A small thing remembered by this browser, such as the language.
pub fn remembered(name: &str) -> Option<String> {
    gloo::utils::window().local_storage().ok()??.get_item(name).ok()?
}

/// Remembers it.
pub fn remember(name: &str, value: &str) {
    if let Ok(Some(storage)) = gloo::utils::window().local_storage() {
        let _ = storage.set_item(name, value);
    }
}

/// A value of a `<meta name=..>` of the page.
pub fn meta(name: &str) -> Option<String> {
    let found = gloo::utils::document().query_selector(&format!("meta[name=\"{name}\"]")).ok()??;
    found.get_attribute("content")
}

/// Loads the application with the office's screens, now and from now on in this browser.
pub fn load_office() {
    let window = gloo::utils::window();
    if let Ok(Some(storage)) = window.local_storage() {
        // Where it cannot be kept, the small application says so again: the page stays as it is.
        if storage.set_item("cascade-office", "1").is_ok() {
            // A page that cannot reload is being closed.
            let _ = window.location().reload();
        }
    }
}
