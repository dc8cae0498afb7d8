//! The shard's own people and how they did in each stage, wherever they were taught.

use super::attended;
use crate::id::{PersonId, ShardId, StageCode, UnitCode};
use crate::plan::group_unit;
use crate::programme::Programme;
use crate::state::{Index, Place, ShardState};
use std::collections::BTreeMap;

/// How somebody did in a stage, wherever that was.
pub(super) struct Taught {
    pub(super) unit: UnitCode,
    pub(super) present: bool,
    pub(super) completed: bool,
    pub(super) disputed: bool,
}

/// The shard's own people and how they did, here and elsewhere: each once in a stage.
pub(super) fn taught(
    state: &ShardState,
    programme: &Programme,
    shard: &ShardId,
) -> BTreeMap<(PersonId, StageCode), Taught> {
    let index = Index::of(state);
    let mut all: BTreeMap<(PersonId, StageCode), Taught> = BTreeMap::new();
    for (id, session) in state.published_sessions() {
        for person in index.people_of(id).iter().filter(|p| state.is_here(**p)) {
            let attended = attended(state, id, session.days.len(), *person);
            let taught = Taught {
                unit: session.unit.clone(),
                present: attended.there > 0,
                completed: attended.completed,
                disputed: attended.disputed,
            };
            all.insert((*person, session.stage.clone()), taught);
        }
    }
    for ((person, stage, source), past) in &state.outcomes {
        // What another shard says of sessions of ours is an echo.
        if source == shard || !state.is_here(*person) {
            continue;
        }
        let past = &past.value;
        // A shard is always some unit's.
        let Some(unit) = unit_of(state, programme, &index, shard, (*person, stage)) else { continue };
        let taught = all.entry((*person, stage.clone())).or_insert_with(|| Taught {
            unit,
            present: false,
            completed: false,
            disputed: false,
        });
        taught.present |= past.there > 0;
        taught.completed |= past.is_completed();
        taught.disputed |= past.disputed > 0;
    }
    // Whose attendance on every day is settled anywhere is not in dispute elsewhere.
    all.values_mut().for_each(|t| t.disputed &= !t.completed);
    all
}

/// Where somebody is counted who was taught elsewhere: at the seat, else where the person teaches, else in the
/// shard's own unit.
fn unit_of(
    state: &ShardState,
    programme: &Programme,
    index: &Index,
    shard: &ShardId,
    (person, stage): (PersonId, &StageCode),
) -> Option<UnitCode> {
    let at_seat = index.seat_by_person.get(&person).and_then(|seat| match &seat.place {
        Place::Unit(unit) => Some(unit),
        Place::Station(id) => state.stations.get(id).map(|s| &s.value.unit),
    });
    let teaching = || state.trainers.iter().find(|((p, _), _)| *p == person).map(|(_, t)| &t.value.unit);
    let own = || programme.units.iter().find(|u| u.shard.as_ref() == Some(shard)).map(|u| &u.code);
    let unit = at_seat.or_else(teaching).or_else(own);
    let stage = programme.stage(stage);
    unit.map(|unit| stage.map_or_else(|| unit.clone(), |stage| group_unit(programme, stage, unit)))
}
