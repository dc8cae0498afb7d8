//! Faults on purpose, to prove that a panic is answered and leaves nothing half-written; and a clock that tests move,
//! to see what expires.
//!
//! The routes exist only where the binding `TEST_FAULTS` is `1`, which nothing but the tests sets.

use crate::error::Fault;
use crate::transaction::transact_plain;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::time::Duration;
use worker::{Delay, Env, Error, Method, Request, Response, Result, State};

const OBJECT: &str = "fault-test";

thread_local! {
    static AHEAD_MS: Cell<i64> = const { Cell::new(0) };
}

/// Milliseconds by which a test has set the server's clock ahead; always 0 in real use.
pub fn ahead_ms() -> i64 {
    AHEAD_MS.get()
}

#[derive(Serialize, Deserialize)]
struct Count {
    rows: i64,
}

fn switched_on(env: &Env) -> bool {
    env.var("TEST_FAULTS").is_ok_and(|value| value.to_string() == "1")
}

/// `/api/v1/test/...`: a panic in the worker itself, the clock, or whatever [`in_shard`] does.
///
/// # Errors
/// [`Fault::NotFound`] where faults are not switched on.
pub async fn route(req: Request, env: &Env) -> core::result::Result<Response, Fault> {
    if !switched_on(env) {
        return Err(Fault::NotFound);
    }
    let path = req.path();
    if path == "/api/v1/test/panic/worker" && req.method() == Method::Post {
        panic!("a panic in the worker, asked for by a test");
    }
    if let Some(ms) = path.strip_prefix("/api/v1/test/clock-ahead/").and_then(|ms| ms.parse().ok()) {
        AHEAD_MS.set(ms);
        return Ok(Response::empty()?);
    }
    let object = path.rsplit('/').next().filter(|name| *name == "other").unwrap_or(OBJECT);
    let stub = env.durable_object("SHARDS")?.id_from_name(object)?.get_stub()?;
    Ok(stub.fetch_with_request(req).await?)
}

/// Answers a fault route inside a shard; `None` for every other request, and always in real use.
pub async fn in_shard(state: &State, env: &Env, req: &Request) -> Option<Result<Response>> {
    let path = req.path();
    let fault = path.strip_prefix("/api/v1/test/")?;
    if !switched_on(env) {
        return None;
    }
    Some(act(state, fault).await)
}

async fn act(state: &State, fault: &str) -> Result<Response> {
    let sql = state.storage().sql();
    sql.exec("CREATE TABLE IF NOT EXISTS fault (n INTEGER)", None)?;
    let insert = |n: i64| sql.exec("INSERT INTO fault VALUES (?)", vec![n.into()]).map(drop);
    match fault {
        "write/shard" => transact_plain(state, || insert(1))?,
        "panic/shard" => transact_plain(state, || -> Result<()> {
            insert(2)?;
            panic!("a panic inside a transaction, asked for by a test");
        })?,
        "panic-async/shard" => {
            let within = state.storage().sql();
            state
                .storage()
                .transaction(move |_| async move {
                    within.exec("INSERT INTO fault VALUES (3)", None)?;
                    Delay::from(Duration::from_millis(1)).await;
                    panic!("a panic inside an asynchronous transaction, asked for by a test");
                })
                .await?;
        }
        "error/shard" => transact_plain(state, || {
            insert(4)?;
            Err(Error::RustError("an error inside a transaction, asked for by a test".into()))
        })?,
        "wait/other" => {
            insert(5)?;
            Delay::from(Duration::from_secs(3600)).await;
        }
        _ => {}
    }
    let count: Count = sql.exec("SELECT count(*) AS rows FROM fault", None)?.one()?;
    let not_yet = fault == "waiting/other" && count.rows == 0;
    Ok(Response::from_json(&count)?.with_status(if not_yet { 404 } else { 200 }))
}
