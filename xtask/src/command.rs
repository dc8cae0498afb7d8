//! Running other programs: what they print is shown or read, and a failure names the program.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The cargo that runs this program.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end, showing what it prints.
///
/// # Errors
/// When it cannot be started or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", name(command));
    }
    Ok(())
}

/// Runs to the end, showing what it prints; whether it succeeded.
///
/// # Errors
/// When it cannot be started.
pub fn succeeds(command: &mut Command) -> Result<bool> {
    Ok(command.status().with_context(|| format!("cannot start {}", name(command)))?.success())
}

/// Runs to the end and returns what it wrote to its standard output.
///
/// # Errors
/// When it cannot be started or fails; then with what it wrote to its error output.
pub fn read(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", name(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("{} failed ({}): {}", name(command), output.status, complaint.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("what {} printed", name(command)))
}

/// The full path of a program, or nothing where the machine has none.
pub fn which(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args()).take(4);
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
