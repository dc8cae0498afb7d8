//! `docs/openapi.json`: the HTTP API as OpenAPI 3.1, from the route table and `schemas.txt`. The worker serves the file.
//!
//! `ops/tests/openapi.rs` asks every route of a real server and holds its answer against the schema.

mod schema;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use shared::api::routes::{Caller, Content, ROUTES, Right, Route, Scope};
use std::path::Path;

/// Where it is.
pub const PLACE: &str = "docs/openapi.json";
/// Where the bodies are described.
pub const SCHEMAS: &str = "xtask/src/openapi/schemas.txt";

/// Writes it.
///
/// # Errors
/// As [`text`], or when the file cannot be written.
pub fn run(root: &Path) -> Result<()> {
    std::fs::write(root.join(PLACE), text()?).context(PLACE)
}

/// What it must say.
///
/// # Errors
/// When a route names a type that is not described.
pub fn text() -> Result<String> {
    let schemas = schema::read(include_str!("schemas.txt"))?;
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES.iter().filter(|route| route.caller != Caller::Tests) {
        let operation = operation(route, &schemas).with_context(|| route.path.to_owned())?;
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.verb.as_str().to_lowercase()] = operation;
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Cascade",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Records of an election commission's training. docs/permissions.md has who may call what.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "From a token route, for fifteen minutes; of the registry, or of the very shard.",
                },
                "operator": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "authorization",
                    "description": "The word Operator, a space, and the key of the server's folder.",
                },
            },
        },
    });
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn operation(route: &Route, schemas: &Map<String, Value>) -> Result<Value> {
    let names = route.names().into_iter();
    let parameters: Vec<Value> = names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let mut operation = json!({
        "operationId": format!("{:?}", route.id),
        "summary": route.purpose,
        "responses": responses(route, schemas)?,
    });
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
    if let Some(content) = content(route.request, schemas)? {
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    let security = security(route.caller);
    if !security.is_empty() {
        operation["security"] = json!(security);
    }
    if let Right::Action(action) = route.right {
        operation["description"] = json!(format!("Needs the right {action:?}."));
    }
    Ok(operation)
}

fn security(caller: Caller) -> Vec<Value> {
    let (token, operator) = (json!({ "token": [] }), json!({ "operator": [] }));
    match caller {
        Caller::Anybody | Caller::JoinCode | Caller::DeviceSignature | Caller::Tests => vec![],
        Caller::Account | Caller::ShardToken => vec![token],
        Caller::AccountOrOperator => vec![token, operator],
        Caller::Operator | Caller::DemoOperator => vec![operator],
    }
}

fn responses(route: &Route, schemas: &Map<String, Value>) -> Result<Value> {
    let error = |what: &str| {
        json!({
            "description": what,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ApiError" } } },
        })
    };
    let mut answer = json!({ "description": "Done." });
    if let Some(content) = content(route.response, schemas)? {
        answer["content"] = content;
    }
    let mut responses = json!({ "200": answer, "default": error("What went wrong.") });
    if route.caller == Caller::DeviceSignature {
        let challenge = content(Content::Json("Challenge"), schemas)?;
        responses["401"] =
            json!({ "description": "Something to sign, or why it does not hold.", "content": challenge });
        responses["401"]["content"]["application/json"]["schema"] = json!({ "anyOf": [{ "$ref": "#/components/schemas/Challenge" }, { "$ref": "#/components/schemas/ApiError" }] });
    } else if !security(route.caller).is_empty() {
        responses["401"] = error("No token, or one that does not hold.");
        responses["403"] = error("Not permitted.");
        responses["503"] = error("The server is in recovery.");
    }
    if route.limit_bytes > 0 {
        responses["413"] = error("The body is too large.");
        responses["400"] = error("The body is not what it must be.");
    }
    if route.scope == Scope::Shard {
        responses["404"] = error("No such shard.");
    }
    Ok(responses)
}

/// A body by its media type; nothing where there is none.
fn content(content: Content, schemas: &Map<String, Value>) -> Result<Option<Value>> {
    Ok(match content {
        Content::Nothing => None,
        Content::Text => Some(json!({ "text/plain": { "schema": { "type": "string" } } })),
        Content::Json(name) => {
            Some(json!({ "application/json": { "schema": schema::of_rust(name, schemas)? } }))
        }
    })
}
