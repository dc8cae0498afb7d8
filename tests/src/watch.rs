//! A watch over a process group: when this process ends in whatever way, the group is ended too.
//!
//! The watch is a shell that reads from a pipe only we hold. The pipe closes with us, also on SIGKILL or Ctrl-C,
//! and then the shell ends the group.

use anyhow::{Context, Result};
use rustix::process::Pid;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

const SCRIPT: &str = "read -r _; kill -s KILL -- \"-$0\"";

#[derive(Debug)]
pub(crate) struct Watch(Child);

impl Watch {
    /// Starts to watch over a group.
    pub fn over(group: Pid) -> Result<Self> {
        let shell = Command::new("/bin/sh")
            .args(["-c", SCRIPT, &group.as_raw_nonzero().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Out of the terminal's group: an interrupt there must not end the watch.
            .process_group(0)
            .spawn();
        Ok(Self(shell.context("the watch over a process does not start")?))
    }

    /// Ends the watch; the group is the caller's to end.
    pub fn end(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    fn sleeper() -> Child {
        Command::new("sleep").arg("30").process_group(0).spawn().unwrap()
    }

    #[test]
    fn the_group_ends_when_the_holder_of_the_pipe_does() {
        let mut watched = sleeper();
        let mut watch = Watch::over(Pid::from_child(&watched)).unwrap();
        drop(watch.0.stdin.take());
        assert_eq!(watched.wait().unwrap().signal(), Some(9));
        watch.end();
    }

    #[test]
    fn an_ended_watch_leaves_the_group_alone() {
        let mut watched = sleeper();
        Watch::over(Pid::from_child(&watched)).unwrap().end();
        assert!(watched.try_wait().unwrap().is_none());
        watched.kill().unwrap();
        watched.wait().unwrap();
    }
}
