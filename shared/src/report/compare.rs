//! The published figures beside ours.

use super::{Progress, Row};
use crate::programme::{Measure, Precision, Programme, Published};
use crate::tally::ShardTally;

/// A published figure and what we count for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The figure, by its place in the programme's list.
    pub published: usize,
    /// What we count.
    pub ours: u32,
    /// How the two stand to each other.
    pub verdict: Verdict,
}

/// How a published figure stands to ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same, or within the precision that "about" leaves.
    Agrees,
    /// The tier is still being taught; it may yet come to this.
    NotReachedYet,
    /// The source's own items come to less: nobody can say what the rest is.
    NotItemised {
        /// What the source's items come to.
        itemised: u32,
    },
    /// The two contradict each other.
    DoesNotAddUp,
}

/// Compares every published figure.
pub(super) fn compare(programme: &Programme, rows: &[Row], tallies: &[ShardTally]) -> Vec<Compared> {
    let compared = |(at, figure): (usize, &Published)| {
        let ours = ours(programme, rows, tallies, figure);
        Compared { published: at, ours, verdict: verdict(programme, rows, figure, ours) }
    };
    programme.published.iter().enumerate().map(compared).collect()
}

fn verdict(programme: &Programme, rows: &[Row], figure: &Published, ours: u32) -> Verdict {
    if agrees(figure, ours) {
        return Verdict::Agrees;
    }
    if let Some(itemised) = itemised(programme, figure).filter(|sum| *sum < figure.value) {
        return Verdict::NotItemised { itemised };
    }
    let mut of_figure = rows.iter().filter(|r| figure.stage.as_ref().is_none_or(|s| r.stage == *s));
    let is_counted_as_taught = !matches!(figure.measure, Measure::Topics | Measure::Stations);
    if is_counted_as_taught && ours < figure.value && of_figure.any(|r| r.progress != Progress::Over) {
        return Verdict::NotReachedYet;
    }
    Verdict::DoesNotAddUp
}

/// Whether a count is what was published: the same number, or for "about" within a twentieth of it.
fn agrees(figure: &Published, ours: u32) -> bool {
    match figure.precision {
        Precision::Exact => ours == figure.value,
        Precision::About => u64::from(ours.abs_diff(figure.value)) * 20 <= u64::from(figure.value),
    }
}

/// What the source's figures by tier come to, for an exact total of persons or sessions.
pub(super) fn itemised(programme: &Programme, total: &Published) -> Option<u32> {
    let adds_up = matches!(total.measure, Measure::Persons | Measure::Sessions);
    if total.stage.is_some() || total.precision != Precision::Exact || !adds_up {
        return None;
    }
    let items = programme.published.iter().filter(|p| p.measure == total.measure && p.stage.is_some());
    let values: Vec<u32> = items.map(|p| p.value).collect();
    (!values.is_empty()).then(|| values.iter().fold(0u32, |sum, v| sum.saturating_add(*v)))
}

fn ours(programme: &Programme, rows: &[Row], tallies: &[ShardTally], figure: &Published) -> u32 {
    let of_figure = || rows.iter().filter(|r| figure.stage.as_ref().is_none_or(|s| r.stage == *s));
    match figure.measure {
        Measure::Persons => of_figure().map(|r| r.counts.completed).sum(),
        Measure::Sessions => of_figure().map(|r| r.counts.held).sum(),
        Measure::Days => {
            let held = of_figure().filter_map(|r| r.held);
            let all = held.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            all.map_or(0, |(first, last)| days_between(first, last))
        }
        Measure::Trainers => {
            let by_stage = tallies.iter().flat_map(|t| &t.trainers);
            by_stage.filter(|(s, _)| figure.stage.as_ref().is_none_or(|f| f == *s)).map(|(_, n)| n).sum()
        }
        Measure::Stations => tallies.iter().map(|t| t.stations).sum(),
        Measure::Sites => of_figure().map(|r| r.sites).max().unwrap_or(0),
        Measure::Topics => {
            let modules = programme.modules.iter();
            modules.filter(|m| figure.stage.as_ref().is_none_or(|s| m.stages.contains(s))).count() as u32
        }
    }
}

/// Calendar days from the first to the last, both counted.
pub(super) fn days_between(first: crate::time::Day, last: crate::time::Day) -> u32 {
    u32::try_from(i64::from(last.0) - i64::from(first.0) + 1).unwrap_or(0)
}
