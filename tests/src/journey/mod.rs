//! The people of a programme at their own devices, each doing through the page what they do at work.
//!
//! A journey holds a real browser on a profile of its own and knows the page's words and hooks, so that a test reads
//! as a story. It only looks and presses: nothing here goes around the page, and every step waits for its effect.

mod approver;
mod coordinator;
pub mod files;
mod hq;
mod list;
mod sheet;
mod tablet;
mod trainer;

pub use approver::Approver;
pub use coordinator::Coordinator;
pub use hq::{Figures, Hq};
pub use list::Seen;
pub use sheet::Sheet;
pub use tablet::Tablet;
pub use trainer::Trainer;

use crate::browser::{Browser, Profile};
use crate::shots::shoot;
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;

/// Opens a browser on a profile that nobody has used and joins it by typing a code at the start.
fn join_typing(profile: Profile, base_url: &str, code: &str) -> Result<Browser> {
    let browser = Browser::launch(profile)?;
    browser.goto(&format!("{base_url}/"))?;
    browser.wait("#join-code")?;
    browser.fill("#join-code", &code.to_lowercase())?;
    browser.click_text("button", "Join")?;
    browser.wait(".frame")?;
    Ok(browser)
}

/// Opens a browser on a profile that nobody has used and joins it by the link of an access card.
fn join_by_link(profile: Profile, base_url: &str, code: &str) -> Result<Browser> {
    let browser = Browser::launch(profile)?;
    browser.goto(&format!("{base_url}/#join={code}"))?;
    browser.wait(".frame")?;
    ensure!(!browser.url()?.contains(code), "the code stayed in the address");
    Ok(browser)
}

/// The code on the access card that is shown.
fn code_on_card(browser: &Browser) -> Result<String> {
    let code = browser.text(".access-card__code code")?;
    browser.click_text(".access-card button", "I have given it")?;
    browser.wait_gone(".access-card")?;
    Ok(code)
}

/// Takes pictures of the page in all looks, where `CASCADE_PICTURES` names a folder for them.
///
/// # Errors
/// Where the browser fails or a file cannot be written.
pub fn picture(browser: &Browser, name: &str) -> Result<()> {
    let Some(dir) = std::env::var_os("CASCADE_PICTURES").map(PathBuf::from) else { return Ok(()) };
    std::fs::create_dir_all(&dir).context("the folder of pictures")?;
    shoot(browser, name, &dir).map(drop)
}
