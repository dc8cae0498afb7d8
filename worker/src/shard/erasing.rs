//! Erasing records: the decision is of `shared::erase`; here the rows lose what they held, in the transaction that logs
//! who erased them.

use crate::auth::{Claims, internal, random};
use crate::error::Fault;
use crate::shard::log;
use crate::shard_do::{Loaded, json, now_ms};
use crate::transaction::transact;
use shared::erase::{Erase, Erasing, Ground};
use shared::event::Event;
use shared::grant::Action;
use shared::state::Cell;
use shared::sync::server::Caller;
use shared::time::{Day, Stamp, WallMs};
use worker::{Response, State};

/// Erases what an event names. Afterwards memory must be dropped, whatever came of it.
///
/// # Errors
/// Who may not, an event of somebody else, or storage.
pub fn erase(state: &State, loaded: &mut Loaded, claims: &Claims, event: &Event) -> Result<Response, Fault> {
    let Loaded { shard, programme, access, secret, day_offset, .. } = loaded;
    let now_ms = now_ms();
    // A right that ended with its device too: a token outlives both by minutes.
    let has_ended = access.has_ended(claims.device, Stamp(now_ms));
    if has_ended || !access.may(claims.account, &shard.id, Action::Erase, Stamp(now_ms)) {
        return Err(Fault::Forbidden { code: "not-permitted" });
    }
    if event.shard != shard.id {
        return Err(Fault::BadRequest { code: "other-shard" });
    }
    if event.id.device != claims.device || event.actor != claims.account {
        return Err(Fault::Forbidden { code: "other-device" });
    }
    let erase = Erase::read(event).ok_or(Fault::BadRequest { code: "malformed-request" })?;
    let sql = state.storage().sql();
    if let Some(known) = log::known(&sql, secret, std::slice::from_ref(event))?.get(&event.id) {
        let same = known.content == event.content_hash();
        return json(&match known.verdict.seq() {
            Some(seq) if same => Erasing::Done { seq, kept: 0 },
            _ => Erasing::Fork,
        });
    }
    let mut ground = Ground::of(&erase);
    for seq in ground.named().clone() {
        if let Some(record) = log::one(&sql, seq)? {
            ground.name(&record);
        }
    }
    log::each(&sql, |record| ground.compare(record))?;
    let caller = Caller {
        account: claims.account,
        device: claims.device,
        tablet: &claims.tablet,
        access,
        now_ms,
        today: Day::of(WallMs(now_ms), programme.utc_offset_min, *day_offset),
        seed: random()?,
    };
    let record = match shard.erase(&caller, event, &ground) {
        Ok(record) => record,
        Err(refused) => return json(&refused),
    };
    let places = serde_json::to_string(ground.named()).map_err(|e| internal(&e))?;
    transact(state, || {
        log::append(&sql, secret, std::slice::from_ref(&record))?;
        let query = "UPDATE log SET payload = NULL, salt = NULL, effect = NULL \
                     WHERE seq IN (SELECT value FROM json_each(?))";
        sql.exec(query, vec![places.into()])?;
        // Until the operator's `cargo xtask scrub`, the file's free pages may hold what was there.
        log::put_meta(&sql, "scrub_due", &record.seq.to_string())
    })?;
    let dashes = record.effect.iter().flatten().filter(|cell| !matches!(cell, Cell::Erased(..)));
    json(&Erasing::Done { seq: record.seq, kept: u32::try_from(dashes.count()).unwrap_or(u32::MAX) })
}
