//! The licences of everything built in, from `cargo metadata`, and of what npm installs, from its lock file.

use super::{Breach, Tree};
use crate::command;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Licences under which a commission may pass the software on without asking anybody.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What `cargo metadata` says.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    /// All packages, ours (without a source) and others'.
    pub packages: Vec<Package>,
}

/// A package.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence as an expression.
    pub license: Option<String>,
    /// Where it comes from; nothing for our own.
    pub source: Option<String>,
    /// What its manifest names, of every kind.
    #[serde(default)]
    pub dependencies: Vec<Dependency>,
}

/// A line of a manifest.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    /// The package's name.
    pub name: String,
    /// The features asked of it.
    #[serde(default)]
    pub features: Vec<String>,
}

#[derive(Deserialize)]
struct NpmLock {
    packages: BTreeMap<String, NpmPackage>,
}

#[derive(Deserialize)]
struct NpmPackage {
    license: Option<String>,
}

/// Asks cargo.
///
/// # Errors
/// When cargo fails.
pub fn metadata(root: &Path) -> Result<Metadata> {
    let text = command::read(command::cargo().current_dir(root).args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
    ]))?;
    serde_json::from_str(&text).context("cargo metadata")
}

/// The packages under a licence that is not allowed, or under none.
pub fn check(metadata: &Metadata, tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut judge = |name: String, license: Option<&str>| match license {
        Some(license) if is_allowed(license) => {}
        Some(license) => {
            breaches.push(Breach::new(name, format!("has the licence {license}, which is not allowed")))
        }
        None => breaches.push(Breach::new(name, "says no licence")),
    };
    for package in &metadata.packages {
        judge(format!("{} {}", package.name, package.version), package.license.as_deref());
    }
    for name in tree.named("", "package-lock.json") {
        let lock = tree.text(name).and_then(|text| serde_json::from_str::<NpmLock>(&text).ok());
        match lock {
            Some(lock) => {
                lock.packages
                    .iter()
                    .for_each(|(path, npm)| judge(format!("{name} {path}"), npm.license.as_deref()));
            }
            None => judge(name.to_owned(), None),
        }
    }
    breaches
}

/// Whether an expression lets us choose only allowed licences. `/` is an old way to write OR.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let allowed = either(&words, &mut at);
    allowed && at == words.len()
}

fn either(words: &[&str], at: &mut usize) -> bool {
    let mut allowed = both(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        let other = both(words, at);
        allowed = allowed || other;
    }
    allowed
}

fn both(words: &[&str], at: &mut usize) -> bool {
    let mut allowed = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        let other = one(words, at);
        allowed = allowed && other;
    }
    allowed
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let allowed = either(words, at);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return allowed && closed;
    }
    let mut name = (*word).to_owned();
    if let (Some(&"WITH"), Some(exception)) = (words.get(*at), words.get(*at + 1)) {
        name = format!("{name} WITH {exception}");
        *at += 2;
    }
    ALLOWED.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn an_expression_is_allowed_when_a_choice_of_allowed_licences_fulfils_it() {
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT OR GPL-3.0", true),
            ("MIT AND GPL-3.0", false),
            ("MIT/Apache-2.0", true),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
            ("GPL-2.0 WITH Classpath-exception-2.0", false),
            ("GPL-3.0 AND MIT OR Zlib", true),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression), expected, "{expression}");
        }
    }
}
