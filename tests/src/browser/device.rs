//! The device around the page: a slower processor, no network, permissions asked of the person, files downloaded.

use super::Browser;
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

/// The folder of downloads within a profile.
pub(super) const DOWNLOADS: &str = "downloads";

impl Browser {
    /// Slows the page's processor by a factor; 1 is full speed.
    pub fn slow_cpu(&self, rate: f64) -> Result<()> {
        self.cpu_rate.set(rate);
        self.apply_cpu_rate()
    }

    /// Tells the current tab that there is no network: its requests fail and `navigator.onLine` is false.
    ///
    /// Requests of a service worker still go through: cut a [`crate::proxy::Proxy`] for a true loss of signal.
    pub fn set_offline(&self, offline: bool) -> Result<()> {
        let throughput = if offline { 0 } else { -1 };
        self.wire.devtools("Network.enable", json!({}))?;
        let params = json!({
            "offline": offline, "latency": 0, "downloadThroughput": throughput, "uploadThroughput": throughput,
        });
        self.wire.devtools("Network.emulateNetworkConditions", params).map(drop)
    }

    /// Grants the page's origin permissions by their DevTools names: `durableStorage`, `videoCapture`,
    /// `notifications`, `clipboardReadWrite`; all others count as refused.
    pub fn grant(&self, permissions: &[&str]) -> Result<()> {
        let origin = self.js("return location.origin", &[])?;
        let params = json!({ "origin": origin, "permissions": permissions });
        self.wire.devtools("Browser.grantPermissions", params).map(drop)
    }

    /// Waits for a download whose name ends as asked and gives its path.
    pub fn wait_download(&self, name_ends: &str) -> Result<PathBuf> {
        let dir = self.profile.dir.join(DOWNLOADS);
        self.wait_for(&format!("a download ending in {name_ends}"), || {
            if !dir.is_dir() {
                return Ok(None);
            }
            for entry in fs::read_dir(&dir)? {
                let entry = entry?;
                // While it is being written it has another ending.
                if entry.file_name().to_string_lossy().ends_with(name_ends) {
                    return Ok(Some(entry.path()));
                }
            }
            Ok(None)
        })
    }
}
