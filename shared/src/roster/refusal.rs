//! Why a whole file is refused: by name, with the evidence, so that the office knows what to save differently.

use super::target::Field;
use serde::{Deserialize, Serialize};

/// A file that cannot be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Refusal {
    /// The text is in another encoding than UTF-8.
    #[error("the text is in {encoding:?}, not in UTF-8 (byte {byte})")]
    Encoding {
        /// The encoding it is, or most likely is.
        encoding: ForeignEncoding,
        /// How many bytes precede the evidence.
        byte: u64,
        /// The bytes that show it, in hexadecimal.
        bytes: String,
        /// How the first foreign word reads in that encoding; empty where it says nothing.
        sample: String,
    },
    /// The file is not a text.
    #[error("the file is {format:?}, not a text")]
    Format {
        /// What it is.
        format: ForeignFormat,
    },
    /// A byte that no text has.
    #[error("byte {byte} is {value:#04x}: not a text")]
    Binary {
        /// How many bytes precede it.
        byte: u64,
        /// The byte.
        value: u8,
    },
    /// The text is UTF-8 but damaged at one place.
    #[error("line {line}: byte {byte} is {value:#04x}, which is not UTF-8")]
    NotUtf8 {
        /// The physical line.
        line: u32,
        /// How many bytes of the file precede it.
        byte: u64,
        /// The byte.
        value: u8,
    },
    /// A quoted field is never closed.
    #[error("line {line}: a quote opens here and is never closed")]
    UnclosedQuote {
        /// The line where the quote opens.
        line: u32,
    },
    /// One cell is longer than any cell may be.
    #[error("line {line}: column {column} is longer than {limit} bytes")]
    FieldTooLong {
        /// The line where the row begins.
        line: u32,
        /// The column, counted from 1.
        column: u32,
        /// The limit in bytes.
        limit: u32,
    },
    /// One row is longer than any row may be.
    #[error("line {line}: the row is longer than {limit} bytes")]
    RecordTooLong {
        /// The line where the row begins.
        line: u32,
        /// The limit in bytes.
        limit: u32,
    },
    /// One row has more columns than any row may have.
    #[error("line {line}: the row has more than {limit} columns")]
    TooManyColumns {
        /// The line where the row begins.
        line: u32,
        /// The limit.
        limit: u32,
    },
    /// The file has more rows than one file may have.
    #[error("line {line}: more than {limit} rows")]
    TooManyRows {
        /// The line of the first row too many.
        line: u32,
        /// The limit.
        limit: u32,
    },
    /// There is no row at all.
    #[error("the file has no row")]
    Empty,
    /// Columns that the target cannot do without are not mapped.
    #[error("no column is mapped to {fields:?}")]
    Unmapped {
        /// The fields.
        fields: Vec<Field>,
    },
}

/// An encoding that is recognised and refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ForeignEncoding {
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
    Windows1251,
    Windows1252,
    Windows1254,
    Windows1256,
    /// One byte a letter, but which of the many encodings cannot be told.
    OneByte,
}

/// A file format that is recognised and refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ForeignFormat {
    Xlsx,
    Ods,
    Docx,
    Zip,
    /// Excel 97-2003, or another file in Microsoft's old container.
    Xls,
    /// A spreadsheet locked with a password.
    LockedXlsx,
    Pdf,
    Gzip,
    /// 7z, RAR, bzip2, xz, Zstandard.
    Archive,
    Image,
    Html,
    Rtf,
    Sqlite,
}
