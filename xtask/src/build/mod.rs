//! From sources to `dist/`: `dist/site/` is what browsers get, `dist/worker/` what the runtime runs.
//!
//! Every step looks at what it would make and does nothing when that is there: cargo by its own fingerprints,
//! wasm-bindgen by the hash of its input, compression by the hash of the file, the layout by comparing bytes.

mod bindgen;
pub mod compile;
mod layout;
mod names;
mod packing;
mod page;
mod styles;
mod worker;

pub use layout::files_below;

use crate::setup;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::PathBuf;
use std::time::Instant;

/// How the wasm crates are compiled and the files compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// As small as it gets.
    Shipped,
    /// As soon as it gets.
    Dev,
}

impl Flavour {
    /// The folder cargo puts this profile's results in.
    fn folder(self) -> &'static str {
        match self {
            Self::Shipped => "wasm",
            Self::Dev => "debug",
        }
    }
}

/// Whether an earlier build left a page and a worker in `dist/`.
pub fn is_built(ws: &Workspace) -> bool {
    ["worker/index_bg.wasm", "site"].iter().all(|part| ws.dist().join(part).exists())
}

/// Builds the worker alone, soon, beside the page that an earlier build left in `dist/`.
///
/// # Errors
/// As [`run`].
pub fn worker_only(ws: &Workspace) -> Result<()> {
    setup::wasm_target::ensure(ws)?;
    setup::npm::ensure(ws)?;
    compile::worker(ws)?;
    worker::write(ws, &bindgen::worker(ws, Flavour::Dev, "worker_app")?)
}

/// Builds everything and returns the folder it lies in.
///
/// # Errors
/// When something is missing on this machine or a step fails.
pub fn run(ws: &Workspace, flavour: Flavour) -> Result<PathBuf> {
    let begun = Instant::now();
    setup::wasm_target::ensure(ws)?;
    setup::npm::ensure(ws)?;
    compile::run(ws, flavour)?;
    let app = bindgen::page(ws, flavour, "frontend")?;
    let office = bindgen::page(ws, flavour, "office")?;
    let desk = bindgen::page(ws, flavour, "desk")?;
    let server = bindgen::worker(ws, flavour, "worker_app")?;
    let site = page::assemble(ws, &app, &office, &desk)?;
    let first_visit = packing::write(ws, flavour, &site)?;
    worker::write(ws, &server)?;
    println!(
        "dist/ is ready ({:.1} s); first visit {} kB compressed, build {}",
        begun.elapsed().as_secs_f32(),
        first_visit.div_ceil(1000),
        site.build
    );
    Ok(ws.dist())
}
