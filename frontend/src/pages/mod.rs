//! Screens: each reads the state through selectors and sends messages.

pub mod hq;
pub mod join;
pub mod missing;
pub mod ready;
pub mod session;
pub mod sessions;
pub mod start;
pub mod today;
pub(crate) mod words;
