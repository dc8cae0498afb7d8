//! The page's files under the names they are served by.
//!
//! What the frontend provides, and the placeholders each may use:
//!
//! - `index.html`: `{{app_js}}` (a module whose default export starts the page) and `{{app_wasm}}`; `{{office_js}}` and
//!   `{{office_wasm}}`, the same with the office's screens; `{{styles}}`, `{{build}}`, `{{built_ms}}`, and `{{files}}`: all these names and the desk's as JSON, for an attribute in single quotes;
//! - `public/sw.js`: `{{precache}}` (a JSON list of what the page needs offline, `/` first), `{{optional}}` (a JSON
//!   list of what may be kept once it was used), `{{build}}`;
//! - `public/desk-worker.js`: `{{desk_js}}` and `{{desk_wasm}}`; a module worker;
//! - `programmes/<slug>/programme.json` is served as `/programmes/<slug>.json`, and not precached;
//! - everything else in `public/` is copied under its own name; what lies in `public/lazy/` is not precached.

use super::bindgen::Bound;
use super::layout::files_below;
use super::{names, styles};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;

/// The shell of every screen.
pub const SHELL: &str = "/index.html";
/// The service worker: never precached, never kept by a browser.
pub const SERVICE_WORKER: &str = "/sw.js";

/// A file as it will be served.
#[derive(Debug)]
pub struct File {
    /// Its plain bytes.
    pub bytes: Vec<u8>,
    /// Whether its name carries the hash of its bytes.
    pub immutable: bool,
}

/// All files of the page.
#[derive(Debug, Default)]
pub struct Site {
    /// Names these files as a whole.
    pub build: String,
    /// By path, beginning with a slash.
    pub files: BTreeMap<String, File>,
    /// The paths a first visit brings in, `/` standing for the shell.
    pub precache: Vec<String>,
}

/// The names the page cannot know before they are made.
#[derive(Debug, Default, Serialize)]
struct Names {
    app_js: String,
    app_wasm: String,
    office_js: String,
    office_wasm: String,
    styles: String,
    desk_worker: String,
    desk_js: String,
    desk_wasm: String,
    build: String,
    /// When the page's wasm was compiled, milliseconds since 1970: no right clock shows an earlier time.
    built_ms: String,
}

impl Site {
    fn add_hashed(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let path = format!("/{}", names::hashed(name, &bytes));
        self.files.insert(path.clone(), File { bytes, immutable: true });
        path
    }

    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), File { bytes, immutable: false });
    }

    /// A bound crate: returns the paths of its JavaScript and its wasm.
    fn add_bound(&mut self, name: &str, bound: &Bound) -> (String, String) {
        let wasm = self.add_hashed(&format!("{name}.wasm"), bound.wasm.clone());
        let mut js = bound.js.replace("index_bg.wasm", wasm.trim_start_matches('/'));
        for (import, text) in &bound.snippets {
            let snippet = self.add_hashed("snippet.js", text.clone().into_bytes());
            js = js.replace(import.as_str(), &format!(".{snippet}"));
        }
        (self.add_hashed(&format!("{name}.js"), js.into_bytes()), wasm)
    }

    /// One name for all bytes: the files under their names, and the two templates before the name is put in.
    fn name_build(&self, templates: [&str; 2]) -> String {
        let mut text = templates.concat();
        for (path, file) in &self.files {
            text.push_str(path);
            text.push_str(&names::hash(&file.bytes));
        }
        names::short_hash(text.as_bytes())
    }
}

/// Gathers and names the files.
///
/// # Errors
/// When a template or a style sheet cannot be read.
pub fn assemble(ws: &Workspace, app: &Bound, office: &Bound, desk: &Bound) -> Result<Site> {
    let mut site = Site::default();
    let mut names = Names { built_ms: app.built_ms.to_string(), ..Names::default() };
    (names.app_js, names.app_wasm) = site.add_bound("app", app);
    (names.office_js, names.office_wasm) = site.add_bound("office", office);
    (names.desk_js, names.desk_wasm) = site.add_bound("desk", desk);
    names.styles = site.add_hashed("styles.css", styles::concatenate(ws)?);

    let mut service_worker = String::new();
    let public = ws.root.join("frontend/public");
    for path in files_below(&public)? {
        let name =
            path.strip_prefix(&public).context("a public file's path")?.to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        match name.as_str() {
            "sw.js" => service_worker = String::from_utf8(bytes).context("frontend/public/sw.js")?,
            "desk-worker.js" => {
                let text = String::from_utf8(bytes).context("frontend/public/desk-worker.js")?;
                names.desk_worker = site.add_hashed("desk-worker.js", fill(&text, &names).into_bytes());
            }
            _ => site.add(&format!("/{name}"), bytes),
        }
    }

    for pack in files_below(&ws.root.join("programmes"))? {
        let slug =
            pack.parent().and_then(|folder| folder.file_name()).context("a pack lies in its folder")?;
        if pack.file_name().is_some_and(|name| name == "programme.json") {
            let bytes = fs::read(&pack).with_context(|| pack.display().to_string())?;
            site.add(&format!("/programmes/{}.json", slug.to_string_lossy()), bytes);
        }
    }

    let shell_template =
        fs::read_to_string(ws.root.join("frontend/index.html")).context("frontend/index.html")?;
    names.build = site.name_build([&shell_template, &service_worker]);
    site.build.clone_from(&names.build);

    let is_lazy = |path: &&String| {
        ["/desk", "/office", "/lazy/", "/programmes/"].iter().any(|start| path.starts_with(start))
    };
    let (lazy, needed): (Vec<&String>, Vec<&String>) = site.files.keys().partition(is_lazy);
    let mut precache = vec!["/".to_owned()];
    precache.extend(needed.into_iter().cloned());
    let optional = serde_json::to_string(&lazy)?;

    let listing = serde_json::to_string(&names)?.replace('&', "&amp;").replace('\'', "&#39;");
    let shell = fill(&shell_template, &names).replace("{{files}}", &listing);
    if !service_worker.is_empty() {
        let text = fill(&service_worker, &names)
            .replace("{{precache}}", &serde_json::to_string(&precache)?)
            .replace("{{optional}}", &optional);
        site.add(SERVICE_WORKER, text.into_bytes());
    }
    site.add(SHELL, shell.into_bytes());
    site.precache = precache;
    Ok(site)
}

fn fill(template: &str, names: &Names) -> String {
    template
        .replace("{{app_js}}", &names.app_js)
        .replace("{{app_wasm}}", &names.app_wasm)
        .replace("{{office_js}}", &names.office_js)
        .replace("{{office_wasm}}", &names.office_wasm)
        .replace("{{styles}}", &names.styles)
        .replace("{{desk_js}}", &names.desk_js)
        .replace("{{desk_wasm}}", &names.desk_wasm)
        .replace("{{build}}", &names.build)
        .replace("{{built_ms}}", &names.built_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound() -> Bound {
        Bound {
            wasm: vec![0, 97, 115, 109],
            built_ms: 0,
            js: "import { a } from './snippets/x-1/inline0.js';\nload('index_bg.wasm');\n".into(),
            snippets: vec![("./snippets/x-1/inline0.js".into(), "export const a = 1;".into())],
        }
    }

    #[test]
    fn every_name_inside_the_javascript_is_a_served_one() {
        let mut site = Site::default();
        let (js, wasm) = site.add_bound("app", &bound());
        let text = String::from_utf8(site.files[&js].bytes.clone()).unwrap();
        let snippet = site.files.keys().find(|path| path.starts_with("/snippet-")).unwrap();
        assert_eq!(text, format!("import {{ a }} from '.{snippet}';\nload('{}');\n", &wasm[1..]));
    }

    #[test]
    fn the_build_is_named_by_every_byte_and_by_the_templates() {
        let mut site = Site::default();
        site.add("/a.txt", b"one".to_vec());
        let first = site.name_build(["shell", "worker"]);
        assert_eq!(first, site.name_build(["shell", "worker"]));
        assert_ne!(first, site.name_build(["shell", "worker 2"]));
        site.add("/a.txt", b"two".to_vec());
        assert_ne!(first, site.name_build(["shell", "worker"]));
    }
}
