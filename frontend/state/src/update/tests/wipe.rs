//! A right that has ended: what waits is judged first, and nothing is deleted by a guess.

use super::{Disk, Page};
use crate::effect::{Answer, Effect, Failure};
use crate::{At, Msg, update};
use shared::api::Me;
use shared::grant::Ending;
use shared::state::Status;
use shared::testing::World;
use shared::time::{Stamp, WallMs};

impl Page {
    /// Tells the page something and gives the accounts it wants deleted.
    fn wiped_by(&mut self, world: &mut World, msg: Msg) -> usize {
        let (mut waiting, mut wiped) = (vec![msg], 0);
        while let Some(msg) = waiting.pop() {
            let at = At { wall: WallMs(world.now_ms), random: 7 };
            for effect in update(&mut self.model, msg, at) {
                match effect {
                    Effect::Wipe(account) => {
                        assert_eq!(account, world.accounts[self.n]);
                        wiped += 1;
                    }
                    other => waiting.splice(0..0, self.carry_out(world, other)).for_each(drop),
                }
            }
        }
        wiped
    }

    fn waiting(&self) -> usize {
        self.model.client().map_or(0, |client| client.pending().len())
    }
}

/// A page with a mark that was made without a connection.
fn page_with_a_mark(world: &mut World) -> Page {
    let mut page = Page::synced(world, 0);
    page.online = false;
    let person = world.people[0];
    page.mark(world, person, Status::Present);
    assert_eq!(page.waiting(), 1);
    page
}

fn revoked() -> Msg {
    Msg::MeCame(Err::<Me, _>(Failure::Refused("revoked".into())))
}

#[test]
fn a_revoked_device_hands_in_what_waits_and_only_then_deletes() {
    for how in [Ending::Ordinary, Ending::Cause] {
        let mut world = World::with_two_day_session(3);
        let mut page = page_with_a_mark(&mut world);
        world.now_ms += 1_000;
        world.access.devices_ended.insert(world.devices[0], (Stamp(world.now_ms), how));
        assert_eq!(page.wiped_by(&mut world, Msg::Wake), 0, "no connection, {how:?}");
        page.online = true;
        assert_eq!(page.wiped_by(&mut world, Msg::Wake), 1, "{how:?}");
        assert_eq!((page.waiting(), page.model.client().unwrap().kept().len()), (0, 1), "{how:?}");
        assert!(page.model.client().unwrap().confirmed().is_empty());
    }
}

#[test]
fn what_is_still_being_stored_is_not_deleted() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    page.disk = Disk::Waits;
    let person = world.people[0];
    page.mark(&mut world, person, Status::Present);
    world.access.devices_ended.insert(world.devices[0], (Stamp(world.now_ms), Ending::Cause));
    assert_eq!(page.wiped_by(&mut world, Msg::Wake), 0);
    let Some(Effect::Append(event)) = page.unanswered.pop() else { panic!("an append") };
    let stored = page.wiped_by(&mut world, Msg::Appended(event.id, Ok(())));
    assert_eq!(stored + page.wiped_by(&mut world, Msg::Wake), 1, "once");
}

#[test]
fn an_ended_right_here_deletes_only_when_the_registry_says_that_none_is_left() {
    let mut world = World::with_two_day_session(3);
    let mut page = page_with_a_mark(&mut world);
    page.online = true;
    let account = world.accounts[0];
    world.now_ms += 1_000;
    for grant in world.access.grants.iter_mut().filter(|g| g.account == account) {
        grant.ended = Some((Stamp(world.now_ms), Ending::Ordinary));
    }
    assert_eq!(page.wiped_by(&mut world, Msg::Wake), 0, "it may have a right elsewhere");
    assert_eq!(page.waiting(), 0);
    assert_eq!(page.wiped_by(&mut world, revoked()), 1);
}

#[test]
fn a_confused_server_deletes_nothing() {
    let mut world = World::with_two_day_session(3);
    let mut page = Page::synced(&mut world, 0);
    page.online = false;
    // The registry alone; the shard is not heard.
    assert_eq!(page.wiped_by(&mut world, revoked()), 0);
    for code in ["no-grant-here", "account-unknown", "device-unknown", "token-invalid", "revoked"] {
        let answer = Answer { status: 401, body: format!("{{\"code\":\"{code}\"}}") };
        let failure = answer.refusal();
        assert_eq!(page.wiped_by(&mut world, Msg::Exchanged(Err(failure))), 0, "{code}");
    }
    page.online = true;
    assert_eq!(page.wiped_by(&mut world, Msg::Wake), 0, "the shard says that the right holds");
    assert!(!page.model.client().unwrap().confirmed().is_empty());
}
