//! Records sent with another device: what waits here, sealed as a file; files of other devices, carried from here.

use super::save::save;
use super::words;
use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::file_drop::FileDrop;
use crate::components::icon::Icon;
use crate::components::notice::Notice;
use crate::components::page_head::PageHead;
use crate::components::tone::Tone;
use crate::i18n::{Locale, t, use_locale};
use crate::store::{use_dispatch, use_selector, use_store};
use frontend_state::model::StorageFault;
use frontend_state::parcels::{Came, Carried, Made, NotTaken};
use frontend_state::{Msg, select};
use shared::time::WallMs;
use yew::prelude::*;

/// Records sent with another device.
#[component]
pub fn Parcels() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let store = use_store();
    let held = use_selector((), |model, ()| {
        let parcels = model.account.as_ref().map(|o| o.parcels.clone()).unwrap_or_default();
        let waiting = select::tally(model).of(select::Group::Waiting);
        (parcels, waiting, select::programme(model).map_or(0, |p| p.utc_offset_min))
    });
    let (parcels, waiting, utc_offset_min) = &*held;
    let on_make = use_callback(dispatch.clone(), |_: MouseEvent, dispatch| dispatch.emit(Msg::MakeParcel));
    let on_file = use_callback((dispatch, store), |file: web_sys::File, (dispatch, store)| {
        dispatch.emit(Msg::CarryParcel(store.keep_file(file)));
    });
    html! {
        <div class="narrow stack">
            <PageHead title={t::records_parcels(locale)} lead={t::records_parcels_lead(locale)} />
            <Card title={t::records_parcel_send(locale)} leading={true} actions={html! {
                <Button label={t::records_parcel_make(locale)} icon={Icon::Kit} weight={Weight::Primary}
                    disabled={*waiting == 0 || parcels.made == Made::Sealing} onclick={on_make} />
            }}>
                <p>{ t::records_parcel_waiting(locale, *waiting) }</p>
                { made(locale, &parcels.made) }
            </Card>
            <Card title={t::records_parcel_carry(locale)}>
                <FileDrop id="parcel" label={t::records_parcel_choose(locale)} hint={t::records_parcel_carry_hint(locale)}
                    accept=".json,application/json" {on_file} />
                if let Some(why) = &parcels.not_taken {
                    <Notice tone={Tone::Attention} urgent={true}>{ not_taken(locale, why) }</Notice>
                }
                <ul class="checklist">
                    { for parcels.carried.iter().rev().map(|c| carried(locale, c, *utc_offset_min)) }
                </ul>
            </Card>
        </div>
    }
}

fn made(locale: Locale, made: &Made) -> Html {
    match made {
        Made::Nothing => html! {},
        Made::Sealing => html! { <p role="status">{ t::records_parcel_sealing(locale) }</p> },
        Made::Failed => html! {
            <Notice tone={Tone::Attention} urgent={true}>{ t::records_parcel_failed(locale) }</Notice>
        },
        Made::Sealed { records, text } => {
            let text = text.clone();
            let onclick = move |_: MouseEvent| save("cascade-parcel.json", "application/json", &text);
            html! {
                <Notice tone={Tone::Good} title={t::records_parcel_made(locale, *records)} actions={html! {
                    <Button label={t::records_parcel_save(locale)} icon={Icon::Import} {onclick} />
                }}>
                    { t::records_parcel_stays(locale) }
                </Notice>
            }
        }
    }
}

fn not_taken(locale: Locale, why: &NotTaken) -> &'static str {
    match why {
        NotTaken::NoParcel => t::records_parcel_is_none(locale),
        NotTaken::Newer => t::records_parcel_newer(locale),
        NotTaken::OtherShard => t::records_parcel_other_shard(locale),
        NotTaken::Own => t::records_parcel_own(locale),
        NotTaken::NotStored(StorageFault::Full) => t::errors_storage_full(locale),
        NotTaken::NotStored(_) => t::records_parcel_not_stored(locale),
    }
}

fn carried(locale: Locale, carried: &Carried, utc_offset_min: i32) -> Html {
    let moment = |ms: i64| words::moment(locale, WallMs(ms), utc_offset_min);
    let (tone, label, detail) = match &carried.came {
        None => (Tone::Calm, t::sync_state_waiting(locale), t::records_parcel_waits(locale).to_owned()),
        Some(Came::Judged { server_ms, admitted, held, refused }) => {
            let counts = t::records_receipt_counts(locale, *admitted, *held, *refused);
            let detail = t::records_parcel_signed(locale, &counts, &moment(*server_ms));
            (Tone::Good, t::records_parcel_delivered(locale), detail)
        }
        Some(Came::Forked) => {
            (Tone::Attention, t::common_attention(locale), t::records_parcel_forked(locale).to_owned())
        }
        Some(Came::Refused(code)) => {
            let say = match code.as_str() {
                "parcel-of-unknown-device" => t::records_parcel_unknown_device(locale),
                "protocol-not-spoken" => t::records_parcel_newer(locale),
                _ => t::records_parcel_broken(locale),
            };
            (Tone::Attention, t::common_attention(locale), say.to_owned())
        }
    };
    let (device, wall) = carried.name();
    html! {
        <li key={format!("{device}.{}", wall.0)} class="checklist__item" data-parcel={carried.came.is_some().to_string()}>
            <span class="checklist__words">
                <strong>{ t::records_parcel_line(locale, carried.parcel.records, &moment(wall.0)) }</strong>
                <small>{ detail }</small>
            </span>
            <Badge {tone} {label} />
        </li>
    }
}
