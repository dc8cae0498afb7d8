//! What the page knows.

use crate::hq::HqModel;
use crate::route::Location;
use shared::api::Me;
use shared::event::{Event, EventId};
use shared::grant::{AccountRole, Grant};
use shared::id::{AccountId, DeviceId, PersonId, RunId, SessionId, ShardId};
use shared::programme::Programme;
use shared::state::{Index, Outcome, ShardState, Status};
use shared::sync::client::{Client, Commit, Stored};
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
    /// What exchanges brought and could not be stored: goes with the next commit.
    pub unsaved: Option<Box<Commit>>,
    /// What was given to the store last and is not confirmed.
    pub saving: Option<Box<Commit>>,
    /// Commits given to the store and not answered.
    pub commits_open: u32,
    /// One of them failed.
    pub commit_failed: bool,
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

/// What was just done.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Grows.
    pub number: u64,
    /// What.
    pub what: Done,
    /// The marks to write to take it back.
    pub undo: Option<Undo>,
}

/// What a toast says.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Done {
    Marked { person: PersonId, status: Option<Status> },
    EveryonePresent { count: u32 },
    ResolutionAsked { person: PersonId, status: Status },
    TakenBack,
    Ready,
}

/// Marks as they were before.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// The session.
    pub session: SessionId,
    /// Which of its days.
    pub day: u8,
    /// What this account had marked.
    pub people: Vec<(PersonId, Option<Status>)>,
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
        let Loaded { entry, run, me, grants, programme, stored, pages } = loaded;
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
            unsaved: None,
            saving: None,
            commits_open: 0,
            commit_failed: false,
            spare_pages: pages.saturating_sub(filled),
            reload_wanted: false,
            days: BTreeMap::new(),
            names: BTreeMap::new(),
            getting_ready: false,
            ended: false,
        };
        open.rows_came();
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

    /// Makes what is derived from rows and own events anew.
    pub fn rows_came(&mut self) {
        let Some(client) = &self.client else { return };
        self.index = Rc::new(Index::of(client.shown()));
        self.disputes = disputes(client.shown());
        self.custody = crate::update::custody_of(client);
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
