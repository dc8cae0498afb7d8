//! The third shell: a server, browsers and networks to test against.
//!
//! Nothing here knows the insides of the worker: everything goes through HTTP, as from any device.

pub mod api;
pub mod black_box;
pub mod browser;
pub mod demo;
pub mod device;
pub mod fuzz;
pub mod journey;
pub mod openapi;
pub mod plan_check;
pub mod proxy;
pub mod roster;
pub mod server;
pub mod shots;
mod watch;
pub mod world;
