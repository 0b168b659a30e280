//! One step of a search, and whether a server passed it.

use std::time::Duration;

use crate::report::{Bound, Report};

/// Requests that have to be sent of those meant.
const LEAST_ACHIEVED: f64 = 0.98;
/// Requests that may fail.
const MOST_ERRORS: f64 = 0.001;
/// The generator's lag against the bound.
const MOST_LAG: f64 = 0.25;
/// Processors that others may use before a step counts as disturbed.
const MOST_INTERFERENCE: f64 = 0.25;

/// What to drive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Requests a second.
    pub rate: f64,
    /// The measured time; the warm-up is the caller's.
    pub seconds: Duration,
    /// Whether it confirms an end of the interval.
    pub confirms: bool,
}

/// Whether a step was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepResult {
    /// Within the bound.
    Pass,
    /// Not, and why.
    Fail(Reason),
}

/// Why a step was not passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The response time is over the bound.
    Slow,
    /// 0.1 % or more of the requests failed, or none was answered.
    Errors,
    /// Less than 98 % could be sent, or 0.1 % or more never was.
    NotSent,
    /// The generator's own lag reaches a quarter of the bound, or something else speaks against its
    /// report: nothing is known of the server.
    Generator,
}

/// Whether a report shows a server within a bound.
///
/// What a server fails is looked at first: a generator that lags behind a server that fails all the
/// more does not excuse it.
#[must_use]
pub fn judge(bound: Bound, report: &Report) -> StepResult {
    reason_to_fail(bound, report).map_or(StepResult::Pass, StepResult::Fail)
}

fn reason_to_fail(bound: Bound, report: &Report) -> Option<Reason> {
    let (counts, errors, lag) = (report.counts, report.errors, report.lag.p99_ms);
    if counts.intended == 0 {
        return Some(Reason::Generator);
    }
    let share = |errors: u64| errors as f64 / counts.intended as f64;
    if counts.right == 0 || share(errors.total() - errors.unsent) >= MOST_ERRORS {
        return Some(Reason::Errors);
    }
    let Some(response) = quantile_ms(report, bound.quantile) else {
        return Some(Reason::Generator);
    };
    if response - lag >= bound.milliseconds {
        return Some(Reason::Slow);
    }
    if lag >= bound.milliseconds * MOST_LAG || !report.counts_are_valid() {
        return Some(Reason::Generator);
    }
    if share(errors.unsent) >= MOST_ERRORS
        || report.achieved_rate < report.asked_rate * LEAST_ACHIEVED
    {
        return Some(Reason::NotSent);
    }
    (response >= bound.milliseconds).then_some(Reason::Slow)
}

/// Whether others used the machine so much that a fail says little.
pub(super) fn is_disturbed(report: &Report) -> bool {
    let interference = report.interference;
    interference.other_processors + interference.steal > MOST_INTERFERENCE
}

/// A quantile that the report names, or else from its histogram; `None` if that cannot be read.
fn quantile_ms(report: &Report, quantile: f64) -> Option<f64> {
    let named = report.response;
    let names = [
        (0.5, named.p50_ms),
        (0.9, named.p90_ms),
        (0.95, named.p95_ms),
        (0.99, named.p99_ms),
        (0.999, named.p999_ms),
    ];
    let found = names.into_iter().find(|(name, _)| (name - quantile).abs() < 1e-9);
    found.map(|(_, milliseconds)| milliseconds).or_else(|| {
        let histogram = crate::log::histogram(&report.response_histogram).ok()?;
        Some(histogram.value_at_quantile(quantile) as f64 / 1000.0)
    })
}
