//! The people: trainers, members of district commissions, members of polling-station commissions.

use super::dice::Dice;
use super::places::District;
use super::{Commissioner, Member, Person, RosterError, Seed, Station, Tiers, Trainer, names, share};
use shared::id::{RoleCode, UnitCode};
use shared::programme::{Level, Programme, Seats, Stage};
use std::collections::BTreeMap;

/// Of a hundred members, so many are women.
const WOMEN_PERCENT: usize = 68;
/// The most members above its fixed seats that a station has.
const MOST_EXTRA: usize = 6;

/// Draws people; each has a number of their own.
pub(super) struct Crowd {
    dice: Dice,
    drawn: usize,
}

impl Crowd {
    pub(super) fn new(seed: Seed) -> Self {
        Self { dice: Dice::new(seed, 3), drawn: 0 }
    }

    fn person(&mut self, russian_names: usize, russian_language: usize) -> Person {
        self.drawn += 1;
        let russian = self.dice.percent(russian_names);
        let female = self.dice.percent(WOMEN_PERCENT);
        let (name, name_latin) = names::draw(&mut self.dice, russian, female);
        // Everyone with a Russian name is taught in Russian, and of the others as many as make up the share.
        let others = (russian_language.saturating_sub(russian_names)) * 100 / (100 - russian_names.min(99));
        let language = if russian || self.dice.percent(others) { "ru" } else { "ky" };
        Person {
            // A real personal number begins with 1 or 2.
            key: format!("9{:06}{:07}", self.dice.below(1_000_000), self.drawn),
            name,
            name_latin,
            // No operator has a code that begins with 0.
            phone: format!("+996 000 {:03} {:03}", self.drawn / 1_000, self.drawn % 1_000),
            language,
        }
    }

    fn of(&mut self, district: &District) -> Person {
        self.person(district.russian_names, district.russian_language)
    }
}

fn target(stage: &Stage) -> Result<usize, RosterError> {
    stage.target_persons.map(|n| n as usize).ok_or_else(|| RosterError::Target(stage.code.clone()))
}

/// Instructors of the first tier, and its trainees with the region in which each will teach the second.
pub(super) fn trainers(
    programme: &Programme,
    tiers: &Tiers<'_>,
    districts: &[District],
    crowd: &mut Crowd,
) -> Result<Vec<Trainer>, RosterError> {
    let Tiers { top, middle, .. } = tiers;
    let count = target(top)?;
    let nation = programme.units.iter().find(|u| u.level == Level::Nation).ok_or(RosterError::Tiers)?;
    let trainee = top.audience.first().ok_or(RosterError::Tiers)?;
    // Who teaches the first tier: a role with seats in a unit that no stage trains; else the trainees' own.
    let trained = |role: &RoleCode| programme.stages.iter().any(|s| s.audience.contains(role));
    let untrained = programme.roles.iter().find(|r| r.seats == Seats::Unit && !trained(&r.code));
    let instructor = untrained.map_or(trainee, |r| &r.code);
    let mut trainers = Vec::new();
    let groups = count.div_ceil(usize::from(top.norm.max(1)));
    for _ in 0..groups * usize::from(top.trainers_per_session) {
        let person = crowd.person(10, 40);
        let (role, unit, stage) = (instructor.clone(), nation.code.clone(), top.code.clone());
        trainers.push(Trainer { person, role, unit, stage });
    }
    for (region, share) in shares_by_region(middle, districts, count)? {
        for _ in 0..share {
            let person = crowd.person(10, 40);
            let (role, stage) = (trainee.clone(), middle.code.clone());
            trainers.push(Trainer { person, role, unit: region.clone(), stage });
        }
    }
    Ok(trainers)
}

/// How many trainers go to each region: all its groups at once, what is left to the regions with most groups.
fn shares_by_region(
    middle: &Stage,
    districts: &[District],
    count: usize,
) -> Result<Vec<(UnitCode, usize)>, RosterError> {
    let mut regions: Vec<&UnitCode> = Vec::new();
    let mut people: BTreeMap<&UnitCode, usize> = BTreeMap::new();
    for (district, size) in districts.iter().zip(commission_sizes(middle, districts)?) {
        if !regions.contains(&&district.region) {
            regions.push(&district.region);
        }
        *people.entry(&district.region).or_default() += size;
    }
    let needs: Vec<usize> = regions
        .iter()
        .map(|r| {
            people[r].div_ceil(usize::from(middle.norm.max(1))) * usize::from(middle.trainers_per_session)
        })
        .collect();
    let mut shares = share(count.min(needs.iter().sum()), &needs);
    let mut by_need: Vec<usize> = (0..needs.len()).collect();
    by_need.sort_by_key(|at| (std::cmp::Reverse(needs[*at]), *at));
    let left = count - shares.iter().sum::<usize>();
    for at in by_need.iter().cycle().take(if shares.is_empty() { 0 } else { left }) {
        shares[*at] += 1;
    }
    Ok(regions.into_iter().cloned().zip(shares).collect())
}

/// The members of each district's commission: nine tenths shared alike, the rest by population.
fn commission_sizes(middle: &Stage, districts: &[District]) -> Result<Vec<usize>, RosterError> {
    let count = target(middle)?;
    let floor = count * 9 / 10 / districts.len().max(1);
    let weights: Vec<usize> = districts.iter().map(|d| d.population).collect();
    let extras = share(count - floor * districts.len(), &weights);
    Ok(extras.into_iter().map(|extra| floor + extra).collect())
}

pub(super) fn commissioners(
    tiers: &Tiers<'_>,
    districts: &[District],
    crowd: &mut Crowd,
) -> Result<Vec<Commissioner>, RosterError> {
    let role = tiers.middle.audience.first().ok_or(RosterError::Tiers)?;
    let mut commissioners = Vec::new();
    for (district, size) in districts.iter().zip(commission_sizes(tiers.middle, districts)?) {
        for _ in 0..size {
            let (person, role, district) = (crowd.of(district), role.clone(), district.code.clone());
            commissioners.push(Commissioner { person, role, district });
        }
    }
    Ok(commissioners)
}

/// Every station has its fixed seats filled, the chair first; the rest are spread as ordinary members.
pub(super) fn members(
    programme: &Programme,
    tiers: &Tiers<'_>,
    districts: &[District],
    stations: &[Station],
    crowd: &mut Crowd,
) -> Result<Vec<Member>, RosterError> {
    let mut seats: Vec<&RoleCode> = Vec::new();
    for role in tiers.last.audience.iter().filter_map(|r| programme.role(r)) {
        if let Seats::Station(count) = role.seats {
            seats.extend(std::iter::repeat_n(&role.code, usize::from(count)));
        }
    }
    let people = target(tiers.last)?;
    let fixed = seats.len() * stations.len();
    let ordinary = *seats.last().ok_or(RosterError::Tiers)?;
    let room = people.checked_sub(fixed).filter(|extra| *extra <= MOST_EXTRA * stations.len());
    let extra = room.ok_or(RosterError::Seats { people, seats: fixed })?;
    let mut extras = vec![0; stations.len()];
    let mut left = extra;
    while left > 0 {
        let at = crowd.dice.below(stations.len());
        if extras[at] < MOST_EXTRA {
            extras[at] += 1;
            left -= 1;
        }
    }
    let by_code: BTreeMap<&UnitCode, &District> = districts.iter().map(|d| (&d.code, d)).collect();
    let mut members = Vec::with_capacity(people);
    for (station, extra) in stations.iter().zip(extras) {
        let Some(district) = by_code.get(&station.district) else { continue };
        for role in seats.iter().copied().chain(std::iter::repeat_n(ordinary, extra)) {
            members.push(Member {
                person: crowd.of(district),
                role: role.clone(),
                station: station.code.clone(),
                district: district.code.clone(),
            });
        }
    }
    Ok(members)
}
