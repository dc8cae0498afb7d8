//! A small blocking driver of a real Chromium: one [`Browser`] is one person's device.
//!
//! - A [`Profile`] is the device: its folder outlives the browser, so IndexedDB, service workers and keys are there
//!   again at the next launch, also after [`Browser::kill`].
//! - Actions wait: an element that is not there, not shown, disabled or covered is tried again until the deadline,
//!   and then the error tells what was awaited, where, what the page said and what its console wrote.
//! - Selectors are CSS. `js` takes a function body (`return ..`), `js_async` an async one (`await` works).
//! - No process outlives the test, however it ends: see `watch`.
//! - The page's policy is not loosened: nothing here needs `unsafe-eval`.
//!
//! Out of scope: frames, shadow trees, cookies, other browsers.

mod actions;
mod clock;
mod device;
mod elements;
mod measure;
mod process;
mod storage;
mod tabs;
mod wait;
mod wire;

pub use actions::Point;
pub use clock::Clock;
pub use measure::{ConsoleLine, LongTask};
pub use process::Programs;
pub use storage::dump_holds;
pub use tabs::Tab;
pub use wire::DriverError;

use anyhow::{Context, Result, ensure};
use process::Driver;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use wire::Wire;

/// How long an action or a wait tries before it fails.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a browser may take to write its things and go.
const FAREWELL: Duration = Duration::from_secs(15);

/// A desk has a mouse: a pointer that hovers and is fine, which a machine without a screen does not report.
const MOUSE: &str = "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4";

/// A device: what is kept between launches and how it looks to a page.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The folder of the browser's data, kept between launches.
    pub dir: PathBuf,
    /// Width and height of the page in CSS pixels.
    pub size: (u32, u32),
    /// A tablet or phone: touch events, a coarse pointer, the mobile viewport.
    pub touch: bool,
    /// The dark colour scheme is preferred.
    pub dark: bool,
    /// The language as BCP 47, such as `ru`.
    pub locale: String,
    /// A clock that is wrong, if it is.
    pub clock: Option<Clock>,
}

impl Profile {
    /// A desk computer with a right clock, in English.
    pub fn desk(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            size: (1280, 800),
            touch: false,
            dark: false,
            locale: "en-GB".into(),
            clock: None,
        }
    }

    /// A trainer's tablet, upright.
    pub fn tablet(dir: impl Into<PathBuf>) -> Self {
        Self { size: (800, 1280), touch: true, ..Self::desk(dir) }
    }

    /// The same device with its clock set wrong.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock: Some(clock), ..self }
    }

    /// The same device in another language.
    #[must_use]
    pub fn with_locale(self, locale: &str) -> Self {
        Self { locale: locale.into(), ..self }
    }
}

/// A running browser; dropping it ends all its processes at once.
pub struct Browser {
    wire: Wire,
    // After `wire`, so that nothing is sent to a dead driver.
    driver: Driver,
    pid: Option<i32>,
    profile: Profile,
    patience: Cell<Duration>,
    look: Cell<Look>,
    cpu_rate: Cell<f64>,
    /// Scripts that every new document of every tab runs first, and how many of them each tab was given.
    scripts: RefCell<Vec<String>>,
    scripts_given: RefCell<BTreeMap<String, usize>>,
    console: RefCell<Vec<ConsoleLine>>,
}

/// What the current emulation shows a page; changed by [`Browser::set_look`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Width and height of the page in CSS pixels.
    pub size: (u32, u32),
    /// The dark colour scheme.
    pub dark: bool,
}

impl Browser {
    /// Starts a browser on a profile.
    ///
    /// # Errors
    /// Where Chromium or its driver is missing (see [`Programs::find`]), or does not start.
    pub fn launch(profile: Profile) -> Result<Self> {
        let programs = Programs::find()?;
        std::fs::create_dir_all(&profile.dir)
            .with_context(|| format!("the profile folder {}", profile.dir.display()))?;
        let dir = profile.dir.canonicalize()?;
        // Left behind by a crash, it would name the port of the browser that is gone.
        let _ = std::fs::remove_file(dir.join("DevToolsActivePort"));
        let driver = Driver::start(&programs, &profile.locale)?;
        let (wire, answered) = Wire::open(driver.port, &capabilities(&programs, &profile, &dir))?;
        let pid =
            answered.get("goog:processID").and_then(Value::as_i64).and_then(|pid| i32::try_from(pid).ok());
        let look = Look { size: profile.size, dark: profile.dark };
        let scripts = profile.clock.map(|clock| clock.script()).transpose()?.into_iter().collect();
        let browser = Self {
            wire,
            driver,
            pid,
            patience: Cell::new(PATIENCE),
            look: Cell::new(look),
            cpu_rate: Cell::new(1.0),
            scripts: RefCell::new(scripts),
            scripts_given: RefCell::default(),
            console: RefCell::default(),
            profile: Profile { dir, ..profile },
        };
        browser.prepare_tab()?;
        Ok(browser)
    }

    /// The profile it runs on; launch it again to see what was kept.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Changes how long actions and waits try before they fail (20 s at first).
    pub fn set_patience(&self, limit: Duration) {
        self.patience.set(limit);
    }

    /// Opens an address and waits for the document and its parts to load.
    pub fn goto(&self, url: &str) -> Result<()> {
        self.wire.post("/url", &json!({ "url": url })).with_context(|| format!("opening {url}"))?;
        Ok(())
    }

    /// The address shown.
    pub fn url(&self) -> Result<String> {
        Ok(self.wire.get("/url")?.as_str().unwrap_or_default().to_owned())
    }

    /// The title of the page.
    pub fn title(&self) -> Result<String> {
        Ok(self.wire.get("/title")?.as_str().unwrap_or_default().to_owned())
    }

    /// Loads the page again.
    pub fn reload(&self) -> Result<()> {
        self.wire.post("/refresh", &json!({})).map(drop)
    }

    /// Goes one step back in the history.
    pub fn back(&self) -> Result<()> {
        self.wire.post("/back", &json!({})).map(drop)
    }

    /// Runs a function body in the page; the arguments are `arguments[0]` and on.
    pub fn js(&self, body: &str, args: &[Value]) -> Result<Value> {
        self.wire.post("/execute/sync", &json!({ "script": body, "args": args }))
    }

    /// Runs an async function body in the page and waits for what it returns.
    ///
    /// # Errors
    /// Carries what the body threw.
    pub fn js_async(&self, body: &str, args: &[Value]) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];\n\
             (async () => {{\n{body}\n}})().then(\n\
             (value) => done({{ value }}), (error) => done({{ error: String((error && error.stack) || error) }}));"
        );
        let mut answer = self.wire.post("/execute/async", &json!({ "script": script, "args": args }))?;
        let thrown = answer.get("error").and_then(Value::as_str);
        ensure!(thrown.is_none(), "the page threw {}", thrown.unwrap_or_default());
        Ok(answer.get_mut("value").map(Value::take).unwrap_or_default())
    }

    /// Runs a DevTools command on the current tab, for what has no method here.
    pub fn devtools(&self, command: &str, params: Value) -> Result<Value> {
        self.wire.devtools(command, params)
    }

    /// Shows pages in another size or colour scheme from now on.
    pub fn set_look(&self, look: Look) -> Result<()> {
        self.look.set(look);
        self.apply_look()
    }

    /// What pages are shown now.
    pub fn look(&self) -> Look {
        self.look.get()
    }

    /// Closes the browser the orderly way and waits until it has written everything.
    ///
    /// # Errors
    /// Where it does not go in time; its processes are ended all the same.
    pub fn close(self) -> Result<()> {
        self.wire.delete("")?;
        let gone = self.pid.is_none_or(|pid| process::ended_within(pid, FAREWELL));
        ensure!(gone, "the browser did not close within {FAREWELL:?}");
        Ok(())
    }

    /// Ends the browser at once without a word, as a crash or an empty battery does.
    pub fn kill(mut self) {
        self.driver.kill();
    }
}

fn capabilities(programs: &Programs, profile: &Profile, dir: &std::path::Path) -> Value {
    let (width, height) = profile.size;
    let mut args = vec![
        "--headless".to_owned(),
        "--no-sandbox".into(),
        "--disable-gpu".into(),
        "--disable-dev-shm-usage".into(),
        "--disable-quic".into(),
        "--no-first-run".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--disable-breakpad".into(),
        "--hide-crash-restore-bubble".into(),
        format!("--user-data-dir={}", dir.display()),
        format!("--window-size={width},{height}"),
        format!("--lang={}", profile.locale),
        format!("--accept-lang={}", profile.locale),
    ];
    if !profile.touch {
        args.push(format!("--blink-settings={MOUSE}"));
    }
    let preferences = json!({
        "download.default_directory": dir.join(device::DOWNLOADS),
        "download.prompt_for_download": false,
    });
    json!({
        "browserName": "chrome",
        "unhandledPromptBehavior": "accept",
        "timeouts": { "pageLoad": 60_000, "script": 120_000 },
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "binary": programs.chrome, "args": args, "prefs": preferences },
    })
}
