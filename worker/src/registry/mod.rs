//! What the registry object is made of.

pub mod internal;
pub mod invite;
pub mod manage;
pub mod programme;
pub mod recovery;
pub mod store;
