//! After a restore: what a registry that knows less than it once did must learn before any grant works.
//!
//! A backup is older than the last revocation. So a restored registry asks every shard for the endings it knows of,
//! adds those that the restore found in the records it replaced, and only then lets anybody in. Join codes and tokens
//! are void: one used since would open again. Merging is total, idempotent and commutative, so a recovery that breaks
//! off begins again.

use crate::grant::{Ending, Grant};
use crate::id::{DeviceId, GrantId};
use crate::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a restore leaves in the registry, until the recovery has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Names it.
    pub id: String,
    /// When the restore was made, milliseconds since 1970.
    pub since_ms: i64,
    /// When the backup was taken.
    pub backup_ms: i64,
    /// Ended grants that the replaced records knew of.
    #[serde(default)]
    pub endings: Endings,
    /// Revoked devices that they knew of.
    #[serde(default)]
    pub devices: BTreeMap<DeviceId, (Stamp, Ending)>,
}

/// Which grants have ended, when and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Endings(BTreeMap<GrantId, (Stamp, Ending)>);

impl Endings {
    /// Adds those of grants.
    pub fn add(&mut self, grants: &[Grant]) {
        for grant in grants {
            if let Some(ended) = grant.ended {
                self.put(grant.id, ended);
            }
        }
    }

    /// Adds others.
    pub fn merge(&mut self, other: Self) {
        for (grant, ended) in other.0 {
            self.put(grant, ended);
        }
    }

    /// Ends a grant that has ended here; says whether that changed it.
    pub fn end(&self, grant: &mut Grant) -> bool {
        let Some(ended) = self.0.get(&grant.id) else { return false };
        let strongest = strongest(grant.ended, *ended);
        let changed = grant.ended != Some(strongest);
        grant.ended = Some(strongest);
        changed
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn put(&mut self, grant: GrantId, ended: (Stamp, Ending)) {
        let held = self.0.get(&grant).copied();
        self.0.insert(grant, strongest(held, ended));
    }
}

/// Adds revoked devices to others.
pub fn merge_devices(
    to: &mut BTreeMap<DeviceId, (Stamp, Ending)>,
    other: BTreeMap<DeviceId, (Stamp, Ending)>,
) {
    for (device, ended) in other {
        let held = to.get(&device).copied();
        to.insert(device, strongest(held, ended));
    }
}

/// A revocation for cause beats an ordinary end; of the same kind the earlier one holds.
pub fn strongest(held: Option<(Stamp, Ending)>, other: (Stamp, Ending)) -> (Stamp, Ending) {
    let weight = |(at, how): (Stamp, Ending)| (how != Ending::Cause, at);
    match held {
        Some(held) if weight(held) <= weight(other) => held,
        _ => other,
    }
}

/// What a shard tells a restored registry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The version of its copy of accounts and grants: the registry goes on after the greatest.
    pub version: u64,
    /// The ended grants of its copy.
    pub endings: Endings,
    /// The revoked devices of its copy.
    #[serde(default)]
    pub devices: BTreeMap<DeviceId, (Stamp, Ending)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grant::AccountRole;
    use crate::id::AccountId;
    use proptest::prelude::*;

    fn grant(id: u64, ended: Option<(i64, bool)>) -> Grant {
        let how = |cause| if cause { Ending::Cause } else { Ending::Ordinary };
        Grant {
            id: GrantId(id),
            account: AccountId(1),
            role: AccountRole::Trainer,
            shard: None,
            person: None,
            sessions: Default::default(),
            from: Stamp(0),
            until: None,
            ended: ended.map(|(at, cause)| (Stamp(at), how(cause))),
        }
    }

    proptest! {
        #[test]
        fn the_order_and_repetition_of_merging_change_nothing(
            told in proptest::collection::vec((0u64..4, proptest::option::of((0i64..9, any::<bool>()))), 0..12),
            turn in 0usize..12,
        ) {
            let grants: Vec<Grant> = told.into_iter().map(|(id, ended)| grant(id, ended)).collect();
            let mut plain = Endings::default();
            plain.add(&grants);
            let mut turned = grants.clone();
            turned.rotate_left(turn % grants.len().max(1));
            turned.extend(grants.clone());
            let mut other = Endings::default();
            other.add(&turned);
            prop_assert_eq!(&other, &plain);
            other.merge(plain.clone());
            prop_assert_eq!(&other, &plain);
            // Whoever has ended anywhere has ended, and nothing that has ended comes back.
            for ended in grants.iter().filter(|g| g.ended.is_some()) {
                let mut restored = grant(ended.id.0, None);
                prop_assert!(plain.end(&mut restored));
                prop_assert!(restored.ended.is_some());
                prop_assert!(!plain.end(&mut restored), "once is enough");
            }
        }
    }

    #[test]
    fn a_revocation_for_cause_beats_an_ordinary_end() {
        for (held, told, expected) in [
            (None, (5, false), (5, false)),
            (Some((3, false)), (5, true), (5, true)),
            (Some((5, true)), (3, false), (5, true)),
            (Some((5, true)), (3, true), (3, true)),
            (Some((3, false)), (5, false), (3, false)),
        ] {
            let mut endings = Endings::default();
            endings.add(&[grant(1, Some(told))]);
            let mut restored = grant(1, held);
            endings.end(&mut restored);
            assert_eq!(restored.ended, grant(1, Some(expected)).ended, "{held:?} {told:?}");
        }
    }
}
