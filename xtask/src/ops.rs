//! `cargo xtask backup | restore | export | recovery | verify | scrub`: handed on to the crate `cascade-ops`, which is built when it is
//! first needed: it brings SQLite, and nothing else here needs that.

use crate::command;
use crate::workspace::Workspace;
use anyhow::Result;

/// The commands that are handed on.
pub const COMMANDS: [&str; 6] = ["backup", "restore", "export", "recovery", "verify", "scrub"];

/// Runs one of them; false when it ran and failed, and has said why.
///
/// # Errors
/// When it cannot be built.
pub fn run(ws: &Workspace, words: &[&str]) -> Result<bool> {
    let manifest = ws.root.join("Cargo.toml");
    let mut build = command::cargo();
    build
        .args(["build", "--quiet", "--release", "--package", "cascade-ops", "--manifest-path"])
        .arg(&manifest);
    command::run(&mut build)?;
    let mut program = std::process::Command::new(ws.target.join("release/cascade-ops"));
    program.args(words);
    if !words.contains(&"--storage") {
        program.arg("--storage").arg(ws.root.join("storage"));
    }
    Ok(program.status()?.success())
}
