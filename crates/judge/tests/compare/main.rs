//! Comparisons of two programs, from contracts and facts made by hand.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod answers;
mod effects;
mod families;
mod given;
mod guards;
mod metrics;
mod recorded;
mod remarks;
mod total;
mod traps;
