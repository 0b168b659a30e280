//! `evenhand decide` and `check` of its records, as a user types them.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod asking;
mod evidence;
mod records;
mod scene;
mod screens;
