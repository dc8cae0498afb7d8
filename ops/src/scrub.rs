//! After an erasure: what the database file still holds in unused pages is overwritten.
//!
//! The server removes an erased payload from its tables at once. The bytes stay in free pages of the file until others
//! are written over them, and the runtime offers no way to do that from inside. So the operator stops the server and
//! runs this: the file is written anew without them.

use crate::{database, objects};
use anyhow::{Context, Result};
use cascade_tests::server::lock::Lock;
use std::path::Path;

/// Scrubs every shard that has erased something since it was scrubbed last; says how many.
///
/// # Errors
/// When a server runs on the folder, or a database cannot be written.
pub fn run(storage: &Path) -> Result<u32> {
    let _lock = Lock::take(storage, "a scrub")?;
    let folder = objects::folder(storage);
    let mut scrubbed = 0;
    for object in objects::list(&folder)? {
        let path = object.path(&folder);
        if database::meta(&database::open(&path)?, "scrub_due")?.is_none() {
            continue;
        }
        let connection = database::open_own(&path)?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.execute_batch("VACUUM").with_context(|| object.name.clone())?;
        connection.execute("DELETE FROM meta WHERE key = 'scrub_due'", [])?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error)?;
        scrubbed += 1;
    }
    Ok(scrubbed)
}
