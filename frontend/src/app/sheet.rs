//! The sync pill and the sheet behind it.

use crate::components::attendance_row::Custody;
use crate::components::button::Button;
use crate::components::notice::Notice;
use crate::components::sync_pill::{SyncPill, SyncState};
use crate::components::sync_sheet::{Receipt, Storage, SyncSheet, Trouble};
use crate::components::tone::Tone;
use crate::i18n::{t, use_locale};
use crate::pages::{reasons, record, words};
use crate::store::{use_dispatch, use_selector};
use frontend_state::model::StorageFault;
use frontend_state::select::{Group, Line, Reason, RecordState};
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
    let waiting: Rc<[(AttrValue, Custody)]> = view
        .waiting
        .iter()
        .map(|line| (words::record(locale, &line.what).into(), words::record_state(line.state)))
        .collect();
    let trouble = |line: &Line| {
        let reason = line.reason.as_ref()?;
        Some(Trouble {
            what: words::record(locale, &line.what).into(),
            when: record::when(locale, line, props.utc_offset_min).into(),
            why: reasons::words(locale, reason).into(),
            tone: match line.state {
                RecordState::Held => Tone::Note,
                RecordState::NotStored => Tone::Missing,
                _ => Tone::Attention,
            },
            actions: record::actions(locale, &dispatch, line, false),
        })
    };
    let unstored = use_selector((), |model, ()| select::alerts(model).unstored);
    let retry = dispatch.reform(|_: MouseEvent| Msg::RetryWrites);
    let not_stored = unstored.as_ref().as_ref().map(|(count, fault)| Trouble {
        what: t::records_not_stored_title(locale, *count).into(),
        when: AttrValue::default(),
        why: reasons::words(locale, &Reason::NotStored(fault.clone())).into(),
        tone: Tone::Missing,
        actions: html! { <Button label={t::common_retry(locale)} onclick={retry} /> },
    });
    let troubles: Rc<[Trouble]> =
        not_stored.into_iter().chain(view.troubles.iter().filter_map(trouble)).collect();
    let storage = view.storage.known.then_some(Storage {
        used_bytes: view.storage.used_bytes,
        free_bytes: view.storage.quota_bytes.saturating_sub(view.storage.used_bytes),
        kept: view.storage.kept,
        refused: view.storage.asked && !view.storage.kept,
        too_little_for: view.space.filter(|space| space.is_low).map(|space| space.need_bytes),
    });
    let receipt = view.receipt.as_ref().map(|kept| Receipt {
        counts: t::records_receipt_counts(locale, kept.admitted, kept.held, kept.refused).into(),
        when: moment(WallMs(kept.receipt.server_ms)),
    });
    let more_troubles = view.tally.refused + view.tally.held;
    let on_sync = use_callback(dispatch.clone(), |(): (), dispatch| dispatch.emit(Msg::SyncNow));
    let on_keep = use_callback(dispatch, |(): (), dispatch| dispatch.emit(Msg::Persist));
    html! {
        <SyncSheet open={true} state={props.state.clone()} online={view.online} working={view.working} {waiting}
            waiting_count={view.tally.of(Group::Waiting)} last_success={view.last_success.map(moment)} {storage}
            {receipt} other_tab={view.other_tab} more_troubles={more_troubles.saturating_sub(view.troubles.len() as u32)}
            {troubles} on_close={props.on_close.clone()} {on_sync} {on_keep} />
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
            if let Some((count, fault)) = &alerts.unstored {
                <Notice tone={Tone::Missing} urgent={true} title={t::records_not_stored_title(locale, *count)}
                    actions={html! { <Button label={t::common_retry(locale)} onclick={retry} /> }}>
                    { reasons::words(locale, &Reason::NotStored(fault.clone())) }
                </Notice>
            } else if let Some(fault) = &alerts.list_unsaved {
                <Notice tone={Tone::Attention} urgent={true} title={t::records_list_unsaved_title(locale)}
                    actions={html! { <Button label={t::common_retry(locale)} onclick={retry} /> }}>
                    { if *fault == StorageFault::Full {
                        t::records_list_unsaved_full(locale)
                    } else {
                        t::records_list_unsaved_other(locale)
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
