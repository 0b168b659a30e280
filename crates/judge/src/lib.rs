//! Evidence to verdicts: pure and total.
//!
//! Takes a [`model::Comparison`], the facts of one run and the day on which
//! ages are judged; gives a [`Judgement`]. Estimates are made by `stats`;
//! nothing is stored, printed or measured here.

mod judgement;

pub use judgement::{Coverage, Evidence, Finding, JudgedClaim, Judgement, SelfCheck, Subject};
