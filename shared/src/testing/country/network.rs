//! What is on its way between shards, and what becomes of their storage.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use super::{Country, Message, Node};
use crate::event::EventId;
use crate::sync::follow::{Clock, Place};
use crate::sync::offer::{offers, peers};
use crate::sync::server::Shard;
use std::collections::BTreeSet;

impl Country {
    /// A shard asks another.
    pub fn ask(&mut self, n: usize, of: usize) {
        let place = self.place(n, of);
        let ask = place.ask(&self.nodes[n].shard.id);
        self.network.push(Message::Ask(of, ask));
    }

    fn place(&self, n: usize, of: usize) -> Place {
        self.nodes[n].disk.places.get(&self.nodes[of].shard.id).cloned().unwrap_or_default()
    }

    /// Lets a message arrive; `crash` is a power cut after the work and before storage has it.
    pub fn deliver(&mut self, message: Message, crash: bool) {
        match message {
            Message::Ask(to, ask) => {
                let node = &self.nodes[to];
                let chain = node.disk.log.iter().find(|r| r.seq == ask.witness.seq).map(|r| r.chain);
                let answer = node.shard.answer(&self.programme, &ask, chain);
                let wire = serde_json::to_string(&answer).unwrap();
                let answer = serde_json::from_str(&wire).unwrap();
                if let Some(by) = self.at(&ask.by) {
                    self.network.push(Message::Answer(by, answer));
                }
            }
            Message::Answer(to, answer) => {
                self.now_ms += 1;
                let clock = Clock { now_ms: self.now_ms, today: self.today, seed: self.seed() };
                let node = &mut self.nodes[to];
                let place = node.disk.places.get(&answer.shard).cloned().unwrap_or_default();
                let followed = node.shard.follow(&self.programme, &place, &answer, &clock);
                if crash {
                    self.crash(to);
                    return;
                }
                let ids: BTreeSet<EventId> = node.disk.log.iter().map(|r| r.event.id).collect();
                assert!(followed.records.iter().all(|r| !ids.contains(&r.event.id)), "an id twice in a log");
                node.disk.log.extend(followed.records);
                let own = node.shard.id.clone();
                if let Some(place) = followed.place {
                    node.disk.places.insert(answer.shard.clone(), place);
                }
                if followed.restored
                    && let Some(source) = self.at(&answer.shard)
                {
                    self.network.push(Message::Look(source, own));
                }
            }
            Message::Look(to, by) => {
                self.nodes[to].disk.looks.insert(by);
            }
        }
    }

    /// Memory is lost and read again from storage.
    pub fn crash(&mut self, n: usize) {
        let node = &mut self.nodes[n];
        let mut shard = Shard::new(node.shard.id.clone());
        node.disk.log.iter().for_each(|r| shard.fold(r));
        node.shard = shard;
    }

    /// Takes a backup.
    pub fn copy(&mut self, n: usize) {
        let node = &mut self.nodes[n];
        node.copies.push(node.disk.clone());
    }

    /// Puts a backup in place of what is there.
    pub fn restore(&mut self, n: usize, which: usize) {
        self.restored = true;
        let node = &mut self.nodes[n];
        node.disk = node.copies[which % node.copies.len()].clone();
        node.behind = true;
        self.crash(n);
    }

    /// The devices of a restored shard send again what they keep, in order. The first of them shows the shard that it
    /// was restored: before it judges anything again it asks every other shard what it has forgotten.
    pub fn send_again(&mut self, n: usize) {
        if std::mem::take(&mut self.nodes[n].behind) {
            let waiting = std::mem::take(&mut self.network);
            for of in (0..self.nodes.len()).filter(|of| *of != n) {
                self.ask(n, of);
                while let Some(message) = self.network.pop() {
                    self.deliver(message, false);
                }
            }
            self.network = waiting;
            for event in self.nodes[n].kept.clone() {
                self.judge(n, event);
            }
        }
    }

    /// Devices and shards exchange all they have until nothing changes any more.
    ///
    /// # Panics
    /// Where that never ends.
    pub fn quiesce(&mut self) {
        for n in 0..self.nodes.len() {
            self.send_again(n);
        }
        for _ in 0..60 {
            let rest = |n: &Node| (n.shard.head, n.disk.places.clone(), n.disk.looks.clone());
            let before: Vec<_> = self.nodes.iter().map(rest).collect();
            for n in 0..self.nodes.len() {
                self.listen(n);
            }
            if self.nodes.iter().map(rest).eq(before) {
                return;
            }
        }
        panic!("the shards never come to rest");
    }

    /// One shard asks all it shares anybody with, and says "look" to those to whom it has something to tell.
    fn listen(&mut self, n: usize) {
        let node = &self.nodes[n];
        let mut of = peers(&node.shard.state, &node.shard.id);
        let own = node.shard.id.clone();
        for peer in &of {
            if !offers(&node.shard.state, &self.programme, &own, peer).is_empty()
                && let Some(peer) = self.nodes.iter().position(|p| p.shard.id == *peer)
            {
                self.network.push(Message::Look(peer, own.clone()));
            }
        }
        of.extend(node.disk.looks.iter().cloned());
        let of: Vec<usize> = of.iter().filter_map(|s| self.at(s)).collect();
        for source in of {
            self.ask(n, source);
        }
        while !self.network.is_empty() {
            let message = self.network.remove(0);
            self.deliver(message, false);
        }
    }
}
