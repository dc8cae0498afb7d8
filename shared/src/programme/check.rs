//! Reading a pack and saying what is broken in it, where: everything, not only the first thing.
//!
//! A programme that [`read`] returns keeps these promises, on which the rest of the code leans: codes are unique
//! and every reference resolves; units form one tree under one nation, parents first; each unit below the nation
//! belongs to a shard; stages are taught by stages above them; each stage's window holds at least one session.

mod stages;
mod texts;
mod units;

use super::fault::{MAX_PROBLEMS, PackFault, PackProblem};
use super::{FORMAT, Programme};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The largest pack that is read, in bytes.
pub const MAX_PACK_BYTES: usize = 4 << 20;
/// The most units of a territory, stations aside.
pub const MAX_UNITS: usize = 5_000;

/// Reads a pack.
///
/// # Errors
/// Everything that is wrong in it, up to [`MAX_PROBLEMS`] entries; what cannot be read at all is one entry.
pub fn read(json: &str) -> Result<Programme, Vec<PackProblem>> {
    let whole = |fault| vec![PackProblem { path: String::new(), fault }];
    if json.len() > MAX_PACK_BYTES {
        return Err(whole(PackFault::FileTooLarge { max_bytes: MAX_PACK_BYTES }));
    }
    // Files that Windows editors saved begin with a byte order mark.
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if let Ok(Head { format }) = serde_json::from_str(json)
        && format != FORMAT
    {
        return Err(vec![PackProblem {
            path: "format".into(),
            fault: PackFault::Format { found: format, readable: FORMAT },
        }]);
    }
    let programme: Programme = serde_json::from_str(json).map_err(|e| whole(unreadable(&e)))?;
    let problems = check(&programme);
    if problems.is_empty() { Ok(programme) } else { Err(problems) }
}

/// Everything that is wrong in a programme, wherever it came from.
pub fn check(programme: &Programme) -> Vec<PackProblem> {
    let mut found = Findings::default();
    if programme.format != FORMAT {
        found.add("format", PackFault::Format { found: programme.format, readable: FORMAT });
    }
    texts::check(programme, &mut found);
    units::check(programme, &mut found);
    stages::check(programme, &mut found);
    found.problems
}

/// What is read before the rest, so that a pack of a later format is named and not called broken.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

fn unreadable(error: &serde_json::Error) -> PackFault {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = text.strip_suffix(&place).unwrap_or(&text).to_owned();
    PackFault::Unreadable { line: error.line(), column: error.column(), reason }
}

/// The problems found so far.
#[derive(Default)]
struct Findings {
    problems: Vec<PackProblem>,
}

impl Findings {
    fn add(&mut self, path: impl Into<String>, fault: PackFault) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(PackProblem { path: path.into(), fault });
        }
    }

    fn count(&mut self, path: &str, found: usize, min: usize, max: usize) {
        if found < min {
            self.add(path, PackFault::Empty {});
        }
        if found > max {
            self.add(path, PackFault::TooMany { found, max });
        }
    }

    fn range<T: PartialOrd + ToString>(&mut self, path: &str, value: T, min: T, max: T) {
        // Written so that a number that is no number (NaN) fails.
        if !(value >= min && value <= max) {
            let (value, min, max) = (value.to_string(), min.to_string(), max.to_string());
            self.add(path, PackFault::OutOfRange { value, min, max });
        }
    }

    fn unique<'a, T: Ord + ToString + 'a>(&mut self, path: &str, values: impl IntoIterator<Item = &'a T>) {
        let mut seen = BTreeSet::new();
        for (at, value) in values.into_iter().enumerate() {
            if !seen.insert(value) {
                self.add(format!("{path}[{at}]"), PackFault::Repeated { value: value.to_string() });
            }
        }
    }

    fn codes<'a, T: Ord + ToString + 'a>(&mut self, list: &str, codes: impl IntoIterator<Item = &'a T>) {
        let mut seen = BTreeSet::new();
        for (at, code) in codes.into_iter().enumerate() {
            if !seen.insert(code) {
                self.add(format!("{list}[{at}].code"), PackFault::DuplicateCode { code: code.to_string() });
            }
        }
    }

    /// A name that goes into addresses and storage: `kg-jalal-abad`.
    fn plain_name(&mut self, path: &str, name: &str) {
        let plain = name.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        if !plain {
            self.add(path, PackFault::BadName { name: name.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests;
