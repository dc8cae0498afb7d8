//! The road before the first session: each step with how far it is and who is late.

use super::badge::Badge;
use super::icon::{Icon, IconMark};
use super::link::Link;
use super::tone::Tone;
use crate::i18n::{Locale, t, use_locale};
use std::rc::Rc;
use yew::prelude::*;

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// All of it.
    Done,
    /// Some of it.
    Begun,
    /// Nothing, but it can begin.
    ToDo,
    /// The step before has not begun.
    Blocked,
}

impl StepState {
    fn shown(self, locale: Locale) -> (Tone, Icon, &'static str) {
        match self {
            Self::Done => (Tone::Good, Icon::Good, t::hq_step_done(locale)),
            Self::Begun => (Tone::Note, Icon::Half, t::hq_step_started(locale)),
            Self::ToDo => (Tone::Calm, Icon::Empty, t::hq_step_todo(locale)),
            Self::Blocked => (Tone::Calm, Icon::Lock, t::hq_step_blocked(locale)),
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where it is done; the key.
    pub href: AttrValue,
    /// Its name.
    pub name: AttrValue,
    /// How far it is.
    pub state: StepState,
    /// In numbers: "112 of 144 districts".
    pub detail: Option<AttrValue>,
    /// Who is late: "32 districts are late".
    pub late: Option<AttrValue>,
}

/// What the road takes.
#[derive(Properties, PartialEq)]
pub struct StepRoadProps {
    /// The steps in order.
    pub steps: Rc<[Step]>,
}

/// The road before the first session.
#[component]
pub fn StepRoad(props: &StepRoadProps) -> Html {
    let locale = use_locale();
    let next = props.steps.iter().position(|s| matches!(s.state, StepState::Begun | StepState::ToDo));
    html! {
        <ol class="step-road">
            { for props.steps.iter().enumerate().map(|(at, step)| {
                let (tone, icon, label) = step.state.shown(locale);
                let current = (Some(at) == next).then_some("step");
                html! {
                    <li key={step.href.to_string()} aria-current={current}
                        class={classes!("step-road__step", format!("step-road__step--{}", tone.suffix()))}>
                        <span class="step-road__sign"><IconMark {icon} /></span>
                        <div class="step-road__words">
                            <Link href={step.href.clone()} class="step-road__name">{ &step.name }</Link>
                            <span class="step-road__state">{ label }</span>
                            if let Some(detail) = &step.detail { <span class="step-road__detail">{ detail }</span> }
                            if let Some(late) = &step.late {
                                <Badge tone={Tone::Attention} icon={Icon::Clock} label={late.clone()} />
                            }
                        </div>
                    </li>
                }
            }) }
        </ol>
    }
}
