//! Whether the server can do its work, for whoever watches it.

use crate::error::Fault;
use crate::registry::internal::{Vitals, stub};
use crate::routes::files;
use shared::api::Health;
use shared::sync::PROTOCOL;
use worker::{Env, Response, ResponseBuilder};

/// Answers the health route: 503 where the registry does not answer or its storage takes nothing.
///
/// # Errors
/// When the page's files cannot be read.
pub async fn answer(env: &Env) -> Result<Response, Fault> {
    let build = files::build(env).await?;
    let vitals = vitals(env).await;
    if let Err(fault) = &vitals {
        fault.log();
    }
    let (registry, storage) = match &vitals {
        Ok(Some(_)) => (true, true),
        // It answered, and could not write.
        Ok(None) => (true, false),
        Err(_) => (false, false),
    };
    let Vitals { recovery, recovered } = vitals.ok().flatten().unwrap_or_default();
    let health = Health {
        ok: registry && storage,
        build,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL,
        registry,
        storage,
        recovery,
        recovered,
    };
    let builder = ResponseBuilder::new()
        .with_status(if health.ok { 200 } else { 503 })
        .with_header("cache-control", "no-store")?;
    Ok(builder.from_json(&health)?)
}

async fn vitals(env: &Env) -> Result<Option<Vitals>, Fault> {
    let mut answer = stub(env)?.fetch_with_str("http://registry/internal/vitals").await?;
    if answer.status_code() == 200 { Ok(Some(answer.json().await?)) } else { Ok(None) }
}
