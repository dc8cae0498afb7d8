//! Every own record: what it is, where it is, since when, and why it does not count where it does not.

use crate::model::{Model, Open, StorageFault};
use shared::event::{Body, Decision, Event, EventId, Fact};
use shared::id::{PersonId, SessionId};
use shared::state::Method;
use shared::sync::client::{Client, Fate, Kept};
use shared::sync::{Hold, Rejection};
use shared::time::WallMs;

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordState {
    /// Being written to this device's disk.
    Saving,
    /// In this page's memory alone.
    NotStored,
    /// On this device's disk, on its way or waiting.
    OnTablet,
    /// Admitted.
    WithCommission,
    /// The coordinator must confirm it.
    Held,
    /// Not accepted, and its reason not put away.
    Refused,
    /// Not accepted; the reason was read.
    PutAway,
}

/// Records that are looked at together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Group {
    #[default]
    All,
    Waiting,
    WithCommission,
    Held,
    Attention,
}

impl Group {
    /// All, in the order of the screen.
    pub const ALL: [Self; 5] = [Self::All, Self::Waiting, Self::WithCommission, Self::Held, Self::Attention];

    /// As it stands in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Waiting => "waiting",
            Self::WithCommission => "commission",
            Self::Held => "held",
            Self::Attention => "attention",
        }
    }

    /// The group of a code; all of them for any other.
    pub fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|group| group.code() == code).unwrap_or_default()
    }

    fn holds(self, state: RecordState) -> bool {
        use RecordState as S;
        match self {
            Self::All => true,
            Self::Waiting => matches!(state, S::Saving | S::NotStored | S::OnTablet),
            Self::WithCommission => state == S::WithCommission,
            Self::Held => state == S::Held,
            Self::Attention => matches!(state, S::NotStored | S::Refused),
        }
    }
}

/// How many records are where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Tally {
    pub saving: u32,
    pub not_stored: u32,
    pub on_tablet: u32,
    pub with_commission: u32,
    pub held: u32,
    pub refused: u32,
    pub put_away: u32,
}

impl Tally {
    /// One more.
    pub fn add(&mut self, state: RecordState) {
        *match state {
            RecordState::Saving => &mut self.saving,
            RecordState::NotStored => &mut self.not_stored,
            RecordState::OnTablet => &mut self.on_tablet,
            RecordState::WithCommission => &mut self.with_commission,
            RecordState::Held => &mut self.held,
            RecordState::Refused => &mut self.refused,
            RecordState::PutAway => &mut self.put_away,
        } += 1;
    }

    /// How many are in a group.
    pub fn of(&self, group: Group) -> u32 {
        let waiting = self.saving + self.not_stored + self.on_tablet;
        match group {
            Group::All => waiting + self.with_commission + self.held + self.refused + self.put_away,
            Group::Waiting => waiting,
            Group::WithCommission => self.with_commission,
            Group::Held => self.held,
            Group::Attention => self.not_stored + self.refused,
        }
    }
}

/// What a record is, in words to be found by the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// Attendance of one person.
    Mark(PersonId, String),
    /// "Everyone present" in a session, by its number.
    Everyone(SessionId, u32),
    /// A disagreement settled.
    Resolve(PersonId, String),
    /// A session taken for offline work, by its number.
    Take(SessionId, u32),
    /// Something else.
    Other,
}

/// Why a record is not with the commission as it should be.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The disk did not take it.
    NotStored(StorageFault),
    /// The coordinator must confirm it; why, where the commission says.
    Held(Option<Hold>),
    /// It was not accepted.
    Refused(Rejection),
    /// It was held, and the coordinator (or the shard, by a stable code) said that it does not count.
    Dismissed {
        /// Whether a person did.
        by_person: bool,
        /// Why, as that person wrote it, or the code.
        reason: String,
    },
}

/// One own record.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub id: EventId,
    /// What it is.
    pub what: Record,
    /// Where it is.
    pub state: RecordState,
    /// When it was written, by the device's clock put right by the server's.
    pub at: WallMs,
    /// Its session and the session's number, if this device has it.
    pub session: Option<(SessionId, u32)>,
    /// Why it does not count, or not yet.
    pub reason: Option<Reason>,
    /// Its place in the commission's log.
    pub seq: Option<u64>,
    /// The server's time of the latest receipt for it.
    pub receipt: Option<WallMs>,
    /// It can be written once more as it was.
    pub may_repeat: bool,
}

/// Own records of a group, the newest first, and how many are where.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Records {
    /// Of all groups.
    pub tally: Tally,
    /// Of the group asked for.
    pub ids: Vec<EventId>,
}

fn open(model: &Model) -> Option<(&Open, &Client)> {
    let open = model.account.as_ref()?;
    Some((open, open.client.as_ref()?))
}

/// Each own record with where it is, in write order.
fn each<'a>(open: &'a Open, client: &'a Client) -> impl Iterator<Item = (&'a Event, RecordState)> {
    let judged = client.kept().iter().map(|k| (&k.event, judged_state(open, client, k)));
    judged.chain(client.pending().iter().map(|e| (e, pending_state(open, e.id))))
}

fn pending_state(open: &Open, id: EventId) -> RecordState {
    if open.writing.contains(&id) {
        RecordState::Saving
    } else if open.unstored.contains_key(&id) {
        RecordState::NotStored
    } else {
        RecordState::OnTablet
    }
}

fn judged_state(open: &Open, client: &Client, kept: &Kept) -> RecordState {
    match client.fate(kept) {
        Fate::Counts => RecordState::WithCommission,
        // A verdict of a later version: the shard has the event.
        Fate::Held(_) | Fate::Unknown => RecordState::Held,
        Fate::Refused(_) | Fate::Dismissed(_) if open.read.contains(&kept.event.id) => RecordState::PutAway,
        Fate::Refused(_) | Fate::Dismissed(_) => RecordState::Refused,
    }
}

/// How many own records are where.
pub fn tally(model: &Model) -> Tally {
    let mut tally = Tally::default();
    if let Some((open, client)) = open(model) {
        each(open, client).for_each(|(_, state)| tally.add(state));
    }
    tally
}

/// Own records of a group. No payload is read here: there may be ten thousand.
pub fn records(model: &Model, group: Group) -> Records {
    let mut records = Records::default();
    let Some((open, client)) = open(model) else { return records };
    for (event, state) in each(open, client) {
        records.tally.add(state);
        if group.holds(state) {
            records.ids.push(event.id);
        }
    }
    records.ids.reverse();
    records
}

/// One own record.
pub fn line(model: &Model, id: EventId) -> Option<Line> {
    let (open, client) = open(model)?;
    // The newest are at the end, and those are looked at most.
    if let Some(event) = client.pending().iter().rev().find(|e| e.id == id) {
        let reason = open.unstored.get(&id).cloned().map(Reason::NotStored);
        return Some(line_of(model, event, pending_state(open, id), reason, None));
    }
    let kept = client.kept().iter().rev().find(|k| k.event.id == id)?;
    let reason = match client.fate(kept) {
        Fate::Held(why) => Some(Reason::Held(why)),
        Fate::Unknown => Some(Reason::Held(Some(Hold::Newer))),
        Fate::Refused(why) => Some(Reason::Refused(why.clone())),
        Fate::Dismissed(judgement) => Some(Reason::Dismissed {
            by_person: judgement.account.is_some(),
            reason: judgement.reason.clone(),
        }),
        Fate::Counts => None,
    };
    let state = judged_state(open, client, kept);
    Some(line_of(model, &kept.event, state, reason, kept.verdict.seq()))
}

fn line_of(
    model: &Model,
    event: &Event,
    state: RecordState,
    reason: Option<Reason>,
    seq: Option<u64>,
) -> Line {
    let body = Body::shown(event);
    let session = match &body {
        Some(Body::Fact(Fact::Mark(marks))) => Some(marks.session),
        Some(Body::Fact(Fact::Take(take))) => Some(take.session),
        Some(Body::Decision(Decision::Resolve(resolve))) => Some(resolve.session),
        _ => None,
    };
    let is_here = |s: &SessionId| model.client().is_some_and(|c| c.shown().sessions.contains_key(s));
    let refused = matches!(state, RecordState::Refused | RecordState::PutAway);
    Line {
        id: event.id,
        what: what(model, body.as_ref()),
        state,
        at: WallMs(event.wall.0.saturating_add(event.offset)),
        session: session.filter(is_here).map(|s| (s, super::session_number(model, s))),
        reason,
        seq,
        receipt: receipt_of(model, event.id),
        may_repeat: refused && matches!(body, Some(Body::Fact(_))),
    }
}

fn receipt_of(model: &Model, id: EventId) -> Option<WallMs> {
    let receipts = &model.account.as_ref()?.receipts;
    let found = receipts.iter().rev().find(|kept| kept.events.contains(&id))?;
    Some(WallMs(found.receipt.server_ms))
}

/// What a record is, by what it says.
pub fn what(model: &Model, body: Option<&Body>) -> Record {
    match body {
        Some(Body::Fact(Fact::Mark(marks))) => match marks.people.as_slice() {
            [(person, _)] if marks.method != Method::Everyone => {
                Record::Mark(*person, super::person_name(model, *person))
            }
            _ => Record::Everyone(marks.session, super::session_number(model, marks.session)),
        },
        Some(Body::Fact(Fact::Take(take))) => {
            Record::Take(take.session, super::session_number(model, take.session))
        }
        Some(Body::Decision(Decision::Resolve(resolve))) => {
            Record::Resolve(resolve.person, super::person_name(model, resolve.person))
        }
        _ => Record::Other,
    }
}

/// Own marks of one session by where they are: the latest of each person on each day.
pub fn marks_of(model: &Model, session: SessionId) -> Tally {
    use crate::model::Custody;
    let mut tally = Tally::default();
    let Some(open) = &model.account else { return tally };
    let of_session = (session, 0, PersonId(0))..=(session, u8::MAX, PersonId(u64::MAX));
    for (_, own) in open.custody.range(of_session) {
        tally.add(match &own.custody {
            Custody::Pending => pending_state(open, own.event),
            Custody::WithCommission => RecordState::WithCommission,
            Custody::Held => RecordState::Held,
            Custody::Refused(_) if open.read.contains(&own.event) => RecordState::PutAway,
            Custody::Refused(_) => RecordState::Refused,
        });
    }
    tally
}
