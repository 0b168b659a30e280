//! Each side against itself, in the blocks of the pilot: what this machine can
//! tell apart, whatever the programs.

use std::collections::{BTreeMap, BTreeSet};

use model::{Activity, Cell, Metric, Pairs, RunFacts, Series, SideName};
use stats::{Margin, Pair, Scale};

use crate::cell::outcome;
use crate::judgement::SelfCheck;

/// Seconds that the trials of a block take beside their programs' own time, roughly.
const SHORTEST_BLOCK: f64 = 0.02;

/// A row a series of runs, metric and side that was planned.
pub(crate) fn of(facts: &RunFacts) -> Vec<SelfCheck> {
    let mut wanted: BTreeSet<(&Series, Metric, &SideName)> = BTreeSet::new();
    for cell in &facts.run.plan.cells {
        if cell.series.activity == Activity::Run && cell.pairs == Pairs::Sequential {
            wanted.insert((&cell.series, cell.metric, &cell.numerator));
            wanted.insert((&cell.series, cell.metric, &cell.denominator));
        }
    }
    wanted
        .into_iter()
        .filter_map(|(series, metric, side)| {
            check(facts, series, metric, side, pairs_in_budget(facts, series))
        })
        .collect()
}

/// Pairs that a series can have in this run's budget: its share of the half
/// that runs get beside builds, over the time of one of its blocks.
fn pairs_in_budget(facts: &RunFacts, series: &Series) -> usize {
    let plan = &facts.run.plan;
    let of_runs = |cell: &&Cell| cell.pairs == Pairs::Sequential;
    let sharing: BTreeSet<&Series> =
        plan.cells.iter().filter(of_runs).map(|cell| &cell.series).collect();
    let mut blocks: BTreeMap<u32, f64> = BTreeMap::new();
    for trial in facts.trials.iter().filter(|trial| &trial.series == series && trial.replica == 0) {
        *blocks.entry(trial.block).or_default() += trial.longest_seconds();
    }
    let blocks: Vec<f64> = blocks.into_values().collect();
    let block = stats::percentile::median(&blocks).unwrap_or(0.0).max(SHORTEST_BLOCK);
    let share = plan.budget_seconds / 2.0 / sharing.len().max(1) as f64;
    ((share / block) as usize).min(plan.most_pairs as usize).max(blocks.len())
}

fn check(
    facts: &RunFacts,
    series: &Series,
    metric: Metric,
    side: &SideName,
    pairs_in_budget: usize,
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
        case: series.case.clone(),
        metric,
        side: side.clone(),
        ratio: estimate.ratio?,
        low: estimate.interval.low.filter(|end| end.is_finite()),
        high: estimate.interval.high.filter(|end| end.is_finite()),
        tells_apart: stats::resolution(&differences, pairs_in_budget),
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
