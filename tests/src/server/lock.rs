//! The lock on a storage folder: one holder at a time, named to whoever comes second.
//!
//! It is the kernel's lock on the file `lock`, so it ends with its holders however they end; what the file says is
//! only for people. workerd gets the same open file and holds the lock too: a killed `serve` does not free the folder
//! while its workerd still writes. A workerd that somebody started by hand takes no lock: on Linux it is found by the
//! files it has open.

use anyhow::{Context, Result, bail};
use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A killed holder's workerd is ended by its watch within milliseconds.
const DYING_WITHIN: Duration = Duration::from_secs(3);
/// How often the waiting looks again.
const POLL: Duration = Duration::from_millis(20);

/// A storage folder that nobody else has.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes a folder that exists. `holder` says who we are, such as `a server`.
    ///
    /// # Errors
    /// When somebody else has it; the error says who.
    pub fn take(storage: &Path, holder: &str) -> Result<Self> {
        let path = storage.join("lock");
        let mut file = File::options().create(true).truncate(false).read(true).write(true).open(&path)?;
        let deadline = Instant::now() + DYING_WITHIN;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    let who = read(&mut file);
                    // One of our own that has just ended: what it started is being reaped and still holds the lock.
                    let is_own = who.pid == std::process::id();
                    if (who.lives() && !is_own) || Instant::now() > deadline {
                        bail!("{} is in use by {who}", storage.display());
                    }
                    std::thread::sleep(POLL);
                }
                Err(TryLockError::Error(error)) => return Err(error).context("locking the storage folder"),
            }
        }
        if let Some(pid) = stranger(storage) {
            bail!("{} is in use by a workerd started by hand (process {pid})", storage.display());
        }
        let mut lock = Self { file };
        lock.says(holder, "")?;
        Ok(lock)
    }

    /// Says where the holder can be reached.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn says(&mut self, holder: &str, address: &str) -> Result<()> {
        let text = format!("{holder}\n{}\n{address}\n", std::process::id());
        self.file.seek(SeekFrom::Start(0))?;
        self.file.set_len(0)?;
        self.file.write_all(text.as_bytes()).context("the lock")
    }

    /// An input for a child that is to hold the lock as long as it lives.
    pub(super) fn for_child(&self) -> Result<Stdio> {
        Ok(self.file.try_clone().context("the lock")?.into())
    }
}

/// The address of the server that runs on a folder now; nothing when none does.
pub fn address(storage: &Path) -> Option<String> {
    let mut file = File::options().read(true).write(true).open(storage.join("lock")).ok()?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Some(read(&mut file).address).filter(|a| !a.is_empty()),
        // It is released with the file.
        _ => None,
    }
}

struct Holder {
    what: String,
    pid: u32,
    address: String,
}

impl Holder {
    /// Unknown counts as alive.
    fn lives(&self) -> bool {
        let proc = Path::new("/proc");
        !proc.join("self").exists() || self.pid == 0 || proc.join(self.pid.to_string()).exists()
    }
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = if self.what.is_empty() { "somebody" } else { &self.what };
        f.write_str(what)?;
        match (self.pid, self.address.as_str()) {
            (0, _) => Ok(()),
            (pid, "") => write!(f, " (process {pid})"),
            (pid, address) => write!(f, " (process {pid}, {address})"),
        }
    }
}

fn read(file: &mut File) -> Holder {
    let mut text = String::new();
    let _ = file.seek(SeekFrom::Start(0));
    let _ = file.read_to_string(&mut text);
    let mut lines = text.lines();
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let what = next();
    Holder { what, pid: next().parse().unwrap_or_default(), address: next() }
}

/// Another workerd of this user that has the folder of records, or a file in it, open. Only Linux tells.
fn stranger(storage: &Path) -> Option<u32> {
    let objects: PathBuf = storage.canonicalize().ok()?.join("objects");
    let own = std::process::id();
    let pids = fs::read_dir("/proc").ok()?.flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| *pid != own && is_workerd(*pid)).find(|pid| {
        let open = fs::read_dir(format!("/proc/{pid}/fd"));
        let mut targets = open.into_iter().flatten().flatten().filter_map(|fd| fs::read_link(fd.path()).ok());
        targets.any(|target| target.starts_with(&objects))
    })
}

fn is_workerd(pid: u32) -> bool {
    let program = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
    program.file_name().is_some_and(|name| name.to_string_lossy().starts_with("workerd"))
}
