//! What the page does about what happens: one function from model and message to effects.
//!
//! Invariant: errors change nothing that is stored or shown; a record leaves the page's memory only by a verdict.

mod account;
mod custody;
mod exchange;
mod ready;
mod wipe;
mod write;

pub use account::ask_me;
pub use custody::{code_of, custody_of, note_own};
pub use write::{own_status, write};

#[cfg(test)]
mod tests;

use crate::effect::Effect;
use crate::hq;
use crate::model::{Boot, Model, StorageState};
use crate::msg::{At, Msg};
#[cfg(feature = "office")]
use crate::parcels;
use crate::route::{HqPage, Location, Route};
use crate::select;

/// Every so many ticks (half minutes) the storage is measured.
const TICKS_A_MEASURE: u32 = 10;

/// Takes a message in and says what to do.
pub fn update(model: &mut Model, msg: Msg, at: At) -> Vec<Effect> {
    let mut effects = took(model, msg, at);
    let loses = model.account.as_ref().is_some_and(|open| open.only_in_memory() > 0);
    if loses != model.leaving_loses {
        model.leaving_loses = loses;
        effects.push(Effect::AskBeforeLeaving(loses));
    }
    effects
}

fn took(model: &mut Model, msg: Msg, at: At) -> Vec<Effect> {
    model.now = at.wall;
    match msg {
        Msg::Booted { .. } => account::booted(model, msg, at),
        Msg::NoStorage => {
            model.boot = Boot::NoStorage;
            vec![]
        }
        Msg::Went(location) => went(model, location, at),
        // The small application does without these screens: the whole one is loaded at their address.
        Msg::Go(location) if cfg!(not(feature = "office")) && location.route.is_of_the_whole() => {
            let account = model.account.as_ref().map(|o| o.entry.account);
            account.map(|account| Effect::Switch(account, location)).into_iter().collect()
        }
        Msg::Go(location) => {
            let mut effects = vec![Effect::Go(location.clone())];
            effects.extend(went(model, location, at));
            effects
        }
        Msg::Tick => {
            model.ticks = model.ticks.wrapping_add(1);
            let mut effects = write::retry(model, true);
            if model.account.is_some() && model.ticks.is_multiple_of(TICKS_A_MEASURE) {
                effects.push(Effect::Measure);
            }
            effects
        }
        Msg::Online(online) => {
            model.net.online = online;
            if online {
                model.net.failures = 0;
                let mut effects = account::ask_me(model);
                effects.extend(exchange::begin(model));
                effects.extend(hq::outbox::resend(model));
                effects
            } else {
                vec![]
            }
        }
        Msg::Visible | Msg::Wake => {
            // Whoever went to free some space is back.
            let mut effects = write::retry(model, true);
            effects.extend(exchange::begin(model));
            effects.extend(hq::outbox::resend(model));
            effects
        }
        Msg::UpdateWaiting => {
            model.update_waiting = true;
            vec![]
        }
        Msg::UseUpdate => {
            // Offered and used only while no write transaction is open: nothing shown as saving may be lost.
            let writing = model.account.as_ref().is_some_and(|o| !o.writing.is_empty());
            if writing { vec![] } else { vec![Effect::ActivateUpdate] }
        }
        Msg::Leading => {
            model.net.leading = true;
            // The tab that led before may have stored what this one has not read.
            account::store_changed(model)
        }
        Msg::StoreChanged => account::store_changed(model),

        Msg::Join(code) => account::join(model, code),
        Msg::Joined(answer) => account::joined(model, answer),
        Msg::Switch(account) => account::switch(model, account),
        Msg::Opened(loaded) => account::opened(model, *loaded, at),
        Msg::OpenFailed(fault) => account::open_failed(model, fault),
        Msg::EndedHere(at) => {
            model.ended_here = Some(at);
            vec![]
        }
        Msg::NotWiped => {
            // Tried again with the next answer of the server.
            if let Some(open) = &mut model.account {
                open.wiping = false;
            }
            vec![]
        }
        Msg::MeCame(answer) => account::me_came(model, answer),
        Msg::ProgrammeCame(answer) => account::programme_came(model, answer, at),
        Msg::AccountsCame(answer) => account::accounts_came(model, answer),

        Msg::Attend { session, day, people, method } => {
            write::attend(model, session, day, people, method, at)
        }
        Msg::EveryonePresent { session, day } => write::everyone_present(model, session, day, at),
        Msg::Resolve { session, day, person, status } => {
            write::resolve(model, session, day, person, status, at)
        }
        Msg::ChooseDay(session, day) => {
            if let Some(open) = &mut model.account {
                open.days.insert(session, day);
            }
            vec![]
        }
        Msg::Appended(id, result) => {
            let of_headquarters = hq::appended(model, id, &result, at);
            let mut effects = write::appended(model, id, result);
            effects.extend(of_headquarters);
            effects
        }
        Msg::RetryWrites => write::retry(model, false),
        Msg::WriteAgain(id) => write::again(model, id, at),
        Msg::PutAway(id) => write::put_away(model, id),
        Msg::Committed(result) => exchange::committed(model, result),
        Msg::Undo(number) => write::undo(model, number, at),
        Msg::ToastGone(number) => {
            if model.toast.as_ref().is_some_and(|t| t.number == number) {
                model.toast = None;
            }
            vec![]
        }

        Msg::SyncNow => {
            model.net.failures = 0;
            let mut effects = account::ask_me(model);
            effects.extend(exchange::begin(model));
            effects
        }
        Msg::Exchanged(answer) => exchange::exchanged(model, answer, at),
        #[cfg(feature = "office")]
        Msg::MakeParcel => parcels::make(model, at),
        #[cfg(feature = "office")]
        Msg::ParcelSealed(parcel) => {
            parcels::sealed(model, parcel);
            vec![]
        }
        #[cfg(feature = "office")]
        Msg::CarryParcel(file) => vec![Effect::ReadParcel(file)],
        #[cfg(feature = "office")]
        Msg::ParcelChosen(text) => parcels::chosen(model, &text),
        #[cfg(feature = "office")]
        Msg::ParcelKept(carried, result) => parcels::kept(model, *carried, result),
        #[cfg(feature = "office")]
        Msg::ParcelBrought(name, answer) => parcels::brought(model, name, answer),
        Msg::Persist => vec![Effect::Persist { try_bytes: select::need_bytes(model) }],
        Msg::Measured(storage) => {
            let asked = model.storage.asked || storage.asked;
            let room = storage.room.or(model.storage.room);
            model.storage = StorageState { asked, room, ..storage };
            ready::proceed(model, at)
        }
        Msg::ShellKept(kept) => {
            model.shell_kept = kept;
            ready::proceed(model, at)
        }
        Msg::GetReady => ready::begin(model, at),
        Msg::Hq(msg) => hq::update(model, msg, at),
    }
}

fn went(model: &mut Model, location: Location, at: At) -> Vec<Effect> {
    if model.location == location {
        return vec![];
    }
    model.location = location;
    entered(model, at)
}

/// The reader is on a screen: what it needs is asked for.
fn entered(model: &mut Model, at: At) -> Vec<Effect> {
    let is_open = model.account.is_some();
    if is_open && model.location.route == Route::Home && !account::has_shard_screens(model) {
        model.location.route = Route::Hq(HqPage::Overview);
    }
    match model.location.route {
        Route::Hq(_) if is_open => hq::entered(model, at),
        Route::Ready => vec![Effect::Measure],
        _ => vec![],
    }
}
