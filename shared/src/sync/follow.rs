//! How a shard follows another: as a device does, with cursor, tag and witness. A push only says "look".
//!
//! Sans-IO: the shell carries an [`Ask`] and its [`Answer`] from object to object, and stores what
//! [`Shard::follow`] returns in one transaction.
//!
//! **Exactly once.** An answer counts only for the very place it was asked from, so a repeated, late or reordered one
//! changes nothing. What a word changes is judged on the follower's own state ([`crate::command::take`]), so hearing
//! it again changes nothing either. The event it becomes is named by the source, the source's seq and the place it
//! gets in the follower's log: the same crash, told again, gives the same name.
//!
//! **Restores.** A source that was restored from an older copy has another chain at the witness. The follower then
//! begins again from nothing, and says "look" to the source: whatever it holds of the source's people is among its own
//! offers, so the source hears what it had forgotten. A follower that was restored asks again from its older place.

use super::message::{Head, Verdict};
use super::offer::{Offered, offers, tag};
use super::server::{Caller, Judged, Record, Shard};
use crate::command::{Listening, Taken, take};
use crate::event::{Event, EventId, Hash, Hasher};
use crate::grant::Access;
use crate::id::{AccountId, DeviceId, RunId, ShardId};
use crate::programme::Programme;
use crate::time::{Day, WallMs};
use serde::{Deserialize, Serialize};

/// The kind of the events by which words enter a log. A device that sends one is refused.
pub const KIND: &str = "crossing";
/// Words of one answer, but for those of one seq, which are never parted.
const MAX_WORDS: usize = 300;

/// Where a shard stands in another's log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// All words up to here are taken in.
    pub cursor: u64,
    /// What they are about.
    pub tag: Option<Hash>,
    /// The source's log as last heard of.
    pub witness: Head,
    /// How often the source was found to have been restored.
    pub restores: u32,
}

/// What a follower asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Who asks.
    pub by: ShardId,
    /// All words up to here are taken in.
    pub cursor: u64,
    /// What they are about.
    pub tag: Option<Hash>,
    /// The source's log as last heard of.
    pub witness: Head,
}

/// What a source says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Who says it.
    pub shard: ShardId,
    /// To what.
    pub ask: Ask,
    /// The source's log now.
    pub head: Head,
    /// The source's log does not have the witness.
    pub forked: bool,
    /// Words, by seq.
    pub words: Vec<Offered>,
    /// The cursor once these are taken in.
    pub cursor: u64,
    /// What all words are about.
    pub tag: Hash,
    /// There are more.
    pub more: bool,
}

/// When an answer is taken in.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The server's clock, milliseconds since 1970.
    pub now_ms: i64,
    /// The programme's day.
    pub today: Day,
    /// Random bytes for this batch.
    pub seed: [u8; 32],
}

/// What taking an answer in comes to; the shell stores records and place in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Followed {
    /// What the log gets.
    pub records: Vec<Record>,
    /// Where the follower stands now; nothing where the answer was not to its last question.
    pub place: Option<Place>,
    /// Ask again at once.
    pub more: bool,
    /// Something has to wait for what another shard will tell: ask again later.
    pub waits: bool,
    /// The source was restored: it should look at us.
    pub restored: bool,
}

impl Place {
    /// What to ask from here.
    pub fn ask(&self, by: &ShardId) -> Ask {
        Ask { by: by.clone(), cursor: self.cursor, tag: self.tag, witness: self.witness }
    }
}

/// The device that a shard is in the logs of others.
pub fn device_of(shard: &ShardId) -> DeviceId {
    DeviceId(id_of("cascade shard device 1", shard))
}

/// The account that a shard is in the logs of others.
pub fn account_of(shard: &ShardId) -> AccountId {
    AccountId(id_of("cascade shard account 1", shard))
}

fn id_of(purpose: &str, shard: &ShardId) -> u64 {
    first_bits(Hasher::new(purpose).text(shard.as_str()).done())
}

fn first_bits(hash: Hash) -> u64 {
    hash.0.iter().take(8).fold(0, |id, byte| (id << 8) | u64::from(*byte))
}

/// A word as the follower's log keeps it.
#[derive(Serialize)]
struct Heard<'a> {
    from: &'a ShardId,
    #[serde(flatten)]
    word: &'a Offered,
}

impl Shard {
    /// Answers a follower. `chain_at_witness` is the chain of the record at the witness's place, if the log has one.
    pub fn answer(&self, programme: &Programme, ask: &Ask, chain_at_witness: Option<Hash>) -> Answer {
        let forked = self.is_forked(&ask.witness, chain_at_witness);
        let all = offers(&self.state, programme, &self.id, &ask.by);
        let tag = tag(&all);
        let cursor = if forked || ask.tag != Some(tag) { 0 } else { ask.cursor };
        let mut words: Vec<Offered> = all.into_iter().filter(|o| o.seq > cursor).collect();
        let full = words.get(MAX_WORDS).map(|w| w.seq);
        let cut = full.map_or(words.len(), |seq| words.partition_point(|w| w.seq < seq));
        // Where one record alone has more, all of it goes.
        let cut = if cut == 0 { full.map_or(0, |seq| words.partition_point(|w| w.seq <= seq)) } else { cut };
        let more = cut < words.len();
        words.truncate(cut);
        let cursor = if more { words.last().map_or(cursor, |w| w.seq) } else { self.head.seq };
        let shard = self.id.clone();
        Answer { shard, ask: ask.clone(), head: self.head, forked, words, cursor, tag, more }
    }

    /// Takes an answer in.
    pub fn follow(&mut self, programme: &Programme, place: &Place, answer: &Answer, at: &Clock) -> Followed {
        if answer.ask != place.ask(&self.id) || answer.shard == self.id {
            return Followed::default();
        }
        let restores = place.restores + u32::from(answer.forked);
        let mut records: Vec<Record> = vec![];
        let mut waits_from: Option<u64> = None;
        for word in &answer.words {
            let from = &answer.shard;
            let listening = Listening { state: &self.state, programme, own: &self.id, from, today: at.today };
            match take(&listening, &word.item) {
                Taken::Nothing => {}
                Taken::Later => waits_from = waits_from.or(Some(word.seq)),
                Taken::Cells(cells) => {
                    let event = self.heard(from, word, restores, at.now_ms);
                    let access = Access::default();
                    let caller = Caller {
                        account: event.actor,
                        device: event.id.device,
                        tablet: "",
                        access: &access,
                        now_ms: at.now_ms,
                        today: at.today,
                        seed: at.seed,
                    };
                    let nth = records.len() as u32;
                    let judged = Judged::Admitted(Some(cells));
                    let (verdict, record) = self.append(&caller, &event, self.now(at.now_ms), nth, judged);
                    debug_assert!(matches!(verdict, Verdict::Admitted { .. }));
                    records.extend(record);
                }
            }
        }
        // What has to wait is asked for again.
        let cursor = waits_from.map_or(answer.cursor, |seq| answer.cursor.min(seq.saturating_sub(1)));
        let place = Place { cursor, tag: Some(answer.tag), witness: answer.head, restores };
        let more = answer.more && waits_from.is_none();
        Followed { records, place: Some(place), more, waits: waits_from.is_some(), restored: answer.forked }
    }

    fn heard(&self, from: &ShardId, word: &Offered, restores: u32, now_ms: i64) -> Event {
        let run = Hasher::new("cascade crossing 1")
            .text(from.as_str())
            .number(word.seq as i64)
            .number(i64::from(restores))
            .done();
        Event {
            // The place it gets here makes it unique; a restored log gives the place again.
            id: EventId {
                device: device_of(from),
                run: RunId(first_bits(run)),
                n: (self.head.seq + 1) as u32,
            },
            shard: self.id.clone(),
            actor: account_of(from),
            wall: WallMs(now_ms),
            offset: 0,
            seen: self.head.seq,
            kind: KIND.to_owned(),
            version: 1,
            // Texts and numbers in maps with texts as keys can always be written.
            payload: serde_json::to_string(&Heard { from, word }).unwrap_or_default(),
        }
    }
}
