//! Small worlds for tests: a shard with one published session, its trainers' devices, and a perfect network that
//! tests break on purpose. Feature `testing`.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

pub mod country;

use crate::event::EventId;
use crate::event::{Hash, Salt};
use crate::grant::{Access, Account, AccountRole, Grant};
use crate::id::*;
use crate::programme::{Calendar, Level, Programme, Role, Seats, Stage, Text, Unit};
use crate::state::{Cell, PersonName, Place, PlanCard, PlanState, Seat, SessionCard, VenueCard};
use crate::sync::chain::{chain, digest};
use crate::sync::client::{Client, Stored};
use crate::sync::server::{Caller, Known, Record, Shard};
use crate::sync::view::View;
use crate::sync::{Reply, Request, Verdict, Want};
use crate::time::{Day, Stamp, WallMs};
use std::collections::BTreeMap;

/// A text in English.
pub fn text(en: &str) -> Text {
    Text(BTreeMap::from([("en".to_owned(), en.to_owned())]))
}

/// A small programme: nation `KG`, region and shard `kg-naryn`, two districts, stages `rec` and `pec`.
pub fn programme() -> Programme {
    let unit = |code: &str, parent: Option<&str>, level, shard: Option<&str>| Unit {
        code: code.parse().unwrap(),
        parent: parent.map(|p| p.parse().unwrap()),
        level,
        name: text(code),
        lat: 41.4,
        lon: 76.0,
        shard: shard.map(|s| s.parse().unwrap()),
        aliases: vec![],
    };
    let stage = |code: &str, role: &str, window: (&str, &str), taught_by: Option<&str>, within| Stage {
        code: code.parse().unwrap(),
        name: text(code),
        participants: text(role),
        organisers: text("CEC"),
        location: text("here"),
        audience: vec![role.parse().unwrap()],
        target_persons: None,
        window: (window.0.parse().unwrap(), window.1.parse().unwrap()),
        days: 2,
        slots_per_day: 2,
        slot_starts_min: vec![540, 840],
        minutes_per_day: 180,
        norm: 4,
        max: 6,
        trainers_per_session: 1,
        taught_by: taught_by.map(|s| s.parse().unwrap()),
        groups_within: within,
    };
    Programme {
        format: crate::programme::FORMAT,
        slug: "test-2021".parse().unwrap(),
        title: text("Test"),
        commission: text("CEC"),
        country: "KG".into(),
        utc_offset_min: 360,
        languages: vec!["en".into()],
        election_day: "2021-04-11".parse().unwrap(),
        units: vec![
            unit("KG", None, Level::Nation, Some("kg")),
            unit("naryn", Some("KG"), Level::Region, Some("kg-naryn")),
            unit("at-bashy", Some("naryn"), Level::District, None),
            unit("kochkor", Some("naryn"), Level::District, None),
        ],
        roles: vec![
            Role { code: "rec-member".parse().unwrap(), name: text("REC member"), seats: Seats::Unit },
            Role { code: "pec-member".parse().unwrap(), name: text("PEC member"), seats: Seats::Station(3) },
        ],
        stages: vec![
            stage("rec", "rec-member", ("2021-02-24", "2021-02-25"), None, Level::Region),
            stage("pec", "pec-member", ("2021-03-01", "2021-03-18"), Some("rec"), Level::District),
        ],
        modules: vec![],
        calendar: Calendar::default(),
        published: vec![],
        assumptions: vec![],
        sources: vec![],
    }
}

/// One shard, one published two-day session, three trainers with a device each.
pub struct World {
    pub programme: Programme,
    pub shard: Shard,
    pub log: Vec<Record>,
    pub access: Access,
    pub session: SessionId,
    pub people: Vec<PersonId>,
    pub accounts: [AccountId; 3],
    pub devices: [DeviceId; 3],
    pub now_ms: i64,
}

impl World {
    /// A session of so many people, taught by all three trainers.
    pub fn with_two_day_session(people: usize) -> Self {
        let shard_id: ShardId = "kg-naryn".parse().unwrap();
        let trainers = [PersonId(91), PersonId(92), PersonId(93)];
        let (session, plan, venue) = (SessionId(1), PlanId(1), VenueId(1));
        let pec: StageCode = "pec".parse().unwrap();
        let unit: UnitCode = "at-bashy".parse().unwrap();
        let people: Vec<PersonId> = (1_000..1_000 + people as u64).map(PersonId).collect();
        let card = SessionCard {
            number: 1,
            stage: pec.clone(),
            plan,
            unit: unit.clone(),
            venue,
            days: vec!["2021-03-10".parse().unwrap(), "2021-03-11".parse().unwrap()],
            slot: 0,
            trainers: trainers.to_vec(),
        };
        let plan_card = PlanCard {
            stage: pec.clone(),
            state: PlanState::Published,
            author: AccountId(8),
            sessions: 1,
            placed: people.len() as u32,
            unplaced: 0,
        };
        let room = VenueCard {
            code: String::new(),
            name: "School".into(),
            unit: unit.clone(),
            address: String::new(),
            capacity: 40,
            at: None,
            closed: None,
        };
        let named = |n: u64| PersonName {
            name: format!("Person {n}"),
            other: String::new(),
            language: String::new(),
        };
        let mut cells =
            vec![Cell::Plan(plan, plan_card), Cell::Session(session, card), Cell::Venue(venue, room)];
        for (n, person) in (1..).zip(people.iter().chain(&trainers)) {
            cells.push(Cell::Name(*person, named(person.0)));
            let seat = Seat { place: Place::Unit(unit.clone()), role: "pec-member".parse().unwrap(), n };
            cells.push(Cell::Holder(seat, Some(*person)));
        }
        cells.extend(trainers.iter().map(|t| Cell::Assigned((session, *t), true)));
        cells.extend(people.iter().map(|p| Cell::Enrolment((*p, pec.clone()), Some(session))));
        let accounts = [AccountId(1), AccountId(2), AccountId(3)];
        let mut access = Access { version: 1, ..Access::default() };
        for (n, account) in accounts.iter().enumerate() {
            let name = format!("Trainer {n}");
            access.accounts.insert(
                *account,
                Account {
                    id: *account,
                    name,
                    created_by: None,
                    opened_by: Default::default(),
                    tablets: vec![],
                },
            );
            access.grants.push(Grant {
                id: GrantId(n as u64),
                account: *account,
                role: AccountRole::Trainer,
                shard: Some(shard_id.clone()),
                person: Some(trainers[n]),
                sessions: Default::default(),
                from: Stamp(0),
                until: None,
                ended: None,
            });
        }
        let mut world = Self {
            programme: programme(),
            shard: Shard::new(shard_id),
            log: vec![],
            access,
            session,
            people,
            accounts,
            devices: [DeviceId(11), DeviceId(12), DeviceId(13)],
            now_ms: 1_800_000_000_000,
        };
        world.seed(cells);
        world
    }

    /// Puts registers in as one record of headquarters.
    pub fn seed(&mut self, cells: Vec<Cell>) {
        let seq = self.shard.head.seq + 1;
        let event = crate::event::Event {
            id: EventId { device: DeviceId(80), run: RunId(0), n: seq as u32 },
            shard: self.shard.id.clone(),
            actor: AccountId(8),
            wall: WallMs(self.now_ms),
            offset: 0,
            seen: 0,
            kind: "import".into(),
            version: 1,
            payload: String::new(),
        };
        let mut record = Record {
            seq,
            event,
            verdict: Verdict::Admitted { seq },
            stamp: Stamp(self.now_ms),
            server_ms: self.now_ms,
            salt: Salt::default(),
            digest: Hash::default(),
            chain: Hash::default(),
            effect: Some(cells),
            replaced: None,
        };
        let effect = serde_json::to_string(&record.effect).expect("cells can be written");
        record.digest = digest(&record.salt, &record.event.payload, &effect);
        record.chain = chain(&self.shard.head.chain, &record);
        self.shard.fold(&record);
        self.log.push(record);
    }

    /// A fresh device of the n-th trainer.
    pub fn device(&self, n: usize) -> Client {
        Client::open(
            self.shard.id.clone(),
            self.devices[n],
            self.accounts[n],
            RunId(n as u64),
            Stored::default(),
        )
    }

    /// The n-th trainer's grants.
    pub fn grants(&self, n: usize) -> Vec<&Grant> {
        self.access.holding(self.accounts[n], &self.shard.id, Stamp(self.now_ms))
    }

    /// What the server answers to the n-th trainer's device.
    pub fn answer(&mut self, request: &Request, n: usize) -> Reply {
        // The wire is part of the world.
        let wire = serde_json::to_vec(request).expect("a request can be written");
        let request = crate::sync::decode_request(&wire).expect("and read");
        let chain_at = |log: &[Record], seq: u64| log.iter().find(|r| r.seq == seq).map(|r| r.chain);
        let forked = self.shard.is_forked(&request.witness, chain_at(&self.log, request.witness.seq));
        let known: BTreeMap<EventId, Known> = self
            .log
            .iter()
            .map(|r| (r.event.id, Known { content: r.event.content_hash(), verdict: r.verdict.clone() }))
            .collect();
        let caller = Caller {
            account: self.accounts[n],
            device: self.devices[n],
            tablet: "tablet",
            access: &self.access,
            now_ms: self.now_ms,
            today: "2021-03-10".parse().expect("a day"),
            seed: [7; 32],
        };
        let verdicts = if forked {
            vec![]
        } else {
            let (verdicts, records) =
                self.shard.admit_batch(&self.programme, &caller, &request.events, known);
            self.log.extend(records);
            verdicts
        };
        let who = (self.accounts[n], self.devices[n]);
        let ended = self.shard.ended(&self.access, who, Stamp(self.now_ms));
        let grants = if ended.is_some() { vec![] } else { self.grants(n) };
        let view = View::of(&self.shard.state, &grants);
        let mut reply = self.shard.reply(&request, &view, verdicts, forked, self.now_ms);
        reply.ended = ended;
        let wire = serde_json::to_vec(&reply).expect("a reply can be written");
        serde_json::from_slice(&wire).expect("and read")
    }

    /// Exchanges with a device, a few events a request; until nothing waits, or once.
    pub fn exchange(&mut self, device: &mut Client, events_a_request: usize, until_done: bool) {
        let n = self.devices.iter().position(|d| *d == device.request(Want::View).device).expect("a device");
        for _ in 0..10_000 {
            let mut request = device.request(Want::View);
            request.events.truncate(events_a_request);
            let reply = self.answer(&request, n);
            device.receive(reply, WallMs(self.now_ms));
            if !until_done || !device.wants_more() {
                return;
            }
        }
        panic!("the device's queue never empties");
    }

    /// A day, for short.
    pub fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }
}
