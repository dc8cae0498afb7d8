//! See Cargo.toml.

mod planner;
