//! The second person: reads the drafts and approves them, at a desk of their own.

use super::{Sheet, join_by_link};
use crate::browser::{Browser, Profile};
use anyhow::Result;

/// The approver.
pub struct Approver {
    /// The desk's browser.
    pub browser: Browser,
    base_url: String,
}

impl Approver {
    /// Joins a desk by the link of the access card.
    ///
    /// # Errors
    /// Where the page does not let it in.
    pub fn join(profile: Profile, base_url: &str, code: &str) -> Result<Self> {
        Ok(Self { browser: join_by_link(profile, base_url, code)?, base_url: base_url.to_owned() })
    }

    /// Approves the one draft of a tier, with a word on it.
    ///
    /// # Errors
    /// Where it is not approved.
    pub fn approve(&self, stage: &str, note: &str) -> Result<()> {
        let browser = &self.browser;
        browser.goto(&format!("{}/hq/plan?stage={stage}", self.base_url))?;
        browser.type_into("#plan-note", note)?;
        browser.click_text(".hq-approve button", "Approve 1 draft")?;
        browser.wait_until("an approved plan", || {
            let Some(sheet) = Sheet::read(browser, "#plan-sites")? else { return Ok(false) };
            for row in 0..sheet.len() {
                if sheet.text(row, "Plan")? == "Approved" {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }
}
