//! The grammar of a separated text: quotes, doubled quotes, line ends inside and outside of quotes.
//!
//! Our own and not a CSV crate's: a row must name the physical line on which it begins under all three kinds of
//! line end, a quote that never closes must be caught where it opens, and every limit must name its line.
//! Lenient as spreadsheets are: a quote inside an unquoted cell is a letter. Text after a closing quote is kept,
//! and the row says so (`stray_quote`), since such a row may be cut at the wrong places.

use super::read::Record;
use super::refusal::Refusal;

/// Bytes in one cell, at most (a spreadsheet's cell holds 32,767 characters).
pub const FIELD_LIMIT: u32 = 64 * 1024;
/// Bytes in one row, at most.
pub const RECORD_LIMIT: u32 = 256 * 1024;
/// Cells in one row, at most.
pub const COLUMN_LIMIT: u32 = 512;
/// Rows in one file, at most, its header among them.
pub const ROW_LIMIT: u32 = 2_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first byte of a cell.
    CellStart,
    Plain,
    Quoted,
    /// After a quote inside a quoted cell: its end, or the first half of a doubled quote.
    Quote,
}

/// Cuts a text, given in any pieces, into records.
pub(super) struct Tokens {
    /// Non-zero for the bytes that end a run of plain ones.
    special: [bool; 256],
    separator: u8,
    at: At,
    line: u32,
    after_cr: bool,
    begun_line: u32,
    quote_line: u32,
    stray_quote: bool,
    quoted_row: bool,
    row_bytes: usize,
    cell: String,
    cells: Vec<String>,
    rows: u32,
    ready: Vec<Record>,
}

impl Tokens {
    pub(super) fn new(separator: u8) -> Self {
        let mut special = [false; 256];
        for byte in [0, b'\r', b'\n', b'"', separator] {
            special[usize::from(byte)] = true;
        }
        Self {
            special,
            separator,
            at: At::CellStart,
            line: 1,
            after_cr: false,
            begun_line: 1,
            quote_line: 1,
            stray_quote: false,
            quoted_row: false,
            row_bytes: 0,
            cell: String::new(),
            cells: Vec::new(),
            rows: 0,
            ready: Vec::new(),
        }
    }

    /// The physical line that is being read.
    pub(super) fn line(&self) -> u32 {
        self.line
    }

    /// Whether no row was ever completed.
    pub(super) fn is_bare(&self) -> bool {
        self.rows == 0
    }

    /// Counts lines that were left out before the text.
    pub(super) fn skip_lines(&mut self, lines: u32) {
        self.line += lines;
        self.begun_line = self.line;
    }

    /// The records completed since the last call.
    pub(super) fn take(&mut self) -> Vec<Record> {
        core::mem::take(&mut self.ready)
    }

    /// Reads a piece of text that `offset` bytes of the file precede.
    pub(super) fn feed(&mut self, text: &str, offset: u64) -> Result<(), Refusal> {
        let bytes = text.as_bytes();
        let mut from = 0;
        while from < bytes.len() {
            let rest = bytes.get(from..).unwrap_or_default();
            let run = rest.iter().position(|b| self.special[usize::from(*b)]).unwrap_or(rest.len());
            if run > 0 {
                // Special bytes are ASCII, so a run of others ends on a character.
                self.plain(text.get(from..from + run).unwrap_or_default())?;
                from += run;
            }
            if let Some(byte) = bytes.get(from) {
                if *byte == 0 {
                    return Err(Refusal::Binary { byte: offset + from as u64, value: 0 });
                }
                self.special(*byte)?;
                from += 1;
            }
        }
        Ok(())
    }

    /// Ends the text.
    pub(super) fn finish(&mut self) -> Result<(), Refusal> {
        if self.at == At::Quoted {
            return Err(Refusal::UnclosedQuote { line: self.quote_line });
        }
        if self.at != At::CellStart || !self.cells.is_empty() {
            self.end_cell()?;
            self.end_row()?;
        }
        Ok(())
    }

    fn plain(&mut self, text: &str) -> Result<(), Refusal> {
        self.after_cr = false;
        match self.at {
            At::CellStart => self.at = At::Plain,
            At::Quote => {
                // Blanks between a closing quote and the separator are harmless.
                if !text.trim().is_empty() {
                    self.stray_quote = true;
                }
                self.at = At::Plain;
            }
            At::Plain | At::Quoted => {}
        }
        self.grow(text)
    }

    fn special(&mut self, byte: u8) -> Result<(), Refusal> {
        let swallowed = byte == b'\n' && self.after_cr;
        let line_end = matches!(byte, b'\r' | b'\n');
        self.after_cr = byte == b'\r';
        if line_end && !swallowed {
            self.line = self.line.saturating_add(1);
        }
        match self.at {
            At::Quoted if byte == b'"' => self.at = At::Quote,
            At::Quoted => self.grow_byte(byte)?,
            At::Quote if byte == b'"' => {
                self.at = At::Quoted;
                self.grow_byte(byte)?;
            }
            At::CellStart if byte == b'"' => {
                self.at = At::Quoted;
                self.quote_line = self.line;
                self.quoted_row = true;
            }
            At::Plain if byte == b'"' => {
                // After a closing quote and more text, another quote: the row was quoted wrongly.
                self.grow_byte(byte)?;
            }
            _ if byte == self.separator => {
                self.end_cell()?;
            }
            // The second half of CRLF: the row ended with its first.
            _ if swallowed => {
                self.begun_line = self.line;
            }
            _ => {
                self.end_cell()?;
                self.end_row()?;
            }
        }
        Ok(())
    }

    fn grow(&mut self, text: &str) -> Result<(), Refusal> {
        self.room(text.len())?;
        self.cell.push_str(text);
        Ok(())
    }

    fn grow_byte(&mut self, byte: u8) -> Result<(), Refusal> {
        self.room(1)?;
        self.cell.push(char::from(byte));
        Ok(())
    }

    fn room(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.row_bytes += bytes;
        if self.cell.len() + bytes > FIELD_LIMIT as usize {
            if self.at == At::Quoted {
                return Err(Refusal::UnclosedQuote { line: self.quote_line });
            }
            let column = self.cells.len() as u32 + 1;
            return Err(Refusal::FieldTooLong { line: self.begun_line, column, limit: FIELD_LIMIT });
        }
        if self.row_bytes > RECORD_LIMIT as usize {
            return Err(Refusal::RecordTooLong { line: self.begun_line, limit: RECORD_LIMIT });
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        if self.cells.len() >= COLUMN_LIMIT as usize {
            return Err(Refusal::TooManyColumns { line: self.begun_line, limit: COLUMN_LIMIT });
        }
        self.cells.push(self.cell.as_str().to_owned());
        self.cell.clear();
        self.at = At::CellStart;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        let width = self.cells.len();
        let cells = core::mem::replace(&mut self.cells, Vec::with_capacity(width));
        let blank = !self.quoted_row && width == 1 && cells.first().is_some_and(String::is_empty);
        if blank {
            self.cells = cells;
            self.cells.clear();
        } else {
            if self.rows >= ROW_LIMIT {
                return Err(Refusal::TooManyRows { line: self.begun_line, limit: ROW_LIMIT });
            }
            self.rows += 1;
            self.ready.push(Record { line: self.begun_line, cells, stray_quote: self.stray_quote });
        }
        self.begun_line = self.line;
        self.stray_quote = false;
        self.quoted_row = false;
        self.row_bytes = 0;
        Ok(())
    }
}
