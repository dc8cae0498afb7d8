//! Signing receipts so that anybody with the public key can check them later. Feature `signatures`: the server, the
//! checking command and tests have it; a trainer's page does not.

use super::message::Receipt;
use super::receipt::SCHEME_P256;
use crate::event::{Hash, Hasher};
use crate::id::ShardId;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// What a shard, or the commission's registry, signs with. It follows from the object's secret, so a restored server
/// has the keys it had.
pub struct Seal(SigningKey);

/// A public key on P-256, compressed; 66 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKey(pub String);

/// One shard's key as the registry vouches for it, in `GET /api/v1/keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardKey {
    /// The shard.
    pub shard: ShardId,
    /// Its key.
    pub key: PublicKey,
    /// When the registry first heard of it, milliseconds since 1970.
    pub since_ms: i64,
    /// The commission's signature over the three.
    pub signature: String,
}

/// `GET /api/v1/keys`: what one needs to check receipts without the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// The commission's key, which signs those of the shards. Whoever checks receipts keeps it.
    pub commission: PublicKey,
    /// Every key a shard ever had.
    pub shards: Vec<ShardKey>,
}

impl Seal {
    /// The seal of an object with this secret.
    pub fn of(secret: &[u8; 32], audience: &str) -> Option<Self> {
        // One value in four thousand million is no key of the curve.
        (0..8).find_map(|nth| {
            let seed = Hasher::new("cascade receipt key 1").bytes(secret).text(audience).number(nth).done();
            SigningKey::from_slice(&seed.0).ok().map(Self)
        })
    }

    /// The key by which its signatures are checked.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(hex(self.0.verifying_key().to_sec1_point(true).as_bytes()))
    }

    /// A signature, 128 hexadecimal digits.
    pub fn sign(&self, text: &str) -> String {
        let signature: Signature = self.0.sign(text.as_bytes());
        hex(&signature.to_bytes())
    }

    /// Signs a receipt whose other fields stand.
    pub fn sign_receipt(&self, receipt: Receipt) -> Receipt {
        let receipt = Receipt { key: SCHEME_P256.into(), ..receipt };
        Receipt { signature: self.sign(&receipt.signed_text()), ..receipt }
    }

    /// Vouches for a shard's key.
    pub fn vouch(&self, shard: ShardId, key: PublicKey, since_ms: i64) -> ShardKey {
        let signature = self.sign(&vouched_text(&shard, &key, since_ms));
        ShardKey { shard, key, since_ms, signature }
    }
}

impl PublicKey {
    /// Whether a text was signed by the owner of this key.
    pub fn has_signed(&self, text: &str, signature: &str) -> bool {
        let key = bytes(&self.0).and_then(|b| VerifyingKey::from_sec1_bytes(&b).ok());
        let signature = bytes(signature).and_then(|b| Signature::from_slice(&b).ok());
        match (key, signature) {
            (Some(key), Some(signature)) => key.verify(text.as_bytes(), &signature).is_ok(),
            _ => false,
        }
    }

    /// Whether a receipt was signed by the owner of this key.
    pub fn has_signed_receipt(&self, receipt: &Receipt) -> bool {
        receipt.key == SCHEME_P256 && self.has_signed(&receipt.signed_text(), &receipt.signature)
    }
}

impl Keys {
    /// The keys of a shard for which the commission's signature stands.
    pub fn of<'a>(&'a self, shard: &'a ShardId) -> impl Iterator<Item = &'a PublicKey> {
        self.shards.iter().filter(move |k| k.shard == *shard && self.vouches_for(k)).map(|k| &k.key)
    }

    fn vouches_for(&self, k: &ShardKey) -> bool {
        self.commission.has_signed(&vouched_text(&k.shard, &k.key, k.since_ms), &k.signature)
    }
}

fn vouched_text(shard: &ShardId, key: &PublicKey, since_ms: i64) -> String {
    format!("cascade-key-1\n{shard}\n{}\n{since_ms}\n", key.0)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || digits.len() > 2 * Hash::default().0.len() * 4 {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::sync::Head;

    fn receipt() -> Receipt {
        Receipt {
            shard: "kg-naryn".parse().unwrap(),
            device: DeviceId(7),
            batch: Hash([1; 32]),
            head: Head { seq: 9, chain: Hash([2; 32]) },
            server_ms: 5,
            key: String::new(),
            signature: String::new(),
        }
    }

    #[test]
    fn a_receipt_holds_under_its_shard_s_key_and_no_other_and_not_once_a_field_is_changed() {
        let seal = Seal::of(&[3; 32], "kg-naryn").unwrap();
        let signed = seal.sign_receipt(receipt());
        let read = Receipt::from_text(&signed.to_text()).unwrap();
        assert!(seal.public_key().has_signed_receipt(&read));
        assert!(!Seal::of(&[4; 32], "kg-naryn").unwrap().public_key().has_signed_receipt(&read));
        assert!(!Seal::of(&[3; 32], "kg-osh").unwrap().public_key().has_signed_receipt(&read));
        for changed in [
            Receipt { shard: "kg-osh".parse().unwrap(), ..read.clone() },
            Receipt { device: DeviceId(8), ..read.clone() },
            Receipt { batch: Hash([9; 32]), ..read.clone() },
            Receipt { head: Head { seq: 10, ..read.head }, ..read.clone() },
            Receipt { head: Head { chain: Hash([9; 32]), ..read.head }, ..read.clone() },
            Receipt { server_ms: 6, ..read.clone() },
            Receipt { key: "shard-hmac-1".into(), ..read.clone() },
            Receipt { signature: "00".repeat(64), ..read.clone() },
            Receipt { signature: "zz".into(), ..read },
        ] {
            assert!(!seal.public_key().has_signed_receipt(&changed), "{changed:?}");
        }
    }

    #[test]
    fn only_keys_that_the_commission_signed_count() {
        let (commission, shard) =
            (Seal::of(&[1; 32], "registry").unwrap(), Seal::of(&[2; 32], "kg").unwrap());
        let good = commission.vouch("kg".parse().unwrap(), shard.public_key(), 5);
        let slipped_in = ShardKey { key: commission.public_key(), ..good.clone() };
        let earlier = ShardKey { since_ms: 4, ..good.clone() };
        let keys = Keys { commission: commission.public_key(), shards: vec![slipped_in, earlier, good] };
        let kg = "kg".parse().unwrap();
        assert_eq!(keys.of(&kg).collect::<Vec<_>>(), [&shard.public_key()]);
    }
}
