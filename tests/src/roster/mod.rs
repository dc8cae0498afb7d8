//! A demo roster at true size, invented: the same seed always makes the same people, on every machine.
//!
//! Nobody in it is real. Names are drawn from lists of common names; personal numbers begin with 9, as no number
//! of a person does; phones have an operator code that does not exist; schools and streets are made up around real
//! places. What it takes from a pack: the territory, the roles, the size and the window of each stage. What it
//! assumes (2,400 stations, people spread by population) is said in `tests/data/NOTICE`.
//!
//! [`generate`] makes it, [`write_csv`] writes the files that an office would import.

mod csv;
pub(crate) mod dice;
mod names;
mod people;
mod places;
mod stations;

pub use csv::{Language, files, write_csv};

use shared::id::{RoleCode, StageCode, UnitCode};
use shared::programme::{Programme, Seats, Stage};

/// How many polling stations the roster has.
pub const STATIONS: usize = 2_400;

/// The number from which everything is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

/// Stations, rooms and people of one programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// Polling stations, by code.
    pub stations: Vec<Station>,
    /// Rooms for sessions.
    pub rooms: Vec<Room>,
    /// Those who teach the upper two tiers: instructors of the first, and its graduates, who teach the second.
    pub trainers: Vec<Trainer>,
    /// Members of district commissions: the audience of the second tier, trainers of the third.
    pub commissioners: Vec<Commissioner>,
    /// Members of polling-station commissions: the audience of the last tier.
    pub members: Vec<Member>,
}

/// A polling station.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Station {
    pub code: String,
    /// The building it is in.
    pub building: String,
    pub district: UnitCode,
    pub address: String,
    pub lat: f64,
    pub lon: f64,
}

/// A room; those of the first tier belong to the nation.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Room {
    pub code: String,
    pub name: String,
    pub unit: UnitCode,
    pub address: String,
    pub capacity: u16,
    pub lat: f64,
    pub lon: f64,
}

/// What is known of everyone.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Person {
    /// The personal number, fourteen digits, unique in the roster.
    pub key: String,
    /// Surname, name, patronymic, in Cyrillic.
    pub name: String,
    pub name_latin: String,
    pub phone: String,
    /// The language they are taught in, `ky` or `ru`.
    pub language: &'static str,
}

/// A trainer of one of the upper tiers.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Trainer {
    pub person: Person,
    pub role: RoleCode,
    /// The unit in which they teach.
    pub unit: UnitCode,
    /// The stage they teach.
    pub stage: StageCode,
}

/// A member of the commission of a district.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Commissioner {
    pub person: Person,
    pub role: RoleCode,
    pub district: UnitCode,
}

/// A member of the commission of a polling station.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Member {
    pub person: Person,
    pub role: RoleCode,
    /// The station's code.
    pub station: String,
    pub district: UnitCode,
}

/// A pack for which no roster can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// Three tiers are needed: stations' members, taught by commissioners, taught by trainers.
    #[error("the pack has no three tiers, the last of them for members of polling stations")]
    Tiers,
    /// A tier has no number of people to make.
    #[error("stage {0} does not say how many people it expects")]
    Target(StageCode),
    /// Fewer people than seats.
    #[error("{people} people cannot fill {seats} seats")]
    Seats {
        /// How many the pack expects.
        people: usize,
        /// How many seats its stations have at least.
        seats: usize,
    },
}

/// The three tiers of a pack that a roster is made for.
struct Tiers<'a> {
    top: &'a Stage,
    middle: &'a Stage,
    last: &'a Stage,
}

impl<'a> Tiers<'a> {
    fn of(programme: &'a Programme) -> Option<Self> {
        let at_stations = |stage: &&Stage| {
            let role = stage.audience.first().and_then(|r| programme.role(r));
            role.is_some_and(|r| matches!(r.seats, Seats::Station(_)))
        };
        let last = programme.stages.iter().find(at_stations)?;
        let middle = programme.stage(last.taught_by.as_ref()?)?;
        let top = programme.stage(middle.taught_by.as_ref()?)?;
        Some(Self { top, middle, last })
    }
}

/// Makes the roster of a programme.
///
/// # Errors
/// The pack has not three tiers with their sizes.
pub fn generate(programme: &Programme, seed: Seed) -> Result<Roster, RosterError> {
    let tiers = Tiers::of(programme).ok_or(RosterError::Tiers)?;
    let districts = places::districts(programme);
    let (stations, buildings) = stations::stations(&districts, seed);
    let mut crowd = people::Crowd::new(seed);
    let trainers = people::trainers(programme, &tiers, &districts, &mut crowd)?;
    let commissioners = people::commissioners(&tiers, &districts, &mut crowd)?;
    let members = people::members(programme, &tiers, &districts, &stations, &mut crowd)?;
    let rooms = stations::rooms(programme, &tiers, &districts, &members, &buildings, seed);
    Ok(Roster { stations, rooms, trainers, commissioners, members })
}

/// Shares a total by weight, exactly: each gets its floor, the largest remainders get one more.
fn share(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum = weights.iter().sum::<usize>().max(1);
    let mut shares: Vec<usize> = weights.iter().map(|w| total * w / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(total * weights[*at] % sum), *at));
    let rest = total - shares.iter().sum::<usize>();
    for at in order.iter().cycle().take(if weights.is_empty() { 0 } else { rest }) {
        shares[*at] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_total_is_shared_out_to_the_last_one() {
        for (total, weights, expected) in [
            (10, vec![1, 1, 1], vec![4, 3, 3]),
            (650, vec![2, 0, 1], vec![433, 0, 217]),
            (0, vec![5, 5], vec![0, 0]),
            (7, vec![], vec![]),
        ] {
            assert_eq!(share(total, &weights), expected);
        }
    }
}
