//! Headquarters' part of the state.

use crate::effect::Effect;
use crate::model::Model;
use crate::msg::At;

/// What headquarters' screens know.
#[derive(Debug, Default)]
pub struct HqModel {}

/// What happens on headquarters' screens.
#[derive(Debug)]
pub enum Msg {}

/// Takes a message in.
pub fn update(_model: &mut Model, msg: Msg, _at: At) -> Vec<Effect> {
    match msg {}
}

/// The reader came to the screen of headquarters that [`Model::location`] names, or its account was opened there.
pub fn entered(_model: &mut Model, _at: At) -> Vec<Effect> {
    vec![]
}
