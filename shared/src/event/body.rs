//! What an event's payload says, once its kind and version are known.

use super::EventId;
use super::crossing::{EndLoan, Lend, Transfer};
use crate::id::{ImportId, PersonId, PlanId, SessionId, StageCode, UnitCode, VenueId};
use crate::roster::{ImportRow, Target};
use crate::state::{Field, Method, Seat, Status};
use crate::time::Day;
use crate::wire;
use serde::{Deserialize, Serialize};

/// A fact or a decision.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Body {
    Fact(Fact),
    Decision(Decision),
}

/// What somebody saw.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// Attendance of one or more people on one day of a session.
    Mark(Marks),
    /// A device holds a session for work without a connection.
    Take(TakeSession),
    /// A person's field is wrong on the list.
    Correct(Correct),
    /// Somebody came in another's place.
    ReplacementSeen(ReplacementSeen),
}

/// What somebody asks the shard to change.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Decision {
    Import(ImportPart),
    PutPlan(PutPlan),
    ApprovePlan(ApprovePlan),
    PublishPlan(PublishPlan),
    CloseVenue(CloseVenue),
    Resolve(Resolve),
    SettleField(SettleField),
    Appoint(Appoint),
    Judge(Judge),
    Transfer(Transfer),
    Lend(Lend),
    EndLoan(EndLoan),
}

/// A person's field is wrong on the list; what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correct {
    /// The session on whose list it was seen.
    pub session: SessionId,
    /// Whose field.
    pub person: PersonId,
    /// Which.
    pub field: Field,
    /// What it should be.
    pub value: String,
}

/// Somebody came in another's place. It becomes an appointment by itself only if the seat is still held by `out` and
/// `into` holds no other; else the coordinator decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacementSeen {
    /// The session at which it was seen.
    pub session: SessionId,
    /// The seat.
    pub seat: Seat,
    /// Who held it; nobody if it was vacant.
    pub out: Option<PersonId>,
    /// Who came.
    pub into: PersonId,
    /// Why, as it was told.
    #[serde(default)]
    pub reason: String,
}

/// Settle what a person's field is, having seen what was said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleField {
    /// Whose field.
    pub person: PersonId,
    /// Which.
    pub field: Field,
    /// What it is.
    pub value: String,
    /// All that was said, by device and place in the log.
    pub settles: Vec<Settled>,
}

/// Put a person on a seat, or vacate it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appoint {
    /// The seat.
    pub seat: Seat,
    /// Who; nobody to vacate it.
    pub person: Option<PersonId>,
    /// The sequence number of the seat's register that was looked at; 0 if it never had a holder.
    pub based_on: u64,
}

/// Release a held record, so that it counts, or dismiss it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judge {
    /// The record's place in the log.
    pub seq: u64,
    /// Its event: after a restore another one may stand at that place.
    pub event: EventId,
    /// Whether it counts.
    pub release: bool,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Attendance as one observer saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The session.
    pub session: SessionId,
    /// Which of the session's days, counted from 0; chosen by a person, never read from a clock.
    pub day: u8,
    /// The date of that day as the observer's list showed it.
    pub date: Day,
    /// How it was observed.
    pub method: Method,
    /// Whom, and how; nothing takes a mark back (tapped by mistake).
    pub people: Vec<(PersonId, Option<Status>)>,
}

/// "Get ready for offline" was finished for a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeSession {
    /// The session.
    pub session: SessionId,
    /// The last day on which the device needs it.
    pub until: Day,
}

/// Some rows of one imported file, all of this shard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportPart {
    /// The file, as one import.
    pub import: ImportId,
    /// What its rows are.
    pub target: Target,
    /// Which part of the import for this shard, counted from 0.
    pub part: u32,
    /// Line in the file, and the row.
    pub rows: Vec<(u32, ImportRow)>,
}

/// One group of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedGroup {
    /// The session it becomes.
    pub id: SessionId,
    /// The unit its people are of.
    pub unit: UnitCode,
    /// The room.
    pub venue: VenueId,
    /// The days on which it meets, in order.
    pub days: Vec<Day>,
    /// Which of the day's slots, counted from 0.
    pub slot: u8,
    /// Who teaches; the first leads.
    pub trainers: Vec<PersonId>,
    /// Who is invited.
    pub people: Vec<PersonId>,
}

/// Put a draft plan of a stage in place of the stage's earlier draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutPlan {
    /// The plan.
    pub plan: PlanId,
    /// The stage it is for.
    pub stage: StageCode,
    /// The head the planner saw: what was decided on.
    pub based_on: u64,
    /// Its groups.
    pub groups: Vec<PlannedGroup>,
    /// How many people of the stage found no place.
    pub unplaced: u32,
}

/// Approve a draft, by somebody other than its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovePlan {
    /// The plan.
    pub plan: PlanId,
    /// The sequence number of the plan's register that was looked at.
    pub based_on: u64,
    /// A word on it.
    #[serde(default)]
    pub note: String,
    /// Why the second person had to use a device that has held the author's account; recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_device: Option<String>,
}

/// Publish an approved plan: its sessions are invited and appear on their trainers' tablets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishPlan {
    /// The plan.
    pub plan: PlanId,
    /// The sequence number of the plan's register that was looked at.
    pub based_on: u64,
}

/// A room is lost, or there again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseVenue {
    /// The room.
    pub venue: VenueId,
    /// The sequence number of the room's register that was looked at.
    pub based_on: u64,
    /// Whether it is closed.
    pub closed: bool,
    /// Why.
    pub reason: String,
}

/// One mark that a resolution settles: the register's device and sequence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Settled {
    pub device: crate::id::DeviceId,
    pub seq: u64,
}

/// What holds where observers disagreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolve {
    /// The session.
    pub session: SessionId,
    /// Which of its days, from 0.
    pub day: u8,
    /// The person.
    pub person: PersonId,
    /// What holds.
    pub status: Status,
    /// The marks it was decided on; a later mark reopens it.
    pub settles: Vec<Settled>,
}

/// Why a payload could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// A later version may know it.
    #[error("unknown kind or version")]
    Unknown,
    /// The kind is known and the payload is not of its shape.
    #[error("malformed payload: {0}")]
    Malformed(String),
}

macro_rules! kinds {
    ($($kind:literal $version:literal => $outer:ident :: $inner:ident;)*) => {
        impl Body {
            /// Kind and version, as written in the event.
            pub fn kind(&self) -> (&'static str, u16) {
                match self { $(Self::$outer($outer::$inner(_)) => ($kind, $version),)* }
            }

            /// The payload's JSON.
            pub fn encode(&self) -> String {
                let json = match self { $(Self::$outer($outer::$inner(it)) => serde_json::to_string(it),)* };
                // Only maps with keys that are no strings cannot be written, and no body has one.
                json.unwrap_or_default()
            }

            /// Reads a payload of a kind and version.
            ///
            /// # Errors
            /// [`BodyError::Unknown`] where a later version may know it, else [`BodyError::Malformed`].
            pub fn decode(kind: &str, version: u16, payload: &str) -> Result<Self, BodyError> {
                match (kind, version) {
                    $(($kind, $version) => serde_json::from_str(payload)
                        .map(|it| Self::$outer($outer::$inner(it)))
                        .map_err(|e| BodyError::Malformed(e.to_string())),)*
                    _ => Err(BodyError::Unknown),
                }
            }
        }
    };
}

impl Body {
    /// Reads what a device lays over its rows or shows again: facts and what was settled. Nothing for other kinds, and
    /// for what cannot be read.
    pub fn shown(event: &super::Event) -> Option<Self> {
        let payload = &event.payload;
        match (event.kind.as_str(), event.version) {
            ("mark", 1) => wire::read(payload).ok().map(|it| Self::Fact(Fact::Mark(it))),
            ("take", 1) => wire::read(payload).ok().map(|it| Self::Fact(Fact::Take(it))),
            ("correct", 1) => wire::read(payload).ok().map(|it| Self::Fact(Fact::Correct(it))),
            ("replacement-seen", 1) => {
                wire::read(payload).ok().map(|it| Self::Fact(Fact::ReplacementSeen(it)))
            }
            ("resolve", 1) => wire::read(payload).ok().map(|it| Self::Decision(Decision::Resolve(it))),
            _ => None,
        }
    }
}

kinds! {
    "mark" 1 => Fact::Mark;
    "take" 1 => Fact::Take;
    "import" 1 => Decision::Import;
    "put-plan" 1 => Decision::PutPlan;
    "approve-plan" 1 => Decision::ApprovePlan;
    "publish-plan" 1 => Decision::PublishPlan;
    "close-venue" 1 => Decision::CloseVenue;
    "resolve" 1 => Decision::Resolve;
    "correct" 1 => Fact::Correct;
    "replacement-seen" 1 => Fact::ReplacementSeen;
    "settle-field" 1 => Decision::SettleField;
    "appoint" 1 => Decision::Appoint;
    "judge" 1 => Decision::Judge;
    "transfer" 1 => Decision::Transfer;
    "lend" 1 => Decision::Lend;
    "end-loan" 1 => Decision::EndLoan;
}
