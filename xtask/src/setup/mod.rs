//! What a fresh machine lacks. Each step looks first and does nothing when all is there.

mod apt;
pub mod browser;
pub mod npm;
pub mod wasm_target;
mod wasm_target_from_debian;
