//! Accounts: which one a tab opens, joining, switching, and what the registry says about it.

use super::{entered, exchange, wipe};
use crate::effect::{Answer, Effect, Failure, HttpCall};
use crate::model::{AccountEntry, Boot, Join, Link, Loaded, Model, Open, StorageFault};
use crate::msg::{At, Msg};
#[cfg(feature = "office")]
use crate::parcels::Parcels;
use crate::route::{Location, Route};
use shared::api::{AccountLine, Me};
use shared::code::JoinCode;
use shared::grant::AccountRole;
use shared::id::AccountId;
use shared::sync::client::{Client, Stored};
use std::rc::Rc;

/// The page began: open the account of the link, of the tab, the only one, or the last one used.
pub fn booted(model: &mut Model, msg: Msg, _at: At) -> Vec<Effect> {
    let Msg::Booted { accounts, bound, link, location, online, built_ms } = msg else { return vec![] };
    model.accounts = accounts;
    model.location = location;
    model.net.online = online;
    model.built_ms = built_ms;
    if let Some(Link { code }) = link {
        let hash = JoinCode::read(&code).map(|c| c.hash().to_string());
        let known = model.accounts.iter().find(|a| hash.as_ref().is_ok_and(|h| a.codes.contains(h)));
        return match known.map(|a| a.account) {
            Some(account) => vec![Effect::Open(account)],
            None => {
                model.boot = Boot::Ready;
                model.location.route = Route::Join;
                join(model, code)
            }
        };
    }
    let bound = bound.filter(|b| model.accounts.iter().any(|a| a.account == *b));
    let deep = !matches!(model.location.route, Route::Home | Route::Join);
    let last = model.accounts.iter().max_by_key(|a| a.last_used_ms).map(|a| a.account);
    // Said once more at the start, above the accounts that are left: none of them opens by itself.
    let last = last.filter(|_| model.ended_here.is_none());
    let chosen = match (bound, last) {
        (Some(bound), _) => Some(bound),
        // Several accounts, and no address that says more: let the person choose.
        (None, Some(last)) if deep || model.accounts.len() == 1 => Some(last),
        _ => None,
    };
    match chosen {
        Some(account) => vec![Effect::Open(account)],
        None => {
            model.boot = Boot::Ready;
            vec![]
        }
    }
}

/// Sends a code.
pub fn join(model: &mut Model, code: String) -> Vec<Effect> {
    if model.join == Join::Working {
        return vec![];
    }
    if JoinCode::read(&code).is_err() {
        model.join = Join::Failed(Failure::Refused("code-mistyped".into()));
        return vec![];
    }
    model.join = Join::Working;
    vec![Effect::Join { code }]
}

/// The answer to a code.
pub fn joined(model: &mut Model, answer: Result<AccountEntry, Failure>) -> Vec<Effect> {
    match answer {
        Ok(entry) => {
            model.join = Join::Idle;
            let account = entry.account;
            model.accounts.retain(|a| a.account != account);
            model.accounts.push(entry);
            if model.account.is_some() {
                vec![Effect::Switch(account, Location::default())]
            } else {
                model.boot = Boot::Reading;
                model.location = Location::default();
                vec![Effect::Go(Location::default()), Effect::Open(account)]
            }
        }
        Err(failure) => {
            model.join = Join::Failed(failure);
            vec![]
        }
    }
}

/// Shows another account in this tab.
pub fn switch(model: &mut Model, account: AccountId) -> Vec<Effect> {
    match &model.account {
        Some(open) if open.entry.account == account => vec![],
        Some(_) => vec![Effect::Switch(account, Location::default())],
        None => {
            model.boot = Boot::Reading;
            vec![Effect::Open(account)]
        }
    }
}

/// An account's store was read, for the first time or again.
pub fn opened(model: &mut Model, mut loaded: Loaded, at: At) -> Vec<Effect> {
    model.boot = Boot::Ready;
    match model.account.take() {
        Some(before) if before.entry.account == loaded.entry.account => {
            loaded.stored = with_unread(loaded.stored, &before);
            let mut open = Open::new(loaded);
            open.writing = before.writing;
            open.unstored = before.unstored;
            open.retrying = before.retrying;
            open.unsaved = before.unsaved;
            #[cfg(feature = "office")]
            {
                open.parcels = Parcels { carried: open.parcels.carried, ..before.parcels };
            }
            open.unsaved_why = before.unsaved_why;
            open.saving = before.saving;
            open.commits_open = before.commits_open;
            open.commit_failed = before.commit_failed;
            open.days = before.days;
            open.names = before.names;
            open.getting_ready = before.getting_ready;
            open.me = before.me;
            open.ended = before.ended;
            open.ended_in_shard = before.ended_in_shard;
            open.revoked = before.revoked;
            open.wiping = before.wiping;
            open.programme = before.programme.or(open.programme);
            open.programme_version = before.programme_version;
            model.account = Some(open);
            exchange::begin(model)
        }
        _ => {
            model.account = Some(Open::new(loaded));
            if cfg!(not(feature = "office")) && needs_office(model) {
                return vec![Effect::LoadOffice];
            }
            if model.location.route == Route::Join {
                model.location = Location::default();
            }
            let mut effects = vec![Effect::Measure];
            effects.extend(ask_me(model));
            effects.extend(entered(model, at));
            effects.extend(exchange::begin(model));
            effects
        }
    }
}

/// Whether the account's screens are only in the large application.
fn needs_office(model: &Model) -> bool {
    !matches!(model.role(), Some(AccountRole::Trainer | AccountRole::Monitor | AccountRole::Trainee) | None)
}

/// Whether the account's first screen is of a shard: its sessions. Headquarters begins with its overview.
pub fn has_shard_screens(model: &Model) -> bool {
    matches!(
        model.role(),
        Some(AccountRole::Trainer | AccountRole::Coordinator | AccountRole::Monitor | AccountRole::Trainee)
    )
}

/// Events written while the store was being read again are not in what was read.
fn with_unread(mut stored: Stored, before: &Open) -> Stored {
    let Some(client) = &before.client else { return stored };
    let unread: Vec<_> = client
        .pending()
        .iter()
        .filter(|e| {
            stored.pending.iter().all(|s| s.id != e.id) && stored.kept.iter().all(|k| k.event.id != e.id)
        })
        .cloned()
        .collect();
    stored.pending.extend(unread);
    stored
}

/// The store could not be read.
pub fn open_failed(model: &mut Model, fault: StorageFault) -> Vec<Effect> {
    // Another tab deleted what it held when the account's right had ended: this one begins anew too.
    if let (Some(open), StorageFault::Other(what)) = (&model.account, &fault)
        && what == "no-account"
    {
        return vec![Effect::Wipe(open.entry.account)];
    }
    model.boot = match fault {
        StorageFault::Newer | StorageFault::Full | StorageFault::Other(_) => Boot::NoStorage,
    };
    vec![]
}

/// Asks the registry who the account is; its answer brings rights, the demo's day and the programme's version.
pub fn ask_me(model: &Model) -> Vec<Effect> {
    if model.account.is_none() {
        return vec![];
    }
    vec![HttpCall::get("/api/v1/me", |answer| Msg::MeCame(answer.and_then(|a: Answer| a.read::<Me>())))]
}

/// Who the account is.
pub fn me_came(model: &mut Model, answer: Result<Me, Failure>) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let me = match answer {
        Ok(me) => me,
        Err(Failure::Refused(code)) if code == "revoked" => {
            (open.ended, open.revoked) = (true, true);
            // The shard may still take in what waits, and says whether it knows of the end.
            return if open.client.is_some() && open.ended_in_shard.is_none() {
                exchange::begin(model)
            } else {
                wipe::if_done(model)
            };
        }
        Err(_) => return vec![],
    };
    (open.ended, open.revoked) = (open.ended_in_shard.is_some(), false);
    open.grants.clone_from(&me.grants);
    let shard = open.grants.iter().find_map(|g| g.shard.clone());
    if open.client.is_none()
        && let Some(shard) = shard
    {
        open.client =
            Some(Client::open(shard, open.entry.device, open.entry.account, open.run, Stored::default()));
    }
    let mut effects = vec![];
    if me.programme_version != 0 && me.programme_version != open.programme_version {
        // Kept together with the pack it names: a start from disk must not take an old pack for the new one.
        effects.push(HttpCall::get("/api/v1/programme", |answer| {
            Msg::ProgrammeCame(
                answer.and_then(|a| if a.status == 200 { Ok(a.body) } else { Err(a.refusal()) }),
            )
        }));
    } else {
        effects.push(Effect::KeepMe { me: Box::new(me.clone()), programme: None });
    }
    let coordinates = open.role() == Some(AccountRole::Coordinator);
    if coordinates {
        effects.push(HttpCall::get("/api/v1/accounts", |answer| {
            Msg::AccountsCame(answer.and_then(|a| a.read::<Vec<AccountLine>>()))
        }));
    }
    open.me = Some(me);
    if coordinates {
        effects.extend(crate::hq::held::read(model));
    }
    effects.extend(exchange::begin(model));
    effects
}

/// The programme's pack came.
pub fn programme_came(model: &mut Model, answer: Result<String, Failure>, at: At) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let Ok(text) = answer else { return vec![] };
    // What the registry serves was checked when it was put there.
    let Ok(programme) = shared::wire::read(&text) else { return vec![] };
    open.programme = Some(Rc::new(programme));
    let Some(me) = open.me.clone() else { return vec![] };
    open.programme_version = me.programme_version;
    let mut effects = vec![Effect::KeepMe { me: Box::new(me), programme: Some(text) }];
    effects.extend(entered(model, at));
    effects
}

/// The names of observers.
pub fn accounts_came(model: &mut Model, answer: Result<Vec<AccountLine>, Failure>) -> Vec<Effect> {
    if let (Some(open), Ok(lines)) = (&mut model.account, answer) {
        open.names = lines.into_iter().map(|l| (l.account, l.name)).collect();
    }
    vec![]
}

/// Another tab changed the account's store: it is read again, once nothing of this tab is being written.
pub fn store_changed(model: &mut Model) -> Vec<Effect> {
    if let Some(open) = &mut model.account {
        open.reload_wanted = true;
    }
    reload_if_wanted(model)
}

/// Reads the store again if that was put off.
pub fn reload_if_wanted(model: &mut Model) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    if !open.reload_wanted || !open.writing.is_empty() || open.saving.is_some() {
        return vec![];
    }
    open.reload_wanted = false;
    vec![Effect::Open(open.entry.account)]
}
