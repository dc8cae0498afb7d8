//! A small world on a real server, made through the API alone: one district with two sessions of 36, published.
//!
//! The server must be a demo one: the world stands on the first session's first day, in March 2021.

pub mod steps;

use crate::device::operator::invitation;
use crate::device::{Device, Operator, now_ms};
use crate::server::{Options, Server, dist};
use anyhow::{Context, Result};
use shared::event::PlannedGroup;
use shared::grant::AccountRole;
use shared::id::{PersonId, RoleCode, ShardId, StageCode, UnitCode};
use shared::programme::{Programme, Seats};
use shared::roster::{ImportRow, PersonRow, Point, RoomRow, StationRow, Target, TrainerRow};
use shared::time::{Day, WallMs};
use std::path::Path;
use steps::{Published, import, plan_and_publish};

/// The operator's key of servers made here.
pub const OPERATOR_KEY: &str = "operator-key-of-a-test";
/// People in each of the two sessions.
pub const GROUP: usize = 36;
/// Polling stations of the district, twelve people each.
const STATIONS: usize = 6;
/// Trainers, two a session and one without any.
const TRAINERS: usize = 5;

/// A district with two published sessions, and a device of everyone who matters there.
pub struct World {
    /// The server's address.
    pub base_url: String,
    /// Its operator.
    pub operator: Operator,
    /// The programme.
    pub programme: Programme,
    /// The shard.
    pub shard: ShardId,
    /// Its only district with people.
    pub district: UnitCode,
    /// The plan.
    pub published: Published,
    /// The session that begins today; the first of its trainers leads.
    pub session: PlannedGroup,
    /// The other session.
    pub other_session: PlannedGroup,
    /// Headquarters.
    pub hq: Device,
    /// The second person of headquarters.
    pub approver: Device,
    /// The shard's coordinator.
    pub coordinator: Device,
    /// The lead trainer of [`World::session`].
    pub lead: Device,
    /// The second trainer of the same session.
    pub second: Device,
    /// A trainer of the same shard who has nothing to do with it.
    pub outsider: Device,
}

/// A demo server of this workspace's build on a folder.
///
/// # Errors
/// Where it does not start.
pub fn demo_server(storage: &Path) -> Result<Server> {
    let mut options = Options::new(dist(), storage);
    options.demo = true;
    OPERATOR_KEY.clone_into(&mut options.operator_key);
    Server::start(options)
}

/// The pack of Kyrgyzstan 2021, groups of 36 instead of its own norm.
///
/// # Errors
/// Where the pack is broken.
pub fn pack() -> Result<Programme> {
    let mut programme = kyrgyzstan()?;
    for stage in &mut programme.stages {
        (stage.norm, stage.max) = (GROUP as u16, GROUP as u16);
    }
    Ok(programme)
}

/// The pack of Kyrgyzstan 2021 as it ships.
///
/// # Errors
/// Where it is broken.
pub fn kyrgyzstan() -> Result<Programme> {
    let json = include_str!("../../../programmes/kyrgyzstan-2021/programme.json");
    shared::programme::read(json).map_err(|problems| anyhow::anyhow!("the pack is broken: {problems:?}"))
}

/// Makes the small world on a server that has nothing yet.
///
/// # Errors
/// Where the server refuses a step.
pub fn small_world(server: &Server) -> Result<World> {
    let base_url = server.base_url();
    let operator = Operator::new(&base_url, &server.options().operator_key)?;
    let programme = pack()?;
    operator.put_programme(&serde_json::to_string(&programme)?)?;
    stand_on(&operator, &programme, "2021-02-16".parse()?)?;

    let (shard, district): (ShardId, UnitCode) = ("kg-naryn".parse()?, "KG-N-at-bashy".parse()?);
    let join = |role, shard: Option<&ShardId>, person: Option<PersonId>| {
        let invited = operator.invite(&invitation(&format!("{role:?}"), role, shard, person))?;
        Device::join(&base_url, &invited.code)
    };
    let mut hq = join(AccountRole::Hq, None, None)?;
    let mut approver = join(AccountRole::Approver, None, None)?;
    let coordinator = join(AccountRole::Coordinator, Some(&shard), None)?;

    let stage: StageCode = "pec".parse()?;
    import(&mut hq, &shard, Target::Stations, stations(&district)?)?;
    import(&mut hq, &shard, Target::Rooms, rooms(&district))?;
    import(&mut hq, &shard, Target::Trainers, trainers(&district, &stage))?;
    import(&mut hq, &shard, Target::People, people(&programme, &stage, &district)?)?;
    let published = plan_and_publish(&mut hq, &mut approver, &shard, &stage)?;

    let mut groups = published.groups.iter().cloned();
    let (session, other_session) = groups.next().zip(groups.next()).context("two sessions")?;
    stand_on(&operator, &programme, *session.days.first().context("a day")?)?;
    let [lead, second, ..] = session.trainers[..] else { anyhow::bail!("two trainers") };
    let mut everyone = published.problem.trainers.iter().map(|t| t.person);
    let outsider = everyone.find(|t| !session.trainers.contains(t)).context("a third trainer")?;
    let trainer = |person| join(AccountRole::Trainer, Some(&shard), Some(person));
    let (lead, second, outsider) = (trainer(lead)?, trainer(second)?, trainer(outsider)?);
    Ok(World {
        base_url,
        operator,
        programme,
        shard,
        district,
        published,
        session,
        other_session,
        hq,
        approver,
        coordinator,
        lead,
        second,
        outsider,
    })
}

impl World {
    /// A fresh code for an account of a role: a trainer's is the trainer's own account.
    ///
    /// # Errors
    /// Where the server refuses.
    pub fn code(&self, role: AccountRole, person: Option<PersonId>) -> Result<String> {
        let scoped = !matches!(role, AccountRole::Hq | AccountRole::Approver | AccountRole::Auditor);
        let invite = invitation(&format!("{role:?}"), role, scoped.then_some(&self.shard), person);
        Ok(self.operator.invite(&invite)?.code)
    }
}

/// Moves a demo server so that the programme's today is a day.
///
/// # Errors
/// Where the server refuses.
pub fn stand_on(operator: &Operator, programme: &Programme, today: Day) -> Result<()> {
    let real = Day::of(WallMs(now_ms()), programme.utc_offset_min, 0);
    operator.set_day_offset(today.0 - real.0)
}

fn stations(district: &UnitCode) -> Result<Vec<ImportRow>> {
    let row = |n: usize| {
        Ok(ImportRow::Station(StationRow {
            code: station_code(n),
            name: format!("School {n}"),
            unit: district.clone(),
            address: String::new(),
            at: Some(point(n).context("a point")?),
        }))
    };
    (1..=STATIONS).map(row).collect()
}

fn station_code(n: usize) -> String {
    format!("{:04}", 7_000 + n)
}

fn point(n: usize) -> Option<Point> {
    Point::from_degrees(41.17 + 0.01 * n as f64, 75.8)
}

fn rooms(district: &UnitCode) -> Vec<ImportRow> {
    let row = |n: usize| {
        ImportRow::Room(RoomRow {
            code: format!("R{n}"),
            name: format!("Hall {n}"),
            unit: district.clone(),
            address: String::new(),
            capacity: 40,
            at: point(n),
        })
    };
    (1..=2).map(row).collect()
}

fn trainers(district: &UnitCode, stage: &StageCode) -> Vec<ImportRow> {
    let row = |n: usize| {
        ImportRow::Trainer(TrainerRow {
            key: format!("T{n}"),
            name: format!("Trainer {n}"),
            name_other: String::new(),
            unit: district.clone(),
            stage: stage.clone(),
            phone: String::new(),
            language: String::new(),
            qualified: Some(true),
        })
    };
    (1..=TRAINERS).map(row).collect()
}

/// Twelve people a station: each role's seats in the pack's order, one more of the last.
fn people(programme: &Programme, stage: &StageCode, district: &UnitCode) -> Result<Vec<ImportRow>> {
    let stage = programme.stage(stage).context("the stage")?;
    let mut roles: Vec<&RoleCode> = vec![];
    for role in stage.audience.iter().filter_map(|code| programme.role(code)) {
        if let Seats::Station(seats) = role.seats {
            roles.extend(std::iter::repeat_n(&role.code, usize::from(seats)));
        }
    }
    roles.extend(roles.last().copied());
    let mut rows = vec![];
    for station in 1..=STATIONS {
        for role in &roles {
            let n = rows.len() + 1;
            rows.push(ImportRow::Person(PersonRow {
                key: format!("P{n}"),
                name: format!("Person {n}"),
                name_other: String::new(),
                station: Some(station_code(station)),
                unit: district.clone(),
                role: (*role).clone(),
                seat: None,
                phone: format!("+996 000 {n:06}"),
                language: "ky".into(),
            }));
        }
    }
    Ok(rows)
}
