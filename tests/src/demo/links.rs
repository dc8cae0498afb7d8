//! Role links: codes that open again and again, kept in the storage folder of the server they belong to.

use super::load;
use crate::server::Server;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// The file of the storage folder that says a demo was loaded to its end.
const FILE: &str = "demo-links.json";

/// One code for each demo role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoLinks {
    /// The key of the role's label (`hq`, `approver`, `coordinator`, `trainer`, `second-trainer`), and its code.
    pub codes: Vec<(String, String)>,
}

impl DemoLinks {
    pub(super) fn new<const N: usize>(codes: [(&str, String); N]) -> Self {
        Self { codes: codes.into_iter().map(|(label, code)| (label.to_owned(), code)).collect() }
    }

    /// Label key and address of each role, on a server at an address: its port may be another each time.
    pub fn at(&self, base_url: &str) -> Vec<(String, String)> {
        self.codes.iter().map(|(label, code)| (label.clone(), format!("{base_url}/#demo={code}"))).collect()
    }

    /// The links of a folder, where the demo was loaded to its end.
    pub fn of_folder(storage: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(storage.join(FILE)).ok()?).ok()
    }

    fn keep(&self, storage: &Path) -> Result<()> {
        fs::write(storage.join(FILE), serde_json::to_vec(self)?).context("the demo's links")
    }
}

/// The links of a running demo server; loads the demo where its folder has none.
///
/// A load that was broken off is begun again from nothing: until there are links, the folder holds nobody's work.
///
/// # Errors
/// Where the server refuses a step, or was not started as a demo server.
pub fn open(server: &mut Server, progress: &mut dyn FnMut(&str)) -> Result<DemoLinks> {
    if let Some(links) = DemoLinks::of_folder(server.storage()) {
        return Ok(links);
    }
    anyhow::ensure!(server.options().demo, "not a demo server");
    let begun = server.storage().join("demo-begun");
    if begun.exists() {
        server.kill()?;
        fs::remove_dir_all(server.storage().join("objects")).context("the broken-off demo")?;
        server.restart()?;
    }
    fs::write(&begun, "The demo is being loaded.\n")?;
    let links = load(&server.base_url(), &server.options().operator_key.clone(), progress)?;
    links.keep(server.storage())?;
    fs::remove_file(&begun)?;
    Ok(links)
}
