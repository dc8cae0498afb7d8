//! What a file is, judged on its first bytes: text in UTF-8, or something that is refused by its name.
//!
//! Marks (byte order marks, magic numbers) are sure. Where there is none, the guess of a one-byte encoding rests on
//! how its letters behave: Cyrillic and Arabic words are whole runs of high bytes with a few very common letters,
//! Latin words have single high bytes among ASCII ones. The first word is shown as it would read, so that a
//! person can see at a glance whether the guess is right.

use super::refusal::{ForeignEncoding, ForeignFormat, Refusal};

/// Refuses a beginning that is not UTF-8 text. Damage at a few places is left to the reader, which names the line.
pub(super) fn judge(window: &[u8]) -> Result<(), Refusal> {
    if let Some(encoding) = by_mark(window) {
        return Err(wide_refusal(window, encoding, 0));
    }
    if let Some(format) = by_magic(window) {
        return Err(Refusal::Format { format });
    }
    if let Some(first) = window.iter().position(|b| *b == 0) {
        return Err(match wide_without_mark(window) {
            Some(encoding) => wide_refusal(window, encoding, first),
            None => Refusal::Binary { byte: first as u64, value: 0 },
        });
    }
    let control =
        |b: &u8| *b < 0x20 && !matches!(*b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a) || *b == 0x7f;
    let controls = window.iter().filter(|b| control(b)).count();
    if controls > 4 && controls * 50 > window.len() {
        let (at, value) =
            window.iter().enumerate().find(|(_, b)| control(b)).map_or((0, 0), |(at, b)| (at, *b));
        return Err(Refusal::Binary { byte: at as u64, value });
    }
    one_byte(window)
}

fn by_mark(window: &[u8]) -> Option<ForeignEncoding> {
    let marks: [(&[u8], ForeignEncoding); 4] = [
        (b"\xff\xfe\0\0", ForeignEncoding::Utf32Le),
        (b"\0\0\xfe\xff", ForeignEncoding::Utf32Be),
        (b"\xff\xfe", ForeignEncoding::Utf16Le),
        (b"\xfe\xff", ForeignEncoding::Utf16Be),
    ];
    marks.into_iter().find(|(mark, _)| window.starts_with(mark)).map(|(_, encoding)| encoding)
}

fn by_magic(window: &[u8]) -> Option<ForeignFormat> {
    let holds = |needle: &[u8]| window.windows(needle.len()).any(|w| w == needle);
    let magic: [(&[u8], ForeignFormat); 15] = [
        (b"PK\x03\x04", ForeignFormat::Zip),
        (b"PK\x05\x06", ForeignFormat::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ForeignFormat::Xls),
        (b"%PDF-", ForeignFormat::Pdf),
        (b"\x1f\x8b", ForeignFormat::Gzip),
        (b"7z\xbc\xaf\x27\x1c", ForeignFormat::Archive),
        (b"Rar!\x1a\x07", ForeignFormat::Archive),
        (b"BZh", ForeignFormat::Archive),
        (b"\xfd7zXZ\0", ForeignFormat::Archive),
        (b"\x28\xb5\x2f\xfd", ForeignFormat::Archive),
        (b"\x89PNG\r\n\x1a\n", ForeignFormat::Image),
        (b"\xff\xd8\xff", ForeignFormat::Image),
        (b"GIF8", ForeignFormat::Image),
        (b"{\\rtf", ForeignFormat::Rtf),
        (b"SQLite format 3\0", ForeignFormat::Sqlite),
    ];
    let found = magic.into_iter().find(|(mark, _)| window.starts_with(mark)).map(|(_, format)| format);
    match found {
        Some(ForeignFormat::Zip) if holds(b"xl/") => Some(ForeignFormat::Xlsx),
        Some(ForeignFormat::Zip) if holds(b"word/") => Some(ForeignFormat::Docx),
        Some(ForeignFormat::Zip) if holds(b"opendocument.spreadsheet") => Some(ForeignFormat::Ods),
        Some(ForeignFormat::Xls) if holds(b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0") => {
            Some(ForeignFormat::LockedXlsx)
        }
        None => markup(window),
        found => found,
    }
}

/// Web pages and XML spreadsheets are often saved under the name of a table.
fn markup(window: &[u8]) -> Option<ForeignFormat> {
    let text = window.strip_prefix(b"\xef\xbb\xbf").unwrap_or(window).trim_ascii_start();
    let start = text.get(..text.len().min(64)).unwrap_or_default().to_ascii_lowercase();
    let marks: [&[u8]; 5] = [b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta"];
    marks.iter().any(|mark| start.starts_with(mark)).then_some(ForeignFormat::Html)
}

/// UTF-16 and UTF-32 betray themselves by the place of their zero bytes.
fn wide_without_mark(window: &[u8]) -> Option<ForeignEncoding> {
    let zeros = |step: usize, at: usize| window.iter().skip(at).step_by(step).filter(|b| **b == 0).count();
    let quads = window.len() / 4;
    if quads >= 2 && window.len().is_multiple_of(4) {
        if zeros(4, 3) == quads && zeros(4, 2) * 10 >= quads * 9 {
            return Some(ForeignEncoding::Utf32Le);
        }
        if zeros(4, 0) == quads && zeros(4, 1) * 10 >= quads * 9 {
            return Some(ForeignEncoding::Utf32Be);
        }
    }
    let pairs = window.len() / 2;
    if pairs < 2 {
        return None;
    }
    // The upper halves of Latin, Cyrillic and Arabic letters, digits and signs, and of typographic marks.
    let upper = |at: usize| {
        window
            .iter()
            .skip(at)
            .step_by(2)
            .filter(|b| matches!(**b, 0 | 1 | 4 | 6 | 0x20 | 0x21 | 0xfb | 0xfe))
            .count()
    };
    match (zeros(2, 0), zeros(2, 1)) {
        (even, odd) if odd > even * 4 && upper(1) * 10 >= pairs * 9 => Some(ForeignEncoding::Utf16Le),
        (even, odd) if even > odd * 4 && upper(0) * 10 >= pairs * 9 => Some(ForeignEncoding::Utf16Be),
        _ => None,
    }
}

fn wide_refusal(window: &[u8], encoding: ForeignEncoding, first: usize) -> Refusal {
    let head = window.get(..window.len().min(160)).unwrap_or_default();
    let pairs = head.as_chunks::<2>().0.iter();
    let quads = head.as_chunks::<4>().0.iter();
    let units: Vec<u16> = match encoding {
        ForeignEncoding::Utf16Le => pairs.map(|p| u16::from_le_bytes(*p)).collect(),
        ForeignEncoding::Utf16Be => pairs.map(|p| u16::from_be_bytes(*p)).collect(),
        ForeignEncoding::Utf32Le => quads.map(|q| u32::from_le_bytes(*q) as u16).collect(),
        _ => quads.map(|q| u32::from_be_bytes(*q) as u16).collect(),
    };
    let text = String::from_utf16_lossy(&units);
    let mut sample = text.trim_start_matches('\u{feff}').to_owned();
    sample.truncate(sample.find(char::is_control).unwrap_or(sample.len()));
    let at = first.saturating_sub(1) / 2 * 2;
    Refusal::Encoding {
        encoding,
        byte: at as u64,
        bytes: hex(window, at, 4),
        sample: sample.chars().take(40).collect(),
    }
}

/// Accepts UTF-8 (also where it is damaged at a few places), else names the one-byte encoding.
fn one_byte(window: &[u8]) -> Result<(), Refusal> {
    let (mut sound, mut broken, mut at, mut first) = (0usize, 0usize, 0usize, None);
    for chunk in window.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        let cut_off = at + chunk.invalid().len() == window.len()
            && core::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        if !chunk.invalid().is_empty() && !cut_off {
            broken += 1;
            first = first.or(Some(at));
        }
        at += chunk.invalid().len();
    }
    let Some(first) = first else { return Ok(()) };
    if sound >= broken * 4 {
        return Ok(());
    }
    let encoding = guess(window);
    Err(Refusal::Encoding {
        encoding,
        byte: first as u64,
        bytes: hex(window, first, 8),
        sample: sample(window, encoding),
    })
}

/// The first word with a few foreign letters as it would read, else the first with one.
fn sample(window: &[u8], encoding: ForeignEncoding) -> String {
    let foreign = |word: &str| word.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    let high = window.iter().enumerate().filter(|(_, b)| **b >= 0x80).map(|(at, _)| at);
    let mut words = high.take(400).map(|at| {
        let (start, end) = word_around(window, at);
        decode(window.get(start..end).unwrap_or_default(), encoding)
    });
    let mut best = words.next().unwrap_or_default();
    for word in words {
        if foreign(&best) >= 3 {
            break;
        }
        if foreign(&word) > foreign(&best) {
            best = word;
        }
    }
    best
}

fn guess(window: &[u8]) -> ForeignEncoding {
    let high = |at: Option<usize>| at.and_then(|at| window.get(at)).is_some_and(|b| *b >= 0x80);
    let letter = |at: Option<usize>| at.and_then(|at| window.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let (mut all, mut single, mut cyrillic, mut arabic, mut turkic, mut rare) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    for (at, byte) in window.iter().enumerate().filter(|(_, b)| **b >= 0x80) {
        let (before, after) = (at.checked_sub(1), at.checked_add(1));
        all += 1;
        single += u32::from(!high(before) && !high(after) && (letter(before) || letter(after)));
        cyrillic += u32::from(CYRILLIC_COMMON.contains(byte));
        arabic += u32::from(ARABIC_COMMON.contains(byte));
        // Quotes and dashes in Windows-1251, but letters in older Cyrillic encodings.
        rare += u32::from(*byte < 0xa0);
        turkic += u32::from(matches!(byte, 0xd0 | 0xdd | 0xde | 0xf0 | 0xfd | 0xfe));
    }
    if all == 0 {
        ForeignEncoding::OneByte
    } else if single * 2 > all {
        if turkic * 10 >= all { ForeignEncoding::Windows1254 } else { ForeignEncoding::Windows1252 }
    } else if cyrillic.max(arabic) * 5 < all * 2 {
        ForeignEncoding::OneByte
    } else if cyrillic >= arabic {
        if rare * 10 > all { ForeignEncoding::OneByte } else { ForeignEncoding::Windows1251 }
    } else {
        ForeignEncoding::Windows1256
    }
}

/// The word (bounded) that holds a byte.
fn word_around(window: &[u8], at: usize) -> (usize, usize) {
    let ends = |b: &u8| matches!(b, b'\n' | b'\r' | b'\t' | b',' | b';' | b'"' | b' ');
    let from = at.saturating_sub(40);
    let before = window.get(from..at).unwrap_or_default();
    let start = before.iter().rposition(ends).map_or(from, |p| from + p + 1);
    let after = window.get(at..).unwrap_or_default();
    let end = after.iter().take(40).position(ends).unwrap_or(after.len().min(40));
    (start, at + end)
}

fn decode(bytes: &[u8], encoding: ForeignEncoding) -> String {
    let table = match encoding {
        ForeignEncoding::Windows1251 => W1251,
        ForeignEncoding::Windows1252 => W1252,
        ForeignEncoding::Windows1254 => W1254,
        ForeignEncoding::Windows1256 => W1256,
        _ => return String::new(),
    };
    let letter = |b: &u8| match b.checked_sub(0x80) {
        Some(high) => table.chars().nth(usize::from(high)).unwrap_or('\u{fffd}'),
        None => char::from(*b),
    };
    bytes.iter().map(letter).collect()
}

fn hex(window: &[u8], at: usize, bytes: usize) -> String {
    let shown = window.get(at..window.len().min(at + bytes)).unwrap_or_default();
    shown.iter().map(|b| format!("{b:02X}")).collect::<Vec<_>>().join(" ")
}

/// о е а и н т с р в л к in Windows-1251, both cases: more than half of the letters of a Cyrillic text.
const CYRILLIC_COMMON: &[u8] = &[
    0xee, 0xe5, 0xe0, 0xe8, 0xed, 0xf2, 0xf1, 0xf0, 0xe2, 0xeb, 0xea, 0xce, 0xc5, 0xc0, 0xc8, 0xcd, 0xd2,
    0xd1, 0xd0, 0xc2, 0xcb, 0xca,
];

/// ا ل م ن ي و ر ت ب د س ه ك ک ہ ح ى in Windows-1256.
const ARABIC_COMMON: &[u8] =
    &[0xc7, 0xe1, 0xe3, 0xe4, 0xed, 0xe6, 0xd1, 0xca, 0xc8, 0xcf, 0xd3, 0xe5, 0xdf, 0x98, 0xc0, 0xcd, 0xec];

/// Windows-1251 from 0x80 on; U+FFFD where nothing is assigned.
const W1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";
/// Windows-1252 from 0x80 on; U+FFFD where nothing is assigned.
const W1252: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
/// Windows-1254 from 0x80 on; U+FFFD where nothing is assigned.
const W1254: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}\u{fffd}\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}\u{fffd}Ÿ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿\
    ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ";
/// Windows-1256 from 0x80 on; U+FFFD where nothing is assigned.
const W1256: &str = "€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u{200c}\u{200d}ں\u{a0}،¢£¤¥¦§¨©ھ«¬\u{ad}®¯°±²³´µ¶·¸¹؛»¼½¾؟\
    ہءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقكàلâمنهوçèéêëىيîï\u{64b}\u{64c}\u{64d}\u{64e}ô\u{64f}\u{650}÷\u{651}ù\u{652}ûü\u{200e}\u{200f}ے";

#[cfg(test)]
mod tests;
