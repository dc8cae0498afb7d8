//! The registry: accounts, grants, packs, and which unit belongs to which shard. Not in the path of a sync.

#![allow(missing_docs, reason = "the macro of the runtime's crate writes methods of its own")]

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// The registry's storage and its only writer.
#[durable_object]
pub struct RegistryObject {
    _state: State,
    _env: Env,
}

impl DurableObject for RegistryObject {
    fn new(state: State, env: Env) -> Self {
        Self { _state: state, _env: env }
    }

    async fn fetch(&self, _req: Request) -> Result<Response> {
        Response::error("nothing here", 404)
    }
}
