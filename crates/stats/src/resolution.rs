//! What a machine can tell apart in a given budget, from a pilot of one side against itself.

use crate::percentile::percentile;
use crate::projection::RESERVE;
use crate::{ALPHA, sign};

const FEWEST_PILOT_PAIRS: usize = 5;

/// The smallest ratio that `pairs_in_budget` pairs are likely to tell from 1, at error level [`ALPHA`].
///
/// `self_ds` are the differences ln(A′/A) of a pilot: one side against itself, in the same blocks as the
/// other. `None` with fewer than 5 of them, fewer than 7 pairs in the budget, or time-outs among
/// those that matter. 1.0 means finer than the meter's own steps.
///
/// Derivation: at n pairs the interval is [d(c+1), d(n−c)], c = n − kmin(n). The order statistic d(c+1) lies
/// on average at the quantile (c+1)/(n+1) of the differences, d(n−c) at the mirrored one. Differences of a side
/// with itself in random order are symmetric about 0, so the half width h is the quantile u = 1 − 2(c+1)/(n+1)
/// of |d|. For u ≥ ½ that quantile is taken from the pilot. A small u would rest on the few smallest values
/// of a short pilot; there h = 2u · median|d|, which is never too small for a distribution with one peak,
/// whose quantile function of |d| is convex. The factor √1.1 is the reserve of the projection. A true
/// ratio of exactly this size is found about every second time; four times the pairs halve its distance from 1.
pub fn resolution(self_ds: &[f64], pairs_in_budget: usize) -> Option<f64> {
    let n = pairs_in_budget;
    let kmin = sign::kmin(n, ALPHA)?;
    if self_ds.len() < FEWEST_PILOT_PAIRS {
        return None;
    }
    let sizes: Vec<f64> = self_ds.iter().map(|d| d.abs()).collect();
    let u = 1.0 - 2.0 * (n - kmin + 1) as f64 / (n + 1) as f64;
    let half_width =
        if u >= 0.5 { percentile(&sizes, u)? } else { 2.0 * u * percentile(&sizes, 0.5)? };
    let factor = (half_width * RESERVE.sqrt()).exp();
    factor.is_finite().then_some(factor)
}
