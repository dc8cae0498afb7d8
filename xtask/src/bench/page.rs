//! What is measured inside a real Chromium.

use super::{Figure, median, seconds};
use anyhow::{Context, Result};
use cascade_tests::browser::{Browser, Profile};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a screen is opened.
const RUNS: usize = 7;

fn browser(folder: &Path, name: &str, profile: impl Fn(std::path::PathBuf) -> Profile) -> Result<Browser> {
    let dir = folder.join(name);
    std::fs::create_dir_all(&dir)?;
    let browser = Browser::launch(profile(dir))?;
    browser.set_patience(Duration::from_secs(120));
    browser.install_long_task_observer()?;
    Ok(browser)
}

fn longest(browser: &Browser) -> Result<(usize, f64)> {
    let tasks = browser.long_tasks()?;
    Ok((tasks.len(), tasks.iter().map(|t| t.duration_ms).fold(0.0, f64::max)))
}

fn tasks_over_50(found: (usize, f64)) -> String {
    match found {
        (0, _) => "none".into(),
        (n, longest) => format!("{n}, the longest {longest:.0} ms"),
    }
}

/// From the tap on "Take attendance" to the rows, measured by the page's own clock.
pub fn session(link: &str, folder: &Path) -> Result<Vec<Figure>> {
    let browser = browser(folder, "trainer", Profile::tablet)?;
    browser.goto(link)?;
    let open = "main a[href^='/session/']";
    browser.wait(open)?;
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let script = "const [open] = arguments; const begun = performance.now(); \
             document.querySelector(open).click(); \
             while (!document.querySelector('[data-person]')) await new Promise(requestAnimationFrame); \
             await new Promise(requestAnimationFrame); \
             return performance.now() - begun;";
        let took = browser.js_async(script, &[open.into()])?.as_f64().context("a time")?;
        times.push(Duration::from_secs_f64(took / 1_000.0));
        browser.back()?;
        browser.wait(open)?;
    }
    let took = median(times);
    let how = format!("median of {RUNS}; from the click to the second frame with rows, 1280x800");
    let screen = Figure::new(
        "a session screen opens",
        format!("{:.0} ms", took.as_secs_f64() * 1_000.0),
        "<= 300 ms",
        &how,
    );
    browser.close()?;
    Ok(vec![screen])
}

/// A coordinator's whole shard arrives and is kept.
pub fn coordinator(link: &str, folder: &Path) -> Result<Vec<Figure>> {
    let browser = browser(folder, "coordinator", Profile::desk)?;
    let begun = Instant::now();
    browser.goto(link)?;
    browser.wait("main a[href^='/session/']")?;
    let took = begun.elapsed();
    let tasks = tasks_over_50(longest(&browser)?);
    browser.close()?;
    Ok(vec![
        Figure::new(
            "a coordinator's region of 1,391 people opens for the first time",
            seconds(took),
            "none set",
            "one run: join, sign in, fetch, store, show",
        ),
        Figure::new(
            "main-thread tasks over 50 ms meanwhile, the page's own start included",
            tasks,
            "0",
            "PerformanceObserver",
        ),
    ])
}

/// All nine sites of the last tier, planned by the page.
pub fn planning(link: &str, folder: &Path) -> Result<Vec<Figure>> {
    let browser = browser(folder, "headquarters", Profile::desk)?;
    browser.goto(link)?;
    browser.wait("a[href='/hq/plan']")?;
    let base = link.split("/#").next().context("an address")?;
    browser.goto(&format!("{base}/hq/plan"))?;
    browser.wait("#plan-sites")?;
    let before = browser.long_tasks()?.len();
    let begun = Instant::now();
    browser.click_text("button", "Plan all places")?;
    browser.wait_until("nine drafts", || {
        let drafts = browser.js("return [...document.querySelectorAll('#plan-sites tbody tr')].filter(r => r.innerText.includes('Draft')).length", &[])?;
        Ok(drafts.as_u64() == Some(9))
    })?;
    let took = begun.elapsed();
    let tasks = browser.long_tasks()?;
    let while_planning = tasks.get(before..).unwrap_or_default();
    let longest = while_planning.iter().map(|t| t.duration_ms).fold(0.0, f64::max);
    let found = tasks_over_50((while_planning.len(), longest));
    browser.close()?;
    Ok(vec![
        Figure::new(
            "31,150 people at nine sites planned in the browser, drafts stored by the server",
            seconds(took),
            "<= 20 s",
            "one run, from the click to nine drafts on screen",
        ),
        Figure::new("main-thread tasks over 50 ms meanwhile", found, "0", "PerformanceObserver"),
    ])
}
