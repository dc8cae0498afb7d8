//! A programme as data: territory, roles, tiers, calendar, curriculum, published figures.
//!
//! The pack is a JSON file (`programmes/<slug>/programme.json`). [`read`] checks every reference and says what is
//! broken, where. Nothing of one country is in code. The format is described in `docs/pack-format.md`.

mod check;
mod fault;

pub use check::{MAX_PACK_BYTES, MAX_UNITS, check, read};
pub use fault::{MAX_PROBLEMS, PackFault, PackProblem};

use crate::id::{ModuleCode, ProgrammeSlug, RoleCode, ShardId, StageCode, UnitCode};
use crate::time::{Day, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the pack format that this code writes; [`read`] names any other.
pub const FORMAT: u32 = 1;

/// A text in several languages, by BCP 47 tag; `en` is always there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// The text in a language, else in English, else the first there is.
    pub fn in_locale(&self, tag: &str) -> &str {
        let base = tag.split('-').next().unwrap_or(tag);
        [tag, base, "en"]
            .iter()
            .find_map(|t| self.0.get(*t))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

/// A whole programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Always [`FORMAT`].
    pub format: u32,
    /// The programme's own code, such as `kyrgyzstan-2021`.
    pub slug: ProgrammeSlug,
    /// Its title, as on its reports.
    pub title: Text,
    /// The commission that runs it.
    pub commission: Text,
    /// ISO 3166 code of the country, such as `KG`.
    pub country: String,
    /// Minutes that the programme's places are ahead of UTC.
    pub utc_offset_min: i32,
    /// The languages of its people, by BCP 47 tag.
    pub languages: Vec<String>,
    /// Polling day.
    pub election_day: Day,
    /// The territory, parents before children; polling stations come by import.
    pub units: Vec<Unit>,
    /// Election roles.
    pub roles: Vec<Role>,
    /// The tiers of the cascade, upper tiers first.
    pub stages: Vec<Stage>,
    /// Curriculum topics.
    pub modules: Vec<Module>,
    /// Days on which nothing is taught, and days on which it is all the same.
    pub calendar: Calendar,
    /// What the commission published, to compare with.
    pub published: Vec<Published>,
    /// What no source says and we had to assume; shown as such.
    pub assumptions: Vec<Assumption>,
    /// Where the facts come from.
    pub sources: Vec<Source>,
}

/// A node of the territory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Unique in the programme.
    pub code: UnitCode,
    /// The unit it lies in; only the nation has none.
    pub parent: Option<UnitCode>,
    /// Its level.
    pub level: Level,
    /// Its name.
    pub name: Text,
    /// Degrees north, of the place that stands for it on a map: its seat as a rule.
    pub lat: f64,
    /// Degrees east, of the same place.
    pub lon: f64,
    /// The shard that holds its records; units below inherit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<ShardId>,
    /// The other names by which files may call it (old names, other scripts, codes of other lists).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// A level of the territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Level {
    Nation,
    Region,
    District,
}

/// An election role and where its seats are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Unique in the programme.
    pub code: RoleCode,
    /// Its name, for one person.
    pub name: Text,
    /// Where its seats are.
    pub seats: Seats,
}

/// Where a role's seats are; the roster may hold more, or fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seats {
    /// So many at each polling station.
    Station(u16),
    /// Commissions of a unit (regional, district, nation): as many as the roster says.
    Unit,
}

/// One tier of the cascade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Unique in the programme.
    pub code: StageCode,
    /// Its name, as in the published table ("Training for ... members").
    pub name: Text,
    /// How the published table calls its participants.
    pub participants: Text,
    /// Who gives it, as in the published table.
    pub organisers: Text,
    /// Where, as in the published table.
    pub location: Text,
    /// Holders of these roles are its audience.
    pub audience: Vec<RoleCode>,
    /// How many the programme expects, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_persons: Option<u32>,
    /// First and last day on which it may be taught.
    pub window: (Day, Day),
    /// Days one session takes, on consecutive working days.
    pub days: u8,
    /// Sessions that one room or trainer can hold in one day, one after the other.
    pub slots_per_day: u8,
    /// Minutes after midnight at which each slot begins; as many as `slots_per_day`.
    pub slot_starts_min: Vec<u16>,
    /// Minutes of teaching a day.
    pub minutes_per_day: u16,
    /// Persons in a group: the target.
    pub norm: u16,
    /// Persons in a group: never more.
    pub max: u16,
    /// Trainers in each session.
    pub trainers_per_session: u8,
    /// The tier whose graduates teach this one; a tier that begins a line has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taught_by: Option<StageCode>,
    /// Groups are formed inside units of this level.
    pub groups_within: Level,
}

/// A curriculum topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Unique in the programme.
    pub code: ModuleCode,
    /// Its title.
    pub title: Text,
    /// Minutes it takes.
    pub minutes: u16,
    /// The tiers in which it is taught.
    pub stages: Vec<StageCode>,
}

/// Which days are taught.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Days of the week without teaching.
    pub weekly_rest: Vec<Weekday>,
    /// Public holidays.
    pub holidays: Vec<Holiday>,
    /// Rest days moved: these are taught although the weekday rests.
    #[serde(default)]
    pub working_days: Vec<Day>,
}

impl Calendar {
    /// Whether a session may be held on a day.
    pub fn is_taught(&self, day: Day) -> bool {
        !self.holidays.iter().any(|h| h.day == day)
            && (self.working_days.contains(&day) || !self.weekly_rest.contains(&day.weekday()))
    }

    /// The days from first to last on which a session may be held.
    pub fn taught_days(&self, (first, last): (Day, Day)) -> Vec<Day> {
        (first.0..=last.0).map(Day).filter(|d| self.is_taught(*d)).collect()
    }
}

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// When.
    pub day: Day,
    /// What it is.
    pub name: Text,
}

/// A figure that the commission published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The tier it speaks of, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageCode>,
    /// What it counts.
    pub measure: Measure,
    /// The number.
    pub value: u32,
    /// `exact`, or `about`: "does not add up" can only be said of an exact one.
    pub precision: Precision,
    /// The words it stood in, a few at most.
    pub quote: String,
    /// Index into the programme's sources.
    pub source: usize,
}

/// What a published figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// People, each once.
    Persons,
    /// Sessions held.
    Sessions,
    /// Calendar days from the first to the last, both counted.
    Days,
    /// Trainers, each once.
    Trainers,
    /// Polling stations.
    Stations,
    /// Regions and cities in which sessions were held.
    Sites,
    /// Curriculum topics.
    Topics,
}

/// How exact a published figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Precision {
    Exact,
    About,
}

/// Something no source says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// What it is about, such as `stage.pec.norm`.
    pub about: String,
    /// What is assumed, and why.
    pub text: Text,
}

/// Where facts come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who published what, when.
    pub title: String,
    /// Licence, where data were taken over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
}

impl Programme {
    /// A stage by its code.
    pub fn stage(&self, code: &StageCode) -> Option<&Stage> {
        self.stages.iter().find(|s| s.code == *code)
    }

    /// A unit by its code.
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.iter().find(|u| u.code == *code)
    }

    /// A role by its code.
    pub fn role(&self, code: &RoleCode) -> Option<&Role> {
        self.roles.iter().find(|r| r.code == *code)
    }

    /// The shard that holds a unit's records: its own, or that of the nearest unit above.
    pub fn shard_of(&self, code: &UnitCode) -> Option<&ShardId> {
        let mut unit = self.unit(code)?;
        // Bounded, so that a cycle in an unchecked pack ends.
        for _ in 0..self.units.len() {
            if let Some(shard) = &unit.shard {
                return Some(shard);
            }
            unit = self.unit(unit.parent.as_ref()?)?;
        }
        None
    }

    /// Whether `inner` is `outer` or lies in it.
    pub fn lies_in(&self, inner: &UnitCode, outer: &UnitCode) -> bool {
        let mut at = Some(inner);
        for _ in 0..=self.units.len() {
            match at {
                Some(code) if code == outer => return true,
                Some(code) => at = self.unit(code).and_then(|u| u.parent.as_ref()),
                None => return false,
            }
        }
        false
    }

    /// All shards, in the order of their units.
    pub fn shards(&self) -> Vec<ShardId> {
        self.units.iter().filter_map(|u| u.shard.clone()).collect()
    }
}
