//! Bytes to records, piece by piece: what [`Reader`] returns does not depend on how the file is cut into pieces.
//!
//! The first 64 KiB are held back until they are there (or the file ends): on them it is decided what the file
//! is, how it is encoded and what separates its cells. After that nothing is kept but the row being read.

use super::encoding;
use super::refusal::Refusal;
use super::separator::{self, Separator};
use super::tokens::Tokens;
use serde::{Deserialize, Serialize};

/// Bytes on which the kind of a file is decided.
pub const WINDOW: usize = 64 * 1024;

/// How to read a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// The separator, if it must not be looked for.
    pub separator: Option<Separator>,
}

/// One row of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The physical line on which it begins, counted from 1.
    pub line: u32,
    /// Its cells as they stand in the file, without their quotes.
    pub cells: Vec<String>,
    /// Text followed a closing quote: the cells may be cut at the wrong places.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub stray_quote: bool,
}

/// Reads a separated text in UTF-8, given in pieces.
pub struct Reader {
    options: Options,
    /// What waits: the first window, later the bytes of a character that is not complete.
    held: Vec<u8>,
    /// Bytes of the file before `held`.
    offset: u64,
    bytes: u64,
    bom: bool,
    separator: Option<Separator>,
    tokens: Option<Tokens>,
    refused: Option<Refusal>,
}

impl Reader {
    /// A reader at the beginning of a file.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            held: Vec::new(),
            offset: 0,
            bytes: 0,
            bom: false,
            separator: None,
            tokens: None,
            refused: None,
        }
    }

    /// The separator in use; none before enough of the file is known.
    pub fn separator(&self) -> Option<Separator> {
        self.separator
    }

    /// Whether the file began with a byte order mark.
    pub fn bom(&self) -> bool {
        self.bom
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads the next bytes and returns the rows that they complete.
    ///
    /// # Errors
    /// A [`Refusal`] of the whole file; every later call repeats it.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Record>, Refusal> {
        if let Some(refusal) = &self.refused {
            return Err(refusal.clone());
        }
        self.bytes += bytes.len() as u64;
        let read = self.advance(bytes);
        self.settle(read)
    }

    /// Ends the file and returns its last rows.
    ///
    /// # Errors
    /// A [`Refusal`] of the whole file, such as a quote that was never closed.
    pub fn finish(&mut self) -> Result<Vec<Record>, Refusal> {
        if let Some(refusal) = &self.refused {
            return Err(refusal.clone());
        }
        let ended = self.end();
        self.settle(ended)
    }

    fn settle(&mut self, done: Result<(), Refusal>) -> Result<Vec<Record>, Refusal> {
        if let Err(refusal) = done {
            self.refused = Some(refusal.clone());
            self.held = Vec::new();
            self.tokens = None;
            return Err(refusal);
        }
        Ok(self.tokens.as_mut().map(Tokens::take).unwrap_or_default())
    }

    fn advance(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if self.tokens.is_some() && self.held.is_empty() {
            return self.decode(bytes);
        }
        let mut rest = bytes;
        if self.tokens.is_none() {
            // Exactly the window, whatever the pieces.
            let missing = WINDOW.saturating_sub(self.held.len()).min(rest.len());
            let (head, tail) = rest.split_at(missing);
            self.held.extend_from_slice(head);
            rest = tail;
            if self.held.len() < WINDOW {
                return Ok(());
            }
            self.open(false)?;
        }
        if self.held.is_empty() {
            return self.decode(rest);
        }
        let mut joined = core::mem::take(&mut self.held);
        joined.extend_from_slice(rest);
        self.decode(&joined)
    }

    fn end(&mut self) -> Result<(), Refusal> {
        if self.tokens.is_none() {
            self.open(true)?;
        }
        if let Some(value) = self.held.first().copied() {
            let line = self.tokens.as_ref().map_or(1, Tokens::line);
            return Err(Refusal::NotUtf8 { line, byte: self.offset, value });
        }
        if let Some(tokens) = &mut self.tokens {
            tokens.finish()?;
            if tokens.is_bare() {
                return Err(Refusal::Empty);
            }
        }
        Ok(())
    }

    /// Decides on the window what the file is, and reads the window.
    fn open(&mut self, whole: bool) -> Result<(), Refusal> {
        let window = core::mem::take(&mut self.held);
        encoding::judge(&window)?;
        let text_bytes = window.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&window);
        self.bom = text_bytes.len() < window.len();
        self.offset = (window.len() - text_bytes.len()) as u64;
        let text = longest_text(text_bytes);
        let announced = separator::announced(text);
        let separator = (self.options.separator)
            .or(announced.map(|(s, _)| s))
            .unwrap_or_else(|| separator::detect(text, whole));
        self.separator = Some(separator);
        let mut tokens = Tokens::new(separator.byte());
        let skipped = announced.map_or(0, |(_, bytes)| bytes);
        if skipped > 0 {
            tokens.skip_lines(1);
        }
        self.offset += skipped as u64;
        self.tokens = Some(tokens);
        self.decode(text_bytes.get(skipped..).unwrap_or_default())
    }

    /// Reads bytes that `offset` bytes of the file precede.
    fn decode(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let Some(tokens) = &mut self.tokens else { return Ok(()) };
        let (text, bad) = match core::str::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(error) => (longest_text(bytes), error.error_len().is_some()),
        };
        // First what is sound, so that the earlier of two faults is the one named.
        tokens.feed(text, self.offset)?;
        self.offset += text.len() as u64;
        let rest = bytes.get(text.len()..).unwrap_or_default();
        match rest.first() {
            Some(value) if bad => {
                Err(Refusal::NotUtf8 { line: tokens.line(), byte: self.offset, value: *value })
            }
            _ => {
                self.held = rest.to_vec();
                Ok(())
            }
        }
    }
}

/// The text up to the first byte that is not UTF-8.
fn longest_text(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|sound| core::str::from_utf8(sound).ok())
            .unwrap_or_default(),
    }
}

/// Reads a whole file that is in memory.
///
/// # Errors
/// A [`Refusal`] of the whole file.
pub fn read_all(bytes: &[u8], options: Options) -> Result<Vec<Record>, Refusal> {
    let mut reader = Reader::new(options);
    let mut records = reader.push(bytes)?;
    records.append(&mut reader.finish()?);
    Ok(records)
}

#[cfg(test)]
mod tests;
