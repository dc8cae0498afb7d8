//! Numbers drawn from a seed: SplitMix64 by Sebastiano Vigna, the same on every machine.

use super::Seed;

pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of their own for one purpose, so that a change in one place leaves the rest of the roster alone.
    pub(crate) fn new(Seed(seed): Seed, purpose: u64) -> Self {
        let mut dice = Self(seed ^ purpose.wrapping_mul(0xd134_2543_de82_ef95));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// Yes, so many times in a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A number from -1 to 1, more often near 0.
    pub(crate) fn near_zero(&mut self) -> f64 {
        let mut half = || self.below(1_000_001) as f64 / 1_000_000.0;
        half() - half()
    }
}
