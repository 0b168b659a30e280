//! `load`, the real program end to end, against real servers: the generator's
//! own responder, and listeners of these tests that answer wrongly.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod documented;
mod faults;
mod figures;
#[path = "../ran/mod.rs"]
mod ran;
mod scene;
mod usage;

pub(crate) use scene::{Scene, Server};
