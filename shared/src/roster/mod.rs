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
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub lat_e6: i32,
    pub lon_e6: i32,
}
#[allow(missing_docs)]
impl Point {
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e6) / 1e6
    }
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e6) / 1e6
    }
}
