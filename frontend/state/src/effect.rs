//! What the state asks the browser for. The shell carries each effect out and answers with a message.

use crate::keep::Save;
use crate::model::AccountEntry;
use crate::msg::Msg;
#[cfg(feature = "office")]
use crate::parcels::Carried;
use crate::route::Location;
use shared::api::Me;
use shared::event::{Event, EventId};
use shared::id::{AccountId, DeviceId, ShardId};
use shared::sync::client::Kept;
#[cfg(feature = "office")]
use shared::sync::parcel::Parcel;
use std::fmt;

/// Something to do outside the state.
#[derive(Debug)]
pub enum Effect {
    /// Read an account's store and answer [`Msg::Opened`]; a tab stays with it.
    Open(AccountId),
    /// Show this account in this tab from the start: the page is loaded anew.
    Switch(AccountId, Location),
    /// Join this device by a code and answer [`Msg::Joined`].
    Join {
        /// What the person typed or the link brought.
        code: String,
    },
    /// Write one event in a strict transaction and answer [`Msg::Appended`].
    Append(Event),
    /// Store what an exchange brought, in one transaction, and answer [`Msg::Committed`].
    Commit(Box<Save>),
    #[cfg(feature = "office")]
    /// Seal a request for a shard's parcel key and sign it; answers [`Msg::ParcelSealed`].
    SealParcel {
        /// Its header.
        parcel: Box<Parcel>,
        /// The request.
        request: String,
        /// The shard's parcel key.
        to: String,
    },
    #[cfg(feature = "office")]
    /// Read the file of this number (see [`DeskCall::file`]) as a text; answers [`Msg::ParcelChosen`].
    ReadParcel(u32),
    #[cfg(feature = "office")]
    /// Store a carried parcel, or what came of it; answers [`Msg::ParcelKept`].
    KeepParcel(Box<Carried>),
    /// Keep that the reason of an own record was read and put away; nothing is answered.
    KeepRead(ShardId, EventId),
    /// From now on ask whoever leaves or reloads the page first, or not any more.
    AskBeforeLeaving(bool),
    /// Move a decision of headquarters from the waiting to the judged, with its verdict; nothing is answered.
    Judged(Box<Kept>),
    /// Keep who the account is and its programme (the pack's text, where it changed) for the next start.
    KeepMe {
        /// Who.
        me: Box<Me>,
        /// The pack.
        programme: Option<String>,
    },
    /// Ask the server something.
    Http(HttpCall),
    /// Send [`Msg::Wake`] in so many milliseconds; a later request of this kind replaces an earlier one.
    WakeIn(u32),
    /// Tell the other tabs of the account that its store changed; they answer themselves with [`Msg::StoreChanged`].
    TellTabs,
    /// Ask the browser to keep the storage, try whether so much can be written, and measure; answers
    /// [`Msg::Measured`].
    Persist {
        /// Bytes written and deleted again: what a browser says is free may be a promise and no measurement.
        try_bytes: u64,
    },
    /// Measure the storage; answers [`Msg::Measured`].
    Measure,
    /// Go to an address of the page.
    Go(Location),
    /// Use the waiting version of the page.
    ActivateUpdate,
    /// Keep the whole application on this device: the screens that a first visit does without.
    KeepWhole,
    /// Load the application that has the screens of headquarters and coordinators too, from now on.
    LoadOffice,
    /// The account's right has ended and nothing of it waits: delete its records, its key and its entry from this
    /// device, and begin the page anew; answers [`Msg::NotWiped`] where the browser refuses.
    Wipe(AccountId),
    /// Run something in the Web Worker; each of its messages comes back through `then`.
    Desk(DeskCall),
    /// Tell running work of the Web Worker something: the work's name, and a message as JSON.
    DeskTell(&'static str, String),
}

/// Whose token a call carries; the shell signs in by itself where it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFor {
    /// None at all.
    Nobody,
    /// The registry's: `me`, `programme`, `accounts`, `overview`, and reads of a shard for headquarters.
    Registry,
    /// A shard's own: its sync.
    Shard(ShardId),
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Post,
    Put,
}

/// An answer of the server, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 200, 403, ...
    pub status: u16,
    /// The body.
    pub body: String,
}

impl Answer {
    /// Reads a body of success.
    ///
    /// # Errors
    /// The stable code of the refusal, else `status-<n>`, or `unreadable`.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, Failure> {
        if (200..300).contains(&self.status) {
            shared::wire::read(&self.body).map_err(|_| Failure::Refused("unreadable".into()))
        } else {
            Err(self.refusal())
        }
    }

    /// Why the server refused.
    pub fn refusal(&self) -> Failure {
        let error = shared::wire::read::<shared::api::ApiError>(&self.body).ok();
        if self.status >= 500 {
            return Failure::Server;
        }
        Failure::Refused(error.map_or_else(|| format!("status-{}", self.status), |e| e.code))
    }
}

/// Why there is no good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, or no answer in time.
    Unreachable,
    /// The server's fault: trying again may help.
    Server,
    /// Refused, with a stable code.
    Refused(String),
}

/// What becomes of an answer.
pub type Then = Box<dyn FnOnce(Result<Answer, Failure>) -> Msg>;

/// A request.
pub struct HttpCall {
    /// How.
    pub method: Method,
    /// The path, beginning with `/api/v1/`.
    pub path: String,
    /// The JSON body.
    pub body: Option<String>,
    /// Whose token.
    pub token: TokenFor,
    /// The message its answer becomes.
    pub then: Then,
}

impl HttpCall {
    /// Reads something with the registry's token.
    pub fn get(
        path: impl Into<String>,
        then: impl FnOnce(Result<Answer, Failure>) -> Msg + 'static,
    ) -> Effect {
        Effect::Http(Self {
            method: Method::Get,
            path: path.into(),
            body: None,
            token: TokenFor::Registry,
            then: Box::new(then),
        })
    }

    /// Sends something.
    pub fn send(
        method: Method,
        path: impl Into<String>,
        body: String,
        token: TokenFor,
        then: impl FnOnce(Result<Answer, Failure>) -> Msg + 'static,
    ) -> Effect {
        Effect::Http(Self { method, path: path.into(), body: Some(body), token, then: Box::new(then) })
    }
}

impl fmt::Debug for HttpCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} as {:?}", self.method, self.path, self.token)
    }
}

/// Work for the Web Worker.
pub struct DeskCall {
    /// Names the work: a call with the same name ends the one before it.
    pub name: &'static str,
    /// The request, as JSON; empty ends the work without beginning another.
    pub request: String,
    /// The file it is about, by its number among those chosen in this visit.
    pub file: Option<u32>,
    /// The message that each of its messages (JSON) becomes.
    pub then: Box<dyn Fn(String) -> Msg>,
}

impl fmt::Debug for DeskCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "desk {} {}", self.name, self.request.len())
    }
}

/// What joining brings.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinedHere {
    /// The account as it is listed on this device.
    pub entry: AccountEntry,
    /// The device's id under this account.
    pub device: DeviceId,
}
