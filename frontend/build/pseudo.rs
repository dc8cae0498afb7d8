//! The pseudo-locale that runs from right to left, made from English, to see mirroring and texts left in the code.
//!
//! Each word stands between a right-to-left override and its end, so that even Latin letters run leftwards; digits
//! and marks stay outside, as they would in Urdu.

use crate::catalog::{Catalog, Message, Part};

/// The pseudo-locale of an English catalog.
pub fn catalog(english: &Catalog) -> Catalog {
    english
        .iter()
        .map(|(id, message)| {
            let parts = parts(&message.parts);
            (id.clone(), Message { parts, variables: message.variables.clone() })
        })
        .collect()
}

/// A text with each word turned around.
pub fn mirrored(text: &str) -> String {
    let mut made = String::new();
    let mut in_word = false;
    for c in text.chars() {
        if c.is_alphabetic() != in_word {
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

fn parts(from: &[Part]) -> Vec<Part> {
    from.iter()
        .map(|part| match part {
            Part::Text(text) => Part::Text(mirrored(text)),
            Part::Variable(name) => Part::Variable(name.clone()),
            Part::Plural(name, branches) => Part::Plural(
                name.clone(),
                branches.iter().map(|(case, inner)| (*case, parts(inner))).collect(),
            ),
        })
        .collect()
}
