//! The real program, end to end, on a pack whose two languages are shell
//! scripts: no compiler is needed, so every way of going wrong can be had.
//!
//! Each test has a [`Scene`] of its own: home, caches, store, toolchains, pack.
//! Where a test is about the real toolchains it says so.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod attempts;
mod exits;
mod kills;
mod mirror;
mod outputs;
mod real;
mod scene;
mod screens;
mod shown;
mod subjects;
mod third;
mod toolchains;

pub(crate) use scene::{Ran, Scene};
