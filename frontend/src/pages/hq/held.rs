//! Records to confirm: what, who, why held; the coordinator releases each, or dismisses it with a reason.

use super::seen::failure_words;
use crate::components::badge::Badge;
use crate::components::button::{Button, ButtonLink, Weight};
use crate::components::card::Card;
use crate::components::definition_list::{Definition, DefinitionList};
use crate::components::dialog::Dialog;
use crate::components::empty_state::EmptyState;
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::notice::Notice;
use crate::components::page_head::PageHead;
use crate::components::tone::Tone;
use crate::i18n::{Locale, t, use_locale};
use crate::pages::words;
use crate::store::{use_dispatch, use_selector};
use frontend_state::hq::held::{self, HeldMsg, HeldView};
use frontend_state::{Msg, hq, select};
use shared::event::Judge;
use shared::sync::Hold;
use shared::time::WallMs;
use std::rc::Rc;
use yew::prelude::*;

/// People of one record named before "and so many more".
const NAMED_AT_MOST: usize = 5;

/// Records to confirm.
#[component]
pub fn HeldPage() -> Html {
    let locale = use_locale();
    let dispatch = use_dispatch();
    let shown = use_selector((), |model, ()| {
        let utc_offset_min = select::programme(model).map_or(0, |p| p.utc_offset_min);
        (held::view(model), model.hq.held.failure.clone(), utc_offset_min)
    });
    let (lines, failure, utc_offset_min) = &*shown;
    let dismissing = use_state_eq(|| None::<u64>);
    let on_judge = use_callback((dispatch, dismissing.setter()), |judge: Judge, (dispatch, dismissing)| {
        dismissing.set(None);
        dispatch.emit(Msg::Hq(hq::Msg::Held(HeldMsg::Judge(judge))));
    });
    let on_close = use_callback(dismissing.setter(), |(): (), dismissing| dismissing.set(None));
    let asked = lines.iter().flatten().find(|line| Some(line.seq) == *dismissing);
    html! {
        <div class="narrow stack">
            <PageHead title={t::held_title(locale)} lead={t::held_lead(locale)} />
            if let Some(failure) = failure {
                <Notice tone={Tone::Attention}>{ failure_words(locale, failure) }</Notice>
            }
            { match lines {
                None => html! { <p role="status">{ t::common_loading(locale) }</p> },
                Some(lines) if lines.is_empty() => html! {
                    <EmptyState icon={Icon::Good} sentence={t::held_empty(locale)} />
                },
                Some(lines) => html! {
                    { for lines.iter().map(|line| {
                        one(locale, line, *utc_offset_min, &on_judge, &dismissing.setter())
                    }) }
                },
            } }
            if let Some(line) = asked {
                <Dismiss line={line.clone()} on_judge={on_judge} {on_close} />
            }
        </div>
    }
}

fn one(
    locale: Locale,
    line: &HeldView,
    utc_offset_min: i32,
    on_judge: &Callback<Judge>,
    dismissing: &yew::UseStateSetter<Option<u64>>,
) -> Html {
    let moment = |at: WallMs| words::moment(locale, at, utc_offset_min);
    let who =
        if line.who.is_empty() { t::session_other_observer(locale).to_owned() } else { line.who.clone() };
    let mut facts = vec![
        Definition::text(t::held_by(locale), who),
        Definition::text(t::records_written(locale), moment(line.wall))
            .with_note(t::held_came(locale, &moment(line.came))),
    ];
    if let Some((_, number)) = line.session {
        facts.push(Definition::text(
            t::records_session(locale),
            t::session_numbered(locale, &number.to_string()),
        ));
    }
    let marks: Vec<String> = line
        .marks
        .iter()
        .take(NAMED_AT_MOST)
        .map(|(name, status)| {
            let name = if name.is_empty() { t::common_not_known(locale) } else { name.as_str() };
            let seen = status.map_or(t::session_unmarked(locale), |s| words::attendance(s).word(locale));
            t::session_marked(locale, name, seen)
        })
        .collect();
    if !marks.is_empty() {
        let more = line.marks.len().saturating_sub(NAMED_AT_MOST) as u32;
        let named = Definition::text(t::held_says(locale), marks.join("; "));
        facts.push(if more > 0 { named.with_note(t::sync_waiting_more(locale, more)) } else { named });
    }
    facts.push(Definition::text(t::held_why(locale), why(locale, line.why)));
    facts.push(Definition::text(t::records_log_number(locale), line.seq.to_string()));
    let items: Rc<[Definition]> = facts.into();
    let release = {
        let (emit, judge) = (on_judge.clone(), judge(line, true, String::new()));
        move |_: MouseEvent| emit.emit(judge.clone())
    };
    let dismiss = {
        let (dismissing, seq) = (dismissing.clone(), line.seq);
        move |_: MouseEvent| dismissing.set(Some(seq))
    };
    let waits = match line.judging {
        Some(true) => {
            html! { <Badge tone={Tone::Note} icon={Icon::Sync} label={t::held_releasing(locale)} /> }
        }
        Some(false) => {
            html! { <Badge tone={Tone::Note} icon={Icon::Sync} label={t::held_dismissing(locale)} /> }
        }
        None => html! {},
    };
    let busy = line.judging.is_some();
    html! {
        <div key={line.seq.to_string()} data-held={line.seq.to_string()}>
            <Card title={words::record(locale, &line.what)} aside={waits} actions={html! {
                <>
                    <Button label={t::held_release(locale)} icon={Icon::Check} weight={Weight::Primary} disabled={busy}
                        onclick={release} />
                    <Button label={t::held_dismiss(locale)} icon={Icon::Cross} disabled={busy} onclick={dismiss} />
                </>
            }}>
                <DefinitionList {items} />
            </Card>
        </div>
    }
}

fn judge(line: &HeldView, release: bool, reason: String) -> Judge {
    Judge { seq: line.seq, event: line.event, release, reason }
}

fn why(locale: Locale, why: Option<Hold>) -> &'static str {
    match why {
        Some(Hold::NewerKind) => t::held_why_newer_kind(locale),
        Some(Hold::Late) => t::held_why_late(locale),
        Some(Hold::Cause) => t::held_why_cause(locale),
        Some(Hold::UnknownSession) => t::held_why_unknown_session(locale),
        Some(Hold::UnknownPerson) => t::held_why_unknown_person(locale),
        None | Some(Hold::Newer) => t::held_why_not_told(locale),
    }
}

#[derive(Properties, PartialEq)]
struct DismissProps {
    line: HeldView,
    on_judge: Callback<Judge>,
    on_close: Callback<()>,
}

/// Dismissing with a reason, which its author reads.
#[component]
fn Dismiss(props: &DismissProps) -> Html {
    let locale = use_locale();
    let reason = use_state_eq(AttrValue::default);
    let on_input = use_callback(reason.setter(), |typed: AttrValue, reason| reason.set(typed));
    let onclick = {
        let (emit, judge) = (props.on_judge.clone(), judge(&props.line, false, reason.trim().to_owned()));
        move |_: MouseEvent| emit.emit(judge.clone())
    };
    html! {
        <Dialog id="dismiss" open={true} title={t::held_dismiss_title(locale)} on_close={props.on_close.clone()}
            actions={html! {
                <Button label={t::held_dismiss(locale)} weight={Weight::Danger} disabled={reason.trim().is_empty()} {onclick} />
            }}>
            <p>{ words::record(locale, &props.line.what) }</p>
            <Field id="dismiss-reason" label={t::held_reason(locale)} hint={t::held_reason_hint(locale)}
                value={(*reason).clone()} {on_input} />
        </Dialog>
    }
}

/// On the coordinator's first screen: how many records wait for a word, while any do.
#[component]
pub fn HeldNotice() -> Html {
    let locale = use_locale();
    let count =
        use_selector((), |model, ()| model.hq.held.lines.as_ref().map_or(0, |lines| lines.len() as u32));
    if *count == 0 {
        return html! {};
    }
    html! {
        <Notice tone={Tone::Note} title={t::held_notice(locale, *count)} actions={html! {
            <ButtonLink href="/hq/held" label={t::held_open(locale)} />
        }} />
    }
}
