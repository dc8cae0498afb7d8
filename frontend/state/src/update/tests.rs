//! One trainer's page against a real shard, without a browser: effects are carried out by hand.

mod status;
mod wipe;

use crate::effect::{Answer, Effect, Failure, HttpCall};
use crate::model::{AccountEntry, Loaded, StorageFault};
use crate::select::{self, RowCustody};
use crate::{At, Model, Msg, update};
use shared::api::Me;
use shared::grant::AccountRole;
use shared::id::{PersonId, RunId};
use shared::state::{Method, Status};
use shared::sync::client::Stored;
use shared::sync::decode_request;
use shared::testing::World;
use shared::time::{Day, WallMs};
use std::rc::Rc;

/// What the disk of the test answers.
#[derive(Clone, Copy, PartialEq)]
enum Disk {
    Stores,
    IsFull,
    Waits,
}

struct Page {
    model: Model,
    n: usize,
    disk: Disk,
    online: bool,
    /// Appends that the waiting disk has not answered.
    unanswered: Vec<Effect>,
}

/// The programme stands on 10 March 2021, the first day of the session.
fn me(world: &World, n: usize) -> Me {
    let real = Day::of(WallMs(world.now_ms), world.programme.utc_offset_min, 0);
    Me {
        account: world.accounts[n],
        name: "Trainer".into(),
        grants: world.grants(n).into_iter().cloned().collect(),
        programme_version: 1,
        day_offset: World::day("2021-03-10").0 - real.0,
        demo: true,
        server_ms: world.now_ms,
    }
}

impl Page {
    fn open(world: &World, n: usize) -> Self {
        let mut page =
            Self { model: Model::default(), n, disk: Disk::Stores, online: true, unanswered: vec![] };
        page.model.net.online = true;
        page.model.net.leading = true;
        let entry = AccountEntry {
            account: world.accounts[n],
            name: "Trainer".into(),
            role: Some(AccountRole::Trainer),
            shard: Some(world.shard.id.clone()),
            device: world.devices[n],
            codes: vec![],
            last_used_ms: 0,
        };
        let loaded = Loaded {
            entry,
            run: RunId(n as u64),
            me: Some(me(world, n)),
            grants: world.grants(n).into_iter().cloned().collect(),
            programme: Some(Rc::new(world.programme.clone())),
            stored: Stored::default(),
            pages: 0,
            read: Default::default(),
            receipts: vec![],
            carried: vec![],
        };
        page.model.account = Some(crate::Open::new(loaded));
        page
    }

    fn tell(&mut self, world: &mut World, msg: Msg) {
        let mut waiting = vec![msg];
        while let Some(msg) = waiting.pop() {
            let at = At { wall: WallMs(world.now_ms), random: 7 };
            for effect in update(&mut self.model, msg, at) {
                waiting.splice(0..0, self.carry_out(world, effect));
            }
        }
    }

    fn carry_out(&mut self, world: &mut World, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Append(event) => match self.disk {
                Disk::Stores => Some(Msg::Appended(event.id, Ok(()))),
                Disk::IsFull => Some(Msg::Appended(event.id, Err(StorageFault::Full))),
                Disk::Waits => {
                    self.unanswered.push(Effect::Append(event));
                    None
                }
            },
            Effect::Commit(_) => Some(Msg::Committed(match self.disk {
                Disk::IsFull => Err(StorageFault::Full),
                Disk::Stores | Disk::Waits => Ok(()),
            })),
            Effect::Http(HttpCall { path, body, then, .. }) if path.ends_with("/sync") => {
                let answer = if self.online {
                    let request = decode_request(body.unwrap_or_default().as_bytes()).unwrap();
                    let reply = world.answer(&request, self.n);
                    Ok(Answer { status: 200, body: serde_json::to_string(&reply).unwrap() })
                } else {
                    Err(Failure::Unreachable)
                };
                Some(then(answer))
            }
            _ => None,
        }
    }

    fn mark(&mut self, world: &mut World, person: PersonId, status: Status) {
        let people = vec![(person, Some(status))];
        let session = world.session;
        self.tell(world, Msg::Attend { session, day: 0, people, method: Method::Tap });
    }

    fn row(&self, world: &World, person: PersonId) -> select::Row {
        select::row(&self.model, world.session, 0, person).expect("a row")
    }

    fn synced(world: &mut World, n: usize) -> Self {
        let mut page = Self::open(world, n);
        page.tell(world, Msg::SyncNow);
        page
    }
}

#[test]
fn a_mark_is_saved_only_when_its_transaction_is_complete_and_then_reaches_the_commission() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    let person = world.people[0];
    (page.disk, page.online) = (Disk::Waits, false);
    page.mark(&mut world, person, Status::Present);
    assert_eq!(page.row(&world, person).custody, RowCustody::Saving);
    assert_eq!(page.row(&world, person).mark, Some(Status::Present));
    let Some(Effect::Append(event)) = page.unanswered.pop() else { panic!("an append") };
    page.tell(&mut world, Msg::Appended(event.id, Ok(())));
    assert_eq!(page.row(&world, person).custody, RowCustody::OnTablet);
    assert!(matches!(select::pill(&page.model), select::Pill::Offline(1)));
    page.online = true;
    page.tell(&mut world, Msg::Wake);
    assert_eq!(page.row(&world, person).custody, RowCustody::WithCommission);
    assert!(matches!(select::pill(&page.model), select::Pill::WithCommission(_)));
}

#[test]
fn a_full_disk_says_so_loses_nothing_and_stores_later() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    let person = world.people[1];
    (page.disk, page.online) = (Disk::IsFull, false);
    page.mark(&mut world, person, Status::Late);
    assert_eq!(page.row(&world, person).custody, RowCustody::NotStored);
    assert_eq!(page.row(&world, person).mark, Some(Status::Late));
    let waiting = &select::sync(&page.model).waiting[0];
    assert_eq!(waiting.reason, Some(select::Reason::NotStored(StorageFault::Full)));
    page.disk = Disk::Stores;
    page.tell(&mut world, Msg::RetryWrites);
    assert_eq!(page.row(&world, person).custody, RowCustody::OnTablet);
}

#[test]
fn rows_that_could_not_be_stored_come_whole_with_the_next_commit() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::open(&world, 0);
    page.disk = Disk::IsFull;
    page.tell(&mut world, Msg::SyncNow);
    assert!(page.model.account.as_ref().is_some_and(|o| o.unsaved.is_some()));
    let at = At { wall: WallMs(world.now_ms), random: 7 };
    let effects = update(&mut page.model, Msg::SyncNow, at);
    let mut commits = vec![];
    let mut waiting: Vec<Msg> = effects.into_iter().filter_map(|e| page.carry_out(&mut world, e)).collect();
    while let Some(msg) = waiting.pop() {
        for effect in update(&mut page.model, msg, at) {
            if let Effect::Commit(commit) = effect {
                commits.push(commit)
            } else {
                waiting.extend(page.carry_out(&mut world, effect))
            }
        }
    }
    let rows = page.model.client().map(|c| c.confirmed().len());
    assert!(commits[0].commit.replace);
    assert_eq!(Some(commits[0].commit.rows.len()), rows);
}

#[test]
fn everyone_present_leaves_individual_marks_alone_and_can_be_taken_back() {
    let mut world = World::with_two_day_session(4);
    let mut page = Page::synced(&mut world, 0);
    let (first, second) = (world.people[0], world.people[1]);
    page.mark(&mut world, first, Status::Absent);
    let session = world.session;
    page.tell(&mut world, Msg::EveryonePresent { session, day: 0 });
    assert_eq!(page.row(&world, first).mark, Some(Status::Absent));
    assert_eq!(page.row(&world, second).mark, Some(Status::Present));
    let count = select::count(&page.model, world.session, 0);
    assert_eq!((count.present, count.total, count.unmarked), (3, 4, 0));
    let number = page.model.toast.as_ref().map(|t| t.number).expect("a toast");
    page.tell(&mut world, Msg::Undo(number));
    assert_eq!(page.row(&world, first).mark, Some(Status::Absent));
    assert_eq!(page.row(&world, second).mark, None);
    assert_eq!(select::count(&page.model, world.session, 0).unmarked, 3);
}

#[test]
fn a_disagreement_shows_both_observers_and_the_lead_settles_it() {
    let mut world = World::with_two_day_session(2);
    let (mut lead, mut second) = (Page::synced(&mut world, 0), Page::synced(&mut world, 1));
    let person = world.people[0];
    lead.mark(&mut world, person, Status::Present);
    second.mark(&mut world, person, Status::Absent);
    lead.tell(&mut world, Msg::SyncNow);
    let row = lead.row(&world, person);
    assert_eq!(row.outcome, None);
    assert_eq!(
        row.seen.iter().map(|s| (s.own, s.status)).collect::<Vec<_>>(),
        [(true, Status::Present), (false, Status::Absent)]
    );
    assert!(select::head(&lead.model, world.session).is_some_and(|h| h.may_resolve));
    assert!(select::head(&second.model, world.session).is_some_and(|h| !h.may_resolve && h.may_mark));
    let (session, status) = (world.session, Status::Absent);
    lead.tell(&mut world, Msg::Resolve { session, day: 0, person, status });
    lead.tell(&mut world, Msg::SyncNow);
    assert_eq!(lead.row(&world, person).outcome, Some(Status::Absent));
    assert_eq!(select::count(&lead.model, session, 0).disputed, 0);
}

#[test]
fn errors_change_nothing_and_the_queue_goes_later() {
    let mut world = World::with_two_day_session(5);
    let mut page = Page::synced(&mut world, 0);
    page.online = false;
    for person in world.people.clone() {
        page.mark(&mut world, person, Status::Present);
    }
    let before = page.model.client().map(|c| c.shown().hash());
    page.tell(&mut world, Msg::SyncNow);
    assert_eq!(page.model.client().map(|c| c.shown().hash()), before);
    assert_eq!(select::sync(&page.model).waiting.len(), 5);
    page.online = true;
    page.tell(&mut world, Msg::Online(true));
    assert!(select::sync(&page.model).waiting.is_empty());
}

#[test]
fn getting_ready_takes_every_own_session_once() {
    let mut world = World::with_two_day_session(2);
    let mut page = Page::synced(&mut world, 0);
    page.tell(&mut world, Msg::GetReady);
    page.tell(&mut world, Msg::SyncNow);
    assert!(select::untaken(&page.model).is_empty());
    assert!(select::ready(&page.model).taken_until.is_some());
    let taken = page.model.client().map(|c| c.shown().taken.len());
    page.tell(&mut world, Msg::GetReady);
    assert_eq!(page.model.client().map(|c| c.shown().taken.len()), taken);
}
