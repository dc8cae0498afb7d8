//! `cargo xtask roster SLUG DIR`: the demo's roster of a programme as CSV files, to try the import with.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use cascade_tests::demo::SEED;
use cascade_tests::roster::{Language, generate, write_csv};
use std::fs;
use std::path::Path;

/// Writes the files, in English with commas and in Russian with semicolons.
///
/// # Errors
/// No such programme, one that is broken, or a folder that cannot be written.
pub fn run(ws: &Workspace, slug: &str, dir: &Path) -> Result<()> {
    let file = ws.root.join("programmes").join(slug).join("programme.json");
    let text = fs::read_to_string(&file).with_context(|| format!("no programme {slug}"))?;
    let programme = match shared::programme::read(&text) {
        Ok(programme) => programme,
        Err(problems) => bail!("{slug}: {}", problems.first().map(ToString::to_string).unwrap_or_default()),
    };
    let roster = generate(&programme, SEED)?;
    for (language, folder) in [(Language::English, "en"), (Language::Russian, "ru")] {
        let dir = dir.join(folder);
        fs::create_dir_all(&dir)?;
        write_csv(&roster, &programme, language, &dir)?;
    }
    let people = roster.members.len() + roster.commissioners.len();
    println!(
        "{people} people, {} stations, {} rooms: {}",
        roster.stations.len(),
        roster.rooms.len(),
        dir.display()
    );
    Ok(())
}
