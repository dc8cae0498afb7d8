//! The storage folder: what makes a folder one, and what it remembers about how it was made.
//!
//! `operator.key` proves the operator to the server. `demo` says that role links exist; it is set when the folder is
//! made and never afterwards, so a folder with real records can never be opened to everybody.

use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A storage folder.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it was made with the demo.
    pub is_demo: bool,
    /// Whether it was made just now.
    pub is_new: bool,
    /// The operator's key.
    pub operator_key: String,
}

impl Folder {
    /// Opens a folder, or makes one, with the demo when asked for.
    ///
    /// # Errors
    /// A folder that holds something else, or one made with the demo where none is wanted.
    pub fn open(path: &Path, with_demo: bool) -> Result<Self> {
        let key_file = path.join("operator.key");
        let marker = path.join("demo");
        let is_new = !key_file.exists();
        if is_new {
            if holds_something(path)? {
                bail!(
                    "{} holds something else than Cascade's records: choose another --storage",
                    path.display()
                );
            }
            Self::found(path, with_demo)?;
        }
        let is_demo = marker.exists();
        if is_demo && !with_demo {
            bail!("{} was made with the demo: choose another --storage", path.display());
        }
        if with_demo && !is_demo {
            println!("{} was made without the demo; there are no role links.", path.display());
        }
        let operator_key = fs::read_to_string(&key_file).context("operator.key")?.trim().to_owned();
        if operator_key.len() < 32 {
            bail!("operator.key is damaged: put the saved one back");
        }
        Ok(Self { path: path.to_owned(), is_demo, is_new, operator_key })
    }

    /// Makes a folder one: gives it an operator's key of its own, and the demo's mark where it is one.
    ///
    /// # Errors
    /// When it cannot be written, or has a key.
    pub fn found(path: &Path, is_demo: bool) -> Result<()> {
        fs::create_dir_all(path).with_context(|| path.display().to_string())?;
        if is_demo {
            fs::write(path.join("demo"), "This folder was made with the demo: anybody may take any role.\n")?;
        }
        let key_file = path.join("operator.key");
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(&key_file)?;
        file.write_all(format!("{}\n", random_key()?).as_bytes()).context("operator.key")
    }
}

/// A lock alone is what an interrupted start leaves.
fn holds_something(path: &Path) -> Result<bool> {
    if !path.exists() {
        return Ok(false);
    }
    let entries = fs::read_dir(path).context("the storage folder")?;
    Ok(entries.flatten().any(|entry| entry.file_name() != "lock"))
}

/// 256 random bits in hexadecimal, from the system.
fn random_key() -> Result<String> {
    let mut bytes = [0_u8; 32];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("random numbers")?;
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_key_and_how_it_was_made() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("storage");
        let made = Folder::open(&path, true).unwrap();
        assert!(made.is_demo);
        assert_eq!(made.operator_key.len(), 64);
        let again = Folder::open(&path, true).unwrap();
        assert_eq!(again.operator_key, made.operator_key);
        assert!(Folder::open(&path, false).unwrap_err().to_string().ends_with("choose another --storage"));
    }

    #[test]
    fn a_folder_made_without_the_demo_never_gets_it() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("storage");
        assert!(!Folder::open(&path, false).unwrap().is_demo);
        assert!(!Folder::open(&path, true).unwrap().is_demo);
    }

    #[test]
    fn a_folder_with_something_else_is_left_alone() {
        let parent = tempfile::tempdir().unwrap();
        fs::write(parent.path().join("letter.txt"), "dear").unwrap();
        assert!(Folder::open(parent.path(), true).unwrap_err().to_string().contains("holds something else"));
    }
}
