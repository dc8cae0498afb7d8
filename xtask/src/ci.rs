//! `cargo xtask ci`: what a change must pass. The cheap checks first, and the same test command as anybody's.

use crate::build::compile::PACKAGES;
use crate::command;
use crate::setup;
use crate::setup::wasm_target::TARGET;
use crate::workspace::Workspace;
use crate::{test, tidy};
use anyhow::{Context, Result};
use std::process::Command;
use std::time::Instant;

/// Runs all of it, stops at the first thing that is wrong, and says whether every test passed.
///
/// # Errors
/// Whatever the first failing step says.
pub fn run(ws: &Workspace) -> Result<bool> {
    step("formatting", || command::run(cargo(ws).args(["fmt", "--all", "--check"])))?;
    step("tidy", || tidy::run(ws))?;
    setup::wasm_target::ensure(ws)?;
    step("clippy, native", || {
        let mut clippy = cargo(ws);
        clippy.args(["clippy", "--workspace", "--all-targets"]);
        native(&mut clippy);
        command::run(clippy.args(["--", "-D", "warnings"]))
    })?;
    step("clippy, wasm", || {
        let mut clippy = cargo(ws);
        clippy.args(["clippy", "--target", TARGET, "--lib"]);
        wasm(&mut clippy);
        command::run(clippy.args(["--", "-D", "warnings"]))
    })?;
    step("documentation", || {
        let mut native_docs = cargo(ws);
        native_docs.args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
        native(&mut native_docs);
        command::run(&mut native_docs)?;
        let mut wasm_docs = cargo(ws);
        wasm_docs.args(["doc", "--target", TARGET, "--lib", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
        wasm(&mut wasm_docs);
        command::run(&mut wasm_docs)
    })?;
    println!("== build and tests");
    test::run(ws, &[])
}

fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("== {name}");
    let begun = Instant::now();
    work().with_context(|| name.to_owned())?;
    println!("== {name}: {:.0} s", begun.elapsed().as_secs_f32());
    Ok(())
}

fn cargo(ws: &Workspace) -> Command {
    let mut cargo = command::cargo();
    cargo.current_dir(&ws.root);
    cargo
}

fn native(cargo: &mut Command) {
    for package in PACKAGES {
        cargo.args(["--exclude", package]);
    }
}

fn wasm(cargo: &mut Command) {
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
}
