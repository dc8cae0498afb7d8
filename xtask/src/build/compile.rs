//! The three wasm crates, in one run of cargo: they share what they depend on.

use super::Flavour;
use crate::command;
use crate::setup::wasm_target::TARGET;
use crate::workspace::Workspace;
use anyhow::Result;

/// The packages that become wasm.
pub const PACKAGES: [&str; 3] = ["frontend", "desk", "worker-app"];

/// Compiles them.
///
/// # Errors
/// When cargo fails; it has said why.
pub fn run(ws: &Workspace, flavour: Flavour) -> Result<()> {
    let mut cargo = command::cargo();
    cargo.current_dir(&ws.root).args(["build", "--target", TARGET, "--lib"]);
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    if flavour == Flavour::Shipped {
        cargo.args(["--profile", "wasm"]);
    }
    command::run(&mut cargo)
}
