//! One table, written twice as it comes: as CSV and as a JSON array with one object a line. A row is in memory, never
//! the table.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// A table being written.
pub struct Table {
    name: String,
    columns: &'static [&'static str],
    csv: BufWriter<File>,
    json: BufWriter<File>,
    rows: u64,
}

impl Table {
    /// Begins `<name>.csv` and `<name>.json` in a folder.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn begin(folder: &Path, name: &str, columns: &'static [&'static str]) -> Result<Self> {
        let make = |ending: &str| {
            let path = folder.join(format!("{name}.{ending}"));
            File::create(&path).map(BufWriter::new).with_context(|| path.display().to_string())
        };
        let mut table =
            Self { name: name.to_owned(), columns, csv: make("csv")?, json: make("json")?, rows: 0 };
        // By it a spreadsheet knows UTF-8.
        write!(table.csv, "\u{feff}{}\r\n", columns.join(","))?;
        write!(table.json, "[")?;
        Ok(table)
    }

    /// Writes a row: a value a column.
    ///
    /// # Errors
    /// When the disk is full, or a value is missing.
    pub fn row(&mut self, values: Vec<Value>) -> Result<()> {
        anyhow::ensure!(values.len() == self.columns.len(), "{}: {} values", self.name, values.len());
        let cells: Vec<String> = values.iter().map(cell).collect();
        write!(self.csv, "{}\r\n", cells.join(","))?;
        // Whoever reads by names needs none of the empty ones.
        let named = self.columns.iter().zip(values).filter(|(_, value)| !value.is_null());
        let object: serde_json::Map<String, Value> =
            named.map(|(name, value)| ((*name).to_owned(), value)).collect();
        write!(self.json, "{}\n{}", if self.rows == 0 { "" } else { "," }, Value::Object(object))?;
        self.rows += 1;
        Ok(())
    }

    /// Ends the files; gives the table's name and how many rows it has.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn end(mut self) -> Result<(String, u64)> {
        write!(self.json, "\n]\n")?;
        self.csv.flush()?;
        self.json.flush()?;
        Ok((self.name, self.rows))
    }
}

/// A value as a cell of CSV; several values are divided by a space, for none of them has one.
fn cell(value: &Value) -> String {
    let plain = match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    if plain.contains([',', '"', '\r', '\n']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

/// A spreadsheet takes a text that begins so for a formula: an apostrophe before it says that it is none. Numbers with
/// a sign stay.
fn harmless(text: &str) -> String {
    let signed = |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || " ()-.".contains(c));
    let is_formula = match text.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !signed(text.get(1..).unwrap_or_default()),
        _ => false,
    };
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        for (value, expected) in [
            (json!("plain"), "plain"),
            (json!("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\""),
            (json!(null), ""),
            (json!(7), "7"),
            (json!(true), "true"),
            (json!(["2021-03-10", "2021-03-11"]), "2021-03-10 2021-03-11"),
            (json!("=1+1"), "'=1+1"),
            (json!("+996 (700) 12-34"), "+996 (700) 12-34"),
            (json!("-cmd|' /C calc'!A0"), "'-cmd|' /C calc'!A0"),
        ] {
            assert_eq!(cell(&value), expected, "{value}");
        }
    }

    #[test]
    fn an_empty_table_is_an_empty_array() {
        let folder = tempfile::tempdir().unwrap();
        let table = Table::begin(folder.path(), "empty", &["a"]).unwrap();
        assert_eq!(table.end().unwrap(), ("empty".to_owned(), 0));
        let json = std::fs::read_to_string(folder.path().join("empty.json")).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), json!([]));
    }
}
