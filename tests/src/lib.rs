//! See Cargo.toml.

pub mod roster;
