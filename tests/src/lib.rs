//! See Cargo.toml.

pub mod plan_check;
