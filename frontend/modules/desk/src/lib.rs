//! Long work of headquarters in a Web Worker: reading tables and planning, off the main thread.
//!
//! Thin: JSON texts in and out, so that the page gives and takes the types of `shared` without a glue of its own.
//! Cancelling is ending the worker; nothing here outlives it.

mod planner;
mod put_plan;
mod reader;

pub use reader::TableReader;
