//! What the commission signed for this device: the latest receipt to be shown, and those before it.

use super::save::save;
use super::words;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::definition_list::{Definition, DefinitionList};
use crate::components::empty_state::EmptyState;
use crate::components::icon::{Icon, IconMark};
use crate::components::link::Link;
use crate::components::page_head::PageHead;
use crate::components::qr::Qr;
use crate::i18n::{Locale, fmt_number, t, use_locale};
use crate::store::use_selector;
use frontend_state::keep::KeptReceipt;
use frontend_state::select;
use shared::time::WallMs;
use std::rc::Rc;
use yew::prelude::*;

/// The receipts.
#[component]
pub fn Receipts() -> Html {
    let locale = use_locale();
    let held = use_selector((), |model, ()| {
        let receipts = model.account.as_ref().map(|o| o.receipts.clone()).unwrap_or_default();
        let asked = model.location.asked("at").and_then(|ms| ms.parse::<i64>().ok());
        (receipts, asked, select::programme(model).map_or(0, |p| p.utc_offset_min))
    });
    let (receipts, asked, utc_offset_min) = &*held;
    let moment = |ms: i64| words::moment(locale, WallMs(ms), *utc_offset_min);
    let shown = asked.and_then(|ms| receipts.iter().find(|kept| kept.receipt.server_ms == ms));
    let head =
        html! { <PageHead title={t::records_receipts(locale)} lead={t::records_receipts_lead(locale)} /> };
    let Some(shown) = shown.or(receipts.last()) else {
        return html! {
            <>
                { head }
                <EmptyState icon={Icon::Certificate} sentence={t::records_receipts_empty(locale)} />
            </>
        };
    };
    let text = AttrValue::from(shown.receipt.to_text());
    let (saved, name) = (text.clone(), format!("cascade-receipt-{}.txt", shown.receipt.head.seq));
    let on_save = move |_: MouseEvent| save(&name, "text/plain", &format!("{saved}\n"));
    let is_latest = receipts.last() == Some(shown);
    let title = if is_latest { t::records_receipt_latest(locale) } else { t::sync_receipt(locale) };
    html! {
        <>
            { head }
            <Card {title} leading={is_latest} actions={html! {
                <Button label={t::records_receipt_save(locale)} icon={Icon::Import} weight={Weight::Primary}
                    onclick={on_save} />
            }}>
                <div class="receipt">
                    <Qr text={text.clone()} label={t::records_receipt_qr(locale)} />
                    <DefinitionList items={facts(locale, shown, moment(shown.receipt.server_ms))} />
                </div>
                <details>
                    <summary>{ t::records_receipt_text(locale) }</summary>
                    <code class="record__id">{ text }</code>
                </details>
            </Card>
            if receipts.len() > 1 {
                <section class="session-list">
                    <h2>{ t::records_receipt_earlier(locale) }</h2>
                    <ul>
                        { for receipts.iter().rev().map(|kept| {
                            line(locale, kept, moment(kept.receipt.server_ms), kept == shown)
                        }) }
                    </ul>
                </section>
            }
        </>
    }
}

fn facts(locale: Locale, kept: &KeptReceipt, signed: AttrValue) -> Rc<[Definition]> {
    let counts = t::records_receipt_counts(locale, kept.admitted, kept.held, kept.refused);
    let records = fmt_number(locale, kept.events.len() as u64);
    Rc::new([
        Definition::text(t::records_receipt_records(locale), records).with_note(counts),
        Definition::text(t::records_receipt_head(locale), fmt_number(locale, kept.receipt.head.seq)),
        Definition::text(t::records_receipt_signed(locale), signed),
    ])
}

fn line(locale: Locale, kept: &KeptReceipt, signed: AttrValue, current: bool) -> Html {
    let ms = kept.receipt.server_ms;
    html! {
        <li key={ms}>
            <Link href={format!("/receipts?at={ms}")} class="record-line record-line--alone" {current}>
                <span class="record-line__words">
                    <strong>{ signed }</strong>
                    <small>{ t::records_receipt_line(locale, kept.events.len() as u32) }</small>
                </span>
                <IconMark icon={Icon::Forward} />
            </Link>
        </li>
    }
}
