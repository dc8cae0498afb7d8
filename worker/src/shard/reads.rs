//! What the worker reads of a shard on behalf of headquarters: counts and ids, never a name. What is held, and says
//! whatever its author wrote, is for the shard's coordinator alone.

use super::log;
use crate::error::Fault;
use crate::shard_do::{Loaded, json};
use shared::api::access::DeviceInShard;
use shared::api::{HeldLine, ImportLine, StationLine};
use shared::id::{DeviceId, ImportId, StageCode};
use shared::plan::Problem;
use shared::sync::Verdict;
use shared::sync::server::Record;
use shared::tally::{session_lines, tally};
use std::sync::Arc;
use worker::{Response, SqlStorage};

/// Held records told of at a time, the oldest first: the rest follow once these are judged.
const MAX_HELD_LINES: usize = 500;

/// Answers one read.
///
/// # Errors
/// [`Fault::NotFound`] for anything that is no read.
pub fn answer(sql: &SqlStorage, loaded: &Loaded, act: &str, now_ms: i64) -> Result<Response, Fault> {
    let (state, programme, today) = (&loaded.shard.state, &*loaded.programme, loaded.today(now_ms));
    let (act, argument) = act.split_once('/').unwrap_or((act, ""));
    match act {
        "tally" => json(&tally(state, programme, &loaded.shard.id, (loaded.shard.head, now_ms), today)),
        "sessions" => {
            let mut lines = session_lines(state, programme, today);
            lines.retain(|line| argument.is_empty() || line.stage.as_str() == argument);
            json(&lines)
        }
        "stations" => {
            let line = |(id, reg): (&_, &Arc<shared::state::Reg<shared::state::StationCard>>)| StationLine {
                id: *id,
                code: reg.value.code.clone(),
                unit: reg.value.unit.clone(),
            };
            json(&state.stations.iter().map(line).collect::<Vec<_>>())
        }
        "imports" => {
            let import: ImportId = argument.parse().map_err(|_| Fault::NotFound)?;
            let parts = state.imports.range((import, 0)..=(import, u32::MAX));
            let line = |((_, part), reg): (
                &(ImportId, u32),
                &Arc<shared::state::Reg<shared::state::ImportNote>>,
            )| { ImportLine { part: *part, note: reg.value.clone() } };
            json(&parts.map(line).collect::<Vec<_>>())
        }
        "held" => {
            let line = |record: &Record| HeldLine {
                seq: record.seq,
                event: record.event.id,
                account: record.event.actor,
                kind: record.event.kind.clone(),
                payload: record.event.payload.clone(),
                wall: record.event.wall,
                server_ms: record.server_ms,
                why: match record.verdict {
                    Verdict::Held { why, .. } => why,
                    _ => None,
                },
            };
            json(&loaded.shard.held().take(MAX_HELD_LINES).map(line).collect::<Vec<_>>())
        }
        "devices" => {
            let ids = argument.split(',').filter_map(|id| id.parse().ok());
            let known = ids.map(|device: DeviceId| {
                let of_device = state.taken.iter().filter(|((_, by), _)| *by == device);
                let taken = of_device.map(|((session, _), reg)| (*session, reg.value.until)).collect();
                let seen_ms = log::seen(sql, device)?;
                Ok((device, DeviceInShard { shard: loaded.shard.id.clone(), seen_ms, taken }))
            });
            let known: Vec<(DeviceId, DeviceInShard)> = known.collect::<Result<_, Fault>>()?;
            json(&known)
        }
        "problem" => {
            let stage: StageCode = argument.parse().map_err(|_| Fault::NotFound)?;
            let stage = programme.stage(&stage).ok_or(Fault::NotFound)?;
            json(&Problem::from_state(state, programme, stage, loaded.shard.head.seq, today))
        }
        _ => Err(Fault::NotFound),
    }
}
