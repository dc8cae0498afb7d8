//! The server: one entry for every request, routes, and the two kinds of storage object.
//!
//! Thin on purpose. A business rule belongs to `shared`; here are HTTP, storage and the objects that own it.
//! Every answer leaves through [`headers::secure`], every fault through [`error::Fault`], which carries a stable code
//! and never an internal message.
//!
//! A panic in Rust ends the whole wasm instance, and with it every request that was in flight: `js/shim.js`
//! answers them with 500 and starts a new instance. Nothing may rely on memory that storage does not hold.

pub mod auth;
pub mod body;
pub mod error;
mod faults;
pub mod headers;
pub mod health;
pub mod journal;
pub mod metrics;
pub mod registry;
pub mod registry_do;
pub mod routes;
pub mod shard;
pub mod shard_do;
pub mod transaction;

use worker::{Context, Env, Request, Response, Result, event};

/// Answers one request.
#[event(fetch)]
async fn fetch(req: Request, env: Env, _ctx: Context) -> Result<Response> {
    let over_tls = req.url().is_ok_and(|url| url.scheme() == "https");
    let asked = journal::Asked::of(&req);
    let answer = match routes::answer(req, env).await {
        Ok(response) => response,
        Err(fault) => {
            fault.log();
            fault.to_response()?
        }
    };
    asked.answered(&answer);
    headers::secure(answer, over_tls)
}
