//! `cargo xtask fuzz`: bodies of any size or shape for every decoder, and for every route of a real server.

use crate::build;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use cascade_tests::fuzz::{Until, decoders, endpoints};
use cascade_tests::world::{demo_server, small_world};
use std::time::{Duration, Instant};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    minutes: u64,
    seed: u64,
    first: u64,
}

impl Wish {
    /// Reads `--minutes`, `--seed` and `--first`.
    ///
    /// # Errors
    /// Names the word that is none of them.
    pub fn read(words: &[&str]) -> Result<Self> {
        let mut wish = Self { minutes: 2, seed: 1, first: 0 };
        let (pairs, rest) = words.as_chunks::<2>();
        if let [odd] = rest {
            bail!("{odd} wants a number");
        }
        for [name, number] in pairs {
            let number: u64 = number.parse().with_context(|| format!("{number} is no number"))?;
            match *name {
                "--minutes" => wish.minutes = number,
                "--seed" => wish.seed = number,
                "--first" => wish.first = number,
                other => bail!("no such option: {other}"),
            }
        }
        Ok(wish)
    }
}

/// Runs both halves, each for half of the time, and says how much was tried.
///
/// # Errors
/// The input that panicked, broke a property or was answered by a fault of the server's own.
pub fn run(ws: &Workspace, wish: &Wish) -> Result<()> {
    let half = Until::Time(Duration::from_secs(wish.minutes * 30));
    println!("decoders, seed {}", wish.seed);
    let begun = Instant::now();
    let sum = decoders::run(wish.seed, wish.first, half)?;
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
    println!("routes, seed {}", wish.seed);
    let begun = Instant::now();
    let sum = endpoints::run(&mut world, wish.seed, wish.first, half)?;
    println!(
        "{} requests, {} answered 2xx, none by a fault of the server, in {:.0} s",
        sum.inputs,
        sum.taken,
        begun.elapsed().as_secs_f32()
    );
    Ok(())
}
