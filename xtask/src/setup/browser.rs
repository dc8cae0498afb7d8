//! A Chromium and its driver for the browser tests.

use crate::command;
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// Finds both, or installs Debian's packages where this runs as root.
///
/// # Errors
/// When they are missing and cannot be installed, with what to do.
pub fn ensure() -> Result<()> {
    let Some(missing) = missing() else { return Ok(()) };
    let by_hand = "install a Chromium and the chromedriver of the same version, and name them by CHROME and \
                   CHROMEDRIVER if they are in an unusual place";
    if command::which("apt-get").is_none() {
        bail!("the browser tests need {missing}: {by_hand}");
    }
    if command::read(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!(
            "the browser tests need {missing}: run `apt-get install chromium chromium-driver` as root, or {by_hand}"
        );
    }
    println!("apt-get install chromium chromium-driver");
    let apt = |words: &[&str]| {
        command::run(Command::new("apt-get").args(words).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "--quiet=2"])?;
    apt(&["install", "--yes", "--quiet=2", "--no-install-recommends", "chromium", "chromium-driver"])?;
    match self::missing() {
        None => Ok(()),
        Some(missing) => bail!("Debian's packages brought no {missing}: {by_hand}"),
    }
}

fn missing() -> Option<&'static str> {
    let browser = ["chromium", "google-chrome", "chromium-browser"];
    match (is_there("CHROME", &browser), is_there("CHROMEDRIVER", &["chromedriver"])) {
        (true, true) => None,
        (true, false) => Some("chromedriver"),
        (false, true) => Some("Chromium"),
        (false, false) => Some("Chromium and chromedriver"),
    }
}

fn is_there(variable: &str, names: &[&str]) -> bool {
    match std::env::var_os(variable).filter(|path| !path.is_empty()) {
        Some(path) => PathBuf::from(path).is_file(),
        None => names.iter().any(|name| command::which(name).is_some()),
    }
}
