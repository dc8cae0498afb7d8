//! The processes behind a browser: where the programs are, starting the driver, ending all of it.
//!
//! Invariant: the driver leads a process group that holds the browser and all its children, so that ending the
//! group leaves nothing behind.

use crate::watch::Watch;
use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const CHROMES: [&str; 3] = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];
const DRIVERS: [&str; 2] = ["/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver"];
const STARTED: &str = "was started successfully on port ";

/// Where Chromium and its driver are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    /// The browser.
    pub chrome: PathBuf,
    /// Its WebDriver server, of the same major version.
    pub driver: PathBuf,
}

impl Programs {
    /// Finds both: `CHROME` and `CHROMEDRIVER` first, then the usual places.
    ///
    /// # Errors
    /// A sentence that says which one is missing and what to do.
    pub fn find() -> Result<Self> {
        Ok(Self {
            chrome: find("Chromium", "CHROME", std::env::var_os("CHROME").map(PathBuf::from), &CHROMES)?,
            driver: find(
                "chromedriver",
                "CHROMEDRIVER",
                std::env::var_os("CHROMEDRIVER").map(PathBuf::from),
                &DRIVERS,
            )?,
        })
    }
}

fn find(name: &str, variable: &str, told: Option<PathBuf>, usual: &[&str]) -> Result<PathBuf> {
    if let Some(told) = told.filter(|told| !told.as_os_str().is_empty()) {
        ensure!(told.is_file(), "{variable} names {}, and there is no such file.", told.display());
        return Ok(told);
    }
    match usual.iter().map(PathBuf::from).find(|path| path.is_file()) {
        Some(path) => Ok(path),
        None => bail!(
            "{name} is not installed: install the packages chromium and chromium-driver, \
             or set {variable} to the program's path."
        ),
    }
}

/// A running driver with everything it started.
pub(super) struct Driver {
    child: Child,
    group: Pid,
    watch: Watch,
    /// Where it listens.
    pub port: u16,
}

impl Driver {
    /// Starts a driver on a free port and waits until it listens.
    pub fn start(programs: &Programs, locale: &str) -> Result<Self> {
        let mut child = Command::new(&programs.driver)
            .arg("--port=0")
            .env("LANGUAGE", locale)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("{} does not start", programs.driver.display()))?;
        let group = Pid::from_child(&child);
        let output = child.stdout.take();
        let watch = match Watch::over(group) {
            Ok(watch) => watch,
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(error);
            }
        };
        let mut driver = Self { child, group, watch, port: 0 };
        driver.port = read_port(output.context("a driver without output")?)?;
        Ok(driver)
    }

    /// Ends the driver, the browser and their children at once, as a crash would.
    pub fn kill(&mut self) {
        // First the watch, so that it never ends a group that is no longer ours.
        self.watch.end();
        // The group may be gone already; then there is nothing to end.
        let _ = kill_process_group(self.group, Signal::KILL);
        let _ = self.child.wait();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads the driver's greeting up to its port, then lets a thread swallow the rest so that it never blocks.
fn read_port(output: impl Read + Send + 'static) -> Result<u16> {
    let mut lines = BufReader::new(output);
    let mut heard = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            bail!("chromedriver ended before it listened; it said: {heard}");
        }
        if let Some((_, rest)) = line.split_once(STARTED) {
            let port = rest.trim().trim_end_matches('.').parse().context("chromedriver named no port")?;
            thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
            return Ok(port);
        }
        heard.push_str(&line);
    }
}

/// Waits until a process has ended; false where it still lives after the time given.
pub(super) fn ended_within(pid: i32, limit: Duration) -> bool {
    let Some(pid) = Pid::from_raw(pid) else { return true };
    let deadline = Instant::now() + limit;
    while test_kill_process(pid).is_ok() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(10));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named_with_what_to_do() {
        let said = find("Chromium", "CHROME", None, &["/nowhere/chromium"]).unwrap_err().to_string();
        assert!(said.contains("Chromium is not installed") && said.contains("set CHROME"), "{said}");
    }

    #[test]
    fn a_variable_that_names_no_file_is_refused_by_name() {
        let told = Some(PathBuf::from("/nowhere/chrome"));
        let said = find("Chromium", "CHROME", told, &[]).unwrap_err().to_string();
        assert_eq!(said, "CHROME names /nowhere/chrome, and there is no such file.");
    }

    #[test]
    fn the_port_is_read_from_the_greeting() {
        let greeting = "Starting\nChromeDriver was started successfully on port 41085.\nmore\n";
        assert_eq!(read_port(greeting.as_bytes()).unwrap(), 41085);
        assert!(read_port("no\n".as_bytes()).unwrap_err().to_string().contains("it said: no"));
    }
}
