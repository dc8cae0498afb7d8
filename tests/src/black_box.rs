//! The real thing among faults: browsers with profiles of their own, each behind a network of its own, one workerd on
//! disk. Rows are tapped in the page while lines are cut, slowed and lose answers, pages reload, browsers and the server
//! are killed, disks fill up, and the server is put back to an older copy of its storage.
//!
//! The ledger holds what the page showed as tapped. In the end everything is mended and every tablet syncs: the shard
//! must hold exactly the ledger, each tap of each tablet once. What happens follows from a seed; how long each step
//! takes does not, so a seed makes a failure likely again, not certain.

use crate::browser::{Browser, Profile};
use crate::proxy::Proxy;
use crate::roster::Seed;
use crate::roster::dice::Dice;
use crate::server::Server;
use crate::world::{World, demo_server, small_world};
use anyhow::{Context, Result, bail, ensure};
use shared::grant::AccountRole;
use shared::id::{DeviceId, PersonId, SessionId};
use shared::state::Status;
use shared::sync::Want;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bytes that a full disk still has room for: none, whatever is held already.
const FULL: u64 = 1;
/// Rows of the list that are tapped: a few, so that later taps meet earlier ones.
const ROWS: usize = 6;

/// How much is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Browsers.
    pub tablets: usize,
    /// Things that happen.
    pub steps: usize,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Done {
    pub taps: usize,
    pub reloads: usize,
    pub browser_kills: usize,
    pub server_kills: usize,
    pub cuts: usize,
    pub slow_lines: usize,
    pub lost_answers: usize,
    pub full_disks: usize,
    pub restores: usize,
    /// Marks found in the shard in the end, one for each tablet, day and person tapped.
    pub marks: usize,
}

/// One tablet.
struct Tablet {
    session: SessionId,
    device: DeviceId,
    profile: Profile,
    proxy: Proxy,
    browser: Option<Browser>,
    /// Its disk is full: what it is tapped lives in the page alone.
    full: bool,
    cut: bool,
    ledger: BTreeMap<(u8, PersonId), Status>,
}

struct Stage {
    world: World,
    server: Server,
    tablets: Vec<Tablet>,
    dice: Dice,
    copy: Option<PathBuf>,
    home: tempfile::TempDir,
    done: Done,
}

/// Runs the whole of it.
///
/// # Errors
/// What was lost, doubled, or did not come back, and the seed.
pub fn run(size: Size, seed: u64) -> Result<Done> {
    let home = tempfile::tempdir()?;
    let server = demo_server(&home.path().join("storage"))?;
    let world = small_world(&server)?;
    let dice = Dice::new(Seed(seed), 77);
    let mut stage = Stage { world, server, tablets: vec![], dice, copy: None, home, done: Done::default() };
    stage.play(size).with_context(|| format!("seed {seed}"))?;
    Ok(stage.done)
}

impl Stage {
    fn play(&mut self, size: Size) -> Result<()> {
        for nth in 0..size.tablets {
            let tablet = self.join(nth).with_context(|| format!("tablet {nth} joins"))?;
            self.tablets.push(tablet);
        }
        self.copy_storage()?;
        for step in 0..size.steps {
            // Once in the middle the server loses what came since the copy.
            if step == size.steps * 2 / 3 {
                self.restore()?;
            }
            self.step().with_context(|| format!("step {step}"))?;
        }
        self.mend()?;
        self.compare()
    }

    /// A tablet of one of the trainers: several of one person, several in one room.
    fn join(&mut self, nth: usize) -> Result<Tablet> {
        let sessions = [self.world.session.clone(), self.world.other_session.clone()];
        let session = &sessions[(nth / 2) % 2];
        let trainer = session.trainers[nth % session.trainers.len()];
        let code = self.world.code(AccountRole::Trainer, Some(trainer))?;
        let proxy = Proxy::start(self.server.port())?;
        let profile = Profile::tablet(self.home.path().join(format!("tablet-{nth}")));
        let browser = Browser::launch(profile.clone())?;
        browser.goto(&format!("{}/#join={code}", proxy.address()))?;
        browser.wait(".session-card__when, .session-line")?;
        browser.goto(&format!("{}/ready", proxy.address()))?;
        browser.wait("[data-check=app][data-done=true]")?;
        let device = device_of(&browser)?;
        let tablet = Tablet {
            session: session.id,
            device,
            profile,
            proxy,
            browser: Some(browser),
            full: false,
            cut: false,
            ledger: BTreeMap::new(),
        };
        tablet.open()?;
        Ok(tablet)
    }

    fn step(&mut self) -> Result<()> {
        let nth = self.dice.below(self.tablets.len());
        let chance = self.dice.below(100);
        let tablet = &mut self.tablets[nth];
        match chance {
            0..=49 => {
                let (day, row, status) =
                    (self.dice.below(2) as u8, self.dice.below(ROWS), self.dice.below(4));
                tablet.tap(day, row, Status::ALL[status])?;
                self.done.taps += 1;
            }
            50..=57 if !tablet.full => {
                tablet.wait_saved()?;
                tablet.browser()?.reload()?;
                tablet.browser()?.wait(".attendance-row")?;
                self.done.reloads += 1;
            }
            58..=64 if !tablet.full => {
                tablet.wait_saved()?;
                tablet.browser.take().context("no browser")?.kill();
                tablet.browser = Some(Browser::launch(tablet.profile.clone())?);
                tablet.open()?;
                self.done.browser_kills += 1;
            }
            65..=74 => {
                if tablet.cut {
                    tablet.proxy.restore();
                } else {
                    tablet.proxy.cut();
                    self.done.cuts += 1;
                }
                tablet.cut = !tablet.cut;
            }
            75..=80 => {
                tablet.proxy.swallow_response_to("/sync");
                self.done.lost_answers += 1;
            }
            81..=85 => {
                if self.dice.percent(50) {
                    tablet.proxy.set_weak_mobile();
                    self.done.slow_lines += 1;
                } else {
                    tablet.fast();
                }
            }
            86..=91 => {
                if tablet.full {
                    tablet.make_room()?;
                } else {
                    tablet.wait_saved()?;
                    tablet.browser()?.set_quota(Some(FULL))?;
                    tablet.full = true;
                    self.done.full_disks += 1;
                }
            }
            92.. => {
                self.server.restart()?;
                self.done.server_kills += 1;
            }
            _ => {}
        }
        Ok(())
    }

    fn objects(&self) -> PathBuf {
        self.server.storage().join("objects")
    }

    /// As a careless administrator does: the server killed, its folder copied.
    fn copy_storage(&mut self) -> Result<()> {
        self.server.kill()?;
        let copy = self.home.path().join("copy");
        copy_all(&self.objects(), &copy)?;
        self.copy = Some(copy);
        self.server.restart()
    }

    fn restore(&mut self) -> Result<()> {
        let copy = self.copy.clone().context("no copy was made")?;
        self.server.kill()?;
        fs::remove_dir_all(self.objects())?;
        copy_all(&copy, &self.objects())?;
        self.server.restart()?;
        self.done.restores += 1;
        Ok(())
    }

    /// Everything works again, and every tablet says that all is with the commission.
    fn mend(&mut self) -> Result<()> {
        for (nth, tablet) in self.tablets.iter_mut().enumerate() {
            tablet.proxy.restore();
            tablet.fast();
            tablet.cut = false;
            tablet.make_room().with_context(|| format!("tablet {nth} gets room"))?;
        }
        for (nth, tablet) in self.tablets.iter().enumerate() {
            tablet.sync().with_context(|| format!("tablet {nth} brings what it has"))?;
        }
        Ok(())
    }

    fn compare(&mut self) -> Result<()> {
        let shard = self.world.shard.clone();
        self.world.coordinator.sync(&shard, Want::View)?;
        let seen = &self.world.coordinator.shown(&shard).marks;
        let mut expected = BTreeMap::new();
        for tablet in &self.tablets {
            for ((day, person), status) in &tablet.ledger {
                expected.insert((tablet.session, *day, *person, tablet.device), Some(*status));
            }
        }
        let found: BTreeMap<_, _> = seen.iter().map(|(key, reg)| (*key, reg.value.status)).collect();
        for (key, status) in &expected {
            ensure!(found.get(key) == Some(status), "{key:?}: tapped {status:?}, found {:?}", found.get(key));
        }
        for key in found.keys() {
            ensure!(expected.contains_key(key), "{key:?} was never tapped");
        }
        self.done.marks = found.len();
        Ok(())
    }
}

impl Tablet {
    fn browser(&self) -> Result<&Browser> {
        self.browser.as_ref().context("no browser")
    }

    fn open(&self) -> Result<()> {
        let browser = self.browser()?;
        browser.goto(&format!("{}/session/{}", self.proxy.address(), self.session))?;
        browser.wait(".attendance-row")
    }

    fn fast(&self) {
        self.proxy.set_latency(Duration::ZERO);
        self.proxy.set_rate(None, None);
    }

    fn tap(&mut self, day: u8, row: usize, status: Status) -> Result<()> {
        let browser = self.browser.as_ref().context("no browser")?;
        let chosen = format!("input[name=day][value='{day}']");
        if browser.count(&format!("{chosen}:checked"))? == 0 {
            browser.tap(&format!("{chosen} + *"))?;
            browser.wait(&format!("{chosen}:checked"))?;
        }
        let row = format!(".attendance-row:nth-child({})", row + 1);
        let person: PersonId = browser.attr(&row, "data-person")?.context("a person")?.parse()?;
        let word = format!("{status:?}").to_lowercase();
        let input = format!("{row} input[value={word}]");
        // A row that says so already writes nothing when it is tapped.
        if browser.count(&format!("{input}:checked"))? == 0 {
            browser.tap(&input)?;
            browser.wait(&format!("{input}:checked"))?;
            self.ledger.insert((day, person), status);
        }
        Ok(())
    }

    /// Nothing may be killed before the page has said that it is saved.
    fn wait_saved(&self) -> Result<()> {
        let browser = self.browser()?;
        browser.wait_until("all rows to be saved", || {
            Ok(browser.count("[data-custody=Saving], [data-custody=NotStored]")? == 0)
        })
    }

    fn make_room(&mut self) -> Result<()> {
        self.browser()?.set_quota(None)?;
        self.full = false;
        Ok(())
    }

    fn sync(&self) -> Result<()> {
        let browser = self.browser()?;
        browser.tap(".sync-pill")?;
        browser.wait("#sync-sheet[open]")?;
        let good = || Ok(browser.count(".sync-pill--good")? == 1);
        let asked = browser.wait_until("all to be with the commission", || {
            if good()? {
                return Ok(true);
            }
            // The button is off while an exchange is under way.
            let _ = browser.tap_text("#sync-sheet button", "Sync now");
            good()
        });
        if asked.is_err() {
            bail!("{} is stuck: {}", self.device, browser.text("#sync-sheet")?);
        }
        browser.key("Escape")
    }
}

fn device_of(browser: &Browser) -> Result<DeviceId> {
    let dump = browser.dump_indexeddb()?.to_string().replace('\\', "");
    let at = dump.find("\"device\":\"").context("no device in the page's databases")? + 10;
    dump.get(at..at + 16).context("a device's id")?.parse().context("a device's id")
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
