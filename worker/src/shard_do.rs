//! The shard: one writer for the records of one district.

#![allow(missing_docs, reason = "the macro of the runtime's crate writes methods of its own")]

use crate::faults;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// One shard's storage and its only writer.
#[durable_object]
pub struct ShardObject {
    state: State,
    env: Env,
}

impl DurableObject for ShardObject {
    fn new(state: State, env: Env) -> Self {
        Self { state, env }
    }

    async fn fetch(&self, req: Request) -> Result<Response> {
        if let Some(answer) = faults::in_shard(&self.state, &self.env, &req).await {
            return answer;
        }
        Response::error("nothing here", 404)
    }
}
