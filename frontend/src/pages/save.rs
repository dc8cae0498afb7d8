//! Handing a text to the reader as a file.

use wasm_bindgen::JsCast;

/// Saves a text under a name; the browser asks where, or puts it among its downloads.
pub fn save(name: &str, media_type: &str, text: &str) {
    let blob = gloo::file::Blob::new_with_options(text, Some(media_type));
    let url = gloo::file::ObjectUrl::from(blob);
    let Ok(link) = gloo::utils::document().create_element("a") else { return };
    // Attributes of these names are always accepted.
    let _ = link.set_attribute("href", &url);
    let _ = link.set_attribute("download", name);
    if let Some(link) = link.dyn_ref::<web_sys::HtmlElement>() {
        link.click();
    }
    // The download has begun when `click` returns; the address may go a little later.
    gloo::timers::callback::Timeout::new(10_000, move || drop(url)).forget();
}
