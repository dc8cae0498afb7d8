use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A small pack in which everything is right.
fn good() -> Value {
    let text = |en: &str| json!({ "en": en });
    let stage = |code: &str, first: &str, last: &str| {
        json!({
            "code": code, "name": text(code), "participants": text("Members"), "organisers": text("EC"),
            "location": text("Everywhere"), "audience": ["member"], "window": [first, last], "days": 2,
            "slots_per_day": 2, "slot_starts_min": [540, 840], "minutes_per_day": 240, "norm": 30, "max": 34,
            "trainers_per_session": 2, "groups_within": "district",
        })
    };
    let mut lower = stage("lower", "2021-03-08", "2021-03-12");
    lower["taught_by"] = json!("upper");
    json!({
        "format": 1, "slug": "small-2021", "title": text("Small"), "commission": text("EC"), "country": "KG",
        "utc_offset_min": 360, "languages": ["en", "az-Cyrl"], "election_day": "2021-04-11",
        "units": [
            { "code": "N", "parent": null, "level": "nation", "name": text("Nation"), "lat": 42.0, "lon": 74.0 },
            { "code": "R", "parent": "N", "level": "region", "name": text("Region"), "lat": 42.0, "lon": 74.0,
              "shard": "region-1", "aliases": ["Область"] },
            { "code": "D", "parent": "R", "level": "district", "name": text("District"), "lat": 42.0, "lon": 74.0 },
            { "code": "E", "parent": "R", "level": "district", "name": text("Other"), "lat": 42.0, "lon": 74.0 },
        ],
        "roles": [{ "code": "member", "name": text("Member"), "seats": { "station": 8 } }],
        "stages": [stage("upper", "2021-03-01", "2021-03-05"), lower],
        "modules": [{ "code": "m", "title": text("Topic"), "minutes": 60, "stages": ["upper", "lower"] }],
        "calendar": {
            "weekly_rest": ["saturday", "sunday"],
            "holidays": [{ "day": "2021-03-08", "name": text("Holiday") }], "working_days": ["2021-03-13"],
        },
        "published": [{ "stage": "lower", "measure": "persons", "value": 650, "precision": "exact",
                        "quote": "650 members", "source": 0 }],
        "assumptions": [{ "about": "stage.norm", "text": text("Thirty.") }],
        "sources": [{ "title": "The commission" }],
    })
}

/// The good pack with one value replaced (or added), by its JSON pointer.
fn broken(pointer: &str, value: Value) -> String {
    let mut pack = good();
    let (parent, key) = pointer.rsplit_once('/').expect(pointer);
    let parent = pack.pointer_mut(parent).expect(pointer);
    match parent {
        Value::Array(items) => {
            let at: usize = key.parse().expect(pointer);
            if at == items.len() { items.push(value) } else { items[at] = value }
        }
        parent => parent[key] = value,
    }
    pack.to_string()
}

fn faults(json: &str) -> Vec<(String, &'static str)> {
    match read(json) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|p| (p.path, p.fault.code())).collect(),
    }
}

#[test]
fn a_good_pack_is_read_with_or_without_a_byte_order_mark() {
    let json = good().to_string();
    assert_eq!(faults(&json), []);
    assert_eq!(faults(&format!("\u{feff}{json}")), []);
    assert_eq!(
        read(&json).map(|p| serde_json::to_string(&p).ok().and_then(|j| read(&j).ok()) == Some(p)),
        Ok(true)
    );
}

#[test]
fn each_broken_pack_is_told_where_and_what() {
    let unit = |code: &str, parent: &str, level: &str| json!({ "code": code, "parent": parent, "level": level, "name": { "en": code }, "lat": 1, "lon": 1 });
    let long = "x".repeat(301);
    for (pointer, value, path, code) in [
        ("/format", json!(3), "format", "format"),
        ("/slug", json!("Kyrgyzstan 2021"), "slug", "bad-name"),
        ("/title", json!({ "ru": "Без английского" }), "title", "no-english"),
        ("/title", json!({ "en": " " }), "title", "blank-text"),
        ("/title", json!({ "en": long }), "title", "long-text"),
        ("/title", json!({ "en": "x", "Russian!": "x" }), "title", "bad-tag"),
        ("/country", json!("Kyrgyzstan"), "country", "bad-country"),
        ("/utc_offset_min", json!(3600), "utc_offset_min", "out-of-range"),
        ("/languages", json!([]), "languages", "empty"),
        ("/languages/2", json!("en"), "languages[2]", "repeated"),
        ("/units/4", unit("D", "R", "district"), "units[4].code", "duplicate-code"),
        ("/units/0/level", json!("region"), "units", "no-nation"),
        (
            "/units/4",
            json!({ "code": "M", "parent": null, "level": "nation", "name": { "en": "M" }, "lat": 1, "lon": 1 }),
            "units[4].level",
            "second-nation",
        ),
        ("/units/0/parent", json!("R"), "units[0].parent", "nation-inside"),
        ("/units/2/parent", Value::Null, "units[2].parent", "no-parent"),
        ("/units/2/parent", json!("Nowhere"), "units[2].parent", "unknown-parent"),
        ("/units/1/parent", json!("D"), "units[1].parent", "unit-cycle"),
        ("/units/2/parent", json!("E"), "units[2].parent", "parent-after-child"),
        ("/units/3/parent", json!("D"), "units[3].parent", "parent-below"),
        ("/units/3/aliases", json!(["district"]), "units[3]", "ambiguous-name"),
        ("/units/3/aliases", json!([""]), "units[3].aliases[0]", "blank"),
        ("/units/3/lat", json!(91), "units[3].lat", "out-of-range"),
        ("/units/3/lon", json!(-180.5), "units[3].lon", "out-of-range"),
        ("/units/1/shard", Value::Null, "units[1].shard", "no-shard"),
        ("/units/1/shard", json!("Region 1"), "units[1].shard", "bad-name"),
        ("/units/3/shard", json!("region-1"), "units[3].shard", "duplicate-shard"),
        ("/roles/0/seats", json!({ "station": 0 }), "roles[0].seats", "out-of-range"),
        (
            "/roles/1",
            json!({ "code": "member", "name": { "en": "M" }, "seats": "unit" }),
            "roles[1].code",
            "duplicate-code",
        ),
        ("/stages", json!([]), "stages", "empty"),
        ("/stages/0/code", json!("lower"), "stages[1].code", "duplicate-code"),
        ("/stages/1/audience", json!([]), "stages[1].audience", "empty"),
        ("/stages/1/audience/0", json!("chair"), "stages[1].audience[0]", "unknown-role"),
        ("/stages/1/window", json!(["2021-03-12", "2021-03-08"]), "stages[1].window", "window-reversed"),
        ("/stages/1/window", json!(["2021-03-08", "2021-03-09"]), "stages[1].window", "window-too-short"),
        ("/stages/1/window", json!(["2001-03-08", "2021-03-09"]), "stages[1].window", "window-too-long"),
        ("/stages/1/window", json!(["2021-03-08", "2021-04-11"]), "stages[1].window", "after-election"),
        ("/stages/1/window", json!(["2021-02-22", "2021-02-26"]), "stages[1].taught_by", "taught-too-early"),
        ("/stages/1/norm", json!(35), "stages[1].norm", "norm-over-max"),
        ("/stages/1/norm", json!(0), "stages[1].norm", "out-of-range"),
        ("/stages/1/days", json!(0), "stages[1].days", "out-of-range"),
        ("/stages/1/slot_starts_min", json!([540]), "stages[1].slot_starts_min", "slot-count"),
        ("/stages/1/slot_starts_min", json!([540, 600]), "stages[1].slot_starts_min[1]", "slot-overlap"),
        ("/stages/1/slot_starts_min", json!([540, 1300]), "stages[1].slot_starts_min[1]", "out-of-range"),
        ("/stages/1/taught_by", json!("tot"), "stages[1].taught_by", "unknown-stage"),
        ("/stages/1/taught_by", json!("lower"), "stages[1].taught_by", "stage-cycle"),
        ("/stages/0/taught_by", json!("lower"), "stages[0].taught_by", "stage-cycle"),
        ("/modules/0/stages/0", json!("tot"), "modules[0].stages[0]", "unknown-stage"),
        ("/modules/0/stages", json!([]), "modules[0].stages", "empty"),
        ("/modules/0/minutes", json!(500), "stages[0].minutes_per_day", "modules-too-long"),
        ("/calendar/working_days/0", json!("2021-03-08"), "calendar.holidays[0]", "holiday-worked"),
        ("/published/0/source", json!(1), "published[0].source", "unknown-source"),
        ("/published/0/stage", json!("tot"), "published[0].stage", "unknown-stage"),
        ("/published/0/quote", json!(long), "published[0].quote", "long"),
        ("/assumptions/0/about", json!(""), "assumptions[0].about", "blank"),
        ("/sources", json!([]), "published[0].source", "unknown-source"),
    ] {
        let found = faults(&broken(pointer, value.clone()));
        assert!(found.contains(&(path.into(), code)), "{pointer} = {value}: {found:?}");
    }
}

#[test]
fn a_first_stage_that_waits_for_a_lower_one_is_told_so() {
    let mut pack = good();
    pack["stages"][0]["taught_by"] = json!("lower");
    pack["stages"][1]["taught_by"] = Value::Null;
    assert_eq!(faults(&pack.to_string()), [("stages[0].taught_by".into(), "first-stage-taught")]);
}

#[test]
fn a_stage_taught_by_one_below_it_is_told_so() {
    let mut pack = good();
    let mut middle = pack["stages"][1].clone();
    middle["code"] = json!("middle");
    middle["taught_by"] = json!("lower");
    pack["stages"].as_array_mut().expect("stages").insert(1, middle);
    assert_eq!(faults(&pack.to_string()), [("stages[1].taught_by".into(), "taught-by-later")]);
}

#[test]
fn a_second_line_with_a_first_tier_of_its_own_is_allowed() {
    let mut pack = good();
    let mut security = pack["stages"][0].clone();
    security["code"] = json!("security");
    pack["stages"].as_array_mut().expect("stages").push(security);
    assert_eq!(faults(&pack.to_string()), []);
}

#[test]
fn a_week_without_a_taught_day_is_told_so() {
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let found = faults(&broken("/calendar/weekly_rest", json!(week)));
    assert!(found.contains(&("calendar.weekly_rest".into(), "no-taught-weekday")), "{found:?}");
}

#[test]
fn a_later_format_is_named_even_where_the_rest_cannot_be_read() {
    let problems = read(r#"{ "format": 3, "tiers": [] }"#).expect_err("format 3");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].to_string(), "format: this pack is format 3; this Cascade reads 1");
    assert_eq!(problems[0].fault.params(), [("found", "3".into()), ("readable", "1".into())]);
}

#[test]
fn what_cannot_be_read_is_told_by_line() {
    for (json, line, says) in [
        ("{\n \"format\": 1,\n \"slug\": }", 3, "expected value"),
        ("", 1, "EOF"),
        ("[]", 1, "invalid"),
        ("{\n\"format\": 1,\n\"tiers\": 4 }", 3, "unknown field `tiers`"),
    ] {
        let problems = read(json).expect_err(json);
        let PackFault::Unreadable { line: found, reason, .. } = &problems[0].fault else {
            panic!("{json}: {problems:?}");
        };
        assert!(*found == line && reason.contains(says), "{json}: {problems:?}");
    }
    let problems = read(&broken("/stages/0/taught_bye", json!("x"))).expect_err("a misspelt field");
    assert!(problems[0].to_string().contains("unknown field `taught_bye`"), "{problems:?}");
}

#[test]
fn too_much_of_anything_is_refused_with_a_bounded_answer() {
    assert_eq!(faults(&" ".repeat(MAX_PACK_BYTES + 1)), [(String::new(), "file-too-large")]);
    let mut pack = good();
    let unit = pack["units"][3].clone();
    pack["units"] = Value::Array(vec![unit.clone(); MAX_UNITS + 1]);
    assert!(faults(&pack.to_string()).contains(&("units".into(), "too-many")));
    pack["units"] = Value::Array(vec![unit; 1_000]);
    assert_eq!(faults(&pack.to_string()).len(), MAX_PROBLEMS);
}

#[test]
fn codes_of_faults_are_unique() {
    let codes: BTreeSet<_> = PackFault::CODES.iter().collect();
    assert_eq!(codes.len(), PackFault::CODES.len());
}

/// Every place in a pack, as a JSON pointer.
fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, v)| pointers(v, &format!("{at}/{key}"), into)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, v)| pointers(v, &format!("{at}/{n}"), into))
        }
        _ => {}
    }
    if !at.is_empty() {
        into.push(at.into());
    }
}

proptest! {
    #[test]
    fn no_value_in_any_place_breaks_the_reader(
        place: prop::sample::Index,
        value in prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            any::<u8>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,20}".prop_map(Value::from),
            prop::sample::select(vec!["N", "R", "D", "E", "member", "upper", "lower", "en"]).prop_map(Value::from),
            Just(json!([])),
            Just(json!(["0001-01-01", "9999-12-31"])),
        ],
    ) {
        let mut all = Vec::new();
        pointers(&good(), "", &mut all);
        if let Err(problems) = read(&broken(place.get::<String>(&all), value)) {
            prop_assert!(!problems.is_empty() && problems.iter().all(|p| !p.to_string().is_empty()));
        }
    }
}
