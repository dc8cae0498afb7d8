//! Numbers that follow from one seed; the same in native code and in wasm.

/// SplitMix64: small, and every seed gives another stream.
#[derive(Clone, Debug)]
pub struct Prng(u64);

impl Prng {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound; 0 for the bound 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        if bound == 0 { 0 } else { (self.bits() >> 32) as u32 % bound }
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, of_hundred: u32) -> bool {
        self.below(100) < of_hundred
    }

    /// A small number for a step's choice, resolved against what there is when the step is taken.
    pub fn pick(&mut self) -> u16 {
        self.bits() as u16
    }
}
