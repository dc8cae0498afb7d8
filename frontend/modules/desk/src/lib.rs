//! See Cargo.toml.

mod planner;
mod put_plan;
