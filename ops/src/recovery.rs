//! How a restored server stands, and ending its recovery by hand: asked of the running server.

use crate::utc;
use anyhow::{Context, Result, bail};
use cascade_tests::api::ApiDevice;
use cascade_tests::device::Operator;
use cascade_tests::server::lock;
use shared::api::{Health, Recovered, RecoveryState};
use std::path::Path;

/// Says how the recovery stands; with `end`, ends it without the shards that stay silent.
///
/// # Errors
/// When no server runs on the folder, or it does not answer.
pub fn run(storage: &Path, end: bool) -> Result<()> {
    let address = lock::address(storage).context("no server runs on this folder: start it first")?;
    if address.starts_with("https:") {
        let route = if end { "-X POST -H \"authorization: Operator $(cat operator.key)\" " } else { "" };
        let path = if end { "operator/recovery/end" } else { "health" };
        bail!("this server speaks TLS: ask it with curl {route}{address}/api/v1/{path}");
    }
    if end {
        let key = std::fs::read_to_string(storage.join("operator.key")).context("operator.key")?;
        let operator = Operator::new(&address, key.trim())?;
        let reply = operator.ask("POST", "/api/v1/operator/recovery/end", b"")?;
        if reply.status != 200 {
            bail!("the server answered {}: {}", reply.status, reply.text());
        }
    }
    let reply = ApiDevice::new(&address)?.get("/api/v1/health")?;
    let health: Health = serde_json::from_slice(&reply.body).context("the answer of the health route")?;
    match (&health.recovery, &health.recovered) {
        (Some(running), _) => say_running(running),
        (None, Some(ended)) => say_ended(ended),
        (None, None) => println!("This server was never restored."),
    }
    Ok(())
}

fn say_running(running: &RecoveryState) {
    println!(
        "In recovery since {} UTC, from a backup of {} UTC.",
        utc(running.since_ms),
        utc(running.backup_ms)
    );
    let silent: Vec<String> = running.silent.iter().map(ToString::to_string).collect();
    println!("Nobody is let in before these shards answer: {}", silent.join(", "));
    println!("If they cannot: cargo xtask recovery --end. Revocations that only they know of are lost then.");
}

fn say_ended(ended: &Recovered) {
    let by = if ended.by_operator { "by the operator" } else { "by itself" };
    println!(
        "Restored from a backup of {} UTC; the recovery ended {by} at {} UTC.",
        utc(ended.backup_ms),
        utc(ended.ended_ms)
    );
    println!("{} shards were asked; access ended again: {}", ended.asked, ended.grants_ended);
    if !ended.silent.is_empty() {
        let silent: Vec<String> = ended.silent.iter().map(ToString::to_string).collect();
        println!("Not asked, because silent: {}", silent.join(", "));
    }
}
