//! Finding the unit or the station that a row means.
//!
//! A unit is found by its code, by its name in any language, by an alias; then without the words that only say what
//! kind of unit it is ("district", "р-н"). Columns that say in what it lies narrow the choice; what is still
//! ambiguous is a problem and never a guess.

use super::fold::{fold, fold_code};
use super::problem::Reason;
use super::rows::Point;
use super::words;
use crate::id::{ShardId, UnitCode};
use crate::programme::{Level, Programme};
use std::collections::HashMap;

/// A unit as the index knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownUnit {
    /// Its code.
    pub code: UnitCode,
    /// The shard that holds its records; none above all shards.
    pub shard: Option<ShardId>,
    /// Where its seat is.
    pub at: Option<Point>,
    level: Level,
    parent: Option<usize>,
}

/// What the columns of a row say about a unit; blank where they say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// A unit of any level.
    pub unit: &'a str,
    /// A district.
    pub district: &'a str,
    /// A region.
    pub region: &'a str,
}

impl Asked<'_> {
    /// Whether nothing is said.
    pub fn is_blank(&self) -> bool {
        self.unit.is_empty() && self.district.is_empty() && self.region.is_empty()
    }
}

/// The units of a programme by every name they have.
pub struct UnitIndex {
    units: Vec<KnownUnit>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    generic: Vec<String>,
}

impl UnitIndex {
    /// The index of a programme's units.
    pub fn new(programme: &Programme) -> Self {
        let place: HashMap<&UnitCode, usize> =
            programme.units.iter().enumerate().map(|(at, unit)| (&unit.code, at)).collect();
        let mut index = Self {
            units: Vec::with_capacity(programme.units.len()),
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            by_stem: HashMap::new(),
            generic: words::TERRITORY.split('|').map(fold).collect(),
        };
        for (at, unit) in programme.units.iter().enumerate() {
            index.units.push(KnownUnit {
                code: unit.code.clone(),
                shard: programme.shard_of(&unit.code).cloned(),
                at: Point::from_degrees(unit.lat, unit.lon),
                level: unit.level,
                parent: unit.parent.as_ref().and_then(|p| place.get(p)).copied(),
            });
            index.by_code.insert(fold_code(unit.code.as_str()), at);
            for name in unit.name.0.values().chain(&unit.aliases) {
                let stem = index.stem(name);
                for (map, key) in [(&mut index.by_name, fold(name)), (&mut index.by_stem, stem)] {
                    let places = map.entry(key).or_default();
                    if !places.contains(&at) {
                        places.push(at);
                    }
                }
            }
        }
        index
    }

    /// The unit of a code.
    pub fn by_code(&self, code: &UnitCode) -> Option<&KnownUnit> {
        self.by_code.get(&fold_code(code.as_str())).and_then(|at| self.units.get(*at))
    }

    /// The unit that the columns mean.
    ///
    /// # Errors
    /// The reason why none, or more than one, is meant.
    pub fn find(&self, asked: Asked<'_>) -> Result<&KnownUnit, Reason> {
        let mut said = [
            (asked.unit, None),
            (asked.district, Some(Level::District)),
            (asked.region, Some(Level::Region)),
        ]
        .into_iter()
        .filter(|(text, _)| !text.is_empty());
        let Some((text, level)) = said.next() else { return Err(Reason::Missing) };
        let mut found = self.candidates(text);
        let Some(first) = found.first().copied() else {
            return Err(Reason::UnknownUnit { suggestion: self.suggest(text) });
        };
        for (outer, _) in said {
            let around = self.candidates(outer);
            if around.is_empty() {
                return Err(Reason::UnknownUnit { suggestion: self.suggest(outer) });
            }
            found.retain(|at| around.iter().any(|o| self.lies_in(*at, *o)));
        }
        // A code goes before the same word as another unit's name or alias.
        if let Some(coded) = self.by_code.get(&fold_code(text)).filter(|at| found.contains(at)) {
            found = vec![*coded];
        }
        if let Some(level) = level
            && found.iter().any(|at| self.level(*at) == Some(level))
        {
            found.retain(|at| self.level(*at) == Some(level));
        }
        // A region that is one district often shares its name: the district is meant.
        let inner = found
            .iter()
            .copied()
            .find(|at| found.iter().all(|o| o == at || (self.lies_in(*at, *o) && self.has_one_child(*o))));
        match (inner.and_then(|at| self.units.get(at)), found.is_empty()) {
            (Some(unit), _) => Ok(unit),
            (None, true) => match self.units.get(first) {
                Some(unit) => Err(Reason::UnitElsewhere { unit: unit.code.clone() }),
                None => Err(Reason::UnknownUnit { suggestion: None }),
            },
            (None, false) => Err(Reason::AmbiguousUnit { candidates: self.codes(&found) }),
        }
    }

    fn candidates(&self, text: &str) -> Vec<usize> {
        let coded = self.by_code.get(&fold_code(text)).copied();
        let named = self.by_name.get(&fold(text)).into_iter().flatten().copied();
        let mut found: Vec<usize> = coded.into_iter().chain(named).collect();
        if found.is_empty() {
            found = self.by_stem.get(&self.stem(text)).cloned().unwrap_or_default();
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn stem(&self, name: &str) -> String {
        let parts = name.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '(' | ')'));
        let stem: String = parts.map(fold).filter(|word| !self.generic.contains(word)).collect();
        if stem.is_empty() { fold(name) } else { stem }
    }

    fn codes(&self, found: &[usize]) -> Vec<UnitCode> {
        found.iter().filter_map(|at| self.units.get(*at)).map(|u| u.code.clone()).take(8).collect()
    }

    fn level(&self, at: usize) -> Option<Level> {
        self.units.get(at).map(|u| u.level)
    }

    fn has_one_child(&self, at: usize) -> bool {
        self.units.iter().filter(|u| u.parent == Some(at)).count() == 1
    }

    fn lies_in(&self, inner: usize, outer: usize) -> bool {
        let mut at = Some(inner);
        for _ in 0..=self.units.len() {
            match at {
                Some(here) if here == outer => return true,
                Some(here) => at = self.units.get(here).and_then(|u| u.parent),
                None => return false,
            }
        }
        false
    }

    /// The unit whose name is one or two letters away.
    fn suggest(&self, text: &str) -> Option<UnitCode> {
        let asked: Vec<char> = self.stem(text).chars().take(40).collect();
        let allowed = if asked.len() < 5 { 1 } else { 2 };
        let near = self.by_stem.iter().filter_map(|(name, places)| {
            let name: Vec<char> = name.chars().collect();
            if name.len().abs_diff(asked.len()) > allowed {
                return None;
            }
            let [place] = places.as_slice() else { return None };
            Some((distance(&asked, &name), *place)).filter(|(steps, _)| *steps <= allowed)
        });
        near.min().and_then(|(_, at)| self.units.get(at)).map(|u| u.code.clone())
    }
}

/// How many letters must be changed, added or left out.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, b) in row.iter_mut().skip(1).zip(other) {
            let steps = (diagonal + usize::from(a != b)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = steps;
            left = steps;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// The stations that are known, by code: a national file names a person's station by nothing else.
#[derive(Default)]
pub struct StationIndex {
    by_code: HashMap<String, Vec<(String, UnitCode)>>,
    by_bare: HashMap<String, String>,
}

impl StationIndex {
    /// The index of stations given as (code, unit).
    pub fn new(stations: impl IntoIterator<Item = (String, UnitCode)>) -> Self {
        let mut index = Self::default();
        for (code, unit) in stations {
            index.by_bare.entry(bare(&code)).or_insert_with(|| code.clone());
            index.by_code.entry(fold_code(&code)).or_default().push((code, unit));
        }
        index
    }

    /// The station's code as it is known, and its unit; a unit said in the row tells stations of one code apart.
    ///
    /// # Errors
    /// The reason why none, or more than one, is meant.
    pub fn find<'a>(
        &'a self,
        code: &str,
        within: Option<&KnownUnit>,
        units: &'a UnitIndex,
    ) -> Result<(&'a str, &'a KnownUnit), Reason> {
        let unknown = || Reason::UnknownStation { suggestion: self.by_bare.get(&bare(code)).cloned() };
        let all = self.by_code.get(&fold_code(code)).ok_or_else(unknown)?;
        let known = all.iter().filter_map(|(code, unit)| Some((code.as_str(), units.by_code(unit)?)));
        let found: Vec<(&str, &KnownUnit)> = known
            .filter(|(_, unit)| match within {
                Some(outer) => units.nested(unit, outer) || units.nested(outer, unit),
                None => true,
            })
            .collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(unknown()),
            many => Err(Reason::AmbiguousStation {
                units: many.iter().map(|(_, u)| u.code.clone()).take(8).collect(),
            }),
        }
    }
}

impl UnitIndex {
    fn nested(&self, inner: &KnownUnit, outer: &KnownUnit) -> bool {
        let place = |unit: &KnownUnit| self.by_code.get(&fold_code(unit.code.as_str())).copied();
        match (place(inner), place(outer)) {
            (Some(inner), Some(outer)) => self.lies_in(inner, outer),
            _ => false,
        }
    }
}

/// A code without leading zeros and signs, as a spreadsheet leaves it.
fn bare(code: &str) -> String {
    fold(code).trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests;
