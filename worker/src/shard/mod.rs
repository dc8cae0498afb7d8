//! What a shard object is made of.

pub mod crossing;
pub mod erasing;
pub mod exchange;
pub mod log;
pub mod page;
pub mod reads;
pub mod recovery;
