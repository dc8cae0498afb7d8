//! Texts, dates and numbers in the reader's language.
//!
//! [`t`] holds one typed function a message, made at build time from `locales/<tag>/<area>.ftl`: the arguments after
//! the locale are the message's variables in the order of their names. A component takes its [`Locale`] from
//! [`use_locale`]; no text for people stands in Rust code.

mod context;
mod fmt;
mod intl;
mod locale;
mod pseudo;
mod render;

pub use context::{LocaleProvider, LocaleProviderProps, use_locale, use_locale_setter};
pub use fmt::{fmt_bytes, fmt_clock, fmt_number, fmt_percent};
pub use intl::{DayStyle, fmt_day, fmt_days, fmt_moment, fmt_time};
pub use locale::Locale;

/// The messages: `t::session_present_of(locale, present, total)` for the id `session-present-of`.
#[allow(clippy::too_many_arguments)]
#[rustfmt::skip]
pub mod t {
    use super::Locale;
    use super::render::{Arg, Case, Part, pick, render};

    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

#[cfg(test)]
#[path = "../../build/catalog.rs"]
mod catalog;
#[cfg(test)]
mod catalog_tests;
#[cfg(test)]
mod tests;
