use super::access::AccessMsg;
use super::importing::{ChosenFile, ImportMsg, Phase};
use super::outbox::Came;
use super::planning::{Made, PlanMsg};
use super::*;
use crate::effect::{Method, TokenFor};
use crate::model::{AccountEntry, Loaded};
use crate::{At, Msg as PageMsg, update};
use shared::event::{Body, Decision, Event};
use shared::grant::AccountRole;
use shared::id::{AccountId, DeviceId, PlanId, RunId};
use shared::programme::Programme;
use shared::state::{PlanCard, PlanState};
use shared::sync::client::Stored;
use shared::sync::{Head, PROTOCOL, Refusal, Rejection, Reply, Verdict};
use shared::tally::{Counts, PlanLine, ShardTally};
use shared::time::WallMs;
use std::collections::BTreeMap;

fn at(n: u64) -> At {
    At { wall: WallMs(1_000 * n as i64), random: n.wrapping_mul(0x9E37_79B9_7F4A_7C15) }
}

fn naryn() -> ShardId {
    "kg-naryn".parse().unwrap()
}

fn pec() -> StageCode {
    "pec".parse().unwrap()
}

fn pack() -> Programme {
    shared::programme::read(include_str!("../../../../programmes/kyrgyzstan-2021/programme.json")).unwrap()
}

/// Headquarters' account, open; with what an earlier visit left.
fn open(left_over: Vec<Event>) -> Model {
    let mut model = Model::default();
    let entry = AccountEntry {
        account: AccountId(7),
        name: "HQ".into(),
        role: Some(AccountRole::Hq),
        shard: None,
        device: DeviceId(9),
        codes: vec![],
        last_used_ms: 0,
    };
    let stored = Stored { pending: left_over, ..Stored::default() };
    let loaded = Loaded {
        entry,
        run: RunId(3),
        me: None,
        grants: vec![],
        programme: Some(std::rc::Rc::new(pack())),
        stored,
        pages: 0,
        read: Default::default(),
        receipts: vec![],
        carried: vec![],
    };
    model.account = Some(crate::Open::new(loaded));
    model
}

fn tally(planned: u32, plan: Option<PlanState>) -> ShardTally {
    let card =
        |state| PlanCard { stage: pec(), state, author: AccountId(7), sessions: 1, placed: 30, unplaced: 0 };
    ShardTally {
        shard: naryn(),
        head: 5,
        chain: Default::default(),
        as_of_ms: 0,
        stations: 3,
        rooms: 1,
        rooms_closed: 0,
        people: planned,
        trainers: BTreeMap::from([(pec(), 2)]),
        stages: BTreeMap::from([(pec(), Counts { planned, ..Counts::default() })]),
        units: BTreeMap::new(),
        plans: plan
            .map(|s| PlanLine { id: PlanId(4), seq: 12, card: card(s), approval: None })
            .into_iter()
            .collect(),
        sessions_by_day: BTreeMap::new(),
    }
}

fn see(model: &mut Model, tally: ShardTally) {
    let overview =
        Overview { today: "2021-02-20".parse().unwrap(), server_ms: 0, shards: vec![tally], silent: vec![] };
    send(model, Msg::OverviewCame(Ok(Box::new(overview))), 1);
}

fn send(model: &mut Model, msg: Msg, n: u64) -> Vec<Effect> {
    update(model, PageMsg::Hq(msg), at(n))
}

fn appended(effects: &[Effect]) -> Option<Event> {
    effects.iter().find_map(|e| if let Effect::Append(event) = e { Some(event.clone()) } else { None })
}

fn calls(effects: &[Effect]) -> Vec<String> {
    let call = |e: &Effect| if let Effect::Http(call) = e { Some(format!("{call:?}")) } else { None };
    effects.iter().filter_map(call).collect()
}

fn reply(event: &Event, verdict: Verdict) -> Result<Answer, Failure> {
    let reply = Reply {
        v: PROTOCOL,
        server_ms: 1,
        head: Head::default(),
        forked: false,
        verdicts: vec![(event.id, verdict)],
        page: None,
        receipt: None,
        parcel_key: None,
        ended: None,
        turn: None,
    };
    Ok(Answer { status: 200, body: serde_json::to_string(&reply).unwrap() })
}

/// Plans Naryn up to the moment at which the draft is being stored.
fn planned(model: &mut Model) -> Event {
    let effects = send(model, Msg::Plan(PlanMsg::Make(pec(), vec![naryn()])), 2);
    assert_eq!(calls(&effects), ["Get /api/v1/shards/kg-naryn/problem/pec as Registry"]);
    let effects = send(model, Msg::Plan(PlanMsg::ProblemCame(naryn(), pec(), Ok("{}".into()))), 3);
    let Some(Effect::Desk(call)) = effects.first() else { panic!("{effects:?}") };
    assert!(call.request.contains(r#""kind":"plan-payload","problem":"{}""#), "{}", call.request);
    let summary = r#"{"stage":"pec","people":31,"placed":30,"sessions":1,"expected_trainers":0,"unplaced":[],
        "score":{"sessions":1,"lower_bound_sessions":1,"stations_split":0,"person_km":0.0}}"#;
    let said = serde_json::json!({"kind": "plan-payload", "payload": "{\"x\":1}", "summary": summary});
    appended(&send(model, Msg::Plan(PlanMsg::Desk(said.to_string())), 4)).unwrap()
}

#[test]
fn a_plan_is_stored_before_it_is_sent_and_its_verdict_is_shown() {
    let mut model = open(vec![]);
    let event = planned(&mut model);
    assert_eq!(
        (event.kind.as_str(), event.payload.as_str(), &event.shard),
        ("put-plan", "{\"x\":1}", &naryn())
    );
    let made = |model: &Model| model.hq.plan.results.get(&(naryn(), pec())).cloned();
    assert!(matches!(made(&model), Some(Made::Sending(_))));
    let effects = update(&mut model, PageMsg::Appended(event.id, Ok(())), at(5));
    assert_eq!(calls(&effects), ["Post /api/v1/shards/kg-naryn/sync as Shard(ShardId(\"kg-naryn\"))"]);
    let effects = send(&mut model, Msg::Verdicts(event.id, reply(&event, Verdict::Admitted { seq: 9 })), 6);
    assert!(effects.iter().any(|e| matches!(e, Effect::Judged(kept) if kept.event == event)));
    assert!(made(&model).is_some_and(|m| m.is_put()));
    assert!(model.hq.outbox.waiting.is_empty());
}

#[test]
fn a_lost_connection_keeps_the_decision_and_sends_it_again() {
    let mut model = open(vec![]);
    let event = planned(&mut model);
    update(&mut model, PageMsg::Appended(event.id, Ok(())), at(5));
    let effects = send(&mut model, Msg::Verdicts(event.id, Err(Failure::Unreachable)), 6);
    assert!(matches!(effects.as_slice(), [Effect::WakeIn(_)]));
    assert_eq!(model.hq.outbox.waiting.len(), 1);
    let again = update(&mut model, PageMsg::Wake, at(9));
    assert_eq!(calls(&again).len(), 1);
    // It is on its way: waking twice does not send it twice.
    assert_eq!(calls(&update(&mut model, PageMsg::Wake, at(10))), Vec::<String>::new());
}

#[test]
fn what_could_not_be_stored_is_never_sent() {
    let mut model = open(vec![]);
    let event = planned(&mut model);
    let effects = update(&mut model, PageMsg::Appended(event.id, Err(StorageFault::Full)), at(5));
    assert!(!calls(&effects).iter().any(|c| c.contains("/sync")));
    let made = model.hq.plan.results.get(&(naryn(), pec())).unwrap();
    assert!(matches!(made, Made::Ended(_, Came::NotStored(StorageFault::Full))));
}

#[test]
fn decisions_of_an_earlier_visit_go_out_when_a_screen_is_opened() {
    let mut first = open(vec![]);
    let event = planned(&mut first);
    let mut model = open(vec![event.clone()]);
    model.location = crate::Location::of("/hq/plan");
    let sent = entered(&mut model, at(2));
    assert_eq!(calls(&sent).iter().filter(|c| c.contains("/sync")).count(), 1);
    let effects = send(&mut model, Msg::Verdicts(event.id, reply(&event, Verdict::Admitted { seq: 3 })), 3);
    assert!(effects.iter().any(|e| matches!(e, Effect::Judged(_))));
}

#[test]
fn approval_names_the_plan_that_was_looked_at_and_a_refusal_is_kept_for_the_screen() {
    let mut model = open(vec![]);
    see(&mut model, tally(30, Some(PlanState::Draft)));
    let effects = send(&mut model, Msg::Plan(PlanMsg::Approve(vec![naryn()], pec(), "well".into())), 2);
    let event = appended(&effects).unwrap();
    let body = Body::decode(&event.kind, event.version, &event.payload).unwrap();
    let Body::Decision(Decision::ApprovePlan(approve)) = body else { panic!("{event:?}") };
    assert_eq!((approve.plan, approve.based_on, approve.note.as_str()), (PlanId(4), 12, "well"));
    // Only an approved plan is published.
    assert!(send(&mut model, Msg::Plan(PlanMsg::Publish(vec![naryn()], pec())), 3).is_empty());
    update(&mut model, PageMsg::Appended(event.id, Ok(())), at(4));
    let refused = Verdict::Refused(Refusal { seq: None, why: Rejection::OwnPlan });
    send(&mut model, Msg::Verdicts(event.id, reply(&event, refused.clone())), 5);
    let stepped = model.hq.plan.steps.get(&(naryn(), pec()));
    assert_eq!(stepped, Some(&planning::Stepped::Ended(Came::Judged(refused))));
}

#[test]
fn an_import_reads_on_when_a_part_is_judged_and_ends_when_all_are() {
    let mut model = open(vec![]);
    let import = |msg| Msg::Import(msg);
    let file = ChosenFile { number: 0, name: "stations.csv".into(), bytes: 10 };
    let effects = send(&mut model, import(ImportMsg::File(file)), 2);
    let Some(Effect::Desk(call)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!(call.file, Some(0));
    send(&mut model, import(ImportMsg::Go), 3);
    let batch = r#"{"kind":"batch","shard":"kg-naryn","rows":2,"payload":"{}"}"#;
    let event = appended(&send(&mut model, import(ImportMsg::Desk(batch.into())), 4)).unwrap();
    let done = serde_json::json!({"kind": "done", "outcome": r#"{"rows":2,"taken":2,"bad_rows":0,"bad":[],
        "rows_by_shard":{"kg-naryn":2},"batches":1,"unmatched":{}}"#});
    send(&mut model, import(ImportMsg::Desk(done.to_string())), 5);
    assert_eq!(model.hq.import.phase, Phase::Importing);
    update(&mut model, PageMsg::Appended(event.id, Ok(())), at(6));
    let effects = send(&mut model, Msg::Verdicts(event.id, reply(&event, Verdict::Admitted { seq: 3 })), 7);
    assert!(effects.iter().any(|e| matches!(e, Effect::DeskTell("import", m) if m.contains("taken"))));
    assert!(calls(&effects).iter().any(|c| c.contains("/imports/")), "{effects:?}");
    assert_eq!(model.hq.import.phase, Phase::Done);
}

#[test]
fn people_are_checked_against_the_stations_that_every_place_knows() {
    let mut model = open(vec![]);
    model.hq.import.target = shared::roster::Target::People;
    model.hq.import.file = Some(ChosenFile { number: 0, name: "people.csv".into(), bytes: 10 });
    let asked = send(&mut model, Msg::Import(ImportMsg::Check), 2);
    let shards = pack().shards();
    assert_eq!(calls(&asked).len(), shards.len());
    for (n, shard) in shards.into_iter().enumerate() {
        assert_eq!(model.hq.import.phase, Phase::Stations, "{n}");
        send(&mut model, Msg::Import(ImportMsg::StationsCame(shard, Ok(vec![]))), 3);
    }
    assert_eq!(model.hq.import.phase, Phase::Checking);
}

#[test]
fn a_code_is_asked_for_once_and_forgotten_when_put_away() {
    let mut model = open(vec![]);
    let give =
        || AccessMsg::Give { name: " Aida ".into(), role: AccountRole::Approver, shard: None, person: None };
    let effects = send(&mut model, Msg::Access(give()), 2);
    let [Effect::Http(call)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((call.method, &call.token), (Method::Post, &TokenFor::Registry));
    assert!(call.body.as_ref().unwrap().contains("\"Aida\""));
    assert!(send(&mut model, Msg::Access(give()), 3).is_empty());
    let invite = shared::api::Invite {
        name: "Aida".into(),
        role: AccountRole::Approver,
        shard: None,
        person: None,
        sessions: Default::default(),
        until_ms: None,
        demo: false,
    };
    let invited = shared::api::Invited { account: AccountId(1), code: "ABCD".into(), expires_ms: 5 };
    send(&mut model, Msg::Access(AccessMsg::Given(Box::new(invite), Ok(invited))), 4);
    assert_eq!(model.hq.access.card.as_ref().map(|c| c.invited.code.as_str()), Some("ABCD"));
    send(&mut model, Msg::Access(AccessMsg::PutAway), 5);
    assert_eq!(model.hq.access.card, None);
}

#[test]
fn the_road_counts_places_and_the_worst_come_first() {
    let programme = pack();
    let mut model = open(vec![]);
    see(&mut model, tally(30, Some(PlanState::Draft)));
    let overview = model.hq.overview.clone().unwrap();
    let stage = programme.stage(&pec()).unwrap();
    let road = overview::road(&programme, &overview, stage);
    let done: Vec<(u32, u32)> = road.iter().map(|s| (s.done, s.all)).collect();
    assert_eq!(done, [(1, 9), (1, 9), (1, 9), (1, 9), (1, 9), (0, 9), (0, 9)]);

    let mut overview = (*overview).clone();
    let counts = |planned, invited, completed, disputed| Counts {
        planned,
        invited,
        present: invited,
        completed,
        disputed,
        sessions: 1,
        held: 1,
        ..Counts::default()
    };
    let units = overview.shards[0].units.entry(pec()).or_default();
    units.insert("KG-N-at-bashy".parse().unwrap(), counts(40, 40, 38, 1));
    units.insert("KG-N-kochkor".parse().unwrap(), counts(40, 0, 0, 0));
    let worst = overview::worst(&programme, &overview, stage);
    let said: Vec<_> = worst.iter().map(|b| (b.unit.as_str(), b.trouble, b.count)).collect();
    // Not invited is not yet trouble nine days before the tier begins; here the window begins on 1 March.
    assert_eq!(
        said,
        [
            ("KG-N-at-bashy", overview::Trouble::NotCompleted, 1),
            ("KG-N-at-bashy", overview::Trouble::Disputed, 1)
        ]
    );
    overview.today = "2021-02-22".parse().unwrap();
    let first = overview::worst(&programme, &overview, stage).into_iter().next().unwrap();
    assert_eq!((first.unit.as_str(), first.count), ("KG-N-kochkor", 40));
}

#[test]
fn figures_that_changed_while_they_were_read_are_read_once_more() {
    let mut model = open(vec![]);
    assert_eq!(calls(&send(&mut model, Msg::Refresh, 1)).len(), 1);
    assert!(send(&mut model, Msg::Refresh, 2).is_empty());
    assert!(send(&mut model, Msg::Refresh, 3).is_empty());
    let again = send(&mut model, Msg::OverviewCame(Err(Failure::Server)), 4);
    assert_eq!(calls(&again), ["Get /api/v1/overview as Registry"]);
    assert!(send(&mut model, Msg::OverviewCame(Err(Failure::Server)), 5).is_empty());
}
