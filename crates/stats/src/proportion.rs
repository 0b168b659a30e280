//! An interval for a proportion: how often something happens.

use statrs::function::erf::erf_inv;
use std::f64::consts::SQRT_2;

/// Wilson's score interval (1927) for `successes` of `n` at `level` (for instance .95), as (low, high).
///
/// For a number of trials fixed before; (0, 1) when `n` is 0. `successes` must not exceed `n`.
pub fn wilson(successes: u64, n: u64, level: f64) -> (f64, f64) {
    debug_assert!(successes <= n, "{successes} successes of {n}");
    if n == 0 {
        return (0.0, 1.0);
    }
    let z = SQRT_2 * erf_inv(level);
    let (share, n) = (successes as f64 / n as f64, n as f64);
    let scale = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / scale;
    let reach = z / scale * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    ((centre - reach).max(0.0), (centre + reach).min(1.0))
}
