//! What a tablet says about its records is so, in a real browser: on a full disk, in two tabs, with thousands of
//! records, for a decision that came too late, and by the commission's receipt.

use anyhow::{Context, Result, ensure};
use cascade_tests::journey::{Tablet, picture};
use serde_json::json;
use shared::state::{Method, Status};
use shared::sync::Receipt;

#[test]
fn what_is_tapped_on_a_full_disk_is_told_at_once_kept_and_stored_when_there_is_room_again() -> Result<()> {
    let tablet = Tablet::new()?;
    let browser = &tablet.browser;
    tablet.line.cut();
    tablet.mark(1, "present", "OnTablet")?;
    ensure!(!tablet.asks_before_leaving()?, "it is on disk");
    tablet.fill_the_disk()?;
    tablet.mark(2, "absent", "NotStored")?;
    tablet.mark(3, "late", "NotStored")?;
    browser.wait_text("[role=alert]", |text| {
        text.contains("2 records are not stored") && text.contains("no space left")
    })?;
    browser.wait_text(".sync-pill", |text| text.contains("2 records are not stored"))?;
    ensure!(tablet.asks_before_leaving()?, "two records are in the page alone");
    ensure!(tablet.with_custody("OnTablet")? == 1);
    picture(browser, "full-disk")?;
    browser.tap(".sync-pill")?;
    browser.wait("#sync-sheet[open]")?;
    picture(browser, "full-disk-sheet")?;
    tablet.close_sheet()?;
    // Still no room: trying again changes nothing that is said.
    tablet.come_back()?;
    ensure!(tablet.with_custody("NotStored")? == 2);
    tablet.make_room()?;
    browser.wait_until("the records to be stored by themselves", || {
        tablet.come_back()?;
        Ok(tablet.with_custody("OnTablet")? == 3)
    })?;
    browser.wait_gone("[role=alert]")?;
    ensure!(!tablet.asks_before_leaving()?);
    browser.reload()?;
    browser.wait_until("all three after a reload", || Ok(tablet.with_custody("OnTablet")? == 3))
}

#[test]
fn what_a_full_disk_did_not_take_reaches_the_commission_all_the_same() -> Result<()> {
    let mut tablet = Tablet::new()?;
    tablet.line.cut();
    tablet.fill_the_disk()?;
    tablet.mark(1, "present", "NotStored")?;
    tablet.mark(2, "present", "NotStored")?;
    tablet.line.restore();
    tablet.sync_now()?;
    tablet.close_sheet()?;
    let browser = &tablet.browser;
    browser.wait_until("both with the commission", || Ok(tablet.with_custody("WithCommission")? == 2))?;
    ensure!(!tablet.asks_before_leaving()?, "the commission has them");
    browser.wait_text("[role=alert]", |text| text.contains("newest lists are not stored"))?;
    picture(browser, "full-disk-lists")?;
    tablet.make_room()?;
    browser.wait_until("the lists to be stored by themselves", || {
        tablet.come_back()?;
        Ok(!browser.exists("[role=alert]")?)
    })?;
    browser.reload()?;
    browser.wait_until("the same after a reload", || Ok(tablet.with_custody("WithCommission")? == 2))?;
    browser.wait(".sync-pill--good")?;
    let counts = tablet.world.counts()?;
    ensure!((counts.present, counts.attendances) == (2, 2), "{counts:?}");
    Ok(())
}

#[test]
fn little_room_and_a_refused_promise_are_told_on_the_checklist_and_in_the_sheet() -> Result<()> {
    let tablet = Tablet::new()?;
    let browser = &tablet.browser;
    tablet.fill_the_disk()?;
    browser.goto(&format!("{}/ready", tablet.line.address()))?;
    browser.wait("[data-check=space]")?;
    browser.tap(".card__actions button")?;
    // The browser says that ten gigabytes are free, as it always does: what can be written is what counts.
    browser.wait("[data-check=space][data-done=false]")?;
    browser.wait_text("[data-check=storage]", |text| text.contains("Install the application"))?;
    picture(browser, "ready-little-room")?;
    browser.tap(".sync-pill")?;
    browser.wait_text("#sync-sheet", |text| {
        text.contains("The next days need about") && text.contains("Install the application")
    })?;
    picture(browser, "sheet-little-room")
}

#[test]
fn two_tabs_of_one_account_write_at_once_and_nothing_is_lost_or_doubled() -> Result<()> {
    let mut tablet = Tablet::new()?;
    let browser = &tablet.browser;
    let first = browser.current_tab()?;
    let second = browser.new_tab()?;
    tablet.open_session()?;
    tablet.line.cut();
    for row in 1..=3 {
        tablet.mark(row, "present", "OnTablet")?;
    }
    browser.switch(&first)?;
    for row in 3..=6 {
        tablet.mark(row, "late", "OnTablet")?;
    }
    // Each tab shows what the other wrote.
    for tab in [&second, &first] {
        browser.switch(tab)?;
        browser.wait_until("six marks in either tab", || Ok(tablet.with_custody("OnTablet")? == 6))?;
    }
    tablet.line.restore();
    tablet.sync_now()?;
    tablet.close_sheet()?;
    for tab in [&first, &second] {
        browser.switch(tab)?;
        browser.wait_until("all with the commission in either tab", || {
            Ok(tablet.with_custody("WithCommission")? == 6 && browser.exists(".sync-pill--good")?)
        })?;
    }
    // The tab that led is closed: the other takes over.
    browser.switch(&first)?;
    browser.close_tab()?;
    browser.switch(&second)?;
    tablet.mark(7, "present", "WithCommission")?;
    browser.goto(&format!("{}/records", tablet.line.address()))?;
    browser.wait_text(".radio-group", |text| text.contains("With the commission\n8"))?;
    let counts = tablet.world.counts()?;
    ensure!((counts.present, counts.attendances) == (7, 7), "{counts:?}");
    Ok(())
}

/// Puts ten thousand admitted records into the tablet's database, made from one that is there.
const MANY: &str = "const name = (await indexedDB.databases()).map((d) => d.name)\n\
      .find((name) => /^cascade-[0-9a-f]{16}$/.test(name));\n\
    const wait = (r) => new Promise((done, fail) => { r.onsuccess = () => done(r.result); r.onerror = () => fail(r.error); });\n\
    const db = await wait(indexedDB.open(name));\n\
    const one = (await wait(db.transaction('kept').objectStore('kept').getAll()))[0];\n\
    const kept = JSON.parse(new TextDecoder().decode(one.payload));\n\
    const device = kept.event.id.split('.')[0];\n\
    const t = db.transaction('kept', 'readwrite');\n\
    for (let n = 0; n < arguments[0]; n += 1) {\n\
      const id = `${device}.00000000000000aa.${n}`;\n\
      const made = { ...kept, event: { ...kept.event, id } };\n\
      t.objectStore('kept').put({ order: n / 100000, payload: new TextEncoder().encode(JSON.stringify(made)) },\n\
        [kept.event.shard, id]);\n\
    }\n\
    await new Promise((done, fail) => { t.oncomplete = done; t.onabort = () => fail(t.error); });\n\
    db.close();";

#[test]
fn ten_thousand_own_records_are_listed_by_the_rows_in_view() -> Result<()> {
    let tablet = Tablet::new()?;
    let browser = &tablet.browser;
    tablet.mark(1, "present", "WithCommission")?;
    browser.js_async(MANY, &[json!(10_000)])?;
    browser.install_long_task_observer()?;
    browser.goto(&format!("{}/records", tablet.line.address()))?;
    browser.wait_text(".radio-group", |text| text.contains("10,001"))?;
    ensure!(browser.count(".record-line")? < 40, "only rows in view are drawn");
    picture(browser, "records")?;
    let to_end = "const list = document.querySelector('.virtual-list'); list.scrollTop = list.scrollHeight;";
    browser.js(to_end, &[])?;
    browser.wait("[aria-posinset='10001']")?;
    ensure!(browser.count(".record-line")? < 40);
    // One of them in full, by its address.
    browser.tap("[aria-posinset='10001'] a")?;
    browser.wait("#record[open]")?;
    browser.wait_text("#record", |text| text.contains("00000000000000aa.0"))?;
    picture(browser, "record")?;
    browser.key("Escape")?;
    browser.wait_gone("#record[open]")?;
    // Marking is as quick as ever.
    tablet.open_session()?;
    tablet.mark(2, "present", "WithCommission")?;
    let longest = browser.long_tasks()?.into_iter().map(|task| task.duration_ms).fold(0.0, f64::max);
    println!("longest task with 10,000 records: {longest:.0} ms");
    Ok(())
}

#[test]
fn a_decision_that_came_too_late_says_so_and_is_put_away_once_read() -> Result<()> {
    let mut tablet = Tablet::new()?;
    tablet.mark(1, "present", "WithCommission")?;
    let person =
        tablet.browser.attr(".attendance-row:nth-child(1)", "data-person")?.context("a person")?.parse()?;
    let shard = tablet.world.shard.clone();
    let seen = tablet.world.marks(0, &[person], Status::Absent, Method::Tap);
    tablet.world.second.deposit(&shard, seen)?;
    tablet.sync_now()?;
    tablet.close_sheet()?;
    tablet.browser.wait(".attendance-row--disputed")?;
    // Settled without a connection, while the other trainer marks again.
    tablet.line.cut();
    let browser = &tablet.browser;
    browser
        .js("document.querySelector('.attendance-row--disputed').scrollIntoView({ block: 'center' })", &[])?;
    browser.tap(".attendance-row--disputed .attendance-row__seen button")?;
    browser.wait("#settle[open]")?;
    browser.tap("#settle input[value=present]")?;
    browser.tap("#settle .dialog__actions button")?;
    let again = tablet.world.marks(0, &[person], Status::Excused, Method::Tap);
    tablet.world.second.deposit(&shard, again)?;
    tablet.line.restore();
    tablet.sync_now()?;
    browser.wait_text("#sync-sheet .notice", |text| text.contains("Somebody changed this"))?;
    browser.wait_text(".sync-pill", |text| text.contains("1 record needs attention"))?;
    picture(browser, "sheet-stale")?;
    browser.tap_text("#sync-sheet .notice button", "I have read it")?;
    browser.wait_gone("#sync-sheet .notice--attention")?;
    browser.wait(".sync-pill--good")?;
    browser.reload()?;
    browser.wait(".sync-pill--good")?;
    browser.goto(&format!("{}/records", tablet.line.address()))?;
    browser.wait_text(".record-line", |text| text.contains("Not accepted"))?;
    Ok(())
}

#[test]
fn a_receipt_is_shown_without_a_connection_and_saved_as_the_text_that_headquarters_reads() -> Result<()> {
    let tablet = Tablet::new()?;
    tablet.get_ready()?;
    let browser = &tablet.browser;
    tablet.mark(1, "present", "WithCommission")?;
    tablet.mark(2, "late", "WithCommission")?;
    // The commission has it; the tablet stores that in a moment of its own.
    browser.wait(".sync-pill--good")?;
    tablet.line.cut();
    browser.goto(&format!("{}/receipts", tablet.line.address()))?;
    browser.wait(".qr")?;
    ensure!(browser.count(".record-line")? >= 2, "one receipt a batch");
    picture(browser, "receipts")?;
    browser.tap_text("button", "Save as a file")?;
    let text = std::fs::read_to_string(browser.wait_download(".txt")?)?;
    let receipt = Receipt::from_text(&text)?;
    let head = browser.text(".definition-list__item:nth-child(2) dd")?.replace(',', "");
    ensure!(receipt.head.seq.to_string() == head, "{} is not {head}", receipt.head.seq);
    ensure!(receipt.shard == tablet.world.shard);
    Ok(())
}
