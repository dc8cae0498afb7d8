//! Parcels without a browser: made from what waits on a device, carried by another.

use super::{Device, draw, expect};
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use shared::id::ShardId;
use shared::sync::Want;
use shared::sync::parcel::{PARCEL, Parcel, ParcelReply};
use shared::sync::parcel_key::ParcelKey;

impl Device {
    /// Seals what waits on this device for a shard.
    ///
    /// # Errors
    /// Where the shard's parcel key is not known yet.
    pub fn parcel(&mut self, shard: &ShardId) -> Result<Parcel> {
        let wall = self.wall();
        let client = self.client(shard);
        let to = client.place().parcel_key.clone().context("the shard's parcel key")?;
        let request = client.request(Want::Verdicts);
        let mut random = [0; 32];
        for part in random.chunks_mut(8) {
            part.copy_from_slice(&draw()?.to_be_bytes());
        }
        let made = ParcelKey::of(&random, "one parcel").context("a key")?;
        let nonce: [u8; 12] = *random.first_chunk().context("a nonce")?;
        let mut parcel = Parcel {
            parcel: PARCEL,
            shard: shard.clone(),
            device: self.id,
            records: request.events.len() as u32,
            wall,
            key: URL_SAFE_NO_PAD.encode(made.public_key()),
            nonce: URL_SAFE_NO_PAD.encode(nonce),
            body: String::new(),
            signature: String::new(),
        };
        let to = URL_SAFE_NO_PAD.decode(to)?;
        let body = made.seal(&parcel, &to, nonce, &serde_json::to_vec(&request)?)?;
        parcel.body = URL_SAFE_NO_PAD.encode(body);
        parcel.signature = self.api.sign(parcel.to_sign().as_bytes());
        Ok(parcel)
    }

    /// Brings a parcel, of whichever device, to the shard it is for.
    ///
    /// # Errors
    /// Where the shard refuses it; the error names status and code.
    pub fn carry(&mut self, shard: &ShardId, parcel: &Parcel) -> Result<ParcelReply> {
        let path = format!("/api/v1/shards/{shard}/parcels");
        expect(self.call("POST", &path, shard.as_str(), &serde_json::to_vec(parcel)?)?, &path)
    }
}
