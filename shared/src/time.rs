//! Days, wall time and stamps. No clock is read here: a shell passes the time in.
//!
//! A *programme day* is the real day plus the programme's day offset (zero in real use; the demo stands inside
//! March 2021). Stamps and receive times are always real.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// A calendar day, counted from 1 January 1970; written as `2021-03-10`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub i32);

/// Wall time in milliseconds since 1970 as one clock showed it; it may be wrong by years.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WallMs(pub i64);

/// The effective time of a record in milliseconds since 1970, fixed once, by the shard that admitted it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stamp(pub i64);

/// A day of the week; the number is ISO's (Monday is 1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday = 1,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// A text that is not a day: `2021-03-10` was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a day: a date like 2021-03-10 expected")]
pub struct DayError;

impl Day {
    /// The day of a civil date, or nothing where the calendar has no such date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 {
            return None;
        }
        // Days are counted from 1 March of year 0, so that the leap day is the last of its year.
        let y = year - i32::from(month <= 2);
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((month as i32 + 9) % 12) + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let found = Self(era * 146_097 + day_of_era - 719_468);
        (found.ymd() == (year, month, day)).then_some(found)
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let z = self.0.saturating_add(719_468);
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u32;
        (year_of_era + era * 400 + i32::from(month <= 2), month, day)
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[(self.0.wrapping_add(3)).rem_euclid(7) as usize]
    }

    /// The day so many days later (or earlier, if negative).
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The UTC day of a wall time, shifted by a programme's day offset and a place's offset from UTC in minutes.
    pub fn of(wall: WallMs, utc_offset_min: i32, day_offset: i32) -> Self {
        let local = wall.0.saturating_add(i64::from(utc_offset_min) * 60_000);
        let day = local.div_euclid(DAY_MS).clamp(i64::from(i32::MIN) / 2, i64::from(i32::MAX) / 2) as i32;
        Self(day).plus(day_offset)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

impl FromStr for Day {
    type Err = DayError;
    fn from_str(text: &str) -> Result<Self, DayError> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, b)| match at {
                4 | 7 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return Err(DayError);
        }
        let number = |range: core::ops::Range<usize>| text[range].parse::<u32>().map_err(|_| DayError);
        Self::from_ymd(number(0..4)? as i32, number(5..7)?, number(8..10)?).ok_or(DayError)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_fall_on_their_weekdays() {
        for (text, number, weekday) in [
            ("1970-01-01", 0, Weekday::Thursday),
            ("2021-03-10", 18_696, Weekday::Wednesday),
            ("2024-02-29", 19_782, Weekday::Thursday),
        ] {
            let day: Day = text.parse().expect(text);
            assert_eq!((day.0, day.weekday()), (number, weekday), "{text}");
        }
    }

    #[test]
    fn dates_the_calendar_lacks_are_refused() {
        for text in ["2021-02-29", "2021-13-01", "2021-00-10", "2021-3-10", "10.03.2021", "2021-03-1\u{0661}"]
        {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_reads_back_what_it_writes(number in -700_000i32..2_900_000) {
            let day = Day(number);
            prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        }

        #[test]
        fn no_clock_breaks_the_day(wall: i64, utc_offset_min in -900i32..900, day_offset in -9_999i32..9_999) {
            let _ = Day::of(WallMs(wall), utc_offset_min, day_offset);
        }
    }
}
