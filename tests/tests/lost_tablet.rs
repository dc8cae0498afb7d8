//! What is on the disk of a tablet whose right has ended, and of one whose sessions change: a real browser reads it.

use anyhow::{Context, Result, ensure};
use cascade_tests::browser::{Browser, Profile, dump_holds};
use cascade_tests::device::{Device, REGISTRY};
use cascade_tests::journey::{Trainer, picture};
use cascade_tests::world::{World, demo_server, small_world};
use serde_json::{Value, json};
use shared::api::AccountLine;
use shared::api::access::DeviceLine;
use shared::grant::{AccountRole, Ending};
use shared::id::AccountId;

fn post(by: &mut Device, path: &str, body: &Value) -> Result<Value> {
    let bearer = format!("Bearer {}", by.token(REGISTRY)?);
    let reply = by.api.ask("POST", path, &[("authorization", &bearer)], &serde_json::to_vec(body)?)?;
    ensure!(reply.status == 200, "{path}: {} {}", reply.status, reply.text());
    Ok(serde_json::from_slice(&reply.body)?)
}

/// The account of the lead trainer, whose second device the tablet is.
fn revoke_newest_device(world: &mut World, how: Ending) -> Result<AccountId> {
    let account = world.lead.account;
    let path = format!("/api/v1/accounts/{account}/devices");
    let lines: Vec<DeviceLine> = world.coordinator.read(&path)?;
    let tablet = lines.iter().find(|line| line.device != world.lead.id).context("the tablet")?;
    let end = json!({ "how": how, "reason": "left in a taxi" });
    post(&mut world.coordinator, &format!("{path}/{}/end", tablet.device), &end)?;
    Ok(account)
}

/// Nothing of the people, of the account or of its key is left in the databases.
fn is_wiped(browser: &Browser, world: &World, account: AccountId) -> Result<()> {
    let dump = browser.dump_indexeddb()?;
    for person in world.session.people.iter().chain(&world.session.trainers) {
        ensure!(!dump_holds(&dump, &person.to_string()), "{person} is left");
    }
    ensure!(!dump_holds(&dump, &account.to_string()), "the account is left: {dump}");
    ensure!(!dump_holds(&dump, "cryptoKey"), "the key is left");
    ensure!(!dump_holds(&dump, &world.session.id.to_string()), "the session is left");
    Ok(())
}

fn lose_tablet(how: Ending) -> Result<()> {
    let storage = tempfile::tempdir()?;
    let mut server = demo_server(storage.path())?;
    let mut world = small_world(&server)?;
    let profile = tempfile::tempdir()?;
    let code = world.code(AccountRole::Trainer, world.session.trainers.first().copied())?;
    let tablet = Trainer::join(Profile::tablet(profile.path()), &world.base_url, &code)?;
    let link = world.session.id.to_string();
    tablet.open_session(&link)?;
    let browser = tablet.browser()?;
    let dump = browser.dump_indexeddb()?;
    ensure!(dump_holds(&dump, &world.session.people[0].to_string()), "the list came");
    server.kill()?;
    for number in 1..=3 {
        tablet.mark(number, "present")?;
    }
    browser
        .wait_until("three marks on this tablet", || Ok(browser.count("[data-custody=OnTablet]")? == 3))?;

    server.restart()?;
    let account = revoke_newest_device(&mut world, how)?;
    browser.reload()?;
    browser.wait_text(".start .notice", |text| text.contains("Access on this device has ended"))?;
    picture(browser, "access-ended")?;
    is_wiped(browser, &world, account)?;
    let counted = world.counts()?.present;
    ensure!(counted == if how == Ending::Cause { 0 } else { 3 }, "{how:?}: {counted} present");
    // It stays so, and a new code lets the person in again.
    browser.reload()?;
    browser.wait(".start .notice")?;
    let code = world.code(AccountRole::Trainer, world.session.trainers.first().copied())?;
    browser.goto(&format!("{}/#join={code}", world.base_url))?;
    browser.wait(".session-card__when, .session-line")?;
    Ok(())
}

#[test]
fn a_lost_tablet_hands_in_its_marks_and_then_holds_nothing_of_the_people() {
    lose_tablet(Ending::Ordinary).unwrap();
}

#[test]
fn a_stolen_tablet_hands_in_what_a_person_must_look_at_and_then_holds_nothing() {
    lose_tablet(Ending::Cause).unwrap();
}

fn change_sessions() -> Result<()> {
    let storage = tempfile::tempdir()?;
    let server = demo_server(storage.path())?;
    let mut world = small_world(&server)?;
    let shard = world.shard.clone();
    let (first, second) = (world.session.clone(), world.other_session.clone());
    let invite = json!({ "name": "Monitor", "role": "monitor", "shard": shard, "sessions": [first.id] });
    let invited = post(&mut world.coordinator, "/api/v1/accounts", &invite)?;
    let account: AccountId = serde_json::from_value(invited["account"].clone())?;
    let profile = tempfile::tempdir()?;
    let browser = Browser::launch(Profile::tablet(profile.path()))?;
    let code = invited["code"].as_str().context("a code")?;
    browser.goto(&format!("{}/#join={code}", world.base_url))?;
    browser.wait(".frame")?;
    let on_disk = |people: &[shared::id::PersonId]| {
        let dump = browser.dump_indexeddb()?;
        Ok::<_, anyhow::Error>(people.iter().filter(|p| dump_holds(&dump, &p.to_string())).count())
    };
    browser.wait_until("the first list", || Ok(on_disk(&first.people)? == first.people.len()))?;
    ensure!(on_disk(&second.people)? == 0, "people of a session that is not observed");

    let lines: Vec<AccountLine> = world.coordinator.read("/api/v1/accounts")?;
    let line = lines.iter().find(|line| line.account == account).context("the monitor")?;
    let path = format!("/api/v1/accounts/{account}/grants/{}", line.grants[0].id);
    post(&mut world.coordinator, &path, &json!({ "sessions": [second.id] }))?;
    browser.click(".sync-pill")?;
    browser.click_text("#sync-sheet button", "Sync now")?;
    browser.wait_until("the second list", || Ok(on_disk(&second.people)? == second.people.len()))?;
    ensure!(on_disk(&first.people)? == 0, "the list that was withdrawn is still on the disk");
    let phones = browser.dump_indexeddb()?;
    ensure!(!dump_holds(&phones, "+996 000"), "a phone number on a monitor's tablet");
    Ok(())
}

#[test]
fn when_sessions_change_hands_the_new_list_comes_with_the_next_sync_and_the_old_one_leaves_the_disk() {
    change_sessions().unwrap();
}
