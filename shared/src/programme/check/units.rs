//! The territory: one tree under one nation, parents first, every unit below the nation in a shard.

use super::{Findings, MAX_UNITS};
use crate::id::UnitCode;
use crate::programme::fault::PackFault;
use crate::programme::{Level, Programme, Unit};
use std::collections::{BTreeMap, BTreeSet};

const MAX_ALIASES: usize = 50;
const MAX_ALIAS: usize = 100;

pub(super) fn check(programme: &Programme, found: &mut Findings) {
    let units = &programme.units;
    found.count("units", units.len(), 1, MAX_UNITS);
    if units.len() > MAX_UNITS {
        return;
    }
    found.codes("units", units.iter().map(|u| &u.code));
    let at_by_code: BTreeMap<&UnitCode, usize> =
        units.iter().enumerate().rev().map(|(at, u)| (&u.code, at)).collect();
    let mut nation: Option<&UnitCode> = None;
    for (at, unit) in units.iter().enumerate() {
        let path = format!("units[{at}]");
        if unit.level == Level::Nation {
            match nation {
                Some(first) => {
                    found.add(format!("{path}.level"), PackFault::SecondNation { first: first.to_string() });
                }
                None => nation = Some(&unit.code),
            }
        }
        parent(units, &at_by_code, at, &path, found);
        itself(unit, &path, found);
    }
    if nation.is_none() && !units.is_empty() {
        found.add("units", PackFault::NoNation {});
    }
    shards(units, &at_by_code, found);
    names(units, found);
}

fn parent(
    units: &[Unit],
    at_by_code: &BTreeMap<&UnitCode, usize>,
    at: usize,
    path: &str,
    found: &mut Findings,
) {
    let Some(unit) = units.get(at) else { return };
    let path = format!("{path}.parent");
    match (&unit.parent, unit.level) {
        (None, Level::Nation) => {}
        (Some(parent), Level::Nation) => {
            found.add(path, PackFault::NationInside { parent: parent.to_string() });
        }
        (None, _) => found.add(path, PackFault::NoParent { unit: unit.code.to_string() }),
        (Some(parent), level) => match at_by_code.get(parent).and_then(|p| Some((*p, units.get(*p)?))) {
            None => found.add(path, PackFault::UnknownParent { parent: parent.to_string() }),
            Some(_) if in_itself(units, at_by_code, at) => {
                found.add(path, PackFault::UnitCycle { unit: unit.code.to_string() });
            }
            Some((parent_at, _)) if parent_at > at => {
                found.add(path, PackFault::ParentAfterChild { parent: parent.to_string() });
            }
            Some((_, above)) if above.level >= level => {
                found.add(path, PackFault::ParentBelow { parent: parent.to_string() });
            }
            Some(_) => {}
        },
    }
}

/// Looks a few steps up; a longer circle is told as a parent that comes after its child.
fn in_itself(units: &[Unit], at_by_code: &BTreeMap<&UnitCode, usize>, start: usize) -> bool {
    let above = |at: &usize| units.get(*at).and_then(|u| at_by_code.get(u.parent.as_ref()?)).copied();
    std::iter::successors(above(&start), above).take(16).any(|at| at == start)
}

fn itself(unit: &Unit, path: &str, found: &mut Findings) {
    found.name(&format!("{path}.name"), &unit.name);
    found.range(&format!("{path}.lat"), unit.lat, -90.0, 90.0);
    found.range(&format!("{path}.lon"), unit.lon, -180.0, 180.0);
    found.count(&format!("{path}.aliases"), unit.aliases.len(), 0, MAX_ALIASES);
    for (at, alias) in unit.aliases.iter().enumerate() {
        found.plain(&format!("{path}.aliases[{at}]"), alias, MAX_ALIAS);
    }
}

fn shards(units: &[Unit], at_by_code: &BTreeMap<&UnitCode, usize>, found: &mut Findings) {
    let mut owner_by_shard = BTreeMap::new();
    // A unit that lies in a sheltered one is sheltered; parents come first in a good pack.
    let mut sheltered: BTreeSet<&UnitCode> = BTreeSet::new();
    for (at, unit) in units.iter().enumerate() {
        let path = format!("units[{at}].shard");
        if let Some(shard) = &unit.shard {
            found.plain_name(&path, shard.as_str());
            sheltered.insert(&unit.code);
            if let Some(other) = owner_by_shard.insert(shard, &unit.code) {
                let (shard, other) = (shard.to_string(), other.to_string());
                found.add(path, PackFault::DuplicateShard { shard, other });
            }
            continue;
        }
        match &unit.parent {
            Some(parent) if sheltered.contains(parent) => {
                sheltered.insert(&unit.code);
            }
            // An unknown or later parent is its own problem, said above.
            Some(parent) if at_by_code.get(parent).is_none_or(|p| *p >= at) => {
                sheltered.insert(&unit.code);
            }
            _ if unit.level == Level::Nation => {}
            _ => {
                found.add(path, PackFault::NoShard { unit: unit.code.to_string() });
                // Said once, not for every unit in it.
                sheltered.insert(&unit.code);
            }
        }
    }
}

/// Two neighbours of one level must not answer to one name: a file's row could mean either.
fn names(units: &[Unit], found: &mut Findings) {
    let mut holder_by_name: BTreeMap<(Option<&UnitCode>, Level, String), &UnitCode> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        for name in unit.name.0.values().chain(&unit.aliases) {
            let key = (unit.parent.as_ref(), unit.level, name.trim().to_lowercase());
            let holder = *holder_by_name.entry(key).or_insert(&unit.code);
            if *holder != unit.code {
                let fault = PackFault::AmbiguousName { name: name.clone(), other: holder.to_string() };
                found.add(format!("units[{at}]"), fault);
            }
        }
    }
}
