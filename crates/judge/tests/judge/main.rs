//! From facts to verdicts, with facts made by hand.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod coverage;
mod facts;
mod family;
mod findings;
mod given;
mod margins;
mod mirror;
mod missing;
mod self_check;
mod wording;
