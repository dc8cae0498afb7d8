//! Accounts, and codes for devices to join by.

use super::Msg;
use crate::effect::{Answer, Effect, Failure, HttpCall, Method, TokenFor};
use crate::model::Model;
use shared::api::{AccountLine, Invite, Invited};
use shared::grant::AccountRole;
use shared::id::{PersonId, ShardId};
use std::rc::Rc;

/// Accounts and the code just made.
#[derive(Debug, Default)]
pub struct Access {
    /// Those this account may see; nothing until read.
    pub accounts: Option<Rc<Vec<AccountLine>>>,
    /// Why they could not be read.
    pub failure: Option<Failure>,
    /// A code is being made.
    pub inviting: bool,
    /// Why none was made.
    pub refused: Option<Failure>,
    /// The code just made: shown now, and never again.
    pub card: Option<Card>,
}

/// A code, as it goes on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The name of whom it is for.
    pub name: String,
    /// What for.
    pub role: AccountRole,
    /// Where; the whole programme if nowhere.
    pub shard: Option<ShardId>,
    /// The code and until when it works.
    pub invited: Invited,
}

/// What happens on the screen.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum AccessMsg {
    Read,
    Came(Result<Vec<AccountLine>, Failure>),
    /// Give a code to somebody.
    Give {
        name: String,
        role: AccountRole,
        shard: Option<ShardId>,
        person: Option<PersonId>,
    },
    Given(Box<Invite>, Result<Invited, Failure>),
    /// The card was put away: the code is forgotten.
    PutAway,
}

/// Takes a message in.
pub fn update(model: &mut Model, msg: AccessMsg) -> Vec<Effect> {
    match msg {
        AccessMsg::Read => return read(model),
        AccessMsg::Came(Ok(accounts)) => {
            model.hq.access.accounts = Some(Rc::new(accounts));
            model.hq.access.failure = None;
        }
        AccessMsg::Came(Err(failure)) => model.hq.access.failure = Some(failure),
        AccessMsg::Give { name, role, shard, person } => return give(model, name, role, shard, person),
        AccessMsg::Given(invite, answer) => {
            let access = &mut model.hq.access;
            access.inviting = false;
            match answer {
                Ok(invited) => {
                    let Invite { name, role, shard, .. } = *invite;
                    access.card = Some(Card { name, role, shard, invited });
                    return read(model);
                }
                Err(failure) => access.refused = Some(failure),
            }
        }
        AccessMsg::PutAway => model.hq.access.card = None,
    }
    vec![]
}

/// Reads the accounts.
pub fn read(_model: &Model) -> Vec<Effect> {
    let then = |answer: Result<Answer, Failure>| {
        crate::Msg::Hq(Msg::Access(AccessMsg::Came(answer.and_then(|a| a.read()))))
    };
    vec![HttpCall::get("/api/v1/accounts", then)]
}

fn give(
    model: &mut Model,
    name: String,
    role: AccountRole,
    shard: Option<ShardId>,
    person: Option<PersonId>,
) -> Vec<Effect> {
    let name = name.trim().to_owned();
    if name.is_empty() || model.hq.access.inviting {
        return vec![];
    }
    model.hq.access.inviting = true;
    model.hq.access.refused = None;
    let invite =
        Invite { name, role, shard, person, sessions: Default::default(), until_ms: None, demo: false };
    let Ok(body) = serde_json::to_string(&invite) else { return vec![] };
    let then = move |answer: Result<Answer, Failure>| {
        let invited = answer.and_then(|a| a.read::<Invited>());
        crate::Msg::Hq(Msg::Access(AccessMsg::Given(Box::new(invite), invited)))
    };
    vec![HttpCall::send(Method::Post, "/api/v1/accounts", body, TokenFor::Registry, then)]
}
