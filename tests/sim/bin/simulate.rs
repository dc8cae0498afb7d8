//! `cargo xtask simulate`: lives through the stories of many seeds, on as many threads as the machine has cores.

use cascade_sim::story::{STEPS, tell};
use cascade_sim::{live, run, shrink};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, otherwise: u64| {
        let at = words.iter().position(|w| w == name);
        at.and_then(|at| words.get(at + 1)).and_then(|n| n.parse().ok()).unwrap_or(otherwise)
    };
    let (seeds, first) = (number("--seeds", 5_000), number("--first-seed", 1));
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let begun = Instant::now();
    let (next, broken) = (AtomicU64::new(first), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first.saturating_add(seeds) || broken.load(Ordering::Relaxed) {
                        return;
                    }
                    if let Err(failure) = run(seed) {
                        broken.store(true, Ordering::Relaxed);
                        println!("seed {seed} step {}: {}", failure.step, failure.breach);
                        tell_short(seed);
                    }
                }
            });
        }
    });
    let lived = next.load(Ordering::Relaxed).saturating_sub(first).min(seeds);
    let (steps, seconds) = (lived * u64::from(STEPS), begun.elapsed().as_secs_f64());
    println!(
        "{lived} seeds from {first}, {steps} steps, {seconds:.1} s, {:.0} seeds/s, {:.0} steps/s",
        lived as f64 / seconds,
        steps as f64 / seconds
    );
    if broken.load(Ordering::Relaxed) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn tell_short(seed: u64) {
    let story = tell(seed);
    let Err(failure) = live(&story) else { return };
    let (short, found) = shrink::shrink(&story, &failure);
    println!("the shortest story that breaks it: page_rows {}", short.page_rows);
    for step in &short.steps {
        println!("    Step::{step:?},");
    }
    println!("{}", found.breach);
}
