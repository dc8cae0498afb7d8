use super::super::problem::{RowProblem, problems_csv};
use super::super::sample::{programme, stations};
use super::*;
use std::fmt::Write;

fn config(target: Target, mode: Mode) -> ImportConfig {
    ImportConfig {
        import: ImportId(7),
        target,
        mode,
        options: Options::default(),
        skip_rows: 0,
        headless: false,
        mapping: None,
        programme: programme(),
        stations: stations(),
    }
}

fn run(
    config: ImportConfig,
    bytes: &[u8],
    piece: usize,
) -> Result<(Outcome, Vec<ImportBatch>, Preview), Refusal> {
    let mut importer = Importer::new(config);
    let mut batches = Vec::new();
    for piece in bytes.chunks(piece) {
        importer.push(piece)?;
        batches.append(&mut importer.take_batches());
    }
    let outcome = importer.finish()?;
    batches.append(&mut importer.take_batches());
    let preview = importer.preview().cloned().expect("a header");
    Ok((outcome, batches, preview))
}

fn many_people() -> String {
    let mut csv = "key;name;station;unit;role\n".to_owned();
    for n in 0..2_600 {
        let (station, unit) = [("0001", ""), ("0007", "D21")][n % 2];
        writeln!(csv, "{n:05};Person {n};{station};{unit};PEC member").expect("a string");
    }
    csv
}

#[test]
fn batches_are_per_shard_bounded_and_the_same_however_the_file_comes() {
    let csv = many_people();
    let (outcome, batches, preview) =
        run(config(Target::People, Mode::Import), csv.as_bytes(), 1 << 20).expect("a table");
    assert_eq!((outcome.rows, outcome.taken, outcome.bad_rows), (2_600, 2_600, 0));
    let shape: Vec<(String, u32, usize)> =
        batches.iter().map(|b| (b.shard.to_string(), b.part, b.rows.len())).collect();
    assert_eq!(
        shape,
        [("s1", 0, 500), ("s2", 0, 500), ("s1", 1, 500), ("s2", 1, 500), ("s1", 2, 300), ("s2", 2, 300)]
            .map(|(shard, part, rows)| (shard.to_owned(), part, rows))
    );
    assert_eq!(batches[0].rows[0].0, 2, "lines are those of the file");
    assert_eq!((preview.rows.len(), preview.separator), (PREVIEW_ROWS, Separator::Semicolon));
    let in_bits = run(config(Target::People, Mode::Import), csv.as_bytes(), 777).expect("a table");
    assert_eq!((outcome, batches, preview), in_bits);
}

#[test]
fn a_check_makes_no_batch_and_finds_the_same() {
    let csv = many_people();
    let (checked, batches, _) =
        run(config(Target::People, Mode::Check), csv.as_bytes(), 4_096).expect("a table");
    assert!(batches.is_empty());
    let (imported, _, _) = run(config(Target::People, Mode::Import), csv.as_bytes(), 4_096).expect("a table");
    assert_eq!((checked.rows_by_shard, checked.taken), (imported.rows_by_shard, imported.taken));
}

#[test]
fn a_preview_reads_what_a_check_refuses_for_want_of_columns() {
    let csv = b"List of staff\nname,telephone\nAsel,555\n";
    let config = |mode| ImportConfig { skip_rows: 1, ..config(Target::People, mode) };
    let (_, _, preview) = run(config(Mode::Preview), csv, 5).expect("a table");
    assert_eq!(preview.header, ["name", "telephone"]);
    assert_eq!(preview.missing, [Field::Role, Field::Station]);
    assert_eq!(preview.mapping.columns, [Some(Field::Name), Some(Field::Phone)]);
    let refusal = run(config(Mode::Check), csv, 5).expect_err("unmapped");
    assert_eq!(refusal, Refusal::Unmapped { fields: vec![Field::Role, Field::Station] });
}

#[test]
fn a_file_without_header_has_lettered_columns() {
    let mut config = ImportConfig { headless: true, ..config(Target::Stations, Mode::Import) };
    config.mapping =
        Some(Mapping { columns: vec![Some(Field::Code), None, Some(Field::Unit)], ..Mapping::default() });
    let (outcome, _, preview) = run(config, b"1,x,D11\n2,y,D12\n", 100).expect("a table");
    assert_eq!((outcome.taken, preview.header), (2, vec!["A".to_owned(), "B".into(), "C".into()]));
    assert_eq!([0, 25, 26, 51, 52, 701, 702].map(column_letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
}

#[test]
fn unknown_values_are_counted_for_the_mapping_of_values() {
    let csv = "name,station,role\nA,0001,Member\nB,0001,Member\nC,0001,PEC chair\n";
    let (outcome, _, _) = run(config(Target::People, Mode::Check), csv.as_bytes(), 9).expect("a table");
    assert_eq!(
        outcome.unmatched,
        BTreeMap::from([(Field::Role, BTreeMap::from([("Member".to_owned(), 2)]))])
    );
}

#[test]
fn bad_rows_come_back_as_a_table_that_can_be_fixed_and_imported() {
    let csv = "name,station,role,phone\n=1+1,0009,PEC member,+996 5\n\"B, \"\"b\"\"\",0001,Queen,\nC,0001\nD,0001,PEC chair,1\n";
    let (outcome, _, preview) =
        run(config(Target::People, Mode::Import), csv.as_bytes(), 9).expect("a table");
    assert_eq!((outcome.taken, outcome.bad_rows), (1, 3));
    let describe = |p: &RowProblem| format!("{:?}", p.reason);
    let bad = problems_csv(&preview.header, preview.separator, &outcome.bad, ["line", "problem"], describe);
    assert_eq!(
        bad,
        "\u{feff}name,station,role,phone,line,problem\r\n\
         \"'=1+1\",0009,PEC member,\"'+996 5\",2,UnknownStation { suggestion: None }\r\n\
         \"B, \"\"b\"\"\",0001,Queen,,3,UnknownRole\r\n\
         C,0001,,,4,\"Ragged { expected: 4, found: 2 }\"\r\n"
    );
    let fixed =
        bad.replace("0009", "0002").replace("Queen", "PEC member").replace("C,0001,,", "C,0001,PEC member,");
    let (outcome, batches, _) =
        run(config(Target::People, Mode::Import), fixed.as_bytes(), 9).expect("a table");
    assert_eq!((outcome.taken, outcome.bad_rows), (3, 0));
    let ImportRow::Person(first) = &batches[0].rows[0].1 else { panic!("a person") };
    assert_eq!((first.name.as_str(), first.phone.as_str()), ("=1+1", "+996 5"));
}
