//! One session: its days, its list of people, what was seen.

mod list;
mod settle;

use crate::components::button::ButtonLink;
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::notice::Notice;
use crate::components::page_head::PageHead;
use crate::components::radio_group::RadioGroup;
use crate::components::select::Choice;
use crate::components::tabs::{Tab, TabPanel, Tabs};
use crate::components::tone::Tone;
use crate::i18n::{DayStyle, fmt_clock, fmt_day, t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::{Msg, select};
use list::People;
use shared::id::SessionId;
use std::rc::Rc;
use yew::prelude::*;

/// Whose session.
#[derive(Properties, PartialEq)]
pub struct SessionProps {
    /// The session.
    pub session: SessionId,
}

/// One session.
#[component]
pub fn Session(props: &SessionProps) -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let session = props.session;
    let head = use_selector(session, |model, session| select::head(model, *session));
    let home = use_selector((), |model, ()| model.role());
    let on_day = use_callback((dispatch, session), |day: AttrValue, (dispatch, session)| {
        if let Ok(day) = day.parse() {
            dispatch.emit(Msg::ChooseDay(*session, day));
        }
    });
    let Some(head) = &*head else {
        return html! {
            <EmptyState icon={Icon::Missing} sentence={t::session_not_here(locale)}>
                <ButtonLink href="/" label={t::common_go_start(locale)} />
            </EmptyState>
        };
    };
    let back = if *home == Some(shared::grant::AccountRole::Trainer) {
        t::trainer_nav_today(locale)
    } else {
        t::trainer_nav_sessions(locale)
    };
    let lead = [
        t::session_numbered(locale, &head.number.to_string()),
        head.stage.in_locale(locale.tag()).to_owned(),
        head.unit.in_locale(locale.tag()).to_owned(),
        fmt_clock(head.start_min),
    ];
    let days: Rc<[Choice]> = head
        .days
        .iter()
        .map(|choice| {
            let of = t::session_day_of(locale, u32::from(choice.day) + 1, head.days.len() as u32);
            Choice::new(choice.day.to_string(), fmt_day(locale, choice.date, DayStyle::WeekdayShort))
                .with_hint(of)
        })
        .collect();
    let tabs: Rc<[Tab]> = Rc::new([Tab {
        key: "people".into(),
        label: t::session_tab_people(locale).into(),
        icon: Some(Icon::People),
        count: None,
    }]);
    html! {
        <>
            <PageHead title={head.venue.clone()} lead={lead.join(" · ")}
                back={(AttrValue::Static("/"), AttrValue::Static(back))} />
            if let Some(reason) = &head.closed {
                <Notice tone={Tone::Attention} title={t::session_room_closed(locale)}>{ reason }</Notice>
            }
            if head.trainer_expected {
                <Notice tone={Tone::Note}>{ t::session_warning_trainer(locale) }</Notice>
            }
            if head.days.len() > 1 {
                <RadioGroup name="day" legend={t::session_day_choose(locale)} legend_hidden={true} inline={true}
                    choices={days} value={head.day.to_string()} on_choice={on_day} />
            }
            if !head.is_today {
                <p class="session__other-day">
                    { head.days.iter().find(|c| c.day == head.day)
                        .map(|c| t::session_not_today(locale, &fmt_day(locale, c.date, DayStyle::Weekday))) }
                </p>
            }
            <Tabs id="session" label={t::session_title(locale)} {tabs} selected="people" on_select={|_| ()} />
            <TabPanel tabs="session" tab="people">
                <People {session} day={head.day} may_mark={head.may_mark} may_resolve={head.may_resolve} />
            </TabPanel>
        </>
    }
}
