//! A register's value as named texts: what the list compares. It follows from how registers are written as JSON, so a
//! table that is added later is listed without a line here.

use crate::state::Cell;
use serde_json::Value;
use std::collections::BTreeMap;

/// The table's name and its fields; what is blank is left out.
pub fn of(cell: &Cell) -> (String, BTreeMap<String, String>) {
    let Ok(Value::Object(table)) = serde_json::to_value(cell) else { return Default::default() };
    let Some((register, Value::Array(pair))) = table.into_iter().next() else { return Default::default() };
    let fields = match pair.into_iter().nth(1) {
        Some(Value::Object(card)) => {
            card.into_iter().filter_map(|(name, value)| text(&value).map(|text| (name, text))).collect()
        }
        Some(value) => text(&value).map(|text| ("value".to_owned(), text)).into_iter().collect(),
        None => BTreeMap::new(),
    };
    (register, fields)
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().any(Value::is_array) => items.len().to_string(),
        Value::Array(items) => items.iter().filter_map(text_of_item).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

fn text_of_item(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) | Value::Object(_) => Some(value.to_string()),
        other => text(other),
    }
}
