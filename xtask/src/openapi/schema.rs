//! `schemas.txt` as JSON Schema. Its first lines say how it is written.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};

/// Reads the blocks.
///
/// # Errors
/// Names the line that cannot be read, or a type that is not described.
pub fn read(text: &str) -> Result<Map<String, Value>> {
    let mut schemas = Map::new();
    let mut current = String::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let place = || format!("line {}: {line:?}", number + 1);
        if let Some(field) = line.strip_prefix("  ") {
            let block = schemas.get_mut(&current).with_context(place)?;
            add(block, field).with_context(place)?;
        } else if let Some((name, words)) = line.split_once(" = ") {
            schemas.insert(name.to_owned(), of(words).with_context(place)?);
        } else if let Some((name, what)) = line.split_once(": ") {
            current = name.to_owned();
            let block = json!({
                "type": "object", "description": what, "required": [], "properties": {},
                "additionalProperties": false,
            });
            schemas.insert(current.clone(), block);
        } else {
            ensure!(line.is_empty(), place());
        }
    }
    for name in names(&Value::Object(schemas.clone())) {
        ensure!(schemas.contains_key(&name), "{name} is not described");
    }
    Ok(schemas)
}

fn add(block: &mut Value, field: &str) -> Result<()> {
    if field == "..." {
        block["additionalProperties"] = json!(true);
        return Ok(());
    }
    let (name, kind) = field.split_once(": ").context("a field is a name, a colon and a type")?;
    let schema = of(kind)?;
    let name = match name.strip_suffix('?') {
        Some(name) => name,
        None => {
            block["required"].as_array_mut().context("a block")?.push(json!(name));
            name
        }
    };
    block["properties"][name] = schema;
    Ok(())
}

/// The schema of a type of the route table, such as `Vec<SessionLine>`.
///
/// # Errors
/// When it is not described.
pub fn of_rust(name: &str, schemas: &Map<String, Value>) -> Result<Value> {
    let inside = |outer: &str| name.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Vec<") {
        return Ok(json!({ "type": "array", "items": of_rust(inner, schemas)? }));
    }
    if let Some(inner) = inside("Option<") {
        return Ok(json!({ "anyOf": [of_rust(inner, schemas)?, { "type": "null" }] }));
    }
    if matches!(name, "u64" | "i64" | "u32" | "i32") {
        return Ok(json!({ "type": "integer" }));
    }
    ensure!(schemas.contains_key(name), "{name} is not described");
    Ok(json!({ "$ref": format!("#/components/schemas/{name}") }))
}

/// The schema of a type as `schemas.txt` writes it.
fn of(kind: &str) -> Result<Value> {
    let kind = kind.trim();
    let digits = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    if let Some(inner) = kind.strip_suffix('?') {
        return Ok(json!({ "anyOf": [of(inner)?, { "type": "null" }] }));
    }
    if let Some(inner) = between(kind, '[', ']') {
        return Ok(json!({ "type": "array", "items": of(inner)? }));
    }
    if let Some(inner) = between(kind, '{', '}') {
        return Ok(json!({ "type": "object", "additionalProperties": of(inner)? }));
    }
    if let Some(inner) = between(kind, '(', ')') {
        let items: Vec<Value> = inner.split(',').map(of).collect::<Result<_>>()?;
        let n = items.len();
        return Ok(json!({ "type": "array", "prefixItems": items, "minItems": n, "maxItems": n }));
    }
    if kind.contains('|') {
        return Ok(json!({ "type": "string", "enum": kind.split('|').collect::<Vec<_>>() }));
    }
    Ok(match kind {
        "text" => json!({ "type": "string" }),
        "code" => json!({ "type": "string", "minLength": 1, "maxLength": 64 }),
        "id" => digits("^[0-9a-f]{16}$"),
        "hash" => digits("^[0-9a-f]{64}$"),
        "event" => digits("^[0-9a-f]{16}\\.[0-9a-f]{16}\\.[0-9]+$"),
        "day" => digits("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        "int" | "ms" => json!({ "type": "integer" }),
        "number" => json!({ "type": "number" }),
        "bool" => json!({ "type": "boolean" }),
        "object" => json!({ "type": "object" }),
        "any" => json!({}),
        name if name.starts_with(|c: char| c.is_ascii_uppercase()) => {
            json!({ "$ref": format!("#/components/schemas/{name}") })
        }
        other => bail!("{other:?} is no type"),
    })
}

fn between(kind: &str, open: char, close: char) -> Option<&str> {
    kind.strip_prefix(open)?.strip_suffix(close)
}

/// The types that a schema names.
fn names(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|name| name.strip_prefix("#/components/schemas/")).map(str::to_owned);
            own.into_iter().chain(fields.values().flat_map(names)).collect()
        }
        Value::Array(items) => items.iter().flat_map(names).collect(),
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_becomes_a_schema() {
        let read = read("A: What.\n  a: [id]?\n  b?: (int, x|y)\n\nB: More.\n  a: {A}\n  ...\n").unwrap();
        assert_eq!(read["A"]["required"], json!(["a"]));
        assert_eq!(read["A"]["properties"]["a"]["anyOf"][1], json!({ "type": "null" }));
        assert_eq!(read["A"]["properties"]["b"]["prefixItems"][1]["enum"], json!(["x", "y"]));
        assert_eq!(read["B"]["additionalProperties"], json!(true));
    }

    #[test]
    fn what_is_not_described_is_named() {
        for (text, said) in [
            ("A: What.\n  a: Nosuch\n", "Nosuch is not described"),
            ("A: What.\n  a: nosuch\n", "line 2"),
            ("A: What.\n  a\n", "line 2"),
        ] {
            assert!(format!("{:#}", read(text).unwrap_err()).contains(said), "{text}");
        }
        assert!(of_rust("Vec<Nosuch>", &Map::new()).is_err());
    }
}
