//! The shard: one writer for the records of one unit.
//!
//! An object of its own because order must be decided in one place, and because a whole country's records would not
//! fit one place: shards share nothing and none of them waits for another. Memory is only a fold of the log; after
//! any error it is dropped and read again.

#![allow(missing_docs, reason = "the macro of the runtime's crate writes methods of its own")]

use crate::auth::{Claims, Signer, TOKEN_SECONDS, internal};
use crate::error::Fault;
use crate::journal::{BYTES, CODE};
use crate::metrics;
use crate::registry::internal as registry;
use crate::shard::{erasing, exchange, log, page, reads, recovery};
use crate::{body, faults};
use shared::api::routes::{Found, RouteId, find};
use shared::api::{AskToken, Challenge, Token};
use shared::event::Event;
use shared::grant::Access;
use shared::id::{DeviceId, ShardId};
use shared::programme::Programme;
use shared::sync::seal::{PublicKey, Seal};
use shared::sync::server::Shard;
use shared::sync::{Receipt, parcel::Parcel, parcel_key::ParcelKey};
use shared::time::{Day, WallMs};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use worker::{
    Date, DurableObject, Env, Method, Request, Response, ResponseBody, ResponseBuilder, Result, State,
    durable_object,
};

/// One shard's storage and its only writer.
#[durable_object]
pub struct ShardObject {
    pub(crate) state: State,
    pub(crate) env: Env,
    pub(crate) loaded: RefCell<Option<Loaded>>,
    /// When the registry was last asked, by the server's clock.
    followed_ms: Cell<i64>,
}

/// The registry tells of every change at once; a shard that could not be told asks by itself after so long.
const FOLLOW_MS: i64 = 60_000;

/// What is in memory while the object is.
pub struct Loaded {
    /// The folded log.
    pub shard: Shard,
    /// The programme.
    pub programme: Rc<Programme>,
    /// Days to add to the real day.
    pub day_offset: i32,
    pub(crate) access: Access,
    pub(crate) signer: Signer,
    /// What repetitions and receipts are known by. It is in backups; what tokens are signed with is not.
    pub(crate) secret: [u8; 32],
    pub(crate) parcel_key: ParcelKey,
    pub(crate) seal: Seal,
    /// When each device was here, as storage has it.
    pub(crate) seen_ms: BTreeMap<DeviceId, i64>,
}

impl Loaded {
    /// The programme's day.
    pub fn today(&self, now_ms: i64) -> Day {
        Day::of(WallMs(now_ms), self.programme.utc_offset_min, self.day_offset)
    }
}

impl DurableObject for ShardObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, loaded: RefCell::new(None), followed_ms: Cell::new(0) }
    }

    async fn fetch(&self, req: Request) -> Result<Response> {
        if let Some(answer) = faults::in_shard(&self.state, &self.env, &req).await {
            return answer;
        }
        match self.answer(req).await {
            Ok(response) => Ok(response),
            Err(fault) => {
                fault.log();
                fault.to_response()
            }
        }
    }

    async fn alarm(&self) -> Result<Response> {
        match self.look_around().await {
            Ok(()) => Ok(Response::empty()?),
            Err(fault) => {
                fault.log();
                // The runtime rings again.
                Err(worker::Error::RustError("the alarm's work did not end".into()))
            }
        }
    }
}

impl ShardObject {
    async fn answer(&self, mut req: Request) -> core::result::Result<Response, Fault> {
        let path = req.path();
        if let Some((shard, act)) = path.strip_prefix("/internal/").and_then(|p| p.split_once('/')) {
            // By a registry in recovery: following it from here would go in a circle.
            if act == "endings" {
                return json(&recovery::known(&self.state.storage().sql())?);
            }
            let shard = shard.parse().map_err(|_| Fault::NotFound)?;
            if act == "access" {
                // The registry says that it has changed. One that sleeps asks when it wakes.
                if self.loaded.borrow().is_some() {
                    self.follow(&shard, None).await?;
                }
                return json(&());
            }
            if req.method() == Method::Post {
                return self.answer_shard(&shard, act, &mut req).await;
            }
            self.follow(&shard, None).await?;
            let loaded = self.loaded.borrow();
            let loaded = loaded.as_ref().ok_or(Fault::NotFound)?;
            let sql = self.state.storage().sql();
            return match act.split_once('/') {
                Some(("log-with-contacts", query)) => page::page(&sql, loaded, true, query),
                Some(("log", query)) => page::page(&sql, loaded, false, query),
                Some(("receipt", text)) => {
                    let receipt = Receipt::from_text(text).map_err(|_| Fault::NotFound)?;
                    page::check(&sql, loaded, &receipt)
                }
                _ => reads::answer(&sql, loaded, act, now_ms()),
            };
        }
        let Found::Route(route, texts) = find(req.method().as_ref(), &path) else {
            return Err(Fault::NotFound);
        };
        let shard: ShardId = texts.first().and_then(|shard| shard.parse().ok()).ok_or(Fault::NotFound)?;
        match route.id {
            RouteId::ShardToken => {
                let ask: AskToken = body::json(&mut req, route.limit_bytes).await?;
                self.follow(&shard, Some(ask.device)).await?;
                self.token(&ask)
            }
            RouteId::Sync => {
                let authorization = req.headers().get("authorization")?;
                self.ready(&shard).await?;
                // Nobody unknown has two megabytes read.
                let claims = self.claims(authorization.as_deref())?;
                let bytes = body::bytes(&mut req, route.limit_bytes).await?;
                self.ready(&shard).await?;
                if let Some(witness) = exchange::witness(&bytes) {
                    self.catch_up(&shard, &witness).await?;
                    self.ready(&shard).await?;
                }
                let answer =
                    self.with_loaded(|state, loaded| exchange::sync(state, loaded, &claims, &bytes))?;
                self.tell_soon().await?;
                Ok(answer)
            }
            RouteId::Parcels => {
                let authorization = req.headers().get("authorization")?;
                self.ready(&shard).await?;
                self.carrier(&shard, authorization.as_deref())?;
                let parcel: Parcel = body::json(&mut req, route.limit_bytes).await?;
                if exchange::device(&self.state, parcel.device)?.is_none() {
                    // Its author never came here online.
                    self.follow(&shard, Some(parcel.device)).await?;
                }
                self.ready(&shard).await?;
                let answer = self.with_loaded(|state, loaded| exchange::parcel(state, loaded, &parcel))?;
                self.tell_soon().await?;
                Ok(answer)
            }
            RouteId::Erase => {
                let authorization = req.headers().get("authorization")?;
                self.ready(&shard).await?;
                let claims = self.claims(authorization.as_deref())?;
                let event: Event = body::json(&mut req, route.limit_bytes).await?;
                self.ready(&shard).await?;
                let answer = self.with_loaded(|state, loaded| erasing::erase(state, loaded, &claims, &event));
                // What the erased records had written is gone once the log is folded again.
                self.loaded.replace(None);
                answer
            }
            _ => Err(Fault::NotFound),
        }
    }

    /// Writes with what is in memory, and drops it where it may be ahead of the log.
    fn with_loaded(
        &self,
        write: impl FnOnce(&State, &mut Loaded) -> core::result::Result<Response, Fault>,
    ) -> core::result::Result<Response, Fault> {
        let answer = {
            let mut guard = self.loaded.borrow_mut();
            write(&self.state, guard.as_mut().ok_or(Fault::NotFound)?)
        };
        if matches!(answer, Err(Fault::Runtime(_))) {
            self.loaded.replace(None);
        }
        answer
    }

    /// Whoever carries a parcel has, or had, some right here.
    fn carrier(&self, shard: &ShardId, authorization: Option<&str>) -> core::result::Result<(), Fault> {
        let claims = self.claims(authorization)?;
        let loaded = self.loaded.borrow();
        let access = &loaded.as_ref().ok_or(Fault::NotFound)?.access;
        if access.grants_of(claims.account, shard).next().is_none() {
            return Err(Fault::Unauthorised { code: "no-grant-here" });
        }
        Ok(())
    }

    /// Loads the shard if it is not in memory, and asks the registry if that was long ago.
    pub(crate) async fn ready(&self, shard: &ShardId) -> core::result::Result<(), Fault> {
        let is_fresh = (0..FOLLOW_MS).contains(&(now_ms() - self.followed_ms.get()));
        if is_fresh && self.loaded.borrow().is_some() { Ok(()) } else { self.follow(shard, None).await }
    }

    /// Asks the registry for what has changed there and keeps a copy; without an answer the old copy stands.
    async fn follow(&self, shard: &ShardId, device: Option<DeviceId>) -> core::result::Result<(), Fault> {
        let held = self.loaded.borrow().as_ref().map(|l| l.access.version);
        let key = self.receipt_key(shard)?;
        // Without an answer too: a registry that is away is not asked at every request.
        self.followed_ms.set(now_ms());
        let news = match registry::ask(&self.env, shard, device, held.unwrap_or_default(), key).await {
            Ok(news) => news,
            Err(fault) => {
                fault.log();
                return if self.loaded.borrow().is_some() { Ok(()) } else { self.load_own_copy(shard) };
            }
        };
        if !news.exists {
            return Err(Fault::NotFound);
        }
        let sql = self.state.storage().sql();
        log::open(&sql)?;
        if let Some(line) = news.device {
            let values = [line.device.to_string(), line.account.to_string(), line.tablet, line.key];
            sql.exec("INSERT OR REPLACE INTO devices VALUES (?, ?, ?, ?)", values.map(Into::into).to_vec())?;
        }
        if let Some(access) = news.access {
            // An answer to an older question may come after a newer one.
            if self.loaded.borrow().as_ref().is_none_or(|l| l.access.version < access.version) {
                log::put_meta(&sql, "access", &serde_json::to_string(&access).map_err(|e| internal(&e))?)?;
                if let Some(pack) = &news.programme {
                    log::put_meta(&sql, "pack", &serde_json::to_string(pack).map_err(|e| internal(&e))?)?;
                }
                self.follow_up(shard, access, news.programme)?;
                return recovery::end(&sql, shard);
            }
        }
        // "Nothing new" was said of a copy that memory may have lost meanwhile.
        if self.loaded.borrow().is_some() { Ok(()) } else { self.load_own_copy(shard) }
    }

    /// The key that checks this shard's receipts; the registry keeps it for good.
    fn receipt_key(&self, shard: &ShardId) -> core::result::Result<Option<PublicKey>, Fault> {
        if let Some(loaded) = self.loaded.borrow().as_ref() {
            return Ok(Some(loaded.seal.public_key()));
        }
        let sql = self.state.storage().sql();
        log::open(&sql)?;
        Ok(Seal::of(&log::secret(&sql, "secret")?, shard.as_str()).map(|seal| seal.public_key()))
    }

    /// Takes newer access in, with the programme where that is newer too.
    fn follow_up(
        &self,
        shard: &ShardId,
        access: Access,
        pack: Option<registry::Pack>,
    ) -> core::result::Result<(), Fault> {
        if let Some(pack) = pack {
            return self.take(shard, access, pack);
        }
        if let Some(held) = self.loaded.borrow_mut().as_mut() {
            held.access = access;
            return Ok(());
        }
        // Memory was lost meanwhile: both are in storage.
        let text = log::meta(&self.state.storage().sql(), "pack")?.ok_or(Fault::NotFound)?;
        self.take(shard, access, serde_json::from_str(&text).map_err(|e| internal(&e))?)
    }

    fn load_own_copy(&self, shard: &ShardId) -> core::result::Result<(), Fault> {
        let sql = self.state.storage().sql();
        log::open(&sql)?;
        recovery::check(&sql)?;
        let read = |key: &str| log::meta(&sql, key);
        let (Some(access), Some(pack)) = (read("access")?, read("pack")?) else {
            return Err(Fault::NotFound);
        };
        let access = serde_json::from_str(&access).map_err(|e| internal(&e))?;
        self.take(shard, access, serde_json::from_str(&pack).map_err(|e| internal(&e))?)
    }

    fn take(&self, shard: &ShardId, access: Access, pack: registry::Pack) -> core::result::Result<(), Fault> {
        let mut loaded = self.loaded.borrow_mut();
        if let Some(held) = loaded.as_mut() {
            held.access = access;
            held.day_offset = pack.day_offset;
            held.programme = Rc::new(pack.programme);
            return Ok(());
        }
        let sql = self.state.storage().sql();
        // An alarm does not say whose it is.
        log::put_meta(&sql, "shard", shard.as_str())?;
        let secret = log::secret(&sql, "secret")?;
        let folded = log::load(&sql, Shard::new(shard.clone()))?;
        metrics::shard_is(shard, folded.head.seq, sql.database_size());
        *loaded = Some(Loaded {
            shard: folded,
            programme: Rc::new(pack.programme),
            day_offset: pack.day_offset,
            access,
            signer: log::signer(&sql, shard.as_str())?,
            parcel_key: ParcelKey::of(&secret, shard.as_str())
                .ok_or_else(|| internal(&"the shard's secret"))?,
            seal: Seal::of(&secret, shard.as_str()).ok_or_else(|| internal(&"the shard's secret"))?,
            secret,
            seen_ms: BTreeMap::new(),
        });
        Ok(())
    }

    fn token(&self, ask: &AskToken) -> core::result::Result<Response, Fault> {
        let loaded = self.loaded.borrow();
        let Loaded { signer, access, shard, .. } = loaded.as_ref().ok_or(Fault::NotFound)?;
        let now_ms = now_ms();
        if ask.challenge.is_empty() {
            return challenge(signer, ask.device, now_ms);
        }
        let known = exchange::device(&self.state, ask.device)?;
        let (account, tablet, key) = known.ok_or(Fault::Unauthorised { code: "device-unknown" })?;
        if !signer.is_answered(ask.device, &key, &ask.challenge, &ask.signature, now_ms) {
            return Err(Fault::Unauthorised { code: "signature-invalid" });
        }
        // Whose right has ended may still bring what waits on the device: see `sync`.
        if access.grants_of(account, &shard.id).next().is_none() {
            return Err(Fault::Forbidden { code: "no-grant-here" });
        }
        issue(signer, ask.device, account, tablet, now_ms)
    }

    fn claims(&self, authorization: Option<&str>) -> core::result::Result<Claims, Fault> {
        let loaded = self.loaded.borrow();
        loaded.as_ref().ok_or(Fault::NotFound)?.signer.read(authorization, now_ms())
    }
}

/// The 401 that brings a challenge.
///
/// # Errors
/// When the runtime refuses the answer.
pub fn challenge(signer: &Signer, device: DeviceId, now_ms: i64) -> core::result::Result<Response, Fault> {
    let challenge = signer.challenge(device, now_ms);
    let body = Challenge { code: "sign-in".into(), challenge, server_ms: now_ms };
    let builder = ResponseBuilder::new()
        .with_status(401)
        .with_header("cache-control", "no-store")?
        .with_header(CODE, "sign-in")?;
    Ok(builder.from_json(&body)?)
}

/// The answer with a token.
///
/// # Errors
/// When the runtime refuses the answer.
pub fn issue(
    signer: &Signer,
    device: DeviceId,
    account: shared::id::AccountId,
    tablet: String,
    now_ms: i64,
) -> core::result::Result<Response, Fault> {
    let expires_ms = now_ms + i64::from(TOKEN_SECONDS) * 1_000;
    let token = signer.token(&Claims { device, account, tablet, expires_ms })?;
    json(&Token { token, seconds: TOKEN_SECONDS })
}

/// A JSON answer that nobody caches, compressed by the runtime.
///
/// # Errors
/// When the runtime refuses the answer.
pub fn json(value: &impl serde::Serialize) -> core::result::Result<Response, Fault> {
    let body = serde_json::to_vec(value).map_err(|e| internal(&e))?;
    let builder = ResponseBuilder::new()
        .with_header("cache-control", "no-store")?
        .with_header("content-type", "application/json")?
        .with_header(BYTES, &body.len().to_string())?;
    Ok(builder.body(ResponseBody::Body(body)))
}

/// The server's clock.
pub fn now_ms() -> i64 {
    (Date::now().as_millis() as i64).saturating_add(faults::ahead_ms())
}
