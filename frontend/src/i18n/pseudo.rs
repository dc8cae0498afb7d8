//! The pseudo-locale that runs from right to left, made from English, to see mirroring and texts left in the code.
//!
//! Each word stands between a right-to-left override and its end, so that even Latin letters run leftwards; digits
//! and marks stay outside, as they would in Urdu. Texts are turned when they are shown: a first visit does not carry
//! them a second time.

use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    static TURNED: RefCell<BTreeMap<&'static str, &'static str>> = const { RefCell::new(BTreeMap::new()) };
}

/// A text of the page with each word turned around; kept for as long as the page lives, as the text itself is.
pub(crate) fn turned(text: &'static str) -> &'static str {
    TURNED.with_borrow_mut(|kept| *kept.entry(text).or_insert_with(|| mirrored(text).leak()))
}

/// A text with each word turned around.
fn mirrored(text: &str) -> String {
    let mut made = String::new();
    let mut in_word = false;
    for c in text.chars() {
        if c.is_ascii_alphabetic() != in_word {
            made.push(if in_word { '\u{202C}' } else { '\u{202E}' });
            in_word = !in_word;
        }
        made.push(c);
    }
    if in_word {
        made.push('\u{202C}');
    }
    made
}
