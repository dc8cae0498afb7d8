//! Who asks the registry, and whom they may invite.

use crate::error::Fault;
use serde::{Deserialize, Serialize};
use shared::api::Invite;
use shared::api::routes::{Caller, Route};
use shared::grant::{AccountRole, Action, Grant};
use shared::id::{AccountId, ShardId};

/// Who asks, with all grants that hold now.
#[derive(Clone, Serialize, Deserialize)]
pub struct Asker {
    /// The account; nobody for the operator.
    pub account: Option<AccountId>,
    /// Its grants that hold.
    pub grants: Vec<Grant>,
}

impl Asker {
    /// Whether the asker may do something, in a shard where one is named; the operator may everything.
    pub fn may(&self, action: Action, shard: Option<&ShardId>) -> bool {
        let reaches = |g: &Grant| shard.is_none_or(|s| g.covers(s));
        self.account.is_none() || self.grants.iter().any(|g| action.allowed(g.role) && reaches(g))
    }

    /// Whether the asker may do something in all that a grant of this scope reaches.
    pub fn may_all(&self, action: Action, shard: Option<&ShardId>) -> bool {
        let reaches = |g: &Grant| g.shard.is_none() || g.shard.as_ref() == shard;
        self.account.is_none() || self.grants.iter().any(|g| action.allowed(g.role) && reaches(g))
    }

    /// Lets the asker in to a route, by the table; `demo` says that the server was made with the demo.
    ///
    /// # Errors
    /// Why not.
    pub fn let_in(&self, route: &Route, shard: Option<&ShardId>, demo: bool) -> Result<(), Fault> {
        let forbidden = |code| Err(Fault::Forbidden { code });
        match (route.caller, self.account) {
            (Caller::Operator, None) => Ok(()),
            (Caller::Operator, _) => forbidden("operator-only"),
            (Caller::DemoOperator, None) if demo => Ok(()),
            (Caller::DemoOperator, _) => forbidden("demo-only"),
            (Caller::AccountOrOperator, None) => Ok(()),
            (_, None) => forbidden("no-account"),
            _ if route.lets_in(&self.grants, shard) => Ok(()),
            _ => forbidden("not-permitted"),
        }
    }
}

/// An account is made by somebody above it, inside their own scope.
///
/// # Errors
/// What is missing, or whose scope it is outside.
pub fn check(asker: &Asker, invite: &Invite, is_demo: bool) -> core::result::Result<(), Fault> {
    let forbidden = |code| Err(Fault::Forbidden { code });
    let name = invite.name.trim();
    if name.is_empty() || name.len() > 200 {
        return Err(Fault::BadRequest { code: "name-missing" });
    }
    if invite.demo && (asker.account.is_some() || !is_demo) {
        return forbidden("demo-only");
    }
    let needs_shard = matches!(
        invite.role,
        AccountRole::Coordinator | AccountRole::Trainer | AccountRole::Monitor | AccountRole::Trainee
    );
    if needs_shard != invite.shard.is_some() {
        return Err(Fault::BadRequest { code: "scope-missing" });
    }
    if (invite.role == AccountRole::Trainer) != invite.person.is_some() {
        return Err(Fault::BadRequest { code: "person-missing" });
    }
    if asker.account.is_none() {
        return Ok(());
    }
    let is_hq = asker.grants.iter().any(|g| g.role == AccountRole::Hq);
    let inside = invite.shard.as_ref().is_some_and(|s| asker.may(Action::Invite, Some(s)));
    let below = matches!(invite.role, AccountRole::Trainer | AccountRole::Monitor | AccountRole::Trainee);
    if is_hq || (inside && below) { Ok(()) } else { forbidden("outside-your-scope") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::id::GrantId;
    use shared::time::Stamp;

    fn asker(role: AccountRole, shard: Option<&str>) -> Asker {
        let grant = Grant {
            id: GrantId(1),
            account: AccountId(1),
            role,
            shard: shard.map(|s| s.parse().unwrap()),
            person: None,
            from: Stamp(0),
            until: None,
            ended: None,
        };
        Asker { account: Some(AccountId(1)), grants: vec![grant] }
    }

    #[test]
    fn an_account_is_made_by_somebody_above_it_inside_their_scope() {
        use AccountRole::{Approver, Coordinator, Hq, Trainer};
        let invite = |role, shard: Option<&str>| Invite {
            name: "A".into(),
            role,
            shard: shard.map(|s| s.parse().unwrap()),
            person: (role == Trainer).then_some(shared::id::PersonId(1)),
            demo: false,
        };
        for (who, what, allowed) in [
            (asker(Hq, None), invite(Approver, None), true),
            (asker(Hq, None), invite(Trainer, Some("kg-osh")), true),
            (asker(Coordinator, Some("kg-osh")), invite(Trainer, Some("kg-osh")), true),
            (asker(Coordinator, Some("kg-osh")), invite(Trainer, Some("kg-naryn")), false),
            (asker(Coordinator, Some("kg-osh")), invite(Coordinator, Some("kg-osh")), false),
            (asker(Coordinator, Some("kg-osh")), invite(Hq, None), false),
            (asker(Trainer, Some("kg-osh")), invite(Trainer, Some("kg-osh")), false),
            (asker(Approver, None), invite(Trainer, Some("kg-osh")), false),
        ] {
            assert_eq!(
                check(&who, &what, false).is_ok(),
                allowed,
                "{:?} by {:?}",
                what.role,
                who.grants[0].role
            );
        }
    }
}
