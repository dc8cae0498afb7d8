//! `cargo xtask`: everything one does with the repository, by one command each.
//!
//! - [`build`]: the wasm crates, the page's files and the worker, into `dist/`.
//! - [`setup`]: what a fresh machine lacks: the wasm target, workerd, a browser.
//!
//! It says what it does in short lines, and where it cannot go on, exactly what is missing.

mod build;
mod command;
mod setup;
mod workspace;

use anyhow::{Result, bail};
use build::Flavour;
use std::process::ExitCode;
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask <command>

  build [--dev]   wasm crates, files of the page and the worker, into dist/
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nCannot go on: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<()> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["build"] => build::run(&Workspace::find()?, Flavour::Shipped).map(drop),
        ["build", "--dev"] => build::run(&Workspace::find()?, Flavour::Dev).map(drop),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        other => bail!("no such command: {}\n\n{USAGE}", other.join(" ")),
    }
}
