//! SHA-256 with a name and lengths before each part, so that no two different things hash alike by concatenation.

use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// A SHA-256 value; 64 hexadecimal digits on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash(pub [u8; 32]);

/// Sixteen random bytes that keep a payload's hash from being guessed; erased together with the payload.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Salt(pub [u8; 16]);

/// Hashes parts in order.
pub struct Hasher(Sha256);

impl Hasher {
    /// Begins a hash of one purpose.
    pub fn new(purpose: &str) -> Self {
        Self(Sha256::new()).text(purpose)
    }

    /// Adds bytes, with their length before them.
    pub fn bytes(mut self, part: &[u8]) -> Self {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
        self
    }

    /// Adds a text.
    pub fn text(self, part: &str) -> Self {
        self.bytes(part.as_bytes())
    }

    /// Adds a number.
    pub fn number(self, part: i64) -> Self {
        self.bytes(&part.to_be_bytes())
    }

    /// The hash.
    pub fn done(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

impl Hash {
    /// Reads 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }
}

impl Salt {
    /// Reads 32 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }

    /// The salt of the n-th record of a batch, from one random seed drawn for the batch.
    pub fn nth(seed: &[u8; 32], n: u32) -> Self {
        let hash = Hasher::new("cascade salt 1").bytes(seed).number(i64::from(n)).done();
        let mut salt = [0; 16];
        salt.copy_from_slice(&hash.0[..16]);
        Self(salt)
    }
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|b| write!(f, "{b:02x}"))
}

fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut out = [0; N];
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(out)
}

macro_rules! as_hex {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex(&self.0, f)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                from_hex(&text)
                    .map(Self)
                    .ok_or_else(|| serde::de::Error::custom("hexadecimal digits expected"))
            }
        }
    };
}

as_hex!(Hash);
as_hex!(Salt);

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({})", &self.to_string()[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_letter_between_parts_changes_the_hash() {
        let one = Hasher::new("t").text("ab").text("c").done();
        let other = Hasher::new("t").text("a").text("bc").done();
        assert_ne!(one, other);
    }

    #[test]
    fn a_hash_reads_back_what_it_writes() {
        let hash = Hasher::new("t").done();
        let wire = serde_json::to_string(&hash).unwrap();
        assert_eq!(serde_json::from_str::<Hash>(&wire).unwrap(), hash);
    }
}
