//! Screens: each reads the state through selectors and sends messages.

#[cfg(feature = "office")]
pub mod hq;
#[cfg(not(feature = "office"))]
#[path = "hq_absent.rs"]
pub mod hq;
pub mod join;
pub mod missing;
#[cfg(feature = "office")]
pub mod parcels;
pub mod ready;
pub mod reasons;
#[cfg(feature = "office")]
pub mod receipts;
pub mod record;
#[cfg(feature = "office")]
pub mod record_full;
#[cfg(feature = "office")]
pub mod records;
#[cfg(feature = "office")]
pub(crate) mod save;
pub mod session;
pub mod sessions;
pub mod start;
pub mod today;
pub(crate) mod words;
