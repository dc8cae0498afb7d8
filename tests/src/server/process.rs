//! The child process: its end in two ways, and its death with ours.

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often the waiting looks again.
const POLL: Duration = Duration::from_millis(5);

/// How a process is ended.
#[derive(Debug, Clone, Copy)]
pub enum Ending {
    /// SIGKILL.
    AtOnce,
    /// SIGTERM, and SIGKILL when that has not worked in time.
    Within(Duration),
}

/// A child that does not outlive us.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Waits on a pipe whose other end is ours; when we die, however we die, the pipe closes and it kills the child.
    watcher: Option<Child>,
}

impl Process {
    /// Starts the child in a process group of its own, so that a Ctrl-C in the terminal reaches only us.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let child = command.process_group(0).spawn().context("cannot start the process")?;
        // A parent-death signal would be tied to the thread that started the child; a pipe is tied to the process.
        let watcher = Command::new("sh")
            .arg("-c")
            .arg("read -r _; kill -9 \"$0\"")
            .arg(child.id().to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .ok();
        Ok(Self { child, watcher })
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends and reaps it.
    ///
    /// # Errors
    /// When it cannot be reaped.
    pub fn end(mut self, ending: Ending) -> Result<()> {
        if let Ending::Within(patience) = ending {
            self.ask();
            let deadline = Instant::now() + patience;
            while self.is_running() && Instant::now() < deadline {
                std::thread::sleep(POLL);
            }
        }
        self.end_at_once()
    }

    fn ask(&self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            let _ = kill_process(pid, Signal::TERM);
        }
    }

    fn end_at_once(&mut self) -> Result<()> {
        // The watcher first: once the child is reaped, its number may be another's.
        if let Some(mut watcher) = self.watcher.take() {
            let _ = watcher.kill();
            let _ = watcher.wait();
        }
        let _ = self.child.kill();
        self.child.wait().map(drop).context("cannot reap the process")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.end_at_once();
    }
}
