//! A device whose clock is wrong: every reading in a page is shifted by one constant before its first script runs.
//!
//! Covered: `Date`, `performance.timeOrigin`, formats of the present moment; `Temporal` is taken away. Not covered:
//! service workers and workers, and headers of the browser itself. Pages opened by a page (`window.open`) have the
//! shift from their first reload after [`super::Browser::switch`].

use anyhow::{Context, Result};
use std::time::{SystemTime, UNIX_EPOCH};

const SCRIPT: &str = include_str!("scripts/clock.js");

/// How a device's clock is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// It runs ahead by so many milliseconds (behind where negative).
    Ahead(i64),
    /// It showed this many milliseconds since 1970 when the browser was launched.
    StartsAt(i64),
}

impl Clock {
    /// A clock that stands at the first of January of a year at launch, in UTC.
    pub fn in_year(year: i32) -> Self {
        let years_before = i64::from(year) - 1;
        let days = years_before * 365 + years_before.div_euclid(4) - years_before.div_euclid(100)
            + years_before.div_euclid(400)
            - 719_162;
        Self::StartsAt(days * 86_400_000)
    }

    /// How far ahead of the real clock it is now, in milliseconds.
    fn ahead_ms(self) -> Result<i64> {
        match self {
            Self::Ahead(ahead_ms) => Ok(ahead_ms),
            Self::StartsAt(start_ms) => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).context("a clock before 1970")?;
                Ok(start_ms - i64::try_from(now.as_millis())?)
            }
        }
    }

    /// The script that shifts a page's clock.
    pub(super) fn script(self) -> Result<String> {
        Ok(SCRIPT.replace("= OFFSET", &format!("= {}", self.ahead_ms()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_year_starts_at_its_first_of_january() {
        assert_eq!(Clock::in_year(1970), Clock::StartsAt(0));
        assert_eq!(Clock::in_year(2001), Clock::StartsAt(978_307_200_000));
        assert_eq!(Clock::in_year(2040), Clock::StartsAt(2_208_988_800_000));
    }
}
