//! Parcels: what waits on one device, carried to the commission by another, or on a stick.
//!
//! A parcel holds one ordinary request, sealed so that only the shard can open it, and signed by the device that wrote
//! it. Whoever carries it learns which device it is of and how many records it holds, and can change nothing. The shard
//! judges it under its author's rights; when the author's device comes online itself, it sends the same events and gets
//! the same verdicts.
//!
//! Sealing: ECDH on P-256 between a key made for this parcel and the shard's parcel key; AES-256-GCM under
//! SHA-256("cascade parcel 1", shared secret, key of the parcel, key of the shard), the header as associated data. All
//! of it is in every browser's WebCrypto.

use super::message::{Receipt, Verdict};
use crate::event::EventId;
use crate::id::{DeviceId, ShardId};
use crate::time::WallMs;
use serde::{Deserialize, Serialize};

/// The version of the format.
pub const PARCEL: u16 = 1;
/// What the key's hash begins with.
pub const KEY_PURPOSE: &[u8] = b"cascade parcel 1";

/// A sealed and signed request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// [`PARCEL`].
    pub parcel: u16,
    /// The shard it is for.
    pub shard: ShardId,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Records in it, as its author says.
    pub records: u32,
    /// When it was made, by its author's clock.
    pub wall: WallMs,
    /// The key made for this parcel: uncompressed SEC1 point, base64url.
    pub key: String,
    /// Twelve random bytes, base64url.
    pub nonce: String,
    /// The sealed request with its tag, base64url.
    pub body: String,
    /// The device's signature over [`Parcel::to_sign`], base64url.
    pub signature: String,
}

impl Parcel {
    /// What is bound to the sealed request and can be read by anybody.
    pub fn header(&self) -> String {
        let Self { parcel, shard, device, records, wall, key, nonce, .. } = self;
        format!("cascade parcel {parcel}\n{shard}\n{device}\n{records}\n{}\n{key}\n{nonce}\n", wall.0)
    }

    /// What the author's device signs.
    pub fn to_sign(&self) -> String {
        format!("{}{}\n", self.header(), self.body)
    }
}

/// What a shard says to whoever brought a parcel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParcelReply {
    /// The device whose records they are.
    pub device: DeviceId,
    /// The server was restored from an older copy than that device knows: nothing was taken, the device itself must
    /// come online.
    #[serde(default)]
    pub forked: bool,
    /// What became of each event.
    pub verdicts: Vec<(EventId, Verdict)>,
    /// Proof that they arrived, in the author's name.
    #[serde(default)]
    pub receipt: Option<Receipt>,
}
