//! What a backup says of itself: the last file in it, so that one that breaks off has none.

use crate::objects::Kind;
use serde::{Deserialize, Serialize};
use shared::id::{ProgrammeSlug, ShardId};
use shared::sync::Head;

/// The shape of a backup that this code writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// A backup's manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The version of Cascade that took it.
    pub version: String,
    /// When it was begun, milliseconds since 1970: what was acknowledged before is in it.
    pub begun_ms: i64,
    /// When the last copy was made.
    pub ended_ms: i64,
    /// The folder was made with the demo.
    pub demo: bool,
    /// The programme that runs there.
    pub programme: Option<ProgrammeSlug>,
    /// The databases, in the order of the file.
    pub objects: Vec<Line>,
}

/// One database of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Relative to the folder of objects.
    pub name: String,
    /// What it is of.
    pub kind: Kind,
    /// Which shard, where it is one that was ever used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<ShardId>,
    /// The end of its log: how many records, and the hash that ties them all.
    pub head: Head,
    /// Records whose payload was erased, which can be checked by the chain alone.
    pub erased: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Records over all logs.
    pub fn records(&self) -> u64 {
        self.objects.iter().map(|line| line.head.seq).sum()
    }

    /// Bytes of all databases.
    pub fn bytes(&self) -> u64 {
        self.objects.iter().map(|line| line.bytes).sum()
    }
}
