//! Buildings, the polling stations in them, and the rooms where sessions are held.

use super::dice::Dice;
use super::places::{District, Place};
use super::{Member, Room, STATIONS, Seed, Station, Tiers, share};
use shared::id::UnitCode;
use shared::programme::{Level, Programme};

/// Villages that carry a common name of the country; where they lie is invented.
const VILLAGES: [&str; 24] = [
    "Ак-Булак",
    "Ак-Терек",
    "Арал",
    "Бирдик",
    "Боз-Тери",
    "Достук",
    "Жаңы-Жер",
    "Жаңы-Турмуш",
    "Жаңы-Айыл",
    "Жергетал",
    "Интернационал",
    "Кара-Булак",
    "Кашка-Суу",
    "Көк-Жар",
    "Кум-Дөбө",
    "Кызыл-Дыйкан",
    "Ынтымак",
    "Кызыл-Сай",
    "Маданият",
    "Мырза-Аке",
    "Сары-Булак",
    "Таш-Булак",
    "Учкун",
    "Эркин-Сай",
];
const STREETS: [&str; 20] = [
    "Абдрахманова",
    "Айтматова",
    "Байтик Баатыра",
    "Боконбаева",
    "Гагарина",
    "Жаштык",
    "Жеңиш",
    "Исанова",
    "Ленина",
    "Манаса",
    "Московская",
    "Мира",
    "Панфилова",
    "Пушкина",
    "Раззакова",
    "Садовая",
    "Советская",
    "Токтогула",
    "Школьная",
    "Юбилейная",
];
const PATRONS: [&str; 12] = [
    "Айтматова",
    "Алыкулова",
    "Барпы",
    "Боконбаева",
    "Жусупова",
    "Манаса",
    "Осмонова",
    "Раззакова",
    "Сыдыкбекова",
    "Тоголока Молдо",
    "Токтогула",
    "Турусбекова",
];
const CAPACITIES: [u16; 8] = [30, 32, 34, 36, 40, 45, 50, 60];

/// A school or a house of culture.
pub(super) struct Building {
    name: String,
    address: String,
    district: UnitCode,
    lat: f64,
    lon: f64,
}

/// All stations with codes of four digits, a block of hundreds for each district, and the buildings they share.
pub(super) fn stations(districts: &[District], seed: Seed) -> (Vec<Station>, Vec<Building>) {
    let weights: Vec<usize> = districts.iter().map(|d| d.population).collect();
    let mut dice = Dice::new(seed, 1);
    let (mut stations, mut buildings) = (Vec::new(), Vec::new());
    let mut block = 1_000;
    for (district, count) in districts.iter().zip(share(STATIONS, &weights)) {
        let villages = villages(district, count, &mut dice);
        let (mut made, mut school) = (0, 0);
        while made < count {
            school += 1;
            let building = building(district, &villages, school, &mut dice);
            let most = if district.is_city { 3 } else { 2 };
            for _ in 0..(1 + dice.below(most)).min(count - made) {
                made += 1;
                stations.push(Station {
                    code: format!("{:04}", block + made),
                    building: building.name.clone(),
                    district: district.code.clone(),
                    address: building.address.clone(),
                    lat: building.lat,
                    lon: building.lon,
                });
            }
            buildings.push(building);
        }
        block += 100 * (made / 100 + 1);
    }
    (stations, buildings)
}

/// The places of a district: real ones, and for a rural one as many invented villages as its size asks for.
fn villages(district: &District, stations: usize, dice: &mut Dice) -> Vec<Place> {
    let mut places = district.places.clone();
    let centre = Place { name: String::new(), lat: district.lat, lon: district.lon };
    let wanted = if district.is_city { 1 } else { stations.div_ceil(4).min(VILLAGES.len()) };
    let mut free: Vec<&str> = VILLAGES.to_vec();
    while places.len() < wanted && !free.is_empty() {
        let near = if district.places.is_empty() { &centre } else { dice.pick(&district.places) };
        let (lat, lon) = (near.lat + 0.10 * dice.near_zero(), near.lon + 0.13 * dice.near_zero());
        let name = free.swap_remove(dice.below(free.len())).to_owned();
        places.push(Place { name, lat, lon });
    }
    if places.is_empty() {
        places.push(centre);
    }
    places
}

fn building(district: &District, places: &[Place], number: usize, dice: &mut Dice) -> Building {
    // More than half of the stations are in the real places, which are the larger ones.
    let real = district.places.len();
    let in_real = dice.percent(55) && real > 0;
    let place = dice.pick(if in_real { &places[..real] } else { places });
    let street = dice.pick(&STREETS);
    let house = 1 + dice.below(if district.is_city { 180 } else { 60 });
    let culture = dice.percent(12);
    let patron = dice.pick(&PATRONS);
    let name = match (culture, district.is_city) {
        (true, true) => format!("Дом культуры № {number}"),
        (true, false) => format!("Дом культуры № {number}, {}", place.name),
        (false, true) => format!("Средняя школа № {number}"),
        (false, false) => format!("Средняя школа № {number} им. {patron}, {}", place.name),
    };
    let kind = if district.is_city { "г." } else { "с." };
    let spread = if district.is_city { 0.018 } else { 0.012 };
    let (lat, lon) = (place.lat + spread * dice.near_zero(), place.lon + 1.3 * spread * dice.near_zero());
    Building {
        name,
        address: format!("{kind} {}, ул. {street}, {house}", place.name),
        district: district.code.clone(),
        lat: rounded(lat),
        lon: rounded(lon),
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 100_000.0).round() / 100_000.0
}

/// Rooms: enough in each district for its sessions with a third to spare, two at least; and for the first tier,
/// in the nation's own place, one for each of its groups.
pub(super) fn rooms(
    programme: &Programme,
    tiers: &Tiers<'_>,
    districts: &[District],
    members: &[Member],
    buildings: &[Building],
    seed: Seed,
) -> Vec<Room> {
    let mut dice = Dice::new(seed, 2);
    let last = tiers.last;
    let taught = programme.calendar.taught_days(last.window).len();
    let sessions_a_room =
        (taught / usize::from(last.days.max(1)) * usize::from(last.slots_per_day.max(1))).max(1);
    let mut rooms = Vec::new();
    if let Some(nation) = programme.units.iter().find(|u| u.level == Level::Nation) {
        let groups = tiers.top.target_persons.unwrap_or(0).div_ceil(u32::from(tiers.top.norm.max(1)));
        for number in 1..=groups + 1 {
            rooms.push(Room {
                code: format!("N{number:02}"),
                name: format!("Учебный центр, аудитория {number}"),
                unit: nation.code.clone(),
                address: "г. Бишкек, ул. Школьная, 1".into(),
                capacity: 40,
                lat: nation.lat,
                lon: nation.lon,
            });
        }
    }
    for district in districts {
        let people = members.iter().filter(|m| m.district == district.code).count();
        let sessions = people.div_ceil(usize::from(last.norm.max(1)));
        let own: Vec<&Building> = buildings.iter().filter(|b| b.district == district.code).collect();
        let wanted = ((sessions * 4).div_ceil(3 * sessions_a_room) + 1).max(own.len() / 6).max(2);
        for at in 0..wanted.min(own.len()) {
            // Spread over the district: every so-manieth of its buildings.
            let building = own[at * own.len() / wanted.min(own.len())];
            rooms.push(Room {
                code: format!("R{:03}", rooms.len()),
                name: format!("{}, зал", building.name),
                unit: building.district.clone(),
                address: building.address.clone(),
                capacity: *dice.pick(&CAPACITIES),
                lat: building.lat,
                lon: building.lon,
            });
        }
    }
    rooms
}
