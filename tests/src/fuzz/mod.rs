//! Bodies of any size or shape: whatever arrives, nothing panics and no answer is a 500.
//!
//! Inputs are sound ones of every kind, mutated: bytes flipped, cut and doubled, numbers and types of JSON changed,
//! texts nested and repeated. Everything follows from one seed and the number of the input, so that a failure can be
//! repeated by its number alone. Out of scope: what the page draws.

pub mod decoders;
pub mod endpoints;
mod mutate;

use std::time::Duration;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Inputs tried.
    pub inputs: u64,
    /// Inputs that were taken for sound.
    pub taken: u64,
}

/// How long a run goes on: so many inputs, or so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// So many inputs.
    Inputs(u64),
    /// So long, by this machine's clock.
    Time(Duration),
}

impl Until {
    fn goes_on(self, inputs: u64, begun: std::time::Instant) -> bool {
        match self {
            Self::Inputs(most) => inputs < most,
            Self::Time(limit) => begun.elapsed() < limit,
        }
    }
}
