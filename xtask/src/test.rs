//! `cargo xtask test`: all set-up, then every test, then one line with the sum.
//!
//! The page and the worker are tested as they ship: their wasm is built first, and the tests of `tests/` drive it in
//! a real workerd and a real browser.

use crate::build::{self, Flavour};
use crate::command;
use crate::setup;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Packages whose tests need a browser's types and therefore have none of their own that run natively.
const NOT_NATIVE: [&str; 1] = ["frontend"];

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    passed: usize,
    failed: usize,
}

impl Sum {
    /// Adds what a line like `test result: ok. 3 passed; 1 failed; ..` says; any other line says nothing.
    fn add(&mut self, line: &str) {
        let Some(rest) = line.trim().strip_prefix("test result:") else { return };
        let mut before = "";
        for word in rest.split_whitespace() {
            let number: usize = before.parse().unwrap_or_default();
            match word.trim_end_matches(';') {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                _ => {}
            }
            before = word;
        }
    }
}

/// Sets up, builds, tests, and says whether all is well; the last line printed is the sum.
/// `only` filters tests by name, as cargo does.
///
/// # Errors
/// When something is missing or does not build.
pub fn run(ws: &Workspace, only: &[&str]) -> Result<bool> {
    setup::browser::ensure()?;
    build::run(ws, Flavour::Shipped)?;
    let mut cargo = command::cargo();
    cargo.current_dir(&ws.root).args(["test", "--workspace", "--no-fail-fast"]);
    for package in NOT_NATIVE {
        cargo.args(["--exclude", package]);
    }
    cargo.args(["--"]).args(only);
    let (sum, succeeded) = count(&mut cargo)?;
    // A crate that does not compile fails no test.
    let all_well = succeeded && sum.failed == 0;
    if !succeeded && sum.failed == 0 {
        println!("\nNot everything could be tested; cargo says above what does not compile or ended early.");
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    Ok(all_well)
}

/// Runs a command, showing and counting what it prints.
fn count(command: &mut Command) -> Result<(Sum, bool)> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let output = child.stdout.take().context("the output of cargo test")?;
    let mut sum = Sum::default();
    for line in BufReader::new(output).lines() {
        let line = line.context("the output of cargo test")?;
        sum.add(&line);
        println!("{line}");
    }
    Ok((sum, child.wait().context("cargo test")?.success()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed_over_all_runs() {
        let mut sum = Sum::default();
        for line in [
            "running 4 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.0s",
        ] {
            sum.add(line);
        }
        assert_eq!(sum, Sum { passed: 13, failed: 2 });
    }
}
