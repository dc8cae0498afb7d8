//! Whatever reads bytes, in this process: the wire on both ends, payloads, codes, packs, tables, a whole shard.

use super::mutate;
use super::{Sum, Until};
use crate::roster::Seed;
use crate::roster::dice::Dice;
use anyhow::{Result, bail};
use shared::code::JoinCode;
use shared::event::{
    Appoint, Body, Correct, Decision, EventId, Fact, Judge, Marks, ReplacementSeen, SettleField, TakeSession,
};
use shared::id::{DeviceId, RunId, StationId};
use shared::roster::read::read_all;
use shared::roster::{Options, Reader};
use shared::state::{Field, Method, Place, Row, Seat, Status};
use shared::sync::client::Client;
use shared::sync::parcel::Parcel;
use shared::sync::server::Shard;
use shared::sync::{Receipt, Reply, Request, Verdict, Want, decode_request};
use shared::testing::World;
use shared::time::{Day, WallMs};
use shared::wire;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// A way to try one input; says whether it was taken for sound.
type Try = fn(&Ground, &[u8], u64) -> Result<bool, String>;

/// What the tries stand on, and the sound inputs they begin with.
struct Ground {
    world: World,
    sound: Vec<(&'static str, Try, Vec<Vec<u8>>)>,
}

/// Tries inputs and stops at the first that panics or breaks a property, naming it by its number.
///
/// # Errors
/// The seed, the number and the name of what failed.
pub fn run(seed: u64, first: u64, until: Until) -> Result<Sum> {
    let ground = Ground::new();
    let (begun, mut sum) = (Instant::now(), Sum::default());
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = loop {
        let nth = first + sum.inputs;
        if !until.goes_on(sum.inputs, begun) {
            break Ok(sum);
        }
        sum.inputs += 1;
        match ground.one(seed, nth) {
            Ok(taken) => sum.taken += u64::from(taken),
            Err((name, why)) => break Err((nth, name, why)),
        }
    };
    std::panic::set_hook(hook);
    match outcome {
        Ok(sum) => Ok(sum),
        Err((nth, name, why)) => {
            bail!("input {nth} of seed {seed} breaks {name}: {why}; again with --seed {seed} --first {nth}")
        }
    }
}

impl Ground {
    fn new() -> Self {
        let world = World::with_two_day_session(4);
        let bodies = bodies(&world);
        let mut device = world.device(0);
        for body in &bodies {
            device.write(body, WallMs(world.now_ms));
        }
        let request = device.request(Want::View);
        let mut told = World::with_two_day_session(4);
        let reply = told.answer(&request, 0);
        let payloads = bodies.iter().map(|b| b.encode().into_bytes()).collect();
        let rows = told.shard.state.rows_after(None, |_, _| true).collect::<Vec<Row>>();
        let receipt = reply.receipt.clone().map(|r| r.to_text()).unwrap_or_else(receipt_text);
        let sound: Vec<(&'static str, Try, Vec<Vec<u8>>)> = vec![
            ("a request judged by a shard", judge, vec![json(&request)]),
            ("a reply taken in by a device", take_in, vec![json(&reply)]),
            ("rows read by both readers", rows_alike, vec![json(&rows)]),
            ("a payload", payload, payloads),
            ("a programme pack", pack_read, vec![json(&world.programme)]),
            ("a table", table, tables()),
            (
                "short texts",
                short,
                vec![
                    b"ABCD-EFGH-JKMN-PQRS-T".to_vec(),
                    receipt.into_bytes(),
                    b"0000000000000001.0000000000000002.7".to_vec(),
                ],
            ),
        ];
        Self { world, sound }
    }

    fn one(&self, seed: u64, nth: u64) -> Result<bool, (&'static str, String)> {
        let mut dice = Dice::new(Seed(seed), nth.wrapping_add(1));
        let (name, attempt, inputs) = &self.sound[dice.below(self.sound.len())];
        let (one, other) = (dice.pick(inputs).clone(), dice.pick(inputs).clone());
        let input = match dice.below(20) {
            0 => one,
            1..=9 => mutate::bytes(&mut dice, &one, &other),
            _ => mutate::json(&mut dice, &one, &other),
        };
        let cut = dice.below(1 << 16) as u64;
        match catch_unwind(AssertUnwindSafe(|| attempt(self, &input, cut))) {
            Ok(Ok(taken)) => Ok(taken),
            Ok(Err(why)) => Err((name, why)),
            Err(panic) => {
                let said = panic.downcast_ref::<String>().cloned();
                let said = said.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
                Err((name, format!("a panic: {}", said.unwrap_or_default())))
            }
        }
    }
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// A request is judged; the log then folds to the same state, and a second sending changes nothing.
fn judge(ground: &Ground, input: &[u8], _: u64) -> Result<bool, String> {
    let Ok(request) = decode_request(input) else { return Ok(false) };
    let mut world = ground.fresh();
    let first = answer(&mut world, &request);
    let head = world.shard.head;
    let again = answer(&mut world, &request);
    if world.shard.head != head {
        let ids = |reply: &Reply| reply.verdicts.iter().map(|v| v.0).collect::<Vec<_>>();
        return Err(format!("sending it again changed the log: {:?}, then {:?}", ids(&first), ids(&again)));
    }
    let mut folded = Shard::new(world.shard.id.clone());
    for record in &world.log {
        folded.fold(record);
    }
    if folded.state.hash() != world.shard.state.hash() {
        return Err("folding the log gives another state".into());
    }
    Ok(first.verdicts.iter().any(|(_, v)| matches!(v, Verdict::Admitted { .. })))
}

fn answer(world: &mut World, request: &Request) -> Reply {
    // As the shell does: what was sent is read once, and the token says who sends.
    let request = Request { device: world.devices[0], ..request.clone() };
    world.answer(&request, 0)
}

fn take_in(ground: &Ground, input: &[u8], _: u64) -> Result<bool, String> {
    let Ok(text) = core::str::from_utf8(input) else { return Ok(false) };
    let small: Result<Reply, _> = wire::read(text);
    let large: Result<Reply, _> = serde_json::from_str(text);
    if let (Ok(small), Ok(large)) = (&small, &large)
        && small != large
    {
        return Err("the two readers read different things".into());
    }
    let Ok(reply) = small else { return Ok(false) };
    let mut device = ground.device();
    let before: Vec<EventId> = device.pending().iter().map(|e| e.id).collect();
    let told: Vec<EventId> = reply.verdicts.iter().map(|v| v.0).collect();
    device.receive(reply, WallMs(5));
    let waits = |id: &EventId| device.pending().iter().any(|e| e.id == *id);
    let has_verdict = |id: &EventId| device.kept().iter().any(|k| k.event.id == *id) || told.contains(id);
    if !before.iter().all(|id| waits(id) || has_verdict(id)) {
        return Err("an event left without a verdict".into());
    }
    Ok(true)
}

fn rows_alike(_: &Ground, input: &[u8], _: u64) -> Result<bool, String> {
    let Ok(text) = core::str::from_utf8(input) else { return Ok(false) };
    let small: Result<Vec<Row>, _> = wire::read(text);
    let large: Result<Vec<Row>, _> = serde_json::from_str(text);
    match (small, large) {
        (Ok(small), Ok(large)) if small != large => Err("the two readers read different rows".into()),
        (small, _) => Ok(small.is_ok()),
    }
}

fn payload(_: &Ground, input: &[u8], cut: u64) -> Result<bool, String> {
    let Ok(text) = core::str::from_utf8(input) else { return Ok(false) };
    const KINDS: &[&str] = &[
        "mark",
        "take",
        "correct",
        "replacement-seen",
        "resolve",
        "settle-field",
        "appoint",
        "judge",
        "import",
        "put-plan",
        "approve-plan",
        "publish-plan",
        "close-venue",
        "later",
    ];
    let kind = KINDS[cut as usize % KINDS.len()];
    let Ok(body) = Body::decode(kind, 1, text) else { return Ok(false) };
    match Body::decode(kind, 1, &body.encode()) {
        Ok(again) if again == body => Ok(true),
        other => Err(format!("{kind} does not read back: {:?}", other.err())),
    }
}

fn pack_read(_: &Ground, input: &[u8], _: u64) -> Result<bool, String> {
    let Ok(text) = core::str::from_utf8(input) else { return Ok(false) };
    Ok(shared::programme::read(text).is_ok())
}

/// However a file is cut into pieces, it is the same table or the same refusal.
fn table(_: &Ground, input: &[u8], cut: u64) -> Result<bool, String> {
    let whole = read_all(input, Options::default());
    let mut reader = Reader::new(Options::default());
    let mut rows = vec![];
    let piece = (cut as usize % 700).max(1);
    let mut refused = None;
    for bytes in input.chunks(piece) {
        match reader.push(bytes) {
            Ok(mut more) => rows.append(&mut more),
            Err(why) => {
                refused = Some(why);
                break;
            }
        }
    }
    let pieces = match refused {
        Some(why) => Err(why),
        None => reader.finish().map(|mut more| {
            rows.append(&mut more);
            rows
        }),
    };
    let is_table = whole.is_ok();
    if whole == pieces { Ok(is_table) } else { Err(format!("pieces of {piece} bytes read otherwise")) }
}

fn short(_: &Ground, input: &[u8], _: u64) -> Result<bool, String> {
    let Ok(text) = core::str::from_utf8(input) else { return Ok(false) };
    let code = JoinCode::read(text);
    if let Ok(code) = &code
        && JoinCode::read(&code.to_string()).as_ref() != Ok(code)
    {
        return Err("a code does not read back".into());
    }
    let receipt = Receipt::from_text(text);
    if let Ok(receipt) = &receipt
        && Receipt::from_text(&receipt.to_text()).as_ref() != Ok(receipt)
    {
        return Err("a receipt does not read back".into());
    }
    let id = text.parse::<EventId>();
    let _ = serde_json::from_str::<Parcel>(text).map(|parcel| parcel.to_sign());
    Ok(code.is_ok() || receipt.is_ok() || id.is_ok())
}

impl Ground {
    fn fresh(&self) -> World {
        let mut world = World::with_two_day_session(4);
        world.now_ms = self.world.now_ms;
        world
    }

    fn device(&self) -> Client {
        let mut device = self.world.device(0);
        for body in bodies(&self.world) {
            device.write(&body, WallMs(self.world.now_ms));
        }
        device
    }
}

/// One of each kind that a device writes.
fn bodies(world: &World) -> Vec<Body> {
    let session = world.session;
    let [one, two, ..] = world.people[..] else { return vec![] };
    let marks = Marks {
        session,
        day: 0,
        date: Day(18_700),
        method: Method::Tap,
        people: vec![(one, Some(Status::Present)), (two, None)],
    };
    let Ok(role) = "pec-member".parse() else { return vec![] };
    let seat = Seat { place: Place::Station(StationId(7)), role, n: 1 };
    let settles = vec![shared::event::Settled { device: DeviceId(1), seq: 3 }];
    let event = EventId { device: DeviceId(1), run: RunId(2), n: 3 };
    vec![
        Body::Fact(Fact::Mark(marks)),
        Body::Fact(Fact::Take(TakeSession { session, until: Day(18_720) })),
        Body::Fact(Fact::Correct(Correct { session, person: one, field: Field::Name, value: "Ё".into() })),
        Body::Fact(Fact::ReplacementSeen(ReplacementSeen {
            session,
            seat: seat.clone(),
            out: Some(one),
            into: two,
            reason: "ill".into(),
        })),
        Body::Decision(Decision::SettleField(SettleField {
            person: one,
            field: Field::Phone,
            value: "1".into(),
            settles,
        })),
        Body::Decision(Decision::Appoint(Appoint { seat, person: Some(two), based_on: 1 })),
        Body::Decision(Decision::Judge(Judge { seq: 2, event, release: true, reason: String::new() })),
    ]
}

fn receipt_text() -> String {
    format!(
        "cascade-receipt-1:kg:{:016x}:9:5:{}:{}:shard-p256-1:{}",
        7,
        "01".repeat(32),
        "02".repeat(32),
        "00".repeat(64)
    )
}

fn tables() -> Vec<Vec<u8>> {
    let mut tables: Vec<Vec<u8>> = [
        "number;name;unit\n001;\"School; north\";at-bashy\n002;\"He said \"\"no\"\"\";kochkor\n",
        "\u{feff}id,name,phone\r\n1,\"two\nlines\",+996 555\r\n",
        "a\tb\tc\n\u{661}\u{662}\t\u{6cc}\t\n",
        "x,y\n\n\n1,2,3,4\n",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec();
    tables.push("имя;номер\n".encode_utf16().flat_map(u16::to_le_bytes).collect());
    tables.push((0..200).map(|n| format!("{n},person {n},unit\n")).collect::<String>().into_bytes());
    tables
}
