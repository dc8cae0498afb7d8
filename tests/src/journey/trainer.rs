//! A trainer and a tablet: joined and made ready with a connection, at work without one.

use super::{Seen, join_by_link, list};
use crate::browser::{Browser, Profile};
use anyhow::{Context, Result};

/// A trainer.
pub struct Trainer {
    base_url: String,
    profile: Profile,
    browser: Option<Browser>,
}

impl Trainer {
    /// Joins a tablet by the link of the access card.
    ///
    /// # Errors
    /// Where the page does not let it in.
    pub fn join(profile: Profile, base_url: &str, code: &str) -> Result<Self> {
        let browser = join_by_link(profile.clone(), base_url, code)?;
        browser.wait(".session-card__when, .session-line")?;
        Ok(Self { base_url: base_url.to_owned(), profile, browser: Some(browser) })
    }

    /// The tablet's browser.
    ///
    /// # Errors
    /// Where it is put away.
    pub fn browser(&self) -> Result<&Browser> {
        self.browser.as_ref().context("the tablet is put away")
    }

    /// Gets the tablet ready for days without a connection, and gives what of the checklist is not green.
    ///
    /// # Errors
    /// Where the lists, the application or lasting storage are not there, or the session is not taken.
    pub fn get_ready(&self) -> Result<Vec<String>> {
        let browser = self.browser()?;
        browser.goto(&format!("{}/ready", self.base_url))?;
        browser.wait("[data-check=app][data-done=true]")?;
        // As of a page that is installed.
        browser.grant(&["durableStorage"])?;
        browser.tap(".card__actions button")?;
        browser.wait("[data-check=roster][data-done=true]")?;
        browser.wait("[data-check=storage][data-done=true]")?;
        browser.wait_text(".card", |text| text.contains("Taken on this tablet until"))?;
        browser.wait(".sync-pill--good")?;
        browser.texts("[data-done=false] strong")
    }

    /// Opens the page anew on a day that has come, such as "1 March 2021"; gives when the next session is.
    ///
    /// # Errors
    /// Where the page stands on another day.
    pub fn look_at_the_day(&self, day: &str) -> Result<String> {
        let browser = self.browser()?;
        browser.goto(&format!("{}/", self.base_url))?;
        browser.wait_text(".frame__demo", |text| text.contains(day))?;
        browser.wait(".sync-pill--good")?;
        browser.text(".session-card__when")
    }

    /// Closes the browser; what it holds stays on the tablet.
    ///
    /// # Errors
    /// Where it does not close.
    pub fn put_away(&mut self) -> Result<()> {
        self.browser.take().context("the tablet is put away")?.close()
    }

    /// Takes the tablet out again and opens a session by its address.
    ///
    /// # Errors
    /// Where the session does not open.
    pub fn open_by_deep_link(&mut self, session: &str) -> Result<()> {
        let browser = Browser::launch(self.profile.clone())?;
        browser.goto(&format!("{}/session/{session}", self.base_url))?;
        browser.wait(".attendance-row")?;
        self.browser = Some(browser);
        Ok(())
    }

    /// Opens a session.
    ///
    /// # Errors
    /// Where it does not open.
    pub fn open_session(&self, session: &str) -> Result<()> {
        let browser = self.browser()?;
        browser.goto(&format!("{}/session/{session}", self.base_url))?;
        browser.wait(".attendance-row")
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// Where the session is not shown again.
    pub fn reload(&self) -> Result<()> {
        let browser = self.browser()?;
        browser.reload()?;
        browser.wait(".attendance-row")
    }

    /// Chooses a day of the session, from 1.
    ///
    /// # Errors
    /// Where there is no such day.
    pub fn choose_day(&self, day: u8) -> Result<()> {
        let input = format!("input[name=day][value='{}']", day.saturating_sub(1));
        self.browser()?.tap(&format!("{input} + *"))?;
        self.browser()?.wait(&format!("{input}:checked"))
    }

    /// Marks everyone present who has no mark, and waits for the running count.
    ///
    /// # Errors
    /// Where the count is another.
    pub fn everyone_present(&self, count: &str) -> Result<()> {
        self.browser()?.tap_text("button", "Everyone present")?;
        self.wait_count(count)
    }

    /// Marks the person at a place of the list, from 1, by a value of the rows.
    ///
    /// # Errors
    /// Where the mark does not stick.
    pub fn mark(&self, number: usize, status: &str) -> Result<()> {
        let input = format!(".attendance-row:nth-child({number}) input[value={status}]");
        self.browser()?.tap(&input)?;
        self.browser()?.wait(&format!("{input}:checked"))
    }

    /// Waits for the running count, such as "35 of 36".
    ///
    /// # Errors
    /// Where it stays another.
    pub fn wait_count(&self, count: &str) -> Result<()> {
        self.browser()?.wait_text(".running-count__figure", |text| text.starts_with(count)).map(drop)
    }

    /// Waits until all marks of the day shown are where they are said to be: `OnTablet`, `WithCommission`.
    ///
    /// # Errors
    /// Where they are not.
    pub fn wait_custody(&self, custody: &str) -> Result<()> {
        let browser = self.browser()?;
        browser.wait_until(&format!("all marks to be {custody}"), || {
            let all = browser.count(".attendance-row")?;
            Ok(all > 0 && browser.count(&format!("[data-custody={custody}]"))? == all)
        })
    }

    /// Waits for what the pill says.
    ///
    /// # Errors
    /// Where it says something else.
    pub fn wait_pill(&self, words: &str) -> Result<()> {
        self.browser()?.wait_text(".sync-pill", |text| text.contains(words)).map(drop)
    }

    /// Presses "Sync now" and waits until all is with the commission.
    ///
    /// # Errors
    /// Where it does not get there.
    pub fn sync_now(&self) -> Result<()> {
        let browser = self.browser()?;
        browser.tap(".sync-pill")?;
        browser.wait("#sync-sheet[open]")?;
        browser.tap_text("#sync-sheet button", "Sync now")?;
        browser.wait(".sync-pill--good")?;
        browser.key("Escape")?;
        browser.wait_gone("#sync-sheet[open]")
    }

    /// Waits until so many people of the day shown are seen differently by two observers.
    ///
    /// # Errors
    /// Where it stays another number.
    pub fn wait_disputed(&self, count: usize) -> Result<()> {
        let browser = self.browser()?;
        browser.wait_until(&format!("{count} disputed"), || {
            Ok(browser.count(".attendance-row--disputed")? == count)
        })
    }

    /// The list as it is shown.
    ///
    /// # Errors
    /// Where the browser fails.
    pub fn rows(&self) -> Result<Vec<Seen>> {
        list::read(self.browser()?)
    }
}
