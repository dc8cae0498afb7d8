//! The list of a session's people as it is shown, to whoever reads it.

use crate::browser::Browser;
use anyhow::Result;
use serde::Deserialize;

const ROWS: &str = "return [...document.querySelectorAll('.attendance-row')].map((row) => ({\n\
    name: row.querySelector('.attendance-row__name').innerText.trim(),\n\
    status: row.querySelector('input:checked')?.value ?? null,\n\
    custody: row.dataset.custody,\n\
    counted: row.dataset.counted ?? null,\n\
    seen: [...row.querySelectorAll('.attendance-row__seen li')].map((line) => line.innerText.trim()),\n\
  }))";

/// One row of a session's list as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// Whose.
    pub name: String,
    /// What is chosen.
    pub status: Option<String>,
    /// Where the record is.
    pub custody: String,
    /// What counts, where that is not the reader's own mark.
    pub counted: Option<String>,
    /// What each observer saw, where they differ.
    pub seen: Vec<String>,
}

pub(super) fn read(browser: &Browser) -> Result<Vec<Seen>> {
    Ok(serde_json::from_value(browser.js(ROWS, &[])?)?)
}
