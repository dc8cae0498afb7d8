//! The coordinator of a place: codes for its trainers, and disagreements to settle.

use super::{Seen, code_on_card, join_by_link, list};
use crate::browser::{Browser, Profile};
use anyhow::Result;
use serde_json::json;

const CLICK_IN_ROW: &str = "const row = [...document.querySelectorAll(arguments[0])]\n\
    .find((row) => row.querySelector(arguments[1])?.innerText.trim() === arguments[2]);\n\
    const button = row && row.querySelector('button:not([disabled])');\n\
    if (button) button.click();\n\
    return Boolean(button)";

/// A coordinator.
pub struct Coordinator {
    /// The laptop's browser.
    pub browser: Browser,
    base_url: String,
}

impl Coordinator {
    /// Joins a laptop by the link of the access card.
    ///
    /// # Errors
    /// Where the page does not let it in.
    pub fn join(profile: Profile, base_url: &str, code: &str) -> Result<Self> {
        Ok(Self { browser: join_by_link(profile, base_url, code)?, base_url: base_url.to_owned() })
    }

    /// Gives a code to a trainer by name and reads it off the card.
    ///
    /// # Errors
    /// Where the trainer is not listed or no code is made.
    pub fn give_code_to(&self, trainer: &str) -> Result<String> {
        let browser = &self.browser;
        browser.goto(&format!("{}/hq/access", self.base_url))?;
        browser.wait_until(&format!("{trainer} in the list"), || {
            let found = browser.js(CLICK_IN_ROW, &[json!("#trainers tbody tr"), json!("th"), json!(trainer)]);
            Ok(found?.as_bool().unwrap_or(false))
        })?;
        code_on_card(browser)
    }

    /// Opens a session.
    ///
    /// # Errors
    /// Where it is not here.
    pub fn open_session(&self, session: &str) -> Result<()> {
        self.browser.goto(&format!("{}/session/{session}", self.base_url))?;
        self.browser.wait(".attendance-row")
    }

    /// Settles what observers saw differently of a person on the session shown; `status` is a value of the rows.
    ///
    /// # Errors
    /// Where there is nothing to settle, or the shard does not take it.
    pub fn settle(&self, person: &str, status: &str) -> Result<()> {
        let browser = &self.browser;
        browser.wait_until(&format!("{person} to be settled"), || {
            let found = browser
                .js(CLICK_IN_ROW, &[json!(".attendance-row"), json!(".attendance-row__name"), json!(person)]);
            Ok(found?.as_bool().unwrap_or(false))
        })?;
        browser.wait("#settle[open]")?;
        super::picture(browser, "settle")?;
        browser.click(&format!("#settle input[value={status}]"))?;
        browser.click_text("#settle button", "Settle")?;
        browser.wait_gone("#settle[open]")?;
        browser.wait_until("the settlement to come back from the commission", || {
            let rows = list::read(browser)?;
            let settled = rows.iter().all(|row| row.name != person || row.seen.is_empty());
            Ok(settled && browser.exists(".sync-pill--good")?)
        })
    }

    /// The list as it is shown.
    ///
    /// # Errors
    /// Where the browser fails.
    pub fn rows(&self) -> Result<Vec<Seen>> {
        list::read(&self.browser)
    }

    /// Waits until so many people of the session shown were seen differently, and gives their rows.
    ///
    /// # Errors
    /// Where it stays another number.
    pub fn disputed(&self, count: usize) -> Result<Vec<Seen>> {
        self.browser.wait_for(&format!("{count} disputed"), || {
            let mut rows = list::read(&self.browser)?;
            rows.retain(|row| !row.seen.is_empty());
            // The names of observers come in an answer of their own.
            let named =
                rows.iter().flat_map(|row| &row.seen).all(|seen| !seen.starts_with("Another observer"));
            Ok((rows.len() == count && named).then_some(rows))
        })
    }
}
