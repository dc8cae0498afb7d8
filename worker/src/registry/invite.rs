//! Making an account, or a new code for one that is there.

use super::manage::{Desk, forbidden};
use crate::error::Fault;
use shared::api::{Invite, Invited};
use shared::grant::asker::check_shape;
use shared::grant::log::Act;
use shared::grant::{Account, Grant};
use shared::id::ShardId;
use shared::time::Stamp;

impl Desk<'_> {
    /// Makes an account with its first grant and gives a code for it; a trainer or trainee who has an account gets a
    /// code for that.
    ///
    /// # Errors
    /// What is missing, or whose scope it is outside.
    pub fn invite(&self, invite: &Invite, is_demo: bool) -> Result<(Invited, Vec<ShardId>), Fault> {
        let name = invite.name.trim();
        if name.is_empty() || name.len() > 200 {
            return Err(Fault::BadRequest { code: "name-missing" });
        }
        if invite.demo && (self.asker.account.is_some() || !is_demo) {
            return Err(Fault::Forbidden { code: "demo-only" });
        }
        check_shape(invite.role, invite.shard.as_ref(), invite.person, !invite.sessions.is_empty())
            .map_err(|code| Fault::BadRequest { code })?;
        if !self.asker.is_above(invite.role, invite.shard.as_ref()) {
            return Err(Fault::Forbidden { code: "outside-your-scope" });
        }
        self.check_shard(invite.shard.as_ref())?;
        let until = self.check_until(invite.until_ms)?;
        let existing = match (&invite.shard, invite.person) {
            (Some(shard), Some(person)) => self
                .store
                .grants_for(shard, &person.to_string())?
                .into_iter()
                .find(|g| g.role == invite.role && g.holds_at(Stamp(self.now_ms)))
                .map(|g| g.account),
            _ => None,
        };
        if let Some(account) = existing {
            // A code opens all that the account is.
            self.asker.check_above(&self.store.grants_of(account)?).map_err(forbidden)?;
            let invited = self.commit(|| self.give_code(account, invite.demo))?;
            return Ok((invited, vec![]));
        }
        let (id, grant) = (self.account_id()?, self.grant_id()?);
        let grant = Grant {
            id: grant,
            account: id,
            role: invite.role,
            shard: invite.shard.clone(),
            person: invite.person,
            sessions: invite.sessions.clone(),
            from: Stamp(self.now_ms),
            until,
            ended: None,
        };
        let invited = self.commit(|| {
            let account = Account {
                id,
                name: name.to_owned(),
                created_by: self.asker.account,
                opened_by: Default::default(),
                tablets: vec![],
            };
            self.store.put_account(&account)?;
            self.store.put_grant(&grant)?;
            self.store.bump()?;
            self.note(Act::Made { after: grant.clone() }, "")?;
            self.give_code(id, invite.demo)
        })?;
        Ok((invited, self.reach(std::slice::from_ref(&grant))?))
    }
}
