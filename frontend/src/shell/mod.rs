//! The browser behind the state: one file an effect, each thin. [`Shell::run`] carries effects out and answers with
//! messages.
//!
//! Faults become messages, never silence: what the browser refuses reaches the screen.

mod auth;
mod browser;
pub mod clock;
pub mod connectivity;
pub mod desk;
pub mod history;
mod http;
mod idb;
mod join;
mod key;
mod leaving;
mod locks;
#[cfg(feature = "office")]
mod parcel;
mod persist;
pub mod random;
mod records;
mod seal;
pub mod spawn;
pub mod sw;
mod turn;
mod yielding;

use self::spawn::spawn;
use auth::{Signer, Tokens};
use browser::Browser;
use frontend_state::model::{Loaded, StorageFault, StorageState};
use frontend_state::{Effect, HttpCall, Msg};
use gloo::timers::callback::Timeout;
use records::Records;
use shared::api::Me;
use shared::id::{AccountId, RunId, ShardId};
use shared::time::WallMs;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::BroadcastChannel;

/// Where messages go.
#[derive(Clone)]
pub struct Send(Rc<dyn Fn(Msg)>);

impl Send {
    /// To this function.
    pub fn to(receiver: impl Fn(Msg) + 'static) -> Self {
        Self(Rc::new(receiver))
    }

    /// Sends a message.
    pub fn send(&self, msg: Msg) {
        (self.0)(msg);
    }
}

/// Kept as long as it listens.
type Listener = Closure<dyn FnMut(JsValue)>;

/// The open account's part of the browser.
struct Session {
    account: AccountId,
    shard: Option<ShardId>,
    signer: Signer,
    records: Rc<Records>,
    channel: Option<BroadcastChannel>,
    _on_other_tab: Option<Listener>,
}

/// The browser behind the state.
#[derive(Default)]
pub struct Shell {
    browser: RefCell<Option<Browser>>,
    session: RefCell<Option<Rc<Session>>>,
    tokens: Rc<Tokens>,
    wake: RefCell<Option<Timeout>>,
    /// Commits follow each other: the later one must not be overtaken by the one before.
    commits: Rc<turn::Turn>,
    desks: RefCell<HashMap<&'static str, desk::Handle>>,
    /// While records are in memory alone, whoever leaves the page is asked first.
    leaving: RefCell<Option<gloo::events::EventListener>>,
    /// Files chosen in this visit: no message can carry them.
    files: RefCell<Vec<web_sys::File>>,
}

impl Shell {
    /// Reads what the page begins with.
    pub async fn boot(self: Rc<Self>, send: Send) {
        let link = history::take_link();
        let opened = match Browser::open().await {
            Ok(browser) => match browser.accounts().await {
                Ok(accounts) => Some((browser, accounts)),
                Err(_) => None,
            },
            Err(_) => None,
        };
        let Some((browser, accounts)) = opened else {
            send.send(Msg::NoStorage);
            return;
        };
        if let Ok(Some(at)) = browser.ended().await {
            send.send(Msg::EndedHere(WallMs(at)));
        }
        self.browser.replace(Some(browser));
        send.send(Msg::Booted {
            accounts: accounts.iter().map(|(held, _)| held.entry()).collect(),
            bound: history::bound(),
            link,
            location: history::location(),
            online: connectivity::is_online(),
            built_ms: history::meta("cascade-built").and_then(|ms| ms.parse().ok()).unwrap_or_default(),
        });
    }

    /// Keeps a chosen file for later work, and gives its number.
    pub fn keep_file(&self, file: web_sys::File) -> u32 {
        let mut files = self.files.borrow_mut();
        files.push(file);
        files.len() as u32 - 1
    }

    /// Carries one effect out.
    pub fn run(self: &Rc<Self>, effect: Effect, send: Send) {
        let shell = self.clone();
        match effect {
            Effect::Open(account) => spawn(async move {
                match shell.open(account, &send).await {
                    Ok(loaded) => send.send(Msg::Opened(Box::new(loaded))),
                    Err(fault) => send.send(Msg::OpenFailed(fault)),
                }
            }),
            Effect::Switch(account, location) => {
                history::bind(account);
                history::load(&location);
            }
            Effect::Join { code } => spawn(async move {
                let browser = shell.browser.borrow().clone();
                let answer = match browser {
                    Some(browser) => join::join(&browser, &code).await,
                    None => Err(frontend_state::Failure::Refused("storage".into())),
                };
                if matches!(answer, Ok(_) | Err(frontend_state::Failure::Refused(_))) {
                    history::forget_link();
                }
                send.send(Msg::Joined(answer));
            }),
            Effect::Append(event) => shell.with_session(&send, |session, send| async move {
                let result = session.records.append(&event).await;
                send.send(Msg::Appended(event.id, result));
            }),
            Effect::Commit(save) => {
                let turn = shell.commits.clone();
                shell.with_session(&send, |session, send| async move {
                    let Some(shard) = session.shard.clone() else { return };
                    let _mine = turn.take().await;
                    let result = session.records.commit(&shard, &save).await;
                    send.send(Msg::Committed(result));
                });
            }
            #[cfg(feature = "office")]
            Effect::SealParcel { parcel, request, to } => {
                shell.with_session(&send, |session, send| async move {
                    let sealed = parcel::seal(&session.signer, *parcel, &request, &to).await;
                    send.send(Msg::ParcelSealed(sealed.ok().map(Box::new)));
                });
            }
            #[cfg(feature = "office")]
            Effect::ReadParcel(number) => {
                let file = self.files.borrow().get(number as usize).cloned();
                spawn(async move {
                    let text = match file {
                        Some(file) => wasm_bindgen_futures::JsFuture::from(file.text()).await.ok(),
                        None => None,
                    };
                    let text = text.and_then(|text| text.as_string()).unwrap_or_default();
                    send.send(Msg::ParcelChosen(text));
                });
            }
            #[cfg(feature = "office")]
            Effect::KeepParcel(carried) => shell.with_session(&send, |session, send| async move {
                // Only the whole application brings parcels: this browser loads it from now on.
                history::remember("cascade-office", "1");
                let result = session.records.keep_parcel(&carried).await;
                send.send(Msg::ParcelKept(carried, result));
            }),
            Effect::KeepRead(shard, id) => shell.with_session(&send, |session, _| async move {
                // Shown again after a reload, to be put away again.
                let _ = session.records.keep_read(&shard, id).await;
            }),
            Effect::AskBeforeLeaving(ask) => {
                self.leaving.replace(ask.then(leaving::ask));
            }
            Effect::KeepMe { me, programme } => shell.keep_me(&send, *me, programme),
            Effect::Http(call) => shell.http(call, send),
            Effect::WakeIn(ms) => {
                let timer = Timeout::new(ms, move || send.send(Msg::Wake));
                self.wake.replace(Some(timer));
            }
            Effect::TellTabs => {
                if let Some(session) = &*self.session.borrow()
                    && let Some(channel) = &session.channel
                {
                    // A closed channel belongs to a closed page.
                    let _ = channel.post_message(&JsValue::from_str("changed"));
                }
            }
            Effect::Persist { try_bytes } => shell.with_session(&send, |session, send| async move {
                let room = session.records.has_room(try_bytes).await;
                let asked = persist::ask().await;
                send.send(Msg::Measured(StorageState { room: Some(room), ..asked }));
            }),
            Effect::Measure => spawn(async move { send.send(Msg::Measured(persist::measure().await)) }),
            Effect::Go(location) => history::go(&location),
            Effect::ActivateUpdate => sw::activate(),
            Effect::KeepWhole => sw::keep_whole(),
            Effect::LoadOffice => history::load_office(),
            Effect::Wipe(account) => spawn(async move {
                if shell.wipe(account).await.is_err() {
                    send.send(Msg::NotWiped);
                }
            }),
            Effect::Judged(kept) => shell.with_session(&send, |session, _| async move {
                // Judged again with the same verdict if it stays among the waiting.
                let _ = session.records.judged(&kept).await;
            }),
            // Only the office's screens ask for long work: the trainer's page does without the code.
            Effect::DeskTell(..) | Effect::Desk(_) if !cfg!(feature = "office") => {}
            Effect::DeskTell(name, message) => {
                if let Some(handle) = self.desks.borrow().get(name) {
                    handle.post(&message);
                }
            }
            Effect::Desk(call) => {
                // The one before ends when its handle is dropped.
                self.desks.borrow_mut().remove(call.name);
                if !call.request.is_empty() {
                    let then = Rc::new(call.then);
                    let file = call.file.and_then(|number| self.files.borrow().get(number as usize).cloned());
                    let handle = desk::run(&call.request, file.as_ref(), move |text| send.send(then(text)));
                    if let Some(handle) = handle {
                        self.desks.borrow_mut().insert(call.name, handle);
                    }
                }
            }
        }
    }

    fn with_session<F: Future<Output = ()> + 'static>(
        self: &Rc<Self>,
        send: &Send,
        work: impl FnOnce(Rc<Session>, Send) -> F,
    ) {
        if let Some(session) = self.session.borrow().clone() {
            spawn(work(session, send.clone()));
        }
    }

    async fn open(self: &Rc<Self>, account: AccountId, send: &Send) -> Result<Loaded, StorageFault> {
        let browser =
            self.browser.borrow().clone().ok_or_else(|| StorageFault::Other("no-browser".into()))?;
        let accounts = browser.accounts().await?;
        let (mut held, key) = accounts
            .into_iter()
            .find(|(held, _)| held.account == account)
            .ok_or_else(|| StorageFault::Other("no-account".into()))?;
        let known = self.session.borrow().clone().filter(|s| s.account == account);
        let records = match &known {
            Some(session) => session.records.clone(),
            None => Rc::new(Records::open(account).await?),
        };
        if known.is_none() {
            history::bind(account);
            history::forget_link();
            self.elect(account, send).await;
            held.last_used_ms = clock::now().0;
            // The order of the list on the start screen, and what it says; nothing depends on them.
            let _ = browser.keep(&held, &key).await;
            let _ = browser.forget_ended().await;
        }
        let shard = held.grants.iter().find_map(|g| g.shard.clone());
        let disk = records.read(shard.as_ref()).await?;
        if known.is_none() {
            let signer = Signer { device: held.device, key };
            let (channel, listener) = other_tabs(account, send);
            let session = Session { account, shard, signer, records, channel, _on_other_tab: listener };
            self.session.replace(Some(Rc::new(session)));
        }
        Ok(Loaded {
            entry: held.entry(),
            run: RunId(random::bits()),
            me: disk.me,
            grants: held.grants,
            programme: disk.programme,
            stored: disk.stored,
            pages: disk.pages,
            read: disk.read,
            receipts: disk.receipts,
            #[cfg(feature = "office")]
            carried: disk.carried,
        })
    }

    /// Deletes what this device holds of an account whose right has ended, and begins anew. The records go first: if
    /// the page is closed in between, the account is still there to end.
    async fn wipe(self: &Rc<Self>, account: AccountId) -> Result<(), StorageFault> {
        // After whatever is being stored.
        let _mine = self.commits.clone().take().await;
        let session = self.session.borrow().clone().filter(|s| s.account == account);
        if let Some(session) = &session {
            session.records.delete().await?;
        }
        let browser = self.browser.borrow().clone();
        if let Some(browser) = browser {
            browser.end(account, clock::now().0).await?;
        }
        if let Some(channel) = session.as_ref().and_then(|s| s.channel.as_ref()) {
            // The other tabs begin anew as well.
            let _ = channel.post_message(&JsValue::from_str("changed"));
        }
        history::unbind();
        history::load(&frontend_state::Location::default());
        Ok(())
    }

    /// One tab of an account syncs: this one, or this one later.
    async fn elect(&self, account: AccountId, send: &Send) {
        let name = format!("cascade-sync-{account}");
        if locks::take_if_free(&name).await {
            send.send(Msg::Leading);
            return;
        }
        let send = send.clone();
        spawn(async move {
            locks::wait_for(&name).await;
            send.send(Msg::Leading);
        });
    }

    fn keep_me(self: &Rc<Self>, send: &Send, me: Me, programme: Option<String>) {
        self.with_session(send, |session, _| async move {
            // Fetched again with the next answer of the registry.
            let _ = session.records.keep_me(&me, programme.as_ref()).await;
        });
    }

    fn http(self: &Rc<Self>, call: HttpCall, send: Send) {
        let signer = self.session.borrow().as_ref().map(|s| s.signer.clone());
        let tokens = self.tokens.clone();
        spawn(async move {
            let HttpCall { method, path, body, token, then } = call;
            let answer = tokens.send(signer.as_ref(), method, &path, body.as_deref(), &token).await;
            send.send(then(answer));
        });
    }
}

fn other_tabs(account: AccountId, send: &Send) -> (Option<BroadcastChannel>, Option<Listener>) {
    let Ok(channel) = BroadcastChannel::new(&format!("cascade-{account}")) else { return (None, None) };
    let send = send.clone();
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |_| send.send(Msg::StoreChanged));
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    (Some(channel), Some(listener))
}
