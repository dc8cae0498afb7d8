//! The end of a story: faults stop, everybody syncs, and everything must be everywhere it belongs.

use crate::country::SHARDS;
use crate::rules::{Breach, Invariant, broken, named};
use crate::world::World;
use shared::event::{Hash, Hasher};
use shared::sync::Verdict;

/// Exchanges of one device after which its queue must be empty.
const PATIENCE: usize = 400;

/// Stops the faults and lets everybody sync; returns a hash of all there is.
///
/// # Errors
/// The invariant that broke.
pub fn end(world: &mut World) -> Result<Hash, Breach> {
    world.flights.clear();
    for n in 0..SHARDS {
        world.shards[n].trip = None;
        world.shards[n].access = world.access.clone();
        // What memory holds is what the log gives.
        world.shards[n].evict();
    }
    for t in 0..world.tablets.len() {
        if world.tablets[t].tabs.is_empty() {
            world.open(t);
        }
        for tab in (0..world.tablets[t].tabs.len()).rev() {
            world.settle_disk(t, tab)?;
        }
    }
    // Twice, so that each has seen what the others sent last; then once more, and nothing may change.
    for _ in 0..2 {
        for t in 0..world.tablets.len() {
            empty_queue(world, t)?;
        }
    }
    for t in 0..world.tablets.len() {
        world.whole_exchange(t, 5)?;
        check_device(world, t)?;
    }
    Ok(hash(world))
}

fn empty_queue(world: &mut World, t: usize) -> Result<(), Breach> {
    for _ in 0..PATIENCE {
        world.now_ms += 10;
        world.whole_exchange(t, 4)?;
        if !world.tablets[t].tabs[0].client.wants_more() {
            return Ok(());
        }
    }
    let client = &world.tablets[t].tabs[0].client;
    let what = format!("device {}: {} waiting after all", world.tablets[t].device, client.pending().len());
    broken(Invariant::QueuesEmpty, what)
}

fn check_device(world: &World, t: usize) -> Result<(), Breach> {
    let tablet = &world.tablets[t];
    let store = &world.shards[tablet.shard];
    let client = &tablet.tabs[0].client;
    if !store.has(&client.place().witness) {
        return broken(Invariant::QueuesEmpty, format!("device {} knows another history", tablet.device));
    }
    if !tablet.decides_only && client.shown() != client.confirmed() {
        return broken(Invariant::ConfirmedIsProjection, format!("device {} shows more", tablet.device));
    }
    for kept in client.kept() {
        if let Verdict::Admitted { .. } | Verdict::Held { .. } = kept.verdict
            && store.record_of(&kept.event.id).is_none()
        {
            return broken(Invariant::InTheLogOnce, format!("{} is gone", named(&kept.event.id)));
        }
    }
    tablet.check_verdicts(store)
}

fn hash(world: &World) -> Hash {
    let mut hash = Hasher::new("cascade simulation 1");
    for store in &world.shards {
        hash =
            hash.number(store.head().seq as i64).bytes(&store.head().chain.0).bytes(&store.state().hash().0);
    }
    for tablet in &world.tablets {
        hash = hash.bytes(&tablet.tabs[0].client.shown().hash().0);
    }
    hash.done()
}
