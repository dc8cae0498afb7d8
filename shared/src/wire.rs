//! Reading what travels and what is stored: JSON, in little code.
//!
//! The page reads dozens of types, and a reader is compiled once for each; this one keeps what depends on the type
//! small, because a first visit is paid for by the byte. It reads what `serde_json` writes and gives the same value
//! (a property of the tests below); it says only that a text cannot be read, never where: what a person must mend is
//! read with `serde_json`, on the server and in the office's checks.
//!
//! Invariants: no input panics; nesting is limited as in `serde_json`; a struct is an object, never a list.

mod reader;
#[cfg(test)]
mod tests;
mod text;

use serde::Deserialize;
use std::fmt::Display;

/// The text is not JSON, or not of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unreadable")]
pub struct Unreadable;

/// Reads one value, and nothing but white space after it.
///
/// # Errors
/// [`Unreadable`], without a place: see the module.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Unreadable> {
    let mut reader = text::Source::new(text);
    let value = T::deserialize(&mut reader)?;
    if reader.peek() == 0 && reader.is_spent() { Ok(value) } else { Err(Unreadable) }
}

impl serde::de::Error for Unreadable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn serde::de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}
