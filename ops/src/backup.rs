//! A backup: one compressed file with a copy of every object's database and a manifest.
//!
//! Each copy is the database at one moment after the backup began, so what was acknowledged before is in it. Writers
//! are not held up. The file appears under its name when it is whole and was read back: until then, and after a kill,
//! what was there before is there still.
//!
//! Not in it: the operator's key, TLS keys, the keys of tokens. In it, because repeated events and receipts are known
//! by it: each shard's own secret. So a backup is to be kept like the records themselves.

use crate::database;
use crate::log::{self, Followed};
use crate::manifest::{FORMAT, Line, Manifest};
use crate::objects::{self, Kind, Object};
use anyhow::{Context, Result, bail, ensure};
use cascade_tests::device::now_ms;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

const MANIFEST: &str = "manifest.json";
/// A manifest is small; more is not one.
const MANIFEST_LIMIT_BYTES: u64 = 64 * 1024 * 1024;

/// Backs a storage folder up, whether a server runs on it or not.
///
/// # Errors
/// When the folder cannot be read, a log's chain does not hold, or the file cannot be written; no file is left then.
pub fn run(storage: &Path, out: &Path) -> Result<Manifest> {
    let out = absolute(out)?;
    let (partial, copies) = (beside(&out, ".partial"), beside(&out, ".copies"));
    // What a killed backup to the same file has left.
    let _ = fs::remove_file(&partial);
    let _ = fs::remove_dir_all(&copies);
    private_folder(&copies)?;
    let done = write(storage, &partial, &copies).and_then(|manifest| {
        let read = unpack(&partial, &copies).context("reading the backup back")?;
        ensure!(read == manifest, "the backup read back says another thing than was written");
        fs::rename(&partial, &out).context("the backup's name")?;
        sync_folder(&out)?;
        Ok(manifest)
    });
    let _ = fs::remove_dir_all(&copies);
    if done.is_err() {
        let _ = fs::remove_file(&partial);
    }
    done
}

fn write(storage: &Path, partial: &Path, copies: &Path) -> Result<Manifest> {
    let begun_ms = now_ms();
    let folder = objects::folder(storage);
    let found = objects::list(&folder)?;
    let file = File::options().write(true).create_new(true).mode(0o600).open(partial);
    let file = BufWriter::new(file.with_context(|| partial.display().to_string())?);
    let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::fast()));
    let mut manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        begun_ms,
        ended_ms: begun_ms,
        demo: storage.join("demo").exists(),
        programme: None,
        objects: vec![],
    };
    for object in &found {
        let copy = copies.join("copy.sqlite");
        database::copy(&object.path(&folder), &copy)?;
        manifest.ended_ms = now_ms();
        let connection = database::open_own(&copy)?;
        let followed = log::follow(&connection).with_context(|| object.name.clone())?;
        let shard = shard_of(object, &connection, &followed)?;
        if object.kind == Kind::Registry {
            manifest.programme = programme_of(&connection)?;
        }
        connection.close().map_err(|(_, error)| error)?;
        let (bytes, sha256) = hash(&mut File::open(&copy)?)?;
        append(&mut tar, &object.name, bytes, File::open(&copy)?)?;
        fs::remove_file(&copy)?;
        let Followed { head, erased, .. } = followed;
        let line = Line { name: object.name.clone(), kind: object.kind, shard, head, erased, bytes, sha256 };
        manifest.objects.push(line);
    }
    ensure!(
        manifest.objects.iter().any(|line| line.kind == Kind::Registry),
        "{} has no registry: no server has run there",
        storage.display()
    );
    let text = serde_json::to_vec_pretty(&manifest)?;
    append(&mut tar, MANIFEST, text.len() as u64, text.as_slice())?;
    let file = tar.into_inner()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all().context("writing the backup to disk")?;
    Ok(manifest)
}

/// Unpacks a backup into a folder of objects and verifies all of it.
///
/// # Errors
/// When the file breaks off, or holds anything that its manifest does not, or a database is damaged.
pub fn unpack(from: &Path, into: &Path) -> Result<Manifest> {
    let file = File::open(from).with_context(|| from.display().to_string())?;
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    let mut manifest: Option<Manifest> = None;
    let mut unpacked: Vec<(Object, u64, String)> = vec![];
    for entry in archive.entries()? {
        let mut entry = entry.context("the backup is damaged")?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if name == MANIFEST {
            let mut text = String::new();
            entry.by_ref().take(MANIFEST_LIMIT_BYTES).read_to_string(&mut text).context("the manifest")?;
            manifest = Some(serde_json::from_str(&text).context("the manifest")?);
            continue;
        }
        let object = Object::named(&name)?;
        let path = object.path(into);
        if let Some(folder) = path.parent() {
            private_folder(folder)?;
        }
        let target = File::options().write(true).create_new(true).mode(0o600).open(&path);
        let mut target = Hashed::new(target.with_context(|| path.display().to_string())?);
        io::copy(&mut entry, &mut target).context("the backup is damaged")?;
        let (bytes, sha256) = target.done()?;
        unpacked.push((object, bytes, sha256));
    }
    let manifest = manifest.context("the backup breaks off: it has no manifest")?;
    if manifest.format > FORMAT {
        bail!("the backup was taken by a later version ({})", manifest.version);
    }
    ensure!(manifest.objects.len() == unpacked.len(), "the backup does not hold what its manifest says");
    for (line, (object, bytes, sha256)) in manifest.objects.iter().zip(&unpacked) {
        let same = line.name == object.name && line.bytes == *bytes && line.sha256 == *sha256;
        ensure!(same, "{} is not the file that the manifest names", object.name);
        verify(&object.path(into), line).with_context(|| object.name.clone())?;
    }
    Ok(manifest)
}

fn verify(path: &Path, line: &Line) -> Result<()> {
    let connection = database::open_own(path)?;
    database::check(&connection)?;
    let followed = log::follow(&connection)?;
    ensure!(followed.head == line.head, "its log ends elsewhere than the manifest says");
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn shard_of(
    object: &Object,
    connection: &rusqlite::Connection,
    followed: &Followed,
) -> Result<Option<shared::id::ShardId>> {
    if object.kind != Kind::Shard {
        return Ok(None);
    }
    match database::meta(connection, "shard")? {
        Some(name) => Ok(name.parse().ok()),
        // A folder of an earlier version: its records name it.
        None => Ok(followed.shard.clone()),
    }
}

fn programme_of(connection: &rusqlite::Connection) -> Result<Option<shared::id::ProgrammeSlug>> {
    #[derive(serde::Deserialize)]
    struct Named {
        slug: shared::id::ProgrammeSlug,
    }
    let pack = database::meta(connection, "programme")?;
    Ok(pack
        .map(|text| serde_json::from_str::<Named>(&text))
        .transpose()
        .context("the programme")?
        .map(|p| p.slug))
}

fn append<W: Write>(tar: &mut tar::Builder<W>, name: &str, bytes: u64, data: impl Read) -> Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(now_ms() / 1_000).unwrap_or_default());
    tar.append_data(&mut header, name, data).with_context(|| format!("writing {name}"))
}

/// A file that is hashed as it is written.
struct Hashed {
    file: File,
    bytes: u64,
    hash: Sha256,
}

impl Hashed {
    fn new(file: File) -> Self {
        Self { file, bytes: 0, hash: Sha256::new() }
    }

    /// Its length and hash, once it is on disk.
    fn done(self) -> Result<(u64, String)> {
        self.file.sync_all().context("writing to disk")?;
        Ok((self.bytes, hex(&self.hash.finalize())))
    }
}

impl Write for Hashed {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let written = self.file.write(part)?;
        self.hash.update(part.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn hash(from: &mut impl Read) -> Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut part = vec![0; 64 * 1024];
    let mut bytes = 0;
    loop {
        match from.read(&mut part)? {
            0 => return Ok((bytes, hex(&hash.finalize()))),
            n => {
                hash.update(part.get(..n).unwrap_or_default());
                bytes += n as u64;
            }
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn absolute(out: &Path) -> Result<PathBuf> {
    ensure!(out.file_name().is_some() && !out.is_dir(), "--out needs the name of a file");
    std::path::absolute(out).context("the path of the backup")
}

fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    out.with_file_name(name)
}

/// Makes a folder that only its owner reads, where it is absent.
pub(crate) fn private_folder(path: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.with_context(|| path.display().to_string())
}

/// Puts a change of names on disk: those in the folder that a path lies in.
pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().context("a path in a folder")?;
    File::open(folder)?.sync_all().with_context(|| folder.display().to_string())
}
