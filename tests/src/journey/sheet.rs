//! A table of the page as it is shown: rows by their first cell, cells by the heading of their column.

use crate::browser::Browser;
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

const READ: &str = "const table = document.querySelector(arguments[0]);\n\
    if (!table) return null;\n\
    const texts = (cells) => [...cells].map((cell) => cell.innerText.trim());\n\
    return {\n\
      headings: texts(table.querySelectorAll('thead th')),\n\
      rows: [...table.querySelectorAll('tbody tr, tfoot tr')].map((row) => texts(row.cells)),\n\
    };";

/// A table as shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Sheet {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads the table of a selector, if it is there.
    ///
    /// # Errors
    /// Where the browser fails.
    pub fn read(browser: &Browser, selector: &str) -> Result<Option<Self>> {
        Ok(serde_json::from_value(browser.js(READ, &[json!(selector)])?)?)
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The first row whose first cell holds a text.
    pub fn row_of(&self, text: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.first().is_some_and(|cell| cell.contains(text)))
    }

    /// The text of a cell.
    ///
    /// # Errors
    /// Where there is no such column or row.
    pub fn text(&self, row: usize, heading: &str) -> Result<&str> {
        let shown = |h: &String| h.to_lowercase() == heading.to_lowercase();
        let at = self.headings.iter().position(shown);
        let at = at.with_context(|| format!("no column {heading} among {:?}", self.headings))?;
        let cell = self.rows.get(row).and_then(|cells| cells.get(at));
        cell.map(String::as_str).with_context(|| format!("no row {row}"))
    }

    /// The number in a cell.
    ///
    /// # Errors
    /// As [`Sheet::text`], and where it is no number.
    pub fn number(&self, row: usize, heading: &str) -> Result<u32> {
        number(self.text(row, heading)?)
    }
}

/// A number as the page writes it, thousands apart.
///
/// # Errors
/// Where it is none.
pub fn number(shown: &str) -> Result<u32> {
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    digits.parse().with_context(|| format!("\"{shown}\" is no number"))
}
