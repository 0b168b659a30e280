//! Each side against itself, in the blocks of the pilot: what this machine can
//! tell apart, whatever the programs.

use std::collections::BTreeSet;

use model::{Activity, Metric, Pairs, RunFacts, Series, SideName};
use stats::{Margin, Pair, Scale};

use crate::cell::outcome;
use crate::judgement::SelfCheck;

/// A row a series of runs, metric and side that was planned.
pub(crate) fn of(facts: &RunFacts) -> Vec<SelfCheck> {
    let mut wanted: BTreeSet<(&Series, Metric, &SideName)> = BTreeSet::new();
    for cell in &facts.run.plan.cells {
        if cell.series.activity == Activity::Run && cell.pairs == Pairs::Sequential {
            wanted.insert((&cell.series, cell.metric, &cell.numerator));
            wanted.insert((&cell.series, cell.metric, &cell.denominator));
        }
    }
    let most = facts.run.plan.most_pairs as usize;
    wanted
        .into_iter()
        .filter_map(|(series, metric, side)| check(facts, series, metric, side, most))
        .collect()
}

fn check(
    facts: &RunFacts,
    series: &Series,
    metric: Metric,
    side: &SideName,
    most_pairs: usize,
) -> Option<SelfCheck> {
    let pairs: Vec<Pair> = series
        .self_pairs(metric, side, &facts.trials)
        .into_iter()
        .map(|pair| Pair { a: outcome(pair.denominator), b: outcome(pair.numerator) })
        .collect();
    let estimate = stats::judge_pairs(&pairs, Margin::NONE, Scale::Ratio);
    let differences: Vec<f64> = pairs.iter().filter_map(ln_ratio).collect();
    Some(SelfCheck {
        workload: series.workload.clone(),
        metric,
        side: side.clone(),
        ratio: estimate.ratio?,
        low: estimate.interval.low.filter(|end| end.is_finite()),
        high: estimate.interval.high.filter(|end| end.is_finite()),
        tells_apart: stats::resolution(&differences, most_pairs),
    })
}

fn ln_ratio(pair: &Pair) -> Option<f64> {
    match (pair.a, pair.b) {
        (stats::Outcome::Value(a), stats::Outcome::Value(b)) if a > 0.0 && b > 0.0 => {
            Some(b.ln() - a.ln())
        }
        _ => None,
    }
}
