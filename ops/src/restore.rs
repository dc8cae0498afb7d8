//! A restore: a backup into a stopped folder, new or not.
//!
//! Everything is unpacked and verified beside the records that are there, then the two folders change places in one
//! step: a kill leaves all of the old or all of the new. What was replaced stays, under a name of its own.
//!
//! The databases are marked, so that the server starts in recovery. Revocations are the one thing that is carried
//! over from what is replaced: whose access has ended since the backup does not get it back.

use crate::backup::{private_folder, sync_folder, unpack};
use crate::database;
use crate::manifest::Manifest;
use crate::objects::{self, Kind, Object};
use anyhow::{Context, Result, ensure};
use cascade_tests::device::{draw, now_ms};
use cascade_tests::server::Folder;
use cascade_tests::server::lock::Lock;
use rusqlite::Connection;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use shared::grant::{Access, Ending, Grant};
use shared::id::DeviceId;
use shared::recovery::{Endings, Recovery, merge_devices};
use shared::time::Stamp;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Begins the names of folders that a killed restore may leave; they are nothing.
const UNFINISHED: &str = "objects.unfinished-";

/// What is restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All objects.
    Everything,
    /// Accounts, grants and the programme; the shards stay as they are.
    Registry,
}

/// What a restore has done.
#[derive(Debug)]
pub struct Restored {
    /// The backup's manifest.
    pub manifest: Manifest,
    /// Where what was replaced lies now.
    pub replaced: Option<PathBuf>,
    /// Revocations found in what was replaced.
    pub revocations: usize,
    /// What of it could not be read, and why: revocations may be missing.
    pub unread: Vec<String>,
}

/// Restores a backup into a folder.
///
/// # Errors
/// When somebody uses the folder, the backup is damaged, or a demo's records would meet real ones; the folder is then
/// as it was.
pub fn run(storage: &Path, from: &Path, part: Part) -> Result<Restored> {
    fs::create_dir_all(storage).with_context(|| storage.display().to_string())?;
    let storage = storage.canonicalize()?;
    let _lock = Lock::take(&storage, "a restore")?;
    let current = objects::folder(&storage);
    for leftover in unfinished(&storage)? {
        let _ = fs::remove_dir_all(leftover);
    }
    let coming = storage.join(format!("{UNFINISHED}{:016x}", draw()?));
    private_folder(&coming)?;
    let prepared = prepare(&storage, &current, &coming, from, part);
    let (manifest, endings, unread) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            let _ = fs::remove_dir_all(&coming);
            return Err(error);
        }
    };
    if !storage.join("operator.key").exists() {
        Folder::found(&storage, manifest.demo)?;
    }
    let replaced = change_places(&storage, &coming, &current)?;
    Ok(Restored { manifest, replaced, revocations: endings.len(), unread })
}

fn prepare(
    storage: &Path,
    current: &Path,
    coming: &Path,
    from: &Path,
    part: Part,
) -> Result<(Manifest, Endings, Vec<String>)> {
    let manifest = unpack(from, coming)?;
    let is_founded = storage.join("operator.key").exists();
    ensure!(
        !is_founded || manifest.demo == storage.join("demo").exists(),
        "one is a demo and the other is not: choose another --storage"
    );
    if part == Part::Registry {
        keep_shards(current, coming)?;
    }
    let (endings, devices, unread) = endings_of(current);
    let recovery = Recovery {
        id: format!("{:016x}", draw()?),
        since_ms: now_ms(),
        backup_ms: manifest.begun_ms,
        endings,
        devices,
    };
    for object in objects::list(coming)? {
        let connection = database::open_own(&object.path(coming))?;
        mark(&connection, object.kind, &recovery).with_context(|| object.name.clone())?;
        connection.close().map_err(|(_, error)| error)?;
    }
    put_on_disk(coming)?;
    Ok((manifest, recovery.endings, unread))
}

/// Puts copies of the shards that are there in the place of those of the backup.
fn keep_shards(current: &Path, coming: &Path) -> Result<()> {
    for object in objects::list(coming)?.iter().filter(|object| object.kind == Kind::Shard) {
        fs::remove_file(object.path(coming))?;
    }
    for object in objects::list(current)?.iter().filter(|object| object.kind == Kind::Shard) {
        if let Some(folder) = object.path(coming).parent() {
            private_folder(folder)?;
        }
        database::copy(&object.path(current), &object.path(coming))?;
    }
    Ok(())
}

/// Tells an object that it was restored. Codes are void by the server, tokens because their key is gone.
fn mark(connection: &Connection, kind: Kind, recovery: &Recovery) -> Result<()> {
    if !database::has_table(connection, "meta")? {
        return Ok(());
    }
    let mut recovery = recovery.clone();
    if kind == Kind::Registry
        && let Some(before) = database::meta(connection, "recovery")?
        && let Ok(before) = serde_json::from_str::<Recovery>(&before)
    {
        // Taken while a recovery was under way: what that one had not merged yet.
        recovery.endings.merge(before.endings);
        merge_devices(&mut recovery.devices, before.devices);
    }
    match kind {
        Kind::Registry => database::put_meta(connection, "recovery", &serde_json::to_string(&recovery)?),
        Kind::Shard => database::put_meta(connection, "recovery", &recovery.id),
        Kind::Runtime => Ok(()),
    }
}

/// When and how devices were revoked.
type Revoked = BTreeMap<DeviceId, (Stamp, Ending)>;

/// The ended grants and revoked devices that the records to be replaced know of, in the registry and in every shard's
/// copy.
fn endings_of(current: &Path) -> (Endings, Revoked, Vec<String>) {
    let (mut endings, mut devices, mut unread) = (Endings::default(), Revoked::new(), vec![]);
    if !current.exists() {
        return (endings, devices, unread);
    }
    match objects::list(current) {
        Ok(found) => {
            for object in found {
                match grants_of(&object, current) {
                    Ok((grants, revoked)) => {
                        endings.add(&grants);
                        merge_devices(&mut devices, revoked);
                    }
                    Err(error) => unread.push(format!("{}: {error:#}", object.name)),
                }
            }
        }
        Err(error) => unread.push(format!("{error:#}")),
    }
    (endings, devices, unread)
}

fn grants_of(object: &Object, current: &Path) -> Result<(Vec<Grant>, Revoked)> {
    let connection = database::open(&object.path(current))?;
    let (mut grants, mut devices) = (vec![], Revoked::new());
    if object.kind == Kind::Registry && database::has_table(&connection, "grants")? {
        let mut statement = connection.prepare("SELECT body FROM grants")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            grants.push(serde_json::from_str(&row.get::<_, String>(0)?)?);
        }
        if let Some(recovery) = database::meta(&connection, "recovery")? {
            // It was itself restored and had not merged these yet.
            let recovery: Recovery = serde_json::from_str(&recovery)?;
            for grant in &mut grants {
                recovery.endings.end(grant);
            }
            devices = recovery.devices;
        }
        let mut statement = connection
            .prepare("SELECT device, body ->> '$.ended' FROM devices WHERE body ->> '$.ended' IS NOT NULL")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (device, ended) = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
            let revoked = Revoked::from([(device.parse()?, serde_json::from_str(&ended)?)]);
            merge_devices(&mut devices, revoked);
        }
    }
    if object.kind == Kind::Shard
        && let Some(access) = database::meta(&connection, "access")?
    {
        let access: Access = serde_json::from_str(&access)?;
        grants.extend(access.grants);
        devices = access.devices_ended;
    }
    Ok((grants, devices))
}

/// The step that counts: one rename, of a new folder into place, or of two folders against each other.
fn change_places(storage: &Path, coming: &Path, current: &Path) -> Result<Option<PathBuf>> {
    if !current.exists() {
        fs::rename(coming, current).context("putting the records in place")?;
        sync_folder(current)?;
        return Ok(None);
    }
    let replaced = storage.join(format!("objects.replaced-{}", now_ms()));
    // From here on the folder may hold the old records, and is nothing to be cleaned away.
    fs::rename(coming, &replaced)?;
    sync_folder(&replaced)?;
    let exchanged = renameat_with(CWD, &replaced, CWD, current, RenameFlags::EXCHANGE);
    if let Err(error) = exchanged {
        let _ = fs::remove_dir_all(&replaced);
        return Err(error).context("this file system cannot exchange two folders: restore into a new folder");
    }
    sync_folder(current)?;
    Ok(Some(replaced))
}

fn unfinished(storage: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(storage)?.flatten();
    let ours = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED));
    Ok(ours.map(|entry| entry.path()).collect())
}

fn put_on_disk(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            put_on_disk(&path)?;
        } else {
            File::open(&path)?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all().with_context(|| folder.display().to_string())
}
