//! From facts to verdicts, with facts made by hand.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

mod attempts;
mod counts;
mod coverage;
mod defects;
mod facts;
mod family;
mod findings;
mod given;
mod lints;
mod margins;
mod mirror;
mod missing;
mod releases;
mod self_check;
mod serving;
mod slopes;
mod tried;
mod wording;
