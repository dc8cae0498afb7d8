//! What comes back while a file is read: from the Web Worker, and from the shards its parts went to.

use super::{DESK, ImportMsg, Notes, Phase, Progress};
use crate::effect::{Answer, Effect, Failure, HttpCall};
use crate::hq::outbox::{Came, Purpose, deposit_text};
use crate::hq::{Msg, refresh};
use crate::model::Model;
use crate::msg::At;
use serde::Deserialize;
use shared::api::ImportLine;
use shared::id::{ImportId, ShardId};
use shared::roster::Refusal;
use shared::roster::import::Preview;
use std::rc::Rc;

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum DeskAnswer {
    Preview { preview: String },
    Progress { rows: u32, bad_rows: u32, bytes: u64, total: u64 },
    Batch { shard: ShardId, rows: u32, payload: String },
    Done { outcome: String },
    Refused { refusal: String },
    Failed {},
}

/// The Web Worker says something.
pub(super) fn desk_said(model: &mut Model, text: &str, at: At) -> Vec<Effect> {
    let import = &mut model.hq.import;
    let Ok(answer) = shared::wire::read::<DeskAnswer>(text) else { return vec![] };
    match answer {
        DeskAnswer::Preview { preview } => {
            match shared::wire::read::<Option<Preview>>(&preview) {
                Ok(Some(preview)) => {
                    import.mapping = preview.mapping.clone();
                    import.preview = Some(Rc::new(preview));
                    import.phase = Phase::Mapping;
                }
                _ => import.phase = Phase::Refused(Refusal::Empty),
            }
            vec![]
        }
        DeskAnswer::Progress { rows, bad_rows, bytes, total } => {
            let began = import.progress.began;
            import.progress = Progress { rows, bad_rows, bytes, total, began, now: at.wall };
            vec![]
        }
        DeskAnswer::Batch { shard, rows, payload } => {
            if import.phase != Phase::Importing {
                return vec![];
            }
            import.sites.entry(shard.clone()).or_default().sent += rows;
            let purpose = Purpose::ImportPart { shard: shard.clone(), rows };
            deposit_text(model, &shard, ("import", 1), payload, purpose, at)
        }
        DeskAnswer::Done { outcome } => {
            import.outcome = shared::wire::read(&outcome).ok().map(Rc::new);
            import.file_read = true;
            if import.phase == Phase::Checking {
                import.phase = Phase::Checked;
                return vec![];
            }
            finish_if_judged(model)
        }
        DeskAnswer::Refused { refusal } => {
            let refusal = shared::wire::read::<Refusal>(&refusal).unwrap_or(Refusal::Empty);
            import.phase = Phase::Refused(refusal);
            vec![]
        }
        DeskAnswer::Failed {} => {
            import.phase = Phase::Failed(Failure::Refused("desk-failed".into()));
            vec![]
        }
    }
}

/// What became of one part.
pub fn part_came(model: &mut Model, shard: ShardId, rows: u32, came: Came, at: At) -> Vec<Effect> {
    let import = &mut model.hq.import;
    import.progress.now = at.wall;
    let site = import.sites.entry(shard).or_default();
    site.judged += rows;
    if !came.is_admitted() {
        site.refused = Some(came);
    }
    let mut effects = vec![];
    if import.phase == Phase::Importing {
        effects.push(Effect::DeskTell(DESK, r#"{"kind":"taken"}"#.to_owned()));
    }
    effects.extend(finish_if_judged(model));
    effects
}

fn finish_if_judged(model: &mut Model) -> Vec<Effect> {
    let import = &mut model.hq.import;
    let judged = import.sites.values().all(|s| s.judged >= s.sent);
    if import.phase != Phase::Importing || !import.file_read || !judged {
        return vec![];
    }
    import.phase = Phase::Done;
    // Other files may follow that name stations of this one.
    import.stations.clear();
    let id = import.import;
    import.import = ImportId(0);
    let shards: Vec<ShardId> = import.sites.keys().cloned().collect();
    let ask = |shard: ShardId| {
        let path = format!("/api/v1/shards/{shard}/imports/{id}");
        let then = move |answer: Result<Answer, Failure>| {
            let lines = answer.and_then(|a| a.read::<Vec<ImportLine>>());
            crate::Msg::Hq(Msg::Import(ImportMsg::NotesCame(shard, lines)))
        };
        HttpCall::get(path, then)
    };
    let mut effects: Vec<Effect> = shards.into_iter().map(ask).collect();
    effects.extend(refresh(model));
    effects
}

/// Sums what the parts of one shard did.
pub(super) fn notes(lines: Vec<ImportLine>) -> Notes {
    let mut sum = Notes::default();
    for ImportLine { note, .. } in lines {
        sum.added += note.added;
        sum.changed += note.changed;
        sum.unchanged += note.unchanged;
        sum.problems.extend(note.problems);
    }
    sum.problems.sort();
    sum
}
