//! The laboratory at work: real programs, real toolchains of shell scripts, real processes.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod against_itself;
mod alike;
mod blocks;
mod building;
mod defects;
mod drills;
mod faults;
mod memory;
mod place;
mod plan;
mod probes;
mod resuming;
mod stopping;
mod switching;
mod trying;
