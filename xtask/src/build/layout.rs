//! Putting files on disk: only what differs is written, and what no longer belongs is removed.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Makes the folder hold exactly these files, given by path beginning with a slash.
///
/// # Errors
/// When the folder cannot be read or written.
pub fn write(folder: &Path, files: &BTreeMap<String, &[u8]>) -> Result<()> {
    for (path, bytes) in files {
        let path = folder.join(path.trim_start_matches('/'));
        if fs::read(&path).is_ok_and(|present| present == *bytes) {
            continue;
        }
        write_whole(&path, bytes)?;
    }
    for path in files_below(folder)? {
        let name = path.strip_prefix(folder).context("a path below the folder")?;
        if !files.contains_key(&format!("/{}", name.to_string_lossy().replace('\\', "/"))) {
            fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

/// Writes a file beside its place and moves it there: nobody ever reads half of it.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let name = path.file_name().context("a file has a name")?.to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    fs::write(&beside, bytes).with_context(|| beside.display().to_string())?;
    fs::rename(&beside, path).with_context(|| path.display().to_string())
}

/// All files below a folder, sorted; none when there is no folder.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}
