//! What screens read: pure functions of the model, small values that compare.

mod lower;
mod ready;
mod records;
mod session;
mod space;
mod sync;
mod today;

pub use lower::lower;
pub use ready::{Ready, ready, untaken};
pub use records::{
    Group, Line, Reason, Record, RecordState, Records, Tally, line, marks_of, records, tally, what,
};
pub use session::{
    Count, DayChoice, Head, Row, RowCustody, SeatAt, Seen, count, disputed_people, found, head, people, row,
};
pub use space::{Space, need_bytes, space};
pub use sync::{Alerts, Pill, SyncView, alerts, pill, sync};
pub use today::{Brief, Week, briefs, today};

use crate::model::Model;
use shared::programme::Programme;
use std::rc::Rc;

/// The programme of the open account.
pub fn programme(model: &Model) -> Option<Rc<Programme>> {
    model.account.as_ref().and_then(|o| o.programme.clone())
}

/// A person's name as on the roster, as far as this device may know it.
pub fn person_name(model: &Model, person: shared::id::PersonId) -> String {
    let known = model.client().and_then(|c| c.shown().names.get(&person));
    known.map(|n| n.value.name.clone()).unwrap_or_default()
}

/// What a session is called: "12".
pub fn session_number(model: &Model, session: shared::id::SessionId) -> u32 {
    model.client().and_then(|c| c.shown().sessions.get(&session)).map_or(0, |s| s.value.number)
}

/// Whether the device's clock cannot be right: before the page was built, or more than a day from the server's.
pub fn clock_is_wrong(model: &Model) -> bool {
    const DAY_MS: i64 = shared::time::DAY_MS;
    let before_build = model.built_ms > 0 && model.now.0 < model.built_ms - DAY_MS;
    let offset = model.client().map_or(0, |c| c.place().offset);
    before_build || offset.abs() > DAY_MS
}
