//! Reading a verdict: one object in which the reason's fields stand beside the verdict's own.
//!
//! The derived reader of such an object buffers it in a general form; this one reads the names first and then the
//! fields of a reason that this version knows. Those of a later one may have any shape.

use super::{Hold, Refusal, Rejection, Verdict};
use crate::id::{PersonId, SessionId, ShardId};
use crate::wire;
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::value::RawValue;

#[derive(serde::Deserialize)]
struct Named {
    v: String,
    seq: Option<u64>,
    code: Option<String>,
    why: Option<Hold>,
}

#[derive(serde::Deserialize)]
struct Reason {
    detail: Option<String>,
    what: Option<String>,
    people: Option<u32>,
    rule: Option<String>,
    group: Option<u32>,
    trainers: Option<Vec<PersonId>>,
    limit: Option<u32>,
    shard: Option<ShardId>,
    session: Option<SessionId>,
}

impl<'de> Deserialize<'de> for Verdict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        verdict(raw.get()).ok_or_else(|| D::Error::custom("no verdict"))
    }
}

fn verdict(text: &str) -> Option<Verdict> {
    let named: Named = wire::read(text).ok()?;
    Some(match named.v.as_str() {
        "admitted" => Verdict::Admitted { seq: named.seq? },
        "held" => Verdict::Held { seq: named.seq?, why: named.why },
        "refused" => Verdict::Refused(Refusal { seq: named.seq, why: rejection(&named.code?, text)? }),
        "fork" => Verdict::Fork,
        _ => Verdict::Newer,
    })
}

fn rejection(code: &str, text: &str) -> Option<Rejection> {
    let reason = || wire::read::<Reason>(text).ok();
    Some(match code {
        "malformed" => Rejection::Malformed { detail: reason()?.detail? },
        "other-shard" => Rejection::OtherShard,
        "other-account" => Rejection::OtherAccount,
        "not-permitted" => Rejection::NotPermitted,
        "too-large" => Rejection::TooLarge,
        "unknown" => Rejection::Unknown { what: reason()?.what? },
        "stale" => Rejection::Stale,
        "wrong-plan-state" => Rejection::WrongPlanState,
        "own-plan" => Rejection::OwnPlan,
        "made-by-author" => Rejection::MadeByAuthor,
        "same-device" => Rejection::SameDevice,
        "already-invited" => Rejection::AlreadyInvited { people: reason()?.people? },
        "plan-breaks" => {
            let reason = reason()?;
            Rejection::PlanBreaks { rule: reason.rule?, group: reason.group? }
        }
        "trainers-not-ready" => Rejection::TrainersNotReady { trainers: reason()?.trainers? },
        "not-lead" => Rejection::NotLead,
        "holds-another-seat" => Rejection::HoldsAnotherSeat,
        "shard-full" => Rejection::ShardFull { limit: reason()?.limit? },
        "elsewhere" => Rejection::Elsewhere { shard: reason()?.shard? },
        "committed" => Rejection::Committed { session: reason()?.session? },
        "on-loan" => Rejection::OnLoan { shard: reason()?.shard? },
        _ => Rejection::Newer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_is_read_as_it_is_written() {
        let reasons = vec![
            Rejection::Malformed { detail: "at 3".into() },
            Rejection::OtherShard,
            Rejection::OtherAccount,
            Rejection::NotPermitted,
            Rejection::TooLarge,
            Rejection::Unknown { what: "session".into() },
            Rejection::Stale,
            Rejection::WrongPlanState,
            Rejection::OwnPlan,
            Rejection::MadeByAuthor,
            Rejection::SameDevice,
            Rejection::AlreadyInvited { people: 7 },
            Rejection::PlanBreaks { rule: "room-closed".into(), group: 2 },
            Rejection::TrainersNotReady { trainers: vec![PersonId(4)] },
            Rejection::NotLead,
            Rejection::HoldsAnotherSeat,
            Rejection::ShardFull { limit: 9 },
            Rejection::Elsewhere { shard: "kg-osh".parse().unwrap() },
            Rejection::Committed { session: SessionId(3) },
            Rejection::OnLoan { shard: "kg-osh".parse().unwrap() },
            Rejection::Newer,
        ];
        let refused = reasons.into_iter().zip([None, Some(5)].into_iter().cycle());
        let mut verdicts: Vec<Verdict> =
            refused.map(|(why, seq)| Verdict::Refused(Refusal { seq, why })).collect();
        verdicts.extend([
            Verdict::Admitted { seq: 1 },
            Verdict::Held { seq: 2, why: None },
            Verdict::Held { seq: 2, why: Some(Hold::NewerKind) },
            Verdict::Held { seq: 2, why: Some(Hold::UnknownPerson) },
            Verdict::Fork,
            Verdict::Newer,
        ]);
        for verdict in verdicts {
            let text = serde_json::to_string(&verdict).unwrap();
            assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict, "{text}");
            assert_eq!(wire::read::<Verdict>(&text), Ok(verdict), "{text}");
        }
    }

    #[test]
    fn a_later_version_s_verdict_and_reason_may_have_any_fields() {
        let later = r#"{"v":"refused","seq":3,"code":"weather","people":["a"],"limit":{}}"#;
        let why = Rejection::Newer;
        assert_eq!(wire::read(later), Ok(Verdict::Refused(Refusal { seq: Some(3), why })));
        assert_eq!(wire::read(r#"{"v":"postponed","until":[5]}"#), Ok(Verdict::Newer));
        let held = Verdict::Held { seq: 4, why: Some(Hold::Newer) };
        assert_eq!(wire::read(r#"{"v":"held","seq":4,"why":"eclipse"}"#), Ok(held));
    }

    #[test]
    fn a_verdict_without_what_it_needs_is_refused() {
        for text in [r#"{"v":"admitted"}"#, r#"{"v":"refused"}"#, r#"{"v":"refused","code":"unknown"}"#, "{}"]
        {
            assert!(wire::read::<Verdict>(text).is_err(), "{text}");
            assert!(serde_json::from_str::<Verdict>(text).is_err(), "{text}");
        }
    }
}
