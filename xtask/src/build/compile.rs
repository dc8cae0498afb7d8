//! The three wasm crates, in one run of cargo: they share what they depend on. The page's is compiled twice: with the
//! office's screens, and without them, for the first visit of those who never see them.

use super::Flavour;
use crate::command;
use crate::setup::wasm_target::TARGET;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;

/// The packages that become wasm.
pub const PACKAGES: [&str; 3] = ["frontend", "desk", "worker-app"];

/// Compiles them.
///
/// # Errors
/// When cargo fails; it has said why.
pub fn run(ws: &Workspace, flavour: Flavour) -> Result<()> {
    cargo(ws, flavour, &PACKAGES, &[])?;
    // Both have the same file name: this one is kept under another before the next is made.
    let folder = ws.target.join(TARGET).join(flavour.folder());
    fs::copy(folder.join("frontend.wasm"), folder.join("office.wasm"))
        .context("keeping the office's wasm")?;
    cargo(ws, flavour, &PACKAGES[..1], &["--no-default-features"])
}

fn cargo(ws: &Workspace, flavour: Flavour, packages: &[&str], features: &[&str]) -> Result<()> {
    let mut cargo = command::cargo();
    cargo.current_dir(&ws.root).args(["build", "--target", TARGET, "--lib"]).args(features);
    for package in packages {
        cargo.args(["--package", package]);
    }
    if flavour == Flavour::Shipped {
        cargo.args(["--profile", "wasm"]);
    }
    command::run(&mut cargo)
}
