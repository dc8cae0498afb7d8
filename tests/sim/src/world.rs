//! The world of a story: shards, tablets, messages between them, one true clock that nobody sees.

use crate::country::{self, SHARDS, shard_id};
use crate::disk::{Disk, Write};
use crate::people;
use crate::rules::{Breach, Said};
use crate::shard::{Asker, Store, Trip};
use crate::story::{Step, Story};
use crate::tablet::Tablet;
use crate::writes::Writes;
use shared::event::{Event, EventId};
use shared::grant::{Access, Ending};
use shared::id::{AccountId, DeviceId, RunId};
use shared::programme::Programme;
use shared::time::Stamp;
use std::rc::Rc;

/// A message on its way.
#[derive(Clone, Debug)]
pub enum Flight {
    /// A request: from which page, under whose token.
    Up { load: u64, account: AccountId, device: DeviceId, tablet: String, shard: usize, bytes: Rc<Vec<u8>> },
    /// An answer to a page.
    Down { load: u64, bytes: Rc<Vec<u8>>, said: Option<Rc<Said>> },
}

/// Everything.
#[derive(Clone, Debug)]
pub struct World {
    pub now_ms: i64,
    pub programme: Rc<Programme>,
    /// The registry's accounts and grants; shards follow.
    pub access: Access,
    pub shards: Vec<Store>,
    pub tablets: Vec<Tablet>,
    pub flights: Vec<Flight>,
    pub writes: Writes,
    /// Counts what must be new: page loads, ids.
    pub counter: u64,
}

impl World {
    /// The world in which a story begins.
    ///
    /// # Errors
    /// A breach, which cannot be here already.
    pub fn new(story: &Story) -> Result<Self, Breach> {
        let access = country::access();
        let page_rows = usize::from(story.page_rows);
        let tablets = country::tablets().into_iter().map(|place| Tablet {
            name: format!("tablet {}", place.device),
            device: place.device,
            account: place.account,
            shard: place.shard,
            decides_only: place.decides_only,
            disk: Disk::default(),
            ahead_ms: 0,
            tabs: vec![],
        });
        let mut world = Self {
            now_ms: country::START_MS,
            programme: Rc::new(country::programme()),
            shards: (0..SHARDS).map(|n| Store::new(n, access.clone(), page_rows)).collect(),
            access,
            tablets: tablets.collect(),
            flights: vec![],
            writes: Writes::default(),
            counter: 0x1000,
        };
        for shard in 0..SHARDS {
            for cells in country::seed_cells(shard) {
                world.shards[shard].direct(cells, world.now_ms, &world.writes)?;
            }
        }
        for t in 0..world.tablets.len() {
            world.open(t);
            world.whole_exchange(t, 50)?;
        }
        Ok(world)
    }

    /// Takes one step and checks what it touched.
    ///
    /// # Errors
    /// The invariant that broke.
    pub fn take(&mut self, step: &Step) -> Result<(), Breach> {
        self.now_ms += 1_000;
        match *step {
            Step::Mark { t, tab, session, day, person, status, wait } => {
                if let Some((t, tab)) = self.page(t, tab) {
                    let shown = self.tablets[t].tabs[tab].client.shown();
                    let body = people::mark(shown, session, day, person, status);
                    self.write(t, tab, body, wait)?;
                }
            }
            Step::Note { t, tab, what, a, b } => {
                if let Some((t, tab)) = self.page(t, tab) {
                    let body = people::note(self.tablets[t].tabs[tab].client.shown(), what, a, b);
                    self.write(t, tab, body, false)?;
                }
            }
            Step::Decide { t, tab, what, a, b } => {
                if let Some((t, tab)) = self.page(t, tab) {
                    let tablet = &self.tablets[t];
                    let shard = tablet.shard;
                    self.counter += 1;
                    let id = self.counter;
                    let body = if tablet.decides_only {
                        people::decide_unseen(self.shards[shard].state(), shard, [what, a, b], id)
                    } else {
                        let held = self.shards[shard].held();
                        people::decide(tablet.tabs[tab].client.shown(), &held, shard, [what, a, b], id)
                    };
                    self.write(t, tab, body, false)?;
                }
            }
            Step::Reassign { shard, what, a, b } => {
                let n = usize::from(shard) % SHARDS;
                let cells = people::reassign(self.shards[n].state(), n, what, a, b);
                self.shards[n].direct(cells, self.now_ms, &self.writes)?;
            }
            Step::WriteLater { t } => self.write_later(t),
            Step::Exchange { t, events } => {
                if let Some((t, _)) = self.page(t, 0) {
                    self.whole_exchange(t, usize::from(events % 5))?;
                }
            }
            Step::Send { t, tab: _, events, verdicts_only } => {
                if let Some((t, _)) = self.page(t, 0)
                    && !self.tablets[t].tabs[0].exchanging
                {
                    self.send(t, usize::from(events % 5), verdicts_only)?;
                }
            }
            Step::Deliver { n } => {
                if let Some(at) = self.flight(n) {
                    let flight = self.flights.remove(at);
                    self.deliver(flight)?;
                }
            }
            Step::Drop { n } => {
                if let Some(at) = self.flight(n) {
                    self.flights.remove(at);
                }
            }
            Step::Duplicate { n } => {
                if let Some(at) = self.flight(n) {
                    self.flights.push(self.flights[at].clone());
                }
            }
            Step::GiveUp { t, tab } => {
                if let Some((t, tab)) = self.page(t, tab) {
                    self.tablets[t].tabs[tab].exchanging = false;
                }
            }
            Step::Disk { t, tab } | Step::DiskFull { t, tab } => {
                if let Some((t, tab)) = self.page(t, tab) {
                    self.disk_step(t, tab, matches!(step, Step::DiskFull { .. }))?;
                }
            }
            Step::Crash { t, tab } => {
                if let Some((t, tab)) = self.page(t, tab) {
                    let tablet = &mut self.tablets[t];
                    tablet.crash(tab, &shard_id(tablet.shard), &mut self.counter);
                }
            }
            Step::Open { t } => {
                let t = usize::from(t) % self.tablets.len();
                if self.tablets[t].tabs.len() < 3 {
                    self.open(t);
                }
            }
            Step::Clone { t, running } => self.clone_tablet(t, running),
            Step::Wipe { t } => self.wipe(t),
            Step::Clock { t, hours } => {
                let t = usize::from(t) % self.tablets.len();
                self.tablets[t].ahead_ms = i64::from(hours) * 3_600_000;
            }
            Step::Pass { minutes } => self.now_ms += i64::from(minutes) * 60_000,
            Step::Trip { shard, how } => {
                let trips = [Trip::CommitFails, Trip::EndsBeforeCommit, Trip::EndsAfterCommit];
                self.shard(shard).trip = Some(trips[usize::from(how) % trips.len()]);
            }
            Step::Evict { shard } => self.shard(shard).evict(),
            Step::Snapshot { shard } => self.shard(shard).take_copy(),
            Step::Restore { shard, back } => self.shard(shard).restore(usize::from(back)),
            Step::Revoke { account, cause } => self.revoke(account, cause),
            Step::Reinstate { account } => {
                let n = usize::from(account) % self.access.grants.len();
                self.access.version += 1;
                self.access.grants[n].ended = None;
            }
            Step::Follow { shard } => {
                let access = self.access.clone();
                self.shard(shard).access = access;
            }
        }
        for tablet in &self.tablets {
            tablet.check_verdicts(&self.shards[tablet.shard])?;
        }
        Ok(())
    }

    fn shard(&mut self, n: u16) -> &mut Store {
        &mut self.shards[usize::from(n) % SHARDS]
    }

    fn flight(&self, n: u16) -> Option<usize> {
        if self.flights.is_empty() { None } else { Some(usize::from(n) % self.flights.len()) }
    }

    /// An open page of a tablet, if there is one.
    fn page(&self, t: u16, tab: u16) -> Option<(usize, usize)> {
        let t = usize::from(t) % self.tablets.len();
        let open = self.tablets[t].tabs.len();
        if open == 0 { None } else { Some((t, usize::from(tab) % open)) }
    }

    /// Opens a page.
    pub fn open(&mut self, t: usize) {
        self.counter += 1;
        let tablet = &mut self.tablets[t];
        tablet.open(shard_id(tablet.shard), self.counter);
    }

    fn write(
        &mut self,
        t: usize,
        tab: usize,
        body: Option<shared::event::Body>,
        wait: bool,
    ) -> Result<(), Breach> {
        let Some(body) = body else { return Ok(()) };
        let tablet = &mut self.tablets[t];
        tablet.write(tab, &body, self.now_ms, &mut self.writes);
        let who = format!("device {}", tablet.device);
        tablet.tabs[tab].own_is_shown(&self.writes, &who)?;
        if wait { Ok(()) } else { self.settle_disk(t, tab) }
    }

    /// A page of a later version was here: an event of a kind nobody knows is on disk.
    fn write_later(&mut self, t: u16) {
        let t = usize::from(t) % self.tablets.len();
        self.counter += 1;
        let tablet = &mut self.tablets[t];
        let event = Event {
            id: EventId { device: tablet.device, run: RunId(self.counter), n: 0 },
            shard: shard_id(tablet.shard),
            actor: tablet.account,
            wall: tablet.wall(self.now_ms),
            offset: tablet.disk.place().offset,
            seen: tablet.disk.place().cursor,
            kind: "quiz".into(),
            version: 1,
            payload: "{}".into(),
        };
        self.writes.note(&event, self.now_ms, core::iter::empty());
        let last = tablet.disk.read().1.into_values().max().unwrap_or_default();
        // A fresh id is taken by nobody.
        let _ = tablet.disk.write(Write::Append((last + 1).max(event.wall.0), event));
        for tab in 0..tablet.tabs.len() {
            tablet.want_reload(tab, &shard_id(tablet.shard), &mut self.counter);
        }
    }

    /// Completes all that a page gave to the disk.
    pub fn settle_disk(&mut self, t: usize, tab: usize) -> Result<(), Breach> {
        while self.tablets[t].tabs.get(tab).is_some_and(|tab| !tab.waiting.is_empty()) {
            self.disk_step(t, tab, false)?;
        }
        Ok(())
    }

    fn disk_step(&mut self, t: usize, tab: usize, full: bool) -> Result<(), Breach> {
        let tablet = &mut self.tablets[t];
        tablet.disk_step(tab, full, &shard_id(tablet.shard), &mut self.counter, &mut self.writes)
    }

    /// A request of the first page, its answer, and the disk.
    pub fn whole_exchange(&mut self, t: usize, events: usize) -> Result<(), Breach> {
        self.settle_disk(t, 0)?;
        let up = self.request(t, events, false)?;
        if let Some(down) = self.answer(up)? {
            self.deliver(down)?;
            self.settle_disk(t, 0)?;
        }
        if let Some(tab) = self.tablets[t].tabs.first_mut() {
            tab.exchanging = false;
        }
        Ok(())
    }

    fn send(&mut self, t: usize, events: usize, verdicts_only: bool) -> Result<(), Breach> {
        let up = self.request(t, events, verdicts_only)?;
        self.flights.push(up);
        Ok(())
    }

    fn request(&mut self, t: usize, events: usize, verdicts_only: bool) -> Result<Flight, Breach> {
        let tablet = &mut self.tablets[t];
        let bytes = Rc::new(tablet.ask(0, events, verdicts_only)?);
        let (account, device, shard) = (tablet.account, tablet.device, tablet.shard);
        Ok(Flight::Up {
            load: tablet.tabs[0].load,
            account,
            device,
            tablet: tablet.name.clone(),
            shard,
            bytes,
        })
    }

    fn deliver(&mut self, flight: Flight) -> Result<(), Breach> {
        match flight {
            Flight::Up { .. } => {
                if let Some(down) = self.answer(flight)? {
                    self.flights.push(down);
                }
                Ok(())
            }
            Flight::Down { load, bytes, said } => {
                let place = self.tablets.iter().enumerate().find_map(|(t, tablet)| {
                    tablet.tabs.iter().position(|tab| tab.load == load).map(|tab| (t, tab))
                });
                match place {
                    Some((t, tab)) => {
                        self.tablets[t].receive(tab, &bytes, said, self.now_ms, &mut self.writes)
                    }
                    // The page is gone.
                    None => Ok(()),
                }
            }
        }
    }

    fn answer(&mut self, flight: Flight) -> Result<Option<Flight>, Breach> {
        let Flight::Up { load, account, device, tablet, shard, bytes } = flight else { return Ok(None) };
        let asker = Asker { account, device, tablet: &tablet };
        let answer = self.shards[shard].answer(asker, &bytes, self.now_ms, &self.programme, &self.writes)?;
        Ok(answer.map(|a| Flight::Down { load, bytes: Rc::new(a.bytes), said: a.said }))
    }

    fn clone_tablet(&mut self, t: u16, running: bool) {
        if self.tablets.len() >= 11 {
            return;
        }
        let mut copy = self.tablets[usize::from(t) % self.tablets.len()].clone();
        copy.name = format!("{} copied", copy.name);
        if running {
            for tab in &mut copy.tabs {
                self.counter += 1;
                tab.load = self.counter;
            }
        } else {
            copy.tabs.clear();
        }
        self.tablets.push(copy);
    }

    fn wipe(&mut self, t: u16) {
        let t = usize::from(t) % self.tablets.len();
        self.counter += 1;
        let tablet = &mut self.tablets[t];
        tablet.disk = Disk::default();
        tablet.tabs.clear();
        tablet.device = DeviceId(self.counter);
    }

    fn revoke(&mut self, account: u16, cause: bool) {
        // The operator of this world keeps headquarters.
        let n = usize::from(account) % self.access.grants.len();
        self.access.version += 1;
        let ending = if cause { Ending::Cause } else { Ending::Ordinary };
        let grant = &mut self.access.grants[n];
        grant.ended = grant.ended.or(Some((Stamp(self.now_ms), ending)));
    }
}
