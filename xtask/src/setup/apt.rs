//! A package of a suite that is not this machine's own, found and downloaded by apt itself.
//!
//! apt works in a folder of ours, on the mirrors that the machine's own sources name: nothing of the machine's state
//! changes, no root is needed, and signatures are checked as always.

use crate::command;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// apt on a list of sources of its own.
#[derive(Debug)]
pub struct Apt {
    folder: PathBuf,
}

impl Apt {
    /// Reads the indexes of these suites from every mirror of this machine that has them.
    ///
    /// # Errors
    /// When the machine has no apt, or apt no source.
    pub fn open(folder: &Path, suites: &[&str]) -> Result<Self> {
        if command::which("apt-get").is_none() {
            bail!("this machine has no apt");
        }
        let mut sources = String::new();
        for mirror in mirrors()? {
            for suite in suites {
                sources.push_str(&format!("deb {mirror} {suite} main\n"));
            }
        }
        for inner in ["state/lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(inner)).context("a folder for apt")?;
        }
        fs::write(folder.join("sources.list"), sources)?;
        let apt = Self { folder: folder.to_owned() };
        // A suite that a mirror does not have is an error to apt; the others are there all the same.
        let _ = command::read(apt.command("apt-get").args(["update", "--quiet=2"]));
        Ok(apt)
    }

    /// The versions of a package in those suites.
    ///
    /// # Errors
    /// When apt cannot be run.
    pub fn versions(&self, package: &str) -> Result<Vec<String>> {
        let table = command::read(self.command("apt-cache").args(["madison", package]))?;
        Ok(table.lines().filter_map(|line| Some(line.split('|').nth(1)?.trim().to_owned())).collect())
    }

    /// Downloads one version into the folder; returns the archive.
    ///
    /// # Errors
    /// When the download fails or its signature does not hold.
    pub fn download(&self, package: &str, version: &str) -> Result<PathBuf> {
        command::read(self.command("apt-get").arg("download").arg(format!("{package}={version}")))?;
        let mut entries = fs::read_dir(&self.folder)?.flatten().map(|entry| entry.path());
        entries
            .find(|path| path.extension().is_some_and(|ending| ending == "deb"))
            .context("apt left no archive")
    }

    fn command(&self, program: &str) -> Command {
        let at = |name: &str| self.folder.join(name).display().to_string();
        let mut command = Command::new(program);
        command.current_dir(&self.folder).args([
            "-o",
            &format!("Dir::Etc::SourceList={}", at("sources.list")),
            "-o",
            "Dir::Etc::SourceParts=/dev/null",
            "-o",
            &format!("Dir::State={}", at("state")),
            "-o",
            &format!("Dir::Cache={}", at("cache")),
            "-o",
            "APT::Sandbox::User=",
            "-o",
            "Acquire::Languages=none",
        ]);
        command
    }
}

/// The base addresses of the machine's apt sources, without repetition.
fn mirrors() -> Result<Vec<String>> {
    let folder = Path::new("/etc/apt");
    let mut files = vec![folder.join("sources.list")];
    if let Ok(entries) = fs::read_dir(folder.join("sources.list.d")) {
        files.extend(entries.flatten().map(|entry| entry.path()));
    }
    let is_source =
        |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "list" || ending == "sources");
    let mut found = Vec::new();
    for path in files.iter().filter(is_source) {
        let text = fs::read_to_string(path).unwrap_or_default();
        for address in addresses(&text) {
            if !found.contains(&address) {
                found.push(address);
            }
        }
    }
    if found.is_empty() {
        bail!("this machine has no apt sources");
    }
    Ok(found)
}

/// The addresses in an apt source file of either form.
fn addresses(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines
        .filter(|line| line.starts_with("deb ") || line.starts_with("URIs:"))
        .flat_map(str::split_whitespace)
        .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
        .map(|word| word.trim_end_matches('/').to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_are_read_from_both_forms_of_source_files() {
        let old = "# deb http://off.example/debian sid main\ndeb [arch=amd64] http://a.example/debian/ trixie main\n";
        let new = "Types: deb\nURIs: http://b.example/debian https://c.example/debian/\nSuites: trixie\n";
        assert_eq!(addresses(old), ["http://a.example/debian"]);
        assert_eq!(addresses(new), ["http://b.example/debian", "https://c.example/debian"]);
    }
}
