//! Cascade's pure core: the rules of training an election's staff, used unchanged by the tablet and the server.
//!
//! Nothing here reads a clock, draws a random number, logs or touches a network or disk: time and new ids come in
//! as arguments, results go out as values.
//!
//! Reading order: [`id`] and [`time`], [`programme`] (a programme as data), [`event`] (facts and decisions),
//! [`state`] (registers), [`command`] (what the one writer of a shard decides), [`sync`] (how records travel), [`wire`] (how a device reads them),
//! [`grant`] (who may), then what is derived: [`tally`], [`report`],
//! [`audit`] (the log as people read it). [`erase`] removes what should never have been sent. [`roster`] reads offices' tables,
//! [`plan`] turns people into sessions.

pub mod api;
pub mod audit;
pub mod code;
pub mod command;
pub mod erase;
pub mod event;
pub mod grant;
pub mod id;
pub mod mutants;
pub mod plan;
pub mod programme;
pub mod recovery;
pub mod report;
pub mod roster;
pub mod state;
pub mod sync;
pub mod tally;
pub mod time;
pub mod wire;

#[cfg(any(test, feature = "testing"))]
pub mod testing;
