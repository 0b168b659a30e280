//! An interval for the median that holds at every moment of a run at once.
//!
//! After each value the shifts that the sign e-process still bears are [d(c+1), d(n−c)], c = n − kmin(n);
//! the sequence keeps the intersection of all of them, so it only ever shrinks. It may be looked at after
//! every pair, stopped at any time and resumed by pushing the recorded values again. Whether the interval
//! matters is left to the margin.

use crate::percentile::{median, median_of_sorted};
use crate::sign;

/// A closed interval; an end that nothing limits yet is `None`.
///
/// An end is infinite only where time-outs outweigh: `low: Some(inf)` says that the median lies beyond
/// every value that was seen in full.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end; `None`: unbounded below.
    pub low: Option<f64>,
    /// Upper end; `None`: unbounded above.
    pub high: Option<f64>,
}

impl Interval {
    /// Nothing is excluded.
    pub const UNBOUNDED: Interval = Interval { low: None, high: None };

    pub(crate) fn from_ends(ends: Ends) -> Interval {
        Interval {
            low: (ends.low > f64::NEG_INFINITY).then_some(ends.low),
            high: (ends.high < f64::INFINITY).then_some(ends.high),
        }
    }

    /// Both ends through a growing function, for instance from the logarithm to the ratio.
    pub(crate) fn map(self, grows: impl Fn(f64) -> f64) -> Interval {
        Interval { low: self.low.map(&grows), high: self.high.map(&grows) }
    }
}

/// The running ends: the largest lower and the smallest upper end so far, crossed once empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ends {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Ends {
    pub(crate) const UNBOUNDED: Ends = Ends { low: f64::NEG_INFINITY, high: f64::INFINITY };

    pub(crate) fn crossed(self) -> bool {
        self.low > self.high
    }
}

/// The anytime-valid confidence sequence of the median of the values pushed so far.
///
/// Ties need no special treatment: n counts every value, the lower end comes from #{d > δ} and the upper
/// from #{d < δ}, which is what the order statistics say by themselves. With δ a median both chances are
/// at most ½, so the coverage holds for any distribution.
#[derive(Debug, Clone)]
pub struct ConfidenceSequence {
    alpha: f64,
    arrived: Vec<f64>,
    sorted: Vec<f64>,
    kmin: Option<usize>,
    ends: Ends,
}

impl ConfidenceSequence {
    /// An empty sequence with error level `alpha` (in 0..1) over all moments together.
    pub fn new(alpha: f64) -> Self {
        Self { alpha, arrived: Vec::new(), sorted: Vec::new(), kmin: None, ends: Ends::UNBOUNDED }
    }

    /// Adds the difference of the next pair. `d` may be infinite, for a time-out, but not NaN.
    pub fn push(&mut self, d: f64) {
        debug_assert!(!d.is_nan(), "a difference that is not a number");
        let place = self.sorted.partition_point(|&x| x <= d);
        self.sorted.insert(place, d);
        self.arrived.push(d);
        let n = self.sorted.len();
        self.kmin = sign::next_kmin(self.kmin, n, self.alpha);
        if let Some(kmin) = self.kmin {
            self.ends.low = self.ends.low.max(self.sorted[n - kmin]);
            self.ends.high = self.ends.high.min(self.sorted[kmin - 1]);
        }
    }

    /// Number of values pushed.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// The running intersection; `None` once it is [empty](Self::empty).
    pub fn interval(&self) -> Option<Interval> {
        (!self.empty()).then(|| Interval::from_ends(self.ends))
    }

    /// Whether no median bears all that was seen: either the difference itself changed while measuring, or
    /// this is one of the few unlucky runs that the error level allows. It stays so.
    pub fn empty(&self) -> bool {
        self.ends.crossed()
    }

    /// The sample median; `None` without values, or half-way between −∞ and +∞.
    pub fn median(&self) -> Option<f64> {
        median_of_sorted(&self.sorted)
    }

    /// Medians of the first and of the last third, by arrival.
    pub fn thirds(&self) -> (Option<f64>, Option<f64>) {
        let n = self.arrived.len();
        let third = n.div_ceil(3);
        (median(&self.arrived[..third]), median(&self.arrived[n - third..]))
    }

    /// The median of the last half by arrival, if it lies outside the interval: a sign of drift.
    pub fn drift(&self) -> Option<f64> {
        let late = median(&self.arrived[self.arrived.len() / 2..])?;
        let outside = late < self.ends.low || late > self.ends.high;
        (outside && !self.empty()).then_some(late)
    }

    /// Logarithm of the e-value, now, against "the median is at most `bound`".
    pub fn ln_e_above(&self, bound: f64) -> f64 {
        let n = self.n();
        sign::ln_e_one_sided(n, n - self.sorted.partition_point(|&x| x <= bound))
    }

    /// Logarithm of the e-value, now, against "the median is at least `bound`".
    pub fn ln_e_below(&self, bound: f64) -> f64 {
        sign::ln_e_one_sided(self.n(), self.sorted.partition_point(|&x| x < bound))
    }

    pub(crate) fn ends(&self) -> Ends {
        self.ends
    }
}
