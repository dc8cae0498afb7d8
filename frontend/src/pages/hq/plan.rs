//! Plans of a tier, place by place: made here, approved by a second person, published.

use super::parts::{nothing_yet, notices, stage_links};
use super::plan_same_device::SameDevice;
use super::plan_words as words;
use super::seen::{Seen, failure_words, place_name, unit_name, use_seen};
use super::sessions::{SessionsBehind, state_words};
use crate::components::badge::Badge;
use crate::components::button::{Button, Weight};
use crate::components::data_table::{Column, DataTable, Row};
use crate::components::field::Field;
use crate::components::link::Link;
use crate::components::page_head::PageHead;
use crate::components::progress::Progress;
use crate::components::tone::Tone;
use crate::i18n::{Locale, fmt_number, t, use_locale};
use crate::store::{use_dispatch, use_selector};
use frontend_state::hq::planning::{Made, PlanMsg, Stepped};
use frontend_state::hq::{self, overview};
use frontend_state::{HqPage, Model, Msg};
use shared::grant::{AccountRole, Action};
use shared::id::{ShardId, StageCode};
use shared::plan::PlanSummary;
use shared::programme::{Programme, Stage};
use shared::state::PlanState;
use shared::tally::PlanLine;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Run {
    current: Option<ShardId>,
    done: u32,
    total: u32,
    made: BTreeMap<(ShardId, StageCode), Made>,
    stepped: BTreeMap<(ShardId, StageCode), Stepped>,
}

fn run(model: &Model, (): &()) -> Run {
    let plan = &model.hq.plan;
    let left = plan.queue.len() as u32 + u32::from(plan.current.is_some());
    Run {
        current: plan.current.as_ref().map(|c| c.0.clone()),
        done: plan.total.saturating_sub(left),
        total: plan.total,
        made: plan.results.clone(),
        stepped: plan.steps.clone(),
    }
}

/// One place's line.
struct Site<'a> {
    shard: ShardId,
    to_plan: u32,
    plan: Option<&'a PlanLine>,
    published: u32,
}

/// Plans.
#[component]
pub fn PlanPage() -> Html {
    let locale = use_locale();
    let seen = use_seen();
    let run = use_selector((), run);
    let dispatch = use_dispatch();
    let note = use_state(|| AttrValue::from(""));
    let on_note = use_callback(note.setter(), |text: AttrValue, note| note.set(text));
    let head = html! { <PageHead title={t::plan_title(locale)} lead={t::plan_lead(locale)} /> };
    let shown = seen.programme.as_ref().zip(seen.overview.as_ref());
    let Some((programme, figures, stage)) = shown.and_then(|(p, o)| seen.stage(p).map(|stage| (p, o, stage)))
    else {
        return html! { <>{ head }{ notices(locale, &seen, &dispatch) }{ nothing_yet(locale, &seen) }</> };
    };
    let sites: Vec<Site<'_>> = overview::places(programme, stage)
        .into_iter()
        .filter_map(|shard| {
            let tally = figures.shards.iter().find(|t| t.shard == shard)?;
            let counts = tally.stages.get(&stage.code).copied().unwrap_or_default();
            let open = tally.plans.iter().filter(|p| p.card.stage == stage.code);
            Some(Site {
                shard,
                to_plan: counts.planned.saturating_sub(counts.invited),
                plan: open.min_by_key(|p| p.card.state),
                published: counts.sessions,
            })
        })
        .collect();
    let is_own = |p: &PlanLine| p.card.state == PlanState::Draft && seen.account == Some(p.card.author);
    let own_draft = sites.iter().any(|s| s.plan.is_some_and(is_own));
    let opened = seen.shard().filter(|s| sites.iter().any(|site| site.shard == *s));
    html! {
        <div class="stack hq-plan">
            { head }
            { stage_links(locale, programme, HqPage::Plan, &stage.code) }
            { notices(locale, &seen, &dispatch) }
            { actions(locale, &seen, stage, &sites, &run, &dispatch, &note, on_note) }
            if let Some(current) = &run.current {
                { progress(locale, programme, current, stage, &run, &dispatch) }
            }
            if own_draft { <p class="quiet">{ t::plan_own(locale) }</p> }
            { table(locale, &seen, programme, stage, &sites, &run, &dispatch) }
            if opened.is_some() { <SessionsBehind programme={programme.clone()} /> }
            <p class="quiet">{ t::plan_who(locale) }</p>
        </div>
    }
}

fn may(seen: &Seen, action: Action) -> bool {
    seen.role.is_some_and(|role| action.allowed(role))
}

/// A second person, as far as this page can tell: the shard has the last word.
fn may_approve(seen: &Seen, plan: &PlanLine) -> bool {
    may(seen, Action::ApprovePlan)
        && plan.card.state == PlanState::Draft
        && seen.account != Some(plan.card.author)
}

#[allow(clippy::too_many_arguments)]
fn actions(
    locale: Locale,
    seen: &Seen,
    stage: &Stage,
    sites: &[Site<'_>],
    run: &Run,
    dispatch: &Callback<Msg>,
    note: &AttrValue,
    on_note: Callback<AttrValue>,
) -> Html {
    let busy = run.current.is_some();
    let of = |wanted: &dyn Fn(&Site<'_>) -> bool| -> Vec<ShardId> {
        sites.iter().filter(|s| wanted(s)).map(|s| s.shard.clone()).collect()
    };
    let in_state = |s: &Site<'_>, state| s.plan.is_some_and(|p| p.card.state == state);
    let to_make =
        of(&|s| s.to_plan > 0 && !in_state(s, PlanState::Approved) && !in_state(s, PlanState::Draft));
    let to_approve = of(&|s| s.plan.is_some_and(|p| may_approve(seen, p)));
    let to_publish = of(&|s| in_state(s, PlanState::Approved));
    let send = |msg: PlanMsg| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Msg::Hq(hq::Msg::Plan(msg.clone()))))
    };
    let code = &stage.code;
    let approving = may(seen, Action::ApprovePlan) && !to_approve.is_empty();
    let (makes, approves, publishes) =
        (to_make.len() as u32, to_approve.len() as u32, to_publish.len() as u32);
    html! {
        <div class="hq-actions">
            if may(seen, Action::PutPlan) && !to_make.is_empty() && !busy {
                <Button label={if to_make.len() == sites.len() { t::plan_make_all(locale).to_owned() }
                    else { t::plan_make_rest(locale, makes) }} weight={Weight::Primary}
                    onclick={send(PlanMsg::Make(code.clone(), to_make))} />
            }
            if approving {
                <div class="hq-approve">
                    <Field id="plan-note" label={t::plan_note(locale)} hint={t::plan_note_hint(locale)} optional={true}
                        value={note.clone()} on_input={on_note} />
                    <Button label={t::plan_approve_all(locale, approves)} weight={Weight::Primary}
                        onclick={send(PlanMsg::Approve(to_approve, code.clone(), note.to_string()))} />
                </div>
            }
            if may(seen, Action::PublishPlan) && !to_publish.is_empty() {
                <Button label={t::plan_publish_all(locale, publishes)} weight={Weight::Primary}
                    onclick={send(PlanMsg::Publish(to_publish, code.clone()))} />
            }
        </div>
    }
}

fn progress(
    locale: Locale,
    programme: &Programme,
    current: &ShardId,
    stage: &Stage,
    run: &Run,
    dispatch: &Callback<Msg>,
) -> Html {
    let made = run.made.get(&(current.clone(), stage.code.clone()));
    // Steps of the place under way stand for a hundredth of its bar each.
    let part = match made {
        Some(Made::Working { done, total }) if *total > 0 => {
            (u64::from(*done) * 100 / u64::from(*total)) as u32
        }
        _ => 0,
    };
    let on_cancel = dispatch.reform(|()| Msg::Hq(hq::Msg::Plan(PlanMsg::Cancel)));
    html! {
        <Progress id="plan-progress" label={t::plan_run_title(locale)} done={run.done * 100 + part}
            total={run.total * 100} on_cancel={Some(on_cancel)}
            detail={AttrValue::from(t::plan_run_detail(
                locale, run.total, run.done, &place_name(programme, current, locale)))} />
    }
}

fn table(
    locale: Locale,
    seen: &Seen,
    programme: &Programme,
    stage: &Stage,
    sites: &[Site<'_>],
    run: &Run,
    dispatch: &Callback<Msg>,
) -> Html {
    let columns: Rc<[Column]> = Rc::new([
        Column::words("place", t::common_place(locale)),
        Column::numbers("to-plan", t::plan_not_invited(locale)),
        Column::words("state", t::plan_column_state(locale)),
        Column::numbers("sessions", t::plan_column_sessions(locale)),
        Column::numbers("placed", t::plan_column_placed(locale)),
        Column::numbers("unplaced", t::plan_column_unplaced(locale)),
        Column::words("outcome", t::common_details(locale)),
        Column::words("action", t::common_action(locale)),
    ]);
    let row = |site: &Site<'_>| {
        let key = (site.shard.clone(), stage.code.clone());
        let card = site.plan.map(|p| &p.card);
        let figure =
            |n: Option<u32>| html! { { n.map_or_else(|| "–".into(), |n| fmt_number(locale, n.into())) } };
        let (tone, state) =
            card.map_or((Tone::Calm, t::plan_none(locale)), |card| state_words(locale, card.state));
        let href = format!("{}?stage={}&shard={}", HqPage::Plan.path(), stage.code, site.shard);
        let name = place_name(programme, &site.shard, locale);
        let place = if card.is_some() || site.published > 0 {
            html! { <Link {href}>{ name }</Link> }
        } else {
            html! { { name } }
        };
        Row {
            key: site.shard.to_string().into(),
            cells: vec![
                place,
                figure(Some(site.to_plan)),
                html! { <Badge {tone} label={state} /> },
                figure(card.map(|c| c.sessions)),
                figure(card.map(|c| c.placed)),
                figure(card.map(|c| c.unplaced)),
                outcome(locale, programme, site, run.made.get(&key), run.stepped.get(&key)),
                action(locale, seen, stage, site, run, dispatch),
            ],
        }
    };
    let rows: Rc<[Row]> = sites.iter().map(row).collect();
    html! { <DataTable id="plan-sites" caption={stage.name.in_locale(locale.tag()).to_owned()} {columns} {rows} /> }
}

fn outcome(
    locale: Locale,
    programme: &Programme,
    site: &Site<'_>,
    made: Option<&Made>,
    stepped: Option<&Stepped>,
) -> Html {
    let quiet = |words: &str| html! { <span class="quiet">{ words.to_owned() }</span> };
    let bad = |words: String| html! { <Badge tone={Tone::Missing} label={words} /> };
    let of_made = made.map(|made| match made {
        Made::Reading => quiet(t::plan_step_reading(locale)),
        Made::Working { .. } => quiet(t::plan_step_working(locale)),
        Made::Sending(_) => quiet(t::plan_step_sending(locale)),
        Made::Nobody => quiet(t::plan_step_nobody(locale)),
        Made::NotRead(failure) => bad(failure_words(locale, failure)),
        Made::Faulty(code) => {
            let faulty = code == "faulty";
            let why = if faulty { t::plan_fault_faulty(locale) } else { t::plan_fault_other(locale) };
            bad(t::plan_not_made(locale, why))
        }
        Made::Ended(summary, came) => html! {
            <>
                if let Some(refused) = words::came(locale, came) { { bad(refused) } }
                { summary_words(locale, programme, summary) }
            </>
        },
    });
    let of_step = stepped.and_then(|stepped| match stepped {
        Stepped::Sending => Some(quiet(t::plan_step_sending(locale))),
        Stepped::Ended(came) => words::came(locale, came).map(|refused| {
            let on_same_device = words::is_same_device(came);
            let stage = site.plan.map(|p| p.card.stage.clone()).filter(|_| on_same_device);
            html! {
                <>
                    { bad(refused) }
                    if let Some(stage) = stage { <SameDevice shard={site.shard.clone()} {stage} /> }
                </>
            }
        }),
    });
    let note = site.plan.and_then(|p| p.approval.as_ref()).map(|a| a.note.clone()).filter(|n| !n.is_empty());
    html! {
        <div class="hq-outcome">
            { of_made }
            { of_step }
            if let Some(note) = note { <span class="quiet">{ t::plan_note_shown(locale, &note) }</span> }
        </div>
    }
}

fn summary_words(locale: Locale, programme: &Programme, summary: &PlanSummary) -> Html {
    let score = &summary.score;
    let km = if summary.placed == 0 { 0.0 } else { score.person_km / f64::from(summary.placed) };
    let km = format!("{km:.1}").replace('.', if locale == Locale::Ru { "," } else { "." });
    let line =
        t::plan_score_line(locale, &km, score.lower_bound_sessions, score.sessions, score.stations_split);
    html! {
        <details>
            <summary>{ t::plan_placed(locale, summary.people, summary.placed) }</summary>
            <p>{ line }</p>
            if summary.expected_trainers > 0 {
                <p>{ t::plan_expected_trainers(locale, summary.expected_trainers) }</p>
            }
            if !summary.unplaced.is_empty() {
                <ul>
                    { for summary.unplaced.iter().enumerate().map(|(at, group)| html! {
                        <li key={at}>{ t::plan_unplaced_line(locale, &t::common_people(locale, group.people),
                            &unit_name(programme, &group.unit, locale), &words::reason(locale, group.reason)) }</li>
                    }) }
                </ul>
            }
        </details>
    }
}

fn action(
    locale: Locale,
    seen: &Seen,
    stage: &Stage,
    site: &Site<'_>,
    run: &Run,
    dispatch: &Callback<Msg>,
) -> Html {
    let state = site.plan.map(|p| p.card.state);
    let (shard, code) = (site.shard.clone(), stage.code.clone());
    let busy = run.current.is_some();
    let send =
        |make: Rc<dyn Fn() -> PlanMsg>| dispatch.reform(move |_: MouseEvent| Msg::Hq(hq::Msg::Plan(make())));
    let is_hq = matches!(seen.role, Some(AccountRole::Hq | AccountRole::Coordinator));
    if site.plan.is_some_and(|p| may_approve(seen, p)) {
        let make = Rc::new(move || PlanMsg::Approve(vec![shard.clone()], code.clone(), String::new()));
        return html! { <Button label={t::plan_approve(locale)} onclick={send(make)} /> };
    }
    if is_hq && state == Some(PlanState::Approved) {
        let make = Rc::new(move || PlanMsg::Publish(vec![shard.clone()], code.clone()));
        return html! { <Button label={t::plan_publish(locale)} onclick={send(make)} /> };
    }
    if is_hq && site.to_plan > 0 && !busy {
        let label =
            if state == Some(PlanState::Draft) { t::plan_again(locale) } else { t::plan_make(locale) };
        let make = Rc::new(move || PlanMsg::Make(code.clone(), vec![shard.clone()]));
        return html! { <Button {label} weight={Weight::Bare} onclick={send(make)} /> };
    }
    Html::default()
}
