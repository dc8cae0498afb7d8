//! What registers hold: one small card an aggregate, whole cards are replaced, never parts of them.
//!
//! Fields that different people may see are on different cards (a person's name and a person's phone).

use crate::id::{AccountId, PersonId, PlanId, RoleCode, SessionId, StageCode, StationId, UnitCode, VenueId};
use crate::roster::{Point, Target};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// A polling station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StationCard {
    /// Its number as people write it, with leading zeros.
    pub code: String,
    /// Its name, or that of the building.
    pub name: String,
    /// The district it lies in.
    pub unit: UnitCode,
    /// Street address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Degrees north and east, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
}

/// A room where sessions are held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VenueCard {
    /// The source's own key, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Its name.
    pub name: String,
    /// The district it lies in.
    pub unit: UnitCode,
    /// Street address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Persons it holds.
    pub capacity: u16,
    /// Degrees north and east, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
    /// Why it cannot be used, while it cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
}

/// A person's name; what a trainer sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// As on the roster.
    pub name: String,
    /// In the second script, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// The language the person is taught in, by BCP 47 tag, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

/// How to reach and identify a person; never on a trainer's tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The source's key: a personal number, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Phone number, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

/// Where a seat is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// At a polling station.
    Station(StationId),
    /// In the commission of a unit.
    Unit(UnitCode),
}

/// One post of a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seat {
    /// Where.
    pub place: Place,
    /// The role.
    pub role: RoleCode,
    /// Which of the role's seats there, from 1.
    pub n: u16,
}

/// A person may teach a stage in this shard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainerCard {
    /// The unit the trainer is from.
    pub unit: UnitCode,
    /// Whether the trainer may be planned now.
    pub active: bool,
    /// Completed the tier above in another shard, by the word of headquarters.
    #[serde(default)]
    pub qualified: bool,
}

/// One group and when, where and by whom it is taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionCard {
    /// Its number within stage and shard, for people to say.
    pub number: u32,
    /// The stage.
    pub stage: StageCode,
    /// The plan it belongs to; whether it is a draft or published is the plan's.
    pub plan: PlanId,
    /// The unit its people are of.
    pub unit: UnitCode,
    /// The room.
    pub venue: VenueId,
    /// The days on which it meets, in order.
    pub days: Vec<Day>,
    /// Which of the day's slots, from 0.
    pub slot: u8,
    /// Who teaches; the first leads.
    pub trainers: Vec<PersonId>,
}

/// How far a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PlanState {
    Draft,
    Approved,
    Published,
    Withdrawn,
}

/// A plan of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCard {
    /// The stage.
    pub stage: StageCode,
    /// How far it is.
    pub state: PlanState,
    /// Who made it.
    pub author: AccountId,
    /// Groups in it.
    pub sessions: u32,
    /// People in its groups.
    pub placed: u32,
    /// People of the stage without a place.
    pub unplaced: u32,
}

/// The second person's word on a plan; apart from the plan, which trainers see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who approved it.
    pub account: AccountId,
    /// The approver's word on it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Why approval came from a device that had held the author's account, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_device: Option<String>,
}

/// What an observer saw of one person on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Status {
    Present,
    Late,
    Absent,
    Excused,
}

impl Status {
    /// All, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Present, Self::Late, Self::Absent, Self::Excused];

    /// Whether the person was there.
    pub fn was_there(self) -> bool {
        matches!(self, Self::Present | Self::Late)
    }
}

/// How a mark was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// "Everyone present": yields to every individual mark.
    Everyone,
    /// A tap on the person's row.
    Tap,
    /// The person's badge was scanned.
    Scan,
    /// The person signed on the screen.
    Signature,
    /// From a paper list.
    Paper,
}

/// One observer's mark of one person on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What was seen; nothing if the observer took the mark back.
    pub status: Option<Status>,
    /// Whose observation.
    pub account: AccountId,
    /// The date of the day on the observer's list.
    pub date: Day,
    /// How.
    pub method: Method,
}

/// What holds where observers disagreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// What holds.
    pub status: Status,
    /// Who said so.
    pub account: AccountId,
    /// The marks it settles.
    pub settles: Vec<crate::event::Settled>,
}

/// A device holds a session for work without a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Whose device.
    pub account: AccountId,
    /// Until when.
    pub until: Day,
}

/// A field of a person that somebody in the room can see to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The name as on the roster.
    Name,
    /// The name in the second script.
    Other,
    /// The phone number; seen by who may see numbers.
    Phone,
}

/// What somebody in the room said a field should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The field's value.
    pub value: String,
    /// Who said so.
    pub account: AccountId,
}

/// A replacement that somebody saw at the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The session at which it was seen.
    pub session: SessionId,
    /// Who held the seat; nobody if it was vacant.
    pub out: Option<PersonId>,
    /// Who came instead.
    pub into: PersonId,
    /// Why, as it was told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who saw it.
    pub account: AccountId,
}

/// What became of a record that was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// It counts from now on; otherwise it never will.
    pub released: bool,
    /// Who judged it; nobody where the shard did it by itself, once it knew more.
    pub account: Option<AccountId>,
    /// Why; the stable code of a rejection where the shard did it by itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What a part of an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportNote {
    /// What its rows were.
    pub target: Target,
    /// Rows that were new.
    pub added: u32,
    /// Rows that changed something.
    pub changed: u32,
    /// Rows that were known as they stand.
    pub unchanged: u32,
    /// Rows left out: line and reason code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<(u32, String)>,
}

/// Why a record's payload was erased, and by whom; the record's place is the register's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Who decided it.
    pub account: AccountId,
    /// Why.
    pub reason: String,
}

/// A session or nothing, for one person and stage.
pub type Enrolment = Option<SessionId>;
