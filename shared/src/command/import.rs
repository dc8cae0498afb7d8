//! Provisional.
use super::Asked;
use crate::event::ImportPart;
use crate::programme::Programme;
use crate::state::{Cell, ShardState};
use crate::sync::Rejection;
pub fn decide(_: &ShardState, _: &Programme, _: &ImportPart, _: &Asked<'_>) -> Result<Vec<Cell>, Rejection> {
    Ok(vec![])
}
