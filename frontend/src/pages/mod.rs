//! Screens: each reads the state through selectors and sends messages.

#[cfg(feature = "office")]
pub mod hq;
#[cfg(not(feature = "office"))]
#[path = "hq_absent.rs"]
pub mod hq;
pub mod join;
pub mod missing;
pub mod ready;
pub mod session;
pub mod sessions;
pub mod start;
pub mod today;
pub(crate) mod words;
