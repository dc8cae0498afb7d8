//! Handing requests on to the objects, and reading shards for headquarters.

use crate::body;
use crate::error::Fault;
use crate::registry::internal::{self as registry, DevicesHere, Frame};
use crate::registry::manage::forbidden;
use crate::shard_do::{json, now_ms};
use crate::{auth, metrics};
use futures_util::future::join_all;
use shared::api::Overview;
use shared::api::access::{DeviceInShard, DeviceLine};
use shared::api::routes::Route;
use shared::audit::Query;
use shared::audit::checked::{AskCheck, Checked};
use shared::grant::{AccountRole, Action, Grant};
use shared::id::{DeviceId, ShardId};
use shared::sync::seal::Keys;
use shared::tally::ShardTally;
use shared::time::{Day, WallMs};
use std::cell::RefCell;
use std::collections::BTreeSet;
use worker::{Env, Headers, Request, RequestInit, Response, ResponseBody, ResponseBuilder};

/// Hands a request on to the registry, under the path it came with.
///
/// # Errors
/// When the object does not answer.
pub async fn to_registry(req: &Request, env: &Env) -> Result<Response, Fault> {
    let onward = onward(req, &format!("http://registry{}", req.path()))?;
    Ok(registry::stub(env)?.fetch_with_request(onward).await?)
}

/// Hands a request on to a shard, under the path it came with.
///
/// # Errors
/// [`Fault::NotFound`] for a name that is no shard's, or when the object does not answer.
pub async fn to_shard(req: &Request, env: &Env, shard: &str) -> Result<Response, Fault> {
    let shard = shard_id(shard)?;
    check_exists(env, &shard).await?;
    let onward = onward(req, &format!("http://shard{}", req.path()))?;
    Ok(shard_stub(env, &shard)?.fetch_with_request(onward).await?)
}

fn onward(req: &Request, url: &str) -> Result<Request, Fault> {
    let headers = Headers::new();
    for name in ["authorization", "content-type", "content-length"] {
        if let Some(value) = req.headers().get(name)? {
            headers.set(name, &value)?;
        }
    }
    let mut init = RequestInit::new();
    init.with_method(req.method()).with_headers(headers);
    let body = req.inner().body();
    init.with_body(body.map(Into::into));
    Ok(Request::new_with_init(url, &init)?)
}

/// Shard ids go into a URL between objects, so only plain ones pass.
fn shard_id(text: &str) -> Result<ShardId, Fault> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if plain { text.parse().map_err(|_| Fault::NotFound) } else { Err(Fault::NotFound) }
}

/// A shard's stub; its name must be one of the programme's.
///
/// # Errors
/// When the binding is missing.
pub fn shard_stub(env: &Env, shard: &ShardId) -> Result<worker::Stub, Fault> {
    Ok(env.durable_object("SHARDS")?.id_from_name(shard.as_str())?.get_stub()?)
}

thread_local! {
    /// Shards that the registry has named: it is asked only for a name that is not among them.
    static KNOWN: RefCell<BTreeSet<ShardId>> = const { RefCell::new(BTreeSet::new()) };
}

/// Whether the registry has named this shard since this instance started.
pub fn is_known(shard: &ShardId) -> bool {
    KNOWN.with_borrow(|known| known.contains(shard))
}

/// An object has storage from the moment somebody asks for it, so a name that is no shard's must not reach one.
async fn check_exists(env: &Env, shard: &ShardId) -> Result<(), Fault> {
    let is_known = || is_known(shard);
    if !is_known() {
        let ask = registry::post("http://registry/internal/shards", "", None)?;
        let named: BTreeSet<ShardId> = registry::stub(env)?.fetch_with_request(ask).await?.json().await?;
        KNOWN.set(named);
    }
    if is_known() { Ok(()) } else { Err(Fault::NotFound) }
}

/// Who asks, as the registry knows them, or the registry's refusal.
async fn frame(req: &Request, env: &Env) -> Result<Result<Frame, Response>, Fault> {
    let authorization = req.headers().get("authorization")?;
    let onward = registry::post("http://registry/internal/frame", "", authorization.as_deref())?;
    let mut answer = registry::stub(env)?.fetch_with_request(onward).await?;
    if answer.status_code() == 200 { Ok(Ok(answer.json().await?)) } else { Ok(Err(answer)) }
}

/// Reads something of one shard, for an account that may.
///
/// # Errors
/// [`Fault::Forbidden`] outside the account's scope.
pub async fn read_shard(
    req: &Request,
    env: &Env,
    route: &Route,
    shard: &str,
    act: &str,
) -> Result<Response, Fault> {
    let shard = shard_id(shard)?;
    let asker = match frame(req, env).await? {
        Ok(frame) => frame.asker,
        Err(refused) => return Ok(refused),
    };
    asker.let_in(route, Some(&shard), false).map_err(forbidden)?;
    check_exists(env, &shard).await?;
    Ok(shard_stub(env, &shard)?.fetch_with_str(&format!("http://shard/internal/{shard}/{act}")).await?)
}

/// The server's counts, for its operator.
///
/// # Errors
/// [`Fault::Forbidden`] for anybody else.
pub async fn metrics(req: &Request, env: &Env, route: &Route) -> Result<Response, Fault> {
    // Without the registry: a server in recovery, or in trouble, is what an operator wants to watch.
    if !auth::is_operator(env, req.headers().get("authorization")?.as_deref()) {
        match frame(req, env).await? {
            Ok(frame) => frame.asker.let_in(route, None, false).map_err(forbidden)?,
            Err(refused) => return Ok(refused),
        }
    }
    let builder = ResponseBuilder::new()
        .with_header("cache-control", "no-store")?
        .with_header("content-type", "text/plain; version=0.0.4; charset=utf-8")?;
    Ok(builder.body(ResponseBody::Body(metrics::text().into_bytes())))
}

/// A page of a shard's log; people's numbers only for the shard's own coordinators.
///
/// # Errors
/// [`Fault::Forbidden`] outside the account's scope.
pub async fn log(req: &Request, env: &Env, route: &Route, shard: &str) -> Result<Response, Fault> {
    let shard = shard_id(shard)?;
    let asker = match frame(req, env).await? {
        Ok(frame) => frame.asker,
        Err(refused) => return Ok(refused),
    };
    asker.let_in(route, Some(&shard), false).map_err(forbidden)?;
    check_exists(env, &shard).await?;
    let query = Query::read(req.url()?.query().unwrap_or_default());
    let query = query.map_err(|_| Fault::BadRequest { code: "malformed-query" })?.write();
    let sees = |g: &Grant| g.role == AccountRole::Coordinator && g.covers(&shard);
    let act = if asker.grants.iter().any(sees) { "log-with-contacts" } else { "log" };
    Ok(shard_stub(env, &shard)?
        .fetch_with_str(&format!("http://shard/internal/{shard}/{act}/{query}"))
        .await?)
}

/// Whether a receipt is the commission's, and what it covers.
///
/// # Errors
/// [`Fault::BadRequest`] for what is no receipt, [`Fault::Forbidden`] for one of another scope.
pub async fn check_receipt(mut req: Request, env: &Env, route: &Route) -> Result<Response, Fault> {
    let asker = match frame(&req, env).await? {
        Ok(frame) => frame.asker,
        Err(refused) => return Ok(refused),
    };
    asker.let_in(route, None, false).map_err(forbidden)?;
    let ask: AskCheck = body::json(&mut req, route.limit_bytes).await?;
    let receipt = ask.read().map_err(|_| Fault::BadRequest { code: "not-a-receipt" })?;
    let shard = shard_id(receipt.shard.as_str())?;
    if !asker.may(Action::CheckReceipt, &shard) {
        return Err(Fault::Forbidden { code: "outside-your-scope" });
    }
    check_exists(env, &shard).await?;
    // A text with anything but letters, digits and few signs was never signed here.
    let text = receipt.to_text();
    if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:".contains(&b)) {
        return Err(Fault::BadRequest { code: "not-a-receipt" });
    }
    let path = format!("http://shard/internal/{shard}/receipt/{text}");
    let mut answer = shard_stub(env, &shard)?.fetch_with_str(&path).await?;
    if answer.status_code() != 200 {
        return Ok(answer);
    }
    let mut checked: Checked = answer.json().await?;
    if !checked.is_signed {
        // Signed before the shard lost its storage, perhaps.
        let keys: Keys =
            registry::stub(env)?.fetch_with_str("http://registry/api/v1/keys").await?.json().await?;
        checked.is_signed = keys.of(&shard).any(|key| key.has_signed_receipt(&receipt));
    }
    json(&checked)
}

/// An account's devices: the registry's lines, with what each shard that the account reaches knows of them.
///
/// # Errors
/// When the registry does not answer; a shard that does not is left out.
pub async fn devices(req: &Request, env: &Env) -> Result<Response, Fault> {
    let mut answer = to_registry(req, env).await?;
    if answer.status_code() != 200 {
        return Ok(answer);
    }
    let DevicesHere { mut lines, shards } = answer.json().await?;
    let ids: Vec<String> = lines.iter().map(|line| line.device.to_string()).collect();
    let ids = ids.join(",");
    let asked = join_all(shards.iter().map(|shard| seen_devices(env, shard, &ids)));
    for known in asked.await {
        match known {
            Ok(known) => place(&mut lines, known),
            Err(fault) => fault.log(),
        }
    }
    json(&lines)
}

fn place(lines: &mut [DeviceLine], known: Vec<(DeviceId, DeviceInShard)>) {
    for (device, in_shard) in known {
        if let Some(line) = lines.iter_mut().find(|line| line.device == device) {
            line.shards.push(in_shard);
        }
    }
}

async fn seen_devices(
    env: &Env,
    shard: &ShardId,
    ids: &str,
) -> Result<Vec<(DeviceId, DeviceInShard)>, Fault> {
    let url = format!("http://shard/internal/{shard}/devices/{ids}");
    let mut answer = shard_stub(env, shard)?.fetch_with_str(&url).await?;
    if answer.status_code() != 200 {
        return Err(crate::auth::internal(&format!("a shard answered {}", answer.status_code())));
    }
    Ok(answer.json().await?)
}

/// Asks every shard of the asker's scope for its tally.
///
/// # Errors
/// [`Fault::Forbidden`] for an account without a right to any.
pub async fn overview(req: &Request, env: &Env, route: &Route) -> Result<Response, Fault> {
    let Frame { asker, programme } = match frame(req, env).await? {
        Ok(frame) => frame,
        Err(refused) => return Ok(refused),
    };
    asker.let_in(route, None, false).map_err(forbidden)?;
    let programme = programme.ok_or(Fault::NotFound)?;
    let reaches = |shard: &ShardId| asker.may(Action::ReadOverview, shard);
    let shards = programme.shards.into_iter().filter(reaches);
    let asked = join_all(shards.map(|shard| async move {
        let answer = tally_of(env, &shard).await;
        (shard, answer)
    }));
    let mut overview = Overview { today: Day(0), server_ms: now_ms(), shards: vec![], silent: vec![] };
    for (shard, answer) in asked.await {
        match answer {
            Ok(tally) => overview.shards.push(tally),
            Err(fault) => {
                fault.log();
                overview.silent.push(shard);
            }
        }
    }
    overview.today = Day::of(WallMs(overview.server_ms), programme.utc_offset_min, programme.day_offset);
    json(&overview)
}

async fn tally_of(env: &Env, shard: &ShardId) -> Result<ShardTally, Fault> {
    let mut answer =
        shard_stub(env, shard)?.fetch_with_str(&format!("http://shard/internal/{shard}/tally")).await?;
    if answer.status_code() != 200 {
        return Err(crate::auth::internal(&format!("a shard answered {}", answer.status_code())));
    }
    Ok(answer.json().await?)
}
