//! What a comparison of two sides comes to: the value that evidence, pages and tables are made from.

use crate::margin::Claimed;
use crate::mean::MeanEstimate;
use crate::pair::{PerSide, Sample, Scale, Voids};
use crate::percentile;
use crate::projection::Projection;
use crate::sequence::Interval;

/// The comparison of one metric of two sides. A is the denominator, B the numerator.
///
/// Ratios are those of b to a, also where B is held against a bound times A; differences are then those
/// from the bound: b − bound·a.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Whether `interval` and `mean` are ratios or differences.
    pub scale: Scale,
    /// How the interval came about.
    pub method: Method,
    /// Median of b/a. `None` under [`Scale::Difference`], without pairs, or when time-outs reach the middle.
    pub ratio: Option<f64>,
    /// Median of b − a, in the unit of the metric; `None` without pairs or when time-outs reach the middle.
    pub difference: Option<f64>,
    /// The interval of the ratio or, under [`Scale::Difference`], of the difference. Both ends are `None`
    /// when the relation is [`Relation::Changed`].
    pub interval: Interval,
    /// The interval of b − a, which the floor is held against.
    pub difference_interval: Interval,
    /// Confidence level of the interval: at least .95 over all moments, or the exact level of a declared n.
    pub level: f64,
    /// Pairs that count.
    pub pairs: usize,
    /// Pairs that do not.
    pub voids: Voids,
    /// Trials that ended at their deadline.
    pub timed_out: PerSide,
    /// Absolute values of side A.
    pub a: Spread,
    /// Absolute values of side B.
    pub b: Spread,
    /// Evidence for each claim, for [`crate::multiplicity::e_bh`]; only anytime-valid estimates have it.
    pub e_values: Option<EValues>,
    /// How the interval lies against the margin.
    pub relation: Relation,
    /// The mean on the same scale, from 30 pairs on, if no pair timed out.
    pub mean: Option<MeanEstimate>,
    /// What a reader has to know beside the numbers.
    pub warnings: Vec<Warning>,
}

/// How an interval came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The sign e-process: valid at any moment.
    Anytime,
    /// Order statistics of a number of pairs declared before.
    Declared {
        /// That number.
        pairs: usize,
    },
    /// Two quantities without noise.
    Exact,
}

/// How the interval lies against the margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Relation {
    /// B is below A by more than the margin, in ratio and in difference.
    Below,
    /// B is above A by more than the margin, in ratio and in difference.
    Above,
    /// The ratio lies within the factor, or the difference within the floor.
    Inside,
    /// No difference is excluded, but not on which side of the margin it lies.
    Differs,
    /// Nothing is settled.
    Inconclusive {
        /// Pairs still needed.
        projected: Projection,
    },
    /// The difference changed while measuring: no single median bears all pairs. It stays so.
    Changed {
        /// Median of the first third of the pairs, as a ratio or difference; `None` if not finite.
        first_third: Option<f64>,
        /// Median of the last third.
        last_third: Option<f64>,
    },
}

/// Absolute values of one side over the pairs that count, in the unit of the metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Fifth percentile; `None` without pairs or where time-outs reach.
    pub p5: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Ninety-fifth percentile.
    pub p95: Option<f64>,
}

impl Spread {
    pub(crate) fn of(values: &[f64]) -> Spread {
        let at = |p| percentile::percentile(values, p).filter(|x| x.is_finite());
        Spread { p5: at(0.05), median: at(0.5), p95: at(0.95) }
    }
}

/// Natural logarithms of the e-values of the claims one can make; −∞ is no evidence at all.
///
/// Each is valid at any stopping time against everything but the claim itself, also when the difference
/// moves from pair to pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EValues {
    /// For [`Claimed::Below`].
    pub ln_below: f64,
    /// For [`Claimed::Above`].
    pub ln_above: f64,
    /// For [`Claimed::Inside`].
    pub ln_inside: f64,
}

impl EValues {
    /// No evidence for anything: a cell without pairs.
    pub const NOTHING: EValues = EValues {
        ln_below: f64::NEG_INFINITY,
        ln_above: f64::NEG_INFINITY,
        ln_inside: f64::NEG_INFINITY,
    };

    /// The e-value of one claim.
    pub fn of(&self, claimed: Claimed) -> f64 {
        match claimed {
            Claimed::Below => self.ln_below,
            Claimed::Above => self.ln_above,
            Claimed::Inside => self.ln_inside,
        }
    }

    /// The e-value of "beyond, in one direction or the other": the larger of the two, itself an e-value,
    /// since both signs together are bounded by one fair coin.
    pub fn ln_beyond(&self) -> f64 {
        self.ln_below.max(self.ln_above)
    }
}

/// What a reader has to know beside the numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Warning {
    /// The median of the last half of the pairs (as a ratio or difference) lies outside the interval.
    Drift {
        /// That median.
        last_half: f64,
    },
    /// The interval of the mean and that of the median have nothing in common: a tail matters here.
    MeanDisagrees,
    /// One side crashes more often than the other, at error level 5 %.
    VoidsDiffer {
        /// Logarithm of the e-value.
        ln_e: f64,
    },
    /// The absolute difference changed while measuring, the ratio did not (a machine that changed speed).
    DifferenceChanged,
    /// Values that no meter can mean were counted as crashes.
    UnusableValues(PerSide),
    /// More pairs came in than were declared; only the first ones count.
    MoreThanDeclared {
        /// Pairs left out.
        ignored: usize,
    },
}

impl Estimate {
    /// About how many more pairs would settle an inconclusive relation; `None` if it is settled, or nobody
    /// can tell. After a declared number of pairs: how many a fresh run would have to declare.
    pub fn more_pairs(&self) -> Option<usize> {
        let Relation::Inconclusive { projected } = self.relation else { return None };
        let in_all = projected.pairs()?;
        match self.method {
            Method::Declared { pairs } if self.pairs >= pairs => Some(in_all),
            _ => Some(in_all.saturating_sub(self.pairs)),
        }
    }
}

/// The part of an estimate that only describes the pairs; relation and intervals come from the method.
pub(crate) fn described(sample: &Sample, method: Method, level: f64) -> Estimate {
    let finite_median = |ds: &[f64]| percentile::median(ds).filter(|m| m.is_finite());
    Estimate {
        scale: sample.scale,
        method,
        ratio: finite_median(&sample.log_ratios).map(|d| sample.shown(d)),
        difference: finite_median(&sample.differences),
        interval: Interval::UNBOUNDED,
        difference_interval: Interval::UNBOUNDED,
        level,
        pairs: sample.differences.len(),
        voids: sample.voids,
        timed_out: sample.timed_out,
        a: Spread::of(&sample.a),
        b: Spread::of(&sample.b),
        e_values: None,
        relation: Relation::Inconclusive { projected: Projection::Unknown },
        mean: None,
        warnings: warnings(sample),
    }
}

fn warnings(sample: &Sample) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let ln_e = sample.voids.ln_e();
    if ln_e >= -crate::ALPHA.ln() {
        warnings.push(Warning::VoidsDiffer { ln_e });
    }
    if sample.unusable != PerSide::default() {
        warnings.push(Warning::UnusableValues(sample.unusable));
    }
    warnings
}
