//! `cargo xtask serve`: from a fresh clone to a running server, by one command.

use crate::build::{self, Flavour};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use cascade_tests::demo;
use cascade_tests::device::Operator;
use cascade_tests::device::operator::invitation;
use cascade_tests::server::{Folder, Options, Server, Tls};
use cascade_tests::world::{kyrgyzstan, stand_on};
use shared::grant::AccountRole;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How often the waiting looks whether the server still runs.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What the command line says.
#[derive(Debug, PartialEq, Eq)]
pub struct Wish {
    port: u16,
    storage: Option<PathBuf>,
    host: String,
    cert: Option<PathBuf>,
    key: Option<PathBuf>,
    demo: bool,
    dev: bool,
    invite_hq: bool,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            port: 8787,
            storage: None,
            host: "127.0.0.1".into(),
            cert: None,
            key: None,
            demo: true,
            dev: false,
            invite_hq: false,
        }
    }
}

impl Wish {
    /// Reads `--port P --storage DIR --host H --cert FILE --key FILE --no-demo --dev --invite-hq`.
    ///
    /// # Errors
    /// A word that means nothing here, or one without its value.
    pub fn read(words: &[&str]) -> Result<Self> {
        let mut wish = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().copied().with_context(|| format!("{word} needs a value"));
            match *word {
                "--port" => wish.port = value()?.parse().context("--port needs a number up to 65535")?,
                "--storage" => wish.storage = Some(value()?.into()),
                "--host" => wish.host = value()?.into(),
                "--cert" => wish.cert = Some(value()?.into()),
                "--key" => wish.key = Some(value()?.into()),
                "--no-demo" => wish.demo = false,
                "--dev" => wish.dev = true,
                "--invite-hq" => wish.invite_hq = true,
                other => bail!("no such option: {other}"),
            }
        }
        Ok(wish)
    }

    fn tls(&self) -> Result<Option<Tls>> {
        match (&self.cert, &self.key) {
            (Some(cert), Some(key)) => Ok(Some(Tls { cert: cert.clone(), key: key.clone() })),
            (None, None) => Ok(None),
            _ => bail!("--cert and --key go together"),
        }
    }
}

/// Sets up, builds, serves until Ctrl-C.
///
/// # Errors
/// When something is missing, the server does not start, or it ends by itself.
pub fn run(ws: &Workspace, wish: &Wish) -> Result<()> {
    let tls = wish.tls()?;
    let interrupted = on_interrupt()?;
    let flavour = if wish.dev { Flavour::Dev } else { Flavour::Shipped };
    let dist = build::run(ws, flavour)?;
    let begun = Instant::now();
    let folder = Folder::open(&wish.storage.clone().unwrap_or_else(|| ws.root.join("storage")), wish.demo)?;

    let mut options = Options::new(dist, &folder.path);
    options.host.clone_from(&wish.host);
    options.port = wish.port;
    options.demo = folder.is_demo;
    options.operator_key.clone_from(&folder.operator_key);
    let codes = prepare(&options, &folder, wish)?;
    options.tls = tls;
    let server = Server::start(options)?;
    let base_url = server.base_url();
    let links: Vec<_> = codes.into_iter().map(|(role, rest)| (role, format!("{base_url}{rest}"))).collect();
    announce(ws, &server, &folder, &links, begun.elapsed());
    wait(server, &interrupted)
}

/// What the operator does before anybody comes: the demo's records and its day, or the first code of headquarters.
/// On a server of its own that only this machine sees, so that it also works where the real one speaks TLS.
/// Returns roles and what follows the server's address in their links.
fn prepare(options: &Options, folder: &Folder, wish: &Wish) -> Result<Vec<(String, String)>> {
    let first_hq = !folder.is_demo && (folder.is_new || wish.invite_hq);
    if !folder.is_demo && !first_hq {
        return Ok(vec![]);
    }
    let mut quiet = options.clone();
    (quiet.host, quiet.port) = ("127.0.0.1".into(), 0);
    let mut server = Server::start(quiet)?;
    let mut links = vec![];
    if folder.is_demo {
        let found = demo::open(&mut server, &mut |line| println!("  {line}"))?;
        // The demo stands still: another evening it would be 11 March.
        let operator = Operator::new(&server.base_url(), &options.operator_key)?;
        stand_on(&operator, &kyrgyzstan()?, demo::TODAY.parse()?)?;
        links.extend(found.codes.into_iter().map(|(role, code)| (role, format!("/#demo={code}"))));
    } else {
        let operator = Operator::new(&server.base_url(), &options.operator_key)?;
        // The second person must not be an account that headquarters made: see `command::plan::approve`.
        for (name, role) in [("Headquarters", AccountRole::Hq), ("Approver", AccountRole::Approver)] {
            let invited = operator.invite(&invitation(name, role, None, None))?;
            links.push((format!("{name} joins once with"), format!("/#join={}", invited.code)));
        }
    }
    server.stop()?;
    Ok(links)
}

/// Says where everything is. `links` are (role, address) pairs of the demo.
fn announce(ws: &Workspace, server: &Server, folder: &Folder, links: &[(String, String)], took: Duration) {
    let shown = |path: &std::path::Path| {
        path.strip_prefix(&ws.root)
            .map_or_else(|_| path.display().to_string(), |short| short.display().to_string())
    };
    println!("\nCascade is up ({:.1} s): {}", took.as_secs_f32(), server.base_url());
    for (role, address) in links {
        println!("  {role}: {address}");
    }
    println!("Records: {}/, log: {}", shown(&folder.path), shown(&folder.path.join("server.log")));
    if !folder.is_demo {
        println!("Operator's key: {}", shown(&folder.path.join("operator.key")));
    }
    let options = server.options();
    let here = matches!(options.host.as_str(), "127.0.0.1" | "localhost" | "::1");
    if options.tls.is_none() && !here {
        println!(
            "Other devices can look, but not work offline: a browser wants https for that (--cert, --key)."
        );
    }
    println!("Ctrl-C stops it.");
}

/// Waits for Ctrl-C, then stops the server; notices when it ends by itself.
fn wait(mut server: Server, interrupted: &Receiver<()>) -> Result<()> {
    loop {
        match interrupted.recv_timeout(LOOK_EVERY) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => {
                println!("\nStopping. What was acknowledged is on disk.");
                return server.stop();
            }
            Err(RecvTimeoutError::Timeout) if server.is_running() => {}
            Err(RecvTimeoutError::Timeout) => {
                let log = server.log();
                let last = log.lines().rev().take(5).collect::<Vec<_>>();
                let last: Vec<&str> = last.into_iter().rev().collect();
                bail!("the server ended by itself; its last lines:\n{}", last.join("\n"));
            }
        }
    }
}

/// A message at the first Ctrl-C (or SIGTERM); a second one ends the program at once.
fn on_interrupt() -> Result<Receiver<()>> {
    let (tell, hear) = mpsc::channel();
    let mut already = false;
    ctrlc::set_handler(move || {
        if already || tell.send(()).is_err() {
            std::process::exit(130);
        }
        already = true;
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(hear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_any_order() {
        let wish = Wish::read(&["--no-demo", "--port", "9000", "--host", "10.0.0.5"]).unwrap();
        assert_eq!(wish, Wish { port: 9000, host: "10.0.0.5".into(), demo: false, ..Wish::default() });
        assert_eq!(Wish::read(&[]).unwrap(), Wish::default());
    }

    #[test]
    fn a_wrong_option_is_named() {
        for (words, complaint) in [
            (&["--port"][..], "--port needs a value"),
            (&["--port", "80000"], "--port needs a number up to 65535"),
            (&["--prot", "1"], "no such option: --prot"),
        ] {
            assert_eq!(Wish::read(words).unwrap_err().to_string(), complaint);
        }
        let half = Wish::read(&["--cert", "a.pem"]).unwrap();
        assert_eq!(half.tls().unwrap_err().to_string(), "--cert and --key go together");
    }
}
