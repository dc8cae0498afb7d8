//! The reader against `serde_json`: the same values, and nothing that it refuses.

use super::read;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Point,
    Side(i32),
    Pair(u8, String),
    Named { width: u64, note: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
enum Tagged {
    First,
    Second {
        people: u32,
    },
    #[serde(other)]
    Newer,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Card {
    id: u64,
    offset: i64,
    share: f32,
    open: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    by_number: BTreeMap<u32, Shape>,
    list: Vec<(u8, Shape)>,
    nothing: (),
    #[serde(flatten)]
    why: Tagged,
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Point),
        any::<i32>().prop_map(Shape::Side),
        (any::<u8>(), any::<String>()).prop_map(|(n, word)| Shape::Pair(n, word)),
        (any::<u64>(), any::<Option<String>>()).prop_map(|(width, note)| Shape::Named { width, note }),
    ]
}

fn card() -> impl Strategy<Value = Card> {
    let why = prop_oneof![Just(Tagged::First), any::<u32>().prop_map(|people| Tagged::Second { people })];
    let lists = (
        prop::collection::btree_map(any::<u32>(), shape(), 0..4),
        prop::collection::vec((any::<u8>(), shape()), 0..4),
    );
    let flat = (any::<u64>(), any::<i64>(), -1000_i16..1000, any::<bool>(), any::<Option<String>>());
    (flat, lists, why).prop_map(|((id, offset, share, open, name), (by_number, list), why)| Card {
        id,
        offset,
        share: f32::from(share) / 8.0,
        open,
        name,
        by_number,
        list,
        nothing: (),
        why,
    })
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-99_999_999_i64..99_999_999).prop_map(|n| Value::from(n as f64 / 1e6)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_typed_value_comes_back_as_it_was_written(card in card()) {
        let compact = serde_json::to_string(&card).unwrap();
        prop_assert_eq!(read::<Card>(&compact), Ok(card.clone()));
        let spaced = serde_json::to_string_pretty(&card).unwrap();
        prop_assert_eq!(read::<Card>(&spaced), Ok(card));
    }

    #[test]
    fn any_json_is_read_as_serde_json_reads_it(value in json()) {
        let text = value.to_string();
        prop_assert_eq!(read::<Value>(&text), Ok(value));
    }

    #[test]
    fn a_text_is_json_here_where_it_is_json_for_serde_json(
        text in r#"[\[\]{},:"0-9eE.+\- \\untrlfasbd/\x00-\x1f]{0,12}"#,
    ) {
        prop_assert_eq!(read::<Value>(&text).ok(), serde_json::from_str::<Value>(&text).ok(), "{}", text);
    }

    #[test]
    fn a_damaged_text_gives_no_panic(card in card(), at in any::<prop::sample::Index>(), c in any::<char>()) {
        let mut text: Vec<char> = serde_json::to_string(&card).unwrap().chars().collect();
        let at = at.index(text.len());
        text[at] = c;
        let damaged: String = text.into_iter().collect();
        prop_assert_eq!(read::<Value>(&damaged).ok(), serde_json::from_str::<Value>(&damaged).ok());
        let _ = read::<Card>(&damaged);
        let cut: String = damaged.chars().take(at).collect();
        prop_assert!(read::<Card>(&cut).is_err());
    }
}

#[test]
fn escapes_and_the_ends_of_numbers_are_read() {
    for text in [
        r#""\u0041\n\ud83d\ude00\"\\\/\b\f\r\t""#,
        "18446744073709551615",
        "-9223372036854775808",
        "1e3",
        "-0.5",
        "2.5E-2",
        "123456789012345678901234567890",
        " [1 , 2 ] ",
        "{}",
    ] {
        let wanted: Value = serde_json::from_str(text).unwrap();
        assert_eq!(read::<Value>(text), Ok(wanted), "{text}");
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "",
        " ",
        "01",
        "-",
        "1.",
        "1e",
        ".5",
        "+1",
        "[1,]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\x\"",
        "\"open",
        "\"a\nb\"",
        "nul",
        "truex",
        "1 2",
        "[1",
        "1e999",
        "\u{0}",
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        assert!(read::<Value>(text).is_err(), "{text}");
    }
}

#[test]
fn nesting_has_an_end() {
    for (depth, fits) in [(127, true), (128, false), (100_000, false)] {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(read::<Value>(&text).is_ok(), fits, "{depth}");
        assert_eq!(serde_json::from_str::<Value>(&text).is_ok(), fits, "{depth}");
        assert_eq!(read::<serde::de::IgnoredAny>(&text).is_ok(), fits, "{depth}");
    }
}

#[test]
fn a_value_can_be_kept_as_its_text() {
    let raw: Vec<&serde_json::value::RawValue> = read(r#"[{"a" : [1, "x]"]}, 5 ,"w"]"#).unwrap();
    let texts: Vec<&str> = raw.iter().map(|r| r.get()).collect();
    assert_eq!(texts, [r#"{"a" : [1, "x]"]}"#, "5", "\"w\""]);
}

#[test]
fn a_number_too_great_for_its_type_is_refused() {
    assert!(read::<u8>("256").is_err());
    assert!(read::<u32>("-1").is_err());
    assert!(read::<u64>("1.0").is_err());
    assert_eq!(read::<i64>("-5"), Ok(-5));
    assert_eq!(read::<f64>("5"), Ok(5.0));
}
