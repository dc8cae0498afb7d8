//! The country in which stories happen: two regions, a shard each; small, so that everything meets everything.

use shared::grant::{Access, Account, AccountRole, Grant};
use shared::id::{
    AccountId, DeviceId, GrantId, PersonId, PlanId, SessionId, ShardId, StageCode, StationId, UnitCode,
    VenueId,
};
use shared::programme::{Level, Programme, Unit};
use shared::state::{
    Cell, Contact, PersonName, Place, PlanCard, PlanState, Seat, SessionCard, StationCard, TrainerCard,
    VenueCard,
};
use shared::time::{Day, Stamp};

/// When stories begin.
pub const START_MS: i64 = 1_800_000_000_000;
/// The programme's day, all the time.
pub const TODAY: Day = Day(18_687);
/// Shards.
pub const SHARDS: usize = 2;

pub const HQ: AccountId = AccountId(1);
pub const APPROVER: AccountId = AccountId(2);
/// Made by the approver, so that approval is sometimes refused.
const OPERATOR: AccountId = AccountId(3);

/// A tablet or computer at the beginning.
pub struct Place0 {
    pub device: DeviceId,
    pub account: AccountId,
    pub shard: usize,
    /// Headquarters wants verdicts only.
    pub decides_only: bool,
}

/// The accounts of one shard.
pub fn lead(shard: usize) -> AccountId {
    AccountId(10 * (shard as u64 + 1) + 1)
}
pub fn second(shard: usize) -> AccountId {
    AccountId(10 * (shard as u64 + 1) + 2)
}
pub fn coordinator(shard: usize) -> AccountId {
    AccountId(10 * (shard as u64 + 1) + 3)
}

/// The person on the roster whom a trainer's account is.
pub fn trainer_person(shard: usize, nth: u64) -> PersonId {
    PersonId(base(shard) + 90 + nth)
}

fn base(shard: usize) -> u64 {
    1_000 * (shard as u64 + 1)
}

pub fn shard_id(shard: usize) -> ShardId {
    code(["kg-naryn", "kg-osh"][shard % SHARDS])
}

/// The stage that is taught.
pub fn stage() -> StageCode {
    code("pec")
}

/// The district of a shard in which everybody is.
pub fn unit(shard: usize) -> UnitCode {
    code(["at-bashy", "nookat"][shard % SHARDS])
}

/// A room of a shard, by number.
pub fn venue(shard: usize, n: u64) -> VenueId {
    VenueId(base(shard) + 500 + n % 3)
}

/// A person of a shard's roster, by number.
pub fn person(shard: usize, n: u64) -> PersonId {
    PersonId(base(shard) + n % PEOPLE)
}

/// Seats of the stage in each shard.
pub const PEOPLE: u64 = 12;

/// Sessions published at the beginning.
pub fn first_sessions(shard: usize) -> [SessionId; 2] {
    [SessionId(base(shard) + 1), SessionId(base(shard) + 2)]
}

fn code<T: core::str::FromStr>(text: &str) -> T {
    match text.parse() {
        Ok(code) => code,
        Err(_) => unreachable!("a code written in this file"),
    }
}

/// The programme of [`shared::testing`] with a second region.
pub fn programme() -> Programme {
    let mut programme = shared::testing::programme();
    let add = |code_: &str, parent: &str, level, shard: Option<&str>| Unit {
        code: code(code_),
        parent: Some(code(parent)),
        level,
        name: shared::testing::text(code_),
        lat: 40.5,
        lon: 72.8,
        shard: shard.map(code),
        aliases: vec![],
    };
    programme.units.push(add("osh", "KG", Level::Region, Some("kg-osh")));
    programme.units.push(add("nookat", "osh", Level::District, None));
    programme
}

/// Everybody's rights.
pub fn access() -> Access {
    let mut access = Access { version: 1, ..Access::default() };
    let mut give = |account: AccountId, role, shard: Option<usize>, person, created_by: Option<AccountId>| {
        let tablets = vec![format!("tablet of {account}")];
        let (name, opened_by) = (account.to_string(), created_by.into_iter().collect());
        access.accounts.insert(account, Account { id: account, name, created_by, opened_by, tablets });
        let id = GrantId(access.grants.len() as u64);
        let shard = shard.map(shard_id);
        access.grants.push(Grant {
            id,
            account,
            role,
            shard,
            person,
            sessions: Default::default(),
            from: Stamp(0),
            until: None,
            ended: None,
        });
    };
    give(HQ, AccountRole::Hq, None, None, None);
    give(APPROVER, AccountRole::Approver, None, None, Some(OPERATOR));
    for shard in 0..SHARDS {
        give(coordinator(shard), AccountRole::Coordinator, Some(shard), None, Some(HQ));
        let who = [(lead(shard), trainer_person(shard, 1)), (second(shard), trainer_person(shard, 2))];
        for (account, person) in who {
            give(account, AccountRole::Trainer, Some(shard), Some(person), Some(coordinator(shard)));
        }
    }
    access
}

/// Where the story's people sit: two devices of one trainer, a second trainer, offices, a second region.
pub fn tablets() -> Vec<Place0> {
    let at = |device, account, shard, decides_only| Place0 {
        device: DeviceId(device),
        account,
        shard,
        decides_only,
    };
    vec![
        at(0x11, lead(0), 0, false),
        at(0x12, lead(0), 0, false),
        at(0x13, second(0), 0, false),
        at(0x14, coordinator(0), 0, false),
        at(0x15, APPROVER, 0, false),
        at(0x16, HQ, 0, true),
        at(0x21, lead(1), 1, false),
        at(0x23, coordinator(1), 1, false),
        at(0x16, HQ, 1, true),
    ]
}

/// The registers with which a shard begins, in two records: a roster, and a published plan.
pub fn seed_cells(shard: usize) -> [Vec<Cell>; 2] {
    let (unit, stage) = (unit(shard), stage());
    let mut roster = vec![];
    let name = |id: PersonId| PersonName {
        name: format!("Person {id}"),
        other: String::new(),
        language: String::new(),
    };
    let mut people: Vec<PersonId> = (0..PEOPLE).map(|n| person(shard, n)).collect();
    people.extend([1, 2, 3].map(|n| trainer_person(shard, n)));
    let station = StationId(base(shard) + 700);
    let card = StationCard {
        code: "7001".into(),
        name: "School".into(),
        unit: unit.clone(),
        address: String::new(),
        at: None,
    };
    roster.push(Cell::Station(station, card));
    for (n, id) in (1u16..).zip(&people) {
        let trains = id.0 >= base(shard) + 90;
        let role = code(if trains { "rec-member" } else { "pec-member" });
        let place = if n % 2 == 0 { Place::Station(station) } else { Place::Unit(unit.clone()) };
        roster.push(Cell::Name(*id, name(*id)));
        roster.push(Cell::Contact(*id, Contact { key: format!("key {id}"), phone: format!("phone {id}") }));
        roster.push(Cell::Holder(Seat { place, role, n }, Some(*id)));
        if trains {
            let card = TrainerCard { unit: unit.clone(), active: true, qualified: true };
            roster.push(Cell::Trainer((*id, stage.clone()), card));
        }
    }
    for n in 0..3 {
        let card = VenueCard {
            code: String::new(),
            name: format!("Room {n}"),
            unit: unit.clone(),
            address: String::new(),
            capacity: 40,
            at: None,
            closed: None,
        };
        roster.push(Cell::Venue(venue(shard, n), card));
    }
    [roster, first_plan(shard)]
}

fn first_plan(shard: usize) -> Vec<Cell> {
    let plan = PlanId(base(shard));
    let card = PlanCard {
        stage: stage(),
        state: PlanState::Published,
        author: HQ,
        sessions: 2,
        placed: 6,
        unplaced: 0,
    };
    let mut cells = vec![Cell::Plan(plan, card)];
    for (at, (session, trainers)) in (0u8..).zip(first_sessions(shard).into_iter().zip([vec![1, 2], vec![2]]))
    {
        let trainers: Vec<PersonId> = trainers.into_iter().map(|n| trainer_person(shard, n)).collect();
        cells.extend(trainers.iter().map(|t| Cell::Assigned((session, *t), true)));
        let card = SessionCard {
            number: u32::from(at) + 1,
            stage: stage(),
            plan,
            unit: unit(shard),
            venue: venue(shard, u64::from(at)),
            days: vec![Day(18_687), Day(18_688)],
            slot: at,
            trainers,
        };
        cells.push(Cell::Session(session, card));
        let people = (0..3).map(|n| person(shard, u64::from(at) * 3 + n));
        cells.extend(people.map(|p| Cell::Enrolment((p, stage()), Some(session))));
    }
    cells
}
