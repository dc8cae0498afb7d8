//! In place of headquarters' part, in the small application that trainers load: nothing of it ever happens there.

use crate::effect::Effect;
use crate::model::{Model, StorageFault};
use crate::msg::At;
use shared::event::EventId;

/// Headquarters' screens know nothing here.
#[derive(Debug, Default)]
pub struct HqModel;

/// No message of headquarters exists here.
#[derive(Debug)]
pub enum Msg {}

/// Takes no message in.
pub fn update(_: &mut Model, msg: Msg, _: At) -> Vec<Effect> {
    match msg {}
}

/// A screen of headquarters needs the large application.
pub fn entered(_: &mut Model, _: At) -> Vec<Effect> {
    vec![Effect::LoadOffice]
}

/// Nobody here judges held records.
pub mod held {
    use super::{Effect, Model};
    use shared::sync::client::Commit;

    /// Nothing is read.
    pub fn read(_: &Model) -> Vec<Effect> {
        vec![]
    }

    /// Nothing is judged.
    pub fn judged(_: &Model, _: &Commit) -> Vec<Effect> {
        vec![]
    }
}

/// No event is headquarters'.
pub fn appended(_: &mut Model, _: EventId, _: &Result<(), StorageFault>, _: At) -> Vec<Effect> {
    vec![]
}

/// Decisions on their way: none.
pub mod outbox {
    use super::{Effect, Model};

    /// Nothing waits.
    pub fn is_empty(_: &Model) -> bool {
        true
    }

    /// Nothing waits.
    pub fn resend(_: &mut Model) -> Vec<Effect> {
        vec![]
    }
}
