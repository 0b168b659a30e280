//! The binomial distribution: how many false alarms among K comparisons are still chance?

use statrs::function::gamma::ln_gamma;

/// P(X ≤ k) for X the number of successes in `n` trials of chance `p`.
pub fn cumulative(k: u64, n: u64, p: f64) -> f64 {
    (0..=k.min(n)).map(|i| mass(i, n, p)).sum::<f64>().min(1.0)
}

/// The smallest k with P(X ≤ k) ≥ `level`: the most successes still within it.
///
/// `quantile(0.999, 40, 0.05)` is 7: at most seven of forty comparisons of a side with itself may differ.
pub fn quantile(level: f64, n: u64, p: f64) -> u64 {
    let mut cumulative = 0.0;
    for k in 0..n {
        cumulative += mass(k, n, p);
        if cumulative >= level {
            return k;
        }
    }
    n
}

fn mass(k: u64, n: u64, p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        let certain = if p <= 0.0 { 0 } else { n };
        return if k == certain { 1.0 } else { 0.0 };
    }
    let (k, n) = (k as f64, n as f64);
    let ln_choose = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0);
    (ln_choose + k * p.ln() + (n - k) * (-p).ln_1p()).exp()
}
