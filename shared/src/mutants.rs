//! Weakened rules. A test switches one on to show that the simulator would notice its loss.
//!
//! Without the feature `mutants` nothing here can be on, and the compiler drops the questions. No shipped crate has the
//! feature: wasm of the page and the worker cannot be built with it.

/// A rule that is weakened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// A restored server does not notice that it is.
    NoWitness,
    /// A restored server admits before the device has sent again what was lost.
    AdmitsWhileForked,
    /// Rows since the cursor, whatever became of the view.
    NoViewTag,
    /// The effective stamp is min(now, wall).
    StampIsWall,
    /// Events are counted through by each device, and a known id is not looked at again.
    PlainCounters,
    /// What was admitted leaves the overlay before its row is there.
    OverlayClearedAtAck,
    /// Memory keeps a batch that storage refused.
    FoldsBeforeCommit,
    /// What is held has effect.
    AppliesHeld,
    /// Rights are judged by the time at which a record comes.
    RightsAtAdmission,
}

#[cfg(all(feature = "mutants", target_arch = "wasm32"))]
compile_error!("mutants are for tests, and tests are native");

#[cfg(feature = "mutants")]
std::thread_local! {
    static CHOSEN: core::cell::Cell<Option<Mutant>> = const { core::cell::Cell::new(None) };
}

/// Weakens a rule for this thread, or none.
#[cfg(feature = "mutants")]
pub fn choose(mutant: Option<Mutant>) {
    CHOSEN.set(mutant);
}

/// Whether a rule is weakened.
#[cfg(feature = "mutants")]
pub fn on(mutant: Mutant) -> bool {
    CHOSEN.get() == Some(mutant)
}

/// Whether a rule is weakened: never.
#[cfg(not(feature = "mutants"))]
pub const fn on(_: Mutant) -> bool {
    false
}
