//! Texts, plurals and numbers in each language.

use super::render::{Case, category};
use super::*;
use shared::time::WallMs;

const LOCALES: [Locale; 3] = [Locale::En, Locale::Ru, Locale::Rtl];

#[test]
fn a_number_in_a_text_is_grouped_by_the_language() {
    assert_eq!(t::common_of(Locale::En, 1_240, 31_150), "1,240 of 31,150");
    assert_eq!(t::common_of(Locale::Ru, 1_240, 31_150), "1\u{A0}240 из 31\u{A0}150");
}

#[test]
fn russian_has_three_plurals() {
    for (count, text) in [
        (1, "1 человек"),
        (2, "2 человека"),
        (5, "5 человек"),
        (11, "11 человек"),
        (21, "21 человек"),
        (112, "112 человек"),
        (122, "122 человека"),
    ] {
        assert_eq!(t::common_people(Locale::Ru, count), text);
    }
    assert_eq!(category(Locale::En, 21), Case::Other);
}

#[test]
fn an_exact_number_goes_before_its_category() {
    assert_eq!(t::sync_waiting_title(Locale::En, 0), "Nothing is waiting");
    assert_eq!(t::sync_waiting_title(Locale::Ru, 0), "Ничего не ждёт отправки");
    assert_eq!(t::sync_waiting_title(Locale::En, 1), "1 record is waiting");
}

#[test]
fn the_pseudo_locale_turns_words_and_leaves_digits() {
    let text = t::common_of(Locale::Rtl, 1, 2);
    assert_eq!(text, "1 \u{202E}of\u{202C} 2");
    assert!(t::common_switch_account(Locale::Rtl, "Aida").ends_with("\u{2068}Aida\u{2069}"));
}

#[test]
fn an_error_is_found_by_its_stable_code() {
    for locale in LOCALES {
        assert!(t::error_by_code(locale, "stale").is_some());
        assert_eq!(t::error_by_code(locale, "no-such-code"), None);
    }
}

#[test]
fn numbers_shares_and_sizes_follow_the_language() {
    for (n, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_490_000, "1,490,000")] {
        assert_eq!(fmt_number(Locale::En, n), text);
    }
    assert_eq!(fmt_percent(Locale::En, 31, 36), "86%");
    assert_eq!(fmt_percent(Locale::En, 35_999, 36_000), "99%", "never 100 % before all are there");
    assert_eq!(fmt_percent(Locale::Ru, 0, 0), "–");
    assert_eq!(fmt_bytes(Locale::En, 2_450_000), "2.4 MB");
    assert_eq!(fmt_bytes(Locale::Ru, 12_450_000_000), "12 ГБ");
    assert_eq!(fmt_clock(9 * 60 + 5), "09:05");
    assert_eq!(fmt_time(WallMs(-1), 0), "23:59");
}

#[test]
fn a_browser_s_wishes_choose_the_language() {
    assert_eq!(Locale::best_of(["ky-KG", "ru-KG", "en"]), Locale::Ru);
    assert_eq!(Locale::best_of(["ky"]), Locale::En);
    assert_eq!(Locale::from_tag("en-XB"), Some(Locale::Rtl));
}
