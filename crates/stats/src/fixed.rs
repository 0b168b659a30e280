//! Judgement for subjects that run for minutes: a number of pairs declared before the run, looked at once.
//!
//! The interval [d(c+1), d(n−c)] covers the median with probability 1 − 2·P(Bin(n, ½) ≤ c) at least,
//! whatever the distribution (David and Nagaraja, *Order Statistics*, 2003, section 7.1). Before all pairs
//! are in there is nothing to see, and there are no e-values.

use crate::ALPHA;
use crate::binomial;
use crate::estimate::{Estimate, Method, Relation, Warning, described};
use crate::margin::Margin;
use crate::pair::{Pair, Sample, Scale};
use crate::paired::{add_mean, relation_of};
use crate::percentile::median;
use crate::projection::Projection;
use crate::sequence::{Ends, Interval};

/// Fewest pairs whose extremes reach the level .95.
pub const FEWEST: usize = 6;

/// Which order statistics are the ends for `n` pairs, and at which exact level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// Values left out at each end: the interval is [d(c+1), d(n−c)].
    pub c: usize,
    /// Exact level for a distribution without ties; more with ties.
    pub level: f64,
}

/// The largest c whose level is still at least .95; `None` below [`FEWEST`] pairs.
pub fn rank(n: usize) -> Option<Rank> {
    let level = |c| 1.0 - 2.0 * binomial::cumulative(c, n as u64, 0.5);
    let c = (0..n.div_ceil(2)).take_while(|&c| level(c as u64) >= 1.0 - ALPHA).last()?;
    Some(Rank { c, level: level(c as u64) })
}

/// The exact interval of the median of the first `n` of `ds`, and its level.
///
/// `None` before `n` values are in, or with `n` below [`FEWEST`]. No value may be NaN.
pub fn interval(ds: &[f64], n: usize) -> Option<(Interval, f64)> {
    let (ends, level) = ends(ds, n)?;
    Some((Interval::from_ends(ends), level))
}

fn ends(ds: &[f64], n: usize) -> Option<(Ends, f64)> {
    let rank = rank(n)?;
    let mut sorted = ds.get(..n)?.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some((Ends { low: sorted[rank.c], high: sorted[n - 1 - rank.c] }, rank.level))
}

/// Judges the first `n` pairs that count against `margin`; the rules are those of [`crate::judge_pairs`].
///
/// A void pair is repeated, not counted. Until `n` pairs are in the relation is inconclusive with `n` as
/// projection; below [`FEWEST`] it will not resolve. Two scales share one level, as the signs of both agree.
pub fn judge_pairs(pairs: &[Pair], n: usize, margin: Margin, scale: Scale) -> Estimate {
    judge_pairs_against(pairs, n, 1.0, margin, scale)
}

/// Judges B against `bound` times A, as [`crate::judge_pairs_against`] does.
pub fn judge_pairs_against(
    pairs: &[Pair],
    n: usize,
    bound: f64,
    margin: Margin,
    scale: Scale,
) -> Estimate {
    let mut sample = Sample::of(pairs, bound, scale);
    let ignored = sample.differences.len().saturating_sub(n);
    sample.truncate(n);
    let level = rank(n).map_or(0.0, |rank| rank.level);
    let mut estimate = described(&sample, Method::Declared { pairs: n }, level);
    if ignored > 0 {
        estimate.warnings.push(Warning::MoreThanDeclared { ignored });
    }
    let Some((main, _)) = ends(sample.ds(), n) else {
        let projected = if n < FEWEST { Projection::WillNotResolve } else { Projection::Pairs(n) };
        estimate.relation = Relation::Inconclusive { projected };
        return estimate;
    };
    let difference = ends(&sample.differences, n).map_or(Ends::UNBOUNDED, |(ends, _)| ends);
    estimate.interval = Interval::from_ends(main).map(|d| sample.shown(d));
    estimate.difference_interval = Interval::from_ends(difference);
    let medians = (median(&sample.log_ratios), median(&sample.differences));
    estimate.relation = relation_of(medians, (main, difference), margin, scale, n);
    add_mean(&mut estimate, &sample, main);
    estimate
}
