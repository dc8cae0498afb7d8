//! A file on its way: pieces of bytes in, batches per shard out; nothing grows with the file but the keys seen.
//!
//! The same file under the same [`ImportConfig`] gives the same batches, so a broken import can simply be run
//! again: a batch is known by (import, shard, part).

use super::check::Checker;
use super::mapping::Mapping;
use super::places::{StationIndex, UnitIndex};
use super::problem::BadRow;
use super::read::{Options, Reader, Record};
use super::refusal::Refusal;
use super::rows::ImportRow;
use super::separator::Separator;
use super::target::{Field, Target};
use crate::id::{ImportId, ShardId, UnitCode};
use crate::programme::Programme;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rows in one batch, at most.
pub const BATCH_ROWS: usize = 500;
/// Rows that wait in unfinished batches, at most; then the largest goes as it is.
pub const WAITING_ROWS: usize = 20_000;
/// Rows that a preview shows.
pub const PREVIEW_ROWS: usize = 20;
/// Bad rows that are kept with their cells; more are only counted.
pub const BAD_ROWS: usize = 10_000;

/// How far an import goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Only the header, the first rows and a guess of the mapping.
    Preview,
    /// Every row is checked, no batch is made.
    #[default]
    Check,
    /// Every row is checked, and batches are made.
    Import,
}

/// What an import must know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportConfig {
    /// The import's id.
    pub import: ImportId,
    /// What the rows are.
    pub target: Target,
    /// How far to go.
    #[serde(default)]
    pub mode: Mode,
    /// How to read the bytes.
    #[serde(default)]
    pub options: Options,
    /// Rows before the header (a title, a date), which mean nothing.
    #[serde(default)]
    pub skip_rows: u32,
    /// The first row that counts is a row of data; the columns have no names.
    #[serde(default)]
    pub headless: bool,
    /// What the columns mean; guessed from the header where it is not said.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// The programme: units, roles, stages.
    pub programme: Programme,
    /// The stations that are known, with their units.
    #[serde(default)]
    pub stations: Vec<(String, UnitCode)>,
}

/// Rows for one shard, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportBatch {
    /// The import.
    pub import: ImportId,
    /// What the rows are.
    pub target: Target,
    /// Where they go.
    pub shard: ShardId,
    /// The number of the batch among those of its shard, from 0.
    pub part: u32,
    /// The rows with their lines in the file.
    pub rows: Vec<(u32, ImportRow)>,
}

/// What is known of a file from its beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The encoding, which is always UTF-8; any other is refused.
    pub encoding: String,
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// The sign between the cells.
    pub separator: Separator,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The first rows.
    pub rows: Vec<Record>,
    /// What the columns mean, as said or as guessed.
    pub mapping: Mapping,
    /// Required fields that the mapping leaves out.
    pub missing: Vec<Field>,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows of data so far.
    pub rows: u32,
    /// Rows with a problem so far.
    pub bad_rows: u32,
    /// Bytes so far.
    pub bytes: u64,
    /// Whether the preview has all its rows.
    pub preview_ready: bool,
    /// Batches that wait to be taken.
    pub batches: u32,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Rows of data.
    pub rows: u32,
    /// Rows taken.
    pub taken: u32,
    /// Rows with a problem.
    pub bad_rows: u32,
    /// The bad rows, at most [`BAD_ROWS`] of them.
    pub bad: Vec<BadRow>,
    /// Rows taken, by shard.
    pub rows_by_shard: BTreeMap<ShardId, u32>,
    /// Batches made, those taken already among them.
    pub batches: u32,
    /// Values that stand for no unit, role or stage, and how often: what the mapping of values lacks.
    pub unmatched: BTreeMap<Field, BTreeMap<String, u32>>,
}

/// Reads one file.
pub struct Importer {
    config: ImportConfig,
    reader: Reader,
    skipped: u32,
    preview: Option<Preview>,
    checker: Option<Checker>,
    waiting: BTreeMap<ShardId, Vec<(u32, ImportRow)>>,
    waiting_rows: usize,
    parts: BTreeMap<ShardId, u32>,
    ready: Vec<ImportBatch>,
    outcome: Outcome,
}

impl Importer {
    /// An importer at the beginning of a file.
    pub fn new(config: ImportConfig) -> Self {
        Self {
            reader: Reader::new(config.options.clone()),
            config,
            skipped: 0,
            preview: None,
            checker: None,
            waiting: BTreeMap::new(),
            waiting_rows: 0,
            parts: BTreeMap::new(),
            ready: Vec::new(),
            outcome: Outcome::default(),
        }
    }

    /// Reads the next bytes.
    ///
    /// # Errors
    /// The refusal of the whole file. Batches made before it stand.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Progress, Refusal> {
        let records = self.reader.push(bytes)?;
        self.records(records)?;
        Ok(self.progress())
    }

    /// Ends the file and makes the last batches.
    ///
    /// # Errors
    /// The refusal of the whole file. Batches made before it stand.
    pub fn finish(&mut self) -> Result<Outcome, Refusal> {
        let records = self.reader.finish()?;
        self.records(records)?;
        if self.preview.is_none() {
            return Err(Refusal::Empty);
        }
        if self.outcome.rows < PREVIEW_ROWS as u32 {
            self.refine();
        }
        for shard in self.waiting.keys().cloned().collect::<Vec<_>>() {
            self.ship(&shard);
        }
        let mut outcome = core::mem::take(&mut self.outcome);
        outcome.unmatched = self.checker.as_ref().map(|c| c.unmatched().clone()).unwrap_or_default();
        Ok(outcome)
    }

    /// The batches made since the last call.
    pub fn take_batches(&mut self) -> Vec<ImportBatch> {
        core::mem::take(&mut self.ready)
    }

    /// The header, the first rows and the mapping; none before the header is read.
    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        Progress {
            rows: self.outcome.rows,
            bad_rows: self.outcome.bad_rows,
            bytes: self.reader.bytes(),
            preview_ready: self.preview.as_ref().is_some_and(|p| p.rows.len() >= PREVIEW_ROWS),
            batches: self.ready.len() as u32,
        }
    }

    fn records(&mut self, records: Vec<Record>) -> Result<(), Refusal> {
        for record in records {
            let blank = record.cells.iter().all(|c| c.trim().is_empty());
            if self.skipped < self.config.skip_rows {
                self.skipped += 1;
            } else if !blank {
                self.record(record)?;
            }
        }
        Ok(())
    }

    fn record(&mut self, record: Record) -> Result<(), Refusal> {
        if self.preview.is_none() {
            self.open(&record)?;
            if !self.config.headless {
                return Ok(());
            }
        }
        self.outcome.rows += 1;
        if let Some(preview) = self.preview.as_mut().filter(|p| p.rows.len() < PREVIEW_ROWS) {
            preview.rows.push(record.clone());
            if preview.rows.len() == PREVIEW_ROWS {
                self.refine();
            }
        }
        let Some(checker) = &mut self.checker else { return Ok(()) };
        match checker.row(&record) {
            Ok((shard, row)) => self.take_row(shard, record.line, row),
            Err(problems) => {
                self.outcome.bad_rows += 1;
                if self.outcome.bad.len() < BAD_ROWS {
                    self.outcome.bad.push(BadRow { line: record.line, cells: record.cells, problems });
                }
            }
        }
        Ok(())
    }

    /// Takes the header, and with it the mapping.
    fn open(&mut self, first: &Record) -> Result<(), Refusal> {
        let name = |(at, cell): (usize, &String)| {
            if self.config.headless { column_letters(at) } else { super::fold::clean(cell).into_owned() }
        };
        let mut header: Vec<String> = first.cells.iter().enumerate().map(name).collect();
        // Separators at the end of the header are columns that no row has to have.
        while header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        let mapping = match &self.config.mapping {
            Some(mapping) => mapping.clone(),
            None => Mapping::guess(self.config.target, &header),
        };
        let missing = self.config.target.missing(&mapping);
        if self.config.mode != Mode::Preview {
            if !missing.is_empty() {
                return Err(Refusal::Unmapped { fields: missing });
            }
            let stations = StationIndex::new(core::mem::take(&mut self.config.stations));
            let ImportConfig { programme, target, .. } = &self.config;
            self.checker = Some(Checker::new(programme, stations, *target, &mapping, header.len()));
        }
        self.preview = Some(Preview {
            encoding: "UTF-8".to_owned(),
            bom: self.reader.bom(),
            separator: self.reader.separator().unwrap_or(Separator::Comma),
            header,
            rows: Vec::new(),
            mapping,
            missing,
        });
        Ok(())
    }

    /// Tries a guessed mapping on the rows of the preview.
    fn refine(&mut self) {
        let guessed = self.config.mode == Mode::Preview && self.config.mapping.is_none();
        if let Some(preview) = self.preview.as_mut().filter(|_| guessed) {
            let units = UnitIndex::new(&self.config.programme);
            preview.mapping = super::guess::refine(&preview.mapping, &preview.rows, &units);
            preview.missing = self.config.target.missing(&preview.mapping);
        }
    }

    fn take_row(&mut self, shard: ShardId, line: u32, row: ImportRow) {
        self.outcome.taken += 1;
        *self.outcome.rows_by_shard.entry(shard.clone()).or_default() += 1;
        if self.config.mode != Mode::Import {
            return;
        }
        let waiting = self.waiting.entry(shard.clone()).or_default();
        waiting.push((line, row));
        self.waiting_rows += 1;
        if waiting.len() >= BATCH_ROWS {
            self.ship(&shard);
        } else if self.waiting_rows > WAITING_ROWS {
            let largest =
                self.waiting.iter().max_by_key(|(_, rows)| rows.len()).map(|(shard, _)| shard.clone());
            if let Some(largest) = largest {
                self.ship(&largest);
            }
        }
    }

    fn ship(&mut self, shard: &ShardId) {
        let Some(rows) = self.waiting.remove(shard) else { return };
        self.waiting_rows -= rows.len();
        let next = self.parts.entry(shard.clone()).or_default();
        let (import, target, part) = (self.config.import, self.config.target, *next);
        *next += 1;
        self.outcome.batches += 1;
        self.ready.push(ImportBatch { import, target, shard: shard.clone(), part, rows });
    }
}

/// The name that spreadsheets give a column: A, B, ..., Z, AA.
fn column_letters(at: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    if at < 26 { letter(at).to_string() } else { column_letters(at / 26 - 1) + &letter(at).to_string() }
}

#[cfg(test)]
mod tests;
