//! `compare` and `check`, the real program end to end, on programs that are
//! shell scripts: no compiler is needed, so every way of going wrong can be had.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod answers;
mod checks;
#[path = "../ran/mod.rs"]
mod ran;
mod results;
mod scene;
mod serving;
mod sources;
mod stops;
mod traps;

pub(crate) use ran::Ran;
pub(crate) use scene::Scene;
