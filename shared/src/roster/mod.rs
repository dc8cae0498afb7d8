//! Reading offices' tables: bytes to rows, rows to what they mean, and what is wrong with them.
//!
//! One reader, four targets (stations, rooms, trainers, people). The way of a file:
//! [`read`] (bytes to records, or a [`Refusal`]) → [`mapping`] (columns to the fields of a [`target`]) →
//! [`check`] (a record to an [`ImportRow`], or to [`RowProblem`]s) → [`import`] (batches per shard, preview,
//! outcome). In the shard that receives a batch, [`matching`] tells what is new, changed or the same.
//!
//! A file is refused as a whole only where its rows cannot be told; one bad row costs that row alone.
//! Out of scope: spreadsheets (XLSX) and legacy encodings, which are refused by name.

mod cells;
pub mod check;
pub mod encoding;
pub mod fold;
mod guess;
pub mod import;
pub mod mapping;
pub mod matching;
mod merge;
pub mod places;
pub mod problem;
pub mod read;
pub mod refusal;
pub mod rows;
#[cfg(test)]
mod sample;
mod seats;
pub mod separator;
pub mod target;
mod tokens;
mod words;

pub use import::{ImportBatch, ImportConfig, Importer, Outcome, Preview, Progress};
pub use mapping::Mapping;
pub use places::{StationIndex, UnitIndex};
pub use problem::{Reason, RowProblem, problems_csv};
pub use read::{Options, Reader, Record};
pub use refusal::Refusal;
pub use rows::{ImportRow, PersonRow, Point, RoomRow, StationRow, TrainerRow};
pub use separator::Separator;
pub use target::{Field, Target};
