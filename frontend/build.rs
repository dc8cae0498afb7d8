//! Turns `locales/<tag>/<area>.ftl` into typed functions, one a message; a missing key or variable stops the build.
//!
//! The page carries no Fluent parser: what is written here is plain data and short functions.

#[path = "build/catalog.rs"]
mod catalog;
#[path = "build/emit.rs"]
mod emit;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// Locales listed here are complete: each has every message of English, with the same variables.
const LOCALES: [&str; 2] = ["en", "ru"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let locales = Path::new(&root).join("locales");
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build");

    let mut problems = Vec::new();
    let mut catalogs = Vec::new();
    for tag in LOCALES {
        catalogs.push(read_locale(&locales.join(tag), tag, &mut problems)?);
    }
    let [english, others @ ..] = catalogs.as_slice() else { return Err("no locale".into()) };
    for (catalog, tag) in others.iter().zip(&LOCALES[1..]) {
        problems.extend(catalog::differences(english, catalog, tag));
    }
    if !problems.is_empty() {
        for problem in &problems {
            println!("cargo::error={problem}");
        }
        return Err(format!("{} problems in the locales", problems.len()).into());
    }
    let written = emit::functions(english, others);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("messages.rs"), written)?;
    Ok(())
}

fn read_locale(
    folder: &Path,
    tag: &str,
    problems: &mut Vec<String>,
) -> Result<catalog::Catalog, Box<dyn Error>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(fs::DirEntry::file_name);
    let mut all = catalog::Catalog::new();
    for entry in paths {
        let path = entry.path();
        let area = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        if path.extension().is_some_and(|e| e == "ftl") {
            catalog::read(&fs::read_to_string(&path)?, &area, tag, &mut all, problems);
        }
    }
    Ok(all)
}
