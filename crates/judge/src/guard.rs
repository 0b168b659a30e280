//! What has to hold: a contract's guards against what was seen.
//!
//! A guard fails only if all that is likely lies beyond its limit *and* its
//! margin, and then only if a second, fresh set of observations says so too
//! ([`confirm`]). What cannot be judged here says why.

use std::collections::BTreeMap;

use model::{CaseId, Metric, SideName, Unit};
use schemars::JsonSchema;
use serde::Serialize;

/// What came of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuardVerdict {
    /// Not beyond its limit and margin.
    Holds,
    /// Beyond both.
    Fails,
    /// Too few pairs to tell.
    Inconclusive,
    /// No evidence that could be used, for the reason given.
    NotJudged,
}

/// A ratio that was recorded when the contract was written, on the kind of
/// machine that is judged on.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedRatio {
    /// Of which guard.
    pub guard: String,
    /// Median of side / against.
    pub ratio: f64,
    /// Lower end of its interval; `None`: unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
}

/// A guard with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GuardJudged {
    /// Its name.
    pub guard: String,
    /// Of which metric.
    pub metric: Metric,
    /// In which case; `None`: all measured ones together, or not of runs.
    pub case: Option<CaseId>,
    /// Unit of every absolute value here.
    pub unit: Unit,
    /// Whose value is bound.
    pub side: SideName,
    /// The other side, where the limit is a ratio.
    pub against: Option<SideName>,
    /// What came of it.
    pub verdict: GuardVerdict,
    /// What was seen: a ratio to `against`, or without it the side's value in `unit`.
    pub seen: Option<f64>,
    /// Lower end of its interval; `None` is unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// The limit, likewise; `None`: none is recorded.
    pub limit: Option<f64>,
    /// How far beyond it may lie, as a factor.
    pub margin: f64,
    /// And in `unit`.
    pub floor: f64,
    /// Pairs, or values, that count.
    pub pairs: u32,
    /// Medians a side.
    pub values: BTreeMap<SideName, f64>,
    /// Why, in words.
    pub why: String,
    /// What to know beside a guard that does not fail: it did once.
    pub notice: Option<String>,
}
