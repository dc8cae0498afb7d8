//! wasm-bindgen, linked in: the wasm a browser or workerd loads, and its JavaScript.

use super::compile::kept;
use super::layout::files_below;
use super::{Flavour, names};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// One bound crate: its wasm, its JavaScript, and the snippets that the JavaScript imports.
#[derive(Debug)]
pub struct Bound {
    /// The wasm file's bytes.
    pub wasm: Vec<u8>,
    /// When it was made, milliseconds since 1970.
    pub built_ms: u128,
    /// The JavaScript around it.
    pub js: String,
    /// By the path under which the JavaScript imports them, `./snippets/..`.
    pub snippets: Vec<(String, String)>,
}

/// Binds a crate for a browser.
///
/// # Errors
/// When the compiled wasm is missing or cannot be bound.
pub fn page(ws: &Workspace, flavour: Flavour, lib: &str) -> Result<Bound> {
    bind(ws, flavour, lib, |bindgen| {
        bindgen
            .web(true)?
            .typescript(false)
            .remove_name_section(flavour == Flavour::Shipped)
            .remove_producers_section(true);
        Ok(())
    })
}

/// Binds a crate for workerd: an ES module that can start a new instance after a panic.
///
/// # Errors
/// When the compiled wasm is missing or cannot be bound.
pub fn worker(ws: &Workspace, flavour: Flavour, lib: &str) -> Result<Bound> {
    let mut bound = bind(ws, flavour, lib, |bindgen| {
        bindgen.module(true)?.typescript(false).reset_state_function(true).force_enable_abort_handler(true);
        Ok(())
    })?;
    // workerd hands a wasm module over as an ordinary import.
    bound.js = bound.js.replace("import source ", "import ");
    Ok(bound)
}

/// The name of every bound pair: `index.js`, `index_bg.wasm`.
const OUT_NAME: &str = "index";

fn bind(
    ws: &Workspace,
    flavour: Flavour,
    lib: &str,
    configure: impl FnOnce(&mut Bindgen) -> Result<()>,
) -> Result<Bound> {
    let wasm = fs::read(kept(ws, flavour, lib)).with_context(|| format!("cargo built no {lib}.wasm"))?;
    let folder = ws.scratch().join(flavour.folder()).join(lib);
    let stamp = folder.join(".input");
    let hash = names::hash(&wasm);
    if fs::read_to_string(&stamp).is_ok_and(|seen| seen == hash) {
        return read(&folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).context("clearing earlier results of wasm-bindgen")?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes(OUT_NAME, wasm).out_name(OUT_NAME);
    configure(&mut bindgen)?;
    bindgen.generate(&folder).with_context(|| format!("wasm-bindgen on {lib}"))?;
    fs::write(&stamp, hash).context("noting what was bound")?;
    read(&folder)
}

fn read(folder: &Path) -> Result<Bound> {
    let js = fs::read_to_string(folder.join("index.js")).context("wasm-bindgen's JavaScript")?;
    let wasm = fs::read(folder.join("index_bg.wasm")).context("wasm-bindgen's wasm")?;
    let mut snippets = Vec::new();
    for path in files_below(&folder.join("snippets"))? {
        let text = fs::read_to_string(&path).context("a snippet of wasm-bindgen")?;
        let name = path.strip_prefix(folder).context("a snippet's path")?;
        snippets.push((format!("./{}", name.display()), text));
    }
    let made = fs::metadata(folder.join("index_bg.wasm"))?.modified()?;
    let built_ms = made.duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_millis();
    Ok(Bound { wasm, built_ms, js, snippets })
}
