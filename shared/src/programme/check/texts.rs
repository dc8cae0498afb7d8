//! Texts, languages, calendar, published figures, assumptions, sources: what stands alone.

use super::Findings;
use crate::programme::fault::PackFault;
use crate::programme::{Programme, Text};
use crate::time::Weekday;

const MAX_TEXT: usize = 300;
const MAX_LONG_TEXT: usize = 2_000;

pub(super) fn check(programme: &Programme, found: &mut Findings) {
    found.plain_name("slug", programme.slug.as_str());
    found.text("title", &programme.title, MAX_TEXT);
    found.text("commission", &programme.commission, MAX_TEXT);
    let country = &programme.country;
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        found.add("country", PackFault::BadCountry { country: country.chars().take(20).collect() });
    }
    found.range("utc_offset_min", programme.utc_offset_min, -14 * 60, 14 * 60);
    found.count("languages", programme.languages.len(), 1, 20);
    found.unique("languages", &programme.languages);
    for (at, tag) in programme.languages.iter().enumerate() {
        found.tag(&format!("languages[{at}]"), tag);
    }
    calendar(programme, found);
    sourced(programme, found);
}

fn calendar(programme: &Programme, found: &mut Findings) {
    let calendar = &programme.calendar;
    found.count("calendar.holidays", calendar.holidays.len(), 0, 400);
    found.count("calendar.working_days", calendar.working_days.len(), 0, 400);
    found.unique("calendar.holidays", calendar.holidays.iter().map(|h| &h.day));
    found.unique("calendar.working_days", &calendar.working_days);
    if Weekday::ALL.iter().all(|d| calendar.weekly_rest.contains(d)) {
        found.add("calendar.weekly_rest", PackFault::NoTaughtWeekday {});
    }
    for (at, holiday) in calendar.holidays.iter().enumerate() {
        found.text(&format!("calendar.holidays[{at}].name"), &holiday.name, MAX_TEXT);
        if calendar.working_days.contains(&holiday.day) {
            let fault = PackFault::HolidayWorked { day: holiday.day.to_string() };
            found.add(format!("calendar.holidays[{at}]"), fault);
        }
    }
}

fn sourced(programme: &Programme, found: &mut Findings) {
    let sources = programme.sources.len();
    found.count("sources", sources, 0, 100);
    for (at, source) in programme.sources.iter().enumerate() {
        found.plain(&format!("sources[{at}].title"), &source.title, MAX_TEXT);
        if let Some(licence) = &source.licence {
            found.plain(&format!("sources[{at}].licence"), licence, MAX_TEXT);
        }
    }
    found.count("published", programme.published.len(), 0, 500);
    for (at, figure) in programme.published.iter().enumerate() {
        let path = format!("published[{at}]");
        found.plain(&format!("{path}.quote"), &figure.quote, MAX_TEXT);
        if figure.source >= sources {
            let fault = PackFault::UnknownSource { source_index: figure.source, sources };
            found.add(format!("{path}.source"), fault);
        }
        if let Some(stage) = &figure.stage
            && programme.stage(stage).is_none()
        {
            found.add(format!("{path}.stage"), PackFault::UnknownStage { stage: stage.to_string() });
        }
    }
    found.count("assumptions", programme.assumptions.len(), 0, 200);
    for (at, assumption) in programme.assumptions.iter().enumerate() {
        found.plain(&format!("assumptions[{at}].about"), &assumption.about, MAX_TEXT);
        found.text(&format!("assumptions[{at}].text"), &assumption.text, MAX_LONG_TEXT);
    }
}

impl Findings {
    /// A name or title in several languages.
    pub(super) fn name(&mut self, path: &str, text: &Text) {
        self.text(path, text, MAX_TEXT);
    }

    pub(super) fn text(&mut self, path: &str, text: &Text, max: usize) {
        if !text.0.contains_key("en") {
            self.add(path, PackFault::NoEnglish {});
        }
        for (tag, words) in &text.0 {
            self.tag(path, tag);
            if words.trim().is_empty() {
                self.add(path, PackFault::BlankText { tag: tag.clone() });
            }
            if words.chars().count() > max {
                self.add(path, PackFault::LongText { tag: tag.clone(), max });
            }
        }
    }

    pub(super) fn plain(&mut self, path: &str, words: &str, max: usize) {
        if words.trim().is_empty() {
            self.add(path, PackFault::Blank {});
        }
        if words.chars().count() > max {
            self.add(path, PackFault::Long { max });
        }
    }

    /// A language tag: parts of one to eight letters or digits, the first of two or three small letters.
    fn tag(&mut self, path: &str, tag: &str) {
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let good = (2..=3).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_lowercase())
            && tag.len() <= 35
            && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !good {
            self.add(path, PackFault::BadTag { tag: tag.chars().take(40).collect() });
        }
    }
}
