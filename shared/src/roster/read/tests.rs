use super::super::fold::{clean, could_be_formula};
use super::super::problem::write_row;
use super::super::tokens::{COLUMN_LIMIT, FIELD_LIMIT, RECORD_LIMIT};
use super::*;
use proptest::prelude::*;

fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    let records = read_all(text.as_bytes(), Options::default()).expect("a table");
    records.into_iter().map(|r| (r.line, r.cells)).collect()
}

fn in_pieces(bytes: &[u8], cuts: &[usize]) -> Result<Vec<Record>, Refusal> {
    let mut reader = Reader::new(Options::default());
    let mut records = Vec::new();
    let mut rest = bytes;
    for cut in cuts {
        let (head, tail) = rest.split_at((*cut).min(rest.len()));
        records.append(&mut reader.push(head)?);
        rest = tail;
    }
    records.append(&mut reader.push(rest)?);
    records.append(&mut reader.finish()?);
    Ok(records)
}

macro_rules! spectrum {
    ($($name:literal),*) => {
        [$(($name,
            include_bytes!(concat!("../../../../tests/data/csv/spectrum/", $name, ".csv")).as_slice(),
            include_str!(concat!("../../../../tests/data/csv/spectrum/", $name, ".json")))),*]
    };
}

#[test]
fn every_file_of_csv_spectrum_reads_as_its_oracle_says() {
    for (name, csv, json) in spectrum![
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "simple",
        "simple_crlf",
        "utf8"
    ] {
        let expected: Vec<std::collections::BTreeMap<String, String>> =
            serde_json::from_str(json).expect(name);
        let records = read_all(csv, Options::default()).expect(name);
        let (header, rows) = records.split_first().expect(name);
        let found: Vec<std::collections::BTreeMap<String, String>> = rows
            .iter()
            .map(|r| header.cells.iter().cloned().zip(r.cells.iter().cloned()).collect())
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn one_roster_in_two_dialects_gives_one_table() {
    for (one, other) in [
        (
            include_bytes!("../../../../tests/data/csv/rosters/az_utf8.csv").as_slice(),
            include_bytes!("../../../../tests/data/csv/rosters/az_utf8_bom_semicolon.csv").as_slice(),
        ),
        (
            include_bytes!("../../../../tests/data/csv/rosters/kg_utf8_semicolon.csv").as_slice(),
            include_bytes!("../../../../tests/data/csv/rosters/kg_utf8_bom_semicolon.csv").as_slice(),
        ),
    ] {
        let first = read_all(one, Options::default()).expect("a table");
        assert_eq!(first.len(), 201);
        assert!(first.iter().all(|r| r.cells.len() == first[0].cells.len()));
        assert_eq!(first, read_all(other, Options::default()).expect("a table"));
    }
}

#[test]
fn a_row_names_the_line_on_which_it_begins_under_every_kind_of_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["a,b", "\"x", "y\",2", "", "3,4", ""].join(end);
        let lines: Vec<u32> = rows(&text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 2, 5], "{end:?}");
    }
}

#[test]
fn an_announced_separator_is_obeyed_and_a_forced_one_goes_before_it() {
    assert_eq!(rows("sep=;\r\na;b,c\r\n"), [(2, vec!["a".to_owned(), "b,c".to_owned()])]);
    let forced = Options { separator: Some(Separator::Comma) };
    let records = read_all(b"sep=;\na;b,c\n", forced).expect("a table");
    assert_eq!(records[0].cells, ["a;b", "c"]);
}

#[test]
fn text_after_a_closing_quote_is_kept_and_noted() {
    let records =
        read_all(b"name,unit\n\"School \"Dawn\"\",Osh\n\"a\" ,b\n", Options::default()).expect("a table");
    assert_eq!(records[1].cells, ["School Dawn\"\"", "Osh"]);
    assert!(records[1].stray_quote && !records[2].stray_quote);
}

#[test]
fn damage_names_its_line_and_byte() {
    let mut bytes = "имя;код\nАсель;1\nБакыт;2\n".repeat(10_000).into_bytes();
    let at = 300_000;
    bytes[at] = 0xff;
    let line = bytes[..at].iter().filter(|b| **b == b'\n').count() as u32 + 1;
    let refusal = read_all(&bytes, Options::default()).expect_err("damaged");
    // Byte 300,000 may stand inside a letter; the fault is where that letter begins.
    let Refusal::NotUtf8 { line: found, byte, .. } = refusal else { panic!("{refusal:?}") };
    assert_eq!(found, line);
    assert!((at as u64 - 1..=at as u64).contains(&byte));

    let mut bytes = b"a,b\n1,2\n".repeat(20_000);
    bytes[100_000] = 0;
    assert_eq!(read_all(&bytes, Options::default()), Err(Refusal::Binary { byte: 100_000, value: 0 }));
    let cut_off = read_all("a;б".as_bytes().split_last().expect("bytes").1, Options::default());
    assert_eq!(cut_off, Err(Refusal::NotUtf8 { line: 1, byte: 2, value: 0xd0 }));
}

#[test]
fn every_limit_names_its_line() {
    let long = "x".repeat(FIELD_LIMIT as usize + 1);
    let cases = [
        (format!("a,b\n1,{long}\n"), Refusal::FieldTooLong { line: 2, column: 2, limit: FIELD_LIMIT }),
        (format!("a,b\n1,\"{long}\n"), Refusal::UnclosedQuote { line: 2 }),
        ("a,b\n1,2\n3,\"4\n5,6\n".to_owned(), Refusal::UnclosedQuote { line: 3 }),
        (
            format!("a,b\n{}\n", ",".repeat(COLUMN_LIMIT as usize)),
            Refusal::TooManyColumns { line: 2, limit: COLUMN_LIMIT },
        ),
        (
            format!("a,b\n{}\n", vec!["y".repeat(60_000); 5].join(",")),
            Refusal::RecordTooLong { line: 2, limit: RECORD_LIMIT },
        ),
        (String::new(), Refusal::Empty),
        ("\u{feff}\n\n".to_owned(), Refusal::Empty),
    ];
    for (text, expected) in cases {
        assert_eq!(read_all(text.as_bytes(), Options::default()), Err(expected));
    }
}

#[test]
fn a_large_file_of_garbage_is_refused_at_its_beginning() {
    let mut state = 1u64;
    let mut reader = Reader::new(Options::default());
    let mut pushed = 0usize;
    let refusal = loop {
        let noise: Vec<u8> = (0..16_384)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 56) as u8
            })
            .collect();
        pushed += noise.len();
        if let Err(refusal) = reader.push(&noise) {
            break refusal;
        }
        assert!(pushed <= 2 * WINDOW, "still reading garbage");
    };
    assert!(matches!(refusal, Refusal::Binary { .. }), "{refusal:?}");
    assert_eq!(reader.finish(), Err(refusal), "a refusal stands");
}

/// Bytes like those of tables, with what breaks them.
fn table_like() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => "[a-zа-яё0-9 ]{0,6}".prop_map(String::into_bytes),
        4 => proptest::sample::select(vec![",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "sep=;\n"])
            .prop_map(|s| s.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..3),
        1 => Just(b"\xef\xbb\xbf".to_vec()),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_give_a_table_or_a_refusal_however_they_are_cut(
        bytes in prop_oneof![table_like(), proptest::collection::vec(any::<u8>(), 0..400)],
        cuts in proptest::collection::vec(0usize..40, 0..30),
    ) {
        let whole = read_all(&bytes, Options::default());
        prop_assert_eq!(in_pieces(&bytes, &cuts), whole);
    }

    #[test]
    fn past_the_window_too_the_cuts_do_not_matter(
        tail in table_like(),
        cuts in proptest::collection::vec(0usize..40, 0..30),
    ) {
        let mut bytes = "код,имя\n".repeat(WINDOW / 13 + 20).into_bytes();
        bytes.truncate(bytes.len() - 3);
        bytes.extend(tail);
        let whole = read_all(&bytes, Options::default());
        let mut all_cuts = vec![WINDOW - 20];
        all_cuts.extend(cuts);
        prop_assert_eq!(in_pieces(&bytes, &all_cuts), whole);
    }

    #[test]
    fn a_table_that_is_written_reads_back(
        width in 2usize..6,
        cells in proptest::collection::vec("[a-zА-Яё\"',;\t\r\n =@0-9\u{6f0}-\u{6f9}]{0,12}", 6..60),
        separator in proptest::sample::select(Separator::ALL.to_vec()),
    ) {
        let mut text = String::new();
        let table: Vec<&[String]> = cells.chunks_exact(width).collect();
        for row in &table {
            write_row(&mut text, separator, &row.iter().map(String::as_str).collect::<Vec<_>>());
        }
        let options = Options { separator: Some(separator) };
        let found = read_all(text.as_bytes(), options).map_err(|r| TestCaseError::fail(r.to_string()))?;
        prop_assert_eq!(found.len(), table.len());
        for (record, row) in found.iter().zip(table) {
            for (found, written) in record.cells.iter().zip(row) {
                let guard = if could_be_formula(written) { "'" } else { "" };
                prop_assert_eq!(found, &format!("{guard}{written}"));
                prop_assert_eq!(clean(found), clean(written));
            }
            prop_assert!(!record.stray_quote);
        }
    }
}
