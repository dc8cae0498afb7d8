//! What a shard has to tell another: a pure function of its state, as a view is of a device's grants.
//!
//! A shard sees of another only people whom the two share: whose they are, loans between the two, and how the other's
//! own people did here. Names and numbers go to a new owner alone, a name and a telephone to a borrower.

use crate::command::{Borrowed, Claim, Handed, Item, Lent, Told, WordKey};
use crate::event::{Hash, Hasher};
use crate::id::{PersonId, ShardId, StageCode};
use crate::programme::Programme;
use crate::state::{Contact, Outcome, Past, PersonName, PlanState, ShardState, Side, Teaches, outcomes_of};
use std::collections::BTreeSet;

/// A word, and the place in the log from which on it is so.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Offered {
    /// Sequence number of the last record that it follows from.
    pub seq: u64,
    /// The word.
    pub item: Item,
}

/// The shards with which a shard shares anybody.
pub fn peers(state: &ShardState, own: &ShardId) -> BTreeSet<ShardId> {
    let mut peers = BTreeSet::new();
    for tenure in state.tenures.values() {
        peers.extend(tenure.value.trail.iter().cloned());
        peers.insert(tenure.value.owner.clone());
    }
    peers.extend(state.loans.keys().map(|(_, _, other)| other.clone()));
    peers.remove(own);
    peers
}

/// All that one shard has to tell another, by seq.
pub fn offers(state: &ShardState, programme: &Programme, own: &ShardId, to: &ShardId) -> Vec<Offered> {
    let mut offers = vec![];
    if own == to {
        return offers;
    }
    for (person, reg) in &state.tenures {
        let tenure = &reg.value;
        let is_owner = tenure.owner == *to;
        if !tenure.trail.is_empty() && (is_owner || tenure.trail.contains(to)) {
            let claim = Claim {
                person: *person,
                hop: tenure.hop,
                owner: tenure.owner.clone(),
                trail: tenure.trail.clone(),
                card: if is_owner { handed(state, programme, own, *person) } else { None },
            };
            offers.push(Offered { seq: reg.seq, item: Item::Claim(Box::new(claim)) });
        }
        if is_owner {
            for stage in &programme.stages {
                let Some((past, seq)) = past_here(state, *person, &stage.code) else { continue };
                let told = Told { person: *person, stage: stage.code.clone(), past };
                offers.push(Offered { seq, item: Item::Outcome(told) });
            }
        }
    }
    for ((person, stage, other), reg) in state.loans.iter().filter(|((.., other), _)| other == to) {
        debug_assert_eq!(other, to);
        let loan = &reg.value;
        match loan.side {
            Side::Lent => offers.extend(lent(state, programme, own, (*person, stage), reg)),
            Side::Borrowed => offers.push(Offered {
                seq: reg.seq,
                item: Item::Borrowed(Borrowed {
                    person: *person,
                    stage: stage.clone(),
                    n: loan.n,
                    from: loan.from,
                    until: loan.until,
                    ending: loan.ending,
                }),
            }),
        }
    }
    offers.sort_by(|a, b| a.seq.cmp(&b.seq).then_with(|| a.item.key().cmp(&b.item.key())));
    offers
}

/// Changes whenever what is told changes otherwise than by newer words: then all of it is told again.
pub fn tag(offers: &[Offered]) -> Hash {
    let keys: BTreeSet<WordKey> = offers.iter().map(|o| o.item.key()).collect();
    keys.iter()
        .fold(Hasher::new("cascade offers 1"), |hash, (kind, person, stage)| {
            let stage = stage.as_ref().map_or("", StageCode::as_str);
            hash.number(i64::from(*kind)).number(person.0 as i64).text(stage)
        })
        .done()
}

/// Changes whenever anything new is to be told; nothing is told by the default hash.
pub fn digest(offers: &[Offered]) -> Hash {
    let news = |hash: Hasher, offer: &Offered| {
        hash.number(offer.seq as i64).bytes(&serde_json::to_vec(&offer.item).unwrap_or_default())
    };
    if offers.is_empty() {
        Hash::default()
    } else {
        offers.iter().fold(Hasher::new("cascade told 1"), news).done()
    }
}

fn lent(
    state: &ShardState,
    programme: &Programme,
    own: &ShardId,
    (person, stage): (PersonId, &StageCode),
    reg: &crate::state::Reg<crate::state::Loan>,
) -> Option<Offered> {
    let loan = &reg.value;
    // A shard that has the loan back from its borrower and not the trainer yet has nothing to add.
    let name = state.names.get(&person);
    let trainer = state.trainers.get(&(person, stage.clone()));
    let contact = state.contacts.get(&person);
    let above = programme.stage(stage).and_then(|s| s.taught_by.as_ref());
    let above = above.and_then(|above| {
        let here = past_here(state, person, above).map(|(past, seq)| (own.clone(), past, seq));
        let elsewhere = state.outcomes.iter().filter(|((p, s, _), _)| *p == person && s == above);
        let all = elsewhere.map(|((.., shard), r)| (shard.clone(), r.value.clone(), r.seq)).chain(here);
        // The best, for a certificate of one shard is not undone by an absence in another.
        all.max_by_key(|(_, past, _)| (past.is_completed(), past.until))
            .map(|(shard, past, seq)| ((above.clone(), shard, past), seq))
    });
    let seqs = [
        Some(reg.seq),
        name.map(|r| r.seq),
        trainer.map(|r| r.seq),
        contact.map(|r| r.seq),
        above.as_ref().map(|(_, seq)| *seq),
    ];
    let blank = || PersonName { name: String::new(), other: String::new(), language: String::new() };
    let unit = trainer
        .map(|t| t.value.unit.clone())
        .or_else(|| programme.units.iter().find(|u| u.shard.as_ref() == Some(own)).map(|u| u.code.clone()))?;
    Some(Offered {
        seq: seqs.into_iter().flatten().max().unwrap_or(reg.seq),
        item: Item::Lent(Box::new(Lent {
            person,
            stage: stage.clone(),
            n: loan.n,
            from: loan.from,
            until: loan.until,
            ending: loan.ending,
            hop: state.tenures.get(&person).map_or(0, |t| t.value.hop),
            name: name.map_or_else(blank, |n| n.value.clone()),
            phone: contact.map(|c| c.value.phone.clone()).unwrap_or_default(),
            unit,
            qualified: trainer.is_some_and(|t| t.value.qualified),
            above: above.map(|(above, _)| above),
        })),
    })
}

fn handed(state: &ShardState, programme: &Programme, own: &ShardId, person: PersonId) -> Option<Handed> {
    let name = state.names.get(&person)?.value.clone();
    let blank = || Contact { key: String::new(), phone: String::new() };
    let contact = state.contacts.get(&person).map_or_else(blank, |c| c.value.clone());
    let here = programme.stages.iter().filter_map(|s| {
        past_here(state, person, &s.code).map(|(past, _)| (s.code.clone(), own.clone(), past))
    });
    let elsewhere = state.outcomes.iter().filter(|((p, ..), _)| *p == person);
    let elsewhere = elsewhere.map(|((_, stage, shard), r)| (stage.clone(), shard.clone(), r.value.clone()));
    let tenure = state.tenures.get(&person).map(|t| &t.value);
    let teaches: Vec<Teaches> = tenure.map(|t| t.teaches.clone()).unwrap_or_default();
    let reason = tenure.map(|t| t.reason.clone()).unwrap_or_default();
    let hop = tenure.map_or(0, |t| t.known_at);
    Some(Handed { hop, name, contact, pasts: here.chain(elsewhere).collect(), teaches, reason })
}

/// How somebody did in a published session of this shard, and the place in the log from which on that is so.
pub fn past_here(state: &ShardState, person: PersonId, stage: &StageCode) -> Option<(Past, u64)> {
    let enrolment = state.enrolments.get(&(person, stage.clone()))?;
    let id = enrolment.value?;
    let session = state.sessions.get(&id)?;
    let plan = state.plans.get(&session.value.plan).filter(|p| p.value.state == PlanState::Published)?;
    let days = session.value.days.len().min(usize::from(u8::MAX));
    let outcomes = outcomes_of(state, id, days, person);
    let there = outcomes.iter().filter(|o| matches!(o, Outcome::Known(s) if s.was_there())).count();
    let disputed = outcomes.iter().filter(|o| **o == Outcome::Disputed).count();
    let mut seq = enrolment.seq.max(session.seq).max(plan.seq);
    for day in 0..days as u8 {
        let marks = state.marks_of(id, day, person).into_iter().map(|(_, r)| r.seq);
        let resolution = state.resolutions.get(&(id, day, person)).map(|r| r.seq);
        seq = marks.chain(resolution).max().unwrap_or(0).max(seq);
    }
    let past = Past {
        session: id,
        days: days as u8,
        there: there as u8,
        disputed: disputed as u8,
        until: session.value.days.last().copied().unwrap_or_default(),
        version: seq,
    };
    Some((past, seq))
}
