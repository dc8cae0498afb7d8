//! What was just done, and how it is taken back.

use shared::id::{PersonId, SessionId};
use shared::state::Status;

/// What was just done.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Grows.
    pub number: u64,
    /// What.
    pub what: Done,
    /// The marks to write to take it back.
    pub undo: Option<Undo>,
}

/// What a toast says.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Done {
    Marked { person: PersonId, status: Option<Status> },
    EveryonePresent { count: u32 },
    ResolutionAsked { person: PersonId, status: Status },
    TakenBack,
    Ready,
}

/// Marks as they were before.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// The session.
    pub session: SessionId,
    /// Which of its days.
    pub day: u8,
    /// What this account had marked.
    pub people: Vec<(PersonId, Option<Status>)>,
}
