//! The other components, one after another.

use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::definition_list::{Definition, DefinitionList};
use crate::components::empty_state::EmptyState;
use crate::components::field::Field;
use crate::components::file_drop::FileDrop;
use crate::components::icon::Icon;
use crate::components::key_help::{KeyHelp, KeyHint};
use crate::components::notice::Notice;
use crate::components::progress::Progress;
use crate::components::qr::Qr;
use crate::components::radio_group::RadioGroup;
use crate::components::select::{Choice, Select};
use crate::components::tone::Tone;
use crate::components::virtual_list::VirtualList;
use crate::i18n::{fmt_number, t, use_locale};
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::Key;

#[component]
pub(super) fn Parts() -> Html {
    let locale = use_locale();
    let keys = use_state(|| super::asked("keys").is_some());
    let value = use_state(|| AttrValue::Static("Кочкор"));
    let choices: Rc<[Choice]> = Rc::new([
        Choice::new("stations", t::import_target_stations(locale)),
        Choice::new("people", t::import_target_people(locale)).with_hint(t::import_mapping_hint(locale)),
    ]);
    let facts: Rc<[Definition]> = Rc::new([
        Definition::text(t::hq_stage_audience(locale), "PEC"),
        Definition::text(t::hq_stage_norm(locale), t::hq_stage_norm_detail(locale, 40, 36)),
    ]);
    html! {
        <div class="columns">
            <div class="stack">
                <Card title="Buttons" leading={true}>
                    <div class="buttons">
                        <Button label={t::plan_publish(locale)} weight={Weight::Primary} />
                        <Button label={t::common_print(locale)} icon={Icon::Print} />
                        <Button label={t::people_revoke(locale)} weight={Weight::Danger} />
                        <Button label={t::common_more(locale)} weight={Weight::Bare} />
                        <Button label={t::plan_approve(locale)} disabled={true} />
                    </div>
                    <p class="buttons">
                        { for [Tone::Calm, Tone::Note, Tone::Good, Tone::Attention, Tone::Missing].map(|tone| html! {
                            <Badge {tone} label={tone.word(locale)} />
                        }) }
                    </p>
                </Card>
                { for [Tone::Note, Tone::Good, Tone::Attention, Tone::Missing].map(|tone| html! {
                    <Notice {tone} actions={if tone == Tone::Missing { html! { <Button label={t::common_retry(locale)} /> } } else { html! {} }}>
                        { t::errors_server(locale) }
                    </Notice>
                }) }
                <FileDrop id="file" label={t::import_drop(locale)} hint={t::import_drop_hint(locale)}
                    chosen={Some((AttrValue::Static("naryn.csv"), 412_000))} on_file={|_| ()} />
                <Card><Progress id="work" label={t::import_working(locale)} done={620_000} total={1_500_000}
                    detail={t::import_rows_per_second(locale, 104_000)} on_cancel={Some(Callback::noop())} /></Card>
                <EmptyState icon={Icon::Calendar} sentence={t::trainer_empty(locale)}>
                    <Button label={t::trainer_ready_button(locale)} weight={Weight::Primary} />
                </EmptyState>
            </div>
            <div class="stack">
                <Card title="Fields">
                    <Field id="f1" label={t::people_account_name(locale)} value={(*value).clone()}
                        on_input={let value = value.clone(); move |v| value.set(v)} hint={t::start_device_name_hint(locale)} />
                    <Field id="f2" label={t::import_field_phone(locale)} value="" on_input={|_| ()} optional={true}
                        error={t::import_problem_empty(locale)} />
                    <Select id="s" label={t::import_target(locale)} choices={choices.clone()} value="people" on_choice={|_| ()} />
                    <RadioGroup name="r" legend={t::import_target(locale)} {choices} value="people" on_choice={|_| ()} />
                </Card>
                <Card title="Facts"><DefinitionList items={facts} /></Card>
                <Card title="QR"><Qr text="https://training.example/#join=7KQ2M4XA" label="QR" /></Card>
                <VirtualList label="rows" count={10_000} row_height_px={44} view_height_px={220}
                    row_key={Callback::from(|at: u32| Key::from(at.to_string()))}
                    row={Callback::from(move |at: u32| html! { <p>{ fmt_number(locale, at.into()) }</p> })} />
            </div>
            <KeyHelp open={*keys} hints={Rc::new([KeyHint { keys: Rc::new(["g".into(), "o".into()]),
                does: t::common_keys_go(locale, t::hq_nav_overview(locale)).into() }]) as Rc<[KeyHint]>}
                on_close={let keys = keys.clone(); move |()| keys.set(false)} />
        </div>
    }
}
