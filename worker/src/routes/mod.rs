//! The route table. One line a route; each handler is a file beside this one.

pub mod files;

use crate::error::Fault;
use crate::faults;
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
        (_, ["health"]) => Err(Fault::Method { allow: "GET" }),
        (_, ["test", ..]) => faults::route(req, &env).await,
        _ => Err(Fault::NotFound),
    }
}
