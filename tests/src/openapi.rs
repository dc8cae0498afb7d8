//! A body held against the OpenAPI document: the part of JSON Schema that the document uses, and no more. An unknown
//! keyword is a breach, so that nothing is believed that was not checked.

use serde_json::{Map, Value};

/// The document.
pub struct Document(pub Value);

impl Document {
    /// The operation of a path and a method in small letters.
    pub fn operation(&self, path: &str, method: &str) -> Option<&Value> {
        self.0["paths"].get(path)?.get(method)
    }

    /// The schema of an answer; `default` stands for statuses that are not named.
    pub fn answer(&self, path: &str, method: &str, status: u16) -> Option<&Value> {
        let responses = &self.operation(path, method)?["responses"];
        let response = responses.get(status.to_string()).or_else(|| responses.get("default"))?;
        response["content"]["application/json"].get("schema")
    }

    /// What breaks a schema in a value; nothing where it fits.
    pub fn breaches(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut found = vec![];
        self.check(schema, value, "$", &mut found);
        found
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let Value::Object(words) = schema else {
            if *schema == Value::Bool(false) {
                found.push(format!("{at} is not described"));
            }
            return;
        };
        for (word, says) in words {
            let fits = match (word.as_str(), says, value) {
                ("description" | "required" | "properties", ..) => true,
                ("$ref", Value::String(name), _) => {
                    let name = name.rsplit('/').next().unwrap_or_default();
                    match self.0["components"]["schemas"].get(name) {
                        Some(schema) => {
                            self.check(schema, value, at, found);
                            true
                        }
                        None => false,
                    }
                }
                ("type", Value::String(kind), _) => is_of(kind, value),
                ("enum", Value::Array(words), _) => words.contains(value),
                ("anyOf", Value::Array(schemas), _) => {
                    schemas.iter().any(|s| self.breaches(s, value).is_empty())
                }
                ("pattern", Value::String(pattern), Value::String(text)) => is_like(pattern, text),
                ("minLength", n, Value::String(text)) => n.as_u64() <= Some(text.len() as u64),
                ("maxLength", n, Value::String(text)) => n.as_u64() >= Some(text.len() as u64),
                ("minItems", n, Value::Array(items)) => n.as_u64() <= Some(items.len() as u64),
                ("maxItems", n, Value::Array(items)) => n.as_u64() >= Some(items.len() as u64),
                ("items", schema, Value::Array(items)) => {
                    for (n, item) in items.iter().enumerate() {
                        self.check(schema, item, &format!("{at}[{n}]"), found);
                    }
                    true
                }
                ("prefixItems", Value::Array(schemas), Value::Array(items)) => {
                    for (n, (schema, item)) in schemas.iter().zip(items).enumerate() {
                        self.check(schema, item, &format!("{at}[{n}]"), found);
                    }
                    true
                }
                ("additionalProperties", schema, Value::Object(fields)) => {
                    self.check_fields(words, schema, fields, at, found);
                    true
                }
                ("pattern" | "minLength" | "maxLength" | "minItems" | "maxItems" | "items", ..) => true,
                ("prefixItems" | "additionalProperties", ..) => true,
                _ => false,
            };
            if !fits {
                found.push(format!("{at} breaks {word} {says}: {value}"));
            }
        }
    }

    fn check_fields(
        &self,
        words: &Map<String, Value>,
        others: &Value,
        fields: &Map<String, Value>,
        at: &str,
        found: &mut Vec<String>,
    ) {
        let none = Map::new();
        let properties = words.get("properties").and_then(Value::as_object).unwrap_or(&none);
        for (name, value) in fields {
            self.check(properties.get(name).unwrap_or(others), value, &format!("{at}.{name}"), found);
        }
        let required = words.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str).filter(|name| !fields.contains_key(*name)) {
            found.push(format!("{at}.{name} is missing"));
        }
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// Whether a text is like a pattern of ours: between `^` and `$`, characters and classes in brackets, each alone, with
/// `+` or with a number in braces.
fn is_like(pattern: &str, text: &str) -> bool {
    let Some(inner) = pattern.strip_prefix('^').and_then(|p| p.strip_suffix('$')) else { return false };
    let (mut pattern, mut text) = (inner.as_bytes(), text.as_bytes());
    while let Some((first, rest)) = pattern.split_first() {
        let class: &[u8];
        (class, pattern) = match first {
            b'[' => {
                let Some(end) = rest.iter().position(|b| *b == b']') else { return false };
                (&rest[..end], &rest[end + 1..])
            }
            b'\\' => (&rest[..1], &rest[1..]),
            _ => (&pattern[..1], rest),
        };
        let here = text.iter().take_while(|byte| is_in(class, **byte)).count();
        let least = if let Some(after) = pattern.strip_prefix(b"+") {
            pattern = after;
            here.max(1)
        } else if let Some(after) = pattern.strip_prefix(b"{") {
            let Some(end) = after.iter().position(|b| *b == b'}') else { return false };
            let n = std::str::from_utf8(&after[..end]).ok().and_then(|n| n.parse().ok());
            pattern = &after[end + 1..];
            n.unwrap_or(usize::MAX)
        } else {
            1
        };
        if here < least {
            return false;
        }
        text = &text[least..];
    }
    text.is_empty()
}

fn is_in(class: &[u8], byte: u8) -> bool {
    match class {
        [from, b'-', to, rest @ ..] => (*from..=*to).contains(&byte) || is_in(rest, byte),
        [one, rest @ ..] => *one == byte || is_in(rest, byte),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_does_not_fit_is_named_by_its_place() {
        let one = json!({
            "type": "object", "required": ["id"], "additionalProperties": false,
            "properties": {
                "id": { "type": "string", "pattern": "^[0-9a-f]{4}-[0-9]+$" },
                "days": { "type": "array", "prefixItems": [{ "type": "integer" }], "minItems": 1, "maxItems": 1 },
                "next": { "anyOf": [{ "$ref": "#/components/schemas/One" }, { "type": "null" }] },
            },
        });
        let document = Document(json!({ "components": { "schemas": { "One": one } } }));
        let schema = json!({ "$ref": "#/components/schemas/One" });
        let good = json!({ "id": "00af-12", "days": [3], "next": { "id": "00af-1", "next": null } });
        assert_eq!(document.breaches(&schema, &good), Vec::<String>::new());
        for (value, at) in [
            (json!({}), "$.id is missing"),
            (json!({ "id": "00ag-12" }), "$.id breaks pattern"),
            (json!({ "id": "00af-" }), "$.id breaks pattern"),
            (json!({ "id": "00af-12x" }), "$.id breaks pattern"),
            (json!({ "id": "00af-1", "more": 1 }), "$.more is not described"),
            (json!({ "id": "00af-1", "days": [1, 2] }), "$.days breaks maxItems"),
            (json!({ "id": "00af-1", "days": ["1"] }), "$.days[0] breaks type"),
            (json!({ "id": "00af-1", "next": { "id": 1 } }), "$.next breaks anyOf"),
        ] {
            let found = document.breaches(&schema, &value);
            assert!(found.iter().any(|breach| breach.starts_with(at)), "{value}: {found:?}");
        }
        assert!(!document.breaches(&json!({ "unheard-of": 1 }), &json!(1)).is_empty());
    }
}
