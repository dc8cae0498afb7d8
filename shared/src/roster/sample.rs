//! A small programme for tests: two regions, districts of equal names, three stages.

use crate::id::UnitCode;
use crate::programme::Programme;

pub(super) fn programme() -> Programme {
    let unit = |code: &str, parent: Option<&str>, level: &str, en: &str, ru: &str, shard: Option<&str>| {
        serde_json::json!({"code": code, "parent": parent, "level": level, "name": {"en": en, "ru": ru},
            "lat": 41.0, "lon": 73.0, "shard": shard})
    };
    let role = |code: &str, en: &str, ru: &str, seats: serde_json::Value| serde_json::json!({"code": code, "name": {"en": en, "ru": ru}, "seats": seats});
    let stage = |code: &str, en: &str| {
        serde_json::json!({"code": code, "name": {"en": en}, "participants": {"en": ""}, "organisers": {"en": ""},
            "location": {"en": ""}, "audience": [], "window": ["2021-03-01", "2021-03-18"], "days": 2,
            "slots_per_day": 1, "slot_starts_min": [540], "minutes_per_day": 360, "norm": 36, "max": 40,
            "trainers_per_session": 2, "groups_within": "district"})
    };
    let pack = serde_json::json!({
        "format": 1, "slug": "sample", "title": {"en": "Sample"}, "commission": {"en": "Commission"}, "country": "KG",
        "utc_offset_min": 360, "languages": ["ky", "ru"], "election_day": "2021-04-11",
        "units": [
            unit("N", None, "nation", "Nation", "Страна", None),
            unit("R1", Some("N"), "region", "Osh region", "Ошская область", Some("s1")),
            unit("R2", Some("N"), "region", "Batken region", "Баткенская область", Some("s2")),
            unit("D11", Some("R1"), "district", "Alay district", "Алайский район", None),
            unit("D12", Some("R1"), "district", "Lenin district", "Ленинский район", None),
            unit("D21", Some("R2"), "district", "Lenin district", "Ленинский район", None),
            unit("D22", Some("R2"), "district", "Batken city", "город Баткен", None),
            unit("R3", Some("N"), "region", "Osh city", "город Ош", Some("s3")),
            unit("D31", Some("R3"), "district", "Osh city", "город Ош", None),
        ],
        "roles": [
            role("pec-chair", "PEC chair", "Председатель УИК", serde_json::json!({"station": 1})),
            role("pec-member", "PEC member", "Член УИК", serde_json::json!({"station": 8})),
            role("rec-member", "REC member", "Член РИК", serde_json::json!("unit")),
        ],
        "stages": [stage("rec", "Training for REC members"), stage("pec", "Training for PEC members")],
        "modules": [], "calendar": {"weekly_rest": [], "holidays": []}, "published": [], "assumptions": [],
        "sources": [],
    });
    serde_json::from_value(pack).expect("a sound pack")
}

pub(super) fn code(text: &str) -> UnitCode {
    text.parse().expect("a code")
}

/// Stations 0001 and 0002 in Alay, 0007 in both districts called Lenin.
pub(super) fn stations() -> Vec<(String, UnitCode)> {
    [("0001", "D11"), ("0002", "D11"), ("0007", "D12"), ("0007", "D21")]
        .map(|(station, unit)| (station.to_owned(), code(unit)))
        .into()
}
