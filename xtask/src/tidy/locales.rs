//! Every complete locale says every message, with the same variables.

use super::{Breach, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// The locales that ship complete. The first is the one the others are compared with.
const COMPLETE: [&str; 2] = ["en", "ru"];

/// The variables of each message, by area and id.
type Messages = BTreeMap<(String, String), BTreeSet<String>>;

/// The messages that one of them lacks, or says with other variables.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let [first, others @ ..] = COMPLETE;
    let expected = messages(tree, first);
    let mut breaches = Vec::new();
    for locale in others {
        let found = messages(tree, locale);
        for ((area, id), variables) in &expected {
            let place = format!("frontend/locales/{locale}/{area}");
            match found.get(&(area.clone(), id.clone())) {
                None => breaches.push(Breach::new(place, format!("does not say {id}"))),
                Some(others) if others != variables => {
                    breaches.push(Breach::new(place, format!("says {id} with other variables than {first}")));
                }
                Some(_) => {}
            }
        }
        for (area, id) in found.keys().filter(|key| !expected.contains_key(*key)) {
            breaches.push(Breach::new(
                format!("frontend/locales/{first}/{area}"),
                format!("does not say {id}, which {locale} says"),
            ));
        }
    }
    breaches
}

fn messages(tree: &Tree, locale: &str) -> Messages {
    let folder = format!("frontend/locales/{locale}/");
    let mut found = Messages::new();
    for name in tree.named(&folder, ".ftl") {
        let area = name.trim_start_matches(&folder).to_owned();
        let text = tree.text(name).unwrap_or_default();
        let mut id = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) =
                line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_alphabetic()))
            {
                id = Some(name.trim().to_owned());
            }
            if let Some(id) = &id {
                found.entry((area.clone(), id.clone())).or_default().extend(variables(line));
            }
        }
    }
    found
}

/// `{ $count }` and `NUMBER($count)` name `count`.
fn variables(line: &str) -> impl Iterator<Item = String> {
    line.split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect())
}
