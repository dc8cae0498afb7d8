//! A country of three shards that follow each other over a network that tests break: what crosses shards, end to end.
//!
//! A node's [`Disk`] is what its storage holds; the shard in memory is only a fold of it. Devices keep what they
//! wrote and send it again, in order, to a shard that was restored from an older copy.

mod acts;
mod breach;
mod network;

use super::{programme, text};
use crate::event::{
    ApprovePlan, Body, Decision, EndLoan, Event, EventId, Fact, ImportPart, Lend, Marks, PlannedGroup,
    PublishPlan, PutPlan, Transfer,
};
use crate::grant::{Access, Account, AccountRole, Grant};
use crate::id::*;
use crate::programme::{Level, Programme, Unit};
use crate::roster::{ImportRow, PersonRow, Target};
use crate::state::*;
use crate::sync::follow::{Answer, Ask, Place};
use crate::sync::server::{Caller, Known, Record, Shard};
use crate::sync::{Rejection, Verdict};
use crate::time::{Day, Stamp, WallMs};
use std::collections::{BTreeMap, BTreeSet};

/// People of each shard, by their last digit: the first two train, the others are trained.
pub const PEOPLE: u64 = 5;
const TRAINERS: u64 = 2;
const ROOMS: u64 = 4;
/// Headquarters, the second person, a coordinator.
const HQ: u64 = 1;
const APPROVER: u64 = 2;
const COORDINATOR: u64 = 3;

/// What a node's storage holds.
#[derive(Clone, Debug)]
pub struct Disk {
    pub log: Vec<Record>,
    pub places: BTreeMap<ShardId, Place>,
    /// Shards that said "look".
    pub looks: BTreeSet<ShardId>,
}

/// One shard: its storage and its memory.
pub struct Node {
    pub shard: Shard,
    pub disk: Disk,
    pub copies: Vec<Disk>,
    /// What devices have sent here and keep, in order.
    pub kept: Vec<Event>,
    /// Restored since the devices last sent everything again.
    pub behind: bool,
}

/// Something on its way.
#[derive(Clone, Debug)]
pub enum Message {
    Ask(usize, Ask),
    Answer(usize, Answer),
    Look(usize, ShardId),
}

/// Three shards, their network and their people.
pub struct Country {
    pub programme: Programme,
    pub access: Access,
    pub nodes: Vec<Node>,
    pub network: Vec<Message>,
    pub today: Day,
    pub now_ms: i64,
    /// Any restore makes some expectations weaker: what was lost with it is lost.
    pub restored: bool,
    /// All names a person was ever given.
    pub names: BTreeMap<PersonId, Vec<String>>,
    drawn: u64,
}

/// The programme of [`super::programme`] with a second region.
pub fn country_programme() -> Programme {
    let mut programme = programme();
    for (code, parent, level, shard) in
        [("osh", "KG", Level::Region, Some("kg-osh")), ("alay", "osh", Level::District, None)]
    {
        programme.units.push(Unit {
            code: code.parse().unwrap(),
            parent: Some(parent.parse().unwrap()),
            level,
            name: text(code),
            lat: 40.5,
            lon: 72.8,
            shard: shard.map(|s| s.parse().unwrap()),
            aliases: vec![],
        });
    }
    programme
}

fn pec() -> StageCode {
    "pec".parse().unwrap()
}

impl Default for Country {
    fn default() -> Self {
        Self::new()
    }
}

impl Country {
    /// `kg`, `kg-naryn` and `kg-osh`, each with its own people.
    pub fn new() -> Self {
        let mut access = Access { version: 1, ..Access::default() };
        let roles = [
            (HQ, AccountRole::Hq),
            (APPROVER, AccountRole::Approver),
            (COORDINATOR, AccountRole::Coordinator),
        ];
        for (id, role) in roles {
            let account = AccountId(id);
            let tablets = vec![format!("tablet-{id}")];
            access.accounts.insert(
                account,
                Account {
                    id: account,
                    name: "A".into(),
                    created_by: None,
                    opened_by: Default::default(),
                    tablets,
                },
            );
            access.grants.push(Grant {
                id: GrantId(id),
                account,
                role,
                shard: None,
                person: None,
                sessions: Default::default(),
                from: Stamp(0),
                until: None,
                ended: None,
            });
        }
        let mut country = Self {
            programme: country_programme(),
            access,
            nodes: vec![],
            network: vec![],
            today: "2021-03-01".parse().unwrap(),
            now_ms: 1_800_000_000_000,
            restored: false,
            names: BTreeMap::new(),
            drawn: 0,
        };
        for (n, shard) in ["kg", "kg-naryn", "kg-osh"].into_iter().enumerate() {
            country.nodes.push(Node {
                shard: Shard::new(shard.parse().unwrap()),
                disk: Disk { log: vec![], places: BTreeMap::new(), looks: BTreeSet::new() },
                copies: vec![],
                kept: vec![],
                behind: false,
            });
            country.settle(n);
        }
        country
    }

    /// The unit in which a shard's groups of `pec` meet.
    fn unit(&self, n: usize) -> UnitCode {
        ["KG", "at-bashy", "alay"][n].parse().unwrap()
    }

    fn settle(&mut self, n: usize) {
        let unit = self.unit(n);
        let mut cells = vec![];
        for room in 1..=ROOMS {
            let card = VenueCard {
                code: String::new(),
                name: "School".into(),
                unit: unit.clone(),
                address: String::new(),
                capacity: 40,
                at: None,
                closed: None,
            };
            cells.push(Cell::Venue(VenueId(n as u64 * 100 + room), card));
        }
        for p in 0..PEOPLE {
            let person = PersonId(n as u64 * 100 + p);
            let name = format!("Person {}", person.0);
            self.names.entry(person).or_default().push(name.clone());
            cells.push(Cell::Name(
                person,
                PersonName { name, other: format!("Адам {p}"), language: "ky".into() },
            ));
            let contact = Contact { key: format!("K{}", person.0), phone: format!("+996 {}", person.0) };
            cells.push(Cell::Contact(person, contact));
            if p < TRAINERS {
                let card = TrainerCard { unit: unit.clone(), active: true, qualified: true };
                cells.push(Cell::Trainer((person, pec()), card));
            } else {
                let place = crate::state::Place::Unit(unit.clone());
                let seat = Seat { place, role: "pec-member".parse().unwrap(), n: p as u16 };
                cells.push(Cell::Holder(seat, Some(person)));
            }
        }
        let mut record = Record {
            seq: 1,
            event: Event {
                id: EventId { device: DeviceId(80), run: RunId(0), n: 1 },
                shard: self.nodes[n].shard.id.clone(),
                actor: AccountId(HQ),
                wall: WallMs(self.now_ms),
                offset: 0,
                seen: 0,
                kind: "import".into(),
                version: 1,
                payload: String::new(),
            },
            verdict: Verdict::Admitted { seq: 1 },
            stamp: Stamp(self.now_ms),
            server_ms: self.now_ms,
            salt: Default::default(),
            digest: Default::default(),
            chain: Default::default(),
            effect: Some(cells),
            replaced: None,
        };
        record.chain = crate::sync::chain::chain(&Default::default(), &record);
        let node = &mut self.nodes[n];
        node.shard.fold(&record);
        node.disk.log.push(record);
        node.copies.push(node.disk.clone());
    }

    fn draw(&mut self) -> u64 {
        self.drawn += 1;
        self.drawn
    }

    /// The place of a shard among the nodes.
    pub fn at(&self, shard: &ShardId) -> Option<usize> {
        self.nodes.iter().position(|n| n.shard.id == *shard)
    }

    fn seed(&mut self) -> [u8; 32] {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.draw().to_be_bytes());
        seed
    }

    /// Sends one event of an account to a shard and stores what comes of it.
    pub fn send(&mut self, n: usize, account: u64, body: Body) -> Verdict {
        let (kind, version) = body.kind();
        let draw = self.draw();
        let event = Event {
            id: EventId { device: DeviceId(account), run: RunId(7), n: draw as u32 },
            shard: self.nodes[n].shard.id.clone(),
            actor: AccountId(account),
            wall: WallMs(self.now_ms),
            offset: 0,
            seen: self.nodes[n].shard.head.seq,
            kind: kind.to_owned(),
            version,
            payload: body.encode(),
        };
        // Where both shards of a transfer have forgotten it, an import sent again makes the person anew, and a merge
        // has to join the two: see decision 14.
        if event.kind != "import" {
            self.nodes[n].kept.push(event.clone());
        }
        self.judge(n, event)
    }

    fn judge(&mut self, n: usize, event: Event) -> Verdict {
        self.now_ms += 1;
        let seed = self.seed();
        let Self { nodes, access, programme, now_ms, today, .. } = self;
        let node = &mut nodes[n];
        let caller = Caller {
            account: event.actor,
            device: event.id.device,
            tablet: &format!("tablet-{}", event.actor.0),
            access,
            now_ms: *now_ms,
            today: *today,
            seed,
        };
        let known = node
            .disk
            .log
            .iter()
            .map(|r| (r.event.id, Known { content: r.event.content_hash(), verdict: r.verdict.clone() }))
            .collect();
        let (mut verdicts, records) = node.shard.admit_batch(programme, &caller, &[event], known);
        node.disk.log.extend(records);
        verdicts.pop().map(|(_, verdict)| verdict).expect("a verdict")
    }
}

fn seq(verdict: &Verdict) -> Result<u64, Option<Rejection>> {
    match verdict {
        Verdict::Admitted { seq } => Ok(*seq),
        Verdict::Refused(refusal) => Err(Some(refusal.why.clone())),
        _ => Err(None),
    }
}
