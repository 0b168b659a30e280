//! Results of others, measured without pairs: a benchmark's repeated times on each side.
//!
//! The ratio is the median of all b/a, and its interval leaves out c of them at each end, where c comes from
//! the Mann–Whitney statistic: the estimate of Hodges and Lehmann (Annals of Mathematical Statistics 34,
//! 1963) on the logarithms, with the interval of Moses (Hollander, Wolfe and Chicken, *Nonparametric
//! Statistical Methods*, 3rd ed., 2014, section 4.3). It holds for any distribution, if that of B is that
//! of A times a constant, and if all values are independent and the machine stayed as it was between
//! them. Nothing in the numbers can tell the latter, which is what pairs are for.

use crate::estimate::{Relation, Spread};
use crate::margin::Margin;
use crate::pair::{PerSide, Scale};
use crate::paired::relation_of;
use crate::rank_sum;
use crate::sequence::{Ends, Interval};

/// Fewest values of a side that give an interval.
pub const FEWEST: usize = 5;

/// The comparison of one metric of two sides that were measured apart. A is the denominator.
#[derive(Debug, Clone, PartialEq)]
pub struct UnpairedEstimate {
    /// Median of all b/a, which is the ratio of the medians if both are distributed alike; `None`
    /// without values on a side, or if it is not finite.
    pub ratio: Option<f64>,
    /// Median of all b − a, in the unit of the metric.
    pub difference: Option<f64>,
    /// The interval of the ratio; unbounded below [`FEWEST`] values of a side.
    pub interval: Interval,
    /// The interval of the difference.
    pub difference_interval: Interval,
    /// Confidence level of either interval, at least .95: exact, or approximate for many values. 1 for one
    /// that is unbounded.
    pub level: f64,
    /// Values of each side that count.
    pub n: PerSide,
    /// Values that no meter can mean (NaN, infinite, negative), left out.
    pub unusable: PerSide,
    /// Absolute values of side A.
    pub a: Spread,
    /// Absolute values of side B.
    pub b: Spread,
    /// How the interval lies against the margin: never changed; a projection is in values of each side.
    pub relation: Relation,
}

/// Compares the values `b` with the values `a`, in any order, against `margin`: beyond needs the ratio past
/// the factor and the difference past the floor, inside needs one of them within.
pub fn compare(a: &[f64], b: &[f64], margin: Margin) -> UnpairedEstimate {
    let differences = Differences { a: usable(a), b: usable(b) };
    let ratios = differences.of_logarithms();
    let n = PerSide { a: differences.a.len(), b: differences.b.len() };
    let rank = if n.a.min(n.b) < FEWEST { None } else { rank_sum::rank(n.a, n.b) };
    let level = rank.map_or(1.0, |rank| rank.level);
    let ends = rank.map_or((Ends::UNBOUNDED, Ends::UNBOUNDED), |rank| {
        (ratios.ends(rank.c), differences.ends(rank.c))
    });
    let medians = (ratios.median(), differences.median());
    let finite = |median: Option<f64>| median.filter(|median| median.is_finite());
    UnpairedEstimate {
        ratio: finite(medians.0).map(f64::exp),
        difference: finite(medians.1),
        interval: Interval::from_ends(ends.0).map(f64::exp),
        difference_interval: Interval::from_ends(ends.1),
        level,
        n,
        unusable: PerSide { a: a.len() - n.a, b: b.len() - n.b },
        a: Spread::of(&differences.a),
        b: Spread::of(&differences.b),
        relation: relation_of(medians, ends, margin, Scale::Ratio, n.a.min(n.b)),
    }
}

/// In their order.
fn usable(values: &[f64]) -> Vec<f64> {
    let mut usable: Vec<f64> =
        values.iter().copied().filter(|value| value.is_finite() && *value >= 0.0).collect();
    usable.sort_by(f64::total_cmp);
    usable
}

/// All differences b − a of two sorted samples, never written down: there are n·m of them.
struct Differences {
    a: Vec<f64>,
    b: Vec<f64>,
}

impl Differences {
    fn of_logarithms(&self) -> Differences {
        let logarithms = |values: &[f64]| values.iter().map(|value| value.ln()).collect();
        Differences { a: logarithms(&self.a), b: logarithms(&self.b) }
    }

    fn count(&self) -> usize {
        self.a.len() * self.b.len()
    }

    /// All but `c` at each end.
    fn ends(&self, c: usize) -> Ends {
        Ends { low: self.smallest(c + 1), high: self.smallest(self.count() - c) }
    }

    fn median(&self) -> Option<f64> {
        if self.count() == 0 {
            return None;
        }
        let lower = self.smallest(self.count().div_ceil(2));
        let upper = self.smallest(self.count() / 2 + 1);
        let middle = if lower == upper { upper } else { lower / 2.0 + upper / 2.0 };
        (!middle.is_nan()).then_some(middle)
    }

    /// The `k`-th smallest, counted from 1: the least number that `k` of them do not exceed, found by
    /// halving the doubles between −∞ and +∞ in their order.
    fn smallest(&self, k: usize) -> f64 {
        let (mut low, mut high) = (place(f64::NEG_INFINITY), place(f64::INFINITY));
        while low < high {
            let middle = low.midpoint(high);
            if self.at_most(at(middle)) >= k {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // −0 comes before 0, and means nothing else.
        at(low) + 0.0
    }

    fn at_most(&self, limit: f64) -> usize {
        let mut larger = 0;
        let of = |b: f64| {
            larger += self.a[larger..].iter().take_while(|&&a| minus(b, a) > limit).count();
            self.a.len() - larger
        };
        self.b.iter().copied().map(of).sum()
    }
}

/// Of two zeros the logarithms are both −∞, and there is no difference.
fn minus(b: f64, a: f64) -> f64 {
    if a == b { 0.0 } else { b - a }
}

/// The place of a number among all doubles in their order.
fn place(x: f64) -> u64 {
    let bits = x.to_bits();
    if x.is_sign_negative() { !bits } else { bits | SIGN }
}

/// The number in that place.
fn at(place: u64) -> f64 {
    f64::from_bits(if place & SIGN == 0 { !place } else { place & !SIGN })
}

const SIGN: u64 = 1 << 63;
