//! The store as its users meet it: real files, real processes.

#![expect(clippy::unwrap_used, reason = "what the tests share fails as they do")]

mod crash;
mod documented;
mod files;
mod keeping;
mod round_trip;
mod sample;
mod sharing;
