//! The target's standard library without rustup: built from Debian's `rust-src` of exactly the compiler in use.
//!
//! Debian carries the sources of several compilers, one a suite. Whichever mirror the machine's own apt sources name
//! is asked, through apt, so that its proxy, credentials and signatures hold.

use super::apt::Apt;
use super::wasm_target::{TARGET, libraries_folder, sysroot};
use crate::build::files_below;
use crate::command;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// From the oldest suite that may have it to the newest.
const SUITES: [&str; 5] = ["bookworm", "trixie", "trixie-backports", "forky", "sid"];

const PACKAGE: &str = "rust-src";

/// Builds it into the toolchain.
///
/// # Errors
/// When apt is missing, no suite has the version, or the build fails.
pub fn build(ws: &Workspace) -> Result<()> {
    let version = compiler_version()?;
    let folder = ws.scratch().join("rust-src");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("clearing an earlier attempt")?;
    }
    fs::create_dir_all(&folder).context("a folder for rust-src")?;
    let apt = Apt::open(&folder, &SUITES)?;
    let package = choose(&apt, &version)?;
    println!("downloading {PACKAGE} {package}");
    let archive = apt.download(PACKAGE, &package)?;
    let unpacked = folder.join("unpacked");
    command::run(Command::new("dpkg-deb").arg("--extract").arg(&archive).arg(&unpacked))?;
    let library = library_in(&unpacked)?;
    copy_folder(&library, &sysroot()?.join("lib/rustlib/src/rust/library"))?;
    println!("building the standard library for {TARGET}");
    let built = compile(&folder.join("empty"))?;
    install(&built)?;
    fs::remove_dir_all(&folder).context("clearing up")
}

/// `1.95.0`, as `rustc --version` says it.
fn compiler_version() -> Result<String> {
    let text = command::read(Command::new("rustc").arg("--version"))?;
    text.split_whitespace().nth(1).map(str::to_owned).context("rustc says no version")
}

/// The version of the package that has the sources of this compiler.
fn choose(apt: &Apt, compiler: &str) -> Result<String> {
    let versions = apt.versions(PACKAGE)?;
    if versions.is_empty() {
        bail!("apt could reach no mirror that has {PACKAGE}");
    }
    let wanted = |version: &&String| version.starts_with(&format!("{compiler}+dfsg"));
    match versions.iter().find(wanted) {
        Some(version) => Ok(version.clone()),
        None => bail!(
            "{PACKAGE} {compiler} is in none of {}; there is {}",
            SUITES.join(", "),
            versions.join(", ")
        ),
    }
}

/// The `library/` folder of the sources, wherever the package puts it.
fn library_in(unpacked: &Path) -> Result<PathBuf> {
    let sources = unpacked.join("usr/src");
    let entries = fs::read_dir(&sources).context("the package rust-src has an unknown layout")?;
    let mut folders = entries.flatten().map(|entry| entry.path().join("library"));
    folders.find(|folder| folder.join("std").is_dir()).context("the package rust-src holds no library/std")
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for path in files_below(from)? {
        let target = to.join(path.strip_prefix(from).context("a path below the folder")?);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("the toolchain cannot be written to: {}", parent.display()))?;
        }
        fs::copy(&path, &target).with_context(|| target.display().to_string())?;
    }
    Ok(())
}

/// Compiles an empty crate with its own standard library; returns the folder of the libraries.
fn compile(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder.join("src"))?;
    fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    fs::write(folder.join("src/lib.rs"), "")?;
    // Without embedded bitcode, link-time optimisation of what ships would fail.
    command::run(
        command::cargo()
            .current_dir(folder)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .args(["build", "--release", "--target", TARGET, "--target-dir", "target"])
            .arg("-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test"),
    )?;
    Ok(folder.join("target").join(TARGET).join("release/deps"))
}

fn install(built: &Path) -> Result<()> {
    let to = libraries_folder()?;
    fs::create_dir_all(&to)
        .with_context(|| format!("the toolchain cannot be written to: {}", to.display()))?;
    for entry in fs::read_dir(built).context("the built libraries")? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            fs::copy(&path, to.join(&name)).with_context(|| name.clone())?;
        }
    }
    Ok(())
}
