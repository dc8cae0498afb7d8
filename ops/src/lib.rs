//! What an operator does with a storage folder: back it up, restore it, take everything away in open formats.
//!
//! Apart from `xtask`, so that only who needs it builds SQLite. It reads the databases as files, with the locks that
//! SQLite itself takes, and so works beside a running server; it never writes into a database that a server may have
//! open. How the runtime lays its folder out is known to [`objects`] alone.
//!
//! - [`backup`]: a sound copy of every object, verified after it was written, one file.
//! - [`restore`]: that file into a folder, whose server then starts in recovery.
//! - [`export`]: everything in open formats.
//! - [`recovery`]: how a restored server stands, and ending its recovery by hand.
//! - [`verify`]: logs checked against themselves, receipts and devices' memories; [`scrub`]: the last traces of what was
//!   erased.
//! - [`database`], [`log`], [`manifest`], [`objects`]: what these are made of.

pub mod backup;
pub mod database;
pub mod export;
pub mod log;
pub mod manifest;
pub mod objects;
pub mod recovery;
pub mod restore;
pub mod scrub;
pub mod verify;

use shared::time::{Day, WallMs};

/// A time as people write it, in UTC.
pub fn utc(ms: i64) -> String {
    let seconds = ms.div_euclid(1_000).rem_euclid(86_400);
    let day = Day::of(WallMs(ms), 0, 0);
    format!("{day} {:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
