//! What is kept on the device beside rows and own events: the receipts that the commission signed.

use serde::{Deserialize, Serialize};
use shared::event::EventId;
use shared::sync::client::Commit;
use shared::sync::{Receipt, Reply, Verdict};

/// Receipts kept on a device: a day of work gives a few dozen.
pub const MOST_RECEIPTS: usize = 200;

/// A receipt, and the records it is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptReceipt {
    /// As the commission signed it.
    pub receipt: Receipt,
    /// The records of its batch, in the order they were sent.
    pub events: Vec<EventId>,
    /// How many of them were admitted.
    pub admitted: u32,
    /// How many wait for the coordinator.
    pub held: u32,
    /// How many were not accepted.
    pub refused: u32,
}

impl KeptReceipt {
    /// The receipt that an answer brings, if it does.
    pub fn of(reply: &Reply) -> Option<Self> {
        let receipt = reply.receipt.clone()?;
        let count = |wanted: fn(&Verdict) -> bool| {
            reply.verdicts.iter().filter(|(_, verdict)| wanted(verdict)).count() as u32
        };
        Some(Self {
            receipt,
            events: reply.verdicts.iter().map(|(id, _)| *id).collect(),
            admitted: count(|v| matches!(v, Verdict::Admitted { .. })),
            held: count(|v| matches!(v, Verdict::Held { .. } | Verdict::Newer)),
            refused: count(|v| matches!(v, Verdict::Refused(_))),
        })
    }
}

/// What an exchange brought, to be stored in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Save {
    /// Verdicts, rows and the device's place.
    pub commit: Commit,
    /// Receipts.
    pub receipts: Vec<KeptReceipt>,
}

/// Adds a receipt to those kept; the oldest goes when there are too many.
pub fn keep(receipts: &mut Vec<KeptReceipt>, receipt: KeptReceipt) {
    receipts.push(receipt);
    let over = receipts.len().saturating_sub(MOST_RECEIPTS);
    receipts.drain(..over);
}
