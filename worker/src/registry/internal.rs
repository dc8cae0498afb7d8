//! What a shard asks the registry, object to object: never reachable from outside.

use crate::auth::internal;
use crate::error::Fault;
use serde::{Deserialize, Serialize};
use shared::api::{Recovered, RecoveryState};
use shared::grant::asker::Asker;
use shared::grant::{Access, Ending};
use shared::id::{AccountId, DeviceId, ShardId};
use shared::programme::Programme;
use shared::sync::seal::PublicKey;
use shared::time::Stamp;
use worker::wasm_bindgen::JsValue;
use worker::{Env, Headers, Method, Request, RequestInit, Stub};

/// A shard's question.
#[derive(Serialize, Deserialize)]
pub struct Question {
    /// Who asks.
    pub shard: ShardId,
    /// A device that wants a token there.
    pub device: Option<DeviceId>,
    /// The version of access that the shard holds.
    pub held: u64,
    /// The key that checks its receipts.
    #[serde(default)]
    pub key: Option<PublicKey>,
}

/// What the registry says.
#[derive(Serialize, Deserialize)]
pub struct News {
    /// Whether the programme has such a shard.
    pub exists: bool,
    /// The device, if it is known.
    pub device: Option<DeviceLine>,
    /// Accounts and grants, if the shard's copy is old.
    pub access: Option<Access>,
    /// The programme, if it is newer than that copy.
    pub programme: Option<Pack>,
}

/// Who asks and where the programme stands: what the worker needs to read shards on somebody's behalf.
#[derive(Serialize, Deserialize)]
pub struct Frame {
    /// Who asks.
    pub asker: Asker,
    /// The programme, once one is loaded.
    pub programme: Option<Standing>,
}

/// Where the programme stands.
#[derive(Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Standing {
    pub shards: Vec<ShardId>,
    pub utc_offset_min: i32,
    pub day_offset: i32,
}

/// How the registry does.
#[derive(Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Vitals {
    pub recovery: Option<RecoveryState>,
    pub recovered: Option<Recovered>,
}

/// An account's devices as the registry knows them, and the shards that know more of them.
#[derive(Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct DevicesHere {
    pub lines: Vec<shared::api::access::DeviceLine>,
    pub shards: Vec<ShardId>,
}

/// A joined device.
#[derive(Clone, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct DeviceLine {
    pub device: DeviceId,
    pub account: AccountId,
    pub tablet: String,
    pub key: String,
    /// When it joined; earlier versions did not write it down.
    #[serde(default)]
    pub joined_ms: Option<i64>,
    /// When it last signed in at the registry.
    #[serde(default)]
    pub signed_in_ms: Option<i64>,
    /// When and how it was revoked.
    #[serde(default)]
    pub ended: Option<(Stamp, Ending)>,
}

/// A programme and where it stands.
#[derive(Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Pack {
    pub programme: Programme,
    pub day_offset: i32,
}

/// The registry's stub.
///
/// # Errors
/// When the binding is missing.
pub fn stub(env: &Env) -> Result<Stub, Fault> {
    Ok(env.durable_object("REGISTRY")?.id_from_name("registry")?.get_stub()?)
}

/// Asks on behalf of a shard.
///
/// # Errors
/// When the registry does not answer.
pub async fn ask(
    env: &Env,
    shard: &ShardId,
    device: Option<DeviceId>,
    held: u64,
    key: Option<PublicKey>,
) -> Result<News, Fault> {
    let question = Question { shard: shard.clone(), device, held, key };
    let body = serde_json::to_string(&question).map_err(|e| internal(&e))?;
    let request = post("http://registry/internal/news", &body, None)?;
    let mut answer = stub(env)?.fetch_with_request(request).await?;
    if answer.status_code() != 200 {
        return Err(internal(&format!("the registry answered {}", answer.status_code())));
    }
    Ok(answer.json().await?)
}

/// A POST with a JSON body, object to object.
///
/// # Errors
/// When the runtime refuses it.
pub fn post(url: &str, body: &str, authorization: Option<&str>) -> Result<Request, Fault> {
    let headers = Headers::new();
    headers.set("content-type", "application/json")?;
    if let Some(authorization) = authorization {
        headers.set("authorization", authorization)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_body(Some(JsValue::from_str(body)));
    Ok(Request::new_with_init(url, &init)?)
}

/// Tells shards that access has changed: each that is awake asks for the news before this returns, so that its next
/// answer is by the new rights. One that cannot be told asks by itself within a minute.
pub async fn nudge(env: &Env, shards: &[ShardId]) {
    let told = shards.iter().map(async |shard| {
        let stub = env.durable_object("SHARDS")?.id_from_name(shard.as_str())?.get_stub()?;
        let answer = stub.fetch_with_str(&format!("http://shard/internal/{shard}/access")).await?;
        if answer.status_code() == 200 { Ok(()) } else { Err(internal(&answer.status_code())) }
    });
    for result in futures_util::future::join_all(told).await {
        if let Err(fault) = result {
            fault.log();
        }
    }
}
