//! Receipts as people pass them on: the text that is signed, and the short text that fits a QR code or a message.
//!
//! A receipt names a place in the log and the chain there. The chain covers every record before it, so one receipt
//! proves all records of its device up to that place, and that none of them was changed since.

use super::message::{Head, Receipt};
use crate::event::Hash;
use core::fmt::Write as _;

/// The scheme of receipts that anybody can check who has the shard's public key: ECDSA on P-256 with SHA-256.
pub const SCHEME_P256: &str = "shard-p256-1";
/// The scheme of the first receipts: only the shard itself can check them.
pub const SCHEME_HMAC: &str = "shard-hmac-1";

/// What the short text begins with; its version is part of it.
const PREFIX: &str = "cascade-receipt-1";
/// Letters of a text that is looked at at all.
const MAX_TEXT: usize = 1_000;

/// A text that is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a receipt")]
pub struct NoReceipt;

impl Receipt {
    /// What the signature of [`SCHEME_P256`] is over: one field a line, so that a public tool can check it too.
    pub fn signed_text(&self) -> String {
        let Self { shard, device, batch, head, server_ms, .. } = self;
        format!("{PREFIX}\n{shard}\n{device}\n{batch}\n{}\n{}\n{server_ms}\n", head.seq, head.chain)
    }

    /// The receipt as one short text without spaces. Where nothing is lost by it, it is in capitals: a QR code packs
    /// those into fewer dots.
    pub fn to_text(&self) -> String {
        let Self { shard, device, batch, head, server_ms, key, signature } = self;
        let mut text = format!("{PREFIX}:{shard}:{device}:{}:{server_ms}", head.seq);
        // Writing to a text cannot fail.
        let _ = write!(text, ":{batch}:{}:{key}:{signature}", head.chain);
        if text.bytes().any(|b| b.is_ascii_uppercase()) { text } else { text.to_ascii_uppercase() }
    }

    /// Reads what [`Receipt::to_text`] wrote, broken into lines or not.
    ///
    /// # Errors
    /// [`NoReceipt`] for any other text.
    pub fn from_text(text: &str) -> Result<Self, NoReceipt> {
        let mut text: String = text.chars().take(MAX_TEXT + 1).filter(|c| !c.is_whitespace()).collect();
        if text.len() > MAX_TEXT {
            return Err(NoReceipt);
        }
        if !text.bytes().any(|b| b.is_ascii_lowercase()) {
            text.make_ascii_lowercase();
        }
        let fields: Vec<&str> = text.split(':').collect();
        let [PREFIX, shard, device, seq, server_ms, batch, chain, key, signature] = fields.as_slice() else {
            return Err(NoReceipt);
        };
        let receipt = Self {
            shard: shard.parse().map_err(|_| NoReceipt)?,
            device: device.parse().map_err(|_| NoReceipt)?,
            batch: Hash::from_hex(batch).ok_or(NoReceipt)?,
            head: Head {
                seq: seq.parse().map_err(|_| NoReceipt)?,
                chain: Hash::from_hex(chain).ok_or(NoReceipt)?,
            },
            server_ms: server_ms.parse().map_err(|_| NoReceipt)?,
            key: (*key).to_owned(),
            signature: (*signature).to_owned(),
        };
        Ok(receipt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use proptest::prelude::*;

    fn receipt(key: &str, signature: &str) -> Receipt {
        Receipt {
            shard: "kg-naryn".parse().unwrap(),
            device: DeviceId(7),
            batch: Hash([1; 32]),
            head: Head { seq: 48_113, chain: Hash([0xab; 32]) },
            server_ms: 1_800_000_000_000,
            key: key.into(),
            signature: signature.into(),
        }
    }

    #[test]
    fn a_receipt_of_either_scheme_reads_back_from_its_text_broken_into_lines() {
        for (receipt, capitals) in
            [(receipt(SCHEME_P256, &"0f".repeat(64)), true), (receipt(SCHEME_HMAC, "aB3-_xYz"), false)]
        {
            let text = receipt.to_text();
            assert_eq!(text.bytes().all(|b| !b.is_ascii_lowercase()), capitals);
            let broken: String = text.chars().flat_map(|c| [c, '\n']).collect();
            assert_eq!(Receipt::from_text(&format!("  {broken} ")), Ok(receipt));
        }
    }

    #[test]
    fn a_text_for_a_qr_code_stays_short() {
        let text = receipt(SCHEME_P256, &"0f".repeat(64)).to_text();
        assert!(text.len() < 360, "{}", text.len());
        assert!(text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b":-".contains(&b)));
    }

    #[test]
    fn a_text_that_is_no_receipt_is_refused() {
        let good = receipt(SCHEME_P256, &"0f".repeat(64)).to_text();
        for bad in ["", "cascade", &good[1..], &good[..200], &format!("{good}:x"), &"a".repeat(5_000)] {
            assert_eq!(Receipt::from_text(bad), Err(NoReceipt), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text: String) {
            let _ = Receipt::from_text(&text);
        }
    }
}
