//! The six counts, from seat to certificate, never mixed; what is disputed stands beside them.

use super::link::Link;
use crate::i18n::{Locale, fmt_number, fmt_percent, t, use_locale};
use yew::prelude::*;

/// The six counts of persons, and the seventh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Seats of the stage's audience.
    pub planned: u32,
    /// Persons on a published session's list.
    pub invited: u32,
    /// Persons present or late on at least one day.
    pub present: u32,
    /// The stage's rule met.
    pub completed: u32,
    /// Its tests too; nothing where the stage has none.
    pub passed: Option<u32>,
    /// A valid certificate on the current version; nothing until certificates are issued.
    pub certified: Option<u32>,
    /// Observers differ: neither present nor absent.
    pub disputed: u32,
}

/// What the funnel takes.
#[derive(Properties, PartialEq)]
pub struct FunnelProps {
    /// The counts.
    pub counts: Counts,
    /// Where a count opens, by its key (`planned`, `invited`, ...): the address before the key.
    #[prop_or_default]
    pub base_href: Option<AttrValue>,
}

/// The six counts.
#[component]
pub fn Funnel(props: &FunnelProps) -> Html {
    let locale = use_locale();
    let c = props.counts;
    let rows = [
        ("planned", t::hq_count_planned(locale), t::hq_count_planned_detail(locale), Some(c.planned)),
        ("invited", t::hq_count_invited(locale), t::hq_count_invited_detail(locale), Some(c.invited)),
        ("present", t::hq_count_present(locale), t::hq_count_present_detail(locale), Some(c.present)),
        ("completed", t::hq_count_completed(locale), t::hq_count_completed_detail(locale), Some(c.completed)),
        ("passed", t::hq_count_passed(locale), t::hq_count_passed_detail(locale), c.passed),
        ("certified", t::hq_count_certified(locale), t::hq_count_certified_detail(locale), c.certified),
    ];
    let disputed =
        ("disputed", t::hq_count_disputed(locale), t::hq_count_disputed_detail(locale), Some(c.disputed));
    html! {
        <ol class="funnel">
            { for rows.into_iter().map(|row| step(locale, props, row)) }
            if c.disputed > 0 { { step(locale, props, disputed) } }
        </ol>
    }
}

type Step = (&'static str, &'static str, &'static str, Option<u32>);

fn step(locale: Locale, props: &FunnelProps, (key, name, detail, count): Step) -> Html {
    let planned = props.counts.planned;
    let figure = count.map_or_else(|| "–".to_owned(), |n| fmt_number(locale, n.into()));
    let figure = match (&props.base_href, count) {
        (Some(base), Some(_)) => html! { <Link href={format!("{base}{key}")}>{ figure }</Link> },
        _ => html! { { figure } },
    };
    html! {
        <li key={key} class={classes!("funnel__step", format!("funnel__step--{key}"))}>
            <span class="funnel__name">{ name }<small>{ detail }</small></span>
            if let Some(count) = count {
                <progress class="funnel__bar" aria-hidden="true" max={planned.max(1).to_string()}
                    value={count.to_string()} />
            }
            <span class="funnel__figure">{ figure }</span>
            <span class="funnel__share">
                { count.map(|n| fmt_percent(locale, n.into(), planned.into())).unwrap_or_default() }
            </span>
        </li>
    }
}
