//! What the office of one district would bring: its stations, rooms, trainers and people as small CSV files.
//!
//! Four stations make a session of 36: a chair, a deputy, a secretary and six members each, two seats being vacant.
//! The files differ as real ones do: comma or semicolon, with and without a byte order mark.

use anyhow::Result;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Sessions that the people make.
pub const SESSIONS: usize = 3;
/// People in each.
pub const GROUP: usize = 36;
const STATIONS: usize = 4 * SESSIONS;
const AT_A_STATION: usize = 9;
const DISTRICT: &str = "Naryn region,At-Bashy district";

/// A surname in Cyrillic and in Latin, one for each station.
const SURNAMES: [(&str, &str); STATIONS] = [
    ("Абдыкеримов", "Abdykerimov"),
    ("Бейшеналиев", "Beishenaliev"),
    ("Временков", "Vremenkov"),
    ("Джумабаев", "Dzhumabaev"),
    ("Жолдошбеков", "Zholdoshbekov"),
    ("Исмаилов", "Ismailov"),
    ("Калмырзаев", "Kalmyrzaev"),
    ("Мамбеталиев", "Mambetaliev"),
    ("Осмонкулов", "Osmonkulov"),
    ("Садырбаев", "Sadyrbaev"),
    ("Токтогулов", "Toktogulov"),
    ("Шаршеналиев", "Sharshenaliev"),
];

/// A given name in both scripts, one for each seat.
const GIVEN: [(&str, &str); AT_A_STATION] = [
    ("Азамат", "Azamat"),
    ("Бакыт", "Bakyt"),
    ("Гулнара", "Gulnara"),
    ("Дамира", "Damira"),
    ("Жаныбек", "Zhanybek"),
    ("Кубанычбек", "Kubanychbek"),
    ("Нурлан", "Nurlan"),
    ("Салтанат", "Saltanat"),
    ("Чолпон", "Cholpon"),
];

/// Trainers' names, two a session.
pub const TRAINERS: [&str; 2 * SESSIONS] = [
    "Айтматова Роза",
    "Байтиков Эрлан",
    "Карыпбекова Айнура",
    "Молдогазиев Тимур",
    "Субанова Жылдыз",
    "Чокоев Руслан",
];

/// The files in a folder.
pub struct Files {
    /// Polling stations.
    pub stations: PathBuf,
    /// Rooms.
    pub rooms: PathBuf,
    /// Trainers, trained already.
    pub trainers: PathBuf,
    /// Members of the stations' commissions.
    pub people: PathBuf,
}

/// Writes the four files into a folder.
///
/// # Errors
/// What the disk says.
pub fn write(dir: &Path) -> Result<Files> {
    let put = |name: &str, text: String| -> Result<PathBuf> {
        let path = dir.join(name);
        std::fs::write(&path, text)?;
        Ok(path)
    };
    Ok(Files {
        stations: put("stations.csv", stations()?)?,
        rooms: put("rooms.csv", rooms()?)?,
        trainers: put("trainers.csv", trainers()?)?,
        people: put("people.csv", people()?)?,
    })
}

/// The names of all people of the commissions, as the files write them.
pub fn names() -> Vec<String> {
    let of = |(surname, _): &(&str, &str)| GIVEN.map(|(given, _)| format!("{surname} {given}"));
    SURNAMES.iter().flat_map(of).collect()
}

/// A phone number that every phone in the files begins with.
pub const PHONE_BEGINS: &str = "+996 555";
/// What every personal number in the files begins with.
pub const NUMBER_BEGINS: &str = "2090519";

fn station(n: usize) -> usize {
    7_041 + n
}

fn stations() -> Result<String> {
    let mut csv = "Station,Region,District,Address,Latitude,Longitude\r\n".to_owned();
    for n in 0..STATIONS {
        let lat = 41.17 + 0.01 * n as f64;
        write!(csv, "{},{DISTRICT},\"Lenin street {}, School {n}\",{lat:.4},75.8010\r\n", station(n), n + 1)?;
    }
    Ok(csv)
}

fn rooms() -> Result<String> {
    let mut csv = "Room code,Name,Region,District,Capacity,Latitude,Longitude\r\n".to_owned();
    for n in 0..SESSIONS {
        let lat = 41.18 + 0.04 * n as f64;
        write!(csv, "H{n},House of culture {},{DISTRICT},40,{lat:.4},75.8020\r\n", n + 1)?;
    }
    Ok(csv)
}

fn trainers() -> Result<String> {
    let mut csv = "Personal number,Full name,Phone,Region,District,Stage,Qualified\r\n".to_owned();
    for (n, name) in TRAINERS.iter().enumerate() {
        write!(csv, "{NUMBER_BEGINS}9{n:05},{name},{PHONE_BEGINS} 9{n:05},{DISTRICT},pec,yes\r\n")?;
    }
    Ok(csv)
}

fn people() -> Result<String> {
    let header = "\u{feff}Personal number;Full name;Name in Latin letters;Phone;Language;Station;Role\r\n";
    let mut csv = header.to_owned();
    for (s, (surname, latin)) in SURNAMES.iter().enumerate() {
        for (g, (given, given_latin)) in GIVEN.iter().enumerate() {
            let n = s * AT_A_STATION + g;
            let role = ["PEC chair", "PEC deputy chair", "PEC secretary"].get(g).unwrap_or(&"PEC member");
            write!(
                csv,
                "{NUMBER_BEGINS}0{n:05};{surname} {given};{latin} {given_latin};{PHONE_BEGINS} 0{n:05};ky;\
                 {};{role}\r\n",
                station(s)
            )?;
        }
    }
    Ok(csv)
}
