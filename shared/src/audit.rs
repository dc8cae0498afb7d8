//! The log as people read it: who did what when, by which clocks, and what each register held before and after.
//!
//! A record names, for each register it wrote, the record whose value it replaced (see [`replaced`]); so a page of the
//! list needs the page's rows and those they point to, and never a fold of the log. Values come as texts with ids
//! already turned into names; phone numbers and personal numbers only for those who may see them.

pub mod checked;
mod fields;
mod subject;

use crate::event::{EventId, Hash};
use crate::id::{AccountId, DeviceId, ImportId, PersonId, SessionId};
use crate::state::{Cell, CellKey, Erasure, Field, Row, ShardState};
use crate::sync::server::{Record, effect_of};
use crate::sync::{Head, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Records of one page, at most.
pub const MAX_LINES: u32 = 100;
/// Changes shown of one record in a list; all of them, up to [`MAX_CHANGES_OF_ONE`], where one record is asked for.
pub const MAX_CHANGES: usize = 12;
/// Changes shown of a record that is asked for by itself.
pub const MAX_CHANGES_OF_ONE: usize = 400;
/// A device's clock that differs by more is worth a look.
pub const CLOCK_OFF_MS: i64 = 10 * 60_000;

/// What is asked of the log: a page, newest first, of records that pass all filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only records after this place, oldest first: to follow a log.
    pub after: Option<u64>,
    /// Only records before this place.
    pub before: Option<u64>,
    /// At most so many.
    pub limit: Option<u32>,
    /// This record alone, with all it changed.
    pub record: Option<u64>,
    /// What an account did.
    pub account: Option<AccountId>,
    /// What speaks of a person.
    pub person: Option<PersonId>,
    /// What speaks of a session.
    pub session: Option<SessionId>,
    /// The parts of an imported file.
    pub import: Option<ImportId>,
    /// Records of a kind.
    pub kind: Option<String>,
    /// Records whose device's clock was off.
    pub clock_off: bool,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogPage {
    /// The records.
    pub lines: Vec<LogLine>,
    /// Where the next page goes on (`before`, or `after` in a list that was asked for oldest first).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
    /// The end of the log.
    pub head: Head,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogLine {
    /// Its place.
    pub seq: u64,
    /// The event.
    pub id: EventId,
    /// What it is.
    pub kind: String,
    /// Whose act.
    pub account: AccountId,
    /// The account's name; empty if it has no right here any more.
    pub who: String,
    /// On which device.
    pub device: DeviceId,
    /// What the device's clock showed.
    pub wall_ms: i64,
    /// Milliseconds to add to that to get the server's time, as the device knew; 0 if it did not.
    pub offset_ms: i64,
    /// The server's clock when it came.
    pub server_ms: i64,
    /// The time by which it counts.
    pub stamp_ms: i64,
    /// What became of it.
    pub verdict: Verdict,
    /// The chain there.
    pub chain: Hash,
    /// Hash over payload and effect.
    pub digest: Hash,
    /// Its payload was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<ErasedBy>,
    /// What it changed; the first of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// How many more registers it wrote.
    #[serde(default)]
    pub more: u32,
}

/// Who erased a payload and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedBy {
    /// The account's name.
    pub who: String,
    /// When it counted, milliseconds since 1970.
    pub at_ms: i64,
    /// Why.
    pub reason: String,
}

/// One field of one register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The register's table, such as `mark`.
    pub register: String,
    /// Which one: kinds (`person`, `session`, `day` ..) and names.
    pub of: Vec<(String, String)>,
    /// Which field; `value` where the register has only one.
    pub field: String,
    /// What it held.
    pub before: Side,
    /// What it holds by this record.
    pub after: Side,
    /// A later value stood already: nothing changed.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub lost: bool,
}

/// One side of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Nothing.
    Nothing,
    /// A text: a code where the field has codes, a name where it was an id.
    Text(String),
    /// There is a value that the reader may not see.
    Masked,
    /// It was erased.
    Erased,
    /// The record was made by a version that did not write it down.
    Unknown,
}

/// For each row that a record writes, in order: the place of the record whose value it replaces, 0 where there was none,
/// and negative where that value is the later one, so that this write changes nothing.
pub fn replaced(state: &ShardState, rows: &[Row]) -> Vec<i64> {
    let of = |row: &Row| {
        let Some((stamp, seq)) = state.version(&row.cell.key()) else { return 0 };
        let place = i64::try_from(seq).unwrap_or(i64::MAX);
        if (row.stamp, row.seq) > (stamp, seq) { place } else { -place }
    };
    rows.iter().map(of).collect()
}

/// By how much a device's clock was ahead of the server's (behind, if negative), as far as one can know: what the device
/// had learnt, or else that nothing is sent before it is written.
pub fn clock_ahead_ms(wall_ms: i64, offset_ms: i64, server_ms: i64) -> i64 {
    if offset_ms != 0 { offset_ms.saturating_neg() } else { wall_ms.saturating_sub(server_ms).max(0) }
}

impl LogLine {
    /// By how much the device's clock was ahead; see [`clock_ahead_ms`].
    pub fn clock_ahead_ms(&self) -> i64 {
        clock_ahead_ms(self.wall_ms, self.offset_ms, self.server_ms)
    }

    /// Whether the device's clock was off by more than [`CLOCK_OFF_MS`].
    pub fn is_clock_off(&self) -> bool {
        self.clock_ahead_ms().saturating_abs() > CLOCK_OFF_MS
    }
}

impl Query {
    /// Reads the part of an address after `?`; what is not known is ignored.
    ///
    /// # Errors
    /// The name of a parameter whose value cannot be read.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        fn value<T: core::str::FromStr>(name: &'static str, text: &str) -> Result<Option<T>, &'static str> {
            if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| name) }
        }
        let mut query = Self::default();
        for pair in text.split('&') {
            let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
            match name {
                "after" => query.after = value("after", text)?,
                "before" => query.before = value("before", text)?,
                "limit" => query.limit = value("limit", text)?,
                "record" => query.record = value("record", text)?,
                "account" => query.account = value("account", text)?,
                "person" => query.person = value("person", text)?,
                "session" => query.session = value("session", text)?,
                "import" => query.import = value("import", text)?,
                // It goes into a path between the server's objects.
                "kind" if !text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') => return Err("kind"),
                "kind" => query.kind = value("kind", text)?,
                "clock" => query.clock_off = text == "off",
                _ => {}
            }
        }
        Ok(query)
    }

    /// What [`Query::read`] reads.
    pub fn write(&self) -> String {
        let mut parts = vec![];
        let mut put = |name: &str, value: Option<String>| {
            parts.extend(value.map(|value| format!("{name}={value}")));
        };
        put("after", self.after.map(|v| v.to_string()));
        put("before", self.before.map(|v| v.to_string()));
        put("limit", self.limit.map(|v| v.to_string()));
        put("record", self.record.map(|v| v.to_string()));
        put("account", self.account.map(|v| v.to_string()));
        put("person", self.person.map(|v| v.to_string()));
        put("session", self.session.map(|v| v.to_string()));
        put("import", self.import.map(|v| v.to_string()));
        put("kind", self.kind.clone());
        put("clock", self.clock_off.then(|| "off".to_owned()));
        parts.join("&")
    }
}

/// What turns a record into a line.
pub struct Reader<'a> {
    /// The shard's state: names of what is spoken of, and what was erased.
    pub state: &'a ShardState,
    /// Names of accounts.
    pub accounts: &'a BTreeMap<AccountId, crate::grant::Account>,
    /// Whether the reader may see phone numbers and personal numbers.
    pub contacts: bool,
    /// Changes shown.
    pub most: usize,
}

impl Reader<'_> {
    /// The records that must be at hand to say what the shown registers of a record held before: place and register.
    pub fn needs(&self, record: &Record) -> Vec<(u64, CellKey)> {
        let Some(replaced) = &record.replaced else { return vec![] };
        effect_of(record)
            .iter()
            .zip(replaced)
            .take(self.most)
            .filter(|(_, place)| **place != 0)
            .map(|(cell, place)| (place.unsigned_abs(), cell.key()))
            .collect()
    }

    /// The line. `held` has the values that [`Reader::needs`] asked for; one that is not there was erased.
    pub fn line(&self, record: &Record, held: &BTreeMap<(u64, CellKey), Cell>) -> LogLine {
        let event = &record.event;
        let erased = self.state.erasures.get(&record.seq).map(|reg| self.erased_by(&reg.value, reg.stamp.0));
        let admitted = matches!(record.verdict, Verdict::Admitted { .. });
        let cells = if admitted { effect_of(record) } else { vec![] };
        let mut changes = vec![];
        for (at, cell) in cells.iter().take(self.most).enumerate() {
            let place = record.replaced.as_ref().and_then(|r| r.get(at)).copied();
            let before = match place {
                Some(0) => Before::Nothing,
                Some(place) => match held.get(&(place.unsigned_abs(), cell.key())) {
                    Some(cell) => Before::Cell(cell),
                    None => Before::Erased,
                },
                None => Before::Unknown,
            };
            self.compare(cell, before, place.is_some_and(|p| p < 0), &mut changes);
        }
        LogLine {
            seq: record.seq,
            id: event.id,
            kind: event.kind.clone(),
            account: event.actor,
            who: self.name_of(event.actor),
            device: event.id.device,
            wall_ms: event.wall.0,
            offset_ms: event.offset,
            server_ms: record.server_ms,
            stamp_ms: record.stamp.0,
            verdict: record.verdict.clone(),
            chain: record.chain,
            digest: record.digest,
            erased,
            changes,
            more: u32::try_from(cells.len().saturating_sub(self.most)).unwrap_or(u32::MAX),
        }
    }

    fn erased_by(&self, erasure: &Erasure, at_ms: i64) -> ErasedBy {
        ErasedBy { who: self.name_of(erasure.account), at_ms, reason: erasure.reason.clone() }
    }

    fn name_of(&self, account: AccountId) -> String {
        self.accounts.get(&account).map(|a| a.name.clone()).unwrap_or_default()
    }

    /// The fields that differ.
    fn compare(&self, cell: &Cell, before: Before<'_>, lost: bool, changes: &mut Vec<Change>) {
        let (register, after) = fields::of(cell);
        let earlier = match before {
            Before::Cell(cell) => fields::of(cell).1,
            _ => BTreeMap::new(),
        };
        let is_masked =
            matches!(cell, Cell::Contact(..) | Cell::Corrected((_, Field::Phone), _)) && !self.contacts;
        let of = subject::of(&cell.key(), self.state);
        let names: BTreeSet<&String> = after.keys().chain(earlier.keys()).collect();
        for field in names {
            let (old, new) = (earlier.get(field), after.get(field));
            if old == new && matches!(before, Before::Cell(_)) {
                continue;
            }
            let side = |text: Option<&String>| match text {
                Some(_) if is_masked => Side::Masked,
                Some(text) => Side::Text(subject::named(text, self.state, self.accounts)),
                None => Side::Nothing,
            };
            let before = match before {
                Before::Nothing | Before::Cell(_) => side(old),
                Before::Erased => Side::Erased,
                Before::Unknown => Side::Unknown,
            };
            let after = side(new);
            let (register, of) = (register.clone(), of.clone());
            changes.push(Change { register, of, field: field.clone(), before, after, lost });
        }
    }
}

#[derive(Clone, Copy)]
enum Before<'a> {
    Nothing,
    Cell(&'a Cell),
    Erased,
    Unknown,
}

#[cfg(test)]
mod tests;
