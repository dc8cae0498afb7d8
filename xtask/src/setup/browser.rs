//! A Chromium and its driver for the browser tests.

use crate::command;
use anyhow::{Context, Result, bail};
use cascade_tests::browser::Programs;
use std::process::Command;

/// Finds both, or installs Debian's packages where this runs as root.
///
/// # Errors
/// When they are missing and cannot be installed, with what to do.
pub fn ensure() -> Result<()> {
    let Err(missing) = Programs::find() else { return Ok(()) };
    let told = ["CHROME", "CHROMEDRIVER"].into_iter().any(|name| std::env::var_os(name).is_some());
    if told || command::which("apt-get").is_none() {
        bail!("the browser tests cannot run: {missing}");
    }
    if command::read(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("the browser tests cannot run: {missing} (As root, this command would install them.)");
    }
    println!("apt-get install chromium chromium-driver");
    apt(&["update", "--quiet=2"])?;
    apt(&["install", "--yes", "--quiet=2", "--no-install-recommends", "chromium", "chromium-driver"])?;
    Programs::find().map(drop).context("Debian's packages were installed")
}

fn apt(words: &[&str]) -> Result<()> {
    command::run(Command::new("apt-get").args(words).env("DEBIAN_FRONTEND", "noninteractive"))
}
