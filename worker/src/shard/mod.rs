//! What a shard object is made of.

pub mod crossing;
pub mod exchange;
pub mod log;
pub mod reads;
pub mod recovery;
