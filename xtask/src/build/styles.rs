//! One style sheet out of `frontend/styles/`, in the order of its `index.txt` (one file name a line).

use super::layout::files_below;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// All styles, concatenated.
///
/// # Errors
/// When a file of the index is missing, or a file is missing in the index.
pub fn concatenate(ws: &Workspace) -> Result<Vec<u8>> {
    let folder = ws.root.join("frontend/styles");
    let index = fs::read_to_string(folder.join("index.txt")).context("frontend/styles/index.txt")?;
    let names = index.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let listed: Vec<PathBuf> = names.map(|name| folder.join(name)).collect();
    let is_style = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "css");
    if let Some(forgotten) = files_below(&folder)?.iter().filter(is_style).find(|path| !listed.contains(path))
    {
        bail!("{} is not in frontend/styles/index.txt", forgotten.display());
    }
    let mut css = Vec::new();
    for path in listed {
        css.extend(fs::read(&path).with_context(|| path.display().to_string())?);
        css.push(b'\n');
    }
    Ok(css)
}
