//! How workerd lays out its folder: `objects/<class key>/<object id>.sqlite`, beside each class a `metadata.sqlite`.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The class key of the registry; never changes, see `xtask/src/build/worker.rs`.
const REGISTRY: &str = "cascade-registry";
/// The class key of shards.
const SHARDS: &str = "cascade-shard";

/// What a database is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The registry object.
    Registry,
    /// A shard.
    Shard,
    /// The runtime's own: alarms.
    Runtime,
}

/// One database below a folder of objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Relative to the folder of objects, with forward slashes.
    pub name: String,
    /// What it is of.
    pub kind: Kind,
}

impl Object {
    /// Reads a name as this module writes it, so that no other path comes out of a backup.
    ///
    /// # Errors
    /// Any other name.
    pub fn named(name: &str) -> Result<Self> {
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let parts = name.strip_suffix(".sqlite").and_then(|stem| stem.split_once('/'));
        let Some((class, id)) = parts.filter(|(class, id)| plain(class) && plain(id)) else {
            bail!("{name:?} is not the name of a database");
        };
        let kind = match (class, id) {
            (_, "metadata") => Kind::Runtime,
            (REGISTRY, _) => Kind::Registry,
            (SHARDS, _) => Kind::Shard,
            _ => Kind::Runtime,
        };
        Ok(Self { name: name.to_owned(), kind })
    }

    /// Where it lies.
    pub fn path(&self, objects: &Path) -> PathBuf {
        objects.join(&self.name)
    }
}

/// The folder of objects in a storage folder.
pub fn folder(storage: &Path) -> PathBuf {
    storage.join("objects")
}

/// The databases, shards first and the registry last: whoever a shard's copy names is in the registry's.
///
/// # Errors
/// When the folder cannot be read.
pub fn list(objects: &Path) -> Result<Vec<Object>> {
    let mut found = vec![];
    let classes = fs::read_dir(objects).with_context(|| format!("no records in {}", objects.display()))?;
    for class in classes {
        let class = class?;
        if !class.file_type()?.is_dir() {
            continue;
        }
        for entry in fs::read_dir(class.path())? {
            let name =
                format!("{}/{}", class.file_name().to_string_lossy(), entry?.file_name().to_string_lossy());
            if name.ends_with(".sqlite") {
                found.push(Object::named(&name)?);
            }
        }
    }
    found.sort_by_key(|object| (object.kind == Kind::Registry, object.name.clone()));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_is_refused() {
        for name in
            ["../x.sqlite", "a/../b.sqlite", "/a/b.sqlite", "a/b.sqlite/c", "a/b", "a//b.sqlite", "a/.sqlite"]
        {
            assert!(Object::named(name).is_err(), "{name}");
        }
        assert_eq!(Object::named("cascade-shard/0a.sqlite").unwrap().kind, Kind::Shard);
        assert_eq!(Object::named("cascade-shard/metadata.sqlite").unwrap().kind, Kind::Runtime);
    }
}
