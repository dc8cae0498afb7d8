//! What a shard object is made of.

pub mod log;
pub mod reads;
