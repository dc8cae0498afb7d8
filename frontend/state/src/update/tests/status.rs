//! What the page says about its records is so: in every state of the disk, the connection and the verdicts.

use super::*;
use crate::select::{Group, Pill, Reason, RecordState, Tally};
use shared::sync::{Refusal, Rejection, Verdict};

impl Page {
    /// Syncs once, and says of the first event of the batch what the shard did not.
    fn sync_with_verdict(&mut self, world: &mut World, verdict: &Verdict) {
        let request = self.model.client().expect("a client").request(shared::sync::Want::View);
        let mut reply = world.answer(&request, self.n);
        reply.verdicts[0].1 = verdict.clone();
        self.tell(world, Msg::Exchanged(Ok(Box::new(reply))));
    }

    /// Marks a person of the list.
    fn mark_nth(&mut self, world: &mut World, n: usize, status: Status) {
        let person = world.people[n];
        self.mark(world, person, status);
    }

    fn tally(&self) -> Tally {
        select::tally(&self.model)
    }

    fn line(&self, group: Group) -> select::Line {
        let ids = select::records(&self.model, group).ids;
        select::line(&self.model, ids[0]).expect("a record")
    }
}

fn effects_of(page: &mut Page, world: &World, msg: Msg) -> Vec<Effect> {
    update(&mut page.model, msg, At { wall: WallMs(world.now_ms), random: 7 })
}

#[test]
fn a_record_being_written_is_not_called_saved_and_leaving_is_asked_about() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    (page.disk, page.online) = (Disk::Waits, false);
    let (session, people) = (world.session, vec![(world.people[0], Some(Status::Present))]);
    let effects = effects_of(&mut page, &world, Msg::Attend { session, day: 0, people, method: Method::Tap });
    assert!(effects.iter().any(|e| matches!(e, Effect::AskBeforeLeaving(true))));
    assert_eq!(select::pill(&page.model), Pill::Saving(1));
    assert_eq!(page.line(Group::Waiting).state, RecordState::Saving);
    let Some(Effect::Append(event)) = effects.into_iter().find(|e| matches!(e, Effect::Append(_))) else {
        panic!("an append")
    };
    let effects = effects_of(&mut page, &world, Msg::Appended(event.id, Ok(())));
    assert!(effects.iter().any(|e| matches!(e, Effect::AskBeforeLeaving(false))));
    assert_eq!(page.line(Group::Waiting).state, RecordState::OnTablet);
}

#[test]
fn what_a_full_disk_did_not_take_is_tried_again_by_itself_and_only_success_is_shown() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    let person = world.people[1];
    (page.disk, page.online) = (Disk::IsFull, false);
    page.mark(&mut world, person, Status::Late);
    assert_eq!(select::pill(&page.model), Pill::NotStored(1));
    assert_eq!(select::alerts(&page.model).unstored, Some((1, StorageFault::Full)));
    // Still full: nothing blinks.
    let effects = effects_of(&mut page, &world, Msg::Tick);
    assert!(effects.iter().any(|e| matches!(e, Effect::Append(_))));
    assert_eq!(select::pill(&page.model), Pill::NotStored(1));
    // Nothing is written twice at once: the second would be refused as doubled.
    let effects = effects_of(&mut page, &world, Msg::Visible);
    assert!(!effects.iter().any(|e| matches!(e, Effect::Append(_))));
    let id = page.line(Group::Attention).id;
    page.tell(&mut world, Msg::Appended(id, Err(StorageFault::Full)));
    page.disk = Disk::Stores;
    page.tell(&mut world, Msg::Tick);
    assert_eq!(page.row(&world, person).custody, RowCustody::OnTablet);
    assert_eq!(select::alerts(&page.model).unstored, None);
}

#[test]
fn a_record_that_no_disk_took_is_sent_all_the_same_and_then_nothing_hangs_on_this_page() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    (page.disk, page.online) = (Disk::IsFull, false);
    page.mark_nth(&mut world, 1, Status::Late);
    assert!(page.model.leaving_loses);
    page.online = true;
    page.tell(&mut world, Msg::SyncNow);
    assert_eq!(page.row(&world, world.people[1]).custody, RowCustody::WithCommission);
    assert!(!page.model.leaving_loses, "the commission has it");
    assert!(matches!(select::pill(&page.model), Pill::WithCommission(_)));
    // The disk did not take the verdict and the rows either, and says so.
    assert_eq!(select::alerts(&page.model).list_unsaved, Some(StorageFault::Full));
    page.disk = Disk::Stores;
    page.tell(&mut world, Msg::Tick);
    assert_eq!(select::alerts(&page.model).list_unsaved, None);
    assert!(page.model.account.as_ref().is_some_and(|o| o.unsaved.is_none() && o.unstored.is_empty()));
}

#[test]
fn a_refused_record_says_why_until_its_reason_is_put_away_and_can_be_written_again() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    page.online = false;
    page.mark_nth(&mut world, 0, Status::Present);
    let why = Rejection::NotPermitted;
    page.sync_with_verdict(&mut world, &Verdict::Refused(Refusal { seq: None, why: why.clone() }));
    assert_eq!(select::pill(&page.model), Pill::Attention(1));
    let line = page.line(Group::Attention);
    assert_eq!((line.state, line.reason.clone()), (RecordState::Refused, Some(Reason::Refused(why))));
    assert!(line.may_repeat);
    assert_eq!(line.session.map(|s| s.0), Some(world.session));
    page.tell(&mut world, Msg::WriteAgain(line.id));
    assert_eq!(page.tally(), Tally { on_tablet: 1, put_away: 1, ..Tally::default() });
    assert_eq!(page.line(Group::Waiting).what, line.what);
    page.online = true;
    page.tell(&mut world, Msg::SyncNow);
    assert_eq!(page.tally(), Tally { with_commission: 1, put_away: 1, ..Tally::default() });
    assert!(matches!(select::pill(&page.model), Pill::WithCommission(_)));
}

#[test]
fn a_held_record_is_never_called_with_the_commission_and_cannot_be_put_away() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    page.online = false;
    page.mark_nth(&mut world, 0, Status::Present);
    page.sync_with_verdict(&mut world, &Verdict::Held { seq: 9_999, why: None });
    page.online = true;
    page.tell(&mut world, Msg::SyncNow);
    assert_eq!(select::pill(&page.model), Pill::Held(1));
    assert_eq!(page.row(&world, world.people[0]).custody, RowCustody::Held);
    assert_eq!(select::marks_of(&page.model, world.session), Tally { held: 1, ..Tally::default() });
    let id = page.line(Group::Held).id;
    assert!(effects_of(&mut page, &world, Msg::PutAway(id)).is_empty());
    assert_eq!(page.tally().held, 1);
}

#[test]
fn records_are_listed_newest_first_with_their_session_and_counted_by_where_they_are() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    page.mark_nth(&mut world, 0, Status::Present);
    page.online = false;
    page.mark_nth(&mut world, 1, Status::Absent);
    let session = world.session;
    page.tell(&mut world, Msg::EveryonePresent { session, day: 1 });
    let all = select::records(&page.model, Group::All);
    assert_eq!(all.tally, Tally { on_tablet: 2, with_commission: 1, ..Tally::default() });
    let states: Vec<_> = all.ids.iter().filter_map(|id| select::line(&page.model, *id)).collect();
    assert!(matches!(states[0].what, select::Record::Everyone(s, _) if s == session));
    assert!(states.iter().all(|line| line.session.map(|s| s.0) == Some(session)));
    assert_eq!(states[2].state, RecordState::WithCommission);
    for group in Group::ALL {
        let records = select::records(&page.model, group);
        assert_eq!(records.ids.len() as u32, records.tally.of(group), "{group:?}");
        assert_eq!(Group::of(group.code()), group);
    }
}

#[test]
fn every_receipt_is_kept_with_its_records_and_stored_with_the_verdicts() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    page.online = false;
    page.mark_nth(&mut world, 0, Status::Present);
    let request = page.model.client().expect("a client").request(shared::sync::Want::View);
    let mut reply = world.answer(&request, 0);
    let receipt = shared::sync::Receipt {
        shard: world.shard.id.clone(),
        device: world.devices[0],
        batch: shared::event::Hash::default(),
        head: reply.head,
        server_ms: world.now_ms,
        key: "test".into(),
        signature: "00".into(),
    };
    reply.receipt = Some(receipt.clone());
    let effects = effects_of(&mut page, &world, Msg::Exchanged(Ok(Box::new(reply))));
    let saved = effects.iter().find_map(|e| if let Effect::Commit(save) = e { Some(save) } else { None });
    let kept = &saved.expect("a commit").receipts;
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].admitted, kept[0].held, kept[0].refused), (1, 0, 0));
    assert_eq!(kept[0].events, [request.events[0].id]);
    assert_eq!(select::sync(&page.model).receipt.map(|r| r.receipt), Some(receipt));
}

#[test]
fn little_room_is_told_before_it_hurts() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    assert_eq!(select::space(&page.model), None, "nothing is claimed before the browser has answered");
    let measured = |free: u64| crate::model::StorageState {
        known: true,
        used_bytes: 1_000,
        quota_bytes: 1_000 + free,
        ..Default::default()
    };
    page.tell(&mut world, Msg::Measured(measured(900_000_000)));
    let missing = select::ready(&page.model).missing;
    assert!(select::space(&page.model).is_some_and(|s| !s.is_low && s.need_bytes > 5_000_000));
    page.tell(&mut world, Msg::Measured(measured(40_000_000)));
    assert!(select::space(&page.model).is_some_and(|s| s.is_low));
    assert_eq!(select::ready(&page.model).missing, missing + 1);
    // What the browser says is free may be a promise: what could not be written decides.
    let tried = crate::model::StorageState { room: Some(false), ..measured(10_000_000_000) };
    page.tell(&mut world, Msg::Measured(tried));
    page.tell(&mut world, Msg::Measured(measured(10_000_000_000)));
    assert!(select::space(&page.model).is_some_and(|s| s.is_low && s.is_tried));
    // Nobody was asked yet: the browser has refused nothing.
    assert!(!select::ready(&page.model).storage_refused);
}

#[test]
fn verdicts_of_many_batches_leave_each_mark_where_reading_all_records_again_would() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    // Another tab syncs meanwhile: nothing is sent from here.
    page.model.net.leading = false;
    for n in 0..2_500 {
        let status = if n % 2 == 0 { Status::Present } else { Status::Absent };
        page.mark_nth(&mut world, n % 3, status);
    }
    page.model.net.leading = true;
    page.tell(&mut world, Msg::SyncNow);
    assert_eq!(page.tally(), Tally { with_commission: 2_500, ..Tally::default() });
    let client = page.model.client().expect("a client");
    let whole = super::super::custody_of(client);
    assert_eq!(page.model.account.as_ref().map(|o| &o.custody), Some(&whole));
}

#[test]
fn a_parcel_is_carried_only_once_it_is_stored_and_until_the_commission_has_answered() {
    use crate::parcels::{Came, NotTaken};
    use shared::sync::parcel::{PARCEL, Parcel, ParcelReply};
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    let parcel = Parcel {
        parcel: PARCEL,
        shard: world.shard.id.clone(),
        device: world.devices[1],
        records: 2,
        wall: WallMs(5),
        key: "k".into(),
        nonce: "n".into(),
        body: "b".into(),
        signature: "s".into(),
    };
    let not_taken = |page: &Page| page.model.account.as_ref().and_then(|o| o.parcels.not_taken.clone());
    for (text, why) in [
        ("{}".to_owned(), NotTaken::NoParcel),
        (serde_json::to_string(&Parcel { parcel: 2, ..parcel.clone() }).unwrap(), NotTaken::Newer),
        (
            serde_json::to_string(&Parcel { device: world.devices[0], ..parcel.clone() }).unwrap(),
            NotTaken::Own,
        ),
    ] {
        assert!(effects_of(&mut page, &world, Msg::ParcelChosen(text)).is_empty());
        assert_eq!(not_taken(&page), Some(why));
    }
    let text = serde_json::to_string(&parcel).unwrap();
    let mut effects = effects_of(&mut page, &world, Msg::ParcelChosen(text));
    let Some(Effect::KeepParcel(carried)) = effects.pop() else { panic!("kept first") };
    assert_eq!(not_taken(&page), None);
    let name = carried.name();
    let effects = effects_of(&mut page, &world, Msg::ParcelKept(carried, Ok(())));
    assert!(matches!(effects.as_slice(), [Effect::Http(call)] if call.path.ends_with("/parcels")));
    // No connection: nothing is claimed, and the next exchange that succeeds brings it again.
    assert!(effects_of(&mut page, &world, Msg::ParcelBrought(name, Err(Failure::Unreachable))).is_empty());
    let request = page.model.client().expect("a client").request(shared::sync::Want::View);
    let reply = world.answer(&request, 0);
    let effects = effects_of(&mut page, &world, Msg::Exchanged(Ok(Box::new(reply))));
    assert!(effects.iter().any(|e| matches!(e, Effect::Http(call) if call.path.ends_with("/parcels"))));
    let reply = ParcelReply { device: name.0, forked: false, verdicts: vec![], receipt: None };
    let effects = effects_of(&mut page, &world, Msg::ParcelBrought(name, Ok(Box::new(reply))));
    let [Effect::KeepParcel(carried)] = effects.as_slice() else { panic!("kept with its answer") };
    assert!(matches!(carried.came, Some(Came::Judged { admitted: 0, .. })));
}
