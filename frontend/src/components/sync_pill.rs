//! One glance: where my records are. Offline is grey and calm; success is only claimed with its time.

use super::icon::{Icon, IconMark};
use super::tone::Tone;
use crate::i18n::{Locale, t, use_locale};
use yew::prelude::*;

/// Where the records of this device are, as a whole.
#[derive(Clone, Debug, PartialEq)]
pub enum SyncState {
    /// Nothing was ever sent or received.
    NotYet,
    /// All is with the commission, as of a time such as "10:42".
    WithCommission(AttrValue),
    /// So many wait on this device; the connection is there or may be.
    Waiting(u32),
    /// So many are on their way.
    Sending(u32),
    /// No connection; so many wait, safe.
    Offline(u32),
    /// So many are being written, and nothing else waits.
    Saving(u32),
    /// So many are in the page's memory alone.
    NotStored(u32),
    /// All arrived; so many the coordinator must confirm.
    Held(u32),
    /// So many were not admitted and want to be looked at.
    Attention(u32),
}

impl SyncState {
    /// Its sentence.
    pub fn sentence(&self, locale: Locale) -> AttrValue {
        match self {
            Self::NotYet => t::sync_not_yet(locale).into(),
            Self::WithCommission(time) => t::sync_with_commission(locale, time).into(),
            Self::Waiting(0) => t::sync_saved(locale).into(),
            Self::Waiting(waiting) => t::sync_saved_waiting(locale, *waiting).into(),
            Self::Sending(waiting) => t::sync_sending(locale, *waiting).into(),
            Self::Offline(0) => t::sync_offline(locale).into(),
            Self::Offline(waiting) => t::sync_offline_waiting(locale, *waiting).into(),
            Self::Saving(count) => t::sync_saving(locale, *count).into(),
            Self::NotStored(count) => t::sync_not_stored(locale, *count).into(),
            Self::Held(count) => t::sync_held(locale, *count).into(),
            Self::Attention(count) => t::sync_attention(locale, *count).into(),
        }
    }

    /// Its icon.
    pub fn icon(&self) -> Icon {
        match self {
            Self::NotYet | Self::Waiting(_) => Icon::Tablet,
            Self::WithCommission(_) => Icon::Commission,
            Self::Sending(_) => Icon::Sync,
            Self::Offline(_) => Icon::Offline,
            Self::Saving(_) => Icon::Clock,
            Self::Held(_) => Icon::Note,
            Self::Attention(_) | Self::NotStored(_) => Icon::Attention,
        }
    }

    /// Its colour.
    pub fn tone(&self) -> Tone {
        match self {
            Self::NotYet | Self::Offline(_) | Self::Saving(_) => Tone::Calm,
            Self::WithCommission(_) => Tone::Good,
            Self::Waiting(_) | Self::Sending(_) | Self::Held(_) => Tone::Note,
            Self::NotStored(_) => Tone::Missing,
            Self::Attention(_) => Tone::Attention,
        }
    }
}

/// What the pill takes.
#[derive(Properties, PartialEq)]
pub struct SyncPillProps {
    /// Where the records are.
    pub state: SyncState,
    /// Opens the sheet.
    pub on_open: Callback<()>,
}

/// The pill in the top bar; opens the sheet.
#[component]
pub fn SyncPill(props: &SyncPillProps) -> Html {
    let locale = use_locale();
    let onclick = use_callback(props.on_open.clone(), |_: MouseEvent, open| open.emit(()));
    let state = &props.state;
    html! {
        <button type="button" aria-haspopup="dialog" {onclick}
            class={classes!("sync-pill", format!("sync-pill--{}", state.tone().suffix()))}>
            <IconMark icon={state.icon()} />
            <span class="sync-pill__words" role="status">{ state.sentence(locale) }</span>
        </button>
    }
}
