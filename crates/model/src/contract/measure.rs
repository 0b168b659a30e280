//! What is measured.

use crate::{Margin, Metric, MetricName, Scale};

/// One metric with the margin that is fixed before the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Which.
    pub metric: Metric,
    /// From where on a difference matters.
    pub margin: Margin,
    /// Whether it decides when measuring ends; at most three are.
    pub primary: bool,
}

impl Measure {
    /// The metric with the margin of a comparison that names none.
    pub fn of(metric: Metric) -> Self {
        Self { metric, margin: metric.comparison_margin(), primary: false }
    }
}

/// A number that the programs tell.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnMetric {
    /// Its name.
    pub name: MetricName,
    /// Where it is told.
    pub stream: Stream,
    /// How it is found there.
    pub pick: Pick,
    /// What it counts, for people.
    pub unit: String,
    /// Which end is the better one.
    pub better: Better,
    /// How two of them are compared.
    pub scale: Scale,
}

/// How a number is found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// A path of members and indices: `stats.latency.p99`, `runs[0].seconds`.
    Json(String),
    /// A regular expression whose first group is the number.
    Pattern(String),
}

named! {
    /// One of a program's outputs.
    pub enum Stream ("stream") {
        /// Standard output.
        Stdout = "stdout",
        /// Standard error.
        Stderr = "stderr",
    }
}

named! {
    /// Which end of a metric is the better one.
    pub enum Better ("direction") {
        /// The lower.
        Less = "less",
        /// The higher.
        More = "more",
    }
}
