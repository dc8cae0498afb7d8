//! The compilation target of the page and the worker.

use super::wasm_target_from_debian;
use crate::command;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc has a standard library for the target: as rustup brings it, or built from Debian's copy of
/// the same compiler's sources.
///
/// # Errors
/// When neither way works, with what each one lacked.
pub fn ensure(ws: &Workspace) -> Result<()> {
    if libraries()?.is_some() {
        return Ok(());
    }
    println!("rustup target add {TARGET}");
    let by_rustup = match command::which("rustup") {
        Some(rustup) => command::run(Command::new(rustup).args(["target", "add", TARGET])),
        None => Err(anyhow::anyhow!("rustup is not installed")),
    };
    let by_rustup = match by_rustup {
        Ok(()) if libraries()?.is_some() => return Ok(()),
        Ok(()) => anyhow::anyhow!("rustup added the target to another toolchain than the one in use"),
        Err(error) => error,
    };
    println!("that did not work; building the target's standard library from Debian's rust-src instead");
    let by_debian = match wasm_target_from_debian::build(ws) {
        Ok(()) if libraries()?.is_some() => return Ok(()),
        Ok(()) => anyhow::anyhow!("the libraries were built and rustc does not see them"),
        Err(error) => error,
    };
    bail!(
        "the standard library for {TARGET} is missing.\n\
         - by rustup: {by_rustup:#}\n\
         - from Debian's rust-src: {by_debian:#}\n\
         Install it once with `rustup target add {TARGET}` where there is a network."
    )
}

/// The folder of the target's libraries, when `core` is there.
fn libraries() -> Result<Option<PathBuf>> {
    let folder = libraries_folder()?;
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(None) };
    let has_core = entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"));
    Ok(has_core.then_some(folder))
}

/// Where rustc looks for the target's libraries.
pub fn libraries_folder() -> Result<PathBuf> {
    Ok(sysroot()?.join("lib/rustlib").join(TARGET).join("lib"))
}

/// The root of the toolchain in use.
pub fn sysroot() -> Result<PathBuf> {
    let text =
        command::read(Command::new("rustc").args(["--print", "sysroot"])).context("rustc is missing")?;
    Ok(PathBuf::from(text.trim()))
}
