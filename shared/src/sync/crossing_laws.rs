//! The laws of what crosses shards, by stories of a small country told at random.

use crate::id::{PersonId, SessionId};
use crate::state::{Side, Status};
use crate::sync::{Rejection, Verdict};
use crate::testing::country::{Country, Message, PEOPLE};
use crate::time::Day;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Transfer { person: u64, to: usize, give_up: bool },
    Lend { person: u64, to: usize, from: i32, days: i32 },
    EndLoan { person: u64, to: usize },
    Seat { person: u64, at: usize },
    Publish { at: usize, trainer: u64, people: [u64; 2], day: i32, slot: u8 },
    Mark { at: usize, session: usize, day: u8, person: usize, status: usize },
    Ask { by: usize, of: usize },
    Deliver { which: usize, crash: bool },
    Repeat { which: usize },
    Lose { which: usize },
    Crash { at: usize },
    Copy { at: usize },
    Restore { at: usize, which: usize },
    SendAgain { at: usize },
}

fn person() -> impl Strategy<Value = u64> {
    (0..3u64, 0..PEOPLE).prop_map(|(shard, p)| shard * 100 + p)
}

fn trainer() -> impl Strategy<Value = u64> {
    (0..3u64, 0..2u64).prop_map(|(shard, p)| shard * 100 + p)
}

fn steps(restores: bool) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (person(), 0..3usize, any::<bool>())
            .prop_map(|(person, to, give_up)| Step::Transfer { person, to, give_up }),
        4 => (trainer(), 0..3usize, 0..4i32, 1..6i32)
            .prop_map(|(person, to, from, days)| Step::Lend { person, to, from, days }),
        2 => (trainer(), 0..3usize).prop_map(|(person, to)| Step::EndLoan { person, to }),
        3 => (person(), 0..3usize).prop_map(|(person, at)| Step::Seat { person, at }),
        6 => (0..3usize, trainer(), [person(), person()], 0..5i32, 0..2u8)
            .prop_map(|(at, trainer, people, day, slot)| Step::Publish { at, trainer, people, day, slot }),
        4 => (0..3usize, 0..6usize, 0..2u8, 0..3usize, 0..4usize)
            .prop_map(|(at, session, day, person, status)| Step::Mark { at, session, day, person, status }),
        8 => (0..3usize, 0..3usize).prop_map(|(by, of)| Step::Ask { by, of }),
        16 => (0..8usize, prop::bool::weighted(0.1)).prop_map(|(which, crash)| Step::Deliver { which, crash }),
        2 => (0..8usize).prop_map(|which| Step::Repeat { which }),
        2 => (0..8usize).prop_map(|which| Step::Lose { which }),
        1 => (0..3usize).prop_map(|at| Step::Crash { at }),
        3 => (0..3usize).prop_map(|at| Step::Copy { at }),
        3 => (0..3usize, 0..4usize).prop_map(move |(at, which)| {
            if restores { Step::Restore { at, which } } else { Step::Crash { at } }
        }),
        3 => (0..3usize).prop_map(|at| Step::SendAgain { at }),
    ];
    prop::collection::vec(step, 1..70)
}

fn owner(country: &Country, person: PersonId) -> Option<usize> {
    (0..3).find(|n| country.owns(*n, person))
}

fn tell(story: &[Step]) -> Country {
    let mut country = Country::new();
    for step in story {
        act(&mut country, step);
    }
    country.network.clear();
    country.quiesce();
    country
}

fn act(country: &mut Country, step: &Step) {
    let of = |country: &Country, which: usize| which % country.network.len().max(1);
    match *step {
        Step::Transfer { person, to, give_up } => {
            if let Some(n) = owner(country, PersonId(person)) {
                country.transfer(n, PersonId(person), to, give_up);
            }
        }
        Step::Lend { person, to, from, days } => {
            if let Some(n) = owner(country, PersonId(person)) {
                let from = country.today.plus(from);
                country.lend(n, PersonId(person), to, (from, from.plus(days)));
            }
        }
        Step::EndLoan { person, to } => {
            if let Some(n) = owner(country, PersonId(person)) {
                country.end_loan(n, PersonId(person), to);
            }
        }
        Step::Seat { person, at } => {
            // An import that came before what the others know would make the person anew.
            country.send_again(at);
            // Whom a shard does not know by number would be another person to it.
            let held = country.nodes[at].shard.state.contacts.get(&PersonId(person));
            if held.is_some_and(|c| !c.value.key.is_empty()) {
                country.seat(at, PersonId(person));
            }
        }
        Step::Publish { at, trainer, people, day, slot } => {
            let mut people: Vec<PersonId> = people.map(PersonId).to_vec();
            let state = &country.nodes[at].shard.state;
            // Who holds no seat here would refuse the whole plan.
            let seated = |p: &PersonId| state.holders.values().any(|h| h.value == Some(*p));
            people.retain(|p| seated(p));
            people.dedup();
            let first = country.today.plus(day);
            let _ = country.publish(at, PersonId(trainer), &people, first, slot);
        }
        Step::Mark { at, session, day, person, status } => {
            let state = &country.nodes[at].shard.state;
            let sessions: Vec<SessionId> = state.published_sessions().map(|(id, _)| id).collect();
            let Some(session) = sessions.get(session % sessions.len().max(1)).copied() else { return };
            let listed = state.enrolments.iter().filter(|(_, e)| e.value == Some(session));
            let people: Vec<PersonId> = listed.map(|((p, _), _)| *p).collect();
            let Some(person) = people.get(person % people.len().max(1)).copied() else { return };
            country.mark(at, session, day, person, Status::ALL[status]);
        }
        Step::Ask { by, of } if by != of => country.ask(by, of),
        Step::Ask { .. } => {}
        Step::Deliver { which, crash } => {
            if !country.network.is_empty() {
                let message = country.network.remove(of(country, which));
                country.deliver(message, crash);
            }
        }
        Step::Repeat { which } => {
            if let Some(message) = country.network.get(of(country, which)).cloned() {
                country.network.push(message);
            }
        }
        Step::Lose { which } => {
            if !country.network.is_empty() {
                country.network.remove(of(country, which));
            }
        }
        Step::Crash { at } => country.crash(at),
        Step::Copy { at } => country.copy(at),
        Step::Restore { at, which } => country.restore(at, which),
        Step::SendAgain { at } => country.send_again(at),
    }
}

proptest! {
    // PROPTEST_CASES=5000 looks longer.
    #![proptest_config(ProptestConfig { max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn whoever_crosses_and_whatever_is_lost_on_the_way_everybody_is_owned_booked_and_counted_once(story in steps(false)) {
        let country = tell(&story);
        prop_assert_eq!(country.breach(), None);
    }

    #[test]
    fn shards_restored_from_older_copies_agree_again_on_whose_everybody_is(story in steps(true)) {
        let country = tell(&story);
        prop_assert_eq!(country.breach(), None);
    }
}

fn day(country: &Country, n: i32) -> Day {
    country.today.plus(n)
}

fn admitted(verdict: &Verdict) {
    assert!(matches!(verdict, Verdict::Admitted { .. }), "{verdict:?}");
}

fn why(verdict: Verdict) -> Rejection {
    match verdict {
        Verdict::Refused(refusal) => refusal.why,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_person_handed_on_takes_everything_along_and_counts_at_the_new_owner() {
    let mut country = Country::new();
    let person = PersonId(102);
    let session = country.publish(1, PersonId(100), &[person, PersonId(103)], day(&country, 0), 0).unwrap();
    for on in 0..2 {
        admitted(&country.mark(1, session, on, person, Status::Present));
    }
    assert_eq!(why(country.transfer(1, person, 2, false)), Rejection::Committed { session });
    country.today = country.today.plus(3);
    admitted(&country.transfer(1, person, 2, false));
    country.quiesce();
    assert_eq!(country.breach(), None);
    assert!(country.owns(2, person) && !country.owns(1, person));
    let past =
        country.nodes[2].shard.state.pasts(person, &"pec".parse().unwrap()).next().map(|p| p.1.clone());
    assert!(past.is_some_and(|p| p.is_completed() && p.session == session));
    // A mark that comes late, where the session was, is heard of where the person is.
    admitted(&country.mark(1, session, 1, person, Status::Absent));
    country.quiesce();
    assert_eq!(country.breach(), None);
    let past =
        country.nodes[2].shard.state.pasts(person, &"pec".parse().unwrap()).next().map(|p| p.1.clone());
    assert_eq!(past.map(|p| p.there), Some(1));
}

#[test]
fn who_is_on_a_list_to_come_moves_only_by_giving_the_place_up() {
    let mut country = Country::new();
    let person = PersonId(102);
    country.publish(1, PersonId(100), &[person], day(&country, 1), 0).unwrap();
    assert!(matches!(why(country.transfer(1, person, 2, false)), Rejection::Committed { .. }));
    assert!(matches!(why(country.transfer(1, PersonId(100), 2, true)), Rejection::Committed { .. }));
    admitted(&country.transfer(1, person, 2, true));
    let state = &country.nodes[1].shard.state;
    assert!(!state.enrolments.values().any(|e| e.value.is_some()), "the place is free");
    assert!(!state.holders.values().any(|h| h.value == Some(person)), "the seat is free");
    assert_eq!(
        why(country.transfer(1, person, 0, false)),
        Rejection::Elsewhere { shard: "kg-osh".parse().unwrap() }
    );
    country.quiesce();
    assert_eq!(country.breach(), None);
}

#[test]
fn a_lent_trainer_is_planned_by_the_borrower_in_the_span_and_by_nobody_else_then() {
    let mut country = Country::new();
    let (trainer, span) = (PersonId(0), (day(&country, 1), day(&country, 4)));
    assert_eq!(country.publish(1, trainer, &[PersonId(102)], day(&country, 1), 0), {
        let rule = "not-a-trainer".into();
        Err(Some(Rejection::PlanBreaks { rule, group: 1 }))
    });
    admitted(&country.lend(0, trainer, 1, span));
    country.quiesce();
    let away = |group| Err(Some(Rejection::PlanBreaks { rule: "lent-away".into(), group }));
    assert_eq!(country.publish(0, trainer, &[PersonId(2)], day(&country, 1), 0), away(1));
    assert_eq!(country.publish(1, trainer, &[PersonId(102)], day(&country, 0), 0), away(1));
    assert_eq!(country.publish(1, trainer, &[PersonId(102)], day(&country, 4), 0), away(1));
    country.publish(1, trainer, &[PersonId(102)], day(&country, 3), 0).unwrap();
    assert!(matches!(
        why(country.lend(0, trainer, 2, (day(&country, 2), day(&country, 9)))),
        Rejection::OnLoan { .. }
    ));
    assert!(matches!(why(country.transfer(0, trainer, 2, true)), Rejection::OnLoan { .. }));
    assert_eq!(country.breach(), None);
    // The borrower sees a name and a telephone, and no personal number.
    let contact = country.nodes[1].shard.state.contacts[&trainer].value.clone();
    assert_eq!((contact.key.as_str(), contact.phone.as_str()), ("", "+996 0"));
}

#[test]
fn a_loan_asked_back_ends_with_the_last_day_the_borrower_has_published() {
    let mut country = Country::new();
    let trainer = PersonId(0);
    admitted(&country.lend(0, trainer, 1, (day(&country, 0), day(&country, 9))));
    country.quiesce();
    country.publish(1, trainer, &[PersonId(102)], day(&country, 2), 0).unwrap();
    admitted(&country.end_loan(0, trainer, 1));
    // Until the borrower has answered, the whole span stays the borrower's.
    assert!(country.publish(0, trainer, &[PersonId(2)], day(&country, 7), 0).is_err());
    country.quiesce();
    let key = (trainer, "pec".parse().unwrap(), "kg-naryn".parse().unwrap());
    let loan = country.nodes[0].shard.state.loans[&key].value.clone();
    assert_eq!((loan.side, loan.until), (Side::Lent, day(&country, 3)));
    country.publish(0, trainer, &[PersonId(2)], day(&country, 7), 0).unwrap();
    assert_eq!(country.breach(), None);
}

#[test]
fn an_owner_restored_to_before_it_handed_somebody_on_hears_that_it_did() {
    let mut country = Country::new();
    let person = PersonId(102);
    admitted(&country.transfer(1, person, 2, false));
    country.quiesce();
    country.nodes[1].kept.clear();
    country.restore(1, 0);
    assert!(country.owns(1, person) && country.owns(2, person), "twice, until they have heard of each other");
    country.quiesce();
    assert_eq!(country.breach(), None);
    assert!(country.owns(2, person));
}

#[test]
fn a_lender_restored_to_before_it_lent_keeps_its_word() {
    let mut country = Country::new();
    let trainer = PersonId(0);
    admitted(&country.lend(0, trainer, 1, (day(&country, 0), day(&country, 9))));
    country.quiesce();
    country.publish(1, trainer, &[PersonId(102)], day(&country, 2), 0).unwrap();
    country.nodes[0].kept.clear();
    country.restore(0, 0);
    // It has forgotten, and plans the trainer at the same time.
    country.publish(0, trainer, &[PersonId(2)], day(&country, 2), 0).unwrap();
    country.quiesce();
    assert_eq!(country.breach(), None);
    assert!(country.publish(0, trainer, &[PersonId(3)], day(&country, 4), 0).is_err());
}

mod answers;
