//! The roster as the files an office would bring: five tables in UTF-8, headers in English or in Russian.
//!
//! The English files are plain (comma, no byte order mark); the Russian ones are as spreadsheets of that language
//! save them (semicolon, byte order mark), so that the demo meets both.

use super::{Person, Roster};
use shared::id::{RoleCode, UnitCode};
use shared::programme::{Level, Programme};
use std::path::Path;

/// The language of headers, units and roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Language {
    English,
    Russian,
}

impl Language {
    fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    fn delimiter(self) -> char {
        match self {
            Self::English => ',',
            Self::Russian => ';',
        }
    }
}

const PERSON: [(&str, &str); 5] = [
    ("Personal number", "Персональный номер"),
    ("Full name", "ФИО"),
    ("Name in Latin letters", "ФИО латиницей"),
    ("Phone", "Телефон"),
    ("Language", "Язык"),
];

/// Writes the files into a folder, which is made where absent; one of the same name is replaced.
///
/// # Errors
/// What the disk says.
pub fn write_csv(
    roster: &Roster,
    programme: &Programme,
    language: Language,
    dir: &Path,
) -> std::io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for (name, text) in files(roster, programme, language) {
        std::fs::write(dir.join(name), text)?;
    }
    Ok(())
}

/// The files: `stations.csv`, `rooms.csv`, `trainers.csv`, `commissioners.csv`, `people.csv`.
pub fn files(roster: &Roster, programme: &Programme, language: Language) -> Vec<(&'static str, String)> {
    let names = Names { programme, tag: language.tag() };
    let place = [("Region", "Область"), ("District", "Район")];
    let point = [("Latitude", "Широта"), ("Longitude", "Долгота")];
    let address = ("Address", "Адрес");

    let mut stations = Table::new(language);
    stations.header(&[("Station", "№ участка"), ("Building", "Здание")]).header(&place);
    stations.header(&[address]).header(&point).end();
    for s in &roster.stations {
        stations.cells(&[&s.code, &s.building]).cells(&names.place(&s.district));
        stations.cells(&[&s.address, &s.lat.to_string(), &s.lon.to_string()]).end();
    }

    let mut rooms = Table::new(language);
    rooms.header(&[("Room", "Код зала"), ("Name", "Название")]).header(&place);
    rooms.header(&[address, ("Capacity", "Мест")]).header(&point).end();
    for r in &roster.rooms {
        rooms.cells(&[&r.code, &r.name]).cells(&names.place(&r.unit));
        rooms.cells(&[&r.address, &r.capacity.to_string(), &r.lat.to_string(), &r.lon.to_string()]).end();
    }

    let mut trainers = Table::new(language);
    trainers.header(&PERSON).header(&place[..1]);
    trainers.header(&[("Role", "Должность"), ("Stage taught", "Проводит этап")]).end();
    for t in &roster.trainers {
        trainers.person(&t.person).cells(&names.place(&t.unit)[..1]);
        trainers.cells(&[names.role(&t.role), t.stage.as_str()]).end();
    }

    let mut commissioners = Table::new(language);
    commissioners.header(&PERSON).header(&place).header(&[("Role", "Должность")]).end();
    for c in &roster.commissioners {
        commissioners.person(&c.person).cells(&names.place(&c.district)).cells(&[names.role(&c.role)]).end();
    }

    let mut people = Table::new(language);
    people.header(&PERSON).header(&[("Station", "№ участка"), ("Role", "Должность")]).end();
    for m in &roster.members {
        people.person(&m.person).cells(&[&m.station, names.role(&m.role)]).end();
    }

    vec![
        ("stations.csv", stations.text),
        ("rooms.csv", rooms.text),
        ("trainers.csv", trainers.text),
        ("commissioners.csv", commissioners.text),
        ("people.csv", people.text),
    ]
}

/// Names of units and roles in the language of the files.
struct Names<'a> {
    programme: &'a Programme,
    tag: &'static str,
}

impl<'a> Names<'a> {
    /// Region and district; a room of the nation has the nation in the first and nothing in the second.
    fn place(&self, code: &UnitCode) -> [&'a str; 2] {
        let unit = self.programme.unit(code);
        let name = unit.map_or("", |u| u.name.in_locale(self.tag));
        match unit.and_then(|u| self.programme.unit(u.parent.as_ref()?)) {
            Some(above) if unit.is_some_and(|u| u.level == Level::District) => {
                [above.name.in_locale(self.tag), name]
            }
            _ => [name, ""],
        }
    }

    fn role(&self, code: &RoleCode) -> &'a str {
        self.programme.role(code).map_or("", |r| r.name.in_locale(self.tag))
    }
}

/// A table being written.
struct Table {
    text: String,
    language: Language,
    begun: bool,
}

impl Table {
    fn new(language: Language) -> Self {
        let mark = if language == Language::Russian { "\u{feff}" } else { "" };
        Self { text: mark.into(), language, begun: false }
    }

    fn header(&mut self, names: &[(&str, &str)]) -> &mut Self {
        for (english, russian) in names {
            self.cell(if self.language == Language::English { english } else { russian });
        }
        self
    }

    fn person(&mut self, p: &Person) -> &mut Self {
        self.cells(&[&p.key, &p.name, &p.name_latin, &p.phone, p.language])
    }

    fn cells(&mut self, cells: &[&str]) -> &mut Self {
        for cell in cells {
            self.cell(cell);
        }
        self
    }

    fn cell(&mut self, cell: &str) {
        let delimiter = self.language.delimiter();
        if self.begun {
            self.text.push(delimiter);
        }
        self.begun = true;
        if cell.contains([delimiter, '"', '\n', '\r']) {
            self.text.push('"');
            self.text.push_str(&cell.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(cell);
        }
    }

    fn end(&mut self) {
        self.text.push_str("\r\n");
        self.begun = false;
    }
}
