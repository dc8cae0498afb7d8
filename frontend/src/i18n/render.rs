//! Puts a message together: text, values, and the plural that a number asks for.

use super::pseudo::turned;
use super::{Locale, fmt_number};

/// A piece of a message.
pub(crate) enum Part {
    /// Text as it stands.
    Text(&'static str),
    /// A value, by its place among the arguments.
    Arg(u8),
    /// One of several texts, chosen by the number at a place.
    Plural(u8, &'static [(Case, &'static [Part])]),
}

/// When a branch is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(dead_code)]
pub(crate) enum Case {
    Exactly(u32),
    One,
    Few,
    Many,
    Other,
}

/// A value.
#[derive(Clone, Copy)]
pub(crate) enum Arg<'a> {
    Words(&'a str),
    Number(u32),
}

/// The text of a locale.
pub(crate) fn pick(locale: Locale, texts: &[&'static str]) -> &'static str {
    let text = texts.get(locale.index()).or(texts.first()).copied().unwrap_or_default();
    if locale == Locale::Rtl { turned(text) } else { text }
}

/// The text of a locale with its values.
pub(crate) fn render(locale: Locale, texts: &[&'static [Part]], args: &[Arg<'_>]) -> String {
    let mut made = String::new();
    if let Some(parts) = texts.get(locale.index()).or(texts.first()) {
        write(&mut made, locale, parts, args);
    }
    made
}

fn write(made: &mut String, locale: Locale, parts: &[Part], args: &[Arg<'_>]) {
    for part in parts {
        match part {
            Part::Text(text) => made.push_str(if locale == Locale::Rtl { turned(text) } else { text }),
            Part::Arg(at) => match args.get(usize::from(*at)) {
                Some(Arg::Number(n)) => made.push_str(&fmt_number(locale, u64::from(*n))),
                Some(Arg::Words(words)) if locale.dir() == "rtl" => {
                    // Isolated, so that a name in Latin letters does not pull its neighbours over.
                    made.push('\u{2068}');
                    made.push_str(words);
                    made.push('\u{2069}');
                }
                Some(Arg::Words(words)) => made.push_str(words),
                None => {}
            },
            Part::Plural(at, branches) => {
                let Some(Arg::Number(n)) = args.get(usize::from(*at)) else { continue };
                let category = category(locale, *n);
                let branch = branches
                    .iter()
                    .find(|(case, _)| *case == Case::Exactly(*n))
                    .or_else(|| branches.iter().find(|(case, _)| *case == category));
                if let Some((_, inner)) = branch {
                    write(made, locale, inner, args);
                }
            }
        }
    }
}

/// The plural category of a whole number. Source: CLDR plural rules, cardinals.
pub(crate) fn category(locale: Locale, n: u32) -> Case {
    match locale {
        Locale::En | Locale::Rtl => {
            if n == 1 {
                Case::One
            } else {
                Case::Other
            }
        }
        Locale::Ru => match (n % 10, n % 100) {
            (_, 11..=14) => Case::Many,
            (1, _) => Case::One,
            (2..=4, _) => Case::Few,
            _ => Case::Many,
        },
    }
}
