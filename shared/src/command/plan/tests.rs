use super::*;
use crate::grant::{Access, Account};
use crate::id::{AccountId, DeviceId};
use crate::state::{Mark, Method, PersonName, Place, Row, Seat, Status, TrainerCard, VenueCard};
use crate::time::Stamp;

const AUTHOR: AccountId = AccountId(1);
const SECOND: AccountId = AccountId(2);

struct Desk {
    state: ShardState,
    access: Access,
    seq: u64,
    today: Day,
}

fn stage(code: &str) -> StageCode {
    code.parse().unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

impl Desk {
    /// Twelve members of precinct commissions, two commission members who train, one room, a published and held
    /// session of the tier above in which both trainers sat.
    fn new() -> Self {
        let mut access = Access::default();
        for (id, created_by) in [(AUTHOR, None), (SECOND, None), (AccountId(3), Some(AUTHOR))] {
            let account = Account {
                id,
                name: "A".into(),
                created_by,
                opened_by: Default::default(),
                tablets: vec![format!("tablet-{}", id.0)],
            };
            access.accounts.insert(id, account);
        }
        let mut desk = Self { state: ShardState::default(), access, seq: 0, today: day("2021-02-26") };
        let unit: crate::id::UnitCode = "at-bashy".parse().unwrap();
        let named =
            |n: u64| PersonName { name: format!("P{n}"), other: String::new(), language: String::new() };
        let mut cells = vec![];
        for n in (1..=12).chain([91, 92]) {
            let role = if n > 90 { "rec-member" } else { "pec-member" };
            let seat = Seat { place: Place::Unit(unit.clone()), role: role.parse().unwrap(), n: n as u16 };
            cells.push(Cell::Name(PersonId(n), named(n)));
            cells.push(Cell::Holder(seat, Some(PersonId(n))));
        }
        for trainer in [91, 92] {
            let card = TrainerCard { unit: unit.clone(), active: true, qualified: false };
            cells.push(Cell::Trainer((PersonId(trainer), stage("pec")), card));
            cells.push(Cell::Enrolment((PersonId(trainer), stage("rec")), Some(SessionId(50))));
        }
        let room = |capacity| VenueCard {
            code: String::new(),
            name: "School".into(),
            unit: unit.clone(),
            address: String::new(),
            capacity,
            at: None,
            closed: None,
        };
        cells.push(Cell::Venue(VenueId(1), room(6)));
        cells.push(Cell::Venue(VenueId(2), room(3)));
        let plan = PlanCard {
            stage: stage("rec"),
            state: PlanState::Published,
            author: AUTHOR,
            sessions: 1,
            placed: 2,
            unplaced: 0,
        };
        cells.push(Cell::Plan(PlanId(5), plan));
        let held = SessionCard {
            number: 1,
            stage: stage("rec"),
            plan: PlanId(5),
            unit,
            venue: VenueId(1),
            days: vec![day("2021-02-24"), day("2021-02-25")],
            slot: 0,
            trainers: vec![],
        };
        cells.push(Cell::Session(SessionId(50), held));
        desk.fold(cells);
        desk.attend(91, &[Status::Present, Status::Late]);
        desk.attend(92, &[Status::Present, Status::Present]);
        desk
    }

    fn fold(&mut self, cells: Vec<Cell>) {
        self.seq += 1;
        for cell in cells {
            self.state.put(Row::new(Stamp(self.seq as i64), self.seq, DeviceId(1), cell));
        }
    }

    fn attend(&mut self, person: u64, statuses: &[Status]) {
        let mark = |status| Mark { status: Some(status), account: AUTHOR, date: Day(0), method: Method::Tap };
        let key = |at: usize| (SessionId(50), at as u8, PersonId(person), DeviceId(7));
        self.fold(statuses.iter().enumerate().map(|(at, s)| Cell::Mark(key(at), mark(*s))).collect());
    }

    fn ask<T>(&self, by: AccountId, tablet: &str, act: impl Fn(&Asked<'_>) -> T) -> T {
        let shard = "kg-naryn".parse().unwrap();
        act(&Asked { by, tablet, grants: &[], access: &self.access, today: self.today, shard: &shard })
    }

    fn next_plan(&self) -> PlanId {
        if self.state.plans.contains_key(&PlanId(9)) { PlanId(10) } else { PlanId(9) }
    }

    fn put(&mut self, groups: Vec<PlannedGroup>) -> Result<(), Rejection> {
        let request =
            PutPlan { plan: self.next_plan(), stage: stage("pec"), based_on: self.seq, groups, unplaced: 0 };
        let programme = crate::testing::programme();
        let cells = self.ask(AUTHOR, "tablet-1", |asked| put(&self.state, &programme, &request, asked))?;
        self.fold(cells);
        Ok(())
    }

    fn approve(&mut self, by: AccountId, tablet: &str, same_device: Option<&str>) -> Result<(), Rejection> {
        let request = ApprovePlan {
            plan: PlanId(9),
            based_on: self.state.plans[&PlanId(9)].seq,
            note: "ok".into(),
            same_device: same_device.map(str::to_owned),
        };
        let cells = self.ask(by, tablet, |asked| approve(&self.state, &request, asked))?;
        self.fold(cells);
        Ok(())
    }

    fn publish(&mut self) -> Result<(), Rejection> {
        let request = PublishPlan { plan: PlanId(9), based_on: self.state.plans[&PlanId(9)].seq };
        let programme = crate::testing::programme();
        let cells =
            self.ask(AUTHOR, "tablet-1", |asked| publish(&self.state, &programme, &request, asked))?;
        self.fold(cells);
        Ok(())
    }
}

fn group(id: u64, people: std::ops::RangeInclusive<u64>) -> PlannedGroup {
    PlannedGroup {
        id: SessionId(id),
        unit: "at-bashy".parse().unwrap(),
        venue: VenueId(1),
        days: vec![day("2021-03-01"), day("2021-03-02")],
        slot: 0,
        trainers: vec![PersonId(91)],
        people: people.map(PersonId).collect(),
    }
}

#[test]
fn every_hard_rule_is_checked_again_by_the_shard() {
    let with = |change: &dyn Fn(&mut PlannedGroup)| {
        let mut second = group(2, 7..=12);
        (second.slot, second.trainers) = (1, vec![PersonId(92)]);
        change(&mut second);
        Desk::new().put(vec![group(1, 1..=6), second])
    };
    assert_eq!(with(&|_| ()), Ok(()));
    type Change<'a> = &'a dyn Fn(&mut PlannedGroup);
    let cases: [(&str, Change<'_>); 14] = [
        ("session-twice", &|g| g.id = SessionId(1)),
        ("unit-mixed", &|g| g.unit = "kochkor".parse().unwrap()),
        ("group-too-large", &|g| g.people.push(PersonId(6))),
        ("group-too-large", &|g| g.people.clear()),
        ("room-too-small", &|g| g.venue = VenueId(2)),
        ("too-few-trainers", &|g| g.trainers.clear()),
        ("not-a-trainer", &|g| g.trainers = vec![PersonId(1)]),
        ("twice-at-once", &|g| g.slot = 0),
        ("person-twice", &|g| g.people[0] = PersonId(1)),
        ("not-in-stage", &|g| g.people[0] = PersonId(91)),
        ("day-not-taught", &|g| g.days[1] = day("2021-03-19")),
        ("days-not-consecutive", &|g| g.days[1] = day("2021-03-03")),
        ("days-not-consecutive", &|g| g.days.truncate(1)),
        ("days-not-consecutive", &|g| g.slot = 2),
    ];
    for (rule, change) in cases {
        assert_eq!(with(change), Err(Rejection::PlanBreaks { rule: rule.into(), group: 2 }), "{rule}");
    }
}

#[test]
fn a_plan_needs_a_second_independent_person_on_another_device() {
    let mut desk = Desk::new();
    desk.put(vec![group(1, 1..=6)]).unwrap();
    assert_eq!(desk.publish(), Err(Rejection::WrongPlanState));
    assert_eq!(desk.approve(AUTHOR, "tablet-9", None), Err(Rejection::OwnPlan));
    assert_eq!(desk.approve(AccountId(3), "tablet-3", None), Err(Rejection::MadeByAuthor));
    assert_eq!(desk.approve(SECOND, "tablet-1", None), Err(Rejection::SameDevice));
    assert_eq!(desk.approve(SECOND, "tablet-1", Some("  ")), Err(Rejection::SameDevice));
    assert_eq!(desk.approve(SECOND, "tablet-1", Some("one computer in the office")), Ok(()));
    assert!(desk.state.approvals[&PlanId(9)].value.same_device.is_some());
    assert_eq!(desk.publish(), Ok(()));
    assert_eq!(desk.state.published_sessions().count(), 2);
}

#[test]
fn whoever_gave_out_a_code_for_the_approvers_account_is_not_independent_of_it() {
    let mut desk = Desk::new();
    desk.access.accounts.get_mut(&SECOND).unwrap().opened_by.insert(AUTHOR);
    desk.put(vec![group(1, 1..=6)]).unwrap();
    assert_eq!(desk.approve(SECOND, "tablet-2", None), Err(Rejection::MadeByAuthor));
}

#[test]
fn people_who_are_invited_cannot_be_planned_again() {
    let mut desk = Desk::new();
    desk.put(vec![group(1, 1..=6)]).unwrap();
    desk.approve(SECOND, "tablet-2", None).unwrap();
    desk.publish().unwrap();
    assert_eq!(desk.put(vec![group(3, 6..=9)]), Err(Rejection::AlreadyInvited { people: 1 }));
}

#[test]
fn a_new_draft_takes_the_place_of_the_old_one() {
    let mut desk = Desk::new();
    desk.put(vec![group(1, 1..=6)]).unwrap();
    desk.put(vec![group(4, 7..=9)]).unwrap();
    let enrolled =
        desk.state.enrolments.iter().filter(|((_, s), e)| *s == stage("pec") && e.value.is_some()).count();
    assert_eq!(enrolled, 3);
}

#[test]
fn a_trainer_who_was_expected_and_did_not_complete_stops_publication() {
    let mut desk = Desk::new();
    let standing = |desk: &Desk| {
        trainer_standing(&desk.state, &crate::testing::programme(), PersonId(91), &stage("pec"), desk.today)
    };
    assert_eq!(standing(&desk), TrainerStanding::Completed);
    desk.put(vec![group(1, 1..=6)]).unwrap();
    desk.approve(SECOND, "tablet-2", None).unwrap();
    desk.attend(91, &[Status::Present, Status::Absent]);
    assert_eq!(standing(&desk), TrainerStanding::NotCompleted);
    assert_eq!(desk.publish(), Err(Rejection::TrainersNotReady { trainers: vec![PersonId(91)] }));
    desk.today = day("2021-02-24");
    assert_eq!(standing(&desk), TrainerStanding::Expected);
    assert_eq!(desk.publish(), Ok(()));
}
