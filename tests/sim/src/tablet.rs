//! A tablet or computer: its disk, its clock, and the pages open on it.
//!
//! A page here does what `frontend/state` and its shell do with the same calls of `shared::sync::client`: a write is
//! shown at once and stored in a transaction of its own; an answer is stored in one; the eldest page alone syncs; a
//! page reads the disk again when another one has changed it.

use crate::disk::{Disk, Write};
use crate::rules::{Breach, Invariant, Said, broken, changed, confirmed_is_projection, named};
use crate::shard::Store;
use crate::writes::Writes;
use shared::event::{Body, Event, EventId};
use shared::id::{AccountId, DeviceId, RunId, ShardId};
use shared::state::{Cell, CellKey, Row, ShardState};
use shared::sync::client::{Client, Commit, Kept, Place, Stored};
use shared::sync::{Reply, Verdict, Want};
use shared::time::WallMs;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// One tablet or computer under one account, towards one shard.
#[derive(Clone, Debug)]
pub struct Tablet {
    /// The thing itself; the shard knows it by this name.
    pub name: String,
    /// The device's id.
    pub device: DeviceId,
    /// Whose it is.
    pub account: AccountId,
    /// The number of the shard.
    pub shard: usize,
    /// It only asks for verdicts.
    pub decides_only: bool,
    /// Its storage.
    pub disk: Disk,
    /// Milliseconds by which its clock is ahead.
    pub ahead_ms: i64,
    /// Open pages; the first one syncs.
    pub tabs: Vec<Tab>,
}

/// One open page.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Names the page, once for all.
    pub load: u64,
    /// The client.
    pub client: Client,
    /// Whether an answer is waited for.
    pub exchanging: bool,
    /// Transactions given to the disk and not complete.
    pub waiting: VecDeque<Write>,
    /// What the disk refused: what it brought goes with the next commit.
    unsaved: Option<Box<Commit>>,
    orders: BTreeMap<EventId, i64>,
    next_order: i64,
    said: Option<Rc<Said>>,
    staged: Option<Rc<Said>>,
    reload_wanted: bool,
}

impl Tablet {
    /// The name of the shard's page for breaches.
    fn called(&self, tab: &Tab) -> String {
        format!("device {} page {}", self.device, tab.load)
    }

    /// What the clock shows.
    pub fn wall(&self, now_ms: i64) -> WallMs {
        WallMs(now_ms.saturating_add(self.ahead_ms))
    }

    /// Opens one more page.
    pub fn open(&mut self, shard: ShardId, load: u64) {
        let (stored, orders) = self.disk.read();
        let client = Client::open(shard, self.device, self.account, RunId(load), stored);
        let next_order = orders.values().max().map_or(1, |o| o + 1);
        self.tabs.push(Tab {
            load,
            client,
            exchanging: false,
            waiting: VecDeque::new(),
            unsaved: None,
            orders,
            next_order,
            said: self.disk.said.clone(),
            staged: None,
            reload_wanted: false,
        });
    }

    /// Writes an event on a page; the disk is asked to store it.
    pub fn write(&mut self, at: usize, body: &Body, now_ms: i64, writes: &mut Writes) {
        let wall = self.wall(now_ms);
        let tab = &mut self.tabs[at];
        let before = tab.client.clone();
        let event = tab.client.write(body, wall);
        let knows = before.pending().iter().chain(before.kept().iter().map(|k| &k.event));
        writes.note(&event, now_ms, knows);
        tab.next_order = tab.next_order.max(wall.0);
        let order = tab.order_of(event.id);
        tab.waiting.push_back(Write::Append(order, event));
    }

    /// The disk completes, or refuses, the first waiting transaction of a page.
    pub fn disk_step(
        &mut self,
        at: usize,
        full: bool,
        shard: &ShardId,
        load: &mut u64,
        writes: &mut Writes,
    ) -> Result<(), Breach> {
        let Some(write) = self.tabs[at].waiting.pop_front() else { return Ok(()) };
        if let (true, Write::Append(_, event)) = (full, &write) {
            writes.refused(event);
        }
        let is_commit = matches!(write, Write::Commit(..));
        let refused = if let Write::Commit(commit, ..) = &write { Some(commit.clone()) } else { None };
        let done = !full && self.disk.write(write).is_ok();
        let tab = &mut self.tabs[at];
        if let (false, Some(commit)) = (done, refused) {
            tab.unsaved = Some(match tab.unsaved.take() {
                None => commit,
                Some(earlier) => Box::new(earlier.followed_by(*commit)),
            });
        }
        if let Some(id) = self.disk.missing() {
            return broken(Invariant::SavedStays, format!("{} is gone from {}", named(&id), self.device));
        }
        if tab.waiting.is_empty() {
            // The page that syncs tells of what an exchange brought, every other one of what it wrote.
            if is_commit || at > 0 {
                self.tell_others(at, shard, load);
            }
            self.reload_if_wanted(at, shard, load);
        }
        Ok(())
    }

    fn tell_others(&mut self, teller: usize, shard: &ShardId, load: &mut u64) {
        for at in (0..self.tabs.len()).filter(|at| *at != teller) {
            self.tabs[at].reload_wanted = true;
            self.reload_if_wanted(at, shard, load);
        }
    }

    /// The store was changed by somebody else.
    pub fn want_reload(&mut self, at: usize, shard: &ShardId, load: &mut u64) {
        self.tabs[at].reload_wanted = true;
        self.reload_if_wanted(at, shard, load);
    }

    /// Reads the store again, once nothing of the page is being written.
    pub fn reload_if_wanted(&mut self, at: usize, shard: &ShardId, load: &mut u64) {
        let tab = &mut self.tabs[at];
        if !tab.reload_wanted || !tab.waiting.is_empty() {
            return;
        }
        tab.reload_wanted = false;
        *load += 1;
        let (stored, orders) = self.disk.read();
        let stored = with_unread(stored, &tab.client);
        tab.client = Client::open(shard.clone(), self.device, self.account, RunId(*load), stored);
        tab.next_order = orders.values().max().map_or(1, |o| o + 1).max(tab.next_order);
        tab.orders.extend(orders);
        tab.said = self.disk.said.clone();
        tab.staged = None;
    }

    /// A page ends.
    pub fn crash(&mut self, at: usize, shard: &ShardId, load: &mut u64) {
        self.tabs.remove(at);
        if at == 0 && !self.tabs.is_empty() {
            // The next one syncs from now on and reads what its predecessor has stored.
            self.tabs[0].reload_wanted = true;
            self.reload_if_wanted(0, shard, load);
        }
    }

    /// The request of a page, as bytes; a few events only.
    pub fn ask(&mut self, at: usize, events: usize, verdicts_only: bool) -> Result<Vec<u8>, Breach> {
        let want = if verdicts_only || self.decides_only { Want::Verdicts } else { Want::View };
        let tab = &mut self.tabs[at];
        tab.exchanging = true;
        let mut request = tab.client.request(want);
        request.events.truncate(events.max(1));
        serde_json::to_vec(&request)
            .map_err(|e| Breach { invariant: Invariant::WireIsRead, what: format!("a request: {e}") })
    }

    /// An answer comes to a page.
    pub fn receive(
        &mut self,
        at: usize,
        bytes: &[u8],
        said: Option<Rc<Said>>,
        now_ms: i64,
        writes: &mut Writes,
    ) -> Result<(), Breach> {
        let wall = self.wall(now_ms);
        let text = core::str::from_utf8(bytes).unwrap_or_default();
        let reply: Reply = match shared::wire::read(text) {
            Ok(reply) => reply,
            Err(error) => return broken(Invariant::WireIsRead, format!("a reply: {error}")),
        };
        let who = self.called(&self.tabs[at]);
        let tab = &mut self.tabs[at];
        tab.exchanging = false;
        let before = tab.client.clone();
        let forked = reply.forked;
        let page = reply.page.as_ref().map(|p| (p.full, p.first));
        let commit = tab.client.receive(reply, wall);
        for (old, new) in &commit.renamed {
            writes.renamed(*old, new);
        }
        // An answer to an older question changes nothing.
        let taken = tab.client.place() != before.place();
        let took_rows = commit.replace || (taken && page.is_some_and(|(full, _)| !full));
        if taken && page.is_some_and(|(_, first)| first) {
            tab.staged.clone_from(&said);
        }
        if commit.replace {
            tab.said = tab.staged.take();
        } else if took_rows {
            tab.said = said;
        }
        if let Some(said) = tab.said.as_ref().filter(|_| took_rows) {
            confirmed_is_projection(tab.client.confirmed(), said, tab.client.place().cursor, &who)?;
            if before.place().tag == tab.client.place().tag && !forked {
                nothing_goes_back(before.confirmed(), tab.client.confirmed(), &who)?;
            }
        }
        tab.own_is_shown(writes, &who)?;
        tab.save(commit);
        Ok(())
    }

    /// Verdicts on disk and in memory against the log, wherever both are of one history.
    pub fn check_verdicts(&self, store: &Store) -> Result<(), Breach> {
        verdicts_hold(self.disk.place(), self.disk.kept(), store)?;
        for tab in &self.tabs {
            verdicts_hold(tab.client.place(), tab.client.kept().iter(), store)?;
        }
        Ok(())
    }
}

impl Tab {
    fn order_of(&mut self, id: EventId) -> i64 {
        if let Some(order) = self.orders.get(&id) {
            return *order;
        }
        let order = self.next_order;
        self.next_order += 1;
        self.orders.insert(id, order);
        order
    }

    /// Gives a commit to the disk, with what the disk refused before.
    fn save(&mut self, commit: Commit) {
        let mut commit = match self.unsaved.take() {
            None => commit,
            Some(earlier) => Commit { replace: true, ..earlier.followed_by(commit) },
        };
        if commit.replace {
            commit.rows = self.client.confirmed().rows_after(None, |_, _| true).collect();
        }
        let mut orders = BTreeMap::new();
        for id in commit.judged.iter().map(|k| k.event.id).chain(commit.requeued.iter().map(|e| e.id)) {
            orders.insert(id, self.order_of(id));
        }
        for (old, event) in &commit.renamed {
            let order = self.order_of(*old);
            self.orders.insert(event.id, order);
            orders.insert(event.id, order);
        }
        self.waiting.push_back(Write::Commit(Box::new(commit), orders, self.said.clone()));
    }

    /// The page's own writes that wait, or count and are not yet in the confirmed rows, are shown as written.
    pub fn own_is_shown(&self, writes: &Writes, who: &str) -> Result<(), Breach> {
        let mut own: BTreeMap<&CellKey, (&Cell, u64, &Event)> = BTreeMap::new();
        let judged = self.client.kept().iter().filter_map(|k| match k.verdict {
            Verdict::Admitted { seq } => Some((&k.event, seq)),
            _ => None,
        });
        let mut judged: Vec<(&Event, u64)> = judged.collect();
        judged.sort_by_key(|j| j.1);
        for (event, seq) in judged.into_iter().chain(self.client.pending().iter().map(|e| (e, u64::MAX))) {
            for (key, cell) in writes.cells(event) {
                own.insert(key, (cell, seq, event));
            }
        }
        let cursor = self.client.place().cursor;
        for (key, (cell, seq, event)) in own {
            let shown = self.client.shown().row(key);
            let is_written = |row: &Row| row.cell == *cell || row.siblings.iter().any(|s| s.cell == *cell);
            let as_written = shown.as_ref().is_some_and(is_written);
            let newer = seq != u64::MAX && shown.as_ref().is_some_and(|row| changed(row) > seq);
            let unseen = || match &self.said {
                Some(said) => !said.eyes.see(&said.state, key),
                None => false,
            };
            let taken_away = shown.is_none() && seq <= cursor && unseen();
            if !(as_written || newer || taken_away) {
                let name = named(&event.id);
                let what = format!(
                    "{who} at {cursor} shows {shown:?} for {name} with seq {seq}, which said {cell:?}"
                );
                return broken(Invariant::ShownStays, what);
            }
        }
        Ok(())
    }
}

/// Events written while the store was being read again are not in what was read.
fn with_unread(mut stored: Stored, before: &Client) -> Stored {
    let is_stored = |id: EventId| {
        stored.pending.iter().any(|s| s.id == id) || stored.kept.iter().any(|k| k.event.id == id)
    };
    let unread: Vec<Event> = before.pending().iter().filter(|e| !is_stored(e.id)).cloned().collect();
    stored.pending.extend(unread);
    stored
}

fn verdicts_hold<'a>(
    place: &Place,
    kept: impl Iterator<Item = &'a Kept>,
    store: &Store,
) -> Result<(), Breach> {
    if !store.has(&place.witness) {
        return Ok(());
    }
    for kept in kept {
        let (Verdict::Admitted { seq } | Verdict::Held { seq, .. }) = &kept.verdict else { continue };
        let record = store.record_of(&kept.event.id);
        let same = |r: &shared::sync::server::Record| {
            r.seq == *seq && r.verdict == kept.verdict && r.event == kept.event
        };
        if !record.is_some_and(same) {
            let found = record.map(|r| (r.seq, &r.verdict));
            let what =
                format!("{} was told {:?}; the log has {found:?}", named(&kept.event.id), kept.verdict);
            return broken(Invariant::InTheLogOnce, what);
        }
    }
    Ok(())
}

/// Within one view and one history, no confirmed row is lost or replaced by an older one.
fn nothing_goes_back(before: &ShardState, after: &ShardState, who: &str) -> Result<(), Breach> {
    let older = |row: &Row| {
        let now = after.row(&row.cell.key());
        now.is_none_or(|now| (now.stamp, now.seq) < (row.stamp, row.seq))
    };
    match before.rows_after(None, |_, _| true).find(older) {
        Some(row) => broken(Invariant::ShownStays, format!("{who} loses {row:?}")),
        None => Ok(()),
    }
}
