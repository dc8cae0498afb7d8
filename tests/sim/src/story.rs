//! What happens, step by step. A step holds only choices, resolved against what there is when it is taken: any step
//! can be left out of a story and the rest still makes sense, so a failing story can be made short.

use crate::prng::Prng;

/// One step. `t` is a tablet, `tab` one of its open pages, `shard` a shard; all are taken modulo what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Step {
    /// Attendance is marked; `wait` leaves the write waiting for the disk.
    Mark { t: u16, tab: u16, session: u16, day: u16, person: u16, status: u16, wait: bool },
    /// Another fact: a session taken along, a field corrected, a replacement seen.
    Note { t: u16, tab: u16, what: u16, a: u16, b: u16 },
    /// Somebody decides what their role decides.
    Decide { t: u16, tab: u16, what: u16, a: u16, b: u16 },
    /// Headquarters changes registers directly: trainers, lists, rooms, names.
    Reassign { shard: u16, what: u16, a: u16, b: u16 },
    /// A page of a later version writes a kind that nobody here knows.
    WriteLater { t: u16 },
    /// A whole exchange without anything between.
    Exchange { t: u16, events: u16 },
    /// A request goes onto the network.
    Send { t: u16, tab: u16, events: u16, verdicts_only: bool },
    /// One message arrives, in any order.
    Deliver { n: u16 },
    /// One message is lost.
    Drop { n: u16 },
    /// One message comes twice.
    Duplicate { n: u16 },
    /// A page waits no longer; the answer may come yet.
    GiveUp { t: u16, tab: u16 },
    /// The disk completes one transaction of a page.
    Disk { t: u16, tab: u16 },
    /// The disk refuses one transaction of a page.
    DiskFull { t: u16, tab: u16 },
    /// A page ends; its transactions that are not complete never were.
    Crash { t: u16, tab: u16 },
    /// A page is opened on what is on disk.
    Open { t: u16 },
    /// The tablet is copied with all that is on its disk; running copies its open pages too.
    Clone { t: u16, running: bool },
    /// All that is on the tablet is lost, and it joins anew.
    Wipe { t: u16 },
    /// The tablet's clock jumps.
    Clock { t: u16, hours: i32 },
    /// Time passes for all.
    Pass { minutes: u32 },
    /// The shard's next batch meets a fault.
    Trip { shard: u16, how: u16 },
    /// The shard's object leaves memory.
    Evict { shard: u16 },
    /// A copy of the shard is taken.
    Snapshot { shard: u16 },
    /// The shard is restored from its copy, or from so many records earlier.
    Restore { shard: u16, back: u16 },
    /// A right ends.
    Revoke { account: u16, cause: bool },
    /// The right is given again.
    Reinstate { account: u16 },
    /// The shard asks the registry for news.
    Follow { shard: u16 },
}

/// A story and the limits it is told with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Rows of one page of a view.
    pub page_rows: u16,
    /// What happens.
    pub steps: Vec<Step>,
}

/// Steps of one story.
pub const STEPS: u32 = 200;

/// The story of a seed. Each seed leaves some faults out, so that others get far.
pub fn tell(seed: u64) -> Story {
    let mut prng = Prng::new(seed);
    let page_rows = [2, 3, 7, 20, 1_500][prng.below(5) as usize];
    let mut weights = WEIGHTS;
    for (weight, keep) in weights.iter_mut().zip(KEEP_PERCENT) {
        if !prng.percent(keep) {
            *weight = 0;
        }
    }
    let total: u32 = weights.iter().sum();
    let steps = (0..STEPS).map(|_| {
        let mut at = prng.below(total);
        let kind = weights.iter().position(|w| {
            let here = at < *w;
            at = at.saturating_sub(*w);
            here
        });
        step(kind.unwrap_or_default(), &mut prng)
    });
    Story { page_rows, steps: steps.collect() }
}

/// How often each kind of step comes, in the order of [`step`].
const WEIGHTS: [u32; 26] =
    [28, 8, 12, 4, 1, 24, 12, 20, 3, 3, 3, 8, 2, 3, 6, 1, 1, 3, 6, 4, 3, 2, 2, 3, 2, 3];
/// In how many of a hundred stories each kind of step comes at all.
const KEEP_PERCENT: [u32; 26] = [
    100, 70, 80, 70, 40, 100, 80, 100, 60, 60, 60, 100, 40, 70, 100, 35, 30, 60, 80, 60, 60, 100, 50, 50, 60,
    100,
];

fn step(kind: usize, prng: &mut Prng) -> Step {
    let t = prng.pick();
    let tab = prng.pick();
    let (shard, n, account) = (t, t, t);
    match kind {
        0 => {
            let [session, day, person, status] = [(); 4].map(|()| prng.pick());
            Step::Mark { t, tab, session, day, person, status, wait: prng.percent(25) }
        }
        1 => Step::Note { t, tab, what: prng.pick(), a: prng.pick(), b: prng.pick() },
        2 => Step::Decide { t, tab, what: prng.pick(), a: prng.pick(), b: prng.pick() },
        3 => Step::Reassign { shard, what: prng.pick(), a: prng.pick(), b: prng.pick() },
        4 => Step::WriteLater { t },
        5 => Step::Exchange { t, events: prng.pick() },
        6 => Step::Send { t, tab, events: prng.pick(), verdicts_only: prng.percent(20) },
        7 => Step::Deliver { n },
        8 => Step::Drop { n },
        9 => Step::Duplicate { n },
        10 => Step::GiveUp { t, tab },
        11 => Step::Disk { t, tab },
        12 => Step::DiskFull { t, tab },
        13 => Step::Crash { t, tab },
        14 => Step::Open { t },
        15 => Step::Clone { t, running: prng.percent(30) },
        16 => Step::Wipe { t },
        17 => {
            let years = prng.percent(40);
            let span = if years { 90_000 } else { 60 };
            Step::Clock { t, hours: prng.below(2 * span) as i32 - span as i32 }
        }
        18 => {
            let far = prng.percent(6);
            Step::Pass { minutes: if far { prng.below(50_000) } else { prng.below(300) } }
        }
        19 => Step::Trip { shard, how: prng.pick() },
        20 => Step::Evict { shard },
        21 => Step::Snapshot { shard },
        22 => Step::Restore { shard, back: prng.pick() },
        23 => Step::Revoke { account, cause: prng.percent(40) },
        24 => Step::Reinstate { account },
        _ => Step::Follow { shard },
    }
}
