//! Opening parcels, and sealing them natively. Feature `signatures`: the server and tests; a page seals by WebCrypto.

use super::parcel::{KEY_PURPOSE, Parcel};
use crate::event::Hasher;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use p256::ecdh::diffie_hellman;
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{PublicKey, SecretKey};
use sha2::{Digest, Sha256};

/// A parcel that cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the parcel cannot be opened")]
pub struct Sealed;

/// A key that opens parcels. It follows from the object's secret, so a restored server opens what was sealed before.
pub struct ParcelKey(SecretKey);

impl ParcelKey {
    /// The parcel key of an object with this secret, or one made for one parcel from random bytes.
    pub fn of(secret: &[u8; 32], audience: &str) -> Option<Self> {
        // One value in four thousand million is no key of the curve.
        (0..8).find_map(|nth| {
            let seed = Hasher::new("cascade parcel key 1").bytes(secret).text(audience).number(nth).done();
            SecretKey::from_slice(&seed.0).ok().map(Self)
        })
    }

    /// The key to which parcels are sealed: uncompressed SEC1 point, 65 bytes.
    pub fn public_key(&self) -> Vec<u8> {
        self.0.public_key().to_sec1_point(false).as_bytes().to_vec()
    }

    /// Opens a parcel whose three encoded fields were decoded.
    ///
    /// # Errors
    /// [`Sealed`] when it was sealed for another key or anything of it was changed.
    pub fn open(&self, parcel: &Parcel, key: &[u8], nonce: &[u8], body: &[u8]) -> Result<Vec<u8>, Sealed> {
        let cipher = self.cipher(key, key, &self.public_key())?;
        let nonce = Nonce::try_from(nonce).map_err(|_| Sealed)?;
        cipher.decrypt(&nonce, Payload { msg: body, aad: parcel.header().as_bytes() }).map_err(|_| Sealed)
    }

    /// Seals a text for a shard's parcel key. `self` is a key made for this parcel alone.
    ///
    /// # Errors
    /// [`Sealed`] when the shard's key is none.
    pub fn seal(&self, parcel: &Parcel, to: &[u8], nonce: [u8; 12], text: &[u8]) -> Result<Vec<u8>, Sealed> {
        let cipher = self.cipher(to, &self.public_key(), to)?;
        let aad = parcel.header();
        cipher.encrypt(&Nonce::from(nonce), Payload { msg: text, aad: aad.as_bytes() }).map_err(|_| Sealed)
    }

    fn cipher(&self, other: &[u8], of_parcel: &[u8], of_shard: &[u8]) -> Result<Aes256Gcm, Sealed> {
        let other = PublicKey::from_sec1_bytes(other).map_err(|_| Sealed)?;
        let secret = diffie_hellman(self.0.to_nonzero_scalar(), other.as_affine());
        let mut hash = Sha256::new();
        for part in [KEY_PURPOSE, secret.raw_secret_bytes().as_slice(), of_parcel, of_shard] {
            hash.update(part);
        }
        let key: [u8; 32] = hash.finalize().into();
        Ok(Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::sync::parcel::PARCEL;
    use crate::time::WallMs;

    fn parcel() -> Parcel {
        Parcel {
            parcel: PARCEL,
            shard: "kg-naryn".parse().unwrap(),
            device: DeviceId(7),
            records: 2,
            wall: WallMs(5),
            key: String::new(),
            nonce: String::new(),
            body: String::new(),
            signature: String::new(),
        }
    }

    #[test]
    fn only_the_shard_opens_a_parcel_and_only_as_it_was_sealed() {
        let shard = ParcelKey::of(&[3; 32], "kg-naryn").unwrap();
        let made = ParcelKey::of(&[9; 32], "one parcel").unwrap();
        let (parcel, nonce) = (parcel(), [4; 12]);
        let body = made.seal(&parcel, &shard.public_key(), nonce, b"two marks").unwrap();
        let open = |by: &ParcelKey, parcel: &Parcel, nonce: &[u8], body: &[u8]| {
            by.open(parcel, &made.public_key(), nonce, body)
        };
        assert_eq!(open(&shard, &parcel, &nonce, &body).as_deref(), Ok(&b"two marks"[..]));
        let other = ParcelKey::of(&[3; 32], "kg-osh").unwrap();
        assert_eq!(open(&other, &parcel, &nonce, &body), Err(Sealed));
        assert_eq!(open(&shard, &Parcel { records: 3, ..parcel.clone() }, &nonce, &body), Err(Sealed));
        assert_eq!(open(&shard, &parcel, &[5; 12], &body), Err(Sealed));
        assert_eq!(open(&shard, &parcel, b"short", &body), Err(Sealed));
        let mut changed = body.clone();
        changed[0] ^= 1;
        assert_eq!(open(&shard, &parcel, &nonce, &changed), Err(Sealed));
        assert_eq!(shard.open(&parcel, b"no key", &nonce, &body), Err(Sealed));
        assert_eq!(open(&shard, &parcel, &nonce, &[]), Err(Sealed));
    }
}
