//! A trainer's session with a list of people.

use crate::components::attendance_row::{Attendance, AttendanceRow, Custody, Seen};
use crate::components::button::{Button, Weight};
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::page_head::PageHead;
use crate::components::running_count::RunningCount;
use crate::components::tabs::{Tab, TabPanel, Tabs};
use crate::components::toast::{Toast, ToastMessage};
use crate::i18n::{t, use_locale};
use shared::id::PersonId;
use std::rc::Rc;
use yew::prelude::*;

/// Invented names in two scripts.
pub(super) const NAMES: [(&str, &str); 12] = [
    ("Айгүл Асанова", "Aigul Asanova"),
    ("Нурлан Жумабеков", "Nurlan Jumabekov"),
    ("Светлана Петровна Иванова", "Svetlana Ivanova"),
    ("Бакыт Токтогулов", "Bakyt Toktogulov"),
    ("Чолпон Сыдыкова", "Cholpon Sydykova"),
    ("Эркинбек Абдыкадыров", "Erkinbek Abdykadyrov"),
    ("Гүлзат Мамбетова", "Gulzat Mambetova"),
    ("Азамат Осмонов", "Azamat Osmonov"),
    ("Жылдыз Керимбекова", "Jyldyz Kerimbekova"),
    ("Тимур Ибраимов", "Timur Ibraimov"),
    ("Назгүл Турдубаева", "Nazgul Turdubaeva"),
    ("Канат Бейшеналиев", "Kanat Beishenaliev"),
];

#[component]
pub(super) fn Session() -> Html {
    let locale = use_locale();
    let marks = use_state(|| vec![Some(Attendance::Present); 36]);
    let query = use_state(AttrValue::default);
    let message = use_state(|| Some(ToastMessage { number: 1, text: "".into(), undo: true }));
    let on_mark = {
        let marks = marks.clone();
        Callback::from(move |(person, status): (PersonId, Attendance)| {
            let mut next = (*marks).clone();
            if let Some(mark) = next.get_mut(person.0 as usize) {
                *mark = Some(status);
            }
            marks.set(next);
        })
    };
    let tab = |key: &'static str, label: &'static str, icon| Tab {
        key: key.into(),
        label: label.into(),
        icon: Some(icon),
        count: None,
    };
    let tabs: Rc<[Tab]> = Rc::new([
        tab("people", t::session_tab_people(locale), Icon::People),
        tab("topics", t::session_tab_topics(locale), Icon::Topics),
        tab("kit", t::session_tab_kit(locale), Icon::Kit),
        tab("photos", t::session_tab_photos(locale), Icon::Photo),
        tab("close", t::session_tab_close(locale), Icon::Close),
    ]);
    let seen: Rc<[Seen]> = Rc::new([
        Seen { observer: None, status: Attendance::Present, time: "10:42".into() },
        Seen {
            observer: Some("Марат Усенов".into()), status: Attendance::Absent, time: "10:47".into()
        },
    ]);
    let status = |at: usize| match at {
        1 => Some(Attendance::Late),
        3 => Some(Attendance::Absent),
        6 => Some(Attendance::Excused),
        7 | 9 => None,
        _ => (*marks)[at],
    };
    let custody = |at: usize| match at {
        0 | 2 => Custody::WithCommission,
        4 => Custody::Refused,
        5 => Custody::Held,
        7 | 9 => Custody::None,
        _ => Custody::OnTablet,
    };
    html! {
        <>
            <PageHead title="Кочкор, school No 2, room 14" lead={t::session_day_of(locale, 1, 2)}
                back={(AttrValue::Static("#today"), AttrValue::Static(t::trainer_nav_today(locale)))} />
            <Tabs id="session" label={t::session_title(locale)} {tabs} selected="people" on_select={|_| ()} />
            <TabPanel tabs="session" tab="people">
                <RunningCount present={31} total={36} unmarked={2} disputed={1} actions={html! {
                    <>
                        <Button label={t::session_everyone_present(locale)} icon={Icon::Check} weight={Weight::Primary} />
                        <Button label={t::session_scan(locale)} icon={Icon::Qr} icon_only={true} />
                    </>
                }} />
                <Field id="search" kind="search" label={t::common_search_people(locale)} label_hidden={true}
                    value={(*query).clone()} on_input={let query = query.clone(); move |typed| query.set(typed)} />
                <ol class="attendance">
                    { for (0..36).map(|at: usize| {
                        let (name, other) = NAMES[at % NAMES.len()];
                        html! {
                            <AttendanceRow key={at} person={PersonId(at as u64)} number={at as u32 + 1} {name}
                                other_name={other} seat={t::common_station_code(locale, &format!("70{:02}", at / 6 + 11)) + " · " + &t::common_seat_number(locale, &(at % 6 + 1).to_string())}
                                mark={status(at)} custody={custody(at)} may_resolve={true} on_mark={on_mark.clone()}
                                seen={if at == 2 { seen.clone() } else { Rc::new([]) as Rc<[Seen]> }} />
                        }
                    }) }
                </ol>
            </TabPanel>
            <Toast message={(*message).clone().map(|m| ToastMessage { text: t::session_everyone_done(locale, 34).into(), ..m })}
                on_undo={|_| ()} on_gone={|_| ()} />
        </>
    }
}
