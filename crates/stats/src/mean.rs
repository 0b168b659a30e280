//! An interval for the mean, for total cost or a collector's tail, which the median does not see.
//!
//! The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform
//! central limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024),
//! arXiv 2103.06476, theorem 2.2. It may be looked at at any time, but unlike the median's interval it
//! holds only in the limit, so it is labelled, starts at 30 pairs and never gives a verdict by itself.

/// Fewest values for which the limit is trusted.
pub const FEWEST: usize = 30;

/// The number of pairs at which the interval is made narrowest (t* of the paper).
const NARROWEST_AT: f64 = 100.0;

/// A mean with its asymptotic interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanEstimate {
    /// The mean; in an [`crate::Estimate`] on a ratio scale the geometric mean of b/a.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Values it is made from.
    pub n: usize,
}

/// The interval x̄ ± s·√(2(nρ²+1)/(n²ρ²) · ln(√(nρ²+1)/α)) of the mean of `ds`, at error level `alpha`.
///
/// `None` below [`FEWEST`] values or if one is infinite: a time-out has no mean.
pub fn asymptotic(ds: &[f64], alpha: f64) -> Option<MeanEstimate> {
    if ds.len() < FEWEST || ds.iter().any(|d| !d.is_finite()) {
        return None;
    }
    let n = ds.len() as f64;
    let mean = ds.iter().sum::<f64>() / n;
    let variance = ds.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / n;
    let reach = variance.sqrt() * boundary(n, alpha);
    Some(MeanEstimate { mean, low: mean - reach, high: mean + reach, n: ds.len() })
}

fn boundary(n: f64, alpha: f64) -> f64 {
    let spent = -2.0 * alpha.ln();
    let rho2 = (spent + (spent + 1.0).ln()) / NARROWEST_AT;
    let scaled = n * rho2 + 1.0;
    (2.0 * scaled / (n * n * rho2) * (scaled.sqrt() / alpha).ln()).sqrt()
}
