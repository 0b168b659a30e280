//! Values that others measured, one side after the other.
//!
//! Takes the [`Apart`] values of two sides and gives the same rows as a
//! comparison in pairs, by [`stats::unpaired`]. Answers and side effects are not
//! known, so nothing can be withheld for them, and that is said. Every row
//! stands for itself: there are no e-values to judge them together by.

use std::collections::BTreeMap;

use model::contract::Better;
use model::{CaseId, Margin, Metric, Scale, SideName};
use stats::{Projection, Relation, UnpairedEstimate};

use super::judged::{AnswersJudged, AnswersVerdict, CompareJudgement, MetricJudged, MetricVerdict};
use crate::wording;

/// Said once of all rows; each also carries the document's own mark.
const NOT_INTERLEAVED: &str =
    "unpaired: runs of each side were not interleaved, so drift and load are in the difference";
const NOT_COMPARED: &str = "answers and side effects were not compared: there are only numbers";
/// So many rows at 95 % from which some are expected to be off by chance.
const MANY: usize = 10;

/// One metric of two sides that were measured apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// Which.
    pub metric: Metric,
    /// What a metric of the user's own counts, for people; `None` for others.
    pub unit_label: Option<String>,
    /// Which end is the better one.
    pub better: Better,
    /// In which case.
    pub case: Option<CaseId>,
    /// The side below.
    pub denominator: SideName,
    /// Its values, in the metric's unit or in the user's own, in any order.
    pub below: Vec<f64>,
    /// The side on top.
    pub numerator: SideName,
    /// Its values.
    pub above: Vec<f64>,
    /// From where on a difference matters.
    pub margin: Margin,
    /// Whether it is what the comparison is about.
    pub primary: bool,
    /// What a reader should know beside it.
    pub warnings: Vec<String>,
}

/// Judges values that were measured apart; `remarks` follow on what holds of all.
pub fn unpaired(rows: &[Apart], remarks: Vec<String>) -> CompareJudgement {
    let mut judged: Vec<MetricJudged> = rows.iter().filter_map(row).collect();
    judged.sort_by_key(|row| !row.primary);
    let mut told = vec![NOT_INTERLEAVED.to_owned(), NOT_COMPARED.to_owned()];
    told.extend(by_chance(judged.len()));
    told.extend(remarks);
    CompareJudgement {
        answers: AnswersJudged {
            verdict: AnswersVerdict::NotComparable,
            cases: 0,
            differing: 0,
            first: None,
            by_case: Vec::new(),
            allowed: Vec::new(),
        },
        effects: Vec::new(),
        metrics: judged,
        self_check: Vec::new(),
        withheld: None,
        remarks: told,
    }
}

fn by_chance(rows: usize) -> Option<String> {
    (rows >= MANY).then(|| {
        format!(
            "each of the {rows} rows is judged by itself: about one interval in twenty misses by \
             chance alone"
        )
    })
}

/// `None` if the margin is none that can be judged by.
fn row(apart: &Apart) -> Option<MetricJudged> {
    let margin = stats::Margin::new(apart.margin.factor, apart.margin.floor).ok()?;
    let estimate = stats::unpaired::compare(&apart.below, &apart.above, margin);
    let (verdict, why) = verdict(apart, &estimate);
    let sides = [(&apart.denominator, estimate.a), (&apart.numerator, estimate.b)];
    let medians = sides.iter().filter_map(|(side, at)| Some(((*side).clone(), at.median?)));
    let spread = sides.iter().filter_map(|(side, at)| Some(((*side).clone(), (at.p5?, at.p95?))));
    Some(MetricJudged {
        metric: apart.metric,
        case: apart.case.clone(),
        unit_label: apart.unit_label.clone(),
        unit: apart.metric.unit(),
        numerator: apart.numerator.clone(),
        denominator: apart.denominator.clone(),
        scale: Scale::Ratio,
        better: apart.better,
        ratio: estimate.ratio,
        difference: estimate.difference,
        low: estimate.interval.low.filter(|end| end.is_finite()),
        high: estimate.interval.high.filter(|end| end.is_finite()),
        level: Some(estimate.level),
        pairs: u32::try_from(estimate.n.a.min(estimate.n.b)).unwrap_or(u32::MAX),
        more_pairs: None,
        margin: apart.margin.factor,
        floor: apart.margin.floor,
        verdict,
        why,
        primary: apart.primary,
        values: medians.collect(),
        spread: spread.collect(),
        pairs_seen: Vec::new(),
        by_position: BTreeMap::new(),
        voids: BTreeMap::new(),
        warnings: warnings(apart, &estimate),
        marked: None,
        memory_source: BTreeMap::new(),
    })
}

fn verdict(apart: &Apart, estimate: &UnpairedEstimate) -> (MetricVerdict, String) {
    let settled = |verdict| (verdict, String::new());
    match estimate.relation {
        Relation::Above => settled(MetricVerdict::Above),
        Relation::Below => settled(MetricVerdict::Below),
        Relation::Inside => settled(MetricVerdict::Within),
        Relation::Differs => settled(MetricVerdict::Differs),
        Relation::Inconclusive { projected } => {
            (MetricVerdict::Inconclusive, undecided(apart, estimate, projected))
        }
        Relation::Changed { .. } => {
            (MetricVerdict::Inconclusive, "the values changed while measuring".to_owned())
        }
    }
}

fn undecided(apart: &Apart, estimate: &UnpairedEstimate, projected: Projection) -> String {
    let (a, b) = (estimate.n.a, estimate.n.b);
    let fewest = stats::unpaired::FEWEST;
    if a.min(b) < fewest {
        let (below, above) = (&apart.denominator, &apart.numerator);
        let seen = format!("{} of {below} and {b} of {above}", values(a));
        return format!("{seen}, an interval takes {fewest} each");
    }
    match projected {
        Projection::Pairs(total) => {
            let more = total.saturating_sub(a.min(b)).max(1) as u64;
            format!("about {} more runs of each side", wording::about(more))
        }
        Projection::WillNotResolve => "it lies on the edge of the margin".to_owned(),
        Projection::Unknown => "how many more runs it takes is not known".to_owned(),
    }
}

fn values(count: usize) -> String {
    match count {
        1 => "1 value".to_owned(),
        _ => format!("{count} values"),
    }
}

fn warnings(apart: &Apart, estimate: &UnpairedEstimate) -> Vec<String> {
    let lost = [(&apart.denominator, estimate.unusable.a), (&apart.numerator, estimate.unusable.b)];
    let told = lost.into_iter().filter(|(_, count)| *count > 0).map(|(side, count)| {
        format!("{} of {side} left out: no measure is negative or infinite", values(count))
    });
    apart.warnings.iter().cloned().chain(told).collect()
}
