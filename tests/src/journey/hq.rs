//! Headquarters at a desk: the programme, the files, the plan, the figures.

use super::sheet::number;
use super::{Sheet, code_on_card, join_typing};
use crate::browser::{Browser, Profile};
use anyhow::{Context, Result};
use std::path::Path;

/// Headquarters.
pub struct Hq {
    /// The desk's browser.
    pub browser: Browser,
    base_url: String,
}

/// The figures of one tier, as a screen shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Figures {
    pub invited: u32,
    pub present: u32,
    pub completed: u32,
    pub disputed: u32,
}

impl Hq {
    /// Joins a desk by typing a code.
    ///
    /// # Errors
    /// Where the page does not let it in.
    pub fn join(profile: Profile, base_url: &str, code: &str) -> Result<Self> {
        Ok(Self { browser: join_typing(profile, base_url, code)?, base_url: base_url.to_owned() })
    }

    /// Opens a screen anew.
    ///
    /// # Errors
    /// Where the page does not open.
    pub fn open(&self, path: &str) -> Result<()> {
        self.browser.goto(&format!("{}{path}", self.base_url))?;
        self.browser.wait("h1")
    }

    /// Loads the first programme that ships with the product.
    ///
    /// # Errors
    /// Where the page does not.
    pub fn load_shipped_programme(&self) -> Result<()> {
        self.open("/hq/programme")?;
        self.browser.click_text(".hq-shipped button", "Look at it")?;
        self.load_candidate()
    }

    /// Replaces the programme by that of a file.
    ///
    /// # Errors
    /// Where the page does not.
    pub fn replace_programme(&self, file: &Path) -> Result<()> {
        self.open("/hq/programme")?;
        self.browser.click(".hq-load summary")?;
        self.browser.upload("#pack-file", &[file])?;
        self.load_candidate()
    }

    fn load_candidate(&self) -> Result<()> {
        self.browser.click_text("button", "Load this programme")?;
        self.browser.wait(".hq-load summary")
    }

    /// Imports a file whose columns are mapped as the page guesses, and gives what the page says came of it.
    ///
    /// # Errors
    /// Where the page does not take every row.
    pub fn import(&self, holds: &str, file: &Path) -> Result<String> {
        let browser = &self.browser;
        self.open("/hq/import")?;
        browser.click_text(".radio-group__choice", holds)?;
        browser.upload("#import-file", &[file])?;
        browser.click_text("button", "Check the file")?;
        browser.wait(".import-table")?;
        browser.wait("#import-places")?;
        browser.click_text("button", "Import ")?;
        browser.wait_text(".hq-import .notice", |text| text.contains("Imported:"))
    }

    /// Gives a code to a new account and reads it off the card.
    ///
    /// # Errors
    /// Where the page makes none.
    pub fn give_code(&self, name: &str, role: &str, place: Option<&str>) -> Result<String> {
        let browser = &self.browser;
        self.open("/hq/access")?;
        browser.fill("#access-name", name)?;
        let value = |list: &str, label: &str| {
            let of = "const list = document.querySelector(arguments[0]);\n\
                      const found = list && [...list.options].find((o) => o.text.trim() === arguments[1]);\n\
                      return found ? found.value : null";
            browser.wait_for(&format!("{label} in {list}"), || {
                Ok(browser.js(of, &[list.into(), label.into()])?.as_str().map(str::to_owned))
            })
        };
        browser.choose("#access-role", &value("#access-role", role)?)?;
        if let Some(place) = place {
            browser.choose("#access-place", &value("#access-place", place)?)?;
        }
        browser.click_text("button", "Make a code")?;
        code_on_card(browser)
    }

    /// Plans a tier wherever there are people, and waits until the draft is handed in.
    ///
    /// # Errors
    /// Where no plan is made.
    pub fn plan(&self, stage: &str) -> Result<()> {
        self.open(&format!("/hq/plan?stage={stage}"))?;
        self.browser.click_text("#plan-sites button", "Make a plan")?;
        self.wait_for_plan("Draft").map(drop)
    }

    /// Publishes the approved plans of a tier; gives how many sessions and how many people in them.
    ///
    /// # Errors
    /// Where the plan is not published.
    pub fn publish(&self, stage: &str) -> Result<()> {
        self.open(&format!("/hq/plan?stage={stage}"))?;
        self.browser.click_text(".hq-actions button", "Publish 1 plan")?;
        self.wait_for_plan("Published").map(drop)
    }

    /// Waits until some place's plan of the tier shown is in a state; gives the place.
    fn wait_for_plan(&self, state: &str) -> Result<String> {
        self.browser.wait_for(&format!("a plan that is {state}"), || {
            let Some(sheet) = Sheet::read(&self.browser, "#plan-sites")? else { return Ok(None) };
            for row in 0..sheet.len() {
                if sheet.text(row, "Plan")? == state {
                    return Ok(Some(sheet.text(row, "Place")?.to_owned()));
                }
            }
            Ok(None)
        })
    }

    /// The figures of a tier on the overview.
    ///
    /// # Errors
    /// Where they are not shown.
    pub fn overview(&self, stage: &str) -> Result<Figures> {
        self.open(&format!("/hq?stage={stage}"))?;
        let browser = &self.browser;
        let figure = |count: &str| number(&browser.text(&format!(".funnel__step--{count} .funnel__figure"))?);
        let (invited, present, completed) = (figure("invited")?, figure("present")?, figure("completed")?);
        // Shown only where there is one.
        let shown = browser.exists(".funnel__step--disputed")?;
        let disputed = if shown { figure("disputed")? } else { 0 };
        Ok(Figures { invited, present, completed, disputed })
    }

    /// The figures of a tier in the official table, by the name of its event.
    ///
    /// # Errors
    /// Where the table has no such row.
    pub fn table(&self, event: &str) -> Result<Figures> {
        self.open("/hq/report")?;
        self.browser.wait("#report-table")?;
        let sheet = Sheet::read(&self.browser, "#report-table")?.context("the table")?;
        figures(&sheet, sheet.row_of(event).with_context(|| format!("no row of {event}"))?)
    }

    /// The figures of each session behind a count, in the order of their numbers.
    ///
    /// # Errors
    /// Where the list does not come.
    pub fn sessions(&self, stage: &str, shard: &str) -> Result<Vec<Figures>> {
        self.open(&format!("/hq/report?stage={stage}&shard={shard}"))?;
        self.browser.wait("#sessions-behind")?;
        let sheet = Sheet::read(&self.browser, "#sessions-behind")?.context("the sessions")?;
        (0..sheet.len()).map(|row| figures(&sheet, row)).collect()
    }
}

fn figures(sheet: &Sheet, row: usize) -> Result<Figures> {
    Ok(Figures {
        invited: sheet.number(row, "Invited")?,
        present: sheet.number(row, "Present")?,
        completed: sheet.number(row, "Completed")?,
        disputed: sheet.number(row, "Disputed")?,
    })
}
