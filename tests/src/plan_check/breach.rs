//! What can be wrong with a plan.

use shared::id::{PersonId, VenueId};
use shared::plan::Reason;
use shared::time::Day;

/// One broken rule; `session` is an index into the outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum Breach {
    /// A person is neither in a session nor unplaced.
    PersonMissing(PersonId),
    /// A person is in two sessions, or twice in one, or in one and unplaced.
    PersonTwice(PersonId),
    /// A person who is not to be taught.
    PersonUnknown(PersonId),
    /// A person of another unit than the session's.
    UnitsMixed(usize, PersonId),
    /// Nobody is taught.
    Empty(usize),
    /// More people than the stage's maximum.
    OverMaximum(usize),
    /// More people than the room holds.
    OverCapacity(usize),
    /// A room that was not given.
    RoomUnknown(usize),
    /// A room that is closed.
    RoomClosed(usize),
    /// A room smaller than the smallest that is used.
    RoomTooSmall(usize),
    /// A room of another unit, although that is not allowed here.
    RoomElsewhere(usize),
    /// A trainer who was not given.
    TrainerUnknown(usize, PersonId),
    /// A trainer who is there twice.
    TrainerRepeated(usize, PersonId),
    /// Not as many trainers as the stage asks for.
    TrainerCount(usize),
    /// It says wrongly whether a trainer is still expected to complete.
    ExpectedFlag(usize),
    /// A day that is not taught.
    DayNotTaught(usize, Day),
    /// A taught day lies between its days, or they are not ascending.
    DaysApart(usize),
    /// Not as many days as a session takes.
    DayCount(usize),
    /// A slot that the day does not have.
    SlotUnknown(usize),
    /// A room taken twice at a time.
    RoomClash(VenueId, Day, u8),
    /// A human (taught or teaching) taken twice at a time.
    HumanClash(PersonId, Day, u8),
    /// A person left out for whom a session of the unit had a seat.
    SeatLeftEmpty(PersonId),
    /// A person left out although a room and trainers were free at a time.
    TimeLeftUnused(PersonId),
    /// A reason that is not true.
    ReasonUntrue(PersonId, Reason),
    /// A figure of the score that is wrong.
    ScoreWrong(&'static str),
}
