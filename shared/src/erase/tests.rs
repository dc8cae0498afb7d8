use super::*;
use crate::event::{Body, CloseVenue, Decision, EventId, ImportPart, Salt};
use crate::grant::{AccountRole, Grant};
use crate::id::{DeviceId, GrantId, ImportId, RunId};
use crate::roster::{ImportRow, PersonRow, Target};
use crate::sync::server::{Caller, Shard};
use crate::sync::verify::{Checker, StoredRow};
use crate::sync::view::View;
use crate::testing::World;
use crate::time::{Stamp, WallMs};
use proptest::prelude::*;

const DEVICE: DeviceId = DeviceId(80);
const ACCOUNT: AccountId = AccountId(8);

/// Headquarters' desk at a shard.
struct Desk {
    world: World,
    n: u32,
}

impl Desk {
    fn new() -> Self {
        let mut world = World::with_two_day_session(2);
        world.access.grants.push(Grant {
            id: GrantId(50),
            account: ACCOUNT,
            role: AccountRole::Coordinator,
            shard: None,
            person: None,
            sessions: Default::default(),
            from: Stamp(0),
            until: None,
            ended: None,
        });
        Self { world, n: 100 }
    }

    fn event(&mut self, kind: &str, payload: String) -> Event {
        self.n += 1;
        self.world.now_ms += 1;
        Event {
            id: EventId { device: DEVICE, run: RunId(1), n: self.n },
            shard: self.world.shard.id.clone(),
            actor: ACCOUNT,
            wall: WallMs(self.world.now_ms),
            offset: 0,
            seen: self.world.shard.head.seq,
            kind: kind.into(),
            version: 1,
            payload,
        }
    }

    fn with_caller<T>(
        &mut self,
        act: impl FnOnce(&mut Shard, &crate::programme::Programme, &Caller<'_>) -> T,
    ) -> T {
        let World { shard, programme, access, now_ms, .. } = &mut self.world;
        let caller = Caller {
            account: ACCOUNT,
            device: DEVICE,
            tablet: "desk",
            access,
            now_ms: *now_ms,
            today: "2021-03-10".parse().unwrap(),
            seed: [self.n as u8; 32],
        };
        act(shard, programme, &caller)
    }

    fn send(&mut self, body: &Body) -> u64 {
        let event = self.event(body.kind().0, body.encode());
        let (verdicts, records) = self.with_caller(|shard, programme, caller| {
            shard.admit_batch(programme, caller, &[event], BTreeMap::new())
        });
        assert!(matches!(verdicts[0].1, Verdict::Admitted { .. }), "{verdicts:?}");
        self.world.log.extend(records);
        self.world.shard.head.seq
    }

    fn import(&mut self, import: u64, rows: Vec<PersonRow>) -> u64 {
        let rows = (2..).zip(rows.into_iter().map(ImportRow::Person)).collect();
        let part = ImportPart { import: ImportId(import), target: Target::People, part: 0, rows };
        self.send(&Body::Decision(Decision::Import(part)))
    }

    /// What the server does: ground, decision, removal, and the log folded again.
    fn erase(&mut self, records: &[u64]) -> Result<u64, Erasing> {
        let erase = Erase { records: records.to_vec(), reason: "the wrong file".into() };
        let event = self.event(KIND, serde_json::to_string(&erase).unwrap());
        let mut ground = Ground::of(&erase);
        self.world.log.iter().filter(|r| records.contains(&r.seq)).for_each(|r| ground.name(r));
        self.world.log.iter().for_each(|r| ground.compare(r));
        let record = self.with_caller(|shard, _, caller| shard.erase(caller, &event, &ground))?;
        self.world.log.push(record);
        for record in self.world.log.iter_mut().filter(|r| records.contains(&r.seq)) {
            record.event.payload.clear();
            (record.salt, record.effect) = (Salt::default(), None);
        }
        let mut shard = Shard::new(self.world.shard.id.clone());
        self.world.log.iter().for_each(|record| shard.fold(record));
        assert_eq!(shard.head, self.world.shard.head);
        self.world.shard = shard;
        Ok(self.world.shard.head.seq)
    }

    fn stored(&self) -> Vec<StoredRow> {
        self.world.log.iter().map(StoredRow::of).collect()
    }

    fn person(&self, name: &str) -> Option<PersonId> {
        self.world.shard.state.names.iter().find(|(_, n)| n.value.name == name).map(|(id, _)| *id)
    }
}

fn row(name: &str, phone: &str, seat: u16) -> PersonRow {
    PersonRow {
        key: format!("key of {name}"),
        name: name.into(),
        name_other: String::new(),
        station: None,
        unit: "kochkor".parse().unwrap(),
        role: "pec-member".parse().unwrap(),
        seat: Some(seat),
        phone: phone.into(),
        language: String::new(),
    }
}

#[test]
fn an_erased_import_is_undone_and_the_log_still_proves_itself_and_says_who_erased_it() {
    let mut desk = Desk::new();
    let wrong = desk.import(1, vec![row("Aibek", "0700", 1), row("Cholpon", "0701", 2)]);
    assert!(desk.person("Aibek").is_some());
    let by = desk.erase(&[wrong]).unwrap();
    assert_eq!(desk.person("Aibek"), None);
    assert!(desk.world.shard.state.contacts.is_empty());
    let mut checker = Checker::new(desk.world.shard.id.clone(), None, vec![]);
    desk.stored().iter().for_each(|row| checker.row(row));
    let report = checker.finish();
    assert_eq!(report.findings, []);
    let told = &report.erased[0];
    assert_eq!(
        (told.by, told.account, &*told.reason, &told.records[..]),
        (by, ACCOUNT, "the wrong file", &[wrong][..])
    );
}

#[test]
fn an_earlier_value_holds_again_and_a_later_one_goes_on_holding() {
    let mut desk = Desk::new();
    desk.import(1, vec![row("Aibek", "0700", 1)]);
    let wrong = desk.import(2, vec![row("Aibek", "0999", 1), row("Cholpon", "0998", 2)]);
    desk.import(3, vec![row("Cholpon", "0701", 2)]);
    desk.erase(&[wrong]).unwrap();
    let phones: BTreeSet<&str> =
        desk.world.shard.state.contacts.values().map(|c| c.value.phone.as_str()).collect();
    assert_eq!(phones, BTreeSet::from(["0700", "0701"]));
}

#[test]
fn who_is_spoken_of_elsewhere_stays_under_a_dash() {
    let mut desk = Desk::new();
    let wrong = desk.import(1, vec![row("Aibek", "0700", 1), row("Cholpon", "0701", 2)]);
    let (aibek, cholpon) = (desk.person("Aibek").unwrap(), desk.person("Cholpon").unwrap());
    let enrolment = Cell::Enrolment((aibek, "pec".parse().unwrap()), Some(desk.world.session));
    desk.world.now_ms += 1;
    desk.world.seed(vec![enrolment.clone()]);
    desk.erase(&[wrong]).unwrap();
    let state = &desk.world.shard.state;
    assert_eq!(state.names[&aibek].value.name, NO_NAME);
    assert!(!state.names.contains_key(&cholpon));
    assert_eq!(state.row(&enrolment.key()).unwrap().cell, enrolment);
}

#[test]
fn a_copy_in_a_later_record_must_be_named_too() {
    let mut desk = Desk::new();
    let wrong = desk.import(1, vec![PersonRow { key: String::new(), ..row("Aibek", "0999", 1) }]);
    // A blank phone takes what is there: the wrong number is now in this record's effect as well.
    let copied = desk.import(2, vec![row("Aibek", "", 1)]);
    assert_eq!(desk.erase(&[wrong]), Err(Erasing::CopiedOn { records: vec![copied] }));
    desk.erase(&[wrong, copied]).unwrap();
    assert!(!serde_json::to_string(&desk.world.log).unwrap().contains("0999"));
}

#[test]
fn plans_erasures_and_places_that_are_not_there_cannot_be_erased_and_a_reason_is_needed() {
    let mut desk = Desk::new();
    let wrong = desk.import(1, vec![row("Aibek", "0999", 1)]);
    let venue = *desk.world.shard.state.venues.keys().next().unwrap();
    let close = CloseVenue { venue, based_on: 1, closed: true, reason: "a name in it".into() };
    let closing = desk.send(&Body::Decision(Decision::CloseVenue(close)));
    assert_eq!(desk.erase(&[99]), Err(Erasing::NotErasable { seq: 99 }));
    assert_eq!(desk.erase(&[]), Err(Erasing::Incomplete));
    let by = desk.erase(&[wrong, closing]).unwrap();
    assert_eq!(desk.erase(&[by]), Err(Erasing::NotErasable { seq: by }));
    assert_eq!(desk.erase(&[wrong]), Err(Erasing::Incomplete), "nothing is left to erase");
    let ground = Ground::of(&Erase { records: vec![1], reason: " ".into() });
    let blank = Erase { records: vec![1], reason: " ".into() };
    assert_eq!(decide(&desk.world.shard.state, &blank, &ground, ACCOUNT), Err(Erasing::Incomplete));
}

#[test]
fn it_cannot_come_in_beside_its_own_route() {
    let mut desk = Desk::new();
    let erase = Erase { records: vec![1], reason: "r".into() };
    let event = desk.event(KIND, serde_json::to_string(&erase).unwrap());
    let (verdicts, records) = desk.with_caller(|shard, programme, caller| {
        shard.admit_batch(programme, caller, &[event], BTreeMap::new())
    });
    assert!(matches!(verdicts[0].1, Verdict::Refused(_)));
    assert!(records.is_empty());
}

#[test]
fn every_device_gets_its_whole_view_again() {
    let mut desk = Desk::new();
    let wrong = desk.import(1, vec![row("Aibek", "0700", 1)]);
    let tag = |desk: &Desk| {
        let grants = desk.world.access.holding(ACCOUNT, &desk.world.shard.id, Stamp(desk.world.now_ms));
        View::of(&desk.world.shard.state, &grants).tag()
    };
    let before = tag(&desk);
    desk.erase(&[wrong]).unwrap();
    assert_ne!(tag(&desk), before);
}

proptest! {
    /// Whatever files came and whichever of them are erased: either a copy is named, or no text that only they held is
    /// left in the log or the state, and the log proves itself.
    #[test]
    fn no_erased_text_is_left_anywhere(
        files in prop::collection::vec(prop::collection::vec((0u8..4, 0u8..5), 1..4), 1..5),
        which in prop::collection::vec(any::<bool>(), 5),
    ) {
        let mut desk = Desk::new();
        let mut seqs = vec![];
        for (n, rows) in files.iter().enumerate() {
            // Each file has phones of its own; 0 leaves the phone blank.
            let mut once = BTreeMap::new();
            for (person, phone) in rows {
                let phone = if *phone == 0 { String::new() } else { format!("phone-{n}-{phone}") };
                let row = row(&format!("person {person}"), &phone, u16::from(*person) + 1);
                // Every other file has no keys: then a later one adds the key and keeps the phone.
                let key = if n % 2 == 0 { String::new() } else { row.key.clone() };
                once.insert(*person, PersonRow { key, ..row });
            }
            seqs.push(desk.import(n as u64 + 1, once.into_values().collect()));
        }
        let mut named: BTreeSet<u64> = seqs.iter().zip(&which).filter(|(_, w)| **w).map(|(s, _)| *s).collect();
        if named.is_empty() {
            return Ok(());
        }
        while let Err(refused) = desk.erase(&named.iter().copied().collect::<Vec<_>>()) {
            let Erasing::CopiedOn { records } = refused else { panic!("{refused:?}") };
            let before = named.len();
            named.extend(records);
            prop_assert!(named.len() > before);
        }
        let left = serde_json::to_string(&desk.world.log).unwrap();
        let state = serde_json::to_string(&desk.world.shard.state.rows_after(None, |_, _| true).collect::<Vec<_>>()).unwrap();
        for (n, seq) in seqs.iter().enumerate().filter(|(_, seq)| named.contains(seq)) {
            let text = format!("phone-{n}-");
            prop_assert!(!left.contains(&text) && !state.contains(&text), "{text} of {seq}");
        }
        let mut checker = Checker::new(desk.world.shard.id.clone(), None, vec![]);
        desk.stored().iter().for_each(|row| checker.row(row));
        prop_assert_eq!(checker.finish().findings, vec![]);
    }
}
