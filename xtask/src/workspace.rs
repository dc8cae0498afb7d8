//! Where things are: the repository, the target folder, `dist/`.

use crate::command;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The repository's folders.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, wherever the user keeps it.
    pub target: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    target_directory: PathBuf,
}

impl Workspace {
    /// Asks cargo where its target folder is.
    ///
    /// # Errors
    /// When cargo cannot be run.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
        let text = command::read(command::cargo().current_dir(root).args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
        ]))?;
        let metadata: Metadata = serde_json::from_str(&text).context("cargo metadata")?;
        Ok(Self { root: root.to_owned(), target: metadata.target_directory })
    }

    /// Where the finished site and worker lie.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Intermediate results of the build, beside cargo's own.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("cascade")
    }
}
