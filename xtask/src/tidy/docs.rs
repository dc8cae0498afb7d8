//! Documents that are written from code say what the code says.

use super::{Breach, Tree};
use crate::permissions;

/// The permission table.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let held = tree.text(permissions::PLACE);
    if held.as_deref() == Some(&permissions::text()) {
        return vec![];
    }
    vec![Breach::new(permissions::PLACE, "is stale: write it again with `cargo xtask docs`")]
}
