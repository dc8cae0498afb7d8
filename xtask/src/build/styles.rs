//! One style sheet out of `frontend/styles/`.
//!
//! The order is that of `index.txt` (one file name a line) where there is one, else by name: the layers, declared
//! first, decide what wins, so the order of files does not.

use super::layout::files_below;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

const LAYERS: &str = "@layer reset, tokens, base, layout, components, utilities;\n";

/// All styles, concatenated.
///
/// # Errors
/// When a file of the index is missing, or a file is missing in the index.
pub fn concatenate(ws: &Workspace) -> Result<Vec<u8>> {
    let folder = ws.root.join("frontend/styles");
    let present: Vec<PathBuf> = files_below(&folder)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "css"))
        .collect();
    let index = folder.join("index.txt");
    let ordered = if index.exists() {
        let text = fs::read_to_string(&index).context("frontend/styles/index.txt")?;
        let names = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let listed: Vec<PathBuf> = names.map(|name| folder.join(name)).collect();
        if let Some(forgotten) = present.iter().find(|path| !listed.contains(path)) {
            bail!("{} is not in frontend/styles/index.txt", forgotten.display());
        }
        listed
    } else {
        present
    };
    let mut css = LAYERS.as_bytes().to_vec();
    for path in ordered {
        css.extend(fs::read(&path).with_context(|| path.display().to_string())?);
        css.push(b'\n');
    }
    Ok(css)
}
