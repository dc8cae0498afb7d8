//! Records that need another person: carried as a file by another tablet, confirmed or dismissed by the coordinator.

use anyhow::{Context, Result, ensure};
use cascade_tests::browser::{Browser, Profile};
use cascade_tests::journey::{Tablet, picture};
use shared::grant::AccountRole;

#[test]
fn what_waits_on_one_tablet_travels_as_a_file_through_another_and_nothing_is_doubled() -> Result<()> {
    let mut tablet = Tablet::new()?;
    let second = tablet.world.session.trainers.get(1).copied().context("a second trainer")?;
    let code = tablet.world.code(AccountRole::Trainer, Some(second))?;
    let carrier = Browser::launch(Profile::tablet(tablet.dir.path().join("carrier")))?;
    carrier.goto(&format!("{}/#join={code}", tablet.world.base_url))?;
    carrier.wait(".session-card__when")?;

    tablet.get_ready()?;
    tablet.line.cut();
    for row in 1..=3 {
        tablet.mark(row, "present", "OnTablet")?;
    }
    let browser = &tablet.browser;
    browser.tap(".sync-pill")?;
    browser.tap_text("#sync-sheet a", "Send with another device")?;
    browser.wait_text("main", |text| text.contains("3 records wait on this device"))?;
    browser.tap_text("button", "Make a parcel")?;
    browser.wait_text(".notice--good", |text| text.contains("A parcel of 3 records is ready"))?;
    picture(browser, "parcel-made")?;
    browser.tap_text("button", "Save the parcel as a file")?;
    let file = browser.wait_download(".json")?;
    let text = std::fs::read_to_string(&file)?;
    ensure!(!text.contains(&tablet.world.session.id.to_string()), "a parcel is sealed");

    carrier.goto(&format!("{}/parcels", tablet.world.base_url))?;
    carrier.upload("#parcel", &[file.as_path()])?;
    carrier.wait_text("[data-parcel=true]", |text| text.contains("3 with the commission"))?;
    picture(&carrier, "parcel-carried")?;
    let counts = tablet.world.counts()?;
    ensure!((counts.present, counts.attendances) == (3, 3), "{counts:?}");

    // The first tablet knows nothing of it until it comes online itself; then it hears the same verdicts.
    tablet.open_session()?;
    browser.wait_until("three marks on the tablet", || Ok(tablet.with_custody("OnTablet")? == 3))?;
    tablet.line.restore();
    tablet.sync_now()?;
    tablet.close_sheet()?;
    browser.wait_until("all with the commission", || Ok(tablet.with_custody("WithCommission")? == 3))?;
    let counts = tablet.world.counts()?;
    ensure!((counts.present, counts.attendances) == (3, 3), "doubled: {counts:?}");
    Ok(())
}

/// Makes the only waiting mark one of a person whom nobody knows, as if the list had changed since.
const STRANGER: &str = "const name = (await indexedDB.databases()).map((d) => d.name)\n\
      .find((name) => /^cascade-[0-9a-f]{16}$/.test(name));\n\
    const wait = (r) => new Promise((done, fail) => { r.onsuccess = () => done(r.result); r.onerror = () => fail(r.error); });\n\
    const db = await wait(indexedDB.open(name));\n\
    const t = db.transaction('pending', 'readwrite'); const store = t.objectStore('pending');\n\
    const [key] = await wait(store.getAllKeys()); const held = await wait(store.get(key));\n\
    const event = JSON.parse(new TextDecoder().decode(held.payload));\n\
    const marks = JSON.parse(event.payload); marks.people[0][0] = '00000000000000ee';\n\
    event.payload = JSON.stringify(marks);\n\
    store.put({ ...held, payload: new TextEncoder().encode(JSON.stringify(event)) }, key);\n\
    await new Promise((done, fail) => { t.oncomplete = done; t.onabort = () => fail(t.error); }); db.close();";

#[test]
fn a_held_record_is_told_to_its_author_and_to_the_coordinator_whose_word_comes_back() -> Result<()> {
    let tablet = Tablet::new()?;
    let browser = &tablet.browser;
    tablet.line.cut();
    tablet.mark(1, "present", "OnTablet")?;
    browser.js_async(STRANGER, &[])?;
    browser.reload()?;
    browser.wait(".attendance-row")?;
    tablet.line.restore();
    tablet.sync_now()?;
    browser.wait_text("#sync-sheet .notice--note", |text| text.contains("does not have this person"))?;
    browser.wait_text(".sync-pill", |text| text.contains("1 record to be confirmed"))?;
    picture(browser, "sheet-held")?;

    let code = tablet.world.code(AccountRole::Coordinator, None)?;
    let coordinator = Browser::launch(Profile::desk(tablet.dir.path().join("coordinator")))?;
    coordinator.goto(&format!("{}/#join={code}", tablet.world.base_url))?;
    coordinator.wait_text(".notice", |text| text.contains("1 record waits for your confirmation"))?;
    coordinator.click_text(".notice a", "Look at them")?;
    coordinator.wait("[data-held]")?;
    picture(&coordinator, "held")?;
    coordinator.click_text("[data-held] button", "Dismiss")?;
    coordinator.wait("#dismiss[open]")?;
    coordinator.fill("#dismiss-reason", "Nobody of that name was there")?;
    picture(&coordinator, "held-dismiss")?;
    coordinator.click_text("#dismiss .dialog__actions button", "Dismiss")?;
    coordinator.wait_text("main", |text| text.contains("Nothing is waiting for you"))?;

    browser.tap_text("#sync-sheet button", "Sync now")?;
    browser
        .wait_text("#sync-sheet .notice--attention", |text| text.contains("Nobody of that name was there"))?;
    picture(browser, "sheet-dismissed")?;
    browser.tap_text("#sync-sheet .notice--attention button", "I have read it")?;
    browser.wait(".sync-pill--good")
}
