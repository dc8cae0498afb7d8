//! `cargo xtask bench`: measures at true size and rewrites `docs/benchmarks.md`. Never a test: it passes or fails
//! nothing; it says what it found beside the goal.

mod page;

use crate::build::{self, Flavour};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use cascade_tests::demo;
use cascade_tests::server::{Options, Server};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

/// One figure, its goal and how it was taken.
#[derive(Debug)]
pub struct Figure {
    what: String,
    found: String,
    goal: String,
    how: String,
}

impl Figure {
    fn new(what: &str, found: String, goal: &str, how: &str) -> Self {
        println!("  {what}: {found} (goal {goal})");
        Self { what: what.into(), found, goal: goal.into(), how: how.into() }
    }
}

/// Measures and writes.
///
/// # Errors
/// When the build, the server or the browser fails.
pub fn run(ws: &Workspace) -> Result<()> {
    let dist = build::run(ws, Flavour::Shipped)?;
    let folder = ws.target.join("bench");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the last bench's folder")?;
    }
    let mut figures = vec![first_visit(&dist)?];

    println!("the demo at true size");
    let server = |name: &str| -> Result<Server> {
        let storage = folder.join(name);
        fs::create_dir_all(&storage)?;
        let mut options = Options::new(dist.clone(), &storage);
        options.demo = true;
        options.operator_key = "only for this bench, on this machine".into();
        Server::start(options)
    };
    let begun = Instant::now();
    let mut full = server("full")?;
    let links = demo::open(&mut full, &mut |line| println!("    {line}"))?;
    figures.push(Figure::new(
        "demo of 31,800 people loaded and served, from an empty folder",
        seconds(begun.elapsed()),
        "<= 60 s",
        "one run, through the API, after the build",
    ));
    let again: Vec<Duration> = (0..5)
        .map(|_| {
            full.kill()?;
            let begun = Instant::now();
            full.restart()?;
            Ok(begun.elapsed())
        })
        .collect::<Result<_>>()?;
    figures.push(Figure::new(
        "the same folder served again after kill -9",
        seconds(median(again)),
        "seconds",
        "median of 5",
    ));
    let links = links.at(&full.base_url());
    let link = |role: &str| {
        links.iter().find(|(label, _)| label == role).map(|(_, url)| url.clone()).context("a demo link")
    };
    figures.extend(page::session(&link("trainer")?, &folder)?);
    figures.extend(page::coordinator(&link("coordinator")?, &folder)?);
    full.stop()?;

    println!("planning nine sites in the browser");
    let planning = server("planning")?;
    let hq = demo::load_to_last_plan(&planning.base_url(), &planning.options().operator_key, &mut |line| {
        println!("    {line}");
    })?;
    figures.extend(page::planning(&format!("{}/#demo={hq}", planning.base_url()), &folder)?);
    planning.stop()?;
    write(ws, &figures)
}

fn first_visit(dist: &std::path::Path) -> Result<Figure> {
    let listing: serde_json::Value = serde_json::from_slice(&fs::read(dist.join("site/files.json"))?)?;
    let files = listing["files"].as_object().context("files.json")?;
    let is_first = |path: &str| {
        let name = path.trim_start_matches('/');
        ["app-", "styles-", "snippet-", "boot.js", "index.html"].iter().any(|start| name.starts_with(start))
    };
    let bytes: u64 = files
        .iter()
        .filter(|(path, _)| is_first(path))
        .filter_map(|(_, file)| file["br"].as_u64().or_else(|| file["size"].as_u64()))
        .sum();
    Ok(Figure::new(
        "first visit: page, styles, script and wasm, brotli",
        format!("{} kB", bytes.div_ceil(1000)),
        "<= 300 kB",
        "sum of the files as served",
    ))
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn write(ws: &Workspace, figures: &[Figure]) -> Result<()> {
    let said = |program: &str, words: &[&str]| {
        let out = Command::new(program)
            .args(words)
            .output()
            .ok()
            .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned());
        out.unwrap_or_else(|| "unknown".into())
    };
    let browser = cascade_tests::browser::Programs::find()?;
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let mut text = String::from(
        "# Benchmarks\n\nMade by `cargo xtask bench`; a figure is what one machine found on one day, not a promise.\n\n",
    );
    let _ = writeln!(
        text,
        "{} · {cores} cores · {} · {}\n",
        said("date", &["+%Y-%m-%d"]),
        said("rustc", &["--version"]),
        said(&browser.chrome.display().to_string(), &["--version"])
    );
    text.push_str("| what | found | goal | how |\n|---|---|---|---|\n");
    for Figure { what, found, goal, how } in figures {
        let _ = writeln!(text, "| {what} | {found} | {goal} | {how} |");
    }
    fs::write(ws.root.join("docs/benchmarks.md"), text).context("docs/benchmarks.md")
}
