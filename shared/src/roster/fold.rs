//! Making spellings comparable: case, diacritics, blanks, punctuation, digits of other scripts.
//!
//! [`fold`] is for comparing only and loses much on purpose; what is stored is the text as written, after
//! [`clean`]. Folding is idempotent, and composed and decomposed letters fold alike.

use std::borrow::Cow;

/// Letters and digits only, lower case, without diacritics; similar letters of one script become one.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            if letter.is_ascii_alphanumeric() {
                out.push(letter.to_ascii_lowercase());
            }
            continue;
        }
        for lower in letter.to_lowercase() {
            let base = base(lower);
            if !is_mark(base) && base.is_alphanumeric() {
                out.push(base);
            }
        }
    }
    out
}

/// A code as compared: lower case, ASCII digits, single blanks; its punctuation and leading zeros stay.
pub fn fold_code(text: &str) -> String {
    ascii_digits(&clean(text)).to_lowercase()
}

/// The text without blanks at the ends, and with one blank for each run of blanks, line ends and control signs.
///
/// Apostrophes before `=`, `+`, `-` or `@` go: spreadsheets and our own lists of bad rows put them there.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_blank);
    let text =
        if could_be_formula(text) { text.trim_start_matches(|c| c == '\'' || is_blank(c)) } else { text };
    let mut was_blank = false;
    let untidy = text.chars().any(|c| {
        let blank = is_blank(c);
        let twice = blank && (was_blank || c != ' ');
        was_blank = blank;
        twice
    });
    if !untidy {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(is_blank).filter(|w| !w.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// Whether a spreadsheet might take a cell for a formula, or for one that is guarded already.
pub fn could_be_formula(cell: &str) -> bool {
    cell.trim_start_matches(|c| c == '\'' || is_blank(c)).starts_with(['=', '+', '-', '@'])
}

/// The text with Arabic-Indic and Persian digits as ASCII ones.
pub fn ascii_digits(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| base_digit(c).is_some()) {
        Cow::Owned(text.chars().map(|c| base_digit(c).unwrap_or(c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn is_blank(c: char) -> bool {
    // Joiners inside a word (U+200C, U+200D) belong to its spelling; a byte order mark or a zero-width blank does not.
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}')
}

fn base_digit(c: char) -> Option<char> {
    let digit = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06f0}'..='\u{06f9}' => u32::from(c) - 0x06f0,
        _ => return None,
    };
    char::from_digit(digit, 10)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{0610}'..='\u{061a}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}'
        | '\u{06d6}'..='\u{06ed}' | '\u{0621}')
}

fn base(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' | 'ѐ' => 'е',
        'й' | 'ї' | 'і' | 'ѝ' => 'и',
        'ў' | 'ү' | 'ұ' => 'у',
        'ң' | 'ҥ' => 'н',
        'ө' => 'о',
        'қ' | 'ҡ' | 'ќ' => 'к',
        'ғ' | 'ґ' | 'ѓ' => 'г',
        'ҳ' | 'һ' => 'х',
        'җ' => 'ж',
        'ә' => 'а',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        'ه' | 'ة' | 'ۀ' | 'ۂ' | 'ۃ' | 'ھ' | 'ە' => 'ہ',
        c => base_digit(c).unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (one, other) in [
            ("Ала-Бука", "  ала  бука "),
            ("Үсөнов Айбек", "усонов айбек"),
            ("Соколовский", "Соколовскии\u{0306}"),
            ("Ağsu-İsmayıllı", "AGSU ISMAYILLI"),
            ("Səidə", "SEIDE"),
            ("علي خان", "علی خان"),
            ("كراچي ۲۵", "کراچی 25"),
            ("Öz–Gön", "O\u{0308}z Go\u{0308}n"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} / {other}");
        }
    }

    #[test]
    fn a_code_keeps_its_zeros_and_signs() {
        assert_eq!(fold_code(" 01.10 "), "01.10");
        assert_eq!(fold_code("۰۶۸/A"), "068/a");
        assert_ne!(fold_code("0068"), fold_code("68"));
    }

    #[test]
    fn cleaning_keeps_what_is_written_and_drops_what_is_not_seen() {
        for (text, expected) in [
            ("  Asel \u{00a0} Usenova\r\n", "Asel Usenova"),
            ("\u{feff}Code", "Code"),
            ("'+996 555", "+996 555"),
            ("'Aini", "'Aini"),
            ("", ""),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_and_cleaning_twice_changes_nothing(text in "\\PC*") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            let cleaned = clean(&text).into_owned();
            prop_assert_eq!(clean(&cleaned).into_owned(), cleaned.clone());
            prop_assert_eq!(fold(&cleaned), folded);
        }
    }
}
