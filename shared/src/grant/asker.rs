//! Who is above whom: who may make, change and end which accounts, grants and devices.
//!
//! Headquarters is above everybody; a coordinator is above trainers, monitors and trainees of the own shard; the
//! operator, who has the server's folder, is above all. Nobody takes from themselves the last way in.

use super::{AccountRole, Action, Grant};
use crate::api::routes::{Caller, Route};
use crate::id::{AccountId, DeviceId, PersonId, ShardId};
use serde::{Deserialize, Serialize};

/// Who asks the registry, with all grants that hold now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// The account; nobody for the operator.
    pub account: Option<AccountId>,
    /// The device it asks from.
    #[serde(default)]
    pub device: Option<DeviceId>,
    /// Its grants that hold.
    pub grants: Vec<Grant>,
}

/// Why somebody who may do such things may not do this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHere {
    /// The route is not for this kind of caller.
    #[error("only on a server made with the demo, and only by its operator")]
    DemoOnly,
    /// Only whoever has the key of the server's folder.
    #[error("for the operator alone")]
    OperatorOnly,
    /// The operator has no account.
    #[error("the operator is no account")]
    NoAccount,
    /// The role does not have the right.
    #[error("not permitted")]
    NotPermitted,
    /// The account, the grant or the place is not below the asker, inside the asker's own scope.
    #[error("outside the asker's scope")]
    OutsideYourScope,
    /// Nobody takes their own last right of headquarters.
    #[error("the asker's own last right of headquarters")]
    OwnLastHq,
    /// Nobody at headquarters revokes the last device they have.
    #[error("the asker's own last device")]
    OwnLastDevice,
    /// It has ended already, and for cause if that is what was asked.
    #[error("ended already")]
    AlreadyEnded,
}

impl NotHere {
    /// Its stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::DemoOnly => "demo-only",
            Self::OperatorOnly => "operator-only",
            Self::NoAccount => "no-account",
            Self::NotPermitted => "not-permitted",
            Self::OutsideYourScope => "outside-your-scope",
            Self::OwnLastHq => "own-last-hq",
            Self::OwnLastDevice => "own-last-device",
            Self::AlreadyEnded => "already-ended",
        }
    }
}

impl Asker {
    /// Lets the asker in to a route, by the table; `shard` is the one of the path, `demo` says that the server was
    /// made with the demo.
    ///
    /// # Errors
    /// Why not.
    pub fn let_in(&self, route: &Route, shard: Option<&ShardId>, demo: bool) -> Result<(), NotHere> {
        match (route.caller, self.account) {
            (Caller::Operator, None) => Ok(()),
            (Caller::Operator, _) => Err(NotHere::OperatorOnly),
            (Caller::DemoOperator, None) if demo => Ok(()),
            (Caller::DemoOperator, _) => Err(NotHere::DemoOnly),
            (Caller::AccountOrOperator, None) => Ok(()),
            (_, None) => Err(NotHere::NoAccount),
            _ if route.lets_in(&self.grants, shard) => Ok(()),
            _ => Err(NotHere::NotPermitted),
        }
    }

    /// Whether the asker may do something in a shard; the operator may everything.
    pub fn may(&self, action: Action, shard: &ShardId) -> bool {
        self.account.is_none() || self.grants.iter().any(|g| action.allowed(g.role) && g.covers(shard))
    }

    /// Whether an account with these grants, ended ones too, reaches no further than the asker's right to an action.
    pub fn sees_account(&self, action: Action, grants: &[Grant]) -> bool {
        let reaches = |own: &Grant, of: &Grant| own.shard.is_none() || own.shard == of.shard;
        let seen = |of: &Grant| self.grants.iter().any(|own| action.allowed(own.role) && reaches(own, of));
        self.account.is_none() || grants.iter().all(seen)
    }

    /// Whether the asker is above a role in a scope.
    pub fn is_above(&self, role: AccountRole, shard: Option<&ShardId>) -> bool {
        use AccountRole::{Coordinator, Hq, Monitor, Trainee, Trainer};
        let above = |own: &Grant| match own.role {
            Hq => true,
            Coordinator => {
                matches!(role, Trainer | Monitor | Trainee) && shard.is_some_and(|s| own.covers(s))
            }
            _ => false,
        };
        self.account.is_none() || self.grants.iter().any(above)
    }

    /// Whether the asker is above all that an account ever was: only then may the asker give a code for it or end a
    /// device of it, for a device has all of its account's rights.
    ///
    /// # Errors
    /// [`NotHere::OutsideYourScope`].
    pub fn check_above(&self, grants: &[Grant]) -> Result<(), NotHere> {
        let above = grants.iter().all(|g| self.is_above(g.role, g.shard.as_ref()));
        if above { Ok(()) } else { Err(NotHere::OutsideYourScope) }
    }

    /// Whether the asker may end a grant, or let it end by itself; `others` are the other grants of its account that
    /// hold without an end.
    ///
    /// # Errors
    /// Why not.
    pub fn check_ending(&self, grant: &Grant, others: &[&Grant]) -> Result<(), NotHere> {
        if !self.is_above(grant.role, grant.shard.as_ref()) {
            return Err(NotHere::OutsideYourScope);
        }
        let own_hq = grant.role == AccountRole::Hq && self.account == Some(grant.account);
        if own_hq && !others.iter().any(|g| g.role == AccountRole::Hq && g.until.is_none()) {
            return Err(NotHere::OwnLastHq);
        }
        Ok(())
    }

    /// Whether the asker may revoke a device of an account with these grants; `left` is how many devices of it would
    /// be left.
    ///
    /// # Errors
    /// Why not.
    pub fn check_revoking(&self, account: AccountId, grants: &[Grant], left: usize) -> Result<(), NotHere> {
        self.check_above(grants)?;
        if self.account == Some(account) && left == 0 { Err(NotHere::OwnLastDevice) } else { Ok(()) }
    }
}

/// What an invitation or a further grant lacks or has too much, as a stable code: the roles of a place have a shard,
/// a trainer is somebody on the roster, and only monitors are asked to observe sessions.
///
/// # Errors
/// The code.
pub fn check_shape(
    role: AccountRole,
    shard: Option<&ShardId>,
    person: Option<PersonId>,
    has_sessions: bool,
) -> Result<(), &'static str> {
    use AccountRole::{Coordinator, Monitor, Trainee, Trainer};
    if matches!(role, Coordinator | Trainer | Monitor | Trainee) != shard.is_some() {
        return Err("scope-missing");
    }
    let fits = match role {
        Trainer => person.is_some(),
        Trainee => true,
        _ => person.is_none(),
    };
    if !fits {
        return Err("person-missing");
    }
    if has_sessions && role != Monitor { Err("only-monitors-observe") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::GrantId;
    use crate::time::Stamp;
    use AccountRole::{Approver, Auditor, Coordinator, Hq, Monitor, Trainee, Trainer};
    use std::collections::BTreeSet;

    fn grant(account: u64, role: AccountRole, shard: &str) -> Grant {
        Grant {
            id: GrantId(account),
            account: AccountId(account),
            role,
            shard: (!shard.is_empty()).then(|| shard.parse().unwrap()),
            person: None,
            sessions: BTreeSet::new(),
            from: Stamp(0),
            until: None,
            ended: None,
        }
    }

    fn asker(role: AccountRole, shard: &str) -> Asker {
        Asker { account: Some(AccountId(1)), device: None, grants: vec![grant(1, role, shard)] }
    }

    #[test]
    fn an_account_is_made_and_ended_by_somebody_above_it_inside_their_scope() {
        for (who, role, shard, above) in [
            (asker(Hq, ""), Approver, "", true),
            (asker(Hq, ""), Hq, "", true),
            (asker(Hq, ""), Trainer, "kg-osh", true),
            (asker(Coordinator, "kg-osh"), Trainer, "kg-osh", true),
            (asker(Coordinator, "kg-osh"), Monitor, "kg-osh", true),
            (asker(Coordinator, "kg-osh"), Trainee, "kg-osh", true),
            (asker(Coordinator, "kg-osh"), Trainer, "kg-naryn", false),
            (asker(Coordinator, "kg-osh"), Coordinator, "kg-osh", false),
            (asker(Coordinator, "kg-osh"), Auditor, "", false),
            (asker(Coordinator, "kg-osh"), Hq, "", false),
            (asker(Trainer, "kg-osh"), Trainer, "kg-osh", false),
            (asker(Monitor, "kg-osh"), Trainee, "kg-osh", false),
            (asker(Approver, ""), Trainer, "kg-osh", false),
            (asker(Auditor, ""), Trainee, "kg-osh", false),
            (Asker { account: None, device: None, grants: vec![] }, Hq, "", true),
        ] {
            let shard = grant(2, role, shard).shard;
            assert_eq!(who.is_above(role, shard.as_ref()), above, "{role:?} {shard:?} by {who:?}");
        }
    }

    #[test]
    fn a_coordinator_gives_no_code_for_an_account_that_is_more_than_the_coordinators_own() {
        let coordinator = asker(Coordinator, "kg-osh");
        let (own, more) = (grant(2, Trainer, "kg-osh"), grant(2, Coordinator, "kg-naryn"));
        assert_eq!(coordinator.check_above(std::slice::from_ref(&own)), Ok(()));
        assert_eq!(coordinator.check_above(&[own.clone(), more.clone()]), Err(NotHere::OutsideYourScope));
        // One that has ended may come back.
        let ended = Grant { ended: Some((Stamp(1), super::super::Ending::Ordinary)), ..more };
        assert_eq!(coordinator.check_above(&[own, ended]), Err(NotHere::OutsideYourScope));
    }

    #[test]
    fn nobody_at_headquarters_locks_themselves_out() {
        let hq = asker(Hq, "");
        let (own, again, other) = (grant(1, Hq, ""), grant(1, Hq, ""), grant(2, Hq, ""));
        assert_eq!(hq.check_ending(&own, &[]), Err(NotHere::OwnLastHq));
        assert_eq!(hq.check_ending(&own, &[&grant(1, Auditor, "")]), Err(NotHere::OwnLastHq));
        let expiring = Grant { until: Some(Stamp(9)), ..again.clone() };
        assert_eq!(hq.check_ending(&own, &[&expiring]), Err(NotHere::OwnLastHq));
        assert_eq!(hq.check_ending(&own, &[&again]), Ok(()));
        assert_eq!(hq.check_ending(&other, &[]), Ok(()), "somebody else at headquarters is still there");
        assert_eq!(
            hq.check_revoking(AccountId(1), std::slice::from_ref(&own), 0),
            Err(NotHere::OwnLastDevice)
        );
        assert_eq!(hq.check_revoking(AccountId(1), std::slice::from_ref(&own), 1), Ok(()));
        assert_eq!(hq.check_revoking(AccountId(2), &[other], 0), Ok(()));
    }

    #[test]
    fn a_role_has_the_scope_and_the_person_it_needs() {
        let shard: ShardId = "kg-osh".parse().unwrap();
        let (place, nobody, somebody) = (Some(&shard), None, Some(PersonId(1)));
        for (role, shard, person, sessions, expected) in [
            (Trainer, place, somebody, false, Ok(())),
            (Trainer, place, nobody, false, Err("person-missing")),
            (Trainer, None, somebody, false, Err("scope-missing")),
            (Trainee, place, somebody, false, Ok(())),
            (Monitor, place, nobody, true, Ok(())),
            (Monitor, place, somebody, false, Err("person-missing")),
            (Coordinator, place, nobody, true, Err("only-monitors-observe")),
            (Hq, place, nobody, false, Err("scope-missing")),
            (Auditor, None, nobody, false, Ok(())),
        ] {
            assert_eq!(check_shape(role, shard, person, sessions), expected, "{role:?}");
        }
    }
}
