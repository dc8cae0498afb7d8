//! `cargo xtask tidy`: the rules of the house that no compiler checks.
//!
//! Each rule reads the tree and names its breaches. The tests plant a breach of every rule in a copy of this very
//! tree and expect it named, so that a rule cannot quietly stop seeing.

mod docs;
mod imports;
mod licences;
mod locales;
mod packs;
#[cfg(test)]
mod tests;
mod texts;
mod units;

use crate::build::files_below;
use crate::command;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files a rule looks at.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    /// Relative to the root, with forward slashes, sorted.
    files: Vec<String>,
}

impl Tree {
    /// What git tracks or would track.
    fn of_git(root: &Path) -> Result<Self> {
        let listed = command::read(Command::new("git").current_dir(root).args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        // A file removed and not yet committed is still listed.
        let mut files: Vec<String> =
            listed.lines().filter(|name| root.join(name).is_file()).map(str::to_owned).collect();
        files.sort();
        files.dedup();
        Ok(Self { root: root.to_owned(), files })
    }

    /// Every file below a folder.
    #[cfg_attr(not(test), expect(dead_code, reason = "a tree without git is a test's"))]
    fn of_folder(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for path in files_below(root)? {
            let name = path.strip_prefix(root).context("a path below the folder")?;
            files.push(name.to_string_lossy().replace('\\', "/"));
        }
        Ok(Self { root: root.to_owned(), files })
    }

    /// The names with this beginning and ending.
    fn named<'a>(&'a self, beginning: &'a str, ending: &'a str) -> impl Iterator<Item = &'a str> {
        let names = self.files.iter().map(String::as_str);
        names.filter(move |name| name.starts_with(beginning) && name.ends_with(ending))
    }

    /// A file's text; nothing when it is not text.
    fn text(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.root.join(name)).ok()
    }
}

/// A broken rule and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The file, or the package.
    place: String,
    /// What is wrong there, in one sentence.
    what: String,
}

impl Breach {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// The rules that need nothing but the files.
const RULES: [fn(&Tree) -> Vec<Breach>; 6] =
    [docs::check, units::imports, packs::check, locales::check, texts::long_files, texts::registry_hosts];

/// Checks all of them.
///
/// # Errors
/// When a rule is broken; each breach is printed with its place.
pub fn run(ws: &Workspace) -> Result<()> {
    let tree = Tree::of_git(&ws.root)?;
    let mut breaches: Vec<Breach> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    let metadata = licences::metadata(&ws.root)?;
    breaches.extend(licences::check(&metadata, &tree));
    breaches.extend(units::dependencies(&metadata));
    if breaches.is_empty() {
        println!("tidy: {} files, {} packages", tree.files.len(), metadata.packages.len());
        return Ok(());
    }
    for breach in &breaches {
        println!("{breach}");
    }
    bail!("{} rules of the house are broken", breaches.len())
}
