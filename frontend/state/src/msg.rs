//! Everything that happens to the page.

use crate::effect::Failure;
use crate::hq;
use crate::model::AccountEntry;
use crate::model::{Link, Loaded, StorageFault, StorageState};
#[cfg(feature = "office")]
use crate::parcels::Carried;
use crate::route::Location;
use shared::api::{AccountLine, Me};
use shared::event::EventId;
#[cfg(feature = "office")]
use shared::id::DeviceId;
use shared::id::{AccountId, PersonId, SessionId};
use shared::state::{Method, Status};
use shared::sync::Reply;
#[cfg(feature = "office")]
use shared::sync::parcel::{Parcel, ParcelReply};
use shared::time::WallMs;

/// When a message arrived, and random bits for what it may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// What the device's clock shows.
    pub wall: WallMs,
    /// Random bits, new for each message.
    pub random: u64,
}

/// Something that happened.
#[derive(Debug)]
pub enum Msg {
    // The page
    /// The page began.
    Booted {
        /// Accounts of this browser.
        accounts: Vec<AccountEntry>,
        /// The account this tab is bound to.
        bound: Option<AccountId>,
        /// A link with a code brought the reader here.
        link: Option<Link>,
        /// Where.
        location: Location,
        /// The browser thinks there is a connection.
        online: bool,
        /// When this page was built, milliseconds since 1970; 0 where unknown.
        built_ms: i64,
    },
    /// The browser refused its own storage: nothing can be kept here.
    NoStorage,
    /// The reader went somewhere (a link, the back button).
    Went(Location),
    /// A link was followed: go there.
    Go(Location),
    /// Time passed.
    Tick,
    /// The connection came or went.
    Online(bool),
    /// The page is in view again.
    Visible,
    /// A timer that was asked for.
    Wake,
    /// Another version of the page waits.
    UpdateWaiting,
    /// Use it now.
    UseUpdate,
    /// This tab is the one that syncs for its account.
    Leading,
    /// Another tab changed the account's store.
    StoreChanged,

    // Accounts
    /// A code was typed.
    Join(String),
    /// The answer to a join.
    Joined(Result<AccountEntry, Failure>),
    /// Show another account in this tab.
    Switch(AccountId),
    /// An account's store was read.
    Opened(Box<Loaded>),
    /// It could not be.
    OpenFailed(StorageFault),
    /// An account's right ended and its records were deleted from this device, at this time of its clock.
    EndedHere(WallMs),
    /// They could not be deleted now.
    NotWiped,
    /// Who the account is, as the registry says.
    MeCame(Result<Me, Failure>),
    /// The programme's pack.
    ProgrammeCame(Result<String, Failure>),
    /// The accounts a coordinator may see: the names of observers.
    AccountsCame(Result<Vec<AccountLine>, Failure>),

    // Records
    /// Attendance, as seen by this account.
    Attend {
        /// The session.
        session: SessionId,
        /// Which of its days, from 0.
        day: u8,
        /// Whom, and how; nothing takes a mark back.
        people: Vec<(PersonId, Option<Status>)>,
        /// How it was observed.
        method: Method,
    },
    /// "Everyone present" on one day: all without any mark.
    EveryonePresent {
        /// The session.
        session: SessionId,
        /// Which of its days, from 0.
        day: u8,
    },
    /// A disagreement is settled.
    Resolve {
        /// The session.
        session: SessionId,
        /// Which of its days, from 0.
        day: u8,
        /// The person.
        person: PersonId,
        /// What holds.
        status: Status,
    },
    /// Which day of a session is shown and marked.
    ChooseDay(SessionId, u8),
    /// An event is on disk, or not.
    Appended(EventId, Result<(), StorageFault>),
    /// Try again to store what could not be stored.
    RetryWrites,
    /// What an exchange brought is on disk, or not.
    Committed(Result<(), StorageFault>),
    /// Write a record that was not accepted once more, as it was.
    WriteAgain(EventId),
    /// The reason of a record that was not accepted has been read: put it away.
    PutAway(EventId),
    /// Take back what the toast of this number says.
    Undo(u64),
    /// The toast of this number has been seen.
    ToastGone(u64),

    // Sync
    /// "Sync now".
    SyncNow,
    /// The shard answered.
    Exchanged(Result<Box<Reply>, Failure>),
    #[cfg(feature = "office")]
    /// Seal what waits here, to be sent with another device.
    MakeParcel,
    #[cfg(feature = "office")]
    /// It is sealed; nothing if the browser could not.
    ParcelSealed(Option<Box<Parcel>>),
    #[cfg(feature = "office")]
    /// A file was chosen: carry the parcel in it.
    CarryParcel(u32),
    #[cfg(feature = "office")]
    /// It was read; empty if it could not be.
    ParcelChosen(String),
    #[cfg(feature = "office")]
    /// A carried parcel is on disk, or not.
    ParcelKept(Box<Carried>, Result<(), StorageFault>),
    #[cfg(feature = "office")]
    /// The commission answered for a carried parcel.
    ParcelBrought((DeviceId, WallMs), Result<Box<ParcelReply>, Failure>),
    /// "Ask to keep it".
    Persist,
    /// What the browser says about its storage.
    Measured(StorageState),
    /// The application's files are on this device.
    ShellKept(bool),
    /// "Get ready for offline".
    GetReady,

    /// Headquarters.
    Hq(hq::Msg),
}
