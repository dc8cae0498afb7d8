//! One workerd on one storage folder: started, stopped, killed, restarted.
//!
//! Used by `cargo xtask serve` and by the tests alike. Two servers never share a storage folder: see [`lock`]. The
//! child dies with the [`Server`], and with the whole process when that is killed.

mod config;
mod folder;
pub mod lock;
mod process;

pub use folder::Folder;

use anyhow::{Context, Result, bail};
use lock::Lock;
use process::{Ending, Process};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Long enough for a machine that is doing much else.
const READY_WITHIN: Duration = Duration::from_secs(60);
/// How often the waiting looks again.
const POLL: Duration = Duration::from_millis(5);
/// workerd waits for open connections when asked to end; a browser keeps some open for ever.
const STOP_WITHIN: Duration = Duration::from_secs(3);

/// A certificate and its key, as PEM files.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The certificate, followed by those of its issuers but the root.
    pub cert: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// What `cargo xtask build` made.
    pub dist: PathBuf,
    /// Where records live. Made when absent.
    pub storage: PathBuf,
    /// The address listened on, and named in [`Server::base_url`].
    pub host: String,
    /// The port; 0 takes a free one, and keeps it over restarts.
    pub port: u16,
    /// Whether role links exist.
    pub demo: bool,
    /// What proves the operator; empty lets nobody be it.
    pub operator_key: String,
    /// TLS, without which only this machine's browsers have a service worker and WebCrypto.
    pub tls: Option<Tls>,
    /// Whether the routes exist that panic on purpose.
    pub test_faults: bool,
}

impl Options {
    /// On this machine alone, on a free port, without demo.
    pub fn new(dist: impl Into<PathBuf>, storage: impl Into<PathBuf>) -> Self {
        Self {
            dist: dist.into(),
            storage: storage.into(),
            host: "127.0.0.1".into(),
            port: 0,
            demo: false,
            operator_key: String::new(),
            tls: None,
            test_faults: false,
        }
    }
}

/// A running (or killed) server.
#[derive(Debug)]
pub struct Server {
    options: Options,
    process: Option<Process>,
    /// Held as long as this lives.
    lock: Lock,
}

impl Server {
    /// Starts workerd and waits until it answers.
    ///
    /// # Errors
    /// When another server has the storage folder, workerd is not installed, or it does not come up; then with the
    /// end of its log.
    pub fn start(mut options: Options) -> Result<Self> {
        fs::create_dir_all(&options.storage).context("the storage folder")?;
        options.storage = options.storage.canonicalize().context("the storage folder")?;
        options.dist = options.dist.canonicalize().context("dist/ is missing: run `cargo xtask build`")?;
        let lock = Lock::take(&options.storage, "a server")?;
        if options.port == 0 {
            options.port = free_port(&options.host)?;
        }
        let mut server = Self { options, process: None, lock };
        let address = server.base_url();
        server.lock.says("a server", &address)?;
        server.launch()?;
        Ok(server)
    }

    /// The address without a slash at its end.
    pub fn base_url(&self) -> String {
        let scheme = if self.options.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", authority(&self.options))
    }

    /// The port listened on, kept over restarts.
    pub fn port(&self) -> u16 {
        self.options.port
    }

    /// The folder records live in.
    pub fn storage(&self) -> &Path {
        &self.options.storage
    }

    /// The options it runs with, the port filled in.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// What workerd printed, over all starts on this folder.
    pub fn log(&self) -> String {
        fs::read_to_string(log_path(&self.options.storage)).unwrap_or_default()
    }

    /// Whether the process runs.
    pub fn is_running(&mut self) -> bool {
        self.process.as_mut().is_some_and(Process::is_running)
    }

    /// Kills it as a power cut does (SIGKILL). It stays down until [`restart`](Self::restart).
    ///
    /// # Errors
    /// When the process cannot be reaped.
    pub fn kill(&mut self) -> Result<()> {
        match self.process.take() {
            Some(process) => process.end(Ending::AtOnce),
            None => Ok(()),
        }
    }

    /// Starts it again on the same port and storage; kills it first when it runs.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn restart(&mut self) -> Result<()> {
        self.kill()?;
        self.launch()
    }

    /// Asks it to end (SIGTERM) and kills it when it has not within a few seconds.
    ///
    /// # Errors
    /// When the process cannot be reaped.
    pub fn stop(mut self) -> Result<()> {
        match self.process.take() {
            Some(process) => process.end(Ending::Within(STOP_WITHIN)),
            None => Ok(()),
        }
    }

    fn launch(&mut self) -> Result<()> {
        let options = &self.options;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("tests lie in the workspace")?;
        let program = workerd(root).context("workerd is not installed: run `cargo xtask build`")?;
        let objects = options.storage.join("objects");
        fs::create_dir_all(&objects).context("the storage folder")?;
        let config = config::write(options)?;
        let log = File::options().create(true).append(true).open(log_path(&options.storage))?;
        let mut command = Command::new(program);
        command
            .arg("serve")
            .arg("--import-path")
            .arg(options.dist.join("worker"))
            .arg("--directory-path")
            .arg(format!("files={}", options.dist.join("site").display()))
            .arg("--directory-path")
            .arg(format!("storage={}", objects.display()))
            .arg("--socket-addr")
            .arg(format!("main={}", authority(options)))
            .arg(config)
            .env("CASCADE_OPERATOR_KEY", &options.operator_key)
            .env("CASCADE_DEMO", if options.demo { "1" } else { "0" })
            .env("CASCADE_TEST_FAULTS", if options.test_faults { "1" } else { "0" })
            // It never reads; it holds the lock as long as it lives.
            .stdin(self.lock.for_child()?)
            .stdout(log.try_clone()?)
            .stderr(log);
        self.process = Some(Process::start(&mut command).context("workerd")?);
        self.wait_until_ready()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + READY_WITHIN;
        loop {
            if answers(&self.options) {
                return Ok(());
            }
            let stopped = !self.is_running();
            if stopped || Instant::now() > deadline {
                self.kill()?;
                let log = self.log();
                let tail: Vec<&str> = log.lines().rev().take(12).collect();
                let tail: Vec<&str> = tail.into_iter().rev().collect();
                let what = if stopped { "workerd ended" } else { "workerd does not answer" };
                bail!("{what}; the end of its log:\n{}", tail.join("\n"));
            }
            std::thread::sleep(POLL);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// Where `cargo xtask build` puts what it makes, or the copy of it that `CASCADE_DIST` names.
pub fn dist() -> PathBuf {
    let built = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
    std::env::var_os("CASCADE_DIST").map_or_else(built, PathBuf::from)
}

/// The workerd that `npm ci` installed in `worker/`, or the one that `WORKERD` names.
pub fn workerd(root: &Path) -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("WORKERD") {
        return Some(path.into());
    }
    let machine = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux-64",
        ("linux", "aarch64") => "linux-arm64",
        ("macos", "x86_64") => "darwin-64",
        ("macos", "aarch64") => "darwin-arm64",
        _ => return None,
    };
    let path = root.join(format!("worker/node_modules/@cloudflare/workerd-{machine}/bin/workerd"));
    path.is_file().then_some(path)
}

/// Host and port as a URL writes them: an IPv6 address in brackets.
fn authority(options: &Options) -> String {
    let Options { host, port, .. } = options;
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

fn log_path(storage: &Path) -> PathBuf {
    storage.join("server.log")
}

fn free_port(host: &str) -> Result<u16> {
    let listener = TcpListener::bind((host, 0)).with_context(|| format!("cannot listen on {host}"))?;
    Ok(listener.local_addr()?.port())
}

/// Without TLS: whether the health route says 200. With TLS: whether the port takes connections; workerd opens it
/// only when its workers are loaded.
fn answers(options: &Options) -> bool {
    let Ok(mut addresses) = (options.host.as_str(), options.port).to_socket_addrs() else { return false };
    let Some(address) = addresses.next() else { return false };
    let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_secs(1)) else { return false };
    if options.tls.is_some() {
        return true;
    }
    let request = "GET /api/v1/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut start = [0; 12];
    stream.set_read_timeout(Some(Duration::from_secs(10))).is_ok()
        && stream.write_all(request.as_bytes()).is_ok()
        && stream.read_exact(&mut start).is_ok()
        && &start == b"HTTP/1.1 200"
}
