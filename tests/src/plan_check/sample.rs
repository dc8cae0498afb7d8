//! Problems to plan: drawn from a seed, of any size.

use shared::id::{PersonId, StationId, UnitCode, VenueId};
use shared::plan::{
    Booking, Place, Problem, RoomGiven, RoomScope, StationGiven, Trainee, TrainerGiven, TrainerStatus, Who,
};
use shared::time::Day;

/// How big a problem is to be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Units.
    pub units: u64,
    /// Stations in all.
    pub stations: u64,
    /// People in all; about one in ten has no station where `loose` is set.
    pub people: u64,
    /// Whether some people have no station, and some places are unknown.
    pub loose: bool,
    /// Rooms in all.
    pub rooms: u64,
    /// Trainers in all.
    pub trainers: u64,
    /// Taught days.
    pub days: u64,
    /// Slots a day.
    pub slots: u8,
    /// Days of a session.
    pub days_per_session: u8,
    /// Trainers of a session.
    pub trainers_per_session: u8,
    /// Norm, and maximum.
    pub group: (u16, u16),
    /// Bookings.
    pub busy: u64,
}

impl Size {
    /// A region at true size: 6,000 people of 450 stations in 10 districts.
    pub const REGION: Self = Self {
        units: 10,
        stations: 450,
        people: 6_000,
        loose: false,
        rooms: 60,
        trainers: 130,
        days: 14,
        slots: 1,
        days_per_session: 2,
        trainers_per_session: 2,
        group: (36, 40),
        busy: 40,
    };
}

/// Numbers from a seed.
pub struct Draw(u64);

impl Draw {
    /// Begins a row of numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x5DEE_CE66_D1CE_CAFE)
    }

    /// A number below `end` (0 where `end` is 0).
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end.max(1)
    }

    fn near(&mut self, middle: Place) -> Place {
        let mut offset = || (self.below(2_001) as f64 - 1_000.0) / 4_000.0;
        written(Place { lat: middle.lat + offset(), lon: middle.lon + offset() })
    }
}

/// The code of a unit.
#[allow(clippy::expect_used)]
pub fn unit(n: u64) -> UnitCode {
    format!("U{n:03}").parse().expect("a code")
}

/// Draws a problem.
#[allow(clippy::expect_used)]
pub fn problem(seed: u64, size: Size) -> Problem {
    let draw = &mut Draw::new(seed);
    let units = size.units.max(1);
    let seats: Vec<Place> =
        (0..units).map(|_| draw.near(Place { lat: 42.0, lon: 74.0 })).map(|p| spread(p, 4.0)).collect();
    let seat = |unit: u64| seats.get(unit as usize).copied().unwrap_or(Place { lat: 42.0, lon: 74.0 });
    let known = |draw: &mut Draw, place: Place| (!size.loose || draw.below(6) > 0).then_some(place);
    let stations: Vec<StationGiven> = (0..size.stations)
        .map(|n| {
            let of = n % units;
            let at = draw.near(seat(of));
            StationGiven { id: StationId(1_000 + n), unit: unit(of), at: known(draw, at) }
        })
        .collect();
    let people = (0..size.people)
        .map(|n| {
            let alone = stations.is_empty() || (size.loose && draw.below(10) == 0);
            let at = if alone { None } else { stations.get(draw.below(size.stations) as usize) };
            Trainee {
                id: PersonId(1_000_000 + n),
                unit: at.map_or_else(|| unit(n % units), |s| s.unit.clone()),
                station: at.map(|s| s.id),
            }
        })
        .collect::<Vec<_>>();
    let rooms = (0..size.rooms)
        .map(|n| {
            let of = if size.loose { draw.below(units) } else { n % units };
            let at = draw.near(seat(of));
            let least = if size.loose { 0 } else { u64::from(size.group.0) };
            let capacity = (least + draw.below(u64::from(size.group.1) * 2)) as u16;
            let closed = size.loose && draw.below(8) == 0;
            RoomGiven { id: VenueId(9_000_000 + n), unit: unit(of), capacity, at: known(draw, at), closed }
        })
        .collect::<Vec<_>>();
    let trainers = (0..size.trainers)
        .map(|n| {
            // A few of those who teach are also to be taught.
            let taught = size.loose && draw.below(8) == 0 && n < size.people;
            let status = if draw.below(4) == 0 { TrainerStatus::Expected } else { TrainerStatus::Completed };
            TrainerGiven {
                person: PersonId(if taught { 1_000_000 + n } else { 5_000_000 + n }),
                unit: (draw.below(10) > 0).then(|| unit(n % units)),
                status,
            }
        })
        .collect::<Vec<_>>();
    let start = Day::from_ymd(2021, 3, 1).expect("a day");
    let taught_days: Vec<Day> = (0..size.days).map(|n| start.plus((n + n / 6) as i32)).collect();
    let busy = (0..size.busy)
        .filter_map(|_| {
            let who = match draw.below(3) {
                0 => Who::Room(rooms.get(draw.below(size.rooms) as usize)?.id),
                1 => Who::Trainer(trainers.get(draw.below(size.trainers) as usize)?.person),
                _ => Who::Person(people.get(draw.below(size.people) as usize)?.id),
            };
            let day = start.plus(draw.below(size.days + size.days / 6 + 1) as i32);
            Some(Booking { who, day, slot: draw.below(u64::from(size.slots)) as u8 })
        })
        .collect();
    Problem {
        stage: "pec".parse().expect("a code"),
        norm: size.group.0,
        max: size.group.1,
        days_per_session: size.days_per_session,
        slots_per_day: size.slots,
        slot_starts_min: (0..u16::from(size.slots)).map(|slot| 540 + slot * 240).collect(),
        trainers_per_session: size.trainers_per_session,
        taught_days,
        room_scope: if draw.below(2) == 0 { RoomScope::Unit } else { RoomScope::Shard },
        smallest_room: if size.loose { draw.below(6) as u16 } else { 0 },
        people,
        stations,
        rooms,
        trainers,
        busy,
        seed,
    }
}

fn spread(place: Place, by: f64) -> Place {
    written(Place { lat: 42.0 + (place.lat - 42.0) * by, lon: 74.0 + (place.lon - 74.0) * by })
}

/// A place as files have it: five decimals.
fn written(place: Place) -> Place {
    let round = |degrees: f64| (degrees * 100_000.0).round() / 100_000.0;
    Place { lat: round(place.lat), lon: round(place.lon) }
}
