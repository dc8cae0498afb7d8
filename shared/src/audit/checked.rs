//! Checking a receipt that somebody shows: who signed it, whether the log still has that past, and what it covers.

use crate::id::{DeviceId, ShardId};
use crate::sync::receipt::NoReceipt;
use crate::sync::{Head, Receipt, Verdict};
use serde::{Deserialize, Serialize};

/// Covered records that are told of one by one, the newest first.
pub const MAX_COVERED: usize = 200;

/// `POST /api/v1/receipts/check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskCheck {
    /// The receipt: its short text, or its JSON.
    pub receipt: String,
}

impl AskCheck {
    /// Reads the receipt.
    ///
    /// # Errors
    /// [`NoReceipt`] for any other text.
    pub fn read(&self) -> Result<Receipt, NoReceipt> {
        let text = self.receipt.trim();
        if text.starts_with('{') {
            serde_json::from_str(text).map_err(|_| NoReceipt)
        } else {
            Receipt::from_text(text)
        }
    }
}

/// What a check of a receipt came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The shard it is of.
    pub shard: ShardId,
    /// The device it was given to.
    pub device: DeviceId,
    /// The place in the log it speaks of.
    pub head: Head,
    /// When it was given, the server's clock.
    pub server_ms: i64,
    /// Whether the commission's server signed it.
    pub is_signed: bool,
    /// How the log stands towards it.
    pub log: InLog,
    /// The account of the device, as the shard knows it; empty if it does not.
    pub who: String,
    /// Records of the device up to that place that count.
    pub admitted: u32,
    /// That wait for a person's word.
    pub held: u32,
    /// That do not count.
    pub refused: u32,
    /// The newest of them.
    pub records: Vec<Covered>,
}

impl Checked {
    /// Whether the receipt is good and the log has all it promises.
    pub fn is_good(&self) -> bool {
        self.is_signed && self.log == InLog::Same
    }
}

/// How a log stands towards a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InLog {
    /// It has that place, with the same chain.
    Same,
    /// It has another past.
    Differs,
    /// It ends before: records are missing.
    EndsBefore,
}

/// One record that a receipt covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Covered {
    pub seq: u64,
    pub kind: String,
    pub wall_ms: i64,
    pub server_ms: i64,
    pub verdict: Verdict,
}
