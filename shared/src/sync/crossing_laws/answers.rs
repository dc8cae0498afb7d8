//! Answers that come late, twice, or to somebody they are not for.

use super::*;

#[test]
fn a_repeated_or_late_answer_changes_nothing() {
    let mut country = Country::new();
    admitted(&country.transfer(1, PersonId(102), 2, false));
    country.ask(2, 1);
    let ask = country.network.remove(0);
    country.deliver(ask.clone(), false);
    country.deliver(ask, false);
    let answers = std::mem::take(&mut country.network);
    for answer in &answers {
        country.deliver(answer.clone(), false);
    }
    let head = country.nodes[2].shard.head;
    for answer in answers.into_iter().rev() {
        country.deliver(answer, false);
    }
    assert_eq!(country.nodes[2].shard.head, head);
    assert_eq!(head.seq, 2, "one record for one person");
}

#[test]
fn a_late_answer_does_not_undo_a_newer_one() {
    let mut country = Country::new();
    let (person, pec) = (PersonId(102), "pec".parse().unwrap());
    let session = country.publish(1, PersonId(100), &[person], day(&country, 0), 0).unwrap();
    country.today = country.today.plus(3);
    admitted(&country.transfer(1, person, 2, false));
    country.quiesce();
    let mut answers = vec![];
    for status in [Status::Present, Status::Absent] {
        admitted(&country.mark(1, session, 0, person, status));
        country.ask(2, 1);
        let ask = country.network.remove(0);
        country.deliver(ask, false);
        answers.extend(country.network.pop());
    }
    for answer in answers.into_iter().rev() {
        country.deliver(answer, false);
    }
    let past = country.nodes[2].shard.state.pasts(person, &pec).next().map(|p| p.1.there);
    assert_eq!(past, Some(0), "the mark that was taken back is not there again");
}

#[test]
fn what_a_restored_shard_decides_anew_at_an_old_place_in_its_log_is_heard() {
    let mut country = Country::new();
    let trainer = PersonId(0);
    admitted(&country.lend(0, trainer, 1, (day(&country, 0), day(&country, 4))));
    for _ in 0..3 {
        admitted(&country.seat(0, PersonId(2)));
    }
    country.quiesce();
    country.nodes[0].kept.clear();
    country.restore(0, 0);
    admitted(&country.lend(0, trainer, 1, (day(&country, 0), day(&country, 9))));
    country.quiesce();
    assert_eq!(country.breach(), None);
    let key = (trainer, "pec".parse().unwrap(), "kg".parse().unwrap());
    assert_eq!(country.nodes[1].shard.state.loans[&key].value.until, day(&country, 9));
}

#[test]
fn a_shard_tells_another_only_of_people_they_share() {
    let mut country = Country::new();
    admitted(&country.transfer(1, PersonId(102), 2, false));
    for by in [0, 2] {
        country.ask(by, 1);
        let ask = country.network.pop().unwrap();
        country.deliver(ask, false);
    }
    let words = |m: &Message| match m {
        Message::Answer(_, answer) => serde_json::to_string(&answer.words).unwrap(),
        _ => String::new(),
    };
    assert_eq!(words(&country.network[0]), "[]");
    let told = words(&country.network[1]);
    assert!(told.contains("Person 102") && !told.contains("Person 103"), "{told}");
}

#[test]
fn a_device_that_sends_the_word_of_a_shard_is_refused() {
    let mut country = Country::new();
    admitted(&country.transfer(1, PersonId(102), 2, false));
    country.ask(2, 1);
    while !country.network.is_empty() {
        let message = country.network.remove(0);
        country.deliver(message, false);
    }
    let mut event = country.nodes[2].disk.log[1].event.clone();
    event.actor = crate::id::AccountId(1);
    event.id.device = crate::id::DeviceId(1);
    country.nodes[0].kept.clear();
    let access = country.access.clone();
    let caller = crate::sync::server::Caller {
        account: event.actor,
        device: event.id.device,
        tablet: "t",
        access: &access,
        now_ms: country.now_ms,
        today: country.today,
        seed: [0; 32],
    };
    let programme = country.programme.clone();
    let (verdict, record) = country.nodes[2].shard.admit(&programme, &caller, &event, 0);
    assert_eq!((why(verdict), record), (Rejection::NotPermitted, None));
}
