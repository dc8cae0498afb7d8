//! One object's database: opened beside a running server, copied, checked.

use anyhow::{Context, Result, bail};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::Path;
use std::time::Duration;

/// The server holds a lock for milliseconds, while it commits.
const BUSY_WITHIN: Duration = Duration::from_secs(30);

/// What must not leave the folder: whoever has it can sign tokens. Made anew where it is missing.
const SECRETS: [&str; 1] = ["token-secret"];

/// Opens a database to read it; a server may be writing to it.
///
/// # Errors
/// When it cannot be opened.
pub fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    connect(path, flags)
}

/// Opens a database that nobody else has.
///
/// # Errors
/// When it cannot be opened.
pub fn open_own(path: &Path) -> Result<Connection> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags).with_context(|| path.display().to_string())?;
    connection.busy_timeout(BUSY_WITHIN)?;
    Ok(connection)
}

/// Copies a database as it is at one moment; writers go on meanwhile. What was erased in it is not in the copy, not
/// even in unused pages, and neither are the keys that tokens are signed with.
///
/// # Errors
/// When it cannot be read, or the copy not written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let source = open(from)?;
    let target = to.to_str().context("a path that is not UTF-8")?;
    source.execute("VACUUM INTO ?1", [target]).with_context(|| format!("copying {}", from.display()))?;
    drop(source);
    let copied = open_own(to)?;
    copied.pragma_update(None, "secure_delete", "ON")?;
    if has_table(&copied, "meta")? {
        for secret in SECRETS {
            copied.execute("DELETE FROM meta WHERE key = ?1", [secret])?;
        }
    }
    copied.close().map_err(|(_, error)| error).context("closing a copy")
}

/// Whether SQLite finds nothing wrong.
///
/// # Errors
/// What it finds.
pub fn check(connection: &Connection) -> Result<()> {
    let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { bail!("SQLite says: {said}") }
}

/// Whether a table is there: an object that never wrote has none.
///
/// # Errors
/// When the database cannot be read.
pub fn has_table(connection: &Connection, name: &str) -> Result<bool> {
    let query = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    Ok(connection.query_row(query, [name], |_| Ok(())).optional()?.is_some())
}

/// A text that the object keeps under a key.
///
/// # Errors
/// When the database cannot be read.
pub fn meta(connection: &Connection, key: &str) -> Result<Option<String>> {
    if !has_table(connection, "meta")? {
        return Ok(None);
    }
    let query = "SELECT value FROM meta WHERE key = ?1";
    Ok(connection.query_row(query, [key], |row| row.get(0)).optional()?)
}

/// Keeps a text under a key.
///
/// # Errors
/// When the database cannot be written.
pub fn put_meta(connection: &Connection, key: &str, value: &str) -> Result<()> {
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
    Ok(())
}
