//! A small world on a real server, made through the API alone: one district with two sessions of 36, published.
//!
//! The server must be a demo one: the world stands on the first session's first day, in March 2021.

mod rows;
pub mod steps;

use crate::device::operator::invitation;
use crate::device::{Device, Operator, now_ms};
use crate::server::{Options, Server, dist};
use anyhow::{Context, Result};
use shared::api::{Me, Overview};
use shared::event::{Body, Fact, Marks, PlannedGroup};
use shared::grant::AccountRole;
use shared::id::{PersonId, ShardId, StageCode, UnitCode};
use shared::programme::Programme;
use shared::roster::Target;
use shared::state::{Method, Status};
use shared::sync::Verdict;
use shared::tally::Counts;
use shared::time::{Day, WallMs};
use std::path::Path;
use steps::{Published, import, plan_and_publish};

/// The operator's key of servers made here.
pub const OPERATOR_KEY: &str = "operator-key-of-a-test";
/// People in each of the two sessions.
pub const GROUP: usize = 36;
/// Polling stations of the district, twelve people each.
const STATIONS: usize = 6;

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
    options.test_faults = true;
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
    import(&mut hq, &shard, "stations", Target::Stations, rows::stations(&district)?)?;
    import(&mut hq, &shard, "rooms", Target::Rooms, rows::rooms(&district))?;
    import(&mut hq, &shard, "trainers", Target::Trainers, rows::trainers(&district, &stage))?;
    import(&mut hq, &shard, "people", Target::People, rows::people(&programme, &stage, &district)?)?;
    let published =
        plan_and_publish(&mut hq, &mut approver, &shard, &stage)?.context("nobody to be taught")?;

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

    /// Attendance of people of [`World::session`] on one of its days.
    pub fn marks(&self, day: u8, people: &[PersonId], status: Status, method: Method) -> Body {
        let date = self.session.days.get(usize::from(day)).copied().unwrap_or_default();
        let people = people.iter().map(|p| (*p, Some(status))).collect();
        Body::Fact(Fact::Mark(Marks { session: self.session.id, day, date, method, people }))
    }

    /// What headquarters counts of the stage in the shard.
    ///
    /// # Errors
    /// Where the overview does not come.
    pub fn counts(&mut self) -> Result<Counts> {
        let overview: Overview = self.hq.read("/api/v1/overview")?;
        let tally = overview.shards.into_iter().find(|t| t.shard == self.shard).context("the shard")?;
        tally.stages.get(&self.published.problem.stage).copied().context("the stage")
    }

    /// Whether the server still does its ordinary work: it answers, signs in a new device and admits a mark.
    ///
    /// # Errors
    /// What it does not do any more.
    pub fn check_still_works(&mut self) -> Result<()> {
        let me: Me = self.lead.read("/api/v1/me")?;
        anyhow::ensure!(me.account == self.lead.account, "somebody else");
        let person = self.session.people.last().copied().context("a person")?;
        let body = self.marks(1, &[person], Status::Present, Method::Tap);
        let mut fresh = Device::join(&self.base_url, &self.code(AccountRole::Coordinator, None)?)?;
        let verdict = fresh.deposit(&self.shard, body)?;
        anyhow::ensure!(matches!(verdict, Verdict::Admitted { .. }), "{verdict:?}");
        Ok(())
    }
}

/// Sets the server's own clock ahead of the real one: 0 puts it back, as a restart does. Only [`demo_server`] has it.
///
/// # Errors
/// Where the server does not take it.
pub fn set_clock_ahead(base_url: &str, by: std::time::Duration) -> Result<()> {
    let path = format!("/api/v1/test/clock-ahead/{}", by.as_millis());
    let reply = crate::api::ApiDevice::new(base_url)?.ask("POST", &path, &[], b"")?;
    anyhow::ensure!(reply.status == 200, "{path} answered {}", reply.status);
    Ok(())
}

/// Moves a demo server so that the programme's today is a day.
///
/// # Errors
/// Where the server refuses.
pub fn stand_on(operator: &Operator, programme: &Programme, today: Day) -> Result<()> {
    let real = Day::of(WallMs(now_ms()), programme.utc_offset_min, 0);
    operator.set_day_offset(today.0 - real.0)
}
