//! Changing and ending accounts, grants and devices: the rules are `shared::grant::asker`; here they are stored,
//! written down in the registry's log, and the shards concerned are found.

use super::internal::DeviceLine;
use super::store::{CodeRow, Store};
use crate::auth::{random, random_id};
use crate::error::Fault;
use crate::transaction::transact;
use shared::api::Invited;
use shared::api::access::{AddGrant, ChangeGrant, EndAccess};
use shared::code::JoinCode;
use shared::grant::asker::{Asker, NotHere, check_shape};
use shared::grant::log::{Act, Entry, MAX_REASON_BYTES};
use shared::grant::{Action, Ending, Grant};
use shared::id::{AccountId, DeviceId, GrantId, ShardId};
use shared::time::{DAY_MS, Stamp};
use worker::State;

/// Days for which a join code can be used.
const CODE_DAYS: i64 = 14;

/// One act of somebody on the registry.
pub struct Desk<'a> {
    /// The registry's object.
    pub state: &'a State,
    /// Its storage.
    pub store: &'a Store,
    /// Who acts.
    pub asker: &'a Asker,
    /// The server's clock.
    pub now_ms: i64,
}

/// A refusal of the rules as an answer.
pub fn forbidden(why: NotHere) -> Fault {
    Fault::Forbidden { code: why.code() }
}

impl Desk<'_> {
    /// Runs `work` in one transaction.
    pub(super) fn commit<T>(&self, work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        transact(self.state, work)
    }

    /// Writes an act into the log; to be called inside the transaction that does it.
    ///
    /// # Errors
    /// When storage fails.
    pub fn note(&self, act: Act, reason: &str) -> Result<(), Fault> {
        self.store.note(|seq| Entry {
            seq,
            server_ms: self.now_ms,
            by: self.asker.account,
            device: self.asker.device,
            act,
            reason: reason.trim().to_owned(),
        })
    }

    /// The shards that grants reach.
    ///
    /// # Errors
    /// When storage fails.
    pub fn reach(&self, grants: &[Grant]) -> Result<Vec<ShardId>, Fault> {
        if grants.iter().any(|g| g.shard.is_none()) {
            return self.store.shards();
        }
        let mut shards: Vec<ShardId> = grants.iter().filter_map(|g| g.shard.clone()).collect();
        shards.sort();
        shards.dedup();
        Ok(shards)
    }

    pub(super) fn account_id(&self) -> Result<AccountId, Fault> {
        random_id().map(AccountId)
    }

    pub(super) fn grant_id(&self) -> Result<GrantId, Fault> {
        random_id().map(GrantId)
    }

    pub(super) fn check_shard(&self, shard: Option<&ShardId>) -> Result<(), Fault> {
        match shard {
            Some(shard) if !self.store.shards()?.contains(shard) => {
                Err(Fault::BadRequest { code: "unknown-shard" })
            }
            _ => Ok(()),
        }
    }

    pub(super) fn check_until(&self, until_ms: Option<i64>) -> Result<Option<Stamp>, Fault> {
        match until_ms {
            Some(ms) if ms <= self.now_ms => Err(Fault::BadRequest { code: "until-has-passed" }),
            other => Ok(other.map(Stamp)),
        }
    }

    /// A fresh code for an account; to be called inside a transaction.
    pub(super) fn give_code(&self, account: AccountId, demo: bool) -> Result<Invited, Fault> {
        let code = JoinCode::from_bits(random()?);
        let expires_ms = self.now_ms + CODE_DAYS * DAY_MS;
        self.store.put_code(code.hash(), &CodeRow { account, expires_ms, demo, used_by: None })?;
        self.note(Act::Code { account, expires_ms }, "")?;
        // Whoever has the code can open the account: the second-person rule must know.
        if let (Some(by), Some(mut opened)) = (self.asker.account, self.store.account(account)?)
            && opened.opened_by.insert(by)
        {
            self.store.put_account(&opened)?;
            self.store.bump()?;
        }
        Ok(Invited { account, code: code.to_string(), expires_ms })
    }

    /// An account's grants, where the asker may know that it is there.
    fn grants_seen(&self, account: &str) -> Result<(AccountId, Vec<Grant>), Fault> {
        let account: AccountId = account.parse().map_err(|_| Fault::NotFound)?;
        let grants = self.store.grants_of(account)?;
        if grants.is_empty() {
            return Err(Fault::NotFound);
        }
        if !self.asker.sees_account(Action::ReadAccounts, &grants) {
            return Err(Fault::Forbidden { code: "outside-your-scope" });
        }
        Ok((account, grants))
    }

    /// Gives a code for a further device of the same person.
    ///
    /// # Errors
    /// Where the account is not all below the asker.
    pub fn further_code(&self, account: &str) -> Result<(Invited, Vec<ShardId>), Fault> {
        let (account, grants) = self.grants_seen(account)?;
        self.asker.check_above(&grants).map_err(forbidden)?;
        if !grants.iter().any(|g| g.holds_at(Stamp(self.now_ms))) {
            return Err(Fault::Forbidden { code: "already-ended" });
        }
        let invited = self.commit(|| self.give_code(account, false))?;
        Ok((invited, self.reach(&grants)?))
    }

    /// Gives an account a further grant.
    ///
    /// # Errors
    /// Where the account or the grant is not below the asker.
    pub fn add_grant(&self, account: &str, add: &AddGrant) -> Result<(Grant, Vec<ShardId>), Fault> {
        let (account, grants) = self.grants_seen(account)?;
        self.asker.check_above(&grants).map_err(forbidden)?;
        check_shape(add.role, add.shard.as_ref(), add.person, !add.sessions.is_empty())
            .map_err(|code| Fault::BadRequest { code })?;
        if !self.asker.is_above(add.role, add.shard.as_ref()) {
            return Err(forbidden(NotHere::OutsideYourScope));
        }
        self.check_shard(add.shard.as_ref())?;
        check_reason(&add.reason, false)?;
        let grant = Grant {
            id: self.grant_id()?,
            account,
            role: add.role,
            shard: add.shard.clone(),
            person: add.person,
            sessions: add.sessions.clone(),
            from: Stamp(self.now_ms),
            until: self.check_until(add.until_ms)?,
            ended: None,
        };
        self.commit(|| {
            self.store.put_grant(&grant)?;
            self.store.bump()?;
            self.note(Act::Granted { after: grant.clone() }, &add.reason)
        })?;
        let reach = self.reach(std::slice::from_ref(&grant))?;
        Ok((grant, reach))
    }

    /// Changes when a grant ends by itself, and what a monitor observes.
    ///
    /// # Errors
    /// Where the grant is not below the asker or has been ended.
    pub fn change_grant(
        &self,
        account: &str,
        grant: &str,
        change: &ChangeGrant,
    ) -> Result<(Grant, Vec<ShardId>), Fault> {
        let (before, grants) = self.grant_seen(account, grant)?;
        if before.ended.is_some() {
            return Err(forbidden(NotHere::AlreadyEnded));
        }
        check_reason(&change.reason, false)?;
        let until = self.check_until(change.until_ms)?;
        let others = self.others(&grants, before.id);
        if until.is_some() {
            self.asker.check_ending(&before, &others).map_err(forbidden)?;
        } else if !self.asker.is_above(before.role, before.shard.as_ref()) {
            return Err(forbidden(NotHere::OutsideYourScope));
        }
        check_shape(before.role, before.shard.as_ref(), before.person, !change.sessions.is_empty())
            .map_err(|code| Fault::BadRequest { code })?;
        let after = Grant { until, sessions: change.sessions.clone(), ..before.clone() };
        self.put_changed(before, after, &change.reason)
    }

    /// Ends a grant at once. One that was ended in the ordinary way can still be ended for cause.
    ///
    /// # Errors
    /// Where the grant is not below the asker, or is the asker's own last of headquarters.
    pub fn end_grant(
        &self,
        account: &str,
        grant: &str,
        end: &EndAccess,
    ) -> Result<(Grant, Vec<ShardId>), Fault> {
        let (before, grants) = self.grant_seen(account, grant)?;
        check_reason(&end.reason, true)?;
        self.asker.check_ending(&before, &self.others(&grants, before.id)).map_err(forbidden)?;
        let ended = ending(before.ended, end.how, self.now_ms)?;
        let after = Grant { ended: Some(ended), ..before.clone() };
        self.put_changed(before, after, &end.reason)
    }

    fn put_changed(&self, before: Grant, after: Grant, reason: &str) -> Result<(Grant, Vec<ShardId>), Fault> {
        self.commit(|| {
            self.store.put_grant(&after)?;
            self.store.bump()?;
            self.note(Act::Changed { before, after: after.clone() }, reason)
        })?;
        let reach = self.reach(std::slice::from_ref(&after))?;
        Ok((after, reach))
    }

    fn grant_seen(&self, account: &str, grant: &str) -> Result<(Grant, Vec<Grant>), Fault> {
        let (_, grants) = self.grants_seen(account)?;
        let id: GrantId = grant.parse().map_err(|_| Fault::NotFound)?;
        let found = grants.iter().find(|g| g.id == id).cloned().ok_or(Fault::NotFound)?;
        Ok((found, grants))
    }

    fn others<'g>(&self, grants: &'g [Grant], but: GrantId) -> Vec<&'g Grant> {
        grants.iter().filter(|g| g.id != but && g.holds_at(Stamp(self.now_ms))).collect()
    }

    /// An account's devices, and the shards that may know more of them.
    ///
    /// # Errors
    /// Where the account is outside the asker's scope.
    pub fn devices(&self, account: &str) -> Result<(Vec<DeviceLine>, Vec<ShardId>), Fault> {
        let (account, grants) = self.grants_seen(account)?;
        // Who has the whole programme holds no shard's records: nothing is to be asked of them.
        let bound: Vec<Grant> = grants.into_iter().filter(|g| g.shard.is_some()).collect();
        Ok((self.store.device_lines_of(account)?, self.reach(&bound)?))
    }

    /// Revokes one device.
    ///
    /// # Errors
    /// Where the account is not all below the asker, or it is the asker's own last device.
    pub fn end_device(
        &self,
        account: &str,
        device: &str,
        end: &EndAccess,
    ) -> Result<(DeviceLine, Vec<ShardId>), Fault> {
        let (account, grants) = self.grants_seen(account)?;
        let device: DeviceId = device.parse().map_err(|_| Fault::NotFound)?;
        let lines = self.store.device_lines_of(account)?;
        let mut line = lines.iter().find(|l| l.device == device).cloned().ok_or(Fault::NotFound)?;
        check_reason(&end.reason, true)?;
        let left = lines.iter().filter(|l| l.device != device && l.ended.is_none()).count();
        self.asker.check_revoking(account, &grants, left).map_err(forbidden)?;
        let (before, after) = (line.ended, ending(line.ended, end.how, self.now_ms)?);
        line.ended = Some(after);
        self.commit(|| {
            self.store.put_device(&line)?;
            self.store.bump()?;
            self.note(Act::Revoked { account, revoked: device, before, after }, &end.reason)
        })?;
        Ok((line, self.reach(&grants)?))
    }
}

/// What ends what has perhaps ended already: only "for cause" still changes an ordinary end.
fn ending(before: Option<(Stamp, Ending)>, how: Ending, now_ms: i64) -> Result<(Stamp, Ending), Fault> {
    match (before, how) {
        (None, _) | (Some((_, Ending::Ordinary)), Ending::Cause) => Ok((Stamp(now_ms), how)),
        (Some(_), _) => Err(forbidden(NotHere::AlreadyEnded)),
    }
}

fn check_reason(reason: &str, must_be_said: bool) -> Result<(), Fault> {
    let length = reason.trim().len();
    if length > MAX_REASON_BYTES || (must_be_said && length == 0) {
        return Err(Fault::BadRequest { code: "reason-missing" });
    }
    Ok(())
}
