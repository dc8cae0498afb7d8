//! What does not add up: between our own counts, inside what was published, and where figures are missing.

use super::compare::{Compared, Verdict, days_between, itemised};
use super::{Row, last_day};
use crate::id::{ShardId, StageCode};
use crate::programme::{Measure, Programme};
use crate::tally::{Counts, ShardTally};
use crate::time::Day;

/// Sessions from which on an average at the norm is worth a question.
const MANY_SESSIONS: u32 = 100;

/// One contradiction: a key and its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// A shard did not answer: every sum lacks it.
    Silent {
        /// The shard.
        shard: ShardId,
    },
    /// A count is greater than the one it is a part of.
    Greater {
        /// The tier.
        stage: StageCode,
        /// The shard.
        shard: ShardId,
        /// Which two counts.
        pair: Pair,
        /// The part.
        part: u32,
        /// The whole.
        whole: u32,
    },
    /// Observers disagree and nobody has settled it: these persons count neither way.
    Disputed {
        /// The tier.
        stage: StageCode,
        /// The shard.
        shard: ShardId,
        /// Persons.
        persons: u32,
    },
    /// What is counted is not what was published, and the tier is over.
    Published {
        /// The figure, by its place in the programme's list.
        figure: usize,
        /// What is counted.
        ours: u32,
    },
    /// Sessions are over and a day of theirs has no mark.
    NotMarked {
        /// The tier.
        stage: StageCode,
        /// The shard.
        shard: ShardId,
        /// Sessions.
        sessions: u32,
    },
    /// The published number of days is not that of the published dates.
    PublishedDays {
        /// The tier; the whole programme if none.
        stage: Option<StageCode>,
        /// Days as published.
        published: u32,
        /// Days from the first date to the last.
        counted: u32,
    },
    /// The published items come to less than the published total (or to more).
    NotItemised {
        /// Of what.
        measure: Measure,
        /// The total.
        total: u32,
        /// The sum of the items.
        itemised: u32,
    },
    /// Too good to be true: over many sessions the published groups fill the norm to a hair.
    AverageAtNorm {
        /// The tier.
        stage: StageCode,
        /// Persons in a group on average, in hundredths.
        average_hundredths: u32,
        /// The norm.
        norm: u16,
    },
}

/// Two counts of which the first is part of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Pair {
    InvitedOverPlanned,
    PresentOverInvited,
    CompletedOverPresent,
    HeldOverSessions,
}

/// All of them.
pub(super) fn doubts(
    programme: &Programme,
    rows: &[Row],
    compared: &[Compared],
    tallies: &[ShardTally],
    today: Day,
) -> Vec<Doubt> {
    let mut found = vec![];
    for shard in programme.shards() {
        if !tallies.iter().any(|t| t.shard == shard) {
            found.push(Doubt::Silent { shard });
        }
    }
    for row in rows {
        for part in &row.parts {
            found.extend(greater(&row.stage, &part.shard, &part.counts));
        }
    }
    inside_published(programme, rows, &mut found);
    let differ = compared.iter().filter(|c| c.verdict == Verdict::DoesNotAddUp);
    found.extend(differ.map(|c| Doubt::Published { figure: c.published, ours: c.ours }));
    for row in rows {
        for part in row.parts.iter().filter(|p| p.counts.disputed > 0) {
            let (stage, shard) = (row.stage.clone(), part.shard.clone());
            found.push(Doubt::Disputed { stage, shard, persons: part.counts.disputed });
        }
    }
    for stage in &programme.stages {
        for tally in tallies {
            let by_day = tally.sessions_by_day.get(&stage.code).into_iter().flatten();
            let over = by_day.filter(|(first, _)| last_day(programme, stage, **first) < today);
            let sessions: u32 = over.map(|(_, (all, held))| all.saturating_sub(*held)).sum();
            if sessions > 0 {
                let (stage, shard) = (stage.code.clone(), tally.shard.clone());
                found.push(Doubt::NotMarked { stage, shard, sessions });
            }
        }
    }
    found
}

fn greater(stage: &StageCode, shard: &ShardId, c: &Counts) -> Vec<Doubt> {
    let pairs = [
        (Pair::InvitedOverPlanned, c.invited, c.planned),
        (Pair::PresentOverInvited, c.present, c.invited),
        (Pair::CompletedOverPresent, c.completed, c.present),
        (Pair::HeldOverSessions, c.held, c.sessions),
    ];
    let wrong = pairs.into_iter().filter(|(_, part, whole)| part > whole);
    wrong
        .map(|(pair, part, whole)| Doubt::Greater {
            stage: stage.clone(),
            shard: shard.clone(),
            pair,
            part,
            whole,
        })
        .collect()
}

fn inside_published(programme: &Programme, rows: &[Row], found: &mut Vec<Doubt>) {
    for figure in &programme.published {
        if figure.measure == Measure::Days {
            let windows = rows.iter().filter(|r| figure.stage.as_ref().is_none_or(|s| r.stage == *s));
            let all = windows.map(|r| r.window).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            if let Some(counted) = all.map(|(first, last)| days_between(first, last))
                && counted != figure.value
            {
                found.push(Doubt::PublishedDays {
                    stage: figure.stage.clone(),
                    published: figure.value,
                    counted,
                });
            }
        }
        if let Some(itemised) = itemised(programme, figure)
            && itemised != figure.value
        {
            found.push(Doubt::NotItemised { measure: figure.measure, total: figure.value, itemised });
        }
    }
    for stage in &programme.stages {
        let value = |measure| {
            let mut of_stage = programme.published.iter().filter(|p| p.stage.as_ref() == Some(&stage.code));
            of_stage.find(|p| p.measure == measure).map(|p| p.value)
        };
        let (Some(persons), Some(sessions)) = (value(Measure::Persons), value(Measure::Sessions)) else {
            continue;
        };
        let hundredths = (u64::from(persons) * 100).checked_div(u64::from(sessions)).unwrap_or(0);
        let norm = u64::from(stage.norm) * 100;
        if sessions >= MANY_SESSIONS && hundredths <= norm && hundredths + 2 >= norm {
            found.push(Doubt::AverageAtNorm {
                stage: stage.code.clone(),
                average_hundredths: u32::try_from(hundredths).unwrap_or(u32::MAX),
                norm: stage.norm,
            });
        }
    }
}
