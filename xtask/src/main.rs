//! `cargo xtask`: everything one does with the repository, by one command each.
//!
//! - [`build`]: the wasm crates, the page's files and the worker, into `dist/`.
//! - [`serve`]: a server on a storage folder.
//! - [`ops`]: backup, restore, export.
//! - [`mod@test`], [`ci`]: every test; everything a change must pass.
//! - [`simulate`]: the sync code among faults, seed by seed.
//! - [`tidy`]: the rules of the house that no compiler checks.
//! - [`permissions`], [`openapi`]: the documents that are written from code.
//! - [`setup`]: what a fresh machine lacks: the wasm target, workerd, a browser.
//!
//! It says what it does in short lines, and where it cannot go on, exactly what is missing.

mod bench;
mod black_box;
mod build;
mod ci;
mod command;
mod fuzz;
mod openapi;
mod ops;
mod options;
mod permissions;
mod roster;
mod serve;
mod setup;
mod simulate;
mod test;
mod tidy;
mod workspace;

use anyhow::{Result, bail};
use build::Flavour;
use std::process::ExitCode;
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask <command>

  serve           set up, build, start the server, load the demo, say where it is; Ctrl-C stops it
                  [--port P] [--storage DIR] [--host H --cert FILE --key FILE] [--no-demo] [--invite-hq] [--dev]
  backup          a sound copy of all records, of a running server too  --out FILE [--storage DIR]
  restore         a backup into a stopped folder  --from FILE [--storage DIR] [--registry-only]
  recovery        how the recovery after a restore stands  [--storage DIR] [--end]
  export          everything in open formats, of a running server too  --out DIR [--storage DIR] [--with-contacts]
  verify          every log against its chain, receipts and witnesses  [--storage DIR | --backup FILE | --log FILE]
                  [--receipt FILE].. [--witness FILE]..
  scrub           the last traces of what was erased, the server stopped  [--storage DIR]
  test            set up, build, run every test  [words that test names contain]
  build [--dev]   wasm crates, files of the page and the worker, into dist/; --worker: the worker alone, soon
  bench           measures at true size, rewrites docs/benchmarks.md
  black-box       eight browsers and a server among faults  [--tablets N] [--steps N] [--seed S]
  fuzz            bytes of any shape for every decoder and every route  [--minutes M] [--seed S] [--first N]
  roster SLUG DIR the demo's roster of a programme as CSV files
  docs            writes docs/permissions.md and docs/openapi.json from the code that decides
  simulate        the records' simulator: exit 1 and the seed of any breach  [--seeds N] [--first-seed S]
  ci              formatting, tidy, clippy, documentation, then test
  tidy            dependency rules, licences, programme packs, locales, sizes
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nCannot go on: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Carries out a command; false when it ran to its end and found something wrong, and has said what.
fn run(words: &[String]) -> Result<bool> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test", only @ ..] => return test::run(&Workspace::find()?, only),
        ["bench"] => bench::run(&Workspace::find()?)?,
        ["black-box", options @ ..] => black_box::run(&Workspace::find()?, options)?,
        ["fuzz", options @ ..] => fuzz::run(&Workspace::find()?, options)?,
        ["roster", slug, dir] => roster::run(&Workspace::find()?, slug, dir.as_ref())?,
        ["simulate", options @ ..] => return simulate::run(&Workspace::find()?, options),
        ["ci"] => return ci::run(&Workspace::find()?),
        ["build"] => build::run(&Workspace::find()?, Flavour::Shipped).map(drop)?,
        ["build", "--worker"] => build::worker_only(&Workspace::find()?)?,
        ["build", "--dev"] => build::run(&Workspace::find()?, Flavour::Dev).map(drop)?,
        ["serve", options @ ..] => {
            let wish = serve::Wish::read(options)?;
            serve::run(&Workspace::find()?, &wish)?;
        }
        ["docs"] => {
            let root = Workspace::find()?.root;
            permissions::run(&root)?;
            openapi::run(&root)?;
        }
        [command, ..] if ops::COMMANDS.contains(command) => return ops::run(&Workspace::find()?, &words),
        ["tidy"] => tidy::run(&Workspace::find()?)?,
        [] | ["help" | "--help" | "-h"] => print!("{USAGE}"),
        other => bail!("no such command: {}\n\n{USAGE}", other.join(" ")),
    }
    Ok(true)
}
