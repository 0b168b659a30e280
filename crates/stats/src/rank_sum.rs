//! The Mann–Whitney statistic U, the number of pairs (a, b) with b above a, if both samples come from one
//! distribution (Mann and Whitney, Annals of Mathematical Statistics 18, 1947): how many of all differences
//! b − a may be left out at each end of an interval.
//!
//! The number of arrangements with U = u is the coefficient of q^u in the Gaussian binomial coefficient of
//! m + n over m, the product of (1 − q^(n+i))/(1 − q^i) over i = 1..m. Integers are exact while they fit
//! (up to 61 values on each side, or a few against thousands); beyond, the normal approximation with
//! continuity correction.

use statrs::function::erf::{erf, erf_inv};
use std::f64::consts::SQRT_2;

use crate::ALPHA;
use crate::fixed::Rank;

/// Most pairs whose arrangements are counted one by one.
const MOST_COUNTED: usize = 100_000;

/// The largest c with 1 − 2·P(U ≤ c) at least .95; `None` if there is none.
///
/// Without a correction for ties: with ties broken at random U has this very distribution, and a closed
/// interval only gains by them.
pub(crate) fn rank(n_a: usize, n_b: usize) -> Option<Rank> {
    let (few, many) = (n_a.min(n_b), n_a.max(n_b));
    match arrangements(few, many) {
        Some(all) if few.saturating_mul(many) <= MOST_COUNTED => counted(few, many, all),
        _ => approximate(few as f64, many as f64),
    }
}

/// How many ways there are to arrange `few` and `many` values, if the number fits.
fn arrangements(few: usize, many: usize) -> Option<i128> {
    (1..=few as i128).try_fold(1_i128, |all, i| Some(all.checked_mul(many as i128 + i)? / i))
}

fn counted(few: usize, many: usize, all: i128) -> Option<Rank> {
    let mut at_most = 0;
    let mut rank = None;
    for (c, count) in with_statistic(few, many).into_iter().enumerate() {
        at_most += count;
        let level = 1.0 - 2.0 * (at_most as f64 / all as f64);
        if level < 1.0 - ALPHA {
            break;
        }
        rank = Some(Rank { c, level });
    }
    rank
}

/// The numbers of arrangements with U = 0, 1, … up to the middle.
fn with_statistic(few: usize, many: usize) -> Vec<i128> {
    let mut counts = vec![0; few * many / 2 + 1];
    counts[0] = 1;
    for i in 1..=few {
        for u in (many + i..counts.len()).rev() {
            counts[u] -= counts[u - many - i];
        }
        for u in i..counts.len() {
            counts[u] += counts[u - i];
        }
    }
    counts
}

fn approximate(few: f64, many: f64) -> Option<Rank> {
    let middle = few * many / 2.0;
    let deviation = (few * many * (few + many + 1.0) / 12.0).sqrt();
    let c = (middle - 0.5 - SQRT_2 * erf_inv(1.0 - ALPHA) * deviation).floor();
    let level = erf((middle - 0.5 - c) / deviation / SQRT_2);
    (c >= 0.0).then_some(Rank { c: c as usize, level })
}

#[cfg(test)]
mod tests;
