//! What ties a log together: each record's hash covers the one before, and outlives the erasure of its payload.

use super::Verdict;
use super::server::Record;
use crate::event::{Event, EventId, Hash, Hasher, Salt};

/// The hash over what may be erased: salt, payload and effect, the texts as they are stored.
pub fn digest(salt: &Salt, payload: &str, effect: &str) -> Hash {
    Hasher::new("cascade payload 1").bytes(&salt.0).text(payload).text(effect).done()
}

/// The chain's hash at a record, given the chain before it.
pub fn chain(previous: &Hash, record: &Record) -> Hash {
    let event = &record.event;
    let hash = Hasher::new("cascade chain 1")
        .bytes(&previous.0)
        .text(&event.id.to_string())
        .text(&event.actor.to_string())
        .text(&event.kind)
        .number(i64::from(event.version))
        .number(event.wall.0)
        .number(event.offset)
        .number(event.seen as i64)
        .text(&serde_json::to_string(&record.verdict).unwrap_or_default())
        .number(record.stamp.0)
        .number(record.server_ms)
        .bytes(&record.digest.0);
    // Records of the first version do not say what they replaced.
    match &record.replaced {
        Some(replaced) => {
            replaced.iter().fold(hash.text("replaced"), |hash, place| hash.number(*place)).done()
        }
        None => hash.done(),
    }
}

/// What tells a repetition from another event in storage: keyed, so that it does not betray a payload that was erased.
pub fn kept_content(secret: &[u8; 32], content: &Hash) -> Hash {
    Hasher::new("cascade kept content 1").bytes(secret).bytes(&content.0).done()
}

/// The hash over a batch and what became of it, which a receipt signs.
pub fn batch_hash(events: &[Event], verdicts: &[(EventId, Verdict)]) -> Hash {
    let judged = events.iter().zip(verdicts);
    judged
        .fold(Hasher::new("cascade batch 1"), |hash, (event, (_, verdict))| {
            let verdict = serde_json::to_string(verdict).unwrap_or_default();
            hash.text(&event.id.to_string()).bytes(&event.content_hash().0).text(&verdict)
        })
        .done()
}
