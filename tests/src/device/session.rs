//! Sync: the real client against one shard, and plain deposits for those who decide in many.

use super::{Device, expect};
use crate::api::Reply;
use anyhow::{Context, Result, bail};
use shared::event::{Body, Event, EventId};
use shared::id::ShardId;
use shared::state::ShardState;
use shared::sync::client::{Client, Stored};
use shared::sync::{self, PROTOCOL, Request, Verdict, Want};

/// Exchanges after which a device that still wants more is stuck.
const MOST_EXCHANGES: usize = 500;
/// Bytes of payload in one deposit.
const DEPOSIT_BYTES: usize = 1_500_000;

impl Device {
    /// The client of a shard, opened empty.
    pub fn client(&mut self, shard: &ShardId) -> &mut Client {
        let (device, account, run) = (self.id, self.account, self.run);
        self.clients
            .entry(shard.clone())
            .or_insert_with(|| Client::open(shard.clone(), device, account, run, Stored::default()))
    }

    /// Drops what is held of a shard.
    pub fn forget(&mut self, shard: &ShardId) {
        self.clients.remove(shard);
    }

    /// What this device shows of a shard.
    pub fn shown(&mut self, shard: &ShardId) -> &ShardState {
        self.client(shard).shown()
    }

    /// Writes on this device; nothing is sent yet.
    pub fn write(&mut self, shard: &ShardId, body: &Body) -> Event {
        let wall = self.wall();
        self.client(shard).write(body, wall)
    }

    /// What became of an event, once it is known.
    pub fn verdict(&mut self, shard: &ShardId, id: EventId) -> Option<Verdict> {
        self.client(shard).kept().iter().find(|k| k.event.id == id).map(|k| k.verdict.clone())
    }

    /// One request to a shard, whatever it says.
    ///
    /// # Errors
    /// Where no reply came.
    pub fn exchange(&mut self, shard: &ShardId, request: &Request) -> Result<Reply> {
        let path = format!("/api/v1/shards/{shard}/sync");
        let body = serde_json::to_vec(request)?;
        let reply = self.call("POST", &path, shard.as_str(), &body)?;
        if reply.status != 401 {
            return Ok(reply);
        }
        self.tokens.remove(shard.as_str());
        self.call("POST", &path, shard.as_str(), &body)
    }

    /// Exchanges until nothing is left to send and, for [`Want::View`], the view is here.
    ///
    /// # Errors
    /// Where an answer is no reply of the protocol, or it never ends.
    pub fn sync(&mut self, shard: &ShardId, want: Want) -> Result<()> {
        for _ in 0..MOST_EXCHANGES {
            let request = self.client(shard).request(want);
            let reply: sync::Reply = expect(self.exchange(shard, &request)?, "sync")?;
            let wall = self.wall();
            let client = self.client(shard);
            client.receive(reply, wall);
            if !client.wants_more() {
                return Ok(());
            }
        }
        bail!("{shard} never lets the device finish")
    }

    /// Hands bodies in without holding any of the shard's records, in as few requests as the limits allow.
    ///
    /// # Errors
    /// Where an answer is no reply of the protocol, or a verdict is missing.
    pub fn deposit_all(&mut self, shard: &ShardId, bodies: &[Body]) -> Result<Vec<Verdict>> {
        let mut verdicts = Vec::with_capacity(bodies.len());
        let mut batch: Vec<Event> = vec![];
        let mut bytes = 0;
        // Signing in tells the server's time, by which a wrong clock is corrected.
        self.token(shard.as_str())?;
        for body in bodies {
            let event = self.event(shard, body);
            let size = serde_json::to_vec(&event)?.len();
            if !batch.is_empty() && (bytes + size > DEPOSIT_BYTES || batch.len() == sync::MAX_EVENTS) {
                verdicts.append(&mut self.send(shard, std::mem::take(&mut batch))?);
                bytes = 0;
            }
            bytes += size;
            batch.push(event);
        }
        if !batch.is_empty() {
            verdicts.append(&mut self.send(shard, batch)?);
        }
        Ok(verdicts)
    }

    /// Hands one body in.
    ///
    /// # Errors
    /// As [`Device::deposit_all`].
    pub fn deposit(&mut self, shard: &ShardId, body: Body) -> Result<Verdict> {
        self.deposit_all(shard, &[body])?.pop().context("no verdict")
    }

    /// An event for a deposit; nothing is sent yet.
    pub fn event(&mut self, shard: &ShardId, body: &Body) -> Event {
        let (kind, version) = body.kind();
        // Another run than the clients': their numbers never meet.
        let run = shared::id::RunId(!self.run.0);
        let event = Event {
            id: EventId { device: self.id, run, n: self.deposited },
            shard: shard.clone(),
            actor: self.account,
            wall: self.wall(),
            offset: self.offset_ms,
            seen: self.witnesses.get(shard).map_or(0, |w| w.seq),
            kind: kind.to_owned(),
            version,
            payload: body.encode(),
        };
        self.deposited += 1;
        event
    }

    /// A request that asks for verdicts alone.
    pub fn request(&self, shard: &ShardId, events: Vec<Event>) -> Request {
        Request {
            v: PROTOCOL,
            shard: shard.clone(),
            device: self.id,
            cursor: 0,
            tag: None,
            after: None,
            witness: self.witnesses.get(shard).copied().unwrap_or_default(),
            want: Want::Verdicts,
            turn: None,
            events,
        }
    }

    fn send(&mut self, shard: &ShardId, events: Vec<Event>) -> Result<Vec<Verdict>> {
        let request = self.request(shard, events);
        let reply: sync::Reply = expect(self.exchange(shard, &request)?, "sync")?;
        self.witnesses.insert(shard.clone(), reply.head);
        let judged = reply.verdicts.iter().map(|(id, _)| id).eq(request.events.iter().map(|e| &e.id));
        if !judged {
            bail!("{shard} did not judge every event: forked {}", reply.forked);
        }
        Ok(reply.verdicts.into_iter().map(|(_, verdict)| verdict).collect())
    }
}
