//! A country in one process: the real `shared::sync` client and server among faults, without network or threads.
//!
//! A [`story`] follows from one number. It happens in a [`world`] of shards ([`shard`]), tablets ([`tablet`]) with
//! [`disk`]s, and messages that are lost, doubled and late. After every step the [`rules`] are checked; at the [`end`]
//! faults stop and everything must be everywhere it belongs. A story that breaks a rule is made short ([`shrink`]).
//!
//! No clock, no files, no threads, no chance but the seed's: the same seed ends in the same hash in native code and in
//! wasm.
#![allow(missing_docs, reason = "a test's inside; each type says what it is")]

pub mod country;
pub mod disk;
pub mod end;
pub mod people;
pub mod prng;
pub mod rules;
pub mod shard;
pub mod shrink;
pub mod story;
pub mod tablet;
pub mod world;
pub mod writes;

pub use rules::{Breach, Invariant};
pub use story::{Step, Story};

use shared::event::Hash;

/// A story that broke a rule.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The step, from 0; the number of steps where it broke at the end.
    pub step: usize,
    /// What broke.
    pub breach: Breach,
}

/// Lives through a story; gives the hash of its end.
///
/// # Errors
/// The first rule that broke, and where.
pub fn live(story: &Story) -> Result<Hash, Failure> {
    let at = |step| move |breach| Failure { step, breach };
    let mut world = world::World::new(story).map_err(at(0))?;
    for (step, taken) in story.steps.iter().enumerate() {
        world.take(taken).map_err(at(step))?;
    }
    end::end(&mut world).map_err(at(story.steps.len()))
}

/// Lives through the story of a seed.
///
/// # Errors
/// As [`live`].
pub fn run(seed: u64) -> Result<Hash, Failure> {
    live(&story::tell(seed))
}
