//! How shards look at each other, object to object: who asks whom, when, and what is stored of it.
//!
//! A shard looks when it is told to ("look"), when its alarm rings, and, once a device has shown that it was restored
//! from an older copy, at every shard of the programme before it judges anything again. What a word is worth is
//! decided in `shared::sync::follow`; records and the place in the source's log are stored in one transaction, so a
//! power cut anywhere only makes a shard ask again.

use super::log;
use crate::auth::{internal, random};
use crate::body;
use crate::error::Fault;
use crate::registry::internal::post;
use crate::routes::objects::shard_stub;
use crate::shard_do::{Loaded, ShardObject, json, now_ms};
use crate::transaction::transact;
use shared::event::Hash;
use shared::id::ShardId;
use shared::sync::Head;
use shared::sync::follow::{Answer, Ask, Clock, Place};
use shared::sync::offer::{digest, offers, peers};
use std::collections::BTreeSet;
use std::time::Duration;
use worker::{Request, Response, SqlStorage};

type Result<T> = core::result::Result<T, Fault>;

/// Bytes of a question or a "look".
const MAX_ASK_BYTES: usize = 4_000;
/// Answers of one shard taken in one after the other; the rest comes with the next alarm.
const MAX_ANSWERS: usize = 50;
/// Until a shard tells the others what it has just written: what comes in a burst is told once.
const SOON: Duration = Duration::from_millis(150);
/// Until it asks again where somebody did not answer, or had to wait for a third.
const AGAIN: Duration = Duration::from_secs(15);
/// Until it looks although nobody told it to: a nudge may be lost, and a restored shard does not know whom to tell.
const IDLE: Duration = Duration::from_secs(600);

impl ShardObject {
    /// Answers another shard; nothing else posts to `/internal`.
    ///
    /// # Errors
    /// When the question cannot be read, or storage fails.
    pub(crate) async fn answer_shard(&self, own: &ShardId, act: &str, req: &mut Request) -> Result<Response> {
        match act {
            "offers" => {
                let ask: Ask = body::json(req, MAX_ASK_BYTES).await?;
                self.ready(own).await?;
                let loaded = self.loaded.borrow();
                let Loaded { shard, programme, .. } = loaded.as_ref().ok_or(Fault::NotFound)?;
                let chain = log::chain_at(&self.state.storage().sql(), ask.witness.seq)?;
                json(&shard.answer(programme, &ask, chain))
            }
            "look" => {
                let by: ShardId = body::json(req, MAX_ASK_BYTES).await?;
                self.ready(own).await?;
                let sql = self.state.storage().sql();
                let mut looks = looks(&sql)?;
                if looks.insert(by) {
                    put_looks(&sql, &looks)?;
                }
                self.wake(SOON).await?;
                json(&true)
            }
            _ => Err(Fault::NotFound),
        }
    }

    /// After something was written: if others share anybody with this shard, they may have to hear of it.
    pub(crate) async fn tell_soon(&self) -> Result<()> {
        let shares = {
            let loaded = self.loaded.borrow();
            let state = loaded.as_ref().map(|l| &l.shard.state);
            state.is_some_and(|s| !s.tenures.is_empty() || !s.loans.is_empty())
        };
        if shares { self.wake(SOON).await } else { Ok(()) }
    }

    /// Sets the alarm, unless it rings before.
    async fn wake(&self, within: Duration) -> Result<()> {
        let storage = self.state.storage();
        let at_ms = worker::Date::now().as_millis() as i64 + within.as_millis() as i64;
        if storage.get_alarm().await?.is_none_or(|set| set > at_ms) {
            storage.set_alarm(within).await?;
        }
        Ok(())
    }

    /// The alarm: looks at all it shares anybody with, and tells those for whom there is news to look.
    ///
    /// # Errors
    /// When storage fails; the runtime rings again.
    pub(crate) async fn look_around(&self) -> Result<()> {
        let sql = self.state.storage().sql();
        log::open(&sql)?;
        let Some(own) = log::meta(&sql, "shard")? else { return Ok(()) };
        let own: ShardId = own.parse().map_err(|e| internal(&e))?;
        self.ready(&own).await?;
        let told_to_look = looks(&sql)?;
        put_looks(&sql, &BTreeSet::new())?;
        let mut open = BTreeSet::new();
        for source in self.peers()?.union(&told_to_look) {
            match self.pull(&own, source).await {
                Ok(true) => {}
                Ok(false) => drop(open.insert(source.clone())),
                Err(fault) => {
                    fault.log();
                    open.insert(source.clone());
                }
            }
        }
        let mut all_told = true;
        for peer in self.peers()? {
            if let Err(fault) = self.tell(&own, &peer).await {
                fault.log();
                all_told = false;
            }
        }
        if !open.is_empty() {
            open.extend(looks(&sql)?);
            put_looks(&sql, &open)?;
        }
        if !open.is_empty() || !all_told {
            self.wake(AGAIN).await
        } else if self.peers()?.is_empty() {
            Ok(())
        } else {
            self.wake(IDLE).await
        }
    }

    /// Asks every shard of the programme what this one has forgotten; once for the log as it is.
    ///
    /// # Errors
    /// When this shard cannot be loaded or stored; a shard that does not answer is asked again later.
    pub(crate) async fn catch_up(&self, own: &ShardId, witness: &Head) -> Result<()> {
        let sql = self.state.storage().sql();
        let chain = log::chain_at(&sql, witness.seq)?;
        let (forked, head, all) = {
            let loaded = self.loaded.borrow();
            let Loaded { shard, programme, .. } = loaded.as_ref().ok_or(Fault::NotFound)?;
            (shard.is_forked(witness, chain), shard.head, programme.shards())
        };
        if !forked || log::meta(&sql, "caught-up")?.is_some_and(|at| at == head.chain.to_string()) {
            return Ok(());
        }
        for source in all.iter().filter(|s| *s != own) {
            if let Err(fault) = self.pull(own, source).await {
                fault.log();
                let mut looks = looks(&sql)?;
                looks.insert(source.clone());
                put_looks(&sql, &looks)?;
            }
        }
        let head = self.loaded.borrow().as_ref().map_or(head, |l| l.shard.head);
        log::put_meta(&sql, "caught-up", &head.chain.to_string())?;
        self.wake(SOON).await
    }

    fn peers(&self) -> Result<BTreeSet<ShardId>> {
        let loaded = self.loaded.borrow();
        let shard = &loaded.as_ref().ok_or(Fault::NotFound)?.shard;
        Ok(peers(&shard.state, &shard.id))
    }

    /// Follows a shard to its head; whether nothing has to wait.
    async fn pull(&self, own: &ShardId, source: &ShardId) -> Result<bool> {
        let sql = self.state.storage().sql();
        for _ in 0..MAX_ANSWERS {
            let ask = serde_json::to_string(&place(&sql, source)?.ask(own)).map_err(|e| internal(&e))?;
            let answer: Answer = self.ask(source, "offers", &ask).await?;
            self.ready(own).await?;
            let taken = self.take_in(source, &answer);
            if taken.is_err() {
                // Memory may be ahead of the log.
                self.loaded.replace(None);
            }
            let followed = taken?;
            if followed.restored {
                self.say_look(own, source).await?;
            }
            if !followed.more {
                return Ok(!followed.waits);
            }
        }
        Ok(false)
    }

    fn take_in(&self, source: &ShardId, answer: &Answer) -> Result<shared::sync::follow::Followed> {
        let mut guard = self.loaded.borrow_mut();
        let loaded = guard.as_mut().ok_or(Fault::NotFound)?;
        let now_ms = now_ms();
        let clock = Clock { now_ms, today: loaded.today(now_ms), seed: random()? };
        let sql = self.state.storage().sql();
        let followed = loaded.shard.follow(&loaded.programme, &place(&sql, source)?, answer, &clock);
        if let Some(place) = &followed.place {
            let place = serde_json::to_string(place).map_err(|e| internal(&e))?;
            transact(&self.state, || {
                log::append(&sql, &loaded.signer.secret, &followed.records)?;
                log::put_meta(&sql, &place_key(source), &place)
            })?;
        }
        Ok(followed)
    }

    /// Tells a shard to look where it has not been told of what there is now.
    async fn tell(&self, own: &ShardId, peer: &ShardId) -> Result<()> {
        let sql = self.state.storage().sql();
        let now = {
            let loaded = self.loaded.borrow();
            let Loaded { shard, programme, .. } = loaded.as_ref().ok_or(Fault::NotFound)?;
            digest(&offers(&shard.state, programme, own, peer))
        };
        let key = format!("told {peer}");
        if now == Hash::default() || log::meta(&sql, &key)?.is_some_and(|told| told == now.to_string()) {
            return Ok(());
        }
        self.say_look(own, peer).await?;
        log::put_meta(&sql, &key, &now.to_string())
    }

    async fn say_look(&self, own: &ShardId, peer: &ShardId) -> Result<()> {
        let body = serde_json::to_string(own).map_err(|e| internal(&e))?;
        self.ask::<bool>(peer, "look", &body).await.map(drop)
    }

    async fn ask<T: serde::de::DeserializeOwned>(&self, of: &ShardId, act: &str, body: &str) -> Result<T> {
        let request = post(&format!("http://shard/internal/{of}/{act}"), body, None)?;
        let mut answer = shard_stub(&self.env, of)?.fetch_with_request(request).await?;
        if answer.status_code() != 200 {
            return Err(internal(&format!("a shard answered {}", answer.status_code())));
        }
        Ok(answer.json().await?)
    }
}

fn place_key(source: &ShardId) -> String {
    format!("place {source}")
}

fn place(sql: &SqlStorage, source: &ShardId) -> Result<Place> {
    let Some(held) = log::meta(sql, &place_key(source))? else { return Ok(Place::default()) };
    serde_json::from_str(&held).map_err(|e| internal(&e))
}

/// Shards that said "look" and were not looked at since.
fn looks(sql: &SqlStorage) -> Result<BTreeSet<ShardId>> {
    let Some(held) = log::meta(sql, "looks")? else { return Ok(BTreeSet::new()) };
    serde_json::from_str(&held).map_err(|e| internal(&e))
}

fn put_looks(sql: &SqlStorage, looks: &BTreeSet<ShardId>) -> Result<()> {
    log::put_meta(sql, "looks", &serde_json::to_string(looks).map_err(|e| internal(&e))?)
}
