//! How records travel: events up, rows down, one round trip; inputs in, instructions out, no IO.

mod answer;
pub mod chain;
pub mod client;
mod effect;
mod erasing;
pub mod follow;
mod held;
mod message;
pub mod offer;
pub mod parcel;
#[cfg(feature = "signatures")]
pub mod parcel_key;
pub mod receipt;
#[cfg(feature = "signatures")]
pub mod seal;
pub mod server;
mod stamp;
mod verdict;
pub mod verify;
pub mod view;

pub use message::{
    Ended, Head, Hold, MAX_BODY_BYTES, MAX_DEPOSIT_BYTES, MAX_DEPOSIT_EVENTS, MAX_EVENTS, MAX_PAGE_ROWS,
    MAX_PAYLOAD_BYTES, MAX_RECORD_BYTES, PROTOCOL, Page, Receipt, Refusal, Rejection, Reply, Request,
    RequestError, Verdict, Want, decode_request,
};

#[cfg(test)]
mod crossing_laws;
#[cfg(test)]
mod laws;
