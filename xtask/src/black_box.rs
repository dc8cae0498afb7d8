//! `cargo xtask black-box`: eight browsers and a server among faults; exit 1 where anything was lost or doubled.

use crate::build::{self, Flavour};
use crate::workspace::Workspace;
use crate::{options, setup};
use anyhow::Result;
use cascade_tests::black_box::{self, Size};
use std::time::Instant;

/// Runs it with the options `--tablets`, `--steps` and `--seed`.
///
/// # Errors
/// What was lost or doubled, and the seed.
pub fn run(ws: &Workspace, words: &[&str]) -> Result<()> {
    let [tablets, steps, seed] =
        options::numbers(words, [("--tablets", 8), ("--steps", 300), ("--seed", 1)])?;
    let size = Size { tablets: tablets as usize, steps: steps as usize };
    setup::browser::ensure()?;
    build::run(ws, Flavour::Shipped)?;
    println!("{} browsers, {} steps, seed {seed}", size.tablets, size.steps);
    let begun = Instant::now();
    let done = black_box::run(size, seed)?;
    println!("nothing lost, nothing doubled: {done:?} in {:.0} s", begun.elapsed().as_secs_f32());
    Ok(())
}
