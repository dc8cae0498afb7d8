//! Parcels: what waits here, sealed for another device to carry; and parcels of other devices that this one carries.
//!
//! What is sealed stays here until its verdicts come to this device itself. A parcel that is carried is stored before
//! it is called carried, and sent until the commission has answered.

use crate::effect::{Answer, Effect, Failure, HttpCall, Method, TokenFor};
use crate::model::{Model, StorageFault};
use crate::msg::{At, Msg};
use serde::{Deserialize, Serialize};
use shared::id::DeviceId;
use shared::sync::parcel::{PARCEL, Parcel, ParcelReply};
use shared::sync::{Verdict, Want};
use shared::time::WallMs;

/// Letters of a parcel that is looked at at all.
const MAX_TEXT: usize = 2_000_000;

/// A parcel made here.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Made {
    /// None in this visit.
    #[default]
    Nothing,
    /// Being sealed.
    Sealing,
    /// Sealed: to be handed on as a file.
    Sealed {
        /// Its records.
        records: u32,
        /// Its text.
        text: String,
    },
    /// The browser could not, or the shard's key has not come yet.
    Failed,
}

/// A parcel of another device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// As it was made.
    pub parcel: Parcel,
    /// What came of it; nothing while it waits for a connection.
    pub came: Option<Came>,
}

/// What came of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Came {
    /// The commission has judged its records.
    Judged {
        /// The server's time of its receipt; 0 where it sent none.
        server_ms: i64,
        /// Admitted.
        admitted: u32,
        /// Waiting for the coordinator.
        held: u32,
        /// Not accepted.
        refused: u32,
    },
    /// The server was restored from an older copy: the device itself must come online first.
    Forked,
    /// Refused as a whole, by a stable code.
    Refused(String),
}

/// Why a chosen file is not carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It is no parcel.
    NoParcel,
    /// It is made by a later version.
    Newer,
    /// It is for another region.
    OtherShard,
    /// It is of this very device.
    Own,
    /// It could not be stored here.
    NotStored(StorageFault),
}

/// Parcels on this device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parcels {
    /// The one made last.
    pub made: Made,
    /// Those of others.
    pub carried: Vec<Carried>,
    /// Why the last chosen file was not taken.
    pub not_taken: Option<NotTaken>,
    /// Being brought to the commission.
    pub sending: Option<(DeviceId, WallMs)>,
}

impl Carried {
    /// What names it: whose, and when it was made.
    pub fn name(&self) -> (DeviceId, WallMs) {
        (self.parcel.device, self.parcel.wall)
    }
}

/// Seals what waits here.
pub fn make(model: &mut Model, at: At) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let Some(client) = &open.client else { return vec![] };
    let request = client.request(Want::Verdicts);
    let text = serde_json::to_string(&request);
    let (Some(to), Ok(text), false) = (client.place().parcel_key.clone(), text, request.events.is_empty())
    else {
        open.parcels.made = Made::Failed;
        return vec![];
    };
    let parcel = Parcel {
        parcel: PARCEL,
        shard: client.shard().clone(),
        device: open.entry.device,
        records: request.events.len() as u32,
        wall: at.wall,
        key: String::new(),
        nonce: String::new(),
        body: String::new(),
        signature: String::new(),
    };
    open.parcels.made = Made::Sealing;
    vec![Effect::SealParcel { parcel: Box::new(parcel), request: text, to }]
}

/// It is sealed, or could not be.
pub fn sealed(model: &mut Model, parcel: Option<Box<Parcel>>) {
    let Some(open) = &mut model.account else { return };
    let text = parcel.as_ref().and_then(|p| serde_json::to_string(p).ok());
    open.parcels.made = match (parcel, text) {
        (Some(parcel), Some(text)) => Made::Sealed { records: parcel.records, text },
        _ => Made::Failed,
    };
}

/// A file was read: a parcel of another device, to be stored and carried.
pub fn chosen(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let Some(client) = &open.client else { return vec![] };
    open.parcels.not_taken = None;
    let parcel = if text.len() > MAX_TEXT { None } else { shared::wire::read::<Parcel>(text).ok() };
    let not_taken = match &parcel {
        None => Some(NotTaken::NoParcel),
        Some(parcel) if parcel.parcel != PARCEL => Some(NotTaken::Newer),
        Some(parcel) if parcel.shard != *client.shard() => Some(NotTaken::OtherShard),
        Some(parcel) if parcel.device == open.entry.device => Some(NotTaken::Own),
        Some(_) => None,
    };
    if not_taken.is_some() {
        open.parcels.not_taken = not_taken;
        return vec![];
    }
    parcel.map(|parcel| Effect::KeepParcel(Box::new(Carried { parcel, came: None }))).into_iter().collect()
}

/// A carried parcel is on disk, or not.
pub fn kept(model: &mut Model, carried: Carried, result: Result<(), StorageFault>) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    let known = open.parcels.carried.iter_mut().find(|c| c.name() == carried.name());
    match (known, result) {
        // What came of it is true whether or not this disk has it.
        (Some(known), _) => *known = carried,
        (None, Ok(())) => open.parcels.carried.push(carried),
        (None, Err(fault)) => open.parcels.not_taken = Some(NotTaken::NotStored(fault)),
    }
    send(model)
}

/// Brings the next parcel that waits, unless one is under way.
pub fn send(model: &mut Model) -> Vec<Effect> {
    if !model.net.online || !model.net.leading {
        return vec![];
    }
    let Some(open) = &mut model.account else { return vec![] };
    if open.parcels.sending.is_some() {
        return vec![];
    }
    let Some(next) = open.parcels.carried.iter().find(|c| c.came.is_none()) else { return vec![] };
    let Ok(body) = serde_json::to_string(&next.parcel) else { return vec![] };
    let (name, shard) = (next.name(), next.parcel.shard.clone());
    open.parcels.sending = Some(name);
    let path = format!("/api/v1/shards/{shard}/parcels");
    let then = move |answer: Result<Answer, Failure>| {
        Msg::ParcelBrought(name, answer.and_then(|a| a.read::<ParcelReply>()).map(Box::new))
    };
    vec![HttpCall::send(Method::Post, path, body, TokenFor::Shard(shard), then)]
}

/// The commission answered for a carried parcel.
pub fn brought(
    model: &mut Model,
    name: (DeviceId, WallMs),
    answer: Result<Box<ParcelReply>, Failure>,
) -> Vec<Effect> {
    let Some(open) = &mut model.account else { return vec![] };
    open.parcels.sending = None;
    let came = match answer {
        Ok(reply) if reply.forked => Came::Forked,
        Ok(reply) => judged(&reply),
        // A refusal of this device's own right says nothing about the parcel.
        Err(Failure::Refused(code)) if code.starts_with("parcel-") || code == "protocol-not-spoken" => {
            Came::Refused(code)
        }
        // Tried again with the next exchange that succeeds.
        Err(_) => return vec![],
    };
    let Some(carried) = open.parcels.carried.iter_mut().find(|c| c.name() == name) else { return vec![] };
    carried.came = Some(came);
    vec![Effect::KeepParcel(Box::new(carried.clone()))]
}

fn judged(reply: &ParcelReply) -> Came {
    let count =
        |wanted: fn(&Verdict) -> bool| reply.verdicts.iter().filter(|(_, v)| wanted(v)).count() as u32;
    Came::Judged {
        server_ms: reply.receipt.as_ref().map_or(0, |r| r.server_ms),
        admitted: count(|v| matches!(v, Verdict::Admitted { .. })),
        held: count(|v| matches!(v, Verdict::Held { .. } | Verdict::Newer)),
        refused: count(|v| matches!(v, Verdict::Refused(_) | Verdict::Fork)),
    }
}
