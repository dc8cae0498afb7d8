//! `cargo xtask simulate`: the simulator at full speed. It prints the seed of any breach and its shortest story.

use crate::command;
use crate::workspace::Workspace;
use anyhow::Result;

/// Builds and runs it with these options; false when a rule broke.
///
/// # Errors
/// When it does not build.
pub fn run(ws: &Workspace, options: &[&str]) -> Result<bool> {
    let package = ["--release", "--quiet", "--package", "cascade-sim", "--bin", "simulate"];
    command::run(command::cargo().current_dir(&ws.root).arg("build").args(package))?;
    let program = ws.target.join("release").join("simulate");
    command::succeeds(std::process::Command::new(program).args(options))
}
