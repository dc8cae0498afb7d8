//! The cells of one row by their meaning, and the problems found in them.

use super::fold::{ascii_digits, clean, fold};
use super::mapping::Mapping;
use super::problem::{Reason, RowProblem};
use super::read::Record;
use super::rows::Point;
use super::target::Field;
use super::words;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Characters of a value that a problem shows.
const SHOWN: usize = 60;
const NAME_LIMIT: usize = 256;
const ADDRESS_LIMIT: usize = 512;
const CODE_LIMIT: usize = 64;

/// Where each field stands in a row.
pub(super) struct Columns {
    places: Vec<(Field, Vec<usize>)>,
    fixed: BTreeMap<Field, String>,
    values: BTreeMap<Field, BTreeMap<String, String>>,
}

impl Columns {
    pub(super) fn new(mapping: &Mapping) -> Self {
        let mut places: Vec<(Field, Vec<usize>)> = Vec::new();
        for (at, field) in mapping.columns.iter().enumerate().filter_map(|(at, f)| f.map(|f| (at, f))) {
            match places.iter_mut().find(|(known, _)| *known == field) {
                Some((_, columns)) => columns.push(at),
                None => places.push((field, vec![at])),
            }
        }
        let fixed = mapping.fixed.iter().map(|(f, v)| (*f, clean(v).into_owned())).collect();
        let folded = |values: &BTreeMap<String, String>| {
            values.iter().map(|(from, to)| (fold(from), clean(to).into_owned())).collect()
        };
        Self { places, fixed, values: mapping.values.iter().map(|(f, v)| (*f, folded(v))).collect() }
    }

    fn of(&self, field: Field) -> &[usize] {
        self.places.iter().find(|(known, _)| *known == field).map_or(&[], |(_, columns)| columns)
    }
}

/// One row under examination.
pub(super) struct Cells<'a> {
    columns: &'a Columns,
    record: &'a Record,
    pub(super) problems: Vec<RowProblem>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(columns: &'a Columns, record: &'a Record) -> Self {
        Self { columns, record, problems: Vec::new() }
    }

    /// Notes that something is wrong with a field.
    pub(super) fn wrong(&mut self, field: Field, reason: Reason, value: &str) {
        let column = self.columns.of(field).first().map(|at| *at as u32);
        let value = shorten(value);
        self.problems.push(RowProblem { line: self.record.line, column, field: Some(field), reason, value });
    }

    /// The tidied text of a field: its columns joined, else what is fixed for the file, else blank.
    pub(super) fn text(&self, field: Field) -> Cow<'a, str> {
        let columns = self.columns.of(field);
        let cell = |at: &usize| self.record.cells.get(*at).map_or(Cow::Borrowed(""), |c| clean(c));
        let found = match columns {
            [one] => cell(one),
            many => {
                let parts: Vec<Cow<'a, str>> = many.iter().map(cell).filter(|c| !c.is_empty()).collect();
                // Fields that are not joined take the first column that says something.
                let kept = if field.joins() { parts.len() } else { 1 };
                Cow::Owned(parts.into_iter().take(kept).collect::<Vec<_>>().join(field.glue()))
            }
        };
        match self.columns.fixed.get(&field) {
            Some(fixed) if found.is_empty() => Cow::Borrowed(fixed.as_str()),
            _ => found,
        }
    }

    /// The text of a field after the mapping of its values.
    pub(super) fn mapped(&self, field: Field) -> Cow<'a, str> {
        let text = self.text(field);
        let values = self.columns.values.get(&field);
        match values.and_then(|v| v.get(&fold(&text))) {
            Some(to) => Cow::Borrowed(to.as_str()),
            None => text,
        }
    }

    /// A name: tidied, of bearable length, with all its letters.
    pub(super) fn name(&mut self, field: Field, required: bool) -> String {
        let text = self.bounded(field, NAME_LIMIT, required);
        if text.contains(['?', '\u{fffd}']) {
            self.wrong(field, Reason::LostLetters, &text);
        } else if is_garbled(&text) {
            self.wrong(field, Reason::Garbled, &text);
        }
        text
    }

    /// An address.
    pub(super) fn address(&mut self) -> String {
        let text = self.bounded(Field::Address, ADDRESS_LIMIT, false);
        if text.contains("??") || text.contains('\u{fffd}') {
            self.wrong(Field::Address, Reason::LostLetters, &text);
        } else if is_garbled(&text) {
            self.wrong(Field::Address, Reason::Garbled, &text);
        }
        text
    }

    /// A code, key or telephone: text with ASCII digits; leading zeros stay.
    pub(super) fn code(&mut self, field: Field, required: bool) -> String {
        let text = ascii_digits(&self.bounded(field, CODE_LIMIT, required)).into_owned();
        if is_shortened_number(&text) {
            self.wrong(field, Reason::ShortenedNumber, &text);
        }
        text
    }

    fn bounded(&mut self, field: Field, limit: usize, required: bool) -> String {
        let text = self.text(field);
        if text.len() > limit {
            self.wrong(field, Reason::TooLong { limit: limit as u32 }, &text);
        } else if text.is_empty() && required {
            self.wrong(field, Reason::Missing, "");
        }
        text.into_owned()
    }

    /// A whole number in the bounds; none where the cell is blank or wrong.
    pub(super) fn number(&mut self, field: Field, min: u16, max: u16) -> Option<u16> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        let digits = ascii_digits(&text);
        // A spreadsheet may write 36 as 36.0.
        let whole = digits.split_once(['.', ',']).filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
        let whole = whole.map_or(&*digits, |(whole, _)| whole);
        let plain = whole.bytes().all(|b| b.is_ascii_digit());
        let found = whole.parse::<u16>().ok().filter(|n| plain && (min..=max).contains(n));
        if found.is_none() {
            let reason = Reason::BadNumber { min: u32::from(min), max: u32::from(max) };
            self.wrong(field, reason, &text);
        }
        found
    }

    /// The place of the row, seen from its unit's seat.
    pub(super) fn point(&mut self, seat: Option<Point>) -> Option<Point> {
        let (lat, lon) = (self.text(Field::Lat), self.text(Field::Lon));
        let (north, east) = (degrees(&lat, 90.0), degrees(&lon, 180.0));
        match (lat.is_empty(), lon.is_empty()) {
            (true, true) => return None,
            (true, false) => self.wrong(Field::Lat, Reason::HalfPoint, &lon),
            (false, true) => self.wrong(Field::Lon, Reason::HalfPoint, &lat),
            (false, false) => {
                // A latitude beyond 90 may be a longitude in the wrong column.
                let swapped = degrees(&lon, 90.0).zip(degrees(&lat, 180.0));
                let far = |(lat, lon): (f64, f64), from: Point| (lat - from.lat()).hypot(lon - from.lon());
                if let (Some(seat), Some(swapped)) = (seat, swapped)
                    && north.zip(east).is_none_or(|here| far(here, seat) > 10.0)
                    && far(swapped, seat) < 3.0
                {
                    self.wrong(Field::Lat, Reason::SwappedPoint, &lat);
                    return None;
                }
                if north.is_none() {
                    self.wrong(Field::Lat, Reason::BadCoordinate, &lat);
                }
                if east.is_none() {
                    self.wrong(Field::Lon, Reason::BadCoordinate, &lon);
                }
            }
        }
        Point::from_degrees(north?, east?)
    }

    /// Yes, no, or blank.
    pub(super) fn yes_no(&mut self, field: Field) -> Option<bool> {
        let text = self.mapped(field);
        let found = words::yes_no(&fold(&text));
        if found.is_none() && !text.is_empty() {
            self.wrong(field, Reason::NotYesNo, &text);
        }
        found
    }

    /// A language as a BCP 47 tag, or blank.
    pub(super) fn language(&mut self) -> String {
        let text = self.mapped(Field::Language);
        let tag = text.split('-').next().is_some_and(|base| {
            text.len() <= 35 && (2..=3).contains(&base.len()) && base.bytes().all(|b| b.is_ascii_lowercase())
        });
        if text.is_empty() || (tag && text.bytes().all(|b| b == b'-' || b.is_ascii_alphanumeric())) {
            return words::language(&text).unwrap_or_else(|| text.into_owned());
        }
        let found = words::language(&fold(&text));
        if found.is_none() {
            self.wrong(Field::Language, Reason::UnknownLanguage, &text);
        }
        found.unwrap_or_default()
    }
}

/// The beginning of a value.
fn shorten(value: &str) -> String {
    let mut shown: String = value.chars().take(SHOWN).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

fn degrees(text: &str, limit: f64) -> Option<f64> {
    let text = ascii_digits(text.trim_end_matches('°')).replace(',', ".");
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    text.parse::<f64>().ok().filter(|d| plain && d.abs() <= limit)
}

/// `2.12031E+13`, as a spreadsheet shows a long number.
fn is_shortened_number(text: &str) -> bool {
    let Some((digits, power)) =
        text.split_once(['E', 'e']).and_then(|(d, p)| Some((d, p.strip_prefix('+')?)))
    else {
        return false;
    };
    let number = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    number(digits) && number(power)
}

/// UTF-8 that was opened as Windows-1252: "Ð" or "Ñ" (Cyrillic), "Ø" or "Ù" (Arabic), each before a high character.
fn is_garbled(text: &str) -> bool {
    let mut lead = false;
    let mut pairs = 0;
    for letter in text.chars() {
        if lead && !letter.is_ascii() {
            pairs += 1;
        }
        lead = matches!(letter, 'Ð' | 'Ñ' | 'Ø' | 'Ù' | 'Ã' | 'Ò' | 'Ó');
    }
    pairs >= 2
}
