//! What was seen of one pair, and how a run of pairs becomes two samples of differences.
//!
//! A time-out is the largest value there is, which the order statistics bear; voiding it would hide the
//! slow side. A crash says nothing about speed and voids the pair. Voids are counted for each side.

use crate::sign;

/// What one side showed in one trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// The metric's value in its own unit. Under [`Scale::Ratio`] zero or more; a value that no meter can
    /// mean (NaN, infinite, negative under a ratio) counts as [`Outcome::Crashed`], with a warning.
    Value(f64),
    /// Ended at its deadline: larger than any value.
    TimedOut,
    /// Ended without a value.
    Crashed,
}

/// One run of each side, in the same block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The denominator of the ratio.
    pub a: Outcome,
    /// The numerator of the ratio.
    pub b: Outcome,
}

/// How the two values of a pair are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// d = ln(b/a), held against the margin's factor, and b − a, held against its floor.
    Ratio,
    /// d = b − a, for metrics that can be zero; only the floor applies.
    Difference,
}

/// A count for each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PerSide {
    /// For side A.
    pub a: usize,
    /// For side B.
    pub b: usize,
}

/// Pairs that say nothing about the metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Voids {
    /// Crashes of each side; a pair in which both crashed counts on both.
    pub crashed: PerSide,
    /// Pairs in which both sides crashed.
    pub both_crashed: usize,
    /// Pairs in which both sides timed out: which one is slower cannot be known.
    pub both_timed_out: usize,
}

impl Voids {
    /// Number of void pairs.
    pub fn pairs(&self) -> usize {
        self.crashed.a + self.crashed.b - self.both_crashed + self.both_timed_out
    }

    /// Logarithm of the e-value against "both sides crash equally often", in both directions: the sign
    /// e-value of the pairs in which exactly one side crashed.
    pub fn ln_e(&self) -> f64 {
        let (a, b) = (self.crashed.a - self.both_crashed, self.crashed.b - self.both_crashed);
        sign::ln_e(a + b, b)
    }
}

/// The pairs that count, as differences and as absolute values (+∞ for a time-out), and what was left out.
/// Differences are those of B from `bound` times A.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) scale: Scale,
    bound: f64,
    pub(crate) log_ratios: Vec<f64>,
    pub(crate) differences: Vec<f64>,
    pub(crate) a: Vec<f64>,
    pub(crate) b: Vec<f64>,
    pub(crate) voids: Voids,
    pub(crate) timed_out: PerSide,
    pub(crate) unusable: PerSide,
}

impl Sample {
    /// A bound that is no positive number leaves no pairs.
    pub(crate) fn of(pairs: &[Pair], bound: f64, scale: Scale) -> Sample {
        let mut sample = Sample {
            scale,
            bound,
            log_ratios: Vec::new(),
            differences: Vec::new(),
            a: Vec::new(),
            b: Vec::new(),
            voids: Voids::default(),
            timed_out: PerSide::default(),
            unusable: PerSide::default(),
        };
        if bound.is_finite() && bound > 0.0 {
            pairs.iter().for_each(|pair| sample.add(*pair));
        }
        sample
    }

    /// The differences the verdict is named after.
    pub(crate) fn ds(&self) -> &[f64] {
        match self.scale {
            Scale::Ratio => &self.log_ratios,
            Scale::Difference => &self.differences,
        }
    }

    /// From a difference to what the reader sees: b/a, not b/(bound·a), or the difference itself.
    pub(crate) fn shown(&self, d: f64) -> f64 {
        match self.scale {
            Scale::Ratio => d.exp() * self.bound,
            Scale::Difference => d,
        }
    }

    /// Keeps the first `n` pairs that count.
    pub(crate) fn truncate(&mut self, n: usize) {
        for values in [&mut self.log_ratios, &mut self.differences, &mut self.a, &mut self.b] {
            values.truncate(n);
        }
    }

    fn add(&mut self, pair: Pair) {
        let a = magnitude(pair.a, self.scale, &mut self.unusable.a);
        let b = magnitude(pair.b, self.scale, &mut self.unusable.b);
        self.timed_out.a += usize::from(a == Some(f64::INFINITY));
        self.timed_out.b += usize::from(b == Some(f64::INFINITY));
        match (a, b) {
            (Some(a), Some(b)) if a == b && a.is_infinite() => self.voids.both_timed_out += 1,
            (Some(a), Some(b)) => self.count(a, b),
            (a, b) => {
                self.voids.crashed.a += usize::from(a.is_none());
                self.voids.crashed.b += usize::from(b.is_none());
                self.voids.both_crashed += usize::from(a.is_none() && b.is_none());
            }
        }
    }

    fn count(&mut self, a: f64, b: f64) {
        let held_against = a * self.bound;
        if self.scale == Scale::Ratio {
            // Two logarithms, not one of b/a: swapping the sides then changes the sign and nothing else.
            let tied = b == held_against;
            self.log_ratios.push(if tied { 0.0 } else { b.ln() - a.ln() - self.bound.ln() });
        }
        self.differences.push(b - held_against);
        self.a.push(a);
        self.b.push(b);
    }
}

fn magnitude(outcome: Outcome, scale: Scale, unusable: &mut usize) -> Option<f64> {
    match outcome {
        Outcome::Value(x) if x.is_finite() && (x >= 0.0 || scale == Scale::Difference) => Some(x),
        Outcome::Value(_) => {
            *unusable += 1;
            None
        }
        Outcome::TimedOut => Some(f64::INFINITY),
        Outcome::Crashed => None,
    }
}
