//! Where the records are: the pill, and the sheet behind it.

use super::records::{Group, Line, Tally, records};
use super::space::Space;
use crate::effect::Failure;
use crate::keep::KeptReceipt;
use crate::model::{Model, StorageFault, StorageState};
use shared::event::EventId;
use shared::time::WallMs;

/// Waiting records named in the sheet.
const NAMED_AT_MOST: usize = 20;
/// Records that need a look, shown in the sheet.
const TROUBLES_AT_MOST: usize = 5;

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
    /// So many are being written, and nothing else waits.
    Saving(u32),
    /// So many are in this page's memory alone.
    NotStored(u32),
    /// All arrived; so many the coordinator must confirm.
    Held(u32),
    /// So many need attention.
    Attention(u32),
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
    /// How many records are where.
    pub tally: Tally,
    /// What waits, oldest first; not all where there are many.
    pub waiting: Vec<Line>,
    /// The server's time of the last success.
    pub last_success: Option<WallMs>,
    /// Storage.
    pub storage: StorageState,
    /// Room on the device.
    pub space: Option<Space>,
    /// The latest receipt.
    pub receipt: Option<KeptReceipt>,
    /// What needs a look, then what the coordinator must confirm, the newest first; not all where there are many.
    pub troubles: Vec<Line>,
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
    /// How many records are in this page's memory alone, and why the disk does not take them.
    pub unstored: Option<(u32, StorageFault)>,
    /// Why the disk did not take what the commission sent last; it holds what it held before.
    pub list_unsaved: Option<StorageFault>,
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
        unstored: open.and_then(|o| {
            let fault = o.unstored.values().next().cloned()?;
            let count = super::tally(model).not_stored;
            (count > 0).then_some((count, fault))
        }),
        list_unsaved: open.and_then(|o| o.unsaved_why.clone()),
        update: model.update_waiting,
    }
}

/// One glance.
pub fn pill(model: &Model) -> Pill {
    let Some(open) = &model.account else { return Pill::Nothing };
    let Some(client) = &open.client else { return Pill::Nothing };
    let tally = super::tally(model);
    let last = client.place().last_success_ms;
    if tally.not_stored > 0 {
        Pill::NotStored(tally.not_stored)
    } else if tally.refused > 0 {
        Pill::Attention(tally.refused)
    } else if tally.on_tablet == 0 && tally.saving > 0 {
        Pill::Saving(tally.saving)
    } else if !model.net.online || (model.net.failures > 0 && !model.net.exchanging) {
        Pill::Offline(tally.on_tablet)
    } else if model.net.exchanging && tally.on_tablet > 0 {
        Pill::Sending(tally.on_tablet)
    } else if tally.on_tablet > 0 {
        Pill::Waiting(tally.on_tablet)
    } else if tally.held > 0 {
        Pill::Held(tally.held)
    } else if last == 0 {
        Pill::NotYet
    } else {
        Pill::WithCommission(WallMs(last))
    }
}

/// The sheet.
pub fn sync(model: &Model) -> SyncView {
    let client = model.client();
    let place = client.map(|c| c.place().clone()).unwrap_or_default();
    let line = |id: &EventId| super::line(model, *id);
    // What the disk did not take is told of once, not record by record: it has one reason.
    let refused = records(model, Group::Attention).ids;
    let not_stored = |id: &EventId| model.account.as_ref().is_some_and(|o| o.unstored.contains_key(id));
    let troubles: Vec<EventId> = refused.into_iter().filter(|id| !not_stored(id)).collect();
    let held = records(model, Group::Held).ids;
    let pending = client.map(|c| c.pending()).unwrap_or_default();
    SyncView {
        pill: pill(model),
        online: model.net.online && model.net.failures == 0,
        working: model.net.exchanging,
        tally: super::tally(model),
        waiting: pending.iter().take(NAMED_AT_MOST).filter_map(|e| line(&e.id)).collect(),
        last_success: (place.last_success_ms > 0).then_some(WallMs(place.last_success_ms)),
        storage: model.storage,
        space: super::space(model),
        receipt: model.account.as_ref().and_then(|o| o.receipts.last().cloned()),
        troubles: troubles.iter().chain(&held).take(TROUBLES_AT_MOST).filter_map(line).collect(),
        other_tab: client.is_some() && !model.net.leading,
    }
}
