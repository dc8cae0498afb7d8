use super::*;
use crate::programme::{self, Measure, Precision, Published};
use crate::tally::Counts;
use std::collections::BTreeMap;

const PACK: &str = include_str!("../../../programmes/kyrgyzstan-2021/programme.json");

fn kyrgyzstan() -> Programme {
    programme::read(PACK).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Every shard answered; nothing was done yet.
fn quiet(programme: &Programme) -> Vec<ShardTally> {
    let quiet = |shard| ShardTally {
        shard,
        head: 1,
        chain: Default::default(),
        as_of_ms: 0,
        stations: 0,
        rooms: 0,
        rooms_closed: 0,
        people: 0,
        trainers: BTreeMap::new(),
        stages: BTreeMap::new(),
        units: BTreeMap::new(),
        plans: vec![],
        sessions_by_day: BTreeMap::new(),
    };
    programme.shards().into_iter().map(quiet).collect()
}

/// All people of a stage completed in one district of each region, one session a region.
fn taught(programme: &Programme, tallies: &mut [ShardTally], stage: &str, persons: u32, first: &str) {
    let stage: StageCode = stage.parse().unwrap();
    let regions = programme.units.iter().filter(|u| u.level == Level::Region).count() as u32;
    let mut left = persons;
    for tally in tallies.iter_mut() {
        let Some(unit) = programme.units.iter().find(|u| {
            u.shard.is_none()
                && programme.shard_of(&u.code) == Some(&tally.shard)
                && u.level == Level::District
        }) else {
            continue;
        };
        let here = (persons / regions + 1).min(left);
        left -= here;
        let counts = Counts {
            planned: here,
            invited: here,
            present: here,
            completed: here,
            attendances: here * 2,
            sessions: 1,
            held: 1,
            ..Counts::default()
        };
        tally.stages.insert(stage.clone(), counts);
        tally.units.entry(stage.clone()).or_default().insert(unit.code.clone(), counts);
        tally.sessions_by_day.entry(stage.clone()).or_default().insert(day(first), (1, 1));
    }
}

fn verdict_of(
    report: &Report,
    programme: &Programme,
    stage: Option<&str>,
    measure: Measure,
) -> (u32, Verdict) {
    let at = programme
        .published
        .iter()
        .position(|p| p.stage.as_ref().map(StageCode::as_str) == stage && p.measure == measure)
        .unwrap();
    let compared = &report.compared[at];
    assert_eq!(compared.published, at);
    (compared.ours, compared.verdict)
}

#[test]
fn the_table_of_the_source_agrees_when_everybody_completed_on_its_dates() {
    let programme = kyrgyzstan();
    let mut tallies = quiet(&programme);
    taught(&programme, &mut tallies, "rec", 650, "2021-02-24");
    let report = report(&programme, &tallies, day("2021-03-10"));
    let row = &report.rows[1];
    assert_eq!((row.counts.completed, row.sites, row.progress), (650, 9, Progress::Over));
    assert_eq!(row.held, Some((day("2021-02-24"), day("2021-02-25"))));
    assert_eq!(row.parts.len(), 9);
    for measure in [Measure::Persons, Measure::Days, Measure::Sites] {
        assert_eq!(verdict_of(&report, &programme, Some("rec"), measure).1, Verdict::Agrees, "{measure:?}");
    }
    assert_eq!(verdict_of(&report, &programme, None, Measure::Topics), (12, Verdict::Agrees));
    assert_eq!(verdict_of(&report, &programme, Some("pec"), Measure::Persons), (0, Verdict::NotReachedYet));
    assert_eq!(
        report.statement[1],
        Sentence::Held {
            stage: "rec".parse().unwrap(),
            completed: 650,
            sessions: 9,
            sites: 9,
            days: (day("2021-02-24"), day("2021-02-25")),
        }
    );
    assert_eq!(report.doubts, vec![]);
}

#[test]
fn a_missing_person_contradicts_the_published_figure_once_the_tier_is_over() {
    let programme = kyrgyzstan();
    let mut tallies = quiet(&programme);
    taught(&programme, &mut tallies, "pec", 31_149, "2021-03-01");
    let of = |today| report(&programme, &tallies, day(today));
    let persons = |report: &Report| verdict_of(report, &programme, Some("pec"), Measure::Persons);
    // Every seat that is there is filled, so the tier is over although its window is not.
    assert_eq!(persons(&of("2021-03-10")), (31_149, Verdict::DoesNotAddUp));
    let mut running = tallies.clone();
    let naryn = running.iter_mut().find(|t| t.shard.as_str() == "kg-naryn").unwrap();
    naryn.stages.get_mut(&"pec".parse().unwrap()).unwrap().completed -= 100;
    let report = report(&programme, &running, day("2021-03-10"));
    assert_eq!(persons(&report), (31_049, Verdict::NotReachedYet));
    assert_eq!(report.rows[2].progress, Progress::Running);
}

#[test]
fn counts_that_contradict_each_other_are_named_with_their_place() {
    let programme = kyrgyzstan();
    let mut tallies = quiet(&programme);
    taught(&programme, &mut tallies, "rec", 650, "2021-02-24");
    let rec: StageCode = "rec".parse().unwrap();
    let shard = tallies[1].shard.clone();
    let counts = tallies[1].stages.get_mut(&rec).unwrap();
    counts.present = counts.invited + 1;
    counts.disputed = 2;
    let (part, whole) = (counts.present, counts.invited);
    tallies[1].sessions_by_day.get_mut(&rec).unwrap().insert(day("2021-02-24"), (3, 1));
    let silent = tallies.remove(9).shard;
    let report = report(&programme, &tallies, day("2021-02-26"));
    let stage = rec;
    assert_eq!(
        report.doubts,
        vec![
            Doubt::Silent { shard: silent },
            Doubt::Greater {
                stage: stage.clone(),
                shard: shard.clone(),
                pair: Pair::PresentOverInvited,
                part,
                whole
            },
            // One shard's people are missing in the sum.
            Doubt::Published { figure: 0, ours: 584 },
            Doubt::Published { figure: 2, ours: 8 },
            Doubt::Disputed { stage: stage.clone(), shard: shard.clone(), persons: 2 },
            Doubt::NotMarked { stage, shard, sessions: 2 },
        ]
    );
}

#[test]
fn a_session_that_runs_over_a_rest_day_is_not_over_too_early() {
    let programme = kyrgyzstan();
    let pec = programme.stage(&"pec".parse().unwrap()).unwrap();
    // 6 March 2021 is a Saturday, 7 a Sunday, 8 a holiday.
    assert_eq!(last_day(&programme, pec, day("2021-03-06")), day("2021-03-09"));
}

#[test]
fn the_three_faults_of_the_pakistani_figures_are_found() {
    let mut programme = kyrgyzstan();
    let figure = |stage: Option<&str>, measure, value| Published {
        stage: stage.map(|s| s.parse().unwrap()),
        measure,
        value,
        precision: Precision::Exact,
        quote: String::new(),
        source: 0,
    };
    programme.stages[1].norm = 25;
    programme.published = vec![
        figure(None, Measure::Sessions, 27_676),
        figure(Some("rec"), Measure::Persons, 191_526),
        figure(Some("rec"), Measure::Sessions, 7_663),
        figure(Some("pec"), Measure::Sessions, 19_778),
        figure(Some("pec"), Measure::Days, 87),
    ];
    let tallies = quiet(&programme);
    let report = report(&programme, &tallies, day("2021-06-01"));
    let (rec, pec): (StageCode, StageCode) = ("rec".parse().unwrap(), "pec".parse().unwrap());
    assert_eq!(report.compared[0].verdict, Verdict::NotItemised { itemised: 27_441 });
    assert_eq!(
        report.doubts,
        vec![
            Doubt::NotItemised { measure: Measure::Sessions, total: 27_676, itemised: 27_441 },
            Doubt::PublishedDays { stage: Some(pec), published: 87, counted: 18 },
            Doubt::AverageAtNorm { stage: rec, average_hundredths: 2_499, norm: 25 },
            // And nothing of it was taught here.
            Doubt::Published { figure: 1, ours: 0 },
            Doubt::Published { figure: 2, ours: 0 },
            Doubt::Published { figure: 3, ours: 0 },
            Doubt::Published { figure: 4, ours: 0 },
        ]
    );
}

#[test]
fn about_leaves_room_and_exact_does_not() {
    let mut programme = kyrgyzstan();
    programme.published.truncate(1);
    let mut tallies = quiet(&programme);
    taught(&programme, &mut tallies, "rec", 640, "2021-02-24");
    let verdict = |p: &Programme| report(p, &tallies, day("2021-03-10")).compared[0].verdict;
    assert_eq!(verdict(&programme), Verdict::DoesNotAddUp);
    programme.published[0].precision = Precision::About;
    assert_eq!(verdict(&programme), Verdict::Agrees);
}

#[test]
fn a_row_is_the_sum_of_its_parts() {
    let programme = kyrgyzstan();
    let mut tallies = quiet(&programme);
    taught(&programme, &mut tallies, "pec", 31_150, "2021-03-01");
    for row in report(&programme, &tallies, day("2021-03-10")).rows {
        let mut sum = Counts::default();
        row.parts.iter().for_each(|p| sum.add(&p.counts));
        assert_eq!(sum, row.counts);
    }
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    for (cell, expected) in [
        ("=1+1", "'=1+1"),
        ("+7 700", "'+7 700"),
        ("-2", "'-2"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("a, \"b\"", "\"a, \"\"b\"\"\""),
        ("Нарын", "Нарын"),
    ] {
        assert_eq!(csv::guarded(cell), expected);
    }
}

#[test]
fn the_csv_has_the_columns_of_the_source() {
    let programme = kyrgyzstan();
    let mut tallies = quiet(&programme);
    taught(&programme, &mut tallies, "rec", 650, "2021-02-24");
    let words = CsvWords {
        event: "Event",
        participants: "Participants",
        planned: "Planned",
        invited: "Invited",
        present: "Present",
        completed: "Completed",
        disputed: "Disputed",
        sessions_held: "Sessions held",
        first_day: "First day",
        last_day: "Last day",
        window_first: "Planned from",
        window_last: "Planned to",
        location: "Location",
        organisers: "Organisers",
    };
    let csv = to_csv(&report(&programme, &tallies, day("2021-03-10")), &programme, "en", &words);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].starts_with("\u{FEFF}Event,Participants,"));
    let expected = "Training for REC members,Regional Election Commission members,650,650,650,650,0,9,\
                    2021-02-24,2021-02-25,2021-02-24,2021-02-25,\"Bishkek, Osh and seven regions\",CEC KR";
    assert_eq!(lines[2], expected);
}
