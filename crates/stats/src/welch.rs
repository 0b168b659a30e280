//! The t-test of Welch (Biometrika 34, 1947), because others use it: to show its answer beside ours.
//!
//! No verdict is made from it. It takes values for independent and their mean for normal; where load comes
//! and goes and all of A is run before all of B, it finds a difference in most comparisons of a program
//! with itself (docs/methodology.md, the control of point 5).

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The two-sided p-value of "both means are equal".
///
/// `None` with fewer than two values on a side, without any variance, or with a value that is not finite.
pub fn welch(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = (Mean::of(a)?, Mean::of(b)?);
    let variance = a.variance + b.variance;
    let t = (b.mean - a.mean) / variance.sqrt();
    let freedom =
        variance.powi(2) / (a.variance.powi(2) / a.freedom + b.variance.powi(2) / b.freedom);
    let student = StudentsT::new(0.0, 1.0, freedom).ok()?;
    t.is_finite().then(|| (2.0 * student.cdf(-t.abs())).min(1.0))
}

/// A mean, the variance of that mean, and its degrees of freedom.
struct Mean {
    mean: f64,
    variance: f64,
    freedom: f64,
}

impl Mean {
    fn of(values: &[f64]) -> Option<Mean> {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let enough = values.len() >= 2;
        enough.then(|| Mean { mean, variance: squares / (n - 1.0) / n, freedom: n - 1.0 })
    }
}
