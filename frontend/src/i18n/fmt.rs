//! Numbers, shares, sizes and clock times by locale.

use super::{Locale, t};

/// A whole number, its thousands set apart: "1,240", "1 240".
pub fn fmt_number(locale: Locale, n: u64) -> String {
    let gap = match locale {
        Locale::En | Locale::Rtl => ',',
        Locale::Ru => '\u{A0}',
    };
    let digits = n.to_string();
    let mut made = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            made.push(gap);
        }
        made.push(digit);
    }
    made
}

/// A share in whole per cent, rounded down, so that 100 % means all: "86%", "86 %"; a dash where the whole is zero.
pub fn fmt_percent(locale: Locale, part: u64, whole: u64) -> String {
    let Some(share) = (u128::from(part) * 100).checked_div(u128::from(whole)) else {
        return "–".to_owned();
    };
    match locale {
        Locale::En | Locale::Rtl => format!("{share}%"),
        Locale::Ru => format!("{share}\u{A0}%"),
    }
}

/// A size of storage in kB, MB or GB, with one decimal below ten.
pub fn fmt_bytes(locale: Locale, bytes: u64) -> String {
    let kilo = bytes.div_ceil(1_000);
    match kilo {
        0..1_000 => t::common_kilobytes(locale, &tenths(locale, kilo * 10)),
        1_000..1_000_000 => t::common_megabytes(locale, &tenths(locale, kilo / 100)),
        _ => t::common_gigabytes(locale, &tenths(locale, kilo / 100_000)),
    }
}

fn tenths(locale: Locale, value: u64) -> String {
    let point = match locale {
        Locale::En | Locale::Rtl => '.',
        Locale::Ru => ',',
    };
    match (value / 10, value % 10) {
        (whole @ 0..10, tenth @ 1..) => format!("{whole}{point}{tenth}"),
        (whole, _) => fmt_number(locale, whole),
    }
}

/// A time of day from minutes after midnight: "09:30".
pub fn fmt_clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}
