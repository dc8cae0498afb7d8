//! The child process: its end in two ways, and its death with ours.

use crate::watch::Watch;
use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
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
    watch: Watch,
}

impl Process {
    /// Starts the child in a process group of its own, so that a Ctrl-C in the terminal reaches only us.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.process_group(0).spawn().context("cannot start the process")?;
        match Watch::over(Pid::from_child(&child)) {
            Ok(watch) => Ok(Self { child, watch }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
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
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
    }

    fn end_at_once(&mut self) -> Result<()> {
        // The watch first: once the child is reaped, its number may be another's.
        self.watch.end();
        let _ = self.child.kill();
        self.child.wait().map(drop).context("cannot reap the process")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.end_at_once();
    }
}
