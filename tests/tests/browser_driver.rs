//! The browser driver against a small page of its own: each test is one person doing one thing.

use anyhow::{Result, ensure};
use cascade_tests::browser::{Browser, Clock, Look, Point, Profile, dump_holds};
use cascade_tests::proxy::Proxy;
use cascade_tests::shots::{SIZES, shoot};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use tempfile::TempDir;

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Register</title>
<meta name="viewport" content="width=device-width"><script src="/page.js"></script></head><body>
<h1>Session 7</h1>
<button id="count">Count</button><output id="counted">0</output>
<button id="late" disabled>Late</button>
<button class="mark">Everyone present</button><button class="mark">Everyone</button>
<label>Name <input id="name" value="old"></label>
<select id="role"><option value="a">A</option><option value="b">B</option></select>
<input type="file" id="file" multiple hidden><ul id="files"></ul>
<a id="csv" download="problems.csv" href="/problems">Download</a>
<div id="pad">Pad</div><output id="touched"></output>
<output id="keys"></output>
</body></html>"#;

const SCRIPT: &str = r#"
window.firstTime = Date.now();
addEventListener("DOMContentLoaded", () => {
  const get = (id) => document.getElementById(id);
  let count = 0;
  get("count").onclick = () => {
    count += 1;
    get("counted").textContent = count;
    setTimeout(() => { get("late").disabled = false; }, 150);
  };
  get("late").onclick = () => { get("counted").textContent = "late"; };
  for (const mark of document.querySelectorAll(".mark")) {
    mark.onclick = () => { get("counted").textContent = mark.textContent; };
  }
  get("role").onchange = (e) => { get("counted").textContent = "role " + e.target.value; };
  get("file").onchange = async (e) => {
    for (const file of e.target.files) {
      const item = document.createElement("li");
      item.textContent = file.name + ": " + await file.text();
      get("files").append(item);
    }
  };
  const heard = [];
  for (const kind of ["touchstart", "touchend", "mousedown", "click"]) {
    get("pad").addEventListener(kind, () => { heard.push(kind); get("touched").textContent = heard.join(" "); });
  }
  addEventListener("keydown", (e) => {
    get("keys").textContent += (e.ctrlKey && e.key !== "Control" ? "^" : "") + e.key + " ";
  });
  addEventListener("pointerup", (e) => {
    get("touched").textContent = [e.pointerType, Math.round(e.clientX), Math.round(e.clientY)].join(" ");
  });
  console.warn("the page is here");
});
"#;

const SAVE: &str = r#"
const [name, bytes] = arguments;
const open = indexedDB.open("register", 3);
open.onupgradeneeded = () => open.result.createObjectStore("people", { keyPath: "id" });
const database = await new Promise((done, fail) => { open.onsuccess = () => done(open.result); open.onerror = fail; });
const write = database.transaction("people", "readwrite", { durability: "strict" });
write.objectStore("people").put({ id: 7, name, text: new TextEncoder().encode("sealed"), raw: new Uint8Array(bytes) });
await new Promise((done, fail) => { write.oncomplete = done; write.onabort = () => fail(write.error); });
database.close();
"#;

/// Serves the page on a port of its own for as long as the process lives; gives its address.
fn serve() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://127.0.0.1:{}/", listener.local_addr()?.port());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let (kind, body) = match first.split(' ').nth(1) {
        Some("/") => ("text/html", PAGE),
        Some("/page.js") => ("text/javascript", SCRIPT),
        Some("/problems") => ("text/csv", "line,reason\n7,no such station\n"),
        _ => ("text/plain", ""),
    };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\
         Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'\r\n\r\n{body}",
        body.len()
    )
}

/// A fresh folder and a browser on it that shows the page.
fn opened(make: impl FnOnce(Profile) -> Profile) -> Result<(TempDir, Browser, String)> {
    let dir = TempDir::new()?;
    let browser = Browser::launch(make(Profile::desk(dir.path().join("profile"))))?;
    let address = serve()?;
    browser.goto(&address)?;
    Ok((dir, browser, address))
}

#[test]
fn a_click_waits_until_the_button_is_enabled() -> Result<()> {
    let (_dir, browser, address) = opened(|profile| profile)?;
    assert_eq!((browser.url()?, browser.title()?), (address, "Register".to_owned()));
    browser.click("#count")?;
    browser.wait_text("#counted", |text| text == "1")?;
    browser.click("#late")?;
    assert_eq!(browser.text("#counted")?, "late");
    browser.click_text("button", "Everyone")?;
    assert_eq!(browser.text("#counted")?, "Everyone");
    browser.click_text("button", "Everyone pres")?;
    assert_eq!(browser.text("#counted")?, "Everyone present");
    assert_eq!((browser.count(".mark")?, browser.exists("#nothing")?), (2, false));
    assert_eq!(browser.attr("html", "lang")?.as_deref(), Some("en"));
    assert!(browser.console_log()?.iter().any(|line| line.message.contains("the page is here")));
    browser.close()
}

#[test]
fn typing_choosing_and_keys_reach_the_page() -> Result<()> {
    let (_dir, browser, _) = opened(|profile| profile)?;
    browser.type_into("#name", "er")?;
    assert_eq!(browser.value("#name")?, "older");
    browser.fill("#name", "Айгүл")?;
    assert_eq!(browser.value("#name")?, "Айгүл");
    browser.choose("#role", "b")?;
    browser.wait_text("#counted", |text| text == "role b")?;
    browser.js("document.activeElement.blur(); document.getElementById('keys').textContent = ''", &[])?;
    browser.key("Escape")?;
    browser.key("Control+k")?;
    browser.wait_text("#keys", |text| text == "Escape Control ^k")?;
    assert!(browser.key("Hyper").is_err());
    assert_eq!(browser.js_async("await null; return arguments[0] + 1", &[json!(41)])?, json!(42));
    let thrown = browser.js_async("throw new Error('no such seat')", &[]).unwrap_err();
    assert!(thrown.to_string().contains("no such seat"));
    Ok(())
}

#[test]
fn files_are_given_to_a_hidden_field() -> Result<()> {
    let (dir, browser, _) = opened(|profile| profile)?;
    let paths = [dir.path().join("people.csv"), dir.path().join("rooms.csv")];
    std::fs::write(&paths[0], "name\nAibek")?;
    std::fs::write(&paths[1], "room")?;
    browser.upload("#file", &[&paths[0], &paths[1]])?;
    browser.wait_until("both files", || Ok(browser.count("#files li")? == 2))?;
    assert_eq!(browser.texts("#files li")?, ["people.csv: name Aibek", "rooms.csv: room"]);
    Ok(())
}

#[test]
fn a_finger_on_a_tablet_is_a_touch_and_then_a_click() -> Result<()> {
    let (_dir, browser, _) = opened(|profile| Profile { touch: true, size: (800, 1280), ..profile })?;
    browser.tap("#pad")?;
    browser.wait_text("#touched", |text| text == "touchstart touchend mousedown click")?;
    browser.tap_text("button", "Everyone present")?;
    browser.wait_text("#counted", |text| text == "Everyone present")?;
    let media =
        "return [innerWidth, innerHeight, matchMedia('(pointer: coarse)').matches, navigator.maxTouchPoints]";
    assert_eq!(browser.js(media, &[])?, json!([800, 1280, true, 5]));
    Ok(())
}

#[test]
fn a_wrong_clock_is_wrong_from_the_first_script_on_and_runs() -> Result<()> {
    for year in [2040, 2001] {
        let (_dir, browser, address) = opened(|profile| profile.with_clock(Clock::in_year(year)))?;
        let read = "return [new Date(window.firstTime).getUTCFullYear(), new Date().getUTCFullYear(), \
             Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000, new Date(0).getTime(), \
             new Date() instanceof Date, Date().includes(arguments[0]), typeof Temporal, \
             new Intl.DateTimeFormat('en', {year: 'numeric'}).format()]";
        let told = json!([year, year, true, 0, true, true, "undefined", year.to_string()]);
        assert_eq!(browser.js(read, &[json!(year.to_string())])?, told);
        let before = browser.js("return Date.now()", &[])?.as_i64();
        browser
            .wait_until("the clock to run", || Ok(browser.js("return Date.now()", &[])?.as_i64() > before))?;
        browser.new_tab()?;
        browser.goto(&address)?;
        assert_eq!(browser.js("return new Date(window.firstTime).getUTCFullYear()", &[])?, json!(year));
    }
    Ok(())
}

#[test]
fn what_a_device_stored_is_there_after_closing_and_after_a_crash() -> Result<()> {
    let (_dir, browser, address) = opened(|profile| profile)?;
    browser.js_async(SAVE, &[json!("Жылдыз Asanova"), json!([255, 0, 128])])?;
    let held = json!({ "register": { "version": 3, "stores": { "people": [
        { "key": 7, "value": { "id": 7, "name": "Жылдыз Asanova", "text": "sealed", "raw": { "base64": "/wCA" } } },
    ] } } });
    assert_eq!(browser.dump_indexeddb()?, held);
    let profile = browser.profile().clone();
    browser.close()?;

    let browser = Browser::launch(profile.clone())?;
    browser.goto(&address)?;
    assert_eq!(browser.dump_indexeddb()?, held);
    assert!(browser.idb_raw_contains("sealed")?);
    assert!(!browser.idb_raw_contains("nobody of this name")?);
    browser.js_async(SAVE, &[json!("Bakyt"), json!([])])?;
    browser.kill();

    let browser = Browser::launch(profile)?;
    browser.goto(&address)?;
    let after = browser.dump_indexeddb()?;
    assert!(dump_holds(&after, "Bakyt") && !dump_holds(&after, "Asanova"), "{after}");
    Ok(())
}

#[test]
fn a_full_disk_is_felt_by_the_page() -> Result<()> {
    let (_dir, browser, _) = opened(|profile| profile)?;
    browser.set_quota(Some(20_000))?;
    let big = "const many = new Array(200000).fill(7);";
    let save = format!("{big}{}", SAVE.replace("bytes)", "many)"));
    // The browser notices a quota, and its end, a moment after it was told.
    browser.wait_until("the full disk to be felt", || {
        Ok(browser.js_async(&save, &[json!("Nur")]).is_err_and(|fault| fault.to_string().contains("Quota")))
    })?;
    browser.set_quota(None)?;
    browser.wait_until("room again", || Ok(browser.js_async(&save, &[json!("Nur")]).is_ok()))
}

#[test]
fn long_tasks_are_kept_and_a_slow_processor_makes_them_longer() -> Result<()> {
    let (_dir, browser, _) = opened(|profile| profile)?;
    browser.install_long_task_observer()?;
    browser.reload()?;
    let busy = "const end = performance.now() + 120; while (performance.now() < end);";
    browser.js(&format!("setTimeout(() => {{ {busy} }}, 0)"), &[])?;
    browser.wait_until("a long task", || {
        Ok(browser.long_tasks()?.iter().any(|task| task.duration_ms >= 119.0))
    })?;
    let work = "const from = performance.now(); let x = 0; for (let i = 0; i < 3e6; i += 1) x += Math.sqrt(i); \
         return performance.now() - from";
    let median_ms = |rate: f64| -> Result<f64> {
        browser.slow_cpu(rate)?;
        let mut taken = [0.0; 5];
        for taken in &mut taken {
            *taken = browser.js(work, &[])?.as_f64().unwrap_or_default();
        }
        taken.sort_by(f64::total_cmp);
        Ok(taken[2])
    };
    // The machine is shared: one pair of runs may be disturbed.
    browser.wait_until("a slowed processor to take twice as long", || {
        Ok(median_ms(6.0)? > 2.0 * median_ms(1.0)?)
    })?;
    Ok(())
}

#[test]
fn tabs_share_the_device_and_pictures_are_written() -> Result<()> {
    let (dir, browser, address) = opened(|profile| Profile { dark: true, ..profile }.with_locale("ru"))?;
    let first = browser.current_tab()?;
    browser.js("localStorage.setItem('who', 'hq')", &[])?;
    browser.new_tab()?;
    browser.goto(&address)?;
    let seen = "return [localStorage.getItem('who'), matchMedia('(prefers-color-scheme: dark)').matches, \
         navigator.language, new Intl.DateTimeFormat().resolvedOptions().locale]";
    assert_eq!(browser.js(seen, &[])?, json!(["hq", true, "ru", "ru"]));
    assert_eq!(browser.tabs()?.len(), 2);
    browser.close_tab()?;
    assert_eq!(browser.current_tab()?, first);
    browser.set_look(Look { size: (360, 640), dark: false })?;
    assert_eq!(
        browser.js("return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]", &[])?,
        json!([360, false])
    );
    let (png, whole, pdf) = (dir.path().join("a/b.png"), dir.path().join("c.png"), dir.path().join("d.pdf"));
    browser.screenshot(&png)?;
    browser.screenshot_page(&whole)?;
    browser.print(&pdf)?;
    assert!(std::fs::read(&png)?.starts_with(b"\x89PNG") && std::fs::read(&whole)?.starts_with(b"\x89PNG"));
    assert!(std::fs::read(&pdf)?.starts_with(b"%PDF"));
    Ok(())
}

#[test]
fn a_wait_in_vain_tells_what_the_page_said() -> Result<()> {
    let (_dir, browser, address) = opened(|profile| profile)?;
    browser.set_patience(std::time::Duration::from_millis(200));
    let said = browser.wait_text("#counted", |text| text == "36").unwrap_err().to_string();
    for part in ["for the text of #counted", "Session 7", "the page is here", &address] {
        ensure!(said.contains(part), "{part} is missing in: {said}");
    }
    let said = browser.click("#late").unwrap_err().to_string();
    assert!(said.contains("#late to be clickable"));
    Ok(())
}

#[test]
fn a_page_feels_its_line_cut_mended_and_losing_a_reply() -> Result<()> {
    let (_dir, browser, address) = opened(|profile| profile)?;
    let port = address.trim_end_matches('/').rsplit(':').next().unwrap_or_default().parse()?;
    let proxy = Proxy::start(port)?;
    browser.goto(&proxy.address())?;
    assert!(proxy.bytes_down() > PAGE.len() as u64);
    let fetch = "return fetch(arguments[0], {cache: 'no-store'}).then((r) => r.status, () => 'lost')";
    assert_eq!(browser.js_async(fetch, &[json!("/page.js")])?, json!(200));
    proxy.cut();
    assert_eq!(browser.js_async(fetch, &[json!("/page.js")])?, json!("lost"));
    proxy.restore();
    proxy.swallow_response_to("GET /sync");
    assert_eq!(browser.js_async(fetch, &[json!("/page.js")])?, json!(200));
    assert_eq!(browser.js_async(fetch, &[json!("/sync")])?, json!("lost"));
    assert_eq!((proxy.swallowed(), browser.js_async(fetch, &[json!("/sync")])?), (1, json!(200)));
    Ok(())
}

#[test]
fn a_page_is_pictured_in_every_look_and_left_as_it_was() -> Result<()> {
    let (dir, browser, _) = opened(|profile| profile)?;
    let before = browser.look();
    let pictures = shoot(&browser, "register", &dir.path().join("shots"))?;
    assert_eq!(pictures.len(), SIZES.len() * 4);
    assert!(pictures.iter().all(|path| path.is_file()));
    assert!(pictures.iter().any(|path| path.ends_with("register-phone-dark-rtl.png")));
    assert_eq!((browser.look(), browser.attr("html", "dir")?), (before, None));
    assert_eq!(browser.js("return innerWidth", &[])?, json!(1280));
    Ok(())
}

#[test]
fn a_device_downloads_loses_its_network_and_is_granted_storage() -> Result<()> {
    let (_dir, browser, _) = opened(|profile| profile)?;
    browser.click("#csv")?;
    let file = browser.wait_download(".csv")?;
    assert_eq!(std::fs::read_to_string(file)?, "line,reason\n7,no such station\n");
    let reach = "return [navigator.onLine, await fetch('/page.js', {cache: 'no-store'}).then(() => true, () => false)]";
    assert_eq!(browser.js_async(reach, &[])?, json!([true, true]));
    browser.set_offline(true)?;
    assert_eq!(browser.js_async(reach, &[])?, json!([false, false]));
    browser.set_offline(false)?;
    assert_eq!(browser.js_async(reach, &[])?, json!([true, true]));
    let persist = "return await navigator.storage.persist()";
    assert_eq!(browser.js_async(persist, &[])?, json!(false));
    browser.grant(&["durableStorage"])?;
    assert_eq!(browser.js_async(persist, &[])?, json!(true));
    Ok(())
}

#[test]
fn a_drag_ends_where_it_was_to() -> Result<()> {
    let (_dir, browser, _) = opened(|profile| profile)?;
    let middle = "const b = document.querySelector(arguments[0]).getBoundingClientRect(); \
         return [Math.floor(b.x + b.width / 2), Math.floor(b.y + b.height / 2)]";
    let at = |selector: &str| -> Result<(i64, i64)> {
        Ok(serde_json::from_value(browser.js(middle, &[json!(selector)])?)?)
    };
    let ends_at = |x: i64, y: i64| {
        browser.wait_text("#touched", move |text| {
            let part = |n: usize| text.split(' ').nth(n).and_then(|part| part.parse::<i64>().ok());
            text.starts_with("mouse")
                && part(1).is_some_and(|seen| (seen - x).abs() <= 1)
                && part(2).is_some_and(|seen| (seen - y).abs() <= 1)
        })
    };
    browser.drag("h1", "#role")?;
    let (x, y) = at("#role")?;
    ends_at(x, y)?;
    // Selected text would itself be dragged away.
    browser.js("getSelection().removeAllRanges()", &[])?;
    browser.drag_by("h1", Point { x: 40, y: 90 })?;
    let (x, y) = at("h1")?;
    ends_at(x + 40, y + 90)?;
    Ok(())
}
