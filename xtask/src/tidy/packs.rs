//! Every programme pack that ships can be read.

use super::{Breach, Tree};

/// The packs that cannot, with the first thing wrong.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for name in tree.named("programmes/", "/programme.json") {
        let Some(text) = tree.text(name) else {
            breaches.push(Breach::new(name, "is not text in UTF-8"));
            continue;
        };
        if let Err(problems) = shared::programme::read(&text) {
            let first = problems.first().map(|problem| format!("{problem:?}")).unwrap_or_default();
            breaches.push(Breach::new(
                name,
                format!("cannot be read; {} problems, first: {first}", problems.len()),
            ));
        }
    }
    breaches
}
