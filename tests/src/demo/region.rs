//! One shard's share of the roster, and its import.

use super::crew::Staff;
use crate::roster::{Person, Roster};
use crate::world::steps::import;
use anyhow::{Context, Result};
use shared::id::{PersonId, RoleCode, ShardId, StageCode, UnitCode, VenueId};
use shared::programme::{Level, Programme};
use shared::roster::{ImportRow, PersonRow, Point, RoomRow, StationRow, Target, TrainerRow};
use shared::sync::Want;
use std::collections::BTreeMap;

/// The files that are brought for one shard.
pub(super) struct Files {
    pub shard: ShardId,
    stations: Vec<ImportRow>,
    rooms: Vec<ImportRow>,
    /// Those who teach in the shard and were trained elsewhere, or need no training.
    visiting: Vec<ImportRow>,
    /// Those who are trained to teach.
    commission: Vec<ImportRow>,
    /// The same people as trainers of the stage below.
    own_trainers: Vec<ImportRow>,
    members: Vec<ImportRow>,
}

/// What is known of a shard once its files are in.
pub(super) struct Region {
    pub shard: ShardId,
    /// Each room with the place in the log where it was last written.
    pub rooms: BTreeMap<VenueId, u64>,
    /// Who may teach there.
    names: BTreeMap<PersonId, String>,
    visiting: Vec<ImportRow>,
}

/// The files of every shard, in the order of the programme.
///
/// # Errors
/// Where the roster names what the pack has not.
pub(super) fn files(programme: &Programme, roster: &Roster) -> Result<Vec<Files>> {
    let [top, middle, last] = &programme.stages[..] else { anyhow::bail!("three stages") };
    let nation = programme.units.iter().find(|u| u.level == Level::Nation).context("a nation")?;
    let mut files: BTreeMap<ShardId, Files> =
        programme.shards().into_iter().map(|shard| (shard.clone(), Files::of(shard))).collect();
    let mut into = |unit: &UnitCode, put: &mut dyn FnMut(&mut Files)| -> Result<()> {
        let shard = programme.shard_of(unit).with_context(|| format!("{unit} has no shard"))?;
        files.get_mut(shard).map(put).with_context(|| format!("{shard} is no shard"))
    };
    for s in &roster.stations {
        let row = StationRow {
            code: s.code.clone(),
            name: s.building.clone(),
            unit: s.district.clone(),
            address: s.address.clone(),
            at: Point::from_degrees(s.lat, s.lon),
        };
        into(&s.district, &mut |f| f.stations.push(ImportRow::Station(row.clone())))?;
    }
    for r in &roster.rooms {
        let row = RoomRow {
            code: r.code.clone(),
            name: r.name.clone(),
            unit: r.unit.clone(),
            address: r.address.clone(),
            capacity: r.capacity,
            at: Point::from_degrees(r.lat, r.lon),
        };
        into(&r.unit, &mut |f| f.rooms.push(ImportRow::Room(row.clone())))?;
    }
    for t in &roster.trainers {
        let row = trainer(&t.person, &t.unit, &t.stage);
        into(&t.unit, &mut |f| f.visiting.push(row.clone()))?;
        if t.stage == middle.code {
            // Before they teach in a region they are trained by the nation's instructors.
            let row = person(&t.person, &nation.code, None, top.audience.first().unwrap_or(&t.role));
            into(&nation.code, &mut |f| f.commission.push(row.clone()))?;
        }
    }
    for c in &roster.commissioners {
        let row = person(&c.person, &c.district, None, &c.role);
        let teaches = trainer(&c.person, &c.district, &last.code);
        into(&c.district, &mut |f| {
            f.commission.push(row.clone());
            f.own_trainers.push(teaches.clone());
        })?;
    }
    for m in &roster.members {
        let row = person(&m.person, &m.district, Some(m.station.clone()), &m.role);
        into(&m.district, &mut |f| f.members.push(row.clone()))?;
    }
    let mut in_order = programme.shards();
    Ok(in_order.drain(..).filter_map(|shard| files.remove(&shard)).collect())
}

fn person(who: &Person, unit: &UnitCode, station: Option<String>, role: &RoleCode) -> ImportRow {
    ImportRow::Person(PersonRow {
        key: who.key.clone(),
        name: who.name.clone(),
        name_other: who.name_latin.clone(),
        station,
        unit: unit.clone(),
        role: role.clone(),
        seat: None,
        phone: who.phone.clone(),
        language: who.language.to_owned(),
    })
}

fn trainer(who: &Person, unit: &UnitCode, stage: &StageCode) -> ImportRow {
    ImportRow::Trainer(TrainerRow {
        key: who.key.clone(),
        name: who.name.clone(),
        name_other: who.name_latin.clone(),
        unit: unit.clone(),
        stage: stage.clone(),
        phone: who.phone.clone(),
        language: who.language.to_owned(),
        qualified: None,
    })
}

impl Files {
    fn of(shard: ShardId) -> Self {
        Self {
            shard,
            stations: vec![],
            rooms: vec![],
            visiting: vec![],
            commission: vec![],
            own_trainers: vec![],
            members: vec![],
        }
    }

    /// Imports everything; reads back rooms and trainers, as headquarters sees them when it opens the shard.
    pub(super) fn import(self, staff: &mut Staff) -> Result<Region> {
        let (hq, shard) = (&mut staff.hq, self.shard);
        import(hq, &shard, "stations", Target::Stations, self.stations)?;
        import(hq, &shard, "rooms", Target::Rooms, self.rooms)?;
        import(hq, &shard, "commission", Target::People, self.commission)?;
        import(hq, &shard, "trainers", Target::Trainers, self.own_trainers)?;
        import(hq, &shard, "visiting trainers", Target::Trainers, self.visiting.clone())?;
        hq.sync(&shard, Want::View)?;
        let shown = hq.shown(&shard);
        let rooms = shown.venues.iter().map(|(id, room)| (*id, room.seq)).collect();
        let teaches = shown.trainers.keys().map(|(person, _)| *person);
        let names = teaches.filter_map(|p| Some((p, shown.names.get(&p)?.value.name.clone()))).collect();
        hq.forget(&shard);
        import(hq, &shard, "members", Target::People, self.members)?;
        Ok(Region { shard, rooms, names, visiting: self.visiting })
    }
}

impl Region {
    /// The name of somebody who may teach.
    pub(super) fn name_of(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("Trainer", String::as_str)
    }

    /// Brings the file of visiting trainers again: they have completed the tier above elsewhere.
    pub(super) fn import_qualified(&self, staff: &mut Staff) -> Result<()> {
        let qualify = |row: &ImportRow| match row {
            ImportRow::Trainer(row) => {
                ImportRow::Trainer(TrainerRow { qualified: Some(true), ..row.clone() })
            }
            other => other.clone(),
        };
        let rows = self.visiting.iter().map(qualify).collect();
        import(&mut staff.hq, &self.shard, "visiting trainers, trained", Target::Trainers, rows)
    }
}
