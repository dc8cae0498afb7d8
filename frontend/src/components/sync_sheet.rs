//! Where your records are, in full: what waits by name, the last success, storage, the receipt, what needs a look.

use super::button::{Button, Weight};
use super::definition_list::{Definition, DefinitionList};
use super::dialog::Dialog;
use super::icon::{Icon, IconMark};
use super::notice::Notice;
use super::sync_pill::SyncState;
use super::tone::Tone;
use crate::i18n::{Locale, fmt_bytes, t, use_locale};
use std::rc::Rc;
use yew::prelude::*;

/// How many waiting records are named before "and so many more".
const NAMED_AT_MOST: usize = 20;

/// What the device says about its storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Bytes used by Cascade.
    pub used_bytes: u64,
    /// Bytes it may still take.
    pub free_bytes: u64,
    /// Whether the browser has promised to keep it.
    pub kept: bool,
}

/// The commission's receipt for this device's records.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// Records of this device that the commission has.
    pub count: u32,
    /// The number of the log's last record when it was signed.
    pub head: u32,
    /// When it was signed, as shown: "10 Mar, 10:42".
    pub when: AttrValue,
}

/// A record that needs a look, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// What the record is: "Attendance of Aida Sydykova".
    pub what: AttrValue,
    /// What happened, what is safe, what to do.
    pub why: AttrValue,
    /// Whether the coordinator must confirm it; otherwise it was refused.
    pub held: bool,
}

/// What the sheet takes.
#[derive(Properties, PartialEq)]
pub struct SyncSheetProps {
    /// Whether it is shown.
    pub open: bool,
    /// Where the records are.
    pub state: SyncState,
    /// Whether there seems to be a connection.
    pub online: bool,
    /// An exchange is under way.
    #[prop_or_default]
    pub working: bool,
    /// What waits, by name, oldest first.
    #[prop_or_else(|| Rc::new([]))]
    pub waiting: Rc<[AttrValue]>,
    /// The last successful exchange, as shown.
    #[prop_or_default]
    pub last_success: Option<AttrValue>,
    /// Storage, once the browser has answered.
    #[prop_or_default]
    pub storage: Option<Storage>,
    /// The latest receipt.
    #[prop_or_default]
    pub receipt: Option<Receipt>,
    /// Records that need a look.
    #[prop_or_else(|| Rc::new([]))]
    pub troubles: Rc<[Trouble]>,
    /// Closed.
    pub on_close: Callback<()>,
    /// "Sync now".
    pub on_sync: Callback<()>,
    /// Asks the browser to keep the storage.
    #[prop_or_default]
    pub on_keep: Callback<()>,
}

/// The sheet behind the sync pill.
#[component]
pub fn SyncSheet(props: &SyncSheetProps) -> Html {
    let locale = use_locale();
    let onsync = use_callback(props.on_sync.clone(), |_: MouseEvent, sync| sync.emit(()));
    let onkeep = use_callback(props.on_keep.clone(), |_: MouseEvent, keep| keep.emit(()));
    let now = if props.working { t::sync_working(locale) } else { t::sync_now(locale) };
    let actions = html! {
        <Button label={now} icon={Icon::Sync} weight={Weight::Primary} disabled={props.working} onclick={onsync} />
    };
    html! {
        <Dialog id="sync-sheet" open={props.open} title={t::sync_sheet_title(locale)} sheet={true}
            on_close={props.on_close.clone()} {actions}>
            <p class={classes!("sync-sheet__state", format!("sync-sheet__state--{}", props.state.tone().suffix()))}>
                <IconMark icon={props.state.icon()} />
                <span>{ props.state.sentence(locale) }</span>
            </p>
            { for props.troubles.iter().enumerate().map(|(at, trouble)| html! {
                <Notice key={at} title={trouble.what.clone()}
                    tone={if trouble.held { Tone::Note } else { Tone::Attention }}>
                    { &trouble.why }
                </Notice>
            }) }
            { waiting(locale, &props.waiting) }
            <DefinitionList items={facts(locale, props)} />
            if props.storage.is_some_and(|storage| !storage.kept) {
                <Button label={t::sync_ask_keep(locale)} icon={Icon::Lock} onclick={onkeep} />
            }
        </Dialog>
    }
}

fn waiting(locale: Locale, names: &[AttrValue]) -> Html {
    let more = names.len().saturating_sub(NAMED_AT_MOST) as u32;
    html! {
        <section class="sync-sheet__waiting">
            <h3>{ t::sync_waiting_title(locale, names.len() as u32) }</h3>
            if !names.is_empty() {
                <ul>
                    { for names.iter().take(NAMED_AT_MOST).enumerate().map(|(at, name)| html! {
                        <li key={at}>{ name }</li>
                    }) }
                    if more > 0 { <li key="more">{ t::sync_waiting_more(locale, more) }</li> }
                </ul>
            }
        </section>
    }
}

fn facts(locale: Locale, props: &SyncSheetProps) -> Rc<[Definition]> {
    let mut facts = vec![
        Definition::text(
            t::sync_connection(locale),
            if props.online { t::sync_online(locale) } else { t::sync_offline_word(locale) },
        ),
        Definition::text(
            t::sync_last_success(locale),
            props.last_success.clone().unwrap_or_else(|| t::sync_never(locale).into()),
        ),
    ];
    if let Some(storage) = props.storage {
        let used = fmt_bytes(locale, storage.used_bytes);
        let sizes = t::sync_storage_used(locale, &fmt_bytes(locale, storage.free_bytes), &used);
        let kept = if storage.kept { t::sync_kept(locale) } else { t::sync_not_kept(locale) };
        facts.push(Definition::text(t::sync_storage(locale), sizes).with_note(kept));
    }
    if let Some(receipt) = &props.receipt {
        let text = t::sync_receipt_detail(locale, receipt.count, receipt.head);
        let signed = t::sync_receipt_time(locale, &receipt.when);
        facts.push(Definition::text(t::sync_receipt(locale), text).with_note(signed));
    }
    facts.into()
}
