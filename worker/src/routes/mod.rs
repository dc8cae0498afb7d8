//! Dispatch by the route table of `shared::api::routes`: what is not there is not answered.

pub mod files;
pub mod objects;

use crate::error::Fault;
use crate::{faults, health};
use shared::api::routes::{Found, Route, RouteId, find};
use worker::{Env, Request, Response, ResponseBody, ResponseBuilder};

/// Answers a request, or says why not.
///
/// # Errors
/// The [`Fault`] that the entry turns into an answer.
pub async fn answer(req: Request, env: Env) -> Result<Response, Fault> {
    let path = req.path();
    match find(req.method().as_ref(), &path) {
        Found::Route(route, texts) => api(req, &env, route, &texts).await,
        Found::OtherVerbs(verbs) => {
            Err(Fault::Method { allow: verbs.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", ") })
        }
        Found::Nothing if path == "/api" || path.starts_with("/api/") => Err(Fault::NotFound),
        Found::Nothing => files::serve(&req, &env).await,
    }
}

async fn api(req: Request, env: &Env, route: &Route, texts: &[&str]) -> Result<Response, Fault> {
    let (first, second) = (texts.first().copied(), texts.get(1).copied());
    let (shard, text) = (first.unwrap_or_default(), second.unwrap_or_default());
    let read = async |act: &str| objects::read_shard(&req, env, route, shard, act).await;
    match route.id {
        RouteId::Health => health::answer(env).await,
        RouteId::OpenApi => openapi(),
        RouteId::Metrics => objects::metrics(&req, env, route).await,
        RouteId::Join
        | RouteId::RegistryToken
        | RouteId::Me
        | RouteId::ReadProgramme
        | RouteId::PutProgramme
        | RouteId::DayOffset
        | RouteId::EndRecovery
        | RouteId::Accounts
        | RouteId::Keys
        | RouteId::Invite
        | RouteId::AddGrant
        | RouteId::ChangeGrant
        | RouteId::EndGrant
        | RouteId::EndDevice
        | RouteId::FurtherCode => objects::to_registry(&req, env).await,
        RouteId::Devices => objects::devices(&req, env).await,
        RouteId::Overview => objects::overview(&req, env, route).await,
        RouteId::ShardToken | RouteId::Sync | RouteId::Parcels | RouteId::Erase => {
            objects::to_shard(&req, env, shard).await
        }
        RouteId::Log => objects::log(&req, env, route, shard).await,
        RouteId::CheckReceipt => objects::check_receipt(req, env, route).await,
        RouteId::Sessions => read("sessions").await,
        RouteId::StageSessions => read(&format!("sessions/{text}")).await,
        RouteId::Stations => read("stations").await,
        RouteId::Held => read("held").await,
        RouteId::ImportParts => read(&format!("imports/{text}")).await,
        RouteId::PlanProblem => read(&format!("problem/{text}")).await,
        RouteId::TestRead | RouteId::TestDo => faults::route(req, env).await,
    }
}

/// The document as `cargo xtask docs` wrote it from the table.
fn openapi() -> Result<Response, Fault> {
    let builder = ResponseBuilder::new()
        .with_header("cache-control", "no-cache")?
        .with_header("content-type", "application/json")?;
    let document: &[u8] = include_bytes!("../../../docs/openapi.json");
    Ok(builder.body(ResponseBody::Body(document.to_vec())))
}
