//! Where the records are: the pill, and the sheet behind it.

use crate::effect::Failure;
use crate::model::{Model, StorageFault, StorageState};
use crate::update::code_of;
use shared::event::{Body, Decision, Event, Fact};
use shared::id::{PersonId, SessionId};
use shared::state::Method;
use shared::sync::{Receipt, Verdict};
use shared::time::WallMs;

/// One glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pill {
    /// There is nothing to sync: no account, or one without a shard.
    #[default]
    Nothing,
    /// Nothing was ever sent or received.
    NotYet,
    /// All is with the commission; the server's time of the last success.
    WithCommission(WallMs),
    /// So many wait.
    Waiting(u32),
    /// So many are on their way.
    Sending(u32),
    /// No connection; so many wait.
    Offline(u32),
    /// So many need attention.
    Attention(u32),
}

/// What a record is, in words to be found by the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// Attendance of one person.
    Mark(PersonId, String),
    /// "Everyone present" in a session, by its number.
    Everyone(SessionId, u32),
    /// A disagreement settled.
    Resolve(PersonId, String),
    /// A session taken for offline work, by its number.
    Take(SessionId, u32),
    /// Something else.
    Other,
}

/// A record that needs a look.
#[derive(Clone, Debug, PartialEq)]
pub struct TroubleRecord {
    /// What it is.
    pub what: Record,
    /// Stable code of the reason; `held`, or `not-stored`, `storage-full` for what the disk refused.
    pub code: String,
}

/// The sheet behind the pill.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncView {
    /// One glance.
    pub pill: Pill,
    /// There seems to be a connection.
    pub online: bool,
    /// An exchange is under way.
    pub working: bool,
    /// What waits, oldest first.
    pub waiting: Vec<Record>,
    /// The server's time of the last success.
    pub last_success: Option<WallMs>,
    /// Storage.
    pub storage: StorageState,
    /// The latest receipt, and how many records of this device are admitted.
    pub receipt: Option<(Receipt, u32)>,
    /// What needs a look.
    pub troubles: Vec<TroubleRecord>,
    /// Another tab of this account syncs.
    pub other_tab: bool,
}

/// What must be known on every screen.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Alerts {
    /// The device's date must be set.
    pub set_date: bool,
    /// The account's right has ended.
    pub ended: bool,
    /// Why records could not be stored, while some are not.
    pub unstored: Option<StorageFault>,
    /// Another version of the page waits.
    pub update: bool,
}

/// What must be known on every screen.
pub fn alerts(model: &Model) -> Alerts {
    let open = model.account.as_ref();
    let unreachable = matches!(model.net.last_failure, Some(Failure::Unreachable));
    Alerts {
        set_date: unreachable && super::clock_is_wrong(model),
        ended: open.is_some_and(|o| o.ended),
        unstored: open.and_then(|o| o.unstored.values().next().cloned()),
        update: model.update_waiting,
    }
}

/// One glance.
pub fn pill(model: &Model) -> Pill {
    let Some(open) = &model.account else { return Pill::Nothing };
    let Some(client) = &open.client else { return Pill::Nothing };
    let waiting = client.pending().len() as u32;
    let troubles = open.unstored.len() + client.kept().iter().filter(|k| is_refused(&k.verdict)).count();
    let last = client.place().last_success_ms;
    if troubles > 0 {
        Pill::Attention(troubles as u32)
    } else if !model.net.online || (model.net.failures > 0 && !model.net.exchanging) {
        Pill::Offline(waiting)
    } else if model.net.exchanging && waiting > 0 {
        Pill::Sending(waiting)
    } else if waiting > 0 {
        Pill::Waiting(waiting)
    } else if last == 0 {
        Pill::NotYet
    } else {
        Pill::WithCommission(WallMs(last))
    }
}

fn is_refused(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Refused(_))
}

/// The sheet.
pub fn sync(model: &Model) -> SyncView {
    let client = model.client();
    let place = client.map(|c| c.place().clone()).unwrap_or_default();
    let kept = client.map(|c| c.kept()).unwrap_or_default();
    let admitted = kept.iter().filter(|k| matches!(k.verdict, Verdict::Admitted { .. })).count() as u32;
    let mut troubles: Vec<TroubleRecord> = vec![];
    if let (Some(open), Some(client)) = (&model.account, client) {
        for event in client.pending() {
            if let Some(fault) = open.unstored.get(&event.id) {
                let full = *fault == StorageFault::Full;
                let code = if full { "storage-full" } else { "not-stored" }.to_owned();
                troubles.push(TroubleRecord { what: record(model, event), code });
            }
        }
    }
    for kept in kept {
        let code = match &kept.verdict {
            Verdict::Refused(refusal) => code_of(&refusal.why),
            Verdict::Held { .. } | Verdict::Newer => "held".to_owned(),
            Verdict::Admitted { .. } | Verdict::Fork => continue,
        };
        troubles.push(TroubleRecord { what: record(model, &kept.event), code });
    }
    SyncView {
        pill: pill(model),
        online: model.net.online && model.net.failures == 0,
        working: model.net.exchanging,
        waiting: client.map(|c| c.pending().iter().map(|e| record(model, e)).collect()).unwrap_or_default(),
        last_success: (place.last_success_ms > 0).then_some(WallMs(place.last_success_ms)),
        storage: model.storage,
        receipt: place.receipt.map(|r| (r, admitted)),
        troubles,
        other_tab: client.is_some() && !model.net.leading,
    }
}

fn record(model: &Model, event: &Event) -> Record {
    match Body::shown(event) {
        Some(Body::Fact(Fact::Mark(marks))) => match marks.people.as_slice() {
            [(person, _)] if marks.method != Method::Everyone => {
                Record::Mark(*person, super::person_name(model, *person))
            }
            _ => Record::Everyone(marks.session, super::session_number(model, marks.session)),
        },
        Some(Body::Fact(Fact::Take(take))) => {
            Record::Take(take.session, super::session_number(model, take.session))
        }
        Some(Body::Decision(Decision::Resolve(resolve))) => {
            Record::Resolve(resolve.person, super::person_name(model, resolve.person))
        }
        _ => Record::Other,
    }
}
