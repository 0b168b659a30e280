//! The sign e-process: how surprising are k signs of one kind among n, if the coin is fair?
//!
//! E_n(k) = 2^n · B(k+½, n−k+½) / B(½, ½) is the likelihood of the signs under a Jeffreys (Beta(½, ½))
//! mixture of coins over their likelihood under the fair coin. Under the fair coin it is a martingale
//! that starts at 1, so by Ville's inequality it ever reaches 1/α with probability at most α, however
//! often one looks (Robbins 1970; Ramdas et al., "Game-theoretic statistics and safe anytime-valid
//! inference", 2023).

use statrs::function::gamma::ln_gamma;
use std::f64::consts::{LN_2, PI};

/// Natural logarithm of E_n(k), the e-value of `k` of `n` signs against the fair coin, both directions.
///
/// Symmetric: `ln_e(n, k) == ln_e(n, n - k)`. `ln_e(0, 0)` is 0. `k` must not exceed `n`.
pub fn ln_e(n: usize, k: usize) -> f64 {
    debug_assert!(k <= n, "{k} signs of {n}");
    if n == 0 {
        return 0.0;
    }
    let (hits, misses) = (k as f64 + 0.5, n.saturating_sub(k) as f64 + 0.5);
    let ln_beta = ln_gamma(hits) + ln_gamma(misses) - ln_gamma(n as f64 + 1.0);
    n as f64 * LN_2 + ln_beta - PI.ln()
}

/// [`ln_e`] in one direction: nothing (−∞) unless more than half of the `n` signs are of this kind.
///
/// An e-value also when the probability of this sign is *below* ½, at any stopping time: E_n grows with
/// k above n/2, and the signs can be coupled with a fair coin that shows this side whenever they do.
pub fn ln_e_one_sided(n: usize, k: usize) -> f64 {
    if 2 * k > n { ln_e(n, k) } else { f64::NEG_INFINITY }
}

/// The smallest number of equal signs among `n` that rejects the fair coin at error level `alpha`.
///
/// `None` when even `n` of `n` would not (fewer than 7 pairs at .05).
pub fn kmin(n: usize, alpha: f64) -> Option<usize> {
    let threshold = -alpha.ln();
    if ln_e(n, n) < threshold {
        return None;
    }
    let (mut rejected, mut kept) = (n, n / 2);
    while rejected - kept > 1 {
        let middle = kept + (rejected - kept) / 2;
        if ln_e(n, middle) >= threshold {
            rejected = middle;
        } else {
            kept = middle;
        }
    }
    Some(rejected)
}

/// `kmin(n, alpha)` from `kmin(n - 1, alpha)`, which it exceeds by at most one.
///
/// E_n(k) = E_{n−1}(k−1)·2(k−½)/n ≥ E_{n−1}(k−1) above the middle, and E_n(k) < E_{n−1}(k).
pub(crate) fn next_kmin(previous: Option<usize>, n: usize, alpha: f64) -> Option<usize> {
    match previous {
        None => kmin(n, alpha),
        Some(k) if 2 * k > n && ln_e(n, k) >= -alpha.ln() => Some(k),
        Some(k) => Some(k + 1),
    }
}

#[cfg(test)]
mod tests;
