//! Documents that are written from code say what the code says.

use super::{Breach, Tree};
use crate::{openapi, permissions};

/// The permission table and the OpenAPI document.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = compare(tree, permissions::PLACE, &permissions::text());
    match openapi::text() {
        Ok(text) => breaches.extend(compare(tree, openapi::PLACE, &text)),
        Err(error) => breaches.push(Breach::new(openapi::SCHEMAS, format!("{error:#}"))),
    }
    breaches
}

fn compare(tree: &Tree, place: &'static str, due: &str) -> Vec<Breach> {
    if tree.text(place).as_deref() == Some(due) {
        return vec![];
    }
    vec![Breach::new(place, "is stale: write it again with `cargo xtask docs`")]
}
