//! Dates and moments by locale, through the browser's own `Intl`.
//!
//! Days are programme days: they are formatted as UTC and never shifted by the tablet's time zone. Formatters are
//! slow to make and kept. Natively (in tests) there is no `Intl`: ISO dates stand in.

use super::{Locale, fmt_clock};
use shared::time::{DAY_MS, Day, WallMs};

/// How much of a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayStyle {
    /// "10 March 2021".
    Long,
    /// "10 Mar".
    Short,
    /// "Wednesday, 10 March".
    Weekday,
    /// "Wed 10".
    WeekdayShort,
    /// "Wednesday", of whatever week.
    WeekdayAlone,
}

/// A day: "10 March 2021", "10 марта 2021 г.".
pub fn fmt_day(locale: Locale, day: Day, style: DayStyle) -> String {
    platform::day(locale, day, style)
}

/// A span of days: "24–25 February 2021"; one day if both are the same.
pub fn fmt_days(locale: Locale, first: Day, last: Day) -> String {
    if first == last { fmt_day(locale, first, DayStyle::Long) } else { platform::span(locale, first, last) }
}

/// The time of day of a moment at a place so many minutes ahead of UTC: "10:42".
pub fn fmt_time(moment: WallMs, utc_offset_min: i32) -> String {
    let local = moment.0.saturating_add(i64::from(utc_offset_min) * 60_000);
    fmt_clock((local.rem_euclid(DAY_MS) / 60_000) as u16)
}

/// A moment with its day: "10 Mar, 10:42".
pub fn fmt_moment(locale: Locale, moment: WallMs, utc_offset_min: i32) -> String {
    let day = fmt_day(locale, Day::of(moment, utc_offset_min, 0), DayStyle::Short);
    format!("{day}, {}", fmt_time(moment, utc_offset_min))
}

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use super::{Day, DayStyle, Locale};

    pub(super) fn day(_: Locale, day: Day, _: DayStyle) -> String {
        day.to_string()
    }

    pub(super) fn span(_: Locale, first: Day, last: Day) -> String {
        format!("{first} – {last}")
    }
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use super::{DAY_MS, Day, DayStyle, Locale};
    use js_sys::{Array, Date, Function, Intl::DateTimeFormat, Object, Reflect};
    use std::cell::RefCell;
    use std::collections::HashMap;
    use wasm_bindgen::{JsCast, JsValue};

    thread_local! {
        static FORMATTERS: RefCell<HashMap<(Locale, DayStyle), DateTimeFormat>> = RefCell::default();
    }

    fn formatter(locale: Locale, style: DayStyle) -> DateTimeFormat {
        FORMATTERS.with_borrow_mut(|kept| {
            kept.entry((locale, style))
                .or_insert_with(|| {
                    let options = Object::new();
                    let fields: &[(&str, &str)] = match style {
                        DayStyle::Long => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
                        DayStyle::Short => &[("day", "numeric"), ("month", "short")],
                        DayStyle::Weekday => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
                        DayStyle::WeekdayAlone => &[("weekday", "long")],
                        DayStyle::WeekdayShort => &[("weekday", "short"), ("day", "numeric")],
                    };
                    for (name, value) in [("timeZone", "UTC")].iter().chain(fields) {
                        // Setting a field of a fresh object cannot fail.
                        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
                    }
                    DateTimeFormat::new(&Array::of1(&JsValue::from_str(locale.intl_tag())), &options)
                })
                .clone()
        })
    }

    fn date(day: Day) -> JsValue {
        Date::new(&JsValue::from_f64(f64::from(day.0) * DAY_MS as f64)).into()
    }

    pub(super) fn day(locale: Locale, day: Day, style: DayStyle) -> String {
        let format: Function = formatter(locale, style).format();
        format
            .call1(&JsValue::UNDEFINED, &date(day))
            .ok()
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| day.to_string())
    }

    pub(super) fn span(locale: Locale, first: Day, last: Day) -> String {
        let formatter = formatter(locale, DayStyle::Long);
        Reflect::get(&formatter, &JsValue::from_str("formatRange"))
            .ok()
            .and_then(|method| method.dyn_into::<Function>().ok())
            .and_then(|method| method.call2(&formatter, &date(first), &date(last)).ok())
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| {
                format!("{} – {}", day(locale, first, DayStyle::Long), day(locale, last, DayStyle::Long))
            })
    }
}
