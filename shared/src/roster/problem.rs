//! What is wrong with a row, by line, column and reason; and the bad rows as a file to be fixed and imported again.

use super::fold::could_be_formula;
use super::separator::Separator;
use super::target::Field;
use crate::id::UnitCode;
use serde::{Deserialize, Serialize};

/// One thing wrong in one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The physical line on which the row begins.
    pub line: u32,
    /// The column, counted from 0 as in the header; none where the whole row is meant, or the value is fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// What the column means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// What is wrong.
    pub reason: Reason,
    /// The value in question, shortened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// What is wrong with a value or a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// The row has another number of cells than the header.
    Ragged {
        /// Cells in the header.
        expected: u32,
        /// Cells in the row.
        found: u32,
    },
    /// Text follows a closing quote; the row may be cut at the wrong places.
    StrayQuote,
    /// A cell that must be filled is blank.
    Missing,
    /// No unit has this code or name.
    UnknownUnit {
        /// The unit that is spelled most like it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suggestion: Option<UnitCode>,
    },
    /// Several units have this name; a region, or a code, would tell which.
    AmbiguousUnit {
        /// Their codes.
        candidates: Vec<UnitCode>,
    },
    /// The unit does not lie where the other columns say.
    UnitElsewhere {
        /// The unit found by its name.
        unit: UnitCode,
    },
    /// The unit lies above every shard: it holds no rosters.
    UnitTooHigh {
        /// The unit.
        unit: UnitCode,
    },
    /// No station has this code.
    UnknownStation {
        /// A station whose code differs only in leading zeros or signs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suggestion: Option<String>,
    },
    /// Stations of several units have this code; unit columns would tell which.
    AmbiguousStation {
        /// The units.
        units: Vec<UnitCode>,
    },
    /// No role has this code or name.
    UnknownRole,
    /// No stage has this code or name.
    UnknownStage,
    /// Not a language.
    UnknownLanguage,
    /// Neither yes nor no.
    NotYesNo,
    /// Not a whole number in the bounds.
    BadNumber {
        /// The least allowed.
        min: u32,
        /// The greatest allowed.
        max: u32,
    },
    /// Not degrees.
    BadCoordinate,
    /// One coordinate without the other.
    HalfPoint,
    /// Latitude and longitude have changed places.
    SwappedPoint,
    /// Longer than allowed.
    TooLong {
        /// The limit in bytes.
        limit: u32,
    },
    /// A spreadsheet has shortened a long number (`2.12031E+13`): its digits are lost.
    ShortenedNumber,
    /// Letters were lost ("?") when the file was saved in another encoding.
    LostLetters,
    /// Text was saved in one encoding and opened in another ("Ð¡Ñ").
    Garbled,
    /// The same key, or the same person, is in the file already.
    Duplicate {
        /// The line where it is first.
        first_line: u32,
    },
    /// The seat is taken in this file.
    SeatTaken {
        /// The line that takes it.
        first_line: u32,
    },
}

/// A row that was not taken, with its cells as they stood in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// The physical line on which it begins.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<String>,
    /// All that is wrong with it; never empty.
    pub problems: Vec<RowProblem>,
}

/// The bad rows as a table like the one they came from, with the line and what is wrong in two more columns.
///
/// `titles` are the headers of those two; `describe` says a problem in the reader's language. A spreadsheet opens
/// it as UTF-8, and takes no cell of it for a formula; importing it again gives the same cells.
pub fn problems_csv(
    header: &[String],
    separator: Separator,
    rows: &[BadRow],
    titles: [&str; 2],
    describe: impl Fn(&RowProblem) -> String,
) -> String {
    let mut out = String::from("\u{feff}");
    let head: Vec<&str> = header.iter().map(String::as_str).chain(titles).collect();
    write_row(&mut out, separator, &head);
    for row in rows {
        let said: Vec<String> = row.problems.iter().map(&describe).collect();
        let line = row.line.to_string();
        let said = said.join("; ");
        let blanks = core::iter::repeat_n("", header.len().saturating_sub(row.cells.len()));
        let cells = row.cells.iter().map(String::as_str).chain(blanks);
        let cells: Vec<&str> = cells.chain([line.as_str(), said.as_str()]).collect();
        write_row(&mut out, separator, &cells);
    }
    out
}

/// Writes one row, guarded against being taken for formulas.
pub fn write_row(out: &mut String, separator: Separator, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(char::from(separator.byte()));
        }
        let guard = could_be_formula(cell);
        let quoted = guard || cell.contains(['"', '\r', '\n', ',', ';', '\t']) || cell.trim() != *cell;
        if !quoted {
            out.push_str(cell);
            continue;
        }
        out.push('"');
        if guard {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    // A row of one blank cell would read as a blank line.
    if let [""] = cells {
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
}
