//! A trainer's tablet in a village hall: joined, made ready, the server dead, the page closed and opened by its deep
//! link, two days of attendance, a reload in between, the server back, everything counted once.

use anyhow::{Context, Result, ensure};
use cascade_tests::browser::{Browser, Clock, Profile, dump_holds};
use cascade_tests::server::Server;
use cascade_tests::shots::shoot;
use cascade_tests::world::{World, demo_server, small_world};
use shared::grant::AccountRole;
use shared::state::{Method, Status};
use std::path::PathBuf;

/// Where pictures go, if anybody asked for them.
fn pictures() -> Option<PathBuf> {
    std::env::var_os("CASCADE_PICTURES").map(PathBuf::from)
}

fn picture(browser: &Browser, name: &str) -> Result<()> {
    if let Some(dir) = pictures() {
        std::fs::create_dir_all(&dir)?;
        shoot(browser, name, &dir)?;
    }
    Ok(())
}

fn join_and_get_ready(browser: &Browser, world: &World) -> Result<()> {
    let lead = world.session.trainers.first().copied().context("a lead trainer")?;
    let code = world.code(AccountRole::Trainer, Some(lead))?;
    browser.goto(&format!("{}/", world.base_url))?;
    browser.wait("#join-code")?;
    picture(browser, "start")?;
    browser.goto(&format!("{}/#join={code}", world.base_url))?;
    // In mid-join: the code is used up, and the same device asks again.
    browser.reload()?;
    browser.wait(".session-card__when")?;
    ensure!(!browser.url()?.contains(&code), "the code stayed in the address");
    picture(browser, "today")?;
    browser.goto(&format!("{}/ready", world.base_url))?;
    browser.wait("[data-check=app][data-done=true]")?;
    browser.click(".card__actions button")?;
    browser.wait("[data-check=roster][data-done=true]")?;
    picture(browser, "ready")
}

fn mark_all(browser: &Browser) -> Result<()> {
    let total = browser.count(".attendance-row")?;
    ensure!(total == 36, "{total} rows");
    browser.click_text("button", "Everyone present")?;
    browser.wait_text(".running-count__figure", |text| text.contains("36 of 36")).map(drop)
}

fn work_offline(world: &mut World, server: &mut Server, profile: Profile) -> Result<()> {
    let browser = Browser::launch(profile.clone())?;
    join_and_get_ready(&browser, world)?;
    server.kill()?;
    browser.close()?;

    let link = format!("{}/session/{}", world.base_url, world.session.id);
    let browser = Browser::launch(profile)?;
    browser.goto(&link)?;
    browser.wait(".attendance-row")?;
    picture(&browser, "session")?;
    mark_all(&browser)?;
    // Two of them otherwise, by hand.
    let rows = browser.texts(".attendance-row__name")?;
    ensure!(rows.len() == 36);
    browser.click(".attendance-row:nth-child(1) input[value=absent]")?;
    browser.click(".attendance-row:nth-child(2) input[value=late]")?;
    browser.wait_text(".running-count__figure", |text| text.contains("35 of 36"))?;
    browser.wait_until("all saved on this tablet", || Ok(browser.count("[data-custody=OnTablet]")? == 36))?;
    picture(&browser, "session-marked-offline")?;

    browser.reload()?;
    browser.wait_text(".running-count__figure", |text| text.contains("35 of 36"))?;
    browser.click("input[name=day][value='1']")?;
    browser.wait_text(".running-count__figure", |text| text.contains("0 of 36"))?;
    mark_all(&browser)?;
    browser.wait_until("the second day saved", || Ok(browser.count("[data-custody=OnTablet]")? == 36))?;
    browser.click(".sync-pill")?;
    browser.wait("#sync-sheet[open]")?;
    picture(&browser, "sync-sheet-offline")?;

    server.restart()?;
    browser.click_text("#sync-sheet button", "Sync now")?;
    browser.wait(".sync-pill--good")?;
    picture(&browser, "sync-sheet-done")?;
    let counts = world.counts()?;
    ensure!((counts.present, counts.completed, counts.attendances) == (36, 35, 71), "{counts:?}");

    // A second observer saw two people differently: both observations stand until somebody settles them.
    let mut seen = vec![];
    for row in 1..=2 {
        let id = browser.attr(&format!(".attendance-row:nth-child({row})"), "data-person")?;
        seen.push(id.context("a person")?.parse()?);
    }
    let body = world.marks(0, &seen, Status::Present, Method::Tap);
    let shard = world.shard.clone();
    world.second.deposit(&shard, body)?;
    browser.click_text("#sync-sheet button", "Sync now")?;
    browser.key("Escape")?;
    browser.click("input[name=day][value='0']")?;
    browser.wait_until("both observations", || Ok(browser.count(".attendance-row--disputed")? == 2))?;
    ensure!(browser.count(".attendance-row--disputed:nth-child(1) .attendance-row__seen li")? == 2);
    ensure!(world.counts()?.disputed == 2, "disputed at headquarters");
    holds_nobody_else(&browser, world)
}

/// A trainer's device has the people of its own session on disk, and nobody of the other one.
fn holds_nobody_else(browser: &Browser, world: &World) -> Result<()> {
    let dump = browser.dump_indexeddb()?;
    for person in &world.session.people {
        ensure!(dump_holds(&dump, &person.to_string()), "{person} is missing");
    }
    for person in &world.other_session.people {
        ensure!(!dump_holds(&dump, &person.to_string()), "{person} is of another session");
    }
    Ok(())
}

/// A coordinator finds the disagreement on the first screen, sees both observers by name, and settles it.
fn settle(world: &mut World, profile: Profile) -> Result<()> {
    let shard = world.shard.clone();
    let people = world.session.people.clone();
    let seen = people.get(..1).context("a person")?;
    let present = world.marks(0, seen, Status::Present, Method::Tap);
    let absent = world.marks(0, seen, Status::Absent, Method::Tap);
    world.lead.deposit(&shard, present)?;
    world.second.deposit(&shard, absent)?;
    let browser = Browser::launch(profile)?;
    let code = world.code(AccountRole::Coordinator, None)?;
    browser.goto(&format!("{}/#join={code}", world.base_url))?;
    browser.wait(".session-list--disputed .session-line")?;
    picture(&browser, "coordinator")?;
    browser.click(".session-list--disputed .session-line")?;
    browser.wait(".attendance-row--disputed")?;
    picture(&browser, "coordinator-session")?;
    // The driver does not scroll to what is in view already, though the bar at the bottom lies over it.
    browser
        .js("document.querySelector('.attendance-row--disputed').scrollIntoView({ block: 'center' })", &[])?;
    browser.click(".attendance-row--disputed .attendance-row__seen button")?;
    browser.wait("#settle[open]")?;
    picture(&browser, "coordinator-settle")?;
    browser.click("#settle input[value=absent]")?;
    browser.click("#settle .dialog__actions button")?;
    browser.wait_gone(".attendance-row--disputed")?;
    browser.wait_until("headquarters knows", || Ok(world.counts()?.disputed == 0))
}

#[test]
fn a_coordinator_settles_what_two_observers_saw_differently() {
    let storage = tempfile::tempdir().unwrap();
    let server = demo_server(storage.path()).unwrap();
    let mut world = small_world(&server).unwrap();
    let profile = tempfile::tempdir().unwrap();
    settle(&mut world, Profile::desk(profile.path())).unwrap();
}

#[test]
fn a_trainer_works_two_days_without_a_server_and_nothing_is_lost_or_doubled() {
    let storage = tempfile::tempdir().unwrap();
    let mut server = demo_server(storage.path()).unwrap();
    let mut world = small_world(&server).unwrap();
    let profile = tempfile::tempdir().unwrap();
    work_offline(&mut world, &mut server, Profile::tablet(profile.path())).unwrap();
}

#[test]
fn a_clock_wrong_by_years_changes_nothing() {
    for year in [2040, 2001] {
        let storage = tempfile::tempdir().unwrap();
        let mut server = demo_server(storage.path()).unwrap();
        let mut world = small_world(&server).unwrap();
        let profile = tempfile::tempdir().unwrap();
        let profile = Profile::tablet(profile.path()).with_clock(Clock::in_year(year));
        work_offline(&mut world, &mut server, profile).unwrap();
    }
}
