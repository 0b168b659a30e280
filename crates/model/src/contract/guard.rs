//! What has to hold, whenever it is checked.

use crate::{CaseId, Margin, Metric, SideName};

/// A bound on one metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Guard {
    /// Names it; unique.
    pub name: String,
    /// Of which metric.
    pub metric: Metric,
    /// Of which measured case; `None`: of all together.
    pub case: Option<CaseId>,
    /// Whose value is bound.
    pub side: SideName,
    /// By what.
    pub limit: GuardLimit,
    /// How far beyond it may lie.
    pub margin: Margin,
    /// How old evidence may be that is used again.
    pub max_age_days: u32,
}

/// What a value is held against.
#[derive(Debug, Clone, PartialEq)]
pub enum GuardLimit {
    /// At most so many times the value of another side.
    Of {
        /// The other side.
        against: SideName,
        /// How many times.
        at_most: f64,
    },
    /// At most this, in the metric's unit.
    Value(f64),
    /// The ratio to another side that was recorded when the contract was
    /// written, on the same kind of machine.
    Recorded {
        /// The other side.
        against: SideName,
    },
}
