//! Sessions by day: how many were planned, held, and not held, with today marked.

use crate::i18n::{DayStyle, Locale, fmt_day, t, use_locale};
use shared::time::Day;
use std::rc::Rc;
use yew::prelude::*;

/// The drawing's units: CSS pixels.
const HEIGHT: u32 = 120;
const GAP: u32 = 10;
/// A short programme fills the page; a long one keeps bars that can be told apart, and scrolls.
const WIDTH: u32 = 1_040;
const BARS: core::ops::RangeInclusive<u32> = 16..=56;

/// One day's sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineDay {
    /// The day.
    pub day: Day,
    /// Sessions planned for it.
    pub planned: u32,
    /// Of these, held.
    pub held: u32,
    /// Of these, not held although the day is over.
    pub lost: u32,
}

/// What the timeline takes.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// What it shows.
    pub label: AttrValue,
    /// The days in order.
    pub days: Rc<[TimelineDay]>,
    /// The programme's today.
    pub today: Day,
}

/// Sessions by day.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let locale = use_locale();
    let most = props.days.iter().map(|d| d.planned).max().unwrap_or(0).max(1);
    let count = props.days.len().max(1) as u32;
    let bar_width = (WIDTH / count).saturating_sub(GAP).clamp(*BARS.start(), *BARS.end());
    let width = count * (bar_width + GAP) + GAP;
    // Time runs with the text.
    let place = |at: u32| {
        let from_start = if locale.dir() == "rtl" { (count - 1).saturating_sub(at) } else { at };
        GAP + from_start * (bar_width + GAP)
    };
    html! {
        <figure class="timeline">
            <div class="timeline__scroll" role="group" aria-label={props.label.clone()} tabindex="0">
                <ol class="visually-hidden">
                    { for props.days.iter().map(|day| html! { <li key={day.day.0}>{ sentence(locale, day) }</li> }) }
                </ol>
                <svg class="timeline__bars" viewBox={format!("0 0 {width} {}", HEIGHT + 28)} aria-hidden="true"
                    width={width.to_string()} height={(HEIGHT + 28).to_string()}>
                    <line class="timeline__ground" x1="0" x2={width.to_string()} y1={HEIGHT.to_string()}
                        y2={HEIGHT.to_string()} />
                    { for props.days.iter().enumerate().map(|(at, day)| {
                        bar(locale, day, place(at as u32), bar_width, most, day.day == props.today)
                    }) }
                </svg>
            </div>
            <figcaption class="timeline__key">
                <span class="timeline__sample timeline__sample--held">{ t::hq_timeline_held(locale) }</span>
                <span class="timeline__sample timeline__sample--planned">{ t::hq_timeline_planned(locale) }</span>
                <span class="timeline__sample timeline__sample--lost">{ t::hq_timeline_lost(locale) }</span>
            </figcaption>
        </figure>
    }
}

fn sentence(locale: Locale, day: &TimelineDay) -> String {
    t::hq_timeline_day(locale, &fmt_day(locale, day.day, DayStyle::Weekday), day.held, day.planned)
}

fn bar(locale: Locale, day: &TimelineDay, x: u32, wide: u32, most: u32, today: bool) -> Html {
    // At least two units, so that a single session is seen.
    let tall = |n: u32| if n == 0 { 0 } else { (u64::from(n) * 100 / u64::from(most)).max(2) as u32 };
    let rect = |class: &'static str, from: u32, n: u32| {
        let (low, high) = (tall(from), tall(from + n));
        html! {
            <rect {class} x={x.to_string()} y={(HEIGHT - high).to_string()} width={wide.to_string()}
                height={(high - low).to_string()} />
        }
    };
    let middle = (x + wide / 2).to_string();
    html! {
        <g key={day.day.0} class={classes!(today.then_some("timeline__today"))}>
            <title>{ sentence(locale, day) }</title>
            if today {
                <rect class="timeline__now" x={(x - GAP / 2).to_string()} y="0" width={(wide + GAP).to_string()}
                    height={(HEIGHT + 26).to_string()} rx="4" />
            }
            { rect("timeline__planned", 0, day.planned) }
            { rect("timeline__held", 0, day.held) }
            { rect("timeline__lost", day.held, day.lost) }
            <text x={middle} y={(HEIGHT + 18).to_string()}>{ day.day.ymd().2 }</text>
        </g>
    }
}
