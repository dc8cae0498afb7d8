//! `cargo xtask fuzz`: bodies of any size or shape for every decoder, and for every route of a real server.

use crate::workspace::Workspace;
use crate::{build, options};
use anyhow::{Result, bail};
use cascade_tests::fuzz::{Until, decoders, endpoints};
use cascade_tests::world::{demo_server, small_world};
use std::time::{Duration, Instant};

/// Runs both halves, each for half of the time, and says how much was tried.
///
/// # Errors
/// The input that panicked, broke a property or was answered by a fault of the server's own.
pub fn run(ws: &Workspace, words: &[&str]) -> Result<()> {
    let [minutes, seed, first] = options::numbers(words, [("--minutes", 2), ("--seed", 1), ("--first", 0)])?;
    let half = Until::Time(Duration::from_secs(minutes * 30));
    println!("decoders, seed {seed}");
    let begun = Instant::now();
    let sum = decoders::run(seed, first, half)?;
    println!(
        "{} inputs, {} taken for sound, in {:.0} s",
        sum.inputs,
        sum.taken,
        begun.elapsed().as_secs_f32()
    );
    if !build::is_built(ws) {
        bail!("the other half needs a build: cargo xtask build");
    }
    let storage = tempfile::tempdir()?;
    let server = demo_server(storage.path())?;
    let mut world = small_world(&server)?;
    println!("routes, seed {seed}");
    let begun = Instant::now();
    let sum = endpoints::run(&mut world, seed, first, half)?;
    println!(
        "{} requests, {} answered 2xx, none by a fault of the server, in {:.0} s",
        sum.inputs,
        sum.taken,
        begun.elapsed().as_secs_f32()
    );
    Ok(())
}
