//! Reading offices' tables: bytes to rows, rows to what they mean, and what is wrong with them.
use serde::{Deserialize, Serialize};
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    Stations,
    Rooms,
    Trainers,
    People,
}
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ImportRow {
    Todo,
}
