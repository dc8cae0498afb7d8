//! The registry's log: every act on accounts, grants, codes, devices and the programme; append-only, chained by hash.
//!
//! An entry says who, on which device, at what time of the server, and what it was before and after. No name, code,
//! key or phone is in it: accounts are named by their ids.

use super::{Ending, Grant};
use crate::event::{Hash, Hasher};
use crate::id::{AccountId, DeviceId};
use crate::time::Stamp;
use serde::{Deserialize, Serialize};

/// Bytes of a reason.
pub const MAX_REASON_BYTES: usize = 500;

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place, from 1.
    pub seq: u64,
    /// The server's clock, milliseconds since 1970.
    pub server_ms: i64,
    /// Who; nobody for the operator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AccountId>,
    /// On which device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// What.
    #[serde(flatten)]
    pub act: Act,
    /// Why, in the words of whoever did it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// An account was made, with its first grant.
    Made {
        /// The grant; it names the account.
        after: Grant,
    },
    /// A code was given out by which one device joins an account.
    Code {
        /// The account.
        account: AccountId,
        /// When the code expires, milliseconds since 1970.
        expires_ms: i64,
    },
    /// A device joined an account.
    Joined {
        /// The account.
        account: AccountId,
        /// The device.
        joined: DeviceId,
        /// The tablet or computer.
        tablet: String,
    },
    /// An account got a further grant.
    Granted {
        /// The grant.
        after: Grant,
    },
    /// A grant was changed or ended.
    Changed {
        /// As it was.
        before: Grant,
        /// As it is.
        after: Grant,
    },
    /// A device was revoked, its account goes on.
    Revoked {
        /// The account.
        account: AccountId,
        /// The device.
        revoked: DeviceId,
        /// When and how it had been before, if it had.
        before: Option<(Stamp, Ending)>,
        /// When and how.
        after: (Stamp, Ending),
    },
    /// A programme's pack was loaded.
    Programme {
        /// The registry's version before.
        before: u64,
        /// The registry's version with it.
        after: u64,
        /// Hash of its text.
        pack: Hash,
    },
    /// The demo's day was moved.
    Day {
        /// Days before.
        before: i32,
        /// Days now.
        after: i32,
    },
    /// A later version's act.
    #[serde(other)]
    Newer,
}

/// The chain at an entry, given the chain before it and the entry's text as it is stored.
pub fn chain(previous: &Hash, text: &str) -> Hash {
    Hasher::new("cascade registry log 1").bytes(&previous.0).text(text).done()
}

/// Where a log is broken: the place of the first line whose chain does not follow from the one before, or that is
/// not at its own place. `lines` are all lines from the first: place, text, chain.
pub fn broken_at<'a>(lines: impl IntoIterator<Item = (u64, &'a str, Hash)>) -> Option<u64> {
    let mut previous = Hash::default();
    for (expected, (seq, text, held)) in (1..).zip(lines) {
        previous = chain(&previous, text);
        let entry: Option<Entry> = serde_json::from_str(text).ok();
        if seq != expected || held != previous || entry.is_none_or(|e| e.seq != seq) {
            return Some(expected);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Vec<(u64, String, Hash)> {
        let mut previous = Hash::default();
        let line = |seq: u64| {
            let act = Act::Day { before: 0, after: seq as i32 };
            let entry = Entry { seq, server_ms: 5, by: None, device: None, act, reason: String::new() };
            let text = serde_json::to_string(&entry).unwrap();
            previous = chain(&previous, &text);
            (seq, text, previous)
        };
        (1..=4).map(line).collect()
    }

    fn broken(log: &[(u64, String, Hash)]) -> Option<u64> {
        broken_at(log.iter().map(|(seq, text, chain)| (*seq, text.as_str(), *chain)))
    }

    #[test]
    fn a_line_that_is_changed_removed_added_or_moved_is_found() {
        assert_eq!(broken(&log()), None);
        let mut changed = log();
        changed[1].1 = changed[1].1.replace("\"after\":2", "\"after\":9");
        assert_eq!(broken(&changed), Some(2));
        let mut removed = log();
        removed.remove(2);
        assert_eq!(broken(&removed), Some(3));
        let mut doubled = log();
        doubled.insert(1, doubled[0].clone());
        assert_eq!(broken(&doubled), Some(2));
        let mut swapped = log();
        swapped.swap(0, 3);
        assert_eq!(broken(&swapped), Some(1));
    }

    #[test]
    fn an_act_of_a_later_version_is_read() {
        let text = r#"{"seq":1,"server_ms":2,"act":"painted","colour":{"a":[1]},"reason":"x"}"#;
        let entry: Entry = serde_json::from_str(text).unwrap();
        assert_eq!((entry.act, entry.reason.as_str()), (Act::Newer, "x"));
    }
}
