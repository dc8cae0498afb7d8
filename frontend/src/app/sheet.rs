//! The sync pill and the sheet behind it.

use crate::components::button::Button;
use crate::components::notice::Notice;
use crate::components::sync_pill::{SyncPill, SyncState};
use crate::components::sync_sheet::{Receipt, Storage, SyncSheet, Trouble};
use crate::components::tone::Tone;
use crate::i18n::{t, use_locale};
use crate::pages::words;
use crate::store::{use_dispatch, use_selector};
use frontend_state::{Msg, select};
use shared::time::WallMs;
use std::rc::Rc;
use yew::prelude::*;

/// The pill; its sheet is read only while it is open.
#[component]
pub fn Sync() -> Html {
    let pill = use_selector((), |model, ()| {
        (select::pill(model), select::programme(model).map_or(0, |p| p.utc_offset_min))
    });
    let open = use_state_eq(|| false);
    let on_open = use_callback(open.setter(), |(): (), open| open.set(true));
    let on_close = use_callback(open.setter(), |(): (), open| open.set(false));
    let Some(state) = words::pill(pill.0, pill.1) else { return html! {} };
    html! {
        <>
            <SyncPill state={state.clone()} {on_open} />
            if *open { <Sheet {state} utc_offset_min={pill.1} {on_close} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct SheetProps {
    state: SyncState,
    utc_offset_min: i32,
    on_close: Callback<()>,
}

#[component]
fn Sheet(props: &SheetProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let view = use_selector((), |model, ()| select::sync(model));
    let moment = |at: WallMs| words::moment(locale, at, props.utc_offset_min);
    let waiting: Rc<[AttrValue]> = view.waiting.iter().map(|r| words::record(locale, r).into()).collect();
    let troubles: Rc<[Trouble]> = view
        .troubles
        .iter()
        .map(|trouble| Trouble {
            what: words::record(locale, &trouble.what).into(),
            why: words::error(locale, &trouble.code).into(),
            held: trouble.code == "held",
        })
        .collect();
    let storage = view.storage.known.then_some(Storage {
        used_bytes: view.storage.used_bytes,
        free_bytes: view.storage.quota_bytes.saturating_sub(view.storage.used_bytes),
        kept: view.storage.kept,
    });
    let receipt = view.receipt.as_ref().map(|(receipt, count)| Receipt {
        count: *count,
        head: receipt.head.seq.min(u64::from(u32::MAX)) as u32,
        when: moment(WallMs(receipt.server_ms)),
    });
    let on_sync = use_callback(dispatch.clone(), |(): (), dispatch| dispatch.emit(Msg::SyncNow));
    let on_keep = use_callback(dispatch, |(): (), dispatch| dispatch.emit(Msg::Persist));
    html! {
        <SyncSheet open={true} state={props.state.clone()} online={view.online} working={view.working} {waiting}
            last_success={view.last_success.map(moment)} {storage} {receipt} {troubles}
            on_close={props.on_close.clone()} {on_sync} {on_keep} />
    }
}

/// What must be known on every screen: a wrong date, an ended right, records that could not be stored, a new version.
#[component]
pub fn Alerts() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let alerts = use_selector((), |model, ()| select::alerts(model));
    let retry = use_callback(dispatch.clone(), |_: MouseEvent, dispatch| dispatch.emit(Msg::RetryWrites));
    let renew = use_callback(dispatch, |_: MouseEvent, dispatch| dispatch.emit(Msg::UseUpdate));
    html! {
        <>
            if alerts.set_date {
                <Notice tone={Tone::Attention}>{ t::sync_set_date(locale) }</Notice>
            }
            if alerts.ended {
                <Notice tone={Tone::Attention}>{ t::errors_access_ended(locale) }</Notice>
            }
            if let Some(fault) = &alerts.unstored {
                <Notice tone={Tone::Missing} urgent={true} title={t::errors_title(locale)} actions={html! {
                    <Button label={t::common_retry(locale)} onclick={retry} />
                }}>
                    { if *fault == frontend_state::model::StorageFault::Full {
                        t::errors_storage_full(locale)
                    } else {
                        t::errors_storage(locale)
                    } }
                </Notice>
            }
            if alerts.update {
                <Notice tone={Tone::Note} title={t::common_update_ready(locale)} actions={html! {
                    <Button label={t::common_update_now(locale)} onclick={renew} />
                }} />
            }
        </>
    }
}
