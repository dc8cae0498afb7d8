//! A lead trainer's tablet on a small world, with a line that can be cut and a disk that can be filled.

use crate::browser::{Browser, Profile};
use crate::proxy::Proxy;
use crate::server::Server;
use crate::world::{World, demo_server, small_world};
use anyhow::{Context, Result};
use serde_json::json;
use shared::grant::AccountRole;

/// The room of the tablet: the application takes some of it, the dev flavour more than the shipped one.
const DISK_BYTES: u64 = 60_000_000;

/// Writes bytes without a pattern in ever smaller pieces until not even a small one fits.
const FILL: &str = "const db = await new Promise((done, fail) => {\n\
      const open = indexedDB.open('filler', 1);\n\
      open.onupgradeneeded = () => open.result.createObjectStore('s', { autoIncrement: true });\n\
      open.onsuccess = () => done(open.result); open.onerror = () => fail(open.error); });\n\
    const put = (bytes) => new Promise((done, fail) => {\n\
      const data = new Uint8Array(bytes);\n\
      for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(data.subarray(at, at + 65536));\n\
      const t = db.transaction('s', 'readwrite', { durability: 'strict' }); t.objectStore('s').add(data);\n\
      t.oncomplete = done; t.onabort = () => fail(t.error); });\n\
    const said = [];\n\
    for (const bytes of [2000000, 100000, 10000, 1000, 100, 100]) {\n\
      try { for (;;) await put(bytes); } catch (error) { said.push(error.name); }\n\
    }\n\
    db.close();\n\
    if (said.some((name) => name !== 'QuotaExceededError')) throw new Error(said.join());";

/// A server with a world, a line to it that can be cut, and the lead trainer's tablet on a session's list.
pub struct Tablet {
    /// The world.
    pub world: World,
    /// The line to its server.
    pub line: Proxy,
    /// The lead trainer's browser.
    pub browser: Browser,
    /// A folder for everybody's device.
    pub dir: tempfile::TempDir,
    _server: Server,
}

impl Tablet {
    /// Starts all of it and joins the tablet.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let server = demo_server(&dir.path().join("server"))?;
        let world = small_world(&server)?;
        let line = Proxy::start(server.port())?;
        let browser = Browser::launch(Profile::tablet(dir.path().join("tablet")))?;
        // Before the page opens its databases: the browser looks at a quota rarely while there seems to be room.
        let small = json!({ "origin": line.address(), "quotaSize": DISK_BYTES });
        browser.devtools("Storage.overrideQuotaForOrigin", small)?;
        let lead = world.session.trainers.first().copied().context("a lead trainer")?;
        let code = world.code(AccountRole::Trainer, Some(lead))?;
        browser.goto(&format!("{}/#join={code}", line.address()))?;
        browser.wait(".session-card__when")?;
        let tablet = Self { world, line, browser, _server: server, dir };
        tablet.open_session()?;
        Ok(tablet)
    }

    /// Opens the list of the session.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn open_session(&self) -> Result<()> {
        self.browser.goto(&format!("{}/session/{}", self.line.address(), self.world.session.id))?;
        self.browser.wait(".attendance-row")
    }

    /// Gets ready for offline, which keeps the rarely needed screens on the tablet too.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn get_ready(&self) -> Result<()> {
        self.browser.goto(&format!("{}/ready", self.line.address()))?;
        self.browser.wait("[data-check=app][data-done=true]")?;
        let kept = "return (await Promise.all((await caches.keys()).map(async (name) =>\n\
             (await (await caches.open(name)).keys()).filter((r) => /office-.*wasm$/.test(r.url)).length)))\n\
             .reduce((a, b) => a + b, 0) > 0";
        self.browser.tap(".card__actions button")?;
        self.browser.wait_until("the whole application to be kept", || {
            Ok(self.browser.js_async(kept, &[])?.as_bool() == Some(true))
        })?;
        self.open_session()
    }

    /// Marks the person at a place of the list, from 1, and waits until the record is where it must be.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn mark(&self, row: usize, status: &str, custody: &str) -> Result<()> {
        let place = format!(".attendance-row:nth-child({row})");
        self.browser.tap(&format!("{place} input[value={status}]"))?;
        self.browser.wait(&format!("{place}[data-custody={custody}]"))
    }

    /// How many records of the list are where they are said to be.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn with_custody(&self, custody: &str) -> Result<usize> {
        self.browser.count(&format!("[data-custody={custody}]"))
    }

    /// Whether the browser would ask before the page is left.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn asks_before_leaving(&self) -> Result<bool> {
        let asked = "return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))";
        Ok(self.browser.js(asked, &[])?.as_bool() == Some(true))
    }

    /// The person went to another application to free some space, and is back.
    pub fn come_back(&self) -> Result<()> {
        self.browser.js("document.dispatchEvent(new Event('visibilitychange'))", &[]).map(drop)
    }

    /// Opens the sheet and syncs.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn sync_now(&self) -> Result<()> {
        self.browser.tap(".sync-pill")?;
        self.browser.wait("#sync-sheet[open]")?;
        self.browser.tap_text("#sync-sheet button", "Sync now")
    }

    /// Closes the sheet.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn close_sheet(&self) -> Result<()> {
        self.browser.key("Escape")?;
        self.browser.wait_gone("#sync-sheet[open]")
    }

    /// Another thing on the tablet takes all the room that is left.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn fill_the_disk(&self) -> Result<()> {
        self.browser.js_async(FILL, &[]).map(drop)
    }

    /// It is deleted again.
    ///
    /// # Errors
    /// Where the browser or the server does not.
    pub fn make_room(&self) -> Result<()> {
        let delete = "await new Promise((done, fail) => { const r = indexedDB.deleteDatabase('filler');\n\
             r.onsuccess = done; r.onerror = () => fail(r.error); })";
        self.browser.js_async(delete, &[])?;
        self.browser.set_quota(None)
    }
}
