//! Quantities without noise (a file's size, a count of dependencies), compared as they are.

use crate::estimate::{Estimate, Method, Relation, described};
use crate::margin::Margin;
use crate::pair::{Outcome, Pair, Sample, Scale};
use crate::projection::Projection;
use crate::sequence::Interval;

/// Compares `b` with `a` against `margin`: beyond if past the factor *and* past the floor, else inside.
///
/// Always above, below or inside, for there is nothing left to learn; without a margin inside means equal.
/// Under [`Scale::Difference`] only the floor applies. A value that is no quantity (NaN, infinite, negative
/// under a ratio) leaves the estimate without pairs, inconclusive, with a warning.
pub fn compare(a: f64, b: f64, margin: Margin, scale: Scale) -> Estimate {
    compare_against(a, b, 1.0, margin, scale)
}

/// Compares `b` with `bound` times `a`; otherwise as [`compare`], to which it is equal at a bound of 1.
/// What is shown, and which bounds can be used, is told at [`crate::judge_pairs_against`].
pub fn compare_against(a: f64, b: f64, bound: f64, margin: Margin, scale: Scale) -> Estimate {
    let pair = Pair { a: Outcome::Value(a), b: Outcome::Value(b) };
    let sample = Sample::of(&[pair], bound, scale);
    let mut estimate = described(&sample, Method::Exact, 1.0);
    let (Some(&main), Some(&difference)) = (sample.ds().first(), sample.differences.first()) else {
        estimate.relation = Relation::Inconclusive { projected: Projection::WillNotResolve };
        return estimate;
    };
    let edge = match scale {
        Scale::Ratio => margin.ln_factor(),
        Scale::Difference => margin.floor(),
    };
    let beyond = main.abs() > edge && difference.abs() > margin.floor();
    estimate.relation = match beyond {
        true if difference > 0.0 => Relation::Above,
        true => Relation::Below,
        false => Relation::Inside,
    };
    let point = |x: f64| Interval { low: Some(x), high: Some(x) };
    estimate.interval = point(sample.shown(main));
    estimate.difference_interval = point(difference);
    estimate
}
