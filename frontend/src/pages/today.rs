//! A trainer's day: the next session as one big card, then the week.

use crate::components::badge::Badge;
use crate::components::button::{ButtonLink, Weight};
use crate::components::card::Card;
use crate::components::empty_state::EmptyState;
use crate::components::icon::{Icon, IconMark};
use crate::components::link::Link;
use crate::components::notice::Notice;
use crate::components::page_head::PageHead;
use crate::components::tone::Tone;
use crate::i18n::{DayStyle, Locale, fmt_clock, fmt_day, fmt_days, t, use_locale};
use crate::store::use_selector;
use frontend_state::select::{self, Brief, Tally};
use shared::time::Day;
use yew::prelude::*;

/// A trainer's day.
#[component]
pub fn Today() -> Html {
    let locale = use_locale();
    let week = use_selector((), |model, ()| select::today(model));
    let missing = use_selector((), |model, ()| select::ready(model).missing);
    let today = week.today;
    let empty = week.next.is_none() && week.earlier.is_empty();
    html! {
        <>
            <PageHead title={t::trainer_today_title(locale)} lead={fmt_day(locale, today, DayStyle::Weekday)} />
            if let Some(next) = &week.next {
                { leading(locale, next, today) }
                if *missing > 0 {
                    <Notice tone={Tone::Note} title={t::trainer_ready_title(locale)} actions={html! {
                        <ButtonLink href="/ready" label={t::trainer_ready_button(locale)} />
                    }}>
                        { t::trainer_ready_missing(locale, *missing) }
                    </Notice>
                }
            }
            if empty {
                <EmptyState icon={Icon::Calendar} sentence={t::trainer_empty(locale)} />
            }
            { section(locale, t::trainer_this_week(locale), &week.week) }
            { section(locale, t::trainer_later(locale), &week.later) }
            { section(locale, t::trainer_earlier(locale), &week.earlier) }
        </>
    }
}

fn leading(locale: Locale, brief: &Brief, today: Day) -> Html {
    let day = brief.days.iter().copied().find(|d| *d >= today).unwrap_or(today);
    let when = if day == today {
        t::common_today(locale).to_owned()
    } else if day == today.plus(1) {
        t::common_tomorrow(locale).to_owned()
    } else {
        fmt_day(locale, day, DayStyle::Weekday)
    };
    let at = brief.days.iter().position(|d| *d == day).unwrap_or(0) as u32 + 1;
    let days = brief.days.len() as u32;
    let label =
        if day == today { t::trainer_take_attendance(locale) } else { t::trainer_open_session(locale) };
    html! {
        <Card title={t::trainer_next(locale)} leading={true} aside={badges(locale, brief)} actions={html! {
            <ButtonLink href={format!("/session/{}", brief.id)} {label} weight={Weight::Primary} large={true} />
        }}>
            <p class="session-card__when">{ t::trainer_starts(locale, &when, &fmt_clock(brief.start_min)) }</p>
            <p class="session-card__place">
                <IconMark icon={Icon::Place} />
                <span><strong>{ &brief.venue }</strong>
                    if !brief.address.is_empty() { <>{ ", " }{ &brief.address }</> }
                </span>
            </p>
            <p class="session-card__facts">
                { [t::session_people(locale, brief.count.total), t::session_day_of(locale, at, days),
                   brief.stage.in_locale(locale.tag()).to_owned()].join(" · ") }
            </p>
        </Card>
    }
}

fn badges(locale: Locale, brief: &Brief) -> Html {
    html! {
        <>
            if brief.closed.is_some() {
                <Badge tone={Tone::Attention} label={t::session_room_closed(locale)} />
            }
            if brief.disputed > 0 {
                <Badge tone={Tone::Attention} icon={Icon::Differ}
                    label={t::session_disputed_count(locale, brief.disputed)} />
            }
            { own(locale, &brief.own) }
        </>
    }
}

/// Where the reader's own marks of a session are: the gravest alone.
fn own(locale: Locale, own: &Tally) -> Html {
    let (tone, icon, label) = if own.not_stored > 0 {
        (Tone::Missing, Icon::Attention, t::records_not_stored_summary(locale, own.not_stored))
    } else if own.refused > 0 {
        (Tone::Attention, Icon::Attention, t::records_refused_summary(locale, own.refused))
    } else if own.saving > 0 {
        (Tone::Calm, Icon::Clock, t::records_saving_summary(locale).to_owned())
    } else if own.on_tablet > 0 {
        (Tone::Calm, Icon::Tablet, t::records_waiting_summary(locale, own.on_tablet))
    } else if own.held > 0 {
        (Tone::Note, Icon::Note, t::records_held_summary(locale, own.held))
    } else if own.with_commission > 0 {
        (Tone::Good, Icon::Commission, t::records_commission_summary(locale).to_owned())
    } else {
        return html! {};
    };
    html! { <Badge {tone} {icon} {label} /> }
}

fn section(locale: Locale, title: &str, briefs: &[Brief]) -> Html {
    if briefs.is_empty() {
        return html! {};
    }
    html! {
        <section class="session-list">
            <h2>{ title }</h2>
            <ul>{ for briefs.iter().map(|brief| line(locale, brief)) }</ul>
        </section>
    }
}

/// A session as one line of a list.
pub fn line(locale: Locale, brief: &Brief) -> Html {
    let days = match (brief.days.first(), brief.days.last()) {
        (Some(first), Some(last)) => fmt_days(locale, *first, *last),
        _ => String::new(),
    };
    let marked = brief.count.unmarked < brief.count.total;
    html! {
        <li key={brief.id.0}>
            <Link href={format!("/session/{}", brief.id)} class="session-line">
                <span class="session-line__when">{ days }<small>{ fmt_clock(brief.start_min) }</small></span>
                <span class="session-line__where">
                    <strong>{ &brief.venue }</strong>
                    <small>{ [t::session_numbered(locale, &brief.number.to_string()),
                        brief.unit.in_locale(locale.tag()).to_owned(),
                        brief.stage.in_locale(locale.tag()).to_owned()].join(" · ") }</small>
                </span>
                <span class="session-line__count">
                    { badges(locale, brief) }
                    if marked {
                        <Badge tone={Tone::Note} icon={Icon::People}
                            label={t::session_present_of(locale, brief.count.present, brief.count.total)} />
                    } else {
                        <Badge tone={Tone::Calm} icon={Icon::People}
                            label={t::session_people(locale, brief.count.total)} />
                    }
                </span>
                <IconMark icon={Icon::Forward} />
            </Link>
        </li>
    }
}
