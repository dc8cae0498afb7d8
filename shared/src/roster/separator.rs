//! Which sign separates the cells: forced by the reader of the file, said by the file, or found.

use super::tokens::Tokens;
use serde::{Deserialize, Serialize};

/// The sign between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
}

impl Separator {
    /// Every separator that is looked for.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The sign.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// How many rows are looked at.
const ROWS: usize = 50;

/// The separator announced in a first line `sep=;` (as Excel writes and reads it), and the length of that line.
pub(super) fn announced(text: &str) -> Option<(Separator, usize)> {
    let rest = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP="))?;
    let found = Separator::ALL.into_iter().find(|s| rest.as_bytes().first() == Some(&s.byte()))?;
    let end = rest.get(1..)?;
    let line_end = ["\r\n", "\n", "\r"].into_iter().find(|e| end.starts_with(e))?;
    Some((found, "sep=;".len() + line_end.len()))
}

/// The separator under which the first rows have most consistently the same number of cells; a comma where
/// nothing separates anything. `whole` says that the text is the whole file.
pub(super) fn detect(text: &str, whole: bool) -> Separator {
    let mut best = (Separator::Comma, 0);
    // Among equals the sign that is rarer in addresses and names.
    for separator in [Separator::Tab, Separator::Semicolon, Separator::Comma] {
        let score = score(text, whole, separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

fn score(text: &str, whole: bool, separator: Separator) -> u64 {
    let mut tokens = Tokens::new(separator.byte());
    // A row that breaks a limit ends the look, and does not spoil what was seen before it.
    let mut sound = tokens.feed(text, 0).is_ok();
    if whole && sound {
        sound = tokens.finish().is_ok();
    }
    let widths: Vec<usize> = tokens.take().iter().take(ROWS).map(|r| r.cells.len()).collect();
    let common =
        widths.iter().max_by_key(|w| (widths.iter().filter(|o| o == w).count(), **w)).copied().unwrap_or(0);
    if common < 2 {
        return 0;
    }
    let alike = widths.iter().filter(|w| **w == common).count() as u64;
    let share = alike * 1_000 / widths.len() as u64;
    let header = if widths.first() == Some(&common) { 2 } else { 1 };
    let closed = if sound { 2 } else { 1 };
    share * header * closed * 1_000 + common.min(999) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_that_makes_the_rows_alike_is_found() {
        for (text, expected) in [
            ("a,b\n1,2\n", Separator::Comma),
            ("a;b\n1,5;2,5\n3,5;4,5\n", Separator::Semicolon),
            ("code;address\n1;Osh, Lenin str., 5\n2;Osh, school\n", Separator::Semicolon),
            ("a\tb;c\n1\t2;3\n", Separator::Tab),
            ("name\nAsel\n", Separator::Comma),
            ("List of stations\ncode;name;unit\n1;a;b\n2;c;d\n", Separator::Semicolon),
            ("a,b\n\"1;2;3\",\"x;y;z\"\n", Separator::Comma),
        ] {
            assert_eq!(detect(text, true), expected, "{text:?}");
        }
    }

    #[test]
    fn a_first_line_may_announce_the_separator() {
        assert_eq!(announced("sep=;\r\na;b"), Some((Separator::Semicolon, 7)));
        assert_eq!(announced("sep=x\n"), None);
        assert_eq!(announced("sep=;a;b"), None);
    }
}
