//! Who may do what: accounts, grants, and one table of permissions from which both ends and the docs read.

pub mod asker;
pub mod log;

use crate::id::{AccountId, DeviceId, GrantId, PersonId, SessionId, ShardId};
use crate::time::{DAY_MS, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How long after a grant has ended in the ordinary way an honest device may still bring what it wrote before.
pub const GRACE_MS: i64 = 21 * DAY_MS;

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountRole {
    /// Headquarters: the commission's training department.
    Hq,
    /// The second person, who approves plans.
    Approver,
    /// Runs one shard: a region, a district or a constituency.
    Coordinator,
    /// Teaches sessions.
    Trainer,
    /// Observes sessions.
    Monitor,
    /// Is taught.
    Trainee,
    /// Reads everything, changes nothing.
    Auditor,
}

impl AccountRole {
    /// All roles, in the order of the permission table.
    pub const ALL: [Self; 7] = [
        Self::Hq,
        Self::Approver,
        Self::Coordinator,
        Self::Trainer,
        Self::Monitor,
        Self::Trainee,
        Self::Auditor,
    ];
}

/// Something that needs a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Action {
    ReadProgramme,
    PutProgramme,
    ReadOverview,
    ReadSessions,
    ReadPlanProblem,
    ReadStationCodes,
    SyncView,
    ReadLog,
    CheckReceipt,
    Mark,
    Take,
    Import,
    PutPlan,
    ApprovePlan,
    PublishPlan,
    CloseVenue,
    Resolve,
    Correct,
    SettleField,
    Appoint,
    JudgeHeld,
    Erase,
    ReadAccounts,
    Transfer,
    Lend,
    Invite,
    ManageAccess,
}

impl Action {
    /// All actions, in the order of the permission table.
    pub const ALL: [Self; 27] = [
        Self::ReadProgramme,
        Self::PutProgramme,
        Self::ReadOverview,
        Self::ReadSessions,
        Self::ReadPlanProblem,
        Self::ReadStationCodes,
        Self::SyncView,
        Self::ReadLog,
        Self::CheckReceipt,
        Self::Mark,
        Self::Take,
        Self::Import,
        Self::PutPlan,
        Self::ApprovePlan,
        Self::PublishPlan,
        Self::CloseVenue,
        Self::Resolve,
        Self::Correct,
        Self::SettleField,
        Self::Appoint,
        Self::JudgeHeld,
        Self::Erase,
        Self::ReadAccounts,
        Self::Transfer,
        Self::Lend,
        Self::Invite,
        Self::ManageAccess,
    ];

    /// Whether it adds records to a shard.
    pub fn writes(self) -> bool {
        use Action::{
            Appoint, ApprovePlan, CloseVenue, Correct, Erase, Import, JudgeHeld, Mark, PublishPlan, PutPlan,
        };
        use Action::{Lend, Resolve, SettleField, Take, Transfer};
        matches!(self, Mark | Take | Import | PutPlan | ApprovePlan | PublishPlan | CloseVenue | Resolve)
            || matches!(self, Correct | SettleField | Appoint | JudgeHeld | Transfer | Lend | Erase)
    }

    /// Whether a role has the right, inside its scope.
    pub fn allowed(self, role: AccountRole) -> bool {
        use AccountRole::{Approver, Auditor, Coordinator, Hq, Monitor, Trainee, Trainer};
        let roles: &[AccountRole] = match self {
            Self::ReadProgramme => &AccountRole::ALL,
            Self::PutProgramme => &[Hq],
            Self::ReadOverview => &[Hq, Approver, Auditor, Coordinator],
            Self::ReadSessions => &[Hq, Approver, Auditor, Coordinator],
            Self::ReadPlanProblem => &[Hq, Coordinator],
            Self::ReadStationCodes => &[Hq, Coordinator],
            Self::SyncView => &[Hq, Approver, Coordinator, Trainer, Monitor, Trainee, Auditor],
            Self::Mark | Self::Take | Self::Correct => &[Coordinator, Trainer],
            Self::SettleField | Self::Appoint | Self::JudgeHeld => &[Coordinator],
            Self::Import | Self::PutPlan | Self::PublishPlan | Self::CloseVenue => &[Hq, Coordinator],
            Self::ApprovePlan => &[Hq, Approver],
            // A trainer resolves only as the lead of the session: see `command::resolve`.
            Self::Resolve => &[Coordinator, Trainer],
            Self::ReadAccounts => &[Hq, Coordinator, Auditor],
            // Of the shard that owns the person; the other one is asked for nothing.
            Self::Transfer | Self::Lend => &[Hq, Coordinator],
            Self::ReadLog | Self::CheckReceipt => &[Hq, Coordinator, Auditor],
            Self::Erase => &[Hq],
            Self::Invite | Self::ManageAccess => &[Hq, Coordinator],
        };
        debug_assert!(!roles.contains(&Trainee) || matches!(self, Self::ReadProgramme | Self::SyncView));
        debug_assert!(!roles.contains(&Monitor) || matches!(self, Self::ReadProgramme | Self::SyncView));
        roles.contains(&role)
    }
}

/// One right given to one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Whose it is.
    pub account: AccountId,
    /// What for.
    pub role: AccountRole,
    /// Where; nothing means the whole programme.
    pub shard: Option<ShardId>,
    /// The person on the roster whom the account is, for trainers and trainees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The sessions that a monitor was asked to observe.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sessions: BTreeSet<SessionId>,
    /// Valid from.
    pub from: Stamp,
    /// Valid until, where it expires by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Stamp>,
    /// Ended before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<(Stamp, Ending)>,
}

/// Why a grant ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// The work is over.
    Ordinary,
    /// A stolen tablet, a breach: nothing that arrives afterwards counts unread.
    Cause,
}

/// How a grant stands towards one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The grant never covered it.
    Never,
    /// A person must look: beyond the grace, or the grant ended for cause.
    Hold,
    /// It counts.
    Valid,
}

impl Grant {
    /// Whether it holds at a time.
    pub fn holds_at(&self, at: Stamp) -> bool {
        self.from <= at && self.until.is_none_or(|u| at < u) && self.ended.is_none_or(|(e, _)| at < e)
    }

    /// When it ended or will, if it does.
    fn end(&self) -> Option<Stamp> {
        [self.ended.map(|(at, _)| at), self.until].into_iter().flatten().min()
    }

    /// Whether it reaches a shard.
    pub fn covers(&self, shard: &ShardId) -> bool {
        self.shard.as_ref().is_none_or(|s| s == shard)
    }

    /// How it stands towards a record written at `stamp` and received at `now`. A grant that holds now covers what
    /// a tablet with a slow clock says was written before it began: no record is refused for its clock.
    pub fn standing(&self, stamp: Stamp, now: Stamp) -> Standing {
        match self.ended {
            Some((at, Ending::Cause)) if now >= at => Standing::Hold,
            _ if self.from > now || self.end().is_some_and(|end| stamp >= end) => Standing::Never,
            _ => match self.end() {
                Some(end) if now.0.saturating_sub(end.0) > GRACE_MS => Standing::Hold,
                _ => Standing::Valid,
            },
        }
    }
}

/// An account, as a shard needs to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name it is called by on screens.
    pub name: String,
    /// Who made it; the operator if nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<AccountId>,
    /// Who gave out codes for it: whoever has a code can open the account.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub opened_by: BTreeSet<AccountId>,
    /// The tablets and computers that have held it.
    #[serde(default)]
    pub tablets: Vec<String>,
}

/// A shard's own copy of accounts and grants; it follows the registry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Access {
    /// Counts the registry's changes.
    pub version: u64,
    /// Accounts with a grant here.
    pub accounts: BTreeMap<AccountId, Account>,
    /// Their grants, ended ones too.
    pub grants: Vec<Grant>,
    /// Devices that were revoked though their accounts go on: lost, stolen, given away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub devices_ended: BTreeMap<DeviceId, (Stamp, Ending)>,
}

impl Access {
    /// An account's grants that reach a shard.
    pub fn grants_of<'a, 's>(
        &'a self,
        account: AccountId,
        shard: &'s ShardId,
    ) -> impl Iterator<Item = &'a Grant> + use<'a, 's> {
        self.grants.iter().filter(move |g| g.account == account && g.covers(shard))
    }

    /// Whether a device was revoked.
    pub fn has_ended(&self, device: DeviceId, now: Stamp) -> bool {
        self.devices_ended.get(&device).is_some_and(|(at, _)| now >= *at)
    }

    /// How a device stands towards a record written at `stamp` and received at `now`: as a grant does that was
    /// always there and ended when the device was revoked.
    pub fn device_standing(&self, device: DeviceId, stamp: Stamp, now: Stamp) -> Standing {
        match self.devices_ended.get(&device) {
            Some((at, Ending::Cause)) if now >= *at => Standing::Hold,
            Some((at, Ending::Ordinary)) if stamp >= *at => Standing::Never,
            Some((at, Ending::Ordinary)) if now.0.saturating_sub(at.0) > GRACE_MS => Standing::Hold,
            _ => Standing::Valid,
        }
    }

    /// An account's grants that reach a shard and hold now.
    pub fn holding(&self, account: AccountId, shard: &ShardId, now: Stamp) -> Vec<&Grant> {
        self.grants_of(account, shard).filter(|g| g.holds_at(now)).collect()
    }

    /// An account's grants that let it see something of a shard now.
    pub fn viewing(&self, account: AccountId, shard: &ShardId, now: Stamp) -> Vec<&Grant> {
        let mut grants = self.holding(account, shard, now);
        grants.retain(|g| Action::SyncView.allowed(g.role));
        grants
    }

    /// Whether an account may do something in a shard now.
    pub fn may(&self, account: AccountId, shard: &ShardId, action: Action, now: Stamp) -> bool {
        self.holding(account, shard, now).iter().any(|g| action.allowed(g.role))
    }

    /// Whether an account ever had a role in a shard that writes anything.
    pub fn may_write(&self, account: AccountId, shard: &ShardId) -> bool {
        let writes = |g: &Grant| Action::ALL.iter().any(|a| a.writes() && a.allowed(g.role));
        self.grants_of(account, shard).any(writes)
    }

    /// How an account and its device stand towards a record: the best standing of the account's grants, no better
    /// than the device's own; and the grants that have it.
    pub fn standing(
        &self,
        (account, device): (AccountId, DeviceId),
        shard: &ShardId,
        action: Action,
        stamp: Stamp,
        now: Stamp,
    ) -> (Standing, Vec<&Grant>) {
        let judged: Vec<(Standing, &Grant)> = self
            .grants_of(account, shard)
            .filter(|g| action.allowed(g.role))
            .map(|g| (g.standing(stamp, now), g))
            .collect();
        // A revocation for cause is never outweighed by another grant of the same account.
        let cause =
            judged.iter().any(|(s, g)| *s == Standing::Hold && g.ended.is_some_and(|e| e.1 == Ending::Cause));
        let best =
            if cause { Standing::Hold } else { judged.iter().map(|j| j.0).max().unwrap_or(Standing::Never) };
        let grants = judged.into_iter().filter(|j| j.0 == best).map(|j| j.1).collect();
        (best.min(self.device_standing(device, stamp, now)), grants)
    }
}

#[cfg(test)]
mod tests;
