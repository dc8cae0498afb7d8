//! The table as CSV: UTF-8 with a byte order mark, commas, CRLF (RFC 4180).
//!
//! A cell that a spreadsheet would read as a formula gets an apostrophe before it: names come from imported files.

use super::Report;
use crate::programme::Programme;

/// The headings in the reader's language, in the order of the columns.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct CsvWords<'a> {
    pub event: &'a str,
    pub participants: &'a str,
    pub planned: &'a str,
    pub invited: &'a str,
    pub present: &'a str,
    pub completed: &'a str,
    pub disputed: &'a str,
    pub sessions_held: &'a str,
    pub first_day: &'a str,
    pub last_day: &'a str,
    pub window_first: &'a str,
    pub window_last: &'a str,
    pub location: &'a str,
    pub organisers: &'a str,
}

/// The table of a report as CSV, with the programme's texts in the language of a BCP 47 tag.
pub fn to_csv(report: &Report, programme: &Programme, tag: &str, words: &CsvWords<'_>) -> String {
    let mut csv = String::from("\u{FEFF}");
    line(
        &mut csv,
        [
            words.event,
            words.participants,
            words.planned,
            words.invited,
            words.present,
            words.completed,
            words.disputed,
            words.sessions_held,
            words.first_day,
            words.last_day,
            words.window_first,
            words.window_last,
            words.location,
            words.organisers,
        ],
    );
    for row in &report.rows {
        let Some(stage) = programme.stage(&row.stage) else { continue };
        let counts = &row.counts;
        let held = |day: Option<crate::time::Day>| day.map(|d| d.to_string()).unwrap_or_default();
        let cells = [
            stage.name.in_locale(tag).to_owned(),
            stage.participants.in_locale(tag).to_owned(),
            counts.planned.to_string(),
            counts.invited.to_string(),
            counts.present.to_string(),
            counts.completed.to_string(),
            counts.disputed.to_string(),
            counts.held.to_string(),
            held(row.held.map(|h| h.0)),
            held(row.held.map(|h| h.1)),
            row.window.0.to_string(),
            row.window.1.to_string(),
            stage.location.in_locale(tag).to_owned(),
            stage.organisers.in_locale(tag).to_owned(),
        ];
        line(&mut csv, cells.iter().map(String::as_str));
    }
    csv
}

fn line<'a>(csv: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            csv.push(',');
        }
        csv.push_str(&guarded(cell));
    }
    csv.push_str("\r\n");
}

/// A cell as it is written: never a formula, quoted where it must be.
pub(super) fn guarded(cell: &str) -> String {
    let is_formula = cell
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    let shown = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if shown.contains(['"', ',', '\r', '\n', ';']) {
        format!("\"{}\"", shown.replace('"', "\"\""))
    } else {
        shown
    }
}
