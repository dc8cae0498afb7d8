//! Counts of what the server has done since its instance started, as Prometheus reads them.
//!
//! They are in memory: under workerd one instance is worker and all objects, so it has all of them. A new instance
//! after a panic begins at zero, as Prometheus expects; how many there were is kept by the shim. No label names a
//! person, a device or an account.

use crate::shard_do::now_ms;
use shared::id::ShardId;
use shared::sync::{PROTOCOL, Verdict};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use worker::js_sys::{Reflect, global};

/// Upper bounds of the durations' buckets, in milliseconds.
const BUCKETS_MS: [u32; 10] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000];
/// The name under which the shim counts instances that ended in a panic.
const RESTARTS: &str = "cascadeRestarts";

/// One request, when its answer is ready.
pub struct Answered {
    /// Method and pattern of its route.
    pub route: (&'static str, &'static str),
    /// The answer's status.
    pub status: u16,
    /// How long it took.
    pub ms: u32,
    /// Bytes of its body.
    pub received: u64,
    /// Bytes of the answer's body, before compression.
    pub sent: u64,
}

#[derive(Default)]
struct Durations {
    buckets: [u64; BUCKETS_MS.len()],
    count: u64,
    sum_ms: u64,
}

#[derive(Default)]
struct Counts {
    started_ms: i64,
    requests: BTreeMap<((&'static str, &'static str), u16), u64>,
    durations: BTreeMap<(&'static str, &'static str), Durations>,
    bytes: BTreeMap<&'static str, u64>,
    sync: BTreeMap<&'static str, u64>,
    events: BTreeMap<&'static str, u64>,
    shards: BTreeMap<ShardId, (u64, u64)>,
}

thread_local! {
    static COUNTS: RefCell<Counts> = RefCell::new(Counts { started_ms: now_ms(), ..Counts::default() });
}

fn count(add: impl FnOnce(&mut Counts)) {
    COUNTS.with_borrow_mut(add);
}

/// Counts a request.
pub fn answered(told: &Answered) {
    count(|counts| {
        *counts.requests.entry((told.route, told.status)).or_default() += 1;
        *counts.bytes.entry("received").or_default() += told.received;
        *counts.bytes.entry("sent").or_default() += told.sent;
        let durations = counts.durations.entry(told.route).or_default();
        durations.count += 1;
        durations.sum_ms += u64::from(told.ms);
        for (bucket, bound) in durations.buckets.iter_mut().zip(BUCKETS_MS) {
            *bucket += u64::from(told.ms <= bound);
        }
    });
}

/// Counts one exchange: whether it carried events, whether the device knew a history that this log does not have, and
/// the rows that went down.
pub fn exchanged(had_events: bool, forked: bool, rows: usize) {
    count(|counts| {
        let mut add = |what, n: u64| *counts.sync.entry(what).or_default() += n;
        add("exchanges", 1);
        add("batches", u64::from(had_events));
        add("forked", u64::from(forked));
        add("rows", rows as u64);
    });
}

/// Counts what became of an event; `known` if it had come before.
pub fn judged(verdict: &Verdict, known: bool) {
    let what = match verdict {
        Verdict::Fork => "fork",
        _ if known => "known",
        Verdict::Admitted { .. } => "admitted",
        Verdict::Held { .. } => "held",
        Verdict::Refused(_) => "refused",
        Verdict::Newer => "newer",
    };
    count(|counts| *counts.events.entry(what).or_default() += 1);
}

/// Keeps where a shard's log ends and how large its database is.
pub fn shard_is(shard: &ShardId, head: u64, bytes: usize) {
    count(|counts| {
        counts.shards.insert(shard.clone(), (head, bytes as u64));
    });
}

/// All counts, in Prometheus' text format.
pub fn text() -> String {
    COUNTS.with_borrow(|counts| {
        let mut text = String::new();
        write(&mut text, counts, restarts());
        text
    })
}

fn restarts() -> u64 {
    let held = Reflect::get(&global(), &RESTARTS.into()).ok().and_then(|held| held.as_f64());
    held.unwrap_or_default() as u64
}

/// A metric's head, then its lines of labels and values.
fn metric(
    text: &mut String,
    name: &str,
    kind: &str,
    help: &str,
    lines: impl Iterator<Item = (String, String)>,
) {
    let _ = writeln!(text, "# HELP cascade_{name} {help}\n# TYPE cascade_{name} {kind}");
    for (labels, value) in lines {
        let _ = writeln!(text, "cascade_{name}{labels} {value}");
    }
}

fn write(text: &mut String, counts: &Counts, restarts: u64) {
    let one = |value: String| std::iter::once((String::new(), value));
    let named = |label: &'static str, held: &BTreeMap<&'static str, u64>| -> Vec<(String, String)> {
        held.iter().map(|(name, n)| (format!("{{{label}=\"{name}\"}}"), n.to_string())).collect()
    };
    let about = format!("{{version=\"{}\",protocol=\"{PROTOCOL}\"}}", env!("CARGO_PKG_VERSION"));
    metric(text, "info", "gauge", "What runs.", std::iter::once((about, "1".to_owned())));
    let started = counts.started_ms / 1_000;
    metric(text, "started_seconds", "gauge", "When this instance began to count.", one(started.to_string()));
    let help = "Instances of the server that ended in a panic.";
    metric(text, "instance_restarts_total", "counter", help, one(restarts.to_string()));

    let requests = counts.requests.iter().map(|(((method, route), status), n)| {
        (format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}"), n.to_string())
    });
    metric(text, "requests_total", "counter", "Requests answered.", requests);
    let durations = counts.durations.iter().flat_map(|((method, route), d)| {
        let labels = format!("method=\"{method}\",route=\"{route}\"");
        let bucket = |bound: String, n: u64| (format!("_bucket{{{labels},le=\"{bound}\"}}"), n.to_string());
        let mut lines: Vec<(String, String)> =
            BUCKETS_MS.iter().zip(d.buckets).map(|(ms, n)| bucket(seconds(u64::from(*ms)), n)).collect();
        lines.push(bucket("+Inf".to_owned(), d.count));
        lines.push((format!("_sum{{{labels}}}"), seconds(d.sum_ms)));
        lines.push((format!("_count{{{labels}}}"), d.count.to_string()));
        lines
    });
    metric(text, "request_seconds", "histogram", "How long answers took.", durations);
    let bytes = named("way", &counts.bytes).into_iter();
    metric(text, "body_bytes_total", "counter", "Bytes of bodies, before compression.", bytes);
    let sync = named("what", &counts.sync).into_iter();
    metric(text, "sync_total", "counter", "Exchanges, batches of events, rows sent, forked devices.", sync);
    let events = named("verdict", &counts.events).into_iter();
    metric(
        text,
        "events_total",
        "counter",
        "Events by what became of them; known ones had come before.",
        events,
    );

    let of = |which: fn(&(u64, u64)) -> u64| {
        let line = move |(shard, held): (&ShardId, &(u64, u64))| {
            (format!("{{shard=\"{shard}\"}}"), which(held).to_string())
        };
        counts.shards.iter().map(line)
    };
    metric(text, "shard_records", "gauge", "Records in the log of a shard in memory.", of(|held| held.0));
    metric(text, "shard_bytes", "gauge", "Bytes of the database of a shard in memory.", of(|held| held.1));
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}
