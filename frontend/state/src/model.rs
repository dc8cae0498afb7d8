//! What the page knows.

use crate::hq::HqModel;
use crate::keep::{KeptReceipt, Save};
#[cfg(feature = "office")]
use crate::parcels::{Carried, Parcels};
use crate::route::Location;
pub use crate::toast::{Done, Toast, Undo};
use shared::api::Me;
use shared::event::{Event, EventId};
use shared::grant::{AccountRole, Grant};
use shared::id::{AccountId, DeviceId, PersonId, RunId, SessionId, ShardId};
use shared::programme::Programme;
use shared::state::{Index, Outcome, ShardState, Status};
use shared::sync::Ended;
use shared::sync::client::{Client, Stored};
use shared::time::{Day, WallMs};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How far the page's beginning is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Boot {
    /// Storage is being read.
    #[default]
    Reading,
    /// Ready: an account is open, or the start is shown.
    Ready,
    /// The browser refuses storage.
    NoStorage,
}

/// All that the page knows.
#[derive(Debug, Default)]
pub struct Model {
    /// How far the beginning is.
    pub boot: Boot,
    /// Where the reader is.
    pub location: Location,
    /// The device's clock at the last message.
    pub now: WallMs,
    /// When the page was built, milliseconds since 1970; 0 where unknown.
    pub built_ms: i64,
    /// Accounts of this browser.
    pub accounts: Vec<AccountEntry>,
    /// The account this tab is open for.
    pub account: Option<Open>,
    /// An account's right ended on this device, and its records were deleted then.
    pub ended_here: Option<WallMs>,
    /// Joining by a code.
    pub join: Join,
    /// The connection.
    pub net: Net,
    /// The browser's storage.
    pub storage: StorageState,
    /// The application's files are on this device.
    pub shell_kept: bool,
    /// Another version waits.
    pub update_waiting: bool,
    /// What was just done.
    pub toast: Option<Toast>,
    /// Numbers of toasts.
    pub toasts_shown: u64,
    /// Headquarters' screens.
    pub hq: HqModel,
    /// Records are in this page's memory alone: whoever closes it is asked first.
    pub leaving_loses: bool,
    /// Ticks of the clock since the page began.
    pub ticks: u32,
}

/// An account of this browser.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountEntry {
    /// The account.
    pub account: AccountId,
    /// The name it is called by.
    pub name: String,
    /// What it is for, by its first grant.
    pub role: Option<AccountRole>,
    /// Where, by its first grant.
    pub shard: Option<ShardId>,
    /// This device's id under it.
    pub device: DeviceId,
    /// Hashes of the codes that opened it: the same link opens it again.
    pub codes: Vec<String>,
    /// When it was last open here, by the device's clock.
    pub last_used_ms: i64,
}

/// A link that brought the reader here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The code in it.
    pub code: String,
}

/// Joining by a code.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Join {
    /// Nothing was sent.
    #[default]
    Idle,
    /// Waiting for the answer.
    Working,
    /// Refused, or no connection.
    Failed(crate::effect::Failure),
}

/// What was read from an account's store.
#[derive(Debug)]
pub struct Loaded {
    /// The account.
    pub entry: AccountEntry,
    /// Drawn anew.
    pub run: RunId,
    /// Who it was when last heard of.
    pub me: Option<Me>,
    /// The grants it joined with.
    pub grants: Vec<Grant>,
    /// The programme.
    pub programme: Option<Rc<Programme>>,
    /// The shard's rows and this device's own events; for an account of one shard.
    pub stored: Stored,
    /// Pages in which its rows are stored.
    pub pages: u32,
    /// Own records without success whose reason was read and put away.
    pub read: BTreeSet<EventId>,
    /// Receipts, oldest first.
    pub receipts: Vec<KeptReceipt>,
    /// Parcels of other devices.
    #[cfg(feature = "office")]
    pub carried: Vec<Carried>,
}

/// The account this tab is open for.
#[derive(Debug)]
pub struct Open {
    /// The account.
    pub entry: AccountEntry,
    /// This load of the page.
    pub run: RunId,
    /// Who it is, when last heard of.
    pub me: Option<Me>,
    /// Its grants.
    pub grants: Vec<Grant>,
    /// The programme.
    pub programme: Option<Rc<Programme>>,
    /// The version of the registry whose programme this is.
    pub programme_version: u64,
    /// The device's side of the account's shard; headquarters has none.
    pub client: Option<Client>,
    /// Look-ups over the client's rows, made anew whenever rows came.
    pub index: Rc<Index>,
    /// People and days about which observers differ; counted whenever rows came.
    pub disputes: u32,
    /// Where each own record stands.
    pub custody: BTreeMap<(SessionId, u8, PersonId), OwnMark>,
    /// Decisions that an earlier visit left on disk without a verdict; of an account without a shard of its own.
    pub left_over: Vec<Event>,
    /// Events not stored yet.
    pub writing: BTreeSet<EventId>,
    /// Events that could not be stored; in memory, and still sent.
    pub unstored: BTreeMap<EventId, StorageFault>,
    /// Those of them that are being tried again without a word.
    pub retrying: BTreeSet<EventId>,
    /// What exchanges brought and could not be stored: goes with the next commit.
    pub unsaved: Option<Box<Save>>,
    /// Why it could not.
    pub unsaved_why: Option<StorageFault>,
    /// What was given to the store last and is not confirmed.
    pub saving: Option<Box<Save>>,
    /// Commits given to the store and not answered.
    pub commits_open: u32,
    /// Why one of them failed, if one did.
    pub commit_failed: Option<StorageFault>,
    /// Own records without success whose reason was read and put away.
    pub read: BTreeSet<EventId>,
    /// Receipts that the commission signed for this device, oldest first.
    pub receipts: Vec<KeptReceipt>,
    /// Parcels made here, and those of other devices.
    #[cfg(feature = "office")]
    pub parcels: Parcels,
    /// Pages of rows on disk beyond those that the rows would fill.
    pub spare_pages: u32,
    /// Another tab changed the store while this one was writing.
    pub reload_wanted: bool,
    /// Days chosen on session screens.
    pub days: BTreeMap<SessionId, u8>,
    /// Names of observers by account, where this account may know them.
    pub names: BTreeMap<AccountId, String>,
    /// "Get ready" is under way: take the sessions once all is here.
    pub getting_ready: bool,
    /// The account's right has ended; what waits stays.
    pub ended: bool,
    /// What the shard last said has ended.
    pub ended_in_shard: Option<Ended>,
    /// The registry says that the account has no right left, or that this device was revoked.
    pub revoked: bool,
    /// Its records are being deleted.
    pub wiping: bool,
}

/// This device's last mark of a person on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMark {
    /// The event.
    pub event: EventId,
    /// What it said.
    pub status: Option<Status>,
    /// When, by the device's clock.
    pub wall: WallMs,
    /// Where it is.
    pub custody: Custody,
}

/// Where a record is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Custody {
    /// No verdict yet: on this device (see `writing` and `unstored` for whether it is on its disk).
    Pending,
    /// Admitted.
    WithCommission,
    /// The coordinator must confirm it.
    Held,
    /// Not admitted: stable code of the reason.
    Refused(String),
}

/// Why storage failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageFault {
    /// No space left.
    Full,
    /// The store of this account is of a later version of the page.
    Newer,
    /// Anything else, as the browser called it.
    Other(String),
}

/// What the browser says about its storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct StorageState {
    /// Whether it was measured.
    pub known: bool,
    /// The browser was asked in this visit to keep it.
    pub asked: bool,
    /// Whether what the next days need could be written, where that was tried in this visit.
    pub room: Option<bool>,
    /// It will not be cleared when the device runs low.
    pub kept: bool,
    /// Bytes used.
    pub used_bytes: u64,
    /// Bytes that may be used in all.
    pub quota_bytes: u64,
}

/// The connection.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Net {
    /// The browser thinks there is one.
    pub online: bool,
    /// This tab is the one that syncs for its account.
    pub leading: bool,
    /// An exchange is under way.
    pub exchanging: bool,
    /// Exchanges that failed since the last success.
    pub failures: u32,
    /// Why the last one failed.
    pub last_failure: Option<crate::effect::Failure>,
}

impl Model {
    /// The programme's day now: by the server's clock where it was ever heard, shifted by the demo's offset.
    pub fn today(&self) -> Day {
        let Some(open) = &self.account else { return Day::of(self.now, 0, 0) };
        let utc_offset_min = open.programme.as_ref().map_or(0, |p| p.utc_offset_min);
        let day_offset = open.me.as_ref().map_or(0, |m| m.day_offset);
        Day::of(self.server_now(), utc_offset_min, day_offset)
    }

    /// The device's clock, put right by what the server last said.
    pub fn server_now(&self) -> WallMs {
        let offset = self.client().map_or(0, |c| c.place().offset);
        WallMs(self.now.0.saturating_add(offset))
    }

    /// The open account's side of its shard.
    pub fn client(&self) -> Option<&Client> {
        self.account.as_ref().and_then(|open| open.client.as_ref())
    }

    /// The open account's main role.
    pub fn role(&self) -> Option<AccountRole> {
        self.account.as_ref().and_then(Open::role)
    }
}

impl Open {
    /// Opens what was read.
    pub fn new(loaded: Loaded) -> Self {
        #[cfg(feature = "office")]
        let parcels = Parcels { carried: loaded.carried, ..Parcels::default() };
        let Loaded { entry, run, me, grants, programme, stored, pages, read, receipts, .. } = loaded;
        let grants = me.as_ref().map(|m| m.grants.clone()).filter(|g| !g.is_empty()).unwrap_or(grants);
        let shard = grants.iter().find_map(|g| g.shard.clone());
        let filled = stored.rows.len().div_ceil(shared::sync::MAX_PAGE_ROWS) as u32;
        let left_over = if shard.is_none() { stored.pending.clone() } else { vec![] };
        let client = shard.map(|shard| Client::open(shard, entry.device, entry.account, run, stored));
        let mut open = Self {
            programme_version: me.as_ref().filter(|_| programme.is_some()).map_or(0, |m| m.programme_version),
            entry,
            run,
            me,
            grants,
            programme,
            client,
            index: Rc::default(),
            disputes: 0,
            custody: BTreeMap::new(),
            left_over,
            writing: BTreeSet::new(),
            unstored: BTreeMap::new(),
            retrying: BTreeSet::new(),
            unsaved: None,
            unsaved_why: None,
            saving: None,
            commits_open: 0,
            commit_failed: None,
            read,
            receipts,
            #[cfg(feature = "office")]
            parcels,
            spare_pages: pages.saturating_sub(filled),
            reload_wanted: false,
            days: BTreeMap::new(),
            names: BTreeMap::new(),
            getting_ready: false,
            ended: false,
            ended_in_shard: None,
            revoked: false,
            wiping: false,
        };
        open.rows_came();
        open.custody = open.client.as_ref().map(crate::update::custody_of).unwrap_or_default();
        open
    }

    /// What the account is for: the first of its grants.
    pub fn role(&self) -> Option<AccountRole> {
        self.grants.first().map(|g| g.role).or(self.entry.role)
    }

    /// The person on the roster whom the account is.
    pub fn person(&self) -> Option<PersonId> {
        self.grants.iter().find_map(|g| g.person)
    }

    /// Makes what is derived from rows anew.
    pub fn rows_came(&mut self) {
        let Some(client) = &self.client else { return };
        self.index = Rc::new(Index::of(client.shown()));
        self.disputes = disputes(client.shown());
    }

    /// Events that no disk has: without a verdict, and being written or not stored.
    pub fn only_in_memory(&self) -> u32 {
        let here = |id: &EventId| self.writing.contains(id) || self.unstored.contains_key(id);
        if self.writing.is_empty() && self.unstored.is_empty() {
            return 0;
        }
        let pending = self.client.as_ref().map(Client::pending).unwrap_or_default();
        pending.iter().filter(|e| here(&e.id)).count() as u32
    }
}

/// People and days about which observers differ. Only those whom two devices marked are looked at.
fn disputes(state: &ShardState) -> u32 {
    let mut found = 0;
    let mut last = None;
    let mut counted = None;
    for (session, day, person, _) in state.marks.keys() {
        let key = (*session, *day, *person);
        if last == Some(key) && counted != last {
            counted = last;
            found += u32::from(state.outcome_of(*session, *day, *person) == Outcome::Disputed);
        }
        last = Some(key);
    }
    found
}
