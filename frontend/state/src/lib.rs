//! The page without the page: what it knows ([`Model`]), what happens to it ([`Msg`]), what it does about it
//! ([`update()`]), what it asks the browser for ([`Effect`]), and what screens read ([`select`]).
//!
//! Nothing here knows yew, the DOM or a clock: each message comes with [`At`], the time and the random bits of its
//! arrival, so that every path can be tested natively. Headquarters' part is [`hq`].

pub mod effect;
#[cfg(feature = "office")]
pub mod hq;
#[cfg(not(feature = "office"))]
#[path = "hq_absent.rs"]
pub mod hq;
pub mod keep;
pub mod model;
pub mod msg;
#[cfg(feature = "office")]
pub mod parcels;
pub mod route;
pub mod select;
mod toast;
pub mod update;

pub use effect::{Answer, Effect, Failure, HttpCall, Method, TokenFor};
pub use model::{Boot, Model, Open};
pub use msg::{At, Msg};
pub use route::{HqPage, Location, Route};
pub use update::update;
