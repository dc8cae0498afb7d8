//! The three wasm crates, in one run of cargo: they share what they depend on. The page's is compiled twice: with the
//! office's screens, and without them, for the first visit of those who never see them.
//!
//! Both forms of the page have one file name, so that cargo takes each for out of date after the other: what was
//! compiled is kept apart, with a hash of all that it was compiled from, and cargo is asked only when that differs.

use super::layout::{files_below, write_whole};
use super::{Flavour, names};
use crate::command;
use crate::setup::wasm_target::TARGET;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// The packages that become wasm.
pub const PACKAGES: [&str; 3] = ["frontend", "desk", "worker-app"];

/// Compiles them.
///
/// # Errors
/// When cargo fails; it has said why.
pub fn run(ws: &Workspace, flavour: Flavour) -> Result<()> {
    let stamp = kept(ws, flavour, "sources").with_extension("hash");
    let sources = sources(ws)?;
    if fs::read_to_string(&stamp).is_ok_and(|seen| seen == sources) {
        return Ok(());
    }
    let keep = |lib, name| keep(ws, flavour, lib, name);
    cargo(ws, flavour, &PACKAGES, &[])?;
    keep("frontend", "office")?;
    keep("desk", "desk")?;
    keep("worker_app", "worker_app")?;
    cargo(ws, flavour, &PACKAGES[..1], &["--no-default-features"])?;
    keep("frontend", "frontend")?;
    write_whole(&stamp, sources.as_bytes())
}

/// Compiles the worker alone, as soon as it gets. What was kept of all of them together is out of date then.
///
/// # Errors
/// As [`run`].
pub fn worker(ws: &Workspace) -> Result<()> {
    let flavour = Flavour::Dev;
    let _ = fs::remove_file(kept(ws, flavour, "sources").with_extension("hash"));
    cargo(ws, flavour, &PACKAGES[2..], &[])?;
    keep(ws, flavour, "worker_app", "worker_app")
}

fn keep(ws: &Workspace, flavour: Flavour, lib: &str, name: &str) -> Result<()> {
    let made = ws.target.join(TARGET).join(flavour.folder()).join(format!("{lib}.wasm"));
    let bytes = fs::read(made).with_context(|| format!("cargo built no {lib}.wasm"))?;
    write_whole(&kept(ws, flavour, name), &bytes)
}

/// Where a compiled crate is kept.
pub fn kept(ws: &Workspace, flavour: Flavour, name: &str) -> PathBuf {
    ws.scratch().join(flavour.folder()).join("compiled").join(format!("{name}.wasm"))
}

/// A hash of all that the wasm is compiled from.
fn sources(ws: &Workspace) -> Result<String> {
    let mut text = String::new();
    let folders = ["shared", "frontend", "worker/src"].map(|folder| files_below(&ws.root.join(folder)));
    let files = [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        ".cargo/config.toml",
        "worker/Cargo.toml",
        "docs/openapi.json",
    ];
    let files = files.map(|file| ws.root.join(file));
    for path in folders.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().chain(files) {
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        text.push_str(&format!("{} {}\n", path.display(), names::hash(&bytes)));
    }
    Ok(names::hash(text.as_bytes()))
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
