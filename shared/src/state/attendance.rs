//! Which observation counts. Several people may watch one room: all they saw is kept, and a disagreement is an
//! outcome of its own until somebody settles it.

use super::cards::{Method, Status};
use super::tables::{Reg, ShardState};
use super::{Mark, Resolution};
use crate::id::{AccountId, DeviceId, PersonId, SessionId};
use crate::time::Stamp;
use std::collections::BTreeMap;

/// What holds of one person on one day of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has seen anything yet.
    Unmarked,
    /// All who saw agree, or a resolution holds.
    Known(Status),
    /// Observers differ and nobody has settled it: neither present nor absent.
    Disputed,
}

/// The observation of one account: its latest, over all its devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Who saw it.
    pub account: AccountId,
    /// On which device.
    pub device: DeviceId,
    /// What.
    pub status: Status,
    /// How.
    pub method: Method,
    /// When, by the record's effective time.
    pub stamp: Stamp,
    /// The register's place in the log; 0 while it is only on this device.
    pub seq: u64,
}

/// The observations of one person on one day, the latest of each account, individual ones before "everyone".
pub fn observations(marks: &[(DeviceId, &Reg<Mark>)]) -> Vec<Observation> {
    let mut latest_by_account: BTreeMap<AccountId, (DeviceId, &Reg<Mark>)> = BTreeMap::new();
    for (device, reg) in marks {
        let held = latest_by_account.entry(reg.value.account).or_insert((*device, reg));
        if order(reg) > order(held.1) {
            *held = (*device, reg);
        }
    }
    let seen: Vec<Observation> = latest_by_account
        .into_iter()
        .filter_map(|(account, (device, reg))| {
            let Mark { status, method, .. } = reg.value;
            status.map(|status| Observation {
                account,
                device,
                status,
                method,
                stamp: reg.stamp,
                seq: reg.seq,
            })
        })
        .collect();
    // "Everyone present" never contradicts somebody who looked at this one person.
    let individual = seen.iter().any(|o| o.method != Method::Everyone);
    seen.into_iter().filter(|o| !individual || o.method != Method::Everyone).collect()
}

/// Which of one account's marks counts: an individual one before "everyone", else the latest; an unsent write
/// (seq 0) of this device is later than all it has seen.
fn order(reg: &Reg<Mark>) -> (bool, bool, Stamp, u64) {
    let individual = reg.value.status.is_some() && reg.value.method != Method::Everyone;
    (individual, reg.seq == 0, reg.stamp, reg.seq)
}

/// What holds, given the marks of one person on one day and the resolution, if there is one.
pub fn outcome(marks: &[(DeviceId, &Reg<Mark>)], resolution: Option<&Reg<Resolution>>) -> Outcome {
    if let Some(resolution) = resolution {
        let settles = &resolution.value.settles;
        let covers = |(device, reg): &(DeviceId, &Reg<Mark>)| {
            settles.iter().any(|s| s.device == *device && s.seq == reg.seq)
        };
        if marks.iter().all(covers) {
            return Outcome::Known(resolution.value.status);
        }
    }
    let seen = observations(marks);
    match seen.split_first() {
        None => Outcome::Unmarked,
        Some((first, rest)) if rest.iter().all(|o| o.status == first.status) => Outcome::Known(first.status),
        Some(_) => Outcome::Disputed,
    }
}

impl ShardState {
    /// All marks of one person on one day of a session.
    pub fn marks_of(&self, session: SessionId, day: u8, person: PersonId) -> Vec<(DeviceId, &Reg<Mark>)> {
        let from = (session, day, person, DeviceId(0));
        let to = (session, day, person, DeviceId(u64::MAX));
        self.marks.range(from..=to).map(|((.., device), reg)| (*device, &**reg)).collect()
    }

    /// What holds of one person on one day of a session.
    pub fn outcome_of(&self, session: SessionId, day: u8, person: PersonId) -> Outcome {
        outcome(
            &self.marks_of(session, day, person),
            self.resolutions.get(&(session, day, person)).map(|r| &**r),
        )
    }
}

/// What holds of one person on each of a session's days.
pub fn outcomes_of(state: &ShardState, session: SessionId, days: usize, person: PersonId) -> Vec<Outcome> {
    (0..days.min(usize::from(u8::MAX))).map(|day| state.outcome_of(session, day as u8, person)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Settled;
    use crate::time::Day;

    fn mark(account: u64, status: Status, method: Method, at: i64, seq: u64) -> Reg<Mark> {
        let value = Mark { status: Some(status), account: AccountId(account), date: Day(0), method };
        Reg { value, stamp: Stamp(at), seq, device: DeviceId(account), seen: 0, siblings: vec![] }
    }

    fn told(marks: &[Reg<Mark>], resolution: Option<(Status, &[u64])>) -> Outcome {
        let listed: Vec<_> = marks.iter().map(|m| (m.device, m)).collect();
        let resolution = resolution.map(|(status, seqs)| Reg {
            value: Resolution {
                status,
                account: AccountId(9),
                settles: marks
                    .iter()
                    .filter(|m| seqs.contains(&m.seq))
                    .map(|m| Settled { device: m.device, seq: m.seq })
                    .collect(),
            },
            stamp: Stamp(99),
            seq: 99,
            device: DeviceId(9),
            seen: 0,
            siblings: vec![],
        });
        outcome(&listed, resolution.as_ref())
    }

    #[test]
    fn which_observation_counts() {
        use Method::{Everyone, Tap};
        use Outcome::{Disputed, Known, Unmarked};
        use Status::{Absent, Late, Present};
        let cases = [
            ("nobody looked", vec![], None, Unmarked),
            ("one looked", vec![mark(1, Late, Tap, 1, 1)], None, Known(Late)),
            (
                "two agree",
                vec![mark(1, Present, Tap, 1, 1), mark(2, Present, Tap, 2, 2)],
                None,
                Known(Present),
            ),
            ("two differ", vec![mark(1, Present, Tap, 1, 1), mark(2, Absent, Tap, 2, 2)], None, Disputed),
            (
                "everyone yields",
                vec![mark(1, Present, Everyone, 5, 1), mark(2, Absent, Tap, 2, 2)],
                None,
                Known(Absent),
            ),
            (
                "settled",
                vec![mark(1, Present, Tap, 1, 1), mark(2, Absent, Tap, 2, 2)],
                Some((Absent, &[1, 2][..])),
                Known(Absent),
            ),
            (
                "a later mark reopens",
                vec![mark(1, Present, Tap, 1, 1), mark(2, Absent, Tap, 3, 3)],
                Some((Absent, &[1][..])),
                Disputed,
            ),
        ];
        for (name, marks, resolution, expected) in cases {
            assert_eq!(told(&marks, resolution), expected, "{name}");
        }
    }

    #[test]
    fn everyone_on_a_second_tablet_does_not_undo_what_the_same_person_saw_of_one() {
        let mut second = mark(1, Status::Present, Method::Everyone, 5, 5);
        second.device = DeviceId(7);
        let first = mark(1, Status::Absent, Method::Tap, 1, 1);
        assert_eq!(told(&[first, second], None), Outcome::Known(Status::Absent));
    }

    #[test]
    fn the_latest_of_one_account_wins_over_its_devices() {
        let mut second = mark(1, Status::Absent, Method::Tap, 2, 2);
        second.device = DeviceId(7);
        assert_eq!(
            told(&[mark(1, Status::Present, Method::Tap, 1, 1), second], None),
            Outcome::Known(Status::Absent)
        );
    }
}
