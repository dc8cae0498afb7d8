//! `dist/site/`: each file, and beside it as `.br` and `.gz` where that pays; `files.json` describes them all.
//!
//! Compressed bytes are kept by the hash of what they hold, so an unchanged file is never compressed again.

use super::page::{File, Site};
use super::{Flavour, layout, names};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;

/// Under this a browser gains nothing: the answer fits one packet either way.
const WORTH_COMPRESSING_BYTES: usize = 512;

#[derive(Serialize)]
struct Listing<'a> {
    build: &'a str,
    files: BTreeMap<&'a str, Described>,
}

#[derive(Serialize)]
struct Described {
    #[serde(rename = "type")]
    content_type: &'static str,
    etag: String,
    size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    br: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gz: Option<usize>,
    immutable: bool,
}

struct Packed {
    br: Option<Vec<u8>>,
    gz: Option<Vec<u8>>,
}

/// Writes the site; returns how many bytes a first visit brings over the line.
///
/// # Errors
/// When a file cannot be written.
pub fn write(ws: &Workspace, flavour: Flavour, site: &Site) -> Result<usize> {
    let cache = ws.scratch().join("packed").join(flavour.folder());
    fs::create_dir_all(&cache).context("a folder for compressed files")?;
    let packed = pack_all(site, flavour, &cache)?;
    let mut outputs: BTreeMap<String, &[u8]> = BTreeMap::new();
    let mut listing = Listing { build: &site.build, files: BTreeMap::new() };
    let mut first_visit = 0;
    for (path, file) in &site.files {
        let packed = packed.get(path).with_context(|| format!("{path} was not compressed"))?;
        outputs.insert(path.clone(), &file.bytes);
        if let Some(br) = &packed.br {
            outputs.insert(format!("{path}.br"), br);
        }
        if let Some(gz) = &packed.gz {
            outputs.insert(format!("{path}.gz"), gz);
        }
        let described = Described {
            content_type: content_type(path),
            etag: names::short_hash(&file.bytes),
            size: file.bytes.len(),
            br: packed.br.as_ref().map(Vec::len),
            gz: packed.gz.as_ref().map(Vec::len),
            immutable: file.immutable,
        };
        if path == super::page::SHELL || site.precache.contains(path) {
            first_visit += described.br.unwrap_or(described.size);
        }
        listing.files.insert(path, described);
    }
    let listing = serde_json::to_vec_pretty(&listing)?;
    outputs.insert("/files.json".into(), &listing);
    layout::write(&ws.dist().join("site"), &outputs)?;
    Ok(first_visit)
}

/// Compresses on all cores; what was compressed before is read back.
fn pack_all(site: &Site, flavour: Flavour, cache: &Path) -> Result<BTreeMap<String, Packed>> {
    let mut waiting: Vec<(&String, &File)> = site.files.iter().collect();
    // The longest last: it is taken first.
    waiting.sort_by_key(|(_, file)| file.bytes.len());
    let waiting = Mutex::new(waiting);
    let done = Mutex::new(BTreeMap::new());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    while let Some((path, file)) = take(&waiting) {
                        let packed = pack(path, &file.bytes, flavour, cache)?;
                        if let Ok(mut done) = done.lock() {
                            done.insert(path.clone(), packed);
                        }
                    }
                    Ok(())
                })
            })
            .collect();
        for worker in workers {
            worker.join().map_err(|_| anyhow::anyhow!("a compressing thread ended early"))??;
        }
        Ok::<(), anyhow::Error>(())
    })?;
    done.into_inner().map_err(|_| anyhow::anyhow!("a compressing thread ended early"))
}

fn take<'a>(waiting: &Mutex<Vec<(&'a String, &'a File)>>) -> Option<(&'a String, &'a File)> {
    waiting.lock().ok()?.pop()
}

fn pack(path: &str, bytes: &[u8], flavour: Flavour, cache: &Path) -> Result<Packed> {
    if bytes.len() < WORTH_COMPRESSING_BYTES || !is_compressible(path) {
        return Ok(Packed { br: None, gz: None });
    }
    let stem = cache.join(names::hash(bytes));
    let br = kept(&stem.with_extension("br"), || brotli(bytes, flavour))?;
    let gz = kept(&stem.with_extension("gz"), || gzip(bytes, flavour))?;
    let pays = |packed: Vec<u8>| (packed.len() < bytes.len() / 20 * 19).then_some(packed);
    Ok(Packed { br: pays(br), gz: pays(gz) })
}

fn kept(path: &Path, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    if let Ok(bytes) = fs::read(path) {
        return Ok(bytes);
    }
    let bytes = make()?;
    layout::write_whole(path, &bytes)?;
    Ok(bytes)
}

fn brotli(bytes: &[u8], flavour: Flavour) -> Result<Vec<u8>> {
    let quality = if flavour == Flavour::Shipped { 11 } else { 5 };
    let params =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).context("brotli")?;
    Ok(out)
}

fn gzip(bytes: &[u8], flavour: Flavour) -> Result<Vec<u8>> {
    let level = if flavour == Flavour::Shipped { 9 } else { 5 };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(bytes).context("gzip")?;
    encoder.finish().context("gzip")
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn is_compressible(path: &str) -> bool {
    !matches!(
        ending(path),
        "png" | "jpg" | "jpeg" | "webp" | "avif" | "woff2" | "woff" | "gz" | "br" | "zip" | "pdf"
    )
}

/// The type a browser must be told; without the right one it starts neither wasm nor a module.
fn content_type(path: &str) -> &'static str {
    match ending(path) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}
