//! What a device and its shard say to each other: one round trip, and parcels that another device carries.

use crate::auth::{Claims, base64url, from_base64url, internal, is_device_signature, random};
use crate::error::Fault;
use crate::metrics;
use crate::shard::log;
use crate::shard_do::{Loaded, json, now_ms};
use crate::transaction::transact;
use shared::event::EventId;
use shared::id::{AccountId, DeviceId};
use shared::sync::chain::batch_hash;
use shared::sync::parcel::{PARCEL, Parcel, ParcelReply};
use shared::sync::server::Caller;
use shared::sync::view::View;
use shared::sync::{Head, Receipt, Request, RequestError, Verdict, Want, decode_request};
use shared::time::{Day, Stamp, WallMs};
use std::collections::BTreeSet;
use worker::{Response, State};

/// The place in the log that a request's sender was told of, if that is all right to read.
pub fn witness(bytes: &[u8]) -> Option<Head> {
    #[derive(serde::Deserialize)]
    struct Told {
        witness: Head,
    }
    serde_json::from_slice::<Told>(bytes).ok().map(|told| told.witness)
}

/// A device's last visit is written down again after so long.
const SEEN_MS: i64 = 60_000;

/// One round trip of a device.
///
/// # Errors
/// What is wrong with the request, or with storage: then memory may be ahead of the log and must be dropped.
pub fn sync(state: &State, loaded: &mut Loaded, claims: &Claims, bytes: &[u8]) -> Result<Response, Fault> {
    let now_ms = now_ms();
    if loaded.access.grants_of(claims.account, &loaded.shard.id).next().is_none() {
        return Err(Fault::Unauthorised { code: "no-grant-here" });
    }
    let request = decode_request(bytes).map_err(|e| refused(&e))?;
    if request.shard != loaded.shard.id {
        return Err(Fault::BadRequest { code: "other-shard" });
    }
    if request.device != claims.device {
        return Err(Fault::Forbidden { code: "other-device" });
    }
    if loaded.seen_ms.get(&claims.device).is_none_or(|at| now_ms - at >= SEEN_MS) {
        log::put_seen(&state.storage().sql(), claims.device, now_ms)?;
        loaded.seen_ms.insert(claims.device, now_ms);
    }
    let judged = admit(state, loaded, claims, &request, now_ms)?;
    let Loaded { shard, access, parcel_key, .. } = loaded;
    let ended = shard.ended(access, (claims.account, claims.device), Stamp(now_ms));
    // Whose right has ended deposits what waits, and gets an empty view.
    let grants = match ended {
        Some(_) => vec![],
        None => access.viewing(claims.account, &shard.id, Stamp(now_ms)),
    };
    // After the batch: what it assigned is seen, and what it took away is not.
    let view = match request.want {
        Want::View => View::of(&shard.state, &grants),
        Want::Verdicts => View::default(),
    };
    let mut reply = shard.reply(&request, &view, judged.verdicts, judged.forked, now_ms);
    reply.receipt = judged.receipt;
    reply.ended = ended;
    let begins = reply.page.as_ref().is_some_and(|page| page.full && page.first);
    let rows = reply.page.as_ref().map_or(0, |page| page.rows.len());
    metrics::exchanged(!request.events.is_empty(), reply.forked, rows);
    reply.parcel_key = begins.then(|| base64url(&parcel_key.public_key()));
    json(&reply)
}

/// Judges a request's events in its sender's name, stores what comes of them, and signs for it.
fn admit(
    state: &State,
    loaded: &mut Loaded,
    sender: &Claims,
    request: &Request,
    now_ms: i64,
) -> Result<Judged, Fault> {
    let Loaded { shard, programme, access, secret, seal, day_offset, .. } = loaded;
    let ended = shard.ended(access, (sender.account, sender.device), Stamp(now_ms));
    let sql = state.storage().sql();
    let forked = shard.is_forked(&request.witness, log::chain_at(&sql, request.witness.seq)?);
    if forked {
        return Ok(Judged { forked, verdicts: vec![], receipt: None });
    }
    let mut verdicts = vec![];
    if !request.events.is_empty() || shard.held().next().is_some() {
        let deposited = ended.map(|_| log::deposited(&sql, sender.device)).transpose()?;
        if !request.events.is_empty() && deposited.is_some_and(|d| d.is_full()) {
            return Err(Fault::Forbidden { code: "deposit-full" });
        }
        let caller = Caller {
            account: sender.account,
            device: sender.device,
            tablet: &sender.tablet,
            access,
            now_ms,
            today: Day::of(WallMs(now_ms), programme.utc_offset_min, *day_offset),
            seed: random()?,
        };
        let known = log::known(&sql, secret, &request.events)?;
        let came_before: BTreeSet<EventId> = known.keys().copied().collect();
        let (told, records) = shard.admit_batch(programme, &caller, &request.events, known);
        // Memory is ahead of the log until this commits; on any error `answer` drops it.
        transact(state, || {
            log::append(&sql, secret, &records)?;
            match deposited {
                Some(before) => log::put_deposited(&sql, sender.device, before, &records),
                None => Ok(()),
            }
        })?;
        for (id, verdict) in &told {
            metrics::judged(verdict, came_before.contains(id));
        }
        metrics::shard_is(&shard.id, shard.head.seq, sql.database_size());
        verdicts = told;
    }
    let receipt = (!request.events.is_empty()).then(|| {
        seal.sign_receipt(Receipt {
            shard: shard.id.clone(),
            device: sender.device,
            batch: batch_hash(&request.events, &verdicts),
            head: shard.head,
            server_ms: now_ms,
            key: String::new(),
            signature: String::new(),
        })
    });
    Ok(Judged { forked, verdicts, receipt })
}

/// Takes a parcel in, whoever of this shard carries it: it is judged under its author's rights.
///
/// # Errors
/// What is wrong with the parcel, or with storage, as in [`sync`].
pub fn parcel(state: &State, loaded: &mut Loaded, parcel: &Parcel) -> Result<Response, Fault> {
    let broken = Fault::BadRequest { code: "parcel-broken" };
    if parcel.parcel != PARCEL {
        return Err(Fault::BadRequest { code: "protocol-not-spoken" });
    }
    if parcel.shard != loaded.shard.id {
        return Err(Fault::BadRequest { code: "other-shard" });
    }
    let (account, tablet, key) =
        device(state, parcel.device)?.ok_or(Fault::BadRequest { code: "parcel-of-unknown-device" })?;
    if !is_device_signature(&key, &parcel.to_sign(), &parcel.signature) {
        return Err(broken);
    }
    let fields = [&parcel.key, &parcel.nonce, &parcel.body].map(|field| from_base64url(field));
    let [Some(key), Some(nonce), Some(body)] = fields else { return Err(broken) };
    let Ok(text) = loaded.parcel_key.open(parcel, &key, &nonce, &body) else { return Err(broken) };
    let request = decode_request(&text).map_err(|e| refused(&e))?;
    if request.shard != parcel.shard || request.device != parcel.device {
        return Err(broken);
    }
    let now_ms = now_ms();
    let author = Claims { device: parcel.device, account, tablet, expires_ms: now_ms };
    let Judged { forked, verdicts, receipt } = admit(state, loaded, &author, &request, now_ms)?;
    json(&ParcelReply { device: parcel.device, forked, verdicts, receipt })
}

/// A joined device as this shard knows it: account, tablet, public key.
///
/// # Errors
/// When storage fails.
pub fn device(state: &State, device: DeviceId) -> Result<Option<(AccountId, String, String)>, Fault> {
    let sql = state.storage().sql();
    let query = "SELECT json_array(account, tablet, key) FROM devices WHERE device = ?";
    let known = log::first_text(sql.exec(query, vec![device.to_string().into()])?)?;
    known.map(|text| serde_json::from_str(&text).map_err(|e| internal(&e))).transpose()
}

/// What became of a request's events.
struct Judged {
    forked: bool,
    verdicts: Vec<(EventId, Verdict)>,
    receipt: Option<Receipt>,
}

fn refused(error: &RequestError) -> Fault {
    match error {
        RequestError::TooLarge => Fault::TooLarge { limit_bytes: shared::sync::MAX_BODY_BYTES },
        RequestError::TooManyEvents => Fault::BadRequest { code: "too-many-events" },
        RequestError::Malformed(_) => Fault::BadRequest { code: "malformed-request" },
        RequestError::Protocol(_) => Fault::BadRequest { code: "protocol-not-spoken" },
    }
}
