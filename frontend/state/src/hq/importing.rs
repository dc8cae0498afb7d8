//! One file on its way in: shown, mapped, checked, and then deposited part by part in the shards its rows belong to.
//!
//! Rows are read in the Web Worker and come as finished payloads; a part that a shard has judged is answered to the
//! Web Worker, which then reads on. So memory stays flat however slow the connection is.

use super::outbox::{Came, Purpose, deposit_text};
use super::{Msg, refresh};
use crate::effect::{Answer, DeskCall, Effect, Failure, HttpCall};
use crate::model::Model;
use crate::msg::At;
use serde::{Deserialize, Serialize};
use shared::api::{ImportLine, StationLine};
use shared::id::{ImportId, ShardId, UnitCode};
use shared::roster::import::{ImportConfig, Mode, Outcome, Preview};
use shared::roster::read::Options;
use shared::roster::{Field, Mapping, Refusal, Separator, Target};
use shared::time::WallMs;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The name of the work in the Web Worker.
const DESK: &str = "import";

/// One file on its way in.
#[derive(Debug)]
pub struct Importing {
    /// What its rows are.
    pub target: Target,
    /// The file.
    pub file: Option<ChosenFile>,
    /// The separator, where a person chose it.
    pub separator: Option<Separator>,
    /// The first row is data.
    pub headless: bool,
    /// The first rows as read, with the mapping that was guessed.
    pub preview: Option<Rc<Preview>>,
    /// The mapping, as changed by a person.
    pub mapping: Mapping,
    /// How far it is.
    pub phase: Phase,
    /// Rows and bytes so far.
    pub progress: Progress,
    /// What checking or importing came to.
    pub outcome: Option<Rc<Outcome>>,
    /// What became of each shard's rows.
    pub sites: BTreeMap<ShardId, Site>,
    import: ImportId,
    stations: BTreeMap<ShardId, Vec<(String, UnitCode)>>,
    stations_wanted: u32,
    after_stations: Option<Mode>,
    file_read: bool,
}

/// A file of this device; the page keeps the file itself under its number.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenFile {
    /// Its number among the files chosen in this visit.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Phase {
    /// No file.
    #[default]
    Choosing,
    /// Its beginning is being read.
    Opening,
    /// Shown; its columns can be given a meaning.
    Mapping,
    /// The codes of known stations are being read.
    Stations,
    /// Every row is being checked.
    Checking,
    /// Checked: rows can go in.
    Checked,
    /// Rows are going in.
    Importing,
    /// All parts are judged.
    Done,
    /// Stopped by a person.
    Cancelled,
    /// The whole file is refused.
    Refused(Refusal),
    /// Something else failed, by a stable code.
    Failed(Failure),
}

/// Rows and bytes so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows read.
    pub rows: u32,
    /// Of these with a problem.
    pub bad_rows: u32,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in all.
    pub total: u64,
    /// When reading began.
    pub began: WallMs,
    /// When this was said.
    pub now: WallMs,
}

/// What became of one shard's rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    /// Rows on their way.
    pub sent: u32,
    /// Rows the shard has judged.
    pub judged: u32,
    /// The last answer that was no admission.
    pub refused: Option<Came>,
    /// What its rows did, once the shard was asked.
    pub notes: Option<Notes>,
}

/// What a shard says its rows did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Rows that were new.
    pub added: u32,
    /// Rows that changed something.
    pub changed: u32,
    /// Rows known as they stand.
    pub unchanged: u32,
    /// Rows left out: line and reason.
    pub problems: Vec<(u32, String)>,
}

/// What happens on the screen.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum ImportMsg {
    Target(Target),
    File(ChosenFile),
    Separator(Option<Separator>),
    Headless(bool),
    Column(usize, Option<Field>),
    Fixed(Field, Option<String>),
    Check,
    Go,
    Cancel,
    /// Begin with another file.
    Again,
    Desk(String),
    StationsCame(ShardId, Result<Vec<StationLine>, Failure>),
    NotesCame(ShardId, Result<Vec<ImportLine>, Failure>),
}

impl Default for Importing {
    fn default() -> Self {
        Self {
            target: Target::Stations,
            file: None,
            separator: None,
            headless: false,
            preview: None,
            mapping: Mapping::default(),
            phase: Phase::Choosing,
            progress: Progress::default(),
            outcome: None,
            sites: BTreeMap::new(),
            import: ImportId(0),
            stations: BTreeMap::new(),
            stations_wanted: 0,
            after_stations: None,
            file_read: false,
        }
    }
}

#[derive(Serialize)]
struct DeskRequest<'a> {
    kind: &'static str,
    config: &'a str,
}

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

/// Takes a message in.
pub fn update(model: &mut Model, msg: ImportMsg, at: At) -> Vec<Effect> {
    let import = &mut model.hq.import;
    match msg {
        ImportMsg::Target(target) => {
            import.target = target;
            import.mapping = Mapping::default();
            if import.file.is_some() { open(model) } else { vec![] }
        }
        ImportMsg::File(file) => {
            let target = import.target;
            *import = Importing { target, file: Some(file), ..Importing::default() };
            open(model)
        }
        ImportMsg::Separator(separator) => {
            import.separator = separator;
            open(model)
        }
        ImportMsg::Headless(headless) => {
            import.headless = headless;
            open(model)
        }
        ImportMsg::Column(at, field) => {
            set_column(&mut import.mapping, at, field);
            import.phase = Phase::Mapping;
            vec![]
        }
        ImportMsg::Fixed(field, value) => {
            match value {
                Some(value) => import.mapping.fixed.insert(field, value),
                None => import.mapping.fixed.remove(&field),
            };
            import.phase = Phase::Mapping;
            vec![]
        }
        ImportMsg::Check => begin(model, Mode::Check, at),
        ImportMsg::Go => {
            // Tried again after a fault, the same file goes under the same id: a shard knows the parts it has.
            if import.import == ImportId(0) {
                import.import = ImportId(at.random);
            }
            begin(model, Mode::Import, at)
        }
        ImportMsg::Cancel => {
            import.phase = Phase::Cancelled;
            vec![desk(String::new(), None)]
        }
        ImportMsg::Again => {
            let target = import.target;
            *import = Importing { target, ..Importing::default() };
            vec![]
        }
        ImportMsg::Desk(text) => desk_said(model, &text, at),
        ImportMsg::StationsCame(shard, answer) => stations_came(model, shard, answer, at),
        ImportMsg::NotesCame(shard, answer) => {
            if let (Ok(lines), Some(site)) = (answer, import.sites.get_mut(&shard)) {
                site.notes = Some(notes(lines));
            }
            vec![]
        }
    }
}

/// Required fields that neither a column nor a fixed value gives.
pub fn missing(import: &Importing) -> Vec<Field> {
    import.target.missing(&import.mapping)
}

fn set_column(mapping: &mut Mapping, at: usize, field: Option<Field>) {
    if mapping.columns.len() <= at {
        mapping.columns.resize(at + 1, None);
    }
    if let Some(field) = field.filter(|f| !f.joins()) {
        mapping.columns.iter_mut().filter(|c| **c == Some(field)).for_each(|c| *c = None);
    }
    if let Some(column) = mapping.columns.get_mut(at) {
        *column = field;
    }
}

fn desk(request: String, file: Option<u32>) -> Effect {
    let then = |text| crate::Msg::Hq(Msg::Import(ImportMsg::Desk(text)));
    Effect::Desk(DeskCall { name: DESK, request, file, then: Box::new(then) })
}

/// Reads the file's beginning.
fn open(model: &mut Model) -> Vec<Effect> {
    let import = &mut model.hq.import;
    import.outcome = None;
    import.phase = Phase::Opening;
    run(model, Mode::Preview, None)
}

/// Checks or imports every row; people need the codes of the stations that are known.
fn begin(model: &mut Model, mode: Mode, at: At) -> Vec<Effect> {
    let import = &mut model.hq.import;
    import.outcome = None;
    import.sites.clear();
    import.file_read = false;
    if import.target == Target::People && import.stations.is_empty() {
        let shards = model.account.as_ref().and_then(|o| o.programme.as_ref()).map(|p| p.shards());
        let import = &mut model.hq.import;
        let shards = shards.unwrap_or_default();
        import.phase = Phase::Stations;
        import.after_stations = Some(mode);
        import.stations_wanted = shards.len() as u32;
        return shards.into_iter().map(ask_stations).collect();
    }
    work(model, mode, at)
}

fn ask_stations(shard: ShardId) -> Effect {
    let path = format!("/api/v1/shards/{shard}/stations");
    let then = move |answer: Result<Answer, Failure>| {
        let stations = answer.and_then(|a| a.read::<Vec<StationLine>>());
        crate::Msg::Hq(Msg::Import(ImportMsg::StationsCame(shard, stations)))
    };
    HttpCall::get(path, then)
}

fn stations_came(
    model: &mut Model,
    shard: ShardId,
    answer: Result<Vec<StationLine>, Failure>,
    at: At,
) -> Vec<Effect> {
    let import = &mut model.hq.import;
    if import.phase != Phase::Stations {
        return vec![];
    }
    match answer {
        Ok(lines) => {
            import.stations.insert(shard, lines.into_iter().map(|l| (l.code, l.unit)).collect());
        }
        // A coordinator may read the codes of one shard only.
        Err(Failure::Refused(code)) if code == "not-permitted" => {
            import.stations.insert(shard, vec![]);
        }
        Err(failure) => {
            import.stations.clear();
            import.phase = Phase::Failed(failure);
            return vec![];
        }
    }
    if (import.stations.len() as u32) < import.stations_wanted {
        return vec![];
    }
    match import.after_stations.take() {
        Some(mode) => work(model, mode, at),
        None => vec![],
    }
}

fn work(model: &mut Model, mode: Mode, at: At) -> Vec<Effect> {
    let import = &mut model.hq.import;
    import.phase = if mode == Mode::Import { Phase::Importing } else { Phase::Checking };
    import.progress = Progress { began: at.wall, now: at.wall, ..Progress::default() };
    let mapping = import.mapping.clone();
    run(model, mode, Some(mapping))
}

fn run(model: &Model, mode: Mode, mapping: Option<Mapping>) -> Vec<Effect> {
    let import = &model.hq.import;
    let programme = model.account.as_ref().and_then(|o| o.programme.as_ref());
    let (Some(file), Some(programme)) = (&import.file, programme) else { return vec![] };
    let stations =
        if mode == Mode::Preview { vec![] } else { import.stations.values().flatten().cloned().collect() };
    let config = ImportConfig {
        import: import.import,
        target: import.target,
        mode,
        options: Options { separator: import.separator },
        skip_rows: 0,
        headless: import.headless,
        mapping,
        programme: (**programme).clone(),
        stations,
    };
    let Ok(config) = serde_json::to_string(&config) else { return vec![] };
    let kind = if mode == Mode::Preview { "preview" } else { "read" };
    let number = Some(file.number);
    let request = serde_json::to_string(&DeskRequest { kind, config: &config });
    request.map(|request| desk(request, number)).into_iter().collect()
}

fn desk_said(model: &mut Model, text: &str, at: At) -> Vec<Effect> {
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
pub(super) fn part_came(model: &mut Model, shard: ShardId, rows: u32, came: Came, at: At) -> Vec<Effect> {
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

fn notes(lines: Vec<ImportLine>) -> Notes {
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

impl Progress {
    /// Rows in a second, once a second has passed.
    pub fn rows_per_second(&self) -> Option<u32> {
        let passed_ms = self.now.0.saturating_sub(self.began.0);
        (passed_ms >= 300).then(|| (i64::from(self.rows) * 1_000 / passed_ms) as u32)
    }
}
