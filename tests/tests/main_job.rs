//! The main job, from an empty folder to the commission's table, through real pages on a real server: headquarters
//! brings a programme and its people in, plans, another person approves, trainers work for two days without a
//! server, and the figures at headquarters are what they marked.

use anyhow::{Context, Result, ensure};
use cascade_tests::browser::{Clock, Profile, dump_holds};
use cascade_tests::device::operator::invitation;
use cascade_tests::device::{Device, Operator};
use cascade_tests::journey::files::{GROUP, NUMBER_BEGINS, PHONE_BEGINS, SESSIONS, TRAINERS, names, write};
use cascade_tests::journey::{Approver, Coordinator, Figures, Hq, Seen, Trainer, picture};
use cascade_tests::server::Server;
use cascade_tests::world::{demo_server, pack, stand_on};
use shared::grant::AccountRole;
use shared::id::{PersonId, SessionId, ShardId};
use shared::programme::Programme;
use shared::sync::Want;
use std::path::{Path, PathBuf};

const SHARD: &str = "kg-naryn";
const STAGE: &str = "pec";
const EVENT: &str = "Training for PEC members";

/// What [`work_two_days`] comes to in each session.
const MARKED: Figures = Figures { invited: 36, present: 35, completed: 34, disputed: 0 };

/// What the published plan says of a session: who teaches it, by name, the lead first.
struct Session {
    id: SessionId,
    trainers: Vec<String>,
    people: Vec<String>,
}

impl Session {
    fn lead(&self) -> Result<&str> {
        self.trainers.first().map(String::as_str).context("a lead trainer")
    }

    fn second(&self) -> Result<&str> {
        self.trainers.get(1).map(String::as_str).context("a second trainer")
    }
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

    fn today_is(&self, day: &str) -> Result<()> {
        stand_on(&self.operator, &self.programme, day.parse()?)
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

    /// The published sessions in the order of their numbers, read as a coordinator's device reads them.
    fn sessions(&self) -> Result<Vec<Session>> {
        let shard: ShardId = SHARD.parse()?;
        let invite = invitation("Deputy", AccountRole::Coordinator, Some(&shard), None);
        let mut device = Device::join(&self.url(), &self.operator.invite(&invite)?.code)?;
        device.sync(&shard, Want::View)?;
        let state = device.shown(&shard);
        let name = |p: &PersonId| state.names.get(p).map(|n| n.value.name.clone()).unwrap_or_default();
        let index = shared::state::Index::of(state);
        let mut numbered: Vec<(u32, Session)> = state
            .published_sessions()
            .map(|(id, card)| {
                let people = index.people_of(id).iter().map(name).collect();
                (card.number, Session { id, trainers: card.trainers.iter().map(name).collect(), people })
            })
            .collect();
        numbered.sort_by_key(|(number, _)| *number);
        ensure!(numbered.len() == SESSIONS, "{} sessions", numbered.len());
        Ok(numbered.into_iter().map(|(_, session)| session).collect())
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

/// Two days without a server: everyone, then who was not; the page loaded again in between. One person misses the
/// first day and one both, so that 35 were there and 34 have completed.
fn work_two_days(trainer: &mut Trainer, session: SessionId) -> Result<()> {
    trainer.open_by_deep_link(&session.to_string())?;
    trainer.choose_day(1)?;
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

/// The three lead trainers, each with a tablet made ready: one clock is right, one stands in 2040, one in 2001.
fn tablets_of_leads(stage: &Stage, coordinator: &Coordinator, sessions: &[Session]) -> Result<Vec<Trainer>> {
    let clocks = [None, Some(Clock::in_year(2040)), Some(Clock::in_year(2001))];
    let join = |((n, session), clock): ((usize, &Session), Option<Clock>)| {
        let code = coordinator.give_code_to(session.lead()?)?;
        let profile = Profile { clock, ..stage.tablet(&format!("tablet-{n}")) };
        let trainer = Trainer::join(profile, &stage.url(), &code)?;
        let missing = trainer.get_ready()?;
        let expected: &[&str] = if clock.is_some() { &["Date of this device"] } else { &[] };
        ensure!(missing == expected, "not ready: {missing:?}");
        Ok(trainer)
    };
    sessions.iter().enumerate().zip(clocks).map(join).collect()
}

/// A trainer's tablet holds the people of the trainer's own session, by name, and nothing of anybody else.
fn holds_its_own_people_alone(trainer: &Trainer, session: &Session) -> Result<()> {
    let dump = trainer.browser()?.dump_indexeddb()?;
    let everybody = names().into_iter().chain(TRAINERS.map(str::to_owned));
    let is_own = |name: &String| session.people.contains(name) || session.trainers.contains(name);
    let (own, others): (Vec<String>, Vec<String>) = everybody.partition(is_own);
    ensure!(
        (own.len(), others.len()) == (GROUP + 2, (SESSIONS - 1) * (GROUP + 2)),
        "{} of its own",
        own.len()
    );
    for name in own {
        ensure!(dump_holds(&dump, &name), "the tablet does not hold {name}");
    }
    for stranger in others.iter().map(String::as_str).chain([PHONE_BEGINS, NUMBER_BEGINS]) {
        ensure!(!dump_holds(&dump, stranger), "the tablet holds {stranger}");
    }
    Ok(())
}

/// What headquarters' overview, table and list of sessions show is what was marked.
fn headquarters_counts(hq: &Hq, sessions: [Figures; SESSIONS], picture_name: &str) -> Result<()> {
    let sum = |of: fn(&Figures) -> u32| sessions.iter().map(of).sum();
    let all = Figures {
        invited: sum(|f| f.invited),
        present: sum(|f| f.present),
        completed: sum(|f| f.completed),
        disputed: sum(|f| f.disputed),
    };
    let shown = hq.overview(STAGE)?;
    picture(&hq.browser, &format!("hq-overview-{picture_name}"))?;
    ensure!(shown == all, "the overview shows {shown:?} instead of {all:?}");
    let shown = hq.table(EVENT)?;
    picture(&hq.browser, &format!("hq-report-{picture_name}"))?;
    ensure!(shown == all, "the table shows {shown:?} instead of {all:?}");
    let shown = hq.sessions(STAGE, SHARD)?;
    picture(&hq.browser, &format!("hq-sessions-{picture_name}"))?;
    ensure!(shown == sessions, "the sessions show {shown:?} instead of {sessions:?}");
    Ok(())
}

/// The first two people of a list were seen differently, and it says by whom and as what.
fn both_are_seen(rows: &[Seen], observers: [(&str, [&str; 2]); 2]) -> Result<()> {
    for (at, row) in rows.iter().take(2).enumerate() {
        for (observer, statuses) in &observers {
            let side = format!("{observer}: {}, ", statuses[at]);
            ensure!(
                row.seen.iter().any(|line| line.starts_with(&side)),
                "no \"{side}\" among {:?}",
                row.seen
            );
        }
        ensure!(row.seen.len() == observers.len(), "{:?}", row.seen);
    }
    Ok(())
}

/// On a list whose reader has marked nobody, the first three are counted as said and the others as present.
fn counts_as(rows: &[Seen], first_three: [Option<&str>; 3]) -> Result<()> {
    let shown: Vec<Option<&str>> = rows.iter().map(|row| row.counted.as_deref()).collect();
    let rest = std::iter::repeat_n(Some("present"), GROUP - 3);
    ensure!(first_three.into_iter().chain(rest).eq(shown.iter().copied()), "{shown:?}");
    Ok(())
}

/// Another observer of the first session saw two people otherwise: both observations stand until they are settled.
fn observers_differ(
    stage: &Stage,
    hq: &Hq,
    coordinator: &Coordinator,
    lead: &Trainer,
    session: &Session,
) -> Result<()> {
    let code = coordinator.give_code_to(session.second()?)?;
    let second = Trainer::join(stage.tablet("second"), &stage.url(), &code)?;
    second.open_session(&session.id.to_string())?;
    second.choose_day(1)?;
    second.mark(1, "present")?;
    second.mark(2, "absent")?;
    second.sync_now()?;

    lead.choose_day(1)?;
    lead.sync_now()?;
    let ([lead_saw, second_saw], stranger) =
        ([["Absent", "Late"], ["Present", "Absent"]], "Another observer");
    for (tablet, mine, theirs) in [(lead, lead_saw, second_saw), (&second, second_saw, lead_saw)] {
        tablet.wait_disputed(2)?;
        both_are_seen(&tablet.rows()?, [("You", mine), (stranger, theirs)])?;
    }
    picture(lead.browser()?, "trainer-disputed")?;
    let disputed = Figures { completed: MARKED.completed - 1, disputed: 2, ..MARKED };
    headquarters_counts(hq, [disputed, MARKED, MARKED], "disputed")?;

    coordinator.open_session(&session.id.to_string())?;
    let rows = coordinator.disputed(2)?;
    both_are_seen(&rows, [(session.lead()?, lead_saw), (session.second()?, second_saw)])?;
    picture(&coordinator.browser, "coordinator-disputed")?;
    let [one, other] = rows.as_slice() else { anyhow::bail!("{} disputed", rows.len()) };
    counts_as(&coordinator.rows()?, [None, None, Some("excused")])?;
    coordinator.settle(&one.name, "present")?;
    coordinator.settle(&other.name, "late")?;
    counts_as(&coordinator.rows()?, [Some("present"), Some("late"), Some("excused")])?;
    let settled = Figures { completed: MARKED.completed + 1, ..MARKED };
    headquarters_counts(hq, [settled, MARKED, MARKED], "settled")?;
    lead.sync_now()?;
    lead.wait_disputed(0)?;
    // The first was settled against what this trainer marked.
    let counted: Vec<Option<String>> = lead.rows()?.into_iter().map(|row| row.counted).take(2).collect();
    ensure!(counted == [Some("present".to_owned()), None], "{counted:?}");
    picture(lead.browser()?, "trainer-settled")
}

fn the_whole_job() -> Result<()> {
    let mut stage = Stage::new()?;
    let url = stage.url();
    stage.today_is("2021-02-28")?;

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
    let mut trainers = tablets_of_leads(&stage, &coordinator, &sessions)?;
    stage.today_is("2021-03-01")?;
    for trainer in &mut trainers {
        trainer.look_at_the_day("1 March 2021")?;
        picture(trainer.browser()?, "trainer-today")?;
        trainer.put_away()?;
    }

    stage.server.kill()?;
    for (trainer, session) in trainers.iter_mut().zip(&sessions) {
        work_two_days(trainer, session.id)?;
        holds_its_own_people_alone(trainer, session)?;
    }
    let (lead, session) = trainers.first().zip(sessions.first()).context("a trainer")?;
    picture(lead.browser()?, "trainer-offline")?;
    ensure!(!stage.server.is_running(), "the server is back by itself");

    stage.server.restart()?;
    for trainer in &trainers {
        trainer.sync_now()?;
        trainer.wait_custody("WithCommission")?;
    }
    headquarters_counts(&hq, [MARKED; SESSIONS], "marked")?;
    observers_differ(&stage, &hq, &coordinator, lead, session)
}

#[test]
fn from_an_empty_folder_to_the_table_of_the_commission() {
    the_whole_job().unwrap();
}
