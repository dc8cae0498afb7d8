//! Accounts, and giving codes: headquarters to approvers and coordinators, a coordinator to the place's trainers.

use super::access_card::{AccessCard, role_words};
use super::seen::{failure_words, place_name, use_seen};
use super::trainers::Trainers;
use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::empty_state::EmptyState;
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::notice::Notice;
use crate::components::page_head::PageHead;
use crate::components::select::{Choice, Select};
use crate::components::tone::Tone;
use crate::i18n::{Locale, t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::hq::access::{AccessMsg, Card as CodeCard};
use frontend_state::{Failure, Model, Msg, hq};
use shared::api::AccountLine;
use shared::grant::{AccountRole, Grant};
use shared::id::ShardId;
use shared::programme::Programme;
use std::rc::Rc;
use yew::prelude::*;

/// What the screen reads.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub(super) accounts: Option<Rc<Vec<AccountLine>>>,
    failure: Option<Failure>,
    pub(super) inviting: bool,
    pub(super) refused: Option<Failure>,
    pub(super) card: Option<CodeCard>,
}

/// Reads it.
pub fn shown(model: &Model, (): &()) -> Shown {
    let access = &model.hq.access;
    Shown {
        accounts: access.accounts.clone(),
        failure: access.failure.clone(),
        inviting: access.inviting,
        refused: access.refused.clone(),
        card: access.card.clone(),
    }
}

/// Accounts and codes.
#[component]
pub fn AccessPage() -> Html {
    let locale = use_locale();
    let seen = use_seen();
    let shown = use_selector((), shown);
    let programme = seen.programme.as_deref();
    html! {
        <div class="stack hq-access">
            <PageHead title={t::people_title(locale)} lead={t::people_lead(locale)} />
            { code_card(locale, programme, &shown) }
            if let Some(failure) = &shown.refused {
                <Notice tone={Tone::Missing} urgent={true} title={t::people_refused_title(locale)}>
                    <p>{ failure_words(locale, failure) }</p>
                </Notice>
            }
            if seen.role == Some(AccountRole::Hq) {
                if let Some(programme) = &seen.programme { <Give programme={programme.clone()} /> }
            } else if seen.role == Some(AccountRole::Coordinator) {
                <Trainers />
            }
            { accounts(locale, programme, &shown) }
        </div>
    }
}

/// The card with the code just made.
pub fn code_card(locale: Locale, programme: Option<&Programme>, shown: &Shown) -> Html {
    let Some(card) = &shown.card else { return Html::default() };
    let utc_offset_min = programme.map_or(0, |p| p.utc_offset_min);
    html! { <AccessCard card={card.clone()} {utc_offset_min} place={scope_words(locale, programme, card.shard.as_ref())} /> }
}

fn scope_words(locale: Locale, programme: Option<&Programme>, shard: Option<&ShardId>) -> String {
    match (shard, programme) {
        (None, _) => t::people_scope_all(locale).to_owned(),
        (Some(shard), Some(programme)) => place_name(programme, shard, locale),
        (Some(shard), None) => shard.to_string(),
    }
}

#[derive(Properties, PartialEq)]
struct GiveProps {
    programme: Rc<Programme>,
}

const ROLES: [AccountRole; 3] = [AccountRole::Coordinator, AccountRole::Approver, AccountRole::Hq];

#[component]
fn Give(props: &GiveProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let inviting = use_selector((), |model, ()| model.hq.access.inviting);
    let name = use_state(|| AttrValue::from(""));
    let role = use_state_eq(|| 0usize);
    let places: Vec<ShardId> = props.programme.shards();
    let place = use_state(|| places.first().map(ShardId::to_string).unwrap_or_default());
    let chosen = ROLES.get(*role).copied().unwrap_or(AccountRole::Coordinator);
    let hint = |role| match role {
        AccountRole::Hq => t::people_role_hq_hint(locale),
        AccountRole::Approver => t::people_role_approver_hint(locale),
        _ => t::people_role_coordinator_hint(locale),
    };
    let roles: Rc<[Choice]> = ROLES
        .iter()
        .enumerate()
        .map(|(at, role)| Choice::new(at.to_string(), role_words(locale, *role)))
        .collect();
    let scopes: Rc<[Choice]> =
        places.iter().map(|s| Choice::new(s.to_string(), place_name(&props.programme, s, locale))).collect();
    let on_name = use_callback(name.setter(), |text: AttrValue, name| name.set(text));
    let on_role = use_callback(role.setter(), |value: AttrValue, role| {
        if let Ok(at) = value.parse() {
            role.set(at);
        }
    });
    let on_place = use_callback(place.setter(), |value: AttrValue, place| place.set(value.to_string()));
    let onsubmit = {
        let (name, place) = (name.clone(), place.clone());
        let dispatch = dispatch.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let of_place = chosen == AccountRole::Coordinator;
            let shard = of_place.then(|| place.parse().ok()).flatten();
            let give = AccessMsg::Give { name: name.to_string(), role: chosen, shard, person: None };
            dispatch.emit(Msg::Hq(hq::Msg::Access(give)));
            name.set("".into());
        })
    };
    html! {
        <Card title={t::people_give_code(locale)}>
            <form class="hq-form" {onsubmit}>
                <Field id="access-name" label={t::people_account_name(locale)} value={(*name).clone()}
                    on_input={on_name} />
                <Select id="access-role" label={t::people_account_role(locale)} choices={roles}
                    value={role.to_string()} on_choice={on_role} hint={AttrValue::from(hint(chosen))} />
                if chosen == AccountRole::Coordinator {
                    <Select id="access-place" label={t::people_account_scope(locale)} choices={scopes}
                        value={(*place).clone()} on_choice={on_place} />
                }
                <Button label={t::people_make_code(locale)} weight={Weight::Primary} submit={true}
                    disabled={*inviting || name.trim().is_empty()} />
            </form>
            <p class="quiet">{ t::people_trainers_hint(locale) }</p>
        </Card>
    }
}

fn accounts(locale: Locale, programme: Option<&Programme>, shown: &Shown) -> Html {
    if let Some(failure) = &shown.failure {
        return html! { <Notice tone={Tone::Attention}><p>{ failure_words(locale, failure) }</p></Notice> };
    }
    let Some(accounts) = &shown.accounts else {
        return html! { <p class="quiet" role="status">{ t::people_reading(locale) }</p> };
    };
    if accounts.is_empty() {
        return html! { <EmptyState icon={Icon::Key} sentence={t::people_empty(locale)} /> };
    }
    let columns: Rc<[Column]> = Rc::new([
        Column::words("name", t::common_name(locale)),
        Column::words("role", t::common_role(locale)),
        Column::words("scope", t::people_account_scope(locale)),
        Column::words("devices", t::people_devices(locale)),
    ]);
    let grant_words = |grant: &Grant| {
        let role = role_words(locale, grant.role);
        if grant.ended.is_some() {
            format!("{role} ({})", t::people_grant_ended(locale))
        } else {
            role.to_owned()
        }
    };
    let mut sorted: Vec<&AccountLine> = accounts.iter().collect();
    sorted.sort_by_key(|a| (a.grants.first().map(|g| (g.role, g.shard.clone())), a.name.clone()));
    let rows: Rc<[Row]> = sorted
        .into_iter()
        .map(|line| Row {
            key: line.account.to_string().into(),
            cells: vec![
                html! { { line.name.clone() } },
                html! { { line.grants.iter().map(grant_words).collect::<Vec<_>>().join(", ") } },
                html! { { line.grants.first()
                .map(|g| scope_words(locale, programme, g.shard.as_ref())).unwrap_or_default() } },
                html! { <Badge tone={if line.devices == 0 { Tone::Calm } else { Tone::Good }}
                label={t::people_devices_count(locale, line.devices)} /> },
            ],
        })
        .collect();
    html! { <DataTable id="accounts" caption={t::people_accounts(locale)} {columns} {rows} tall={true} /> }
}
