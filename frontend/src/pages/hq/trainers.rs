//! The trainers of a coordinator's place, each with a way to give a code.

use super::access::shown;
use super::access_card::role_words;
use super::seen::{stage_name, unit_name};
use crate::components::button::{Button, Weight};
use crate::components::card::Card;
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::i18n::{t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::hq::access::AccessMsg;
use frontend_state::{Model, Msg, hq};
use shared::grant::AccountRole;
use shared::id::{PersonId, ShardId, StageCode, UnitCode};
use shared::programme::Programme;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Listed {
    shard: Option<ShardId>,
    programme: Option<Rc<Programme>>,
    /// Name, unit and stages by person.
    trainers: BTreeMap<PersonId, (String, UnitCode, Vec<StageCode>)>,
}

fn listed(model: &Model, (): &()) -> Listed {
    let programme = model.account.as_ref().and_then(|o| o.programme.clone());
    let Some(client) = model.client() else {
        return Listed { shard: None, programme, trainers: BTreeMap::new() };
    };
    let state = client.shown();
    let mut trainers: BTreeMap<PersonId, (String, UnitCode, Vec<StageCode>)> = BTreeMap::new();
    for ((person, stage), card) in state.trainers.iter().filter(|(_, card)| card.value.active) {
        let name = || state.names.get(person).map(|n| n.value.name.clone()).unwrap_or_default();
        let entry = trainers.entry(*person).or_insert_with(|| (name(), card.value.unit.clone(), vec![]));
        entry.2.push(stage.clone());
    }
    Listed { shard: Some(client.shard().clone()), programme, trainers }
}

/// The trainers of the open account's shard.
#[component]
pub fn Trainers() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let listed = use_selector((), listed);
    let access = use_selector((), shown);
    let (Some(programme), Some(shard)) = (&listed.programme, &listed.shard) else { return Html::default() };
    if listed.trainers.is_empty() {
        return html! { <EmptyState icon={Icon::People} sentence={t::people_trainers_empty(locale)} /> };
    }
    // Who has a device already.
    let joined = |person: PersonId| {
        access.accounts.as_ref().is_some_and(|accounts| {
            accounts.iter().any(|a| a.devices > 0 && a.grants.iter().any(|g| g.person == Some(person)))
        })
    };
    let columns: Rc<[Column]> = Rc::new([
        Column::words("name", t::common_name(locale)),
        Column::words("unit", t::common_district(locale)),
        Column::words("stages", t::hq_stages(locale)),
        Column::words("action", t::common_action(locale)),
    ]);
    let mut sorted: Vec<_> = listed.trainers.iter().collect();
    sorted.sort_by(|a, b| (&a.1.1, &a.1.0).cmp(&(&b.1.1, &b.1.0)));
    let rows: Rc<[Row]> = sorted
        .into_iter()
        .map(|(person, (name, unit, stages))| {
            let (person, given, shard) = (*person, name.clone(), shard.clone());
            let onclick = dispatch.reform(move |_: MouseEvent| {
                let (name, shard) = (given.clone(), Some(shard.clone()));
                let role = AccountRole::Trainer;
                Msg::Hq(hq::Msg::Access(AccessMsg::Give { name, role, shard, person: Some(person) }))
            });
            let stages: Vec<String> = stages.iter().map(|s| stage_name(programme, s, locale)).collect();
            let weight = if joined(person) { Weight::Bare } else { Weight::Quiet };
            Row {
                key: person.to_string().into(),
                cells: vec![
                    html! { { name.clone() } },
                    html! { { unit_name(programme, unit, locale) } },
                    html! { { stages.join(", ") } },
                    html! { <Button label={t::people_give_code(locale)} {weight} {onclick}
                    disabled={access.inviting} /> },
                ],
            }
        })
        .collect();
    html! {
        <Card title={t::people_trainers_title(locale)}>
            <p class="quiet">{ role_words(locale, AccountRole::Trainer) }</p>
            <DataTable id="trainers" caption={t::people_trainers_title(locale)} caption_hidden={true} {columns} {rows}
                tall={true} />
        </Card>
    }
}
