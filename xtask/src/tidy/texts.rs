//! What no file of the tree may be or say: too long for one sitting; the host of a package registry.

use super::{Breach, Tree};

/// A longer file is two things.
const MAX_LINES: usize = 400;

/// First labels of hosts that hand out packages. Which one a machine uses is the machine's business.
const HANDS_OUT_PACKAGES: [&str; 6] = ["registry", "deb", "static", "index", "files", "npm"];

/// The Rust files that are too long.
pub fn long_files(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for name in tree.named("", ".rs") {
        let lines = tree.text(name).unwrap_or_default().lines().count();
        if lines > MAX_LINES {
            breaches.push(Breach::new(name, format!("has {lines} lines, more than {MAX_LINES}")));
        }
    }
    breaches
}

/// The files that name a registry's host. Cargo's own lock file names the registry's identity, not a host to ask.
pub fn registry_hosts(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for name in tree.files.iter().filter(|name| name.as_str() != "Cargo.lock") {
        let Some(text) = tree.text(name) else { continue };
        for (number, line) in text.lines().enumerate() {
            if names_a_registry(line) {
                breaches.push(Breach::new(format!("{name}:{}", number + 1), "names the host of a registry"));
            }
        }
    }
    breaches
}

fn names_a_registry(line: &str) -> bool {
    let addresses = line.match_indices("://").filter_map(|(at, sign)| line.get(at + sign.len()..));
    addresses.filter_map(|rest| rest.split_once('.')).any(|(label, _)| HANDS_OUT_PACKAGES.contains(&label))
}
