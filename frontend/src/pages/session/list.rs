//! The list of people of one day: a running count, "everyone present", a row each.

use super::settle::Settle;
use crate::components::attendance_row::{Attendance, AttendanceRow, Seen};
use crate::components::button::{Button, Weight};
use crate::components::empty_state::EmptyState;
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::running_count::RunningCount;
use crate::i18n::{fmt_time, t, use_locale};
use crate::pages::words;
use crate::store::{use_dispatch, use_selector};
use frontend_state::{Msg, select};
use shared::id::{PersonId, SessionId};
use shared::state::Method;
use std::rc::Rc;
use yew::prelude::*;

/// Which list.
#[derive(Properties, PartialEq)]
pub struct PeopleProps {
    /// The session.
    pub session: SessionId,
    /// Which of its days.
    pub day: u8,
    /// The reader may mark.
    pub may_mark: bool,
    /// The reader may settle disagreements.
    pub may_resolve: bool,
}

/// The list.
#[component]
pub fn People(props: &PeopleProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let PeopleProps { session, day, may_mark, may_resolve } = *props;
    let query = use_state_eq(AttrValue::default);
    let settling = use_state_eq(|| None::<PersonId>);
    let count = use_selector((session, day), |model, (session, day)| select::count(model, *session, *day));
    let shown = use_selector((session, (*query).clone()), |model, (session, query)| {
        let people = select::people(model, *session);
        let numbered = people.iter().enumerate().map(|(at, p)| (at as u32 + 1, *p));
        numbered.filter(|(n, p)| select::found(model, *p, *n, query)).collect::<Vec<_>>()
    });
    let everyone =
        use_callback((dispatch.clone(), session, day), |_: MouseEvent, (dispatch, session, day)| {
            dispatch.emit(Msg::EveryonePresent { session: *session, day: *day });
        });
    let on_mark = use_callback(
        (dispatch, session, day),
        |(person, seen): (PersonId, Attendance), (dispatch, session, day)| {
            let people = vec![(person, Some(words::status(seen)))];
            dispatch.emit(Msg::Attend { session: *session, day: *day, people, method: Method::Tap });
        },
    );
    let on_resolve = use_callback(settling.setter(), |person: PersonId, settling| settling.set(Some(person)));
    let on_settled = use_callback(settling.setter(), |(): (), settling| settling.set(None));
    let on_input = use_callback(query.setter(), |typed: AttrValue, query| query.set(typed));
    let none_found = shown.is_empty() && count.total > 0;
    html! {
        <>
            <RunningCount present={count.present} total={count.total} unmarked={count.unmarked}
                disputed={count.disputed} actions={html! {
                    if may_mark {
                        <Button label={t::session_everyone_present(locale)} icon={Icon::Check}
                            weight={Weight::Primary} disabled={count.unmarked == 0} onclick={everyone} />
                    }
                }} />
            <Field id="search" kind="search" label={t::common_search_people(locale)} label_hidden={true}
                value={(*query).clone()} {on_input} />
            if count.total == 0 {
                <EmptyState icon={Icon::People} sentence={t::session_empty(locale)} />
            }
            if none_found {
                <p role="status">{ t::session_not_found(locale, &query) }</p>
            }
            <ol class="attendance">
                { for shown.iter().map(|(number, person)| html! {
                    <PersonRow key={person.0} {session} {day} person={*person} number={*number} {may_mark}
                        {may_resolve} on_mark={on_mark.clone()} on_resolve={on_resolve.clone()} />
                }) }
            </ol>
            if let Some(person) = *settling {
                <Settle {session} {day} {person} on_close={on_settled} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PersonRowProps {
    session: SessionId,
    day: u8,
    person: PersonId,
    number: u32,
    may_mark: bool,
    may_resolve: bool,
    on_mark: Callback<(PersonId, Attendance)>,
    on_resolve: Callback<PersonId>,
}

/// One person: reads only what this row shows.
#[component]
fn PersonRow(props: &PersonRowProps) -> Html {
    let locale = use_locale();
    let row = use_selector((props.session, props.day, props.person), |model, (session, day, person)| {
        let utc_offset_min = select::programme(model).map_or(0, |p| p.utc_offset_min);
        (select::row(model, *session, *day, *person), utc_offset_min)
    });
    let (Some(row), utc_offset_min) = (&row.0, row.1) else { return html! {} };
    let seen: Rc<[Seen]> = row
        .seen
        .iter()
        .map(|seen| Seen {
            observer: (!seen.own).then(|| match &seen.observer {
                Some(name) => name.clone().into(),
                None => t::session_other_observer(locale).into(),
            }),
            status: words::attendance(seen.status),
            time: fmt_time(seen.at, utc_offset_min).into(),
        })
        .collect();
    let counted = row.outcome.filter(|outcome| row.mark != Some(*outcome)).map(words::attendance);
    html! {
        <AttendanceRow person={props.person} number={props.number} name={row.name.clone()}
            other_name={(!row.other.is_empty()).then(|| AttrValue::from(row.other.clone()))}
            seat={words::seat(locale, row.seat.as_ref())} mark={row.mark.map(words::attendance)}
            {counted} custody={words::custody(&row.custody)} {seen} read_only={!props.may_mark}
            may_resolve={props.may_resolve && row.resolving.is_none()}
            on_mark={props.on_mark.clone()} on_resolve={props.on_resolve.clone()} />
    }
}
