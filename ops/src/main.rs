//! The commands, as `cargo xtask` hands them on.

use anyhow::{Context, Result, bail};
use cascade_ops::export::Contacts;
use cascade_ops::restore::Part;
use cascade_ops::{backup, export, recovery, restore, scrub, utc as at, verify};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nCannot go on: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// False when it ran to its end and found something wrong, and has said what.
fn run(words: &[String]) -> Result<bool> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["backup", options @ ..] => {
            let mut options = Options::read(options, &["--storage", "--out"], &[])?;
            run_backup(&options.storage(), &options.path("--out")?)?;
        }
        ["restore", options @ ..] => {
            let mut options = Options::read(options, &["--storage", "--from"], &["--registry-only"])?;
            let part = if options.flag("--registry-only") { Part::Registry } else { Part::Everything };
            run_restore(&options.storage(), &options.path("--from")?, part)?;
        }
        ["export", options @ ..] => {
            let mut options = Options::read(options, &["--storage", "--out"], &["--with-contacts"])?;
            let contacts = if options.flag("--with-contacts") { Contacts::With } else { Contacts::Without };
            run_export(&options.storage(), &options.path("--out")?, contacts)?;
        }
        ["recovery", options @ ..] => {
            let mut options = Options::read(options, &["--storage"], &["--end"])?;
            recovery::run(&options.storage(), options.flag("--end"))?;
        }
        ["verify", options @ ..] => {
            let named = ["--storage", "--backup", "--log", "--receipt", "--witness"];
            let mut options = Options::read(options, &named, &[])?;
            let (receipts, witnesses) = (options.paths("--receipt"), options.paths("--witness"));
            let (backup, lines) = (options.path("--backup").ok(), options.path("--log").ok());
            let storage = options.storage();
            let source = match (&backup, &lines) {
                (Some(file), _) => verify::Source::Backup(file),
                (None, Some(file)) => verify::Source::Lines(file),
                (None, None) => verify::Source::Storage(&storage),
            };
            return verify::run(&source, &receipts, &witnesses);
        }
        ["scrub", options @ ..] => {
            let mut options = Options::read(options, &["--storage"], &[])?;
            println!("Scrubbed: {} shards", scrub::run(&options.storage())?);
        }
        other => bail!("no such command: {}", other.join(" ")),
    }
    Ok(true)
}

fn run_backup(storage: &Path, out: &Path) -> Result<()> {
    let begun = Instant::now();
    let manifest = backup::run(storage, out)?;
    println!(
        "{}: {} databases, {} records, {} kB of records in {} kB, verified ({:.1} s)",
        out.display(),
        manifest.objects.len(),
        manifest.records(),
        manifest.bytes() / 1_000,
        std::fs::metadata(out)?.len() / 1_000,
        begun.elapsed().as_secs_f32()
    );
    println!("Whoever has this file can read all records in it: keep it like the records themselves.");
    Ok(())
}

fn run_export(storage: &Path, out: &Path, contacts: Contacts) -> Result<()> {
    let begun = Instant::now();
    let manifest = export::run(storage, out, contacts)?;
    let rows: u64 = manifest.shards.values().flat_map(|part| part.tables.values()).sum();
    let took = begun.elapsed().as_secs_f32();
    println!(
        "{}: {} shards, {rows} rows ({took:.1} s); docs/export.md says what is where",
        out.display(),
        manifest.shards.len()
    );
    if contacts == Contacts::Without {
        println!("Without phones, personal numbers and payloads: --with-contacts adds them.");
    }
    Ok(())
}

fn run_restore(storage: &Path, from: &Path, part: Part) -> Result<()> {
    let done = restore::run(storage, from, part)?;
    let manifest = &done.manifest;
    println!("{}: {} records as of {} UTC", storage.display(), manifest.records(), at(manifest.begun_ms));
    if let Some(replaced) = &done.replaced {
        println!("What was there before lies in {}", replaced.display());
        println!("Revocations carried over from it: {}", done.revocations);
    }
    for what in &done.unread {
        println!("Could not be read, revocations in it are not carried over: {what}");
    }
    println!(
        "The server starts in recovery: it lets nobody in before every shard has told it whose access has ended."
    );
    println!(
        "Join codes are void: give new ones. Tablets send again by themselves what the backup does not have."
    );
    if done.replaced.is_none() || !done.unread.is_empty() {
        println!("Access that was ended after {} UTC must be ended again.", at(manifest.begun_ms));
    }
    Ok(())
}

/// `--name value` pairs and flags.
struct Options {
    values: Vec<(String, String)>,
    flags: Vec<String>,
}

impl Options {
    fn read(words: &[&str], named: &[&str], flags: &[&str]) -> Result<Self> {
        let mut read = Self { values: vec![], flags: vec![] };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if flags.contains(word) {
                read.flags.push((*word).to_owned());
            } else if named.contains(word) {
                let value = words.next().with_context(|| format!("{word} needs a value"))?;
                read.values.push(((*word).to_owned(), (*value).to_owned()));
            } else {
                bail!("no such option: {word}");
            }
        }
        Ok(read)
    }

    fn path(&mut self, name: &str) -> Result<PathBuf> {
        let at = self.values.iter().position(|(held, _)| held == name);
        Ok(self.values.swap_remove(at.with_context(|| format!("{name} is missing"))?).1.into())
    }

    fn paths(&mut self, name: &str) -> Vec<PathBuf> {
        std::iter::from_fn(|| self.path(name).ok()).collect()
    }

    fn storage(&mut self) -> PathBuf {
        self.path("--storage").unwrap_or_else(|_| "storage".into())
    }

    fn flag(&self, name: &str) -> bool {
        self.flags.iter().any(|held| held == name)
    }
}
