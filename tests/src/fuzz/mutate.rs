//! Making a sound input unsound.

use crate::roster::dice::Dice;
use serde_json::{Map, Number, Value, json};

/// Bytes that mean something to a reader of text.
const SIGNS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b",",
    b":",
    b"-",
    b"0",
    b"1e999",
    b"\\u0000",
    b"\\ud800",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b";",
    b"\t",
    b"\"\"",
    b"\0",
    b"null",
    b"true",
    b"9223372036854775807",
    b"-1",
    b"\xe2\x80\xae",
];

/// Changes a text's bytes in one to six places.
pub(super) fn bytes(dice: &mut Dice, sound: &[u8], other: &[u8]) -> Vec<u8> {
    let mut made = sound.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(made.len() + 1);
        let span = dice.below(40).min(made.len() - at.min(made.len()));
        match dice.below(7) {
            0 if at < made.len() => made[at] ^= 1 << dice.below(8),
            1 => drop(made.drain(at..at + span)),
            2 => {
                let again = made[at..at + span].to_vec();
                made.splice(at..at, again);
            }
            3 => drop(made.splice(at..at, SIGNS[dice.below(SIGNS.len())].iter().copied())),
            4 => made.truncate(at),
            5 if !other.is_empty() => {
                let from = dice.below(other.len());
                let until = (from + dice.below(200)).min(other.len());
                made.splice(at..at, other[from..until].iter().copied());
            }
            _ => {
                let sign = SIGNS[dice.below(SIGNS.len())];
                let most = 1 << dice.below(12);
                made.splice(at..at, sign.iter().copied().cycle().take(sign.len() * most));
            }
        }
    }
    made
}

/// Changes one to four nodes of a JSON text, keeping it JSON; bytes where it is none.
pub(super) fn json(dice: &mut Dice, sound: &[u8], other: &[u8]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(sound) else { return bytes(dice, sound, other) };
    for _ in 0..=dice.below(4) {
        node(dice, &mut value, 0);
    }
    serde_json::to_vec(&value).unwrap_or_default()
}

fn node(dice: &mut Dice, value: &mut Value, depth: usize) {
    // Mostly deep inside, sometimes the whole.
    let goes_in = depth < 1 || dice.percent(70);
    match value {
        Value::Array(items) if goes_in && !items.is_empty() => {
            let at = dice.below(items.len());
            match dice.below(8) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                2 => items.reverse(),
                _ => node(dice, &mut items[at], depth + 1),
            }
        }
        Value::Object(fields) if goes_in && !fields.is_empty() => {
            let keys: Vec<String> = fields.keys().cloned().collect();
            let key = dice.pick(&keys).clone();
            match dice.below(8) {
                0 => drop(fields.remove(&key)),
                1 => rename(fields, &key),
                _ => {
                    if let Some(inner) = fields.get_mut(&key) {
                        node(dice, inner, depth + 1);
                    }
                }
            }
        }
        // A text may hold JSON of its own: a payload.
        Value::String(text) if text.starts_with('{') && dice.percent(70) => {
            if let Ok(mut inner) = serde_json::from_str::<Value>(text) {
                node(dice, &mut inner, 0);
                *text = inner.to_string();
            }
        }
        other => *other = odd(dice, other),
    }
}

fn rename(fields: &mut Map<String, Value>, key: &str) {
    if let Some(inner) = fields.remove(key) {
        fields.insert(format!("{key}x"), inner);
    }
}

fn odd(dice: &mut Dice, old: &Value) -> Value {
    match dice.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(i64::MAX),
        3 => json!(i64::MIN),
        4 => json!(u64::MAX),
        5 => Number::from_f64(1e300).map_or(Value::Null, Value::Number),
        6 => json!(""),
        7 => json!("\u{202e}\u{0}\u{feff}ё'\"--"),
        8 => json!("x".repeat(1 << dice.below(17))),
        9 => (0..dice.below(140)).fold(json!(0), |inner, _| json!([inner])),
        10 => json!({"a": old}),
        11 => json!([old, old]),
        12 => match old {
            Value::Number(n) => json!(n.as_i64().unwrap_or_default().wrapping_add(1)),
            Value::String(text) => json!(text.chars().rev().collect::<String>()),
            _ => json!([]),
        },
        _ => json!(-1),
    }
}
