//! `cargo xtask black-box`: eight browsers and a server among faults; exit 1 where anything was lost or doubled.

use crate::build::{self, Flavour};
use crate::setup;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use cascade_tests::black_box::{self, Size};
use std::time::Instant;

/// Runs it with the options `--tablets`, `--steps` and `--seed`.
///
/// # Errors
/// What was lost or doubled, and the seed.
pub fn run(ws: &Workspace, words: &[&str]) -> Result<()> {
    let (mut size, mut seed) = (Size { tablets: 8, steps: 300 }, 1);
    let (pairs, rest) = words.as_chunks::<2>();
    if let [odd] = rest {
        bail!("{odd} wants a number");
    }
    for [name, number] in pairs {
        let number: usize = number.parse().with_context(|| format!("{number} is no number"))?;
        match *name {
            "--tablets" => size.tablets = number,
            "--steps" => size.steps = number,
            "--seed" => seed = number as u64,
            other => bail!("no such option: {other}"),
        }
    }
    setup::browser::ensure()?;
    build::run(ws, Flavour::Shipped)?;
    println!("{} browsers, {} steps, seed {seed}", size.tablets, size.steps);
    let begun = Instant::now();
    let done = black_box::run(size, seed)?;
    println!("nothing lost, nothing doubled: {done:?} in {:.0} s", begun.elapsed().as_secs_f32());
    Ok(())
}
