use super::super::read::{Options, read_all};
use super::*;

fn refused(bytes: &[u8]) -> Refusal {
    read_all(bytes, Options::default()).expect_err("refused")
}

fn encoded(text: &str, table: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        c if c.is_ascii() => c as u8,
        c => table.chars().position(|t| t == c).map_or(b'?', |at| at as u8 + 0x80),
    };
    text.chars().map(byte).collect()
}

#[test]
fn one_byte_encodings_are_named_with_a_word_as_it_reads() {
    for (text, table, encoding, sample) in [
        (
            "№;Фамилия;Имя\n1;Асанова;Гульнара\n2;Жумабаев;Эрлан\n",
            W1251,
            ForeignEncoding::Windows1251,
            "Фамилия",
        ),
        ("1;АСАНОВА ГУЛЬНАРА;ОШ\n2;ЖУМАБАЕВ ЭРЛАН;БАТКЕН\n", W1251, ForeignEncoding::Windows1251, "АСАНОВА"),
        (
            "1,Soyadı,Adı\n2,Süleymanov,Şükür oğlu\n3,Qoçulu,Yaşar\n",
            W1254,
            ForeignEncoding::Windows1254,
            "Şükür",
        ),
        ("1,Lefèvre,Zoé\n2,Müller,Jörg\n3,Núñez,José\n", W1252, ForeignEncoding::Windows1252, "Núñez"),
        ("1,محمد علي,اسلام اباد\n2,شبير جبار,كراچي\n", W1256, ForeignEncoding::Windows1256, "محمد"),
    ] {
        let Refusal::Encoding { encoding: found, sample: word, .. } = refused(&encoded(text, table)) else {
            panic!("{text}");
        };
        assert_eq!((found, word.as_str()), (encoding, sample), "{text}");
    }
}

#[test]
fn wide_encodings_are_named_with_and_without_their_mark() {
    let text = "№;Фамилия\n1;Асанова\n";
    let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let le32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let be32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    for (bytes, mark, expected) in [
        (le, b"\xff\xfe".as_slice(), ForeignEncoding::Utf16Le),
        (be, b"\xfe\xff", ForeignEncoding::Utf16Be),
        (le32, b"\xff\xfe\0\0", ForeignEncoding::Utf32Le),
        (be32, b"\0\0\xfe\xff", ForeignEncoding::Utf32Be),
    ] {
        for bytes in [bytes.clone(), [mark, &bytes].concat()] {
            let Refusal::Encoding { encoding, sample, .. } = refused(&bytes) else { panic!("{expected:?}") };
            assert_eq!((encoding, sample.as_str()), (expected, "№;Фамилия"));
        }
    }
}

#[test]
fn files_that_are_no_text_are_named() {
    let zip = |inside: &str| [b"PK\x03\x04\x14\0", inside.as_bytes()].concat();
    for (bytes, expected) in [
        (zip("[Content_Types].xml xl/workbook.xml"), ForeignFormat::Xlsx),
        (zip("word/document.xml"), ForeignFormat::Docx),
        (zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), ForeignFormat::Ods),
        (zip("list.csv"), ForeignFormat::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), ForeignFormat::Xls),
        (b"%PDF-1.7\n".to_vec(), ForeignFormat::Pdf),
        (b"\x1f\x8b\x08\0".to_vec(), ForeignFormat::Gzip),
        (b"\xef\xbb\xbf\n<html><table>".to_vec(), ForeignFormat::Html),
        (b"\x89PNG\r\n\x1a\n\0".to_vec(), ForeignFormat::Image),
    ] {
        assert_eq!(refused(&bytes), Refusal::Format { format: expected });
    }
}

#[test]
fn utf8_with_one_damaged_place_is_not_taken_for_another_encoding() {
    let mut bytes = "код;имя\n1;Асель\n2;Бакыт\n".as_bytes().to_vec();
    let at = bytes.len() - 2;
    bytes[at] = 0xe0;
    assert!(matches!(refused(&bytes), Refusal::NotUtf8 { line: 3, .. }));
}

#[test]
fn utf8_itself_is_not_refused() {
    for text in ["name\nAsel\n", "\u{feff}код;имя\n1;Асель\n", "نام,کوڈ\nعلی,۱\n"] {
        assert_eq!(judge(text.as_bytes()), Ok(()), "{text}");
    }
}
