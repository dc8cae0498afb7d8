//! See Cargo.toml.

pub mod api;
pub mod browser;
pub mod proxy;
pub mod shots;
