//! The main job, from an empty folder to the commission's table, through real pages on a real server: headquarters
//! brings a programme and its people in, plans, another person approves, trainers work for two days without a
//! server, and the figures at headquarters are what they marked.

use anyhow::{Context, Result, ensure};
use cascade_tests::browser::{Clock, Profile};
use cascade_tests::device::operator::invitation;
use cascade_tests::device::{Device, Operator};
use cascade_tests::journey::files::{GROUP, SESSIONS, write};
use cascade_tests::journey::{Approver, Coordinator, Figures, Hq, Trainer, picture};
use cascade_tests::server::Server;
use cascade_tests::world::{demo_server, pack, stand_on};
use shared::grant::AccountRole;
use shared::id::{PersonId, SessionId, ShardId};
use shared::programme::Programme;
use shared::sync::Want;
use shared::time::Day;
use std::path::{Path, PathBuf};

const SHARD: &str = "kg-naryn";
const STAGE: &str = "pec";
const EVENT: &str = "Training for PEC members";

/// What the published plan says of a session: who teaches it, by name, the lead first.
struct Session {
    id: SessionId,
    days: Vec<Day>,
    trainers: Vec<String>,
    people: Vec<String>,
}

/// A server, its operator, and a folder for everybody's device.
struct Stage {
    server: Server,
    operator: Operator,
    programme: Programme,
    dir: tempfile::TempDir,
}

impl Stage {
    fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let server = demo_server(&dir.path().join("server"))?;
        let operator = Operator::new(&server.base_url(), &server.options().operator_key)?;
        Ok(Self { server, operator, programme: pack()?, dir })
    }

    fn url(&self) -> String {
        self.server.base_url()
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn desk(&self, name: &str) -> Profile {
        Profile::desk(self.folder(name))
    }

    /// A tablet held across.
    fn tablet(&self, name: &str) -> Profile {
        Profile { size: (1280, 800), ..Profile::tablet(self.folder(name)) }
    }

    fn today_is(&self, day: Day) -> Result<()> {
        stand_on(&self.operator, &self.programme, day)
    }

    fn operators_code(&self, name: &str, role: AccountRole) -> Result<String> {
        Ok(self.operator.invite(&invitation(name, role, None, None))?.code)
    }

    /// The shipped pack with groups of 36, as headquarters would edit it.
    fn pack_of_36(&self) -> Result<PathBuf> {
        let path = self.folder("programme.json");
        std::fs::write(&path, serde_json::to_string(&self.programme)?)?;
        Ok(path)
    }

    /// Reads the published sessions as a coordinator's device does.
    fn sessions(&self) -> Result<Vec<Session>> {
        let shard: ShardId = SHARD.parse()?;
        let invite = invitation("Deputy", AccountRole::Coordinator, Some(&shard), None);
        let mut device = Device::join(&self.url(), &self.operator.invite(&invite)?.code)?;
        device.sync(&shard, Want::View)?;
        let state = device.shown(&shard);
        let name = |p: &PersonId| state.names.get(p).map(|n| n.value.name.clone()).unwrap_or_default();
        let index = shared::state::Index::of(state);
        let mut sessions: Vec<Session> = state
            .published_sessions()
            .map(|(id, card)| Session {
                id,
                days: card.days.clone(),
                trainers: card.trainers.iter().map(name).collect(),
                people: index.people_of(id).iter().map(name).collect(),
            })
            .collect();
        sessions.sort_by_key(|s| s.trainers.clone());
        Ok(sessions)
    }
}

/// Headquarters brings everything in.
fn bring_in(hq: &Hq, pack: &Path, dir: &Path) -> Result<()> {
    hq.load_shipped_programme()?;
    picture(&hq.browser, "hq-programme")?;
    hq.replace_programme(pack)?;
    let files = write(dir)?;
    for (holds, file, rows) in [
        ("Stations", &files.stations, 4 * SESSIONS),
        ("Rooms", &files.rooms, SESSIONS),
        ("Trainers", &files.trainers, 2 * SESSIONS),
        ("People", &files.people, GROUP * SESSIONS),
    ] {
        let said = hq.import(holds, file).with_context(|| holds.to_owned())?;
        ensure!(said.contains(&format!("{rows} added, 0 changed, 0 left")), "{holds}: {said}");
    }
    picture(&hq.browser, "hq-imported")
}

/// Two days without a server: everyone, then who was not; the page loaded again in between.
fn work_two_days(trainer: &mut Trainer, session: SessionId) -> Result<()> {
    trainer.open_by_deep_link(&session.to_string())?;
    trainer.everyone_present("36 of 36")?;
    trainer.mark(1, "absent")?;
    trainer.mark(2, "late")?;
    trainer.mark(3, "excused")?;
    trainer.wait_count("34 of 36")?;
    trainer.wait_custody("OnTablet")?;

    let before = trainer.rows()?;
    trainer.reload()?;
    trainer.wait_count("34 of 36")?;
    ensure!(trainer.rows()? == before, "the first day changed by loading the page again");

    trainer.choose_day(2)?;
    trainer.wait_count("0 of 36")?;
    trainer.everyone_present("36 of 36")?;
    trainer.mark(3, "absent")?;
    trainer.wait_custody("OnTablet")?;
    trainer.wait_pill("Offline · 6 safe on this tablet")
}

fn the_whole_job() -> Result<()> {
    let mut stage = Stage::new()?;
    let url = stage.url();
    stage.today_is("2021-02-28".parse()?)?;

    let code = stage.operators_code("Training department", AccountRole::Hq)?;
    let hq = Hq::join(stage.desk("hq"), &url, &code)?;
    bring_in(&hq, &stage.pack_of_36()?, stage.dir.path())?;

    hq.plan(STAGE)?;
    picture(&hq.browser, "hq-planned")?;
    let code = stage.operators_code("Deputy head", AccountRole::Approver)?;
    let approver = Approver::join(stage.desk("approver"), &url, &code)?;
    approver.approve(STAGE, "Checked with the district")?;
    picture(&approver.browser, "approver-approved")?;
    hq.publish(STAGE)?;
    approver.browser.close()?;

    let code = hq.give_code("Coordinator of Naryn", "Coordinator", Some("Naryn region"))?;
    let coordinator = Coordinator::join(stage.desk("coordinator"), &url, &code)?;
    let sessions = stage.sessions()?;
    ensure!(sessions.len() == SESSIONS, "{} sessions", sessions.len());
    for s in &sessions {
        eprintln!("{} {:?} {:?} {}", s.id, s.days, s.trainers, s.people.len());
    }

    let clocks = [None, Some(Clock::in_year(2040)), Some(Clock::in_year(2001))];
    let mut trainers = vec![];
    for (n, (session, clock)) in sessions.iter().zip(clocks).enumerate() {
        let lead = session.trainers.first().context("a lead trainer")?;
        let profile = Profile { clock, ..stage.tablet(&format!("tablet-{n}")) };
        let trainer = Trainer::join(profile, &url, &coordinator.give_code_to(lead)?)?;
        trainer.get_ready()?;
        trainers.push(trainer);
    }
    let first_day = sessions.iter().filter_map(|s| s.days.first()).min().context("a day")?;
    stage.today_is(*first_day)?;
    for trainer in &mut trainers {
        trainer.look_at_today()?;
        picture(trainer.browser()?, "trainer-today")?;
        trainer.put_away()?;
    }

    stage.server.kill()?;
    for (trainer, session) in trainers.iter_mut().zip(&sessions) {
        work_two_days(trainer, session.id)?;
    }
    picture(trainers[0].browser()?, "trainer-offline")?;
    ensure!(!stage.server.is_running(), "the server is back by itself");

    stage.server.restart()?;
    for trainer in &trainers {
        trainer.sync_now()?;
        trainer.wait_custody("WithCommission")?;
    }
    let each = Figures { invited: 36, present: 35, completed: 34, disputed: 0 };
    let all = Figures { invited: 108, present: 105, completed: 102, disputed: 0 };
    ensure!(hq.overview(STAGE)? == all, "the overview shows {:?}", hq.overview(STAGE)?);
    picture(&hq.browser, "hq-overview")?;
    ensure!(hq.table(EVENT)? == all, "the table shows {:?}", hq.table(EVENT)?);
    picture(&hq.browser, "hq-report")?;
    let by_session = hq.sessions(STAGE, SHARD)?;
    ensure!(by_session == [each; SESSIONS], "the sessions show {by_session:?}");
    picture(&hq.browser, "hq-sessions")
}

#[test]
fn from_an_empty_folder_to_the_table_of_the_commission() {
    the_whole_job().unwrap();
}
