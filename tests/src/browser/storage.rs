//! What a device holds: the databases of the page's origin, the files below them, and how much it may hold.

use super::Browser;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const DUMP: &str = include_str!("scripts/dump_indexeddb.js");

impl Browser {
    /// Every database of the page's origin: `{name: {version, stores: {store: [{key, value}]}}}`.
    ///
    /// Bytes come as text where they are UTF-8, else as `{"base64": ..}`; dates as `{"date": ms}`, keys of the
    /// browser's cryptography as `{"cryptoKey": type, algorithm, extractable}`.
    pub fn dump_indexeddb(&self) -> Result<Value> {
        self.js_async(DUMP, &[]).context("reading the databases")
    }

    /// Whether a text stands anywhere in the database files of the profile, as UTF-8 or UTF-16.
    ///
    /// A find is proof; no find is not, because the browser may compress: prove absence by
    /// [`Browser::dump_indexeddb`] and [`dump_holds`].
    pub fn idb_raw_contains(&self, text: &str) -> Result<bool> {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let dir = self.profile.dir.join("Default").join("IndexedDB");
        Ok(dir.is_dir() && any_file(&dir, &|bytes| holds(bytes, text.as_bytes()) || holds(bytes, &utf16))?)
    }

    /// Lets the page's origin store so many bytes and no more; none gives back the usual share of the disk.
    pub fn set_quota(&self, bytes: Option<u64>) -> Result<()> {
        let origin = self.js("return location.origin", &[])?;
        let mut params = json!({ "origin": origin });
        if let (Some(bytes), Some(params)) = (bytes, params.as_object_mut()) {
            params.insert("quotaSize".into(), json!(bytes));
        }
        self.wire.devtools("Storage.overrideQuotaForOrigin", params).map(drop)
    }
}

/// Whether a text stands in any key or value of a dump, or in the names of its fields.
pub fn dump_holds(dump: &Value, text: &str) -> bool {
    match dump {
        Value::String(held) => held.contains(text),
        Value::Array(items) => items.iter().any(|item| dump_holds(item, text)),
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| name.contains(text) || dump_holds(value, text))
        }
        Value::Number(number) => number.to_string() == text,
        Value::Null | Value::Bool(_) => false,
    }
}

fn any_file(dir: &Path, found: &dyn Fn(&[u8]) -> bool) -> Result<bool> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let path = entry.path();
        let hit = if entry.file_type()?.is_dir() {
            any_file(&path, found)?
        } else {
            // The browser may remove a file between the listing and the reading.
            fs::read(&path).is_ok_and(|bytes| found(&bytes))
        };
        if hit {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && bytes.windows(wanted.len()).any(|window| window == wanted)
}
