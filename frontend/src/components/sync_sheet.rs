//! Where your records are, in full: what waits by name, the last success, storage, the receipt, what needs a look.

use super::attendance_row::Custody;
use super::badge::Badge;
use super::button::{Button, ButtonLink, Weight};
use super::definition_list::{Definition, DefinitionList};
use super::dialog::Dialog;
use super::icon::{Icon, IconMark};
use super::link::Link;
use super::notice::Notice;
use super::sync_pill::SyncState;
use super::tone::Tone;
use crate::i18n::{Locale, fmt_bytes, t, use_locale};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// What the device says about its storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Bytes used by Cascade.
    pub used_bytes: u64,
    /// Bytes it may still take.
    pub free_bytes: u64,
    /// Whether the browser has promised to keep it.
    pub kept: bool,
    /// It was asked and did not promise.
    pub refused: bool,
    /// What the next days need, where that is more than is free or prudent.
    pub too_little_for: Option<u64>,
}

/// The commission's latest receipt for this device's records.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// How many of its records are where.
    pub counts: AttrValue,
    /// When it was signed, as shown: "10 Mar, 10:42".
    pub when: AttrValue,
}

/// A record that needs a look, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// What the record is: "Attendance of Aida Sydykova".
    pub what: AttrValue,
    /// Its session and time.
    pub when: AttrValue,
    /// What happened, what is safe, what to do.
    pub why: AttrValue,
    /// How grave it is.
    pub tone: Tone,
    /// What can be done: buttons.
    pub actions: Html,
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
    /// What waits, by name, oldest first, and where it is; not all where there are many.
    #[prop_or_else(|| Rc::new([]))]
    pub waiting: Rc<[(AttrValue, Custody)]>,
    /// How many wait.
    #[prop_or_default]
    pub waiting_count: u32,
    /// Another tab of the account sends.
    #[prop_or_default]
    pub other_tab: bool,
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
    /// How many more there are.
    #[prop_or_default]
    pub more_troubles: u32,
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
    // A link inside the sheet leads to another screen: the sheet goes.
    let close_on_link = use_callback(props.on_close.clone(), |event: MouseEvent, close| {
        let link = event.target_dyn_into::<Element>().and_then(|at| at.closest("a").ok().flatten());
        if link.is_some() {
            close.emit(());
        }
    });
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
                <Notice key={at} title={trouble.what.clone()} tone={trouble.tone} actions={html! {
                    // Each of them leads elsewhere, or changes what the sheet shows.
                    <span class="sync-sheet__actions" onclick={close_on_link.clone()}>{ trouble.actions.clone() }</span>
                }}>
                    if !trouble.when.is_empty() { <small>{ &trouble.when }</small> }
                    <p>{ &trouble.why }</p>
                </Notice>
            }) }
            if props.more_troubles > 0 {
                <p onclick={close_on_link.clone()}>
                    <Link href="/records?state=attention">{ t::sync_waiting_more(locale, props.more_troubles) }</Link>
                </p>
            }
            if let Some(storage) = props.storage {
                if let Some(need) = storage.too_little_for {
                    <Notice tone={Tone::Attention} title={t::records_space(locale)}>
                        { t::records_space_low(locale, &fmt_bytes(locale, need)) }
                    </Notice>
                }
            }
            { waiting(locale, props) }
            <DefinitionList items={facts(locale, props)} />
            if let Some(storage) = props.storage.filter(|storage| !storage.kept) {
                if storage.refused {
                    <Notice tone={Tone::Note} title={t::sync_storage(locale)} actions={html! {
                        <Button label={t::sync_ask_keep(locale)} icon={Icon::Lock} onclick={onkeep} />
                    }}>
                        { t::records_keep_how(locale) }
                    </Notice>
                } else {
                    <Button label={t::sync_ask_keep(locale)} icon={Icon::Lock} onclick={onkeep} />
                }
            }
            <nav class="sync-sheet__more" onclick={close_on_link}>
                <ButtonLink href="/records" icon={Icon::Report} label={t::records_title(locale)} />
                <ButtonLink href="/receipts" icon={Icon::Certificate} label={t::records_receipts(locale)} />
                <ButtonLink href="/parcels" icon={Icon::Kit} label={t::records_parcels(locale)} />
            </nav>
        </Dialog>
    }
}

fn waiting(locale: Locale, props: &SyncSheetProps) -> Html {
    let more = props.waiting_count.saturating_sub(props.waiting.len() as u32);
    html! {
        <section class="sync-sheet__waiting">
            <h3>{ t::sync_waiting_title(locale, props.waiting_count) }</h3>
            if props.other_tab && props.waiting_count > 0 { <p>{ t::sync_other_tab(locale) }</p> }
            if !props.waiting.is_empty() {
                <ul>
                    { for props.waiting.iter().enumerate().map(|(at, (name, custody))| html! {
                        <li key={at}>
                            <span>{ name }</span>
                            if let Some((tone, icon, label)) = custody.shown(locale) { <Badge {tone} {icon} {label} /> }
                        </li>
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
        let signed = t::sync_receipt_time(locale, &receipt.when);
        facts.push(
            Definition::text(t::records_receipt_latest(locale), signed).with_note(receipt.counts.clone()),
        );
    }
    facts.into()
}
