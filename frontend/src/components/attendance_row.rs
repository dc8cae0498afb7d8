//! One person on a session's list: who, where they serve, what was seen, and where the record of it is.
//!
//! The row is a radio group of native inputs, 56 px high; it emits the choice with the person's id, so that one
//! callback serves all rows and only the changed row renders again.

use super::badge::Badge;
use super::button::{Button, Weight};
use super::icon::{Icon, IconMark};
use super::tone::Tone;
use crate::i18n::{Locale, t, use_locale};
use shared::id::PersonId;
use std::rc::Rc;
use yew::prelude::*;

/// What an observer saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// There from the beginning.
    Present,
    /// There, but not from the beginning.
    Late,
    /// Not there.
    Absent,
    /// Not there, with a reason that was accepted.
    Excused,
}

impl Attendance {
    /// All, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Present, Self::Late, Self::Absent, Self::Excused];

    /// Its word.
    pub fn word(self, locale: Locale) -> &'static str {
        match self {
            Self::Present => t::session_present(locale),
            Self::Late => t::session_late(locale),
            Self::Absent => t::session_absent(locale),
            Self::Excused => t::session_excused(locale),
        }
    }

    /// The value of its radio button, stable for tests.
    pub fn value(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Late => "late",
            Self::Absent => "absent",
            Self::Excused => "excused",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Present => Icon::Check,
            Self::Late => Icon::Clock,
            Self::Absent => Icon::Cross,
            Self::Excused => Icon::Excuse,
        }
    }
}

/// Where the record of a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Custody {
    /// There is no mark yet.
    #[default]
    None,
    /// Being written on this device.
    Saving,
    /// Safe on this device, waiting for the commission.
    OnTablet,
    /// Admitted.
    WithCommission,
    /// The coordinator must confirm it.
    Held,
    /// Not admitted: needs attention.
    Refused,
    /// Not admitted; the reason was read.
    PutAway,
    /// In the page's memory alone: the disk did not take it.
    NotStored,
}

impl Custody {
    /// Tone, icon and word of its badge.
    pub fn shown(self, locale: Locale) -> Option<(Tone, Icon, &'static str)> {
        match self {
            Self::None => None,
            Self::Saving => Some((Tone::Calm, Icon::Clock, t::sync_state_saving(locale))),
            Self::OnTablet => Some((Tone::Calm, Icon::Tablet, t::sync_state_tablet(locale))),
            Self::WithCommission => Some((Tone::Good, Icon::Commission, t::sync_state_commission(locale))),
            Self::Held => Some((Tone::Note, Icon::Note, t::sync_state_held(locale))),
            Self::Refused => Some((Tone::Missing, Icon::Attention, t::sync_state_refused(locale))),
            Self::PutAway => Some((Tone::Calm, Icon::Cross, t::sync_state_read(locale))),
            Self::NotStored => Some((Tone::Missing, Icon::Attention, t::sync_state_not_stored(locale))),
        }
    }
}

/// What one observer saw, and when; shown where observers differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Who saw it; nothing means the reader.
    pub observer: Option<AttrValue>,
    /// What.
    pub status: Attendance,
    /// When, by the observer's clock: "10:42".
    pub time: AttrValue,
}

/// What a row takes.
#[derive(Properties, PartialEq)]
pub struct AttendanceRowProps {
    /// Whose row it is.
    pub person: PersonId,
    /// The number on the list.
    pub number: u32,
    /// The name in the reader's script.
    pub name: AttrValue,
    /// The name in the other script.
    #[prop_or_default]
    pub other_name: Option<AttrValue>,
    /// Station and seat, or what else the person serves as: "Station 7041 · chair".
    #[prop_or_default]
    pub seat: AttrValue,
    /// What the reader's account has marked.
    #[prop_or_default]
    pub mark: Option<Attendance>,
    /// What counts, where that is not the reader's own mark: others saw it, or it was settled.
    #[prop_or_default]
    pub counted: Option<Attendance>,
    /// Where the record of it is.
    #[prop_or_default]
    pub custody: Custody,
    /// What each observer saw, where they differ and nobody has settled it.
    #[prop_or_else(|| Rc::new([]))]
    pub seen: Rc<[Seen]>,
    /// Whether the reader may settle a difference.
    #[prop_or_default]
    pub may_resolve: bool,
    /// Whether nothing can be marked: a list that is only read.
    #[prop_or_default]
    pub read_only: bool,
    /// A mark was made.
    #[prop_or_default]
    pub on_mark: Callback<(PersonId, Attendance)>,
    /// A difference is to be settled.
    #[prop_or_default]
    pub on_resolve: Callback<PersonId>,
}

/// One person on a session's list; stands in a list of class `attendance`.
#[component]
pub fn AttendanceRow(props: &AttendanceRowProps) -> Html {
    let locale = use_locale();
    let person = props.person;
    let disputed = !props.seen.is_empty();
    let onresolve = use_callback((person, props.on_resolve.clone()), |_: MouseEvent, (person, emit)| {
        emit.emit(*person);
    });
    let custody = props.custody.shown(locale);
    html! {
        <li class={classes!("attendance-row", disputed.then_some("attendance-row--disputed"))}
            data-person={person.to_string()} data-custody={format!("{:?}", props.custody)}
            data-counted={props.counted.map(Attendance::value)}>
            <span class="attendance-row__number">{ props.number }</span>
            <span class="attendance-row__person">
                <strong class="attendance-row__name">{ &props.name }</strong>
                if let Some(other) = &props.other_name {
                    <bdi class="attendance-row__other">{ other }</bdi>
                }
            </span>
            <span class="attendance-row__seat">{ &props.seat }</span>
            <fieldset class="attendance-row__marks" disabled={props.read_only}>
                <legend class="visually-hidden">{ t::session_mark_of(locale, &props.name) }</legend>
                { for Attendance::ALL.into_iter().map(|status| choice(locale, props, status)) }
            </fieldset>
            <span class="attendance-row__custody">
                if let Some(counted) = props.counted {
                    <Badge tone={Tone::Note} icon={counted.icon()} label={t::session_counted(locale, counted.word(locale))} />
                }
                if let Some((tone, icon, label)) = custody { <Badge {tone} {icon} {label} /> }
            </span>
            if disputed {
                <div class="attendance-row__seen">
                    <Badge tone={Tone::Attention} icon={Icon::Differ} label={t::session_disputed(locale)} />
                    <ul>
                        { for props.seen.iter().enumerate().map(|(at, seen)| html! {
                            <li key={at}>{ sighting(locale, seen) }</li>
                        }) }
                    </ul>
                    if props.may_resolve {
                        <Button label={t::session_resolve(locale)} weight={Weight::Quiet} onclick={onresolve} />
                    }
                </div>
            }
        </li>
    }
}

fn choice(locale: Locale, props: &AttendanceRowProps, status: Attendance) -> Html {
    let (person, emit) = (props.person, props.on_mark.clone());
    let onchange = Callback::from(move |_: Event| emit.emit((person, status)));
    html! {
        <label class={classes!("attendance-row__mark", format!("attendance-row__mark--{}", status.value()))}>
            <input type="radio" name={format!("mark-{person}")} value={status.value()}
                checked={props.mark == Some(status)} {onchange} />
            <span class="attendance-row__face">
                <IconMark icon={status.icon()} />
                <span>{ status.word(locale) }</span>
            </span>
        </label>
    }
}

fn sighting(locale: Locale, seen: &Seen) -> String {
    let status = seen.status.word(locale);
    match &seen.observer {
        Some(observer) => t::session_saw(locale, observer, status, &seen.time),
        None => t::session_saw_you(locale, status, &seen.time),
    }
}
