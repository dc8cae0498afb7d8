//! The route table. One line a route; each handler is a file beside this one.

pub mod files;
pub mod objects;

use crate::error::Fault;
use crate::faults;
use shared::grant::Action;
use worker::{Env, Method, Request, Response};

/// Answers a request, or says why not.
///
/// # Errors
/// The [`Fault`] that the entry turns into an answer.
pub async fn answer(req: Request, env: Env) -> Result<Response, Fault> {
    let path = req.path();
    let Some(route) = path.strip_prefix("/api/v1/") else {
        if path == "/api" || path.starts_with("/api/") {
            return Err(Fault::NotFound);
        }
        return files::serve(&req, &env).await;
    };
    let segments: Vec<&str> = route.split('/').collect();
    match (req.method(), segments.as_slice()) {
        (Method::Get, ["health"]) => files::health(&env).await,
        (Method::Post, ["join"]) => objects::to_registry(&req, &env, "join").await,
        (Method::Post, ["token"]) => objects::to_registry(&req, &env, "token").await,
        (Method::Get, ["me"]) => objects::to_registry(&req, &env, "me").await,
        (Method::Get, ["programme"]) => objects::to_registry(&req, &env, "programme").await,
        (Method::Put, ["programme"]) => objects::to_registry(&req, &env, "programme/put").await,
        (Method::Get, ["accounts"]) => objects::to_registry(&req, &env, "accounts").await,
        (Method::Post, ["accounts"]) => objects::to_registry(&req, &env, "accounts/invite").await,
        (Method::Put, ["operator", "day-offset"]) => {
            objects::to_registry(&req, &env, "operator/day-offset").await
        }
        (Method::Get, ["overview"]) => objects::overview(&req, &env).await,
        (Method::Post, ["shards", shard, "token"]) => objects::to_shard(&req, &env, shard, "token").await,
        (Method::Post, ["shards", shard, "sync"]) => objects::to_shard(&req, &env, shard, "sync").await,
        (Method::Get, ["shards", shard, "sessions"]) => {
            objects::read_shard(&req, &env, shard, "sessions", Action::ReadSessions).await
        }
        (Method::Get, ["shards", shard, "sessions", stage]) => {
            objects::read_shard(&req, &env, shard, &format!("sessions/{stage}"), Action::ReadSessions).await
        }
        (Method::Get, ["shards", shard, "stations"]) => {
            objects::read_shard(&req, &env, shard, "stations", Action::ReadStationCodes).await
        }
        (Method::Get, ["shards", shard, "imports", import]) => {
            objects::read_shard(&req, &env, shard, &format!("imports/{import}"), Action::Import).await
        }
        (Method::Get, ["shards", shard, "problem", stage]) => {
            objects::read_shard(&req, &env, shard, &format!("problem/{stage}"), Action::ReadPlanProblem).await
        }
        (_, ["test", ..]) => faults::route(req, &env).await,
        (_, known) => match methods_of(known) {
            Some(allow) => Err(Fault::Method { allow }),
            None => Err(Fault::NotFound),
        },
    }
}

/// The methods of a route, for those who came with another one.
fn methods_of(segments: &[&str]) -> Option<&'static str> {
    Some(match segments {
        ["health" | "me" | "overview"] | ["shards", _, "sessions" | "stations"] => "GET",
        ["shards", _, "sessions" | "problem" | "imports", _] => "GET",
        ["join" | "token"] | ["shards", _, "token" | "sync"] => "POST",
        ["programme"] => "GET, PUT",
        ["accounts"] => "GET, POST",
        ["operator", "day-offset"] => "PUT",
        _ => return None,
    })
}
