//! The registry: accounts, grants, codes, devices and the programme. Not in the path of a sync: shards hold copies
//! and go on with them while the registry is away.

#![allow(missing_docs, reason = "the macro of the runtime's crate writes methods of its own")]

use crate::auth::{self, Signer, internal};
use crate::body;
use crate::error::Fault;
use crate::registry::internal::{self as registry, DeviceLine, DevicesHere, Frame, News, Question, Vitals};
use crate::registry::manage::{Desk, forbidden};
use crate::registry::recovery;
use crate::registry::store::Store;
use crate::shard::log::{self, meta, put_meta, secret};
use crate::shard_do::{challenge, issue, json, now_ms};
use crate::transaction::transact;
use shared::api::routes::{Found, Route, RouteId, find};
use shared::api::{AccountLine, AskToken, Join, Joined, Me};
use shared::code::JoinCode;
use shared::grant::{Action, Grant, asker::Asker, log::Act};
use shared::id::ShardId;
use shared::sync::seal::{Keys, Seal};
use shared::time::Stamp;
use std::cell::Cell;
use worker::{DurableObject, Env, Request, Response, ResponseBuilder, Result, State, durable_object};

/// Tablets remembered of one account, the newest: the second-person rule looks at them.
const MAX_TABLETS: usize = 50;

/// Milliseconds between two trials whether storage takes what is written.
const WRITE_EVERY_MS: i64 = 5_000;

/// The registry's storage and its only writer.
#[durable_object]
pub struct RegistryObject {
    state: State,
    env: Env,
    wrote_ms: Cell<i64>,
}

impl DurableObject for RegistryObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, wrote_ms: Cell::new(0) }
    }

    async fn fetch(&self, req: Request) -> Result<Response> {
        match self.answer(req).await {
            Ok(response) => Ok(response),
            Err(fault) => {
                fault.log();
                fault.to_response()
            }
        }
    }
}

impl RegistryObject {
    async fn answer(&self, mut req: Request) -> core::result::Result<Response, Fault> {
        let path = req.path();
        if let Some(act) = path.strip_prefix("/internal/") {
            return self.internal(&mut req, act).await;
        }
        let Found::Route(route, texts) = find(req.method().as_ref(), &path) else {
            return Err(Fault::NotFound);
        };
        if route.id == RouteId::EndRecovery {
            let asker = self.asker(req.headers().get("authorization")?.as_deref())?;
            asker.let_in(route, None, false).map_err(forbidden)?;
            recovery::settle(&self.state, &self.env, &self.store()?, true).await?;
            return json(&recovery::last(&self.store()?)?);
        }
        self.recovered().await?;
        let limit = route.limit_bytes;
        match route.id {
            RouteId::Join => return self.join(&body::json(&mut req, limit).await?),
            RouteId::RegistryToken => return self.token(&body::json(&mut req, limit).await?),
            RouteId::Keys => return self.keys(),
            _ => {}
        }
        let authorization = req.headers().get("authorization")?;
        let let_in = || {
            let asker = self.asker(authorization.as_deref())?;
            asker.let_in(route, None, self.is_demo()).map_err(forbidden)?;
            Ok::<_, Fault>(asker)
        };
        // Nobody unknown has a body read, and nobody whose right ends while it comes is served.
        let_in()?;
        let bytes = body::bytes(&mut req, limit).await?;
        let asker = let_in()?;
        match route.id {
            RouteId::Me => self.me(asker),
            RouteId::ReadProgramme => self.programme(),
            RouteId::PutProgramme => self.desk(&asker, |desk| desk.put_programme(&bytes)),
            RouteId::DayOffset => {
                let days = body::read(&bytes)?;
                self.desk(&asker, |desk| desk.put_day_offset(days))
            }
            RouteId::Accounts => self.accounts(&asker),
            RouteId::Invite
            | RouteId::AddGrant
            | RouteId::ChangeGrant
            | RouteId::EndGrant
            | RouteId::EndDevice
            | RouteId::FurtherCode => {
                let (answer, shards) = self.manage(route, &texts, &asker, &bytes)?;
                // Before the answer: who has read it may rely on it in every shard.
                registry::nudge(&self.env, &shards).await;
                Ok(answer)
            }
            RouteId::Devices => json(&self.devices(&asker, texts.first().copied().unwrap_or_default())?),
            _ => Err(Fault::NotFound),
        }
    }

    /// Makes, changes or ends something, and says which shards must know.
    fn manage(
        &self,
        route: &Route,
        texts: &[&str],
        asker: &Asker,
        bytes: &[u8],
    ) -> core::result::Result<(Response, Vec<ShardId>), Fault> {
        self.desk(asker, |desk| manage(desk, route, texts, bytes, self.is_demo()))
    }

    /// Acts in somebody's name.
    fn desk<T>(
        &self,
        asker: &Asker,
        act: impl FnOnce(&Desk<'_>) -> core::result::Result<T, Fault>,
    ) -> core::result::Result<T, Fault> {
        act(&Desk { state: &self.state, store: &self.store()?, asker, now_ms: now_ms() })
    }

    /// An account's devices as the registry knows them, and the shards that know more.
    fn devices(&self, asker: &Asker, account: &str) -> core::result::Result<DevicesHere, Fault> {
        let (lines, shards) = self.desk(asker, |desk| desk.devices(account))?;
        Ok(DevicesHere { lines: lines.into_iter().map(line_of).collect(), shards })
    }

    /// What other objects and the worker itself ask: the route table never hands such a path on.
    async fn internal(&self, req: &mut Request, act: &str) -> core::result::Result<Response, Fault> {
        match act {
            "news" => {
                self.recovered().await?;
                let question: Question = body::json(req, 10_000).await?;
                self.news(&question)
            }
            "shards" => json(&self.store()?.shards()?),
            "vitals" => json(&self.vitals().await?),
            "frame" => {
                self.recovered().await?;
                let authorization = req.headers().get("authorization")?;
                let (asker, store) = (self.asker(authorization.as_deref())?, self.store()?);
                json(&Frame { asker, programme: store.standing()? })
            }
            _ => Err(Fault::NotFound),
        }
    }

    /// Nobody is let in before a recovery has ended; whoever comes first makes it end.
    async fn recovered(&self) -> core::result::Result<(), Fault> {
        match recovery::settle(&self.state, &self.env, &self.store()?, false).await? {
            None => Ok(()),
            Some(_) => Err(Fault::Unavailable { code: "recovering" }),
        }
    }

    /// How this object does, for whoever watches the server.
    async fn vitals(&self) -> core::result::Result<Vitals, Fault> {
        let store = self.store()?;
        let now_ms = now_ms();
        // Written at most every few seconds: anybody may ask.
        if now_ms.saturating_sub(self.wrote_ms.get()) >= WRITE_EVERY_MS {
            put_meta(&store.0, "vitals", &now_ms.to_string())?;
            self.wrote_ms.set(now_ms);
        }
        let recovery = recovery::settle(&self.state, &self.env, &store, false).await?;
        Ok(Vitals { recovery, recovered: recovery::last(&store)? })
    }

    fn store(&self) -> core::result::Result<Store, Fault> {
        Store::open(self.state.storage().sql())
    }

    fn signer(&self, store: &Store) -> core::result::Result<Signer, Fault> {
        log::signer(&store.0, "registry")
    }

    /// Who asks: the operator by the key of the server's folder, or an account by its token.
    fn asker(&self, authorization: Option<&str>) -> core::result::Result<Asker, Fault> {
        if auth::is_operator(&self.env, authorization) {
            return Ok(Asker { account: None, device: None, grants: vec![] });
        }
        let store = self.store()?;
        let now_ms = now_ms();
        let claims = self.signer(&store)?.read(authorization, now_ms)?;
        let mut grants = store.grants_of(claims.account)?;
        if grants.is_empty() {
            // Not "revoked", by which a device deletes what it holds: this registry has never heard of the account.
            return Err(Fault::Unauthorised { code: "account-unknown" });
        }
        grants.retain(|g| g.holds_at(Stamp(now_ms)));
        let device_ended = store.device(claims.device)?.is_some_and(|line| line.ended.is_some());
        if grants.is_empty() || device_ended {
            return Err(Fault::Unauthorised { code: "revoked" });
        }
        Ok(Asker { account: Some(claims.account), device: Some(claims.device), grants })
    }

    fn news(&self, question: &Question) -> core::result::Result<Response, Fault> {
        let store = self.store()?;
        let nothing = News { exists: false, device: None, access: None, programme: None };
        if !store.shards()?.contains(&question.shard) {
            return json(&nothing);
        }
        if let Some(key) = &question.key {
            store.keep_receipt_key(&question.shard, key, now_ms())?;
        }
        let device = question.device.map(|d| store.device(d)).transpose()?.flatten();
        let held = question.held;
        let access = if held != store.version()? || held == 0 {
            Some(store.access(Some(&question.shard))?)
        } else {
            None
        };
        let is_new_pack =
            access.is_some() && (held == 0 || held < store.pack_version()? || held > store.version()?);
        let programme = if is_new_pack { store.pack()? } else { None };
        json(&News { exists: true, device, access, programme })
    }

    /// What anybody needs to check receipts.
    fn keys(&self) -> core::result::Result<Response, Fault> {
        let store = self.store()?;
        let seal =
            Seal::of(&secret(&store.0, "secret")?, "registry").ok_or_else(|| internal(&"the secret"))?;
        let vouch = |(shard, key, since_ms): (_, _, String)| {
            seal.vouch(shard, key, since_ms.parse().unwrap_or_default())
        };
        let shards = store.receipt_keys()?.into_iter().map(vouch).collect();
        json(&Keys { commission: seal.public_key(), shards })
    }

    fn join(&self, join: &Join) -> core::result::Result<Response, Fault> {
        let code = JoinCode::read(&join.code).map_err(|_| Fault::BadRequest { code: "code-mistyped" })?;
        if !auth::is_device_key(&join.key) || join.tablet.is_empty() || join.tablet.len() > 64 {
            return Err(Fault::BadRequest { code: "malformed-request" });
        }
        let store = self.store()?;
        let mut row = store.code(code.hash())?.ok_or(Fault::Forbidden { code: "code-unknown" })?;
        let repeated = match store.device(join.device)? {
            // The answer was lost and the same device asks again.
            Some(held) if row.used_by == Some(join.device) || row.demo => {
                if held.key != join.key || held.account != row.account {
                    return Err(Fault::Forbidden { code: "device-taken" });
                }
                true
            }
            Some(_) => return Err(Fault::Forbidden { code: "device-taken" }),
            None => false,
        };
        if !repeated {
            if row.used_by.is_some() && !row.demo {
                return Err(Fault::Forbidden { code: "code-used" });
            }
            // A demo's link opens again and again.
            if row.expires_ms <= now_ms() && !row.demo {
                return Err(Fault::Forbidden { code: "code-expired" });
            }
        }
        let mut account = store.account(row.account)?.ok_or(Fault::Forbidden { code: "code-unknown" })?;
        if !repeated {
            row.used_by = Some(join.device);
            if !account.tablets.contains(&join.tablet) {
                account.tablets.push(join.tablet.clone());
                let over = account.tablets.len().saturating_sub(MAX_TABLETS);
                account.tablets.drain(..over);
            }
            let line = DeviceLine {
                device: join.device,
                account: account.id,
                tablet: join.tablet.clone(),
                key: join.key.clone(),
                joined_ms: Some(now_ms()),
                signed_in_ms: None,
                ended: None,
            };
            let asker = Asker { account: Some(account.id), device: Some(join.device), grants: vec![] };
            let desk = Desk { state: &self.state, store: &store, asker: &asker, now_ms: now_ms() };
            let (id, joined, tablet) = (account.id, join.device, join.tablet.clone());
            transact(&self.state, || {
                store.put_code(code.hash(), &row)?;
                store.put_device(&line)?;
                store.put_account(&account)?;
                desk.note(Act::Joined { account: id, joined, tablet }, "")?;
                store.bump()
            })?;
        }
        let grants = store.grants_of(account.id)?;
        json(&Joined { account: account.id, name: account.name, grants, demo: row.demo })
    }

    fn token(&self, ask: &AskToken) -> core::result::Result<Response, Fault> {
        let store = self.store()?;
        let (signer, now_ms) = (self.signer(&store)?, now_ms());
        if ask.challenge.is_empty() {
            return challenge(&signer, ask.device, now_ms);
        }
        let line = store.device(ask.device)?.ok_or(Fault::Unauthorised { code: "device-unknown" })?;
        if !signer.is_answered(ask.device, &line.key, &ask.challenge, &ask.signature, now_ms) {
            return Err(Fault::Unauthorised { code: "signature-invalid" });
        }
        store.put_device(&DeviceLine { signed_in_ms: Some(now_ms), ..line.clone() })?;
        issue(&signer, ask.device, line.account, line.tablet, now_ms)
    }

    fn me(&self, asker: Asker) -> core::result::Result<Response, Fault> {
        let account = asker.account.ok_or(Fault::Forbidden { code: "no-account" })?;
        let store = self.store()?;
        let name = store.account(account)?.map(|a| a.name).unwrap_or_default();
        json(&Me {
            account,
            name,
            grants: asker.grants,
            programme_version: if meta(&store.0, "programme")?.is_some() {
                store.pack_version()?
            } else {
                0
            },
            day_offset: store.day_offset()?,
            demo: self.is_demo(),
            server_ms: now_ms(),
        })
    }

    fn is_demo(&self) -> bool {
        self.env.var("DEMO").is_ok_and(|v| v.to_string() == "1")
    }

    fn programme(&self) -> core::result::Result<Response, Fault> {
        let store = self.store()?;
        let text = meta(&store.0, "programme")?.ok_or(Fault::NotFound)?;
        let builder = ResponseBuilder::new()
            .with_header("cache-control", "no-store")?
            .with_header("content-type", "application/json")?;
        Ok(builder.body(worker::ResponseBody::Body(text.into_bytes())))
    }

    fn accounts(&self, asker: &Asker) -> core::result::Result<Response, Fault> {
        let store = self.store()?;
        let access = store.access(None)?;
        let mut lines = vec![];
        for account in access.accounts.values() {
            let grants: Vec<Grant> =
                access.grants.iter().filter(|g| g.account == account.id).cloned().collect();
            // A coordinator sees the accounts that reach no further than the coordinator's own shard.
            if !grants.is_empty() && asker.sees_account(Action::ReadAccounts, &grants) {
                let devices = store.devices_of(account.id)?;
                lines.push(AccountLine { account: account.id, name: account.name.clone(), grants, devices });
            }
        }
        json(&lines)
    }
}

/// Makes, changes or ends something, and says which shards must know.
fn manage(
    desk: &Desk<'_>,
    route: &Route,
    texts: &[&str],
    bytes: &[u8],
    is_demo: bool,
) -> core::result::Result<(Response, Vec<ShardId>), Fault> {
    let text = |at: usize| texts.get(at).copied().unwrap_or_default();
    let (account, part) = (text(0), text(1));
    fn answer<T: serde::Serialize>(
        done: (T, Vec<ShardId>),
    ) -> core::result::Result<(Response, Vec<ShardId>), Fault> {
        Ok((json(&done.0)?, done.1))
    }
    match route.id {
        RouteId::Invite => answer(desk.invite(&body::read(bytes)?, is_demo)?),
        RouteId::AddGrant => answer(desk.add_grant(account, &body::read(bytes)?)?),
        RouteId::ChangeGrant => answer(desk.change_grant(account, part, &body::read(bytes)?)?),
        RouteId::EndGrant => answer(desk.end_grant(account, part, &body::read(bytes)?)?),
        RouteId::FurtherCode => answer(desk.further_code(account)?),
        RouteId::EndDevice => {
            let (line, shards) = desk.end_device(account, part, &body::read(bytes)?)?;
            answer((line_of(line), shards))
        }
        _ => Err(Fault::NotFound),
    }
}

/// A device as the API shows it: without its key.
fn line_of(line: DeviceLine) -> shared::api::access::DeviceLine {
    let DeviceLine { device, tablet, joined_ms, signed_in_ms, ended, .. } = line;
    shared::api::access::DeviceLine { device, tablet, joined_ms, signed_in_ms, ended, shards: vec![] }
}
