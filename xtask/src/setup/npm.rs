//! workerd, the worker's runtime, by `npm ci` from the worker's lock file.

use crate::command;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::Command;

/// Installs what `worker/package-lock.json` names, unless exactly that is installed.
///
/// # Errors
/// When npm is missing or fails, or brings no workerd for this machine.
pub fn ensure(ws: &Workspace) -> Result<()> {
    let folder = ws.root.join("worker");
    let lock = fs::read(folder.join("package-lock.json")).context("worker/package-lock.json")?;
    let stamp = folder.join("node_modules").join(".cascade-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if command::which("npm").is_none() {
        bail!("npm is missing: install Node.js 20 or newer (it brings workerd, the server's runtime)");
    }
    println!("npm ci: workerd, the server's runtime");
    command::run(Command::new("npm").current_dir(&folder).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--silent",
    ]))?;
    if cascade_tests::server::workerd(&ws.root).is_none() {
        bail!("npm ci brought no workerd for this machine: it exists for Linux on x86-64 and arm64 here");
    }
    fs::write(&stamp, lock).context("noting what npm installed")
}
