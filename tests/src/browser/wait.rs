//! Waiting for a condition, and a failure that says all there is to know.

use super::{Browser, DriverError};
use anyhow::{Context, Result, anyhow};
use std::thread;
use std::time::{Duration, Instant};

const INTERVAL: Duration = Duration::from_millis(20);
/// How much of the page's text a failure shows, in characters.
const TEXT_SHOWN: usize = 3000;
const CONSOLE_SHOWN: usize = 30;

impl Browser {
    /// Waits until something holds; `desc` completes the sentence "waited for ..".
    ///
    /// # Errors
    /// At the deadline: the description, the address, the page's text and its console. An error of the condition
    /// itself ends the wait, unless it is one that a page still being drawn gives.
    pub fn wait_until(&self, desc: &str, mut holds: impl FnMut() -> Result<bool>) -> Result<()> {
        self.wait_for(desc, || Ok(holds()?.then_some(())))
    }

    /// Waits until something is there and gives it.
    ///
    /// # Errors
    /// As [`Browser::wait_until`].
    pub fn wait_for<T>(&self, desc: &str, mut get: impl FnMut() -> Result<Option<T>>) -> Result<T> {
        let deadline = Instant::now() + self.patience.get();
        loop {
            let last = match get() {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) if error.downcast_ref::<DriverError>().is_some_and(DriverError::passing) => {
                    Some(error)
                }
                Err(error) => return Err(error).with_context(|| format!("waiting for {desc}")),
            };
            if Instant::now() > deadline {
                return Err(self.gave_up(desc, last));
            }
            thread::sleep(INTERVAL);
        }
    }

    /// Waits until an element is there.
    pub fn wait(&self, selector: &str) -> Result<()> {
        self.wait_until(selector, || self.exists(selector))
    }

    /// Waits until no element is there any more.
    pub fn wait_gone(&self, selector: &str) -> Result<()> {
        self.wait_until(&format!("{selector} to go"), || Ok(!self.exists(selector)?))
    }

    /// Waits until the text of the first element of a selector is as asked, and gives it.
    pub fn wait_text(&self, selector: &str, wanted: impl Fn(&str) -> bool) -> Result<String> {
        self.wait_for(&format!("the text of {selector}"), || {
            Ok(self.first_text(selector)?.filter(|text| wanted(text)))
        })
    }

    fn gave_up(&self, desc: &str, last: Option<anyhow::Error>) -> anyhow::Error {
        let mut said = format!("waited {:?} for {desc}, in vain", self.patience.get());
        if let Some(error) = last {
            said.push_str(&format!("; at the end {error:#}"));
        }
        said.push_str(&format!("\n--- page {}\n", self.url().unwrap_or_default()));
        said.extend(self.page_text().unwrap_or_default().chars().take(TEXT_SHOWN));
        said.push_str("\n--- console\n");
        let console = self.console_log().unwrap_or_default();
        for line in console.iter().skip(console.len().saturating_sub(CONSOLE_SHOWN)) {
            said.push_str(&format!("{}: {}\n", line.level, line.message));
        }
        anyhow!(said)
    }
}
