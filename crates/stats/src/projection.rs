//! How many pairs an undecided run would need.
//!
//! The interval shrinks with 1/√n (a little slower: ln n), so a half width h at n pairs becomes the
//! distance D to the nearest edge of the margin at about n·(h/D)² pairs; 1.1 is the reserve.

use crate::margin::Margin;
use crate::pair::Scale;
use crate::relation::Standing;
use crate::sequence::Ends;

pub(crate) const RESERVE: f64 = 1.1;

/// Pairs, in all, after which the run is likely to settle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Projection {
    /// About this many pairs in all. For a declared number of pairs: in a fresh run.
    Pairs(usize),
    /// The estimate lies on an edge of the margin (without a margin: on no difference).
    WillNotResolve,
    /// Too few pairs, or too many time-outs, to say: an end of the interval is not known yet.
    Unknown,
}

impl Projection {
    /// Pairs in all, if their number is known.
    pub fn pairs(self) -> Option<usize> {
        match self {
            Projection::Pairs(pairs) => Some(pairs),
            Projection::WillNotResolve | Projection::Unknown => None,
        }
    }
}

/// One scale of the comparison: where it stands, and its bound.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) median: Option<f64>,
    pub(crate) ends: Ends,
    pub(crate) bound: f64,
}

impl View {
    fn leans_inside(&self) -> bool {
        self.median.is_some_and(|m| m.abs() < self.bound)
    }

    /// Pairs until this scale settles: infinite for never, `None` for unknown.
    fn needed(&self, n: usize) -> Option<f64> {
        if Standing::of(self.ends, self.bound) != Standing::Straddles {
            return Some(n as f64);
        }
        let distance = (self.median?.abs() - self.bound).abs();
        let half_width = (self.ends.high - self.ends.low) / 2.0;
        let known = half_width.is_finite() && half_width >= 0.0;
        known.then(|| n as f64 * RESERVE * (half_width / distance).powi(2))
    }
}

pub(crate) fn projection(ratio: View, difference: View, scale: Scale, n: usize) -> Projection {
    let views: &[View] = match scale {
        Scale::Ratio => &[ratio, difference],
        Scale::Difference => &[difference],
    };
    let inside: Vec<_> = views.iter().filter(|v| v.leans_inside()).collect();
    let needed = if inside.is_empty() {
        let all: Option<Vec<f64>> = views.iter().map(|v| v.needed(n)).collect();
        all.map(|needed| needed.into_iter().fold(0.0, worst))
    } else {
        inside.iter().filter_map(|v| v.needed(n)).reduce(f64::min)
    };
    match needed {
        None => Projection::Unknown,
        Some(pairs) if pairs.is_finite() => Projection::Pairs((pairs.ceil() as usize).max(n + 1)),
        Some(_) => Projection::WillNotResolve,
    }
}

/// The larger, where 0/0 (no width, on the edge) is never.
fn worst(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::INFINITY } else { a.max(b) }
}

/// The two views of a comparison against its margin.
pub(crate) fn views(
    medians: (Option<f64>, Option<f64>),
    ends: (Ends, Ends),
    margin: Margin,
) -> (View, View) {
    let finite = |m: Option<f64>| m.filter(|m| m.is_finite());
    (
        View { median: finite(medians.0), ends: ends.0, bound: margin.ln_factor() },
        View { median: finite(medians.1), ends: ends.1, bound: margin.floor() },
    )
}
