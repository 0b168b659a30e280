//! The anytime-valid judgement of a run of pairs: look after every pair, stop whenever you like.
//!
//! Two confidence sequences run side by side, of ln(b/a) and of b − a; the margin's factor is held against
//! the first, its floor against the second. Where a run stops is left to the caller: over several cells,
//! when [`crate::multiplicity::e_bh`] accepts, not when one interval looks settled.

use crate::ALPHA;
use crate::estimate::{EValues, Estimate, Method, Relation, Warning, described};
use crate::margin::Margin;
use crate::mean::{self, MeanEstimate};
use crate::pair::{Outcome, Pair, Sample, Scale};
use crate::projection::{projection, views};
use crate::relation::{Joint, joint};
use crate::sequence::{ConfidenceSequence, Ends, Interval};

/// Judges `pairs`, in the order they were measured, against `margin`, at error level [`ALPHA`].
///
/// - *Beyond* (above, below) needs the ratio beyond the factor and the difference beyond the floor, in one
///   direction. Its e-value is the smaller of the two: the null is a union.
/// - *Inside* needs the ratio within the factor or the difference within the floor. Its e-value is the mean
///   over those scales on which the margin leaves room, each the smaller of its two sides: the null is
///   an intersection. Which scales leave room is fixed with the margin, so a single one has full weight.
/// - Under [`Scale::Difference`] only the floor applies.
/// - Without a margin above and below say that no difference is excluded; inside cannot occur.
///
/// A run whose ratio (under [`Scale::Difference`]: difference) changed is [`Relation::Changed`] for good,
/// with e-values of zero. If only the absolute difference changed (a machine that slowed down), the
/// floor is still judged, each running end being a valid one-sided test, and a warning is given.
pub fn judge_pairs(pairs: &[Pair], margin: Margin, scale: Scale) -> Estimate {
    judge_pairs_against(pairs, 1.0, margin, scale)
}

/// Judges B against `bound` times A instead of A: "at most 0.8 times" holds unless the relation is above.
///
/// It is [`judge_pairs`] of the pairs (bound·a, b), so the factor is held against b/(bound·a) and the floor
/// against b − bound·a, also under [`Scale::Difference`]. Shown are the ratio b/a with its interval and the
/// absolute values as they were measured; differences are those from the bound. With a bound of 1 it is
/// [`judge_pairs`]; with one that is not positive and finite no pair counts.
pub fn judge_pairs_against(pairs: &[Pair], bound: f64, margin: Margin, scale: Scale) -> Estimate {
    let sample = Sample::of(pairs, bound, scale);
    let run = Run::of(&sample);
    let mut estimate = described(&sample, Method::Anytime, 1.0 - ALPHA);
    estimate.interval =
        run.main().interval().map_or(Interval::UNBOUNDED, |i| i.map(|d| sample.shown(d)));
    estimate.difference_interval = run.differences.interval().unwrap_or(Interval::UNBOUNDED);
    estimate.relation = run.relation(margin);
    estimate.e_values = Some(run.e_values(margin));
    if let Some(late) = run.main().drift() {
        estimate.warnings.push(Warning::Drift { last_half: sample.shown(late) });
    }
    if scale == Scale::Ratio && run.differences.empty() && !run.ratios.empty() {
        estimate.warnings.push(Warning::DifferenceChanged);
    }
    add_mean(&mut estimate, &sample, run.main().ends());
    estimate
}

/// Judges the values of one side against a fixed `limit`, in the unit of the metric: "at most 20 MiB" holds
/// unless the relation is above, that is past the margin's factor *and* its floor.
///
/// It is [`judge_pairs`] on the ratio scale with A always at the limit: signs of value − limit, looked at
/// after every value. `ratio` and its interval are in limits; the interval of the value itself is
/// `difference_interval` plus the limit. A pair shares what the machine does with both sides; a value
/// alone does not, so this suits what hardly depends on the moment, such as memory. What has no noise at
/// all is held against its limit by [`crate::exact::compare`].
pub fn judge_values(values: &[Outcome], limit: f64, margin: Margin) -> Estimate {
    let pairs: Vec<Pair> = values.iter().map(|&b| Pair { a: Outcome::Value(limit), b }).collect();
    let mut estimate = judge_pairs(&pairs, margin, Scale::Ratio);
    // A limit never crashes: there is no other side to differ from.
    estimate.warnings.retain(|warning| !matches!(warning, Warning::VoidsDiffer { .. }));
    estimate
}

/// Adds the mean, and says so when it contradicts the median whose interval is `ends`.
pub(crate) fn add_mean(estimate: &mut Estimate, sample: &Sample, ends: Ends) {
    let Some(mean) = mean::asymptotic(sample.ds(), ALPHA) else { return };
    if !ends.crossed() && (mean.low > ends.high || mean.high < ends.low) {
        estimate.warnings.push(Warning::MeanDisagrees);
    }
    estimate.mean = Some(MeanEstimate {
        mean: sample.shown(mean.mean),
        low: sample.shown(mean.low),
        high: sample.shown(mean.high),
        ..mean
    });
}

/// The relation that two intervals, without a change, have to the margin.
pub(crate) fn relation_of(
    medians: (Option<f64>, Option<f64>),
    ends: (Ends, Ends),
    margin: Margin,
    scale: Scale,
    n: usize,
) -> Relation {
    match joint(ends.0, ends.1, margin, scale) {
        Joint::Below => Relation::Below,
        Joint::Above => Relation::Above,
        Joint::Inside => Relation::Inside,
        Joint::Differs => Relation::Differs,
        Joint::Open => {
            let (ratio, difference) = views(medians, ends, margin);
            Relation::Inconclusive { projected: projection(ratio, difference, scale, n) }
        }
    }
}

struct Run<'a> {
    sample: &'a Sample,
    ratios: ConfidenceSequence,
    differences: ConfidenceSequence,
}

impl<'a> Run<'a> {
    fn of(sample: &'a Sample) -> Self {
        let sequence = |ds: &[f64]| {
            let mut sequence = ConfidenceSequence::new(ALPHA);
            ds.iter().for_each(|&d| sequence.push(d));
            sequence
        };
        debug_assert_eq!(sample.ds().len(), sample.differences.len());
        Run {
            sample,
            ratios: sequence(&sample.log_ratios),
            differences: sequence(&sample.differences),
        }
    }

    fn main(&self) -> &ConfidenceSequence {
        match self.sample.scale {
            Scale::Ratio => &self.ratios,
            Scale::Difference => &self.differences,
        }
    }

    fn relation(&self, margin: Margin) -> Relation {
        let main = self.main();
        if main.empty() {
            let (first, last) = main.thirds();
            let finite = |d: Option<f64>| d.map(|d| self.sample.shown(d)).filter(|d| d.is_finite());
            return Relation::Changed { first_third: finite(first), last_third: finite(last) };
        }
        relation_of(
            (self.ratios.median(), self.differences.median()),
            (self.ratios.ends(), self.differences.ends()),
            margin,
            self.sample.scale,
            self.differences.n(),
        )
    }

    fn e_values(&self, margin: Margin) -> EValues {
        if self.main().empty() {
            return EValues::NOTHING;
        }
        let floor = against(&self.differences, margin.floor());
        match self.sample.scale {
            Scale::Difference => floor,
            Scale::Ratio => {
                let factor = against(&self.ratios, margin.ln_factor());
                EValues {
                    ln_below: factor.ln_below.min(floor.ln_below),
                    ln_above: factor.ln_above.min(floor.ln_above),
                    ln_inside: inside(factor.ln_inside, floor.ln_inside, margin),
                }
            }
        }
    }
}

/// The e-values of one scale against ±bound.
fn against(sequence: &ConfidenceSequence, bound: f64) -> EValues {
    EValues {
        ln_below: sequence.ln_e_below(-bound),
        ln_above: sequence.ln_e_above(bound),
        ln_inside: sequence.ln_e_below(bound).min(sequence.ln_e_above(-bound)),
    }
}

fn inside(ln_factor: f64, ln_floor: f64, margin: Margin) -> f64 {
    match (margin.factor() > 1.0, margin.floor() > 0.0) {
        (true, false) => ln_factor,
        (false, true) => ln_floor,
        _ => {
            let (small, large) = (ln_factor.min(ln_floor), ln_factor.max(ln_floor));
            if large == f64::NEG_INFINITY {
                return large;
            }
            large + (0.5 + 0.5 * (small - large).exp()).ln()
        }
    }
}
