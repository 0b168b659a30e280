//! How a metric grows with the size of the case: a slope a side and pair.
//!
//! The rungs of a ladder are cells like any other. The first pair of every rung
//! gives a slope a side by least squares, so does the second, and so on; the
//! pairs of slopes are looked at once, like those of builds.

use model::{
    Cell, Claim, Comparison, PlanMode, RunFacts, Rung, Seen, SideName, SlopeSelector, Trial,
    TrialStatus,
};
use stats::{Margin, Outcome};

use crate::cell;
use crate::judgement::{Evidence, Finding, Subject};

/// The only row of a claim on slopes.
pub(crate) fn evidence(
    comparison: &Comparison,
    claim: &Claim,
    slope: &SlopeSelector,
    facts: &RunFacts,
) -> Option<Evidence> {
    let rungs = comparison.cells_of(claim, PlanMode::Full);
    let mut whole = rungs.first()?.clone();
    whole.series.case = None;
    let subject = Subject::Slope { metric: slope.metric, per: slope.per.clone() };
    if let Some(why) = why_not_planned(comparison, claim, &rungs, facts) {
        return Some(Evidence { subject, ..cell::not_run(&whole, why.to_owned()) });
    }
    let pairs = pairs(slope, &rungs, facts);
    if pairs.is_empty() {
        let finding = nothing(&rungs, facts)?;
        return Some(Evidence { subject, finding, ..cell::not_run(&whole, String::new()) });
    }
    let estimate = Margin::new(whole.margin.factor, whole.margin.floor).ok().map(|margin| {
        let scale = cell::stats_scale(slope.metric.scale());
        stats::fixed::judge_pairs(&pairs, slope.pairs as usize, margin, scale)
    });
    let mut row = cell::evidence(&whole, facts, estimate.as_ref(), None);
    row.warnings.extend(rungs.iter().flat_map(|rung| failures(rung, facts)));
    row.warnings.extend(rungs.iter().find_map(|rung| cell::memory_sources(rung, facts)));
    Some(Evidence { subject, ..row })
}

fn why_not_planned(
    comparison: &Comparison,
    claim: &Claim,
    rungs: &[Cell],
    facts: &RunFacts,
) -> Option<&'static str> {
    let plan = &facts.run.plan;
    if comparison.cells_of(claim, plan.mode).is_empty() {
        return Some(cell::NOT_QUICK);
    }
    let planned = rungs.iter().all(|rung| plan.cells.contains(rung));
    (!planned).then_some(cell::LATER)
}

/// Pairs of slopes. A pair of a rung that is void is repeated within that rung,
/// so its place is counted among the pairs that are not.
fn pairs(slope: &SlopeSelector, rungs: &[Cell], facts: &RunFacts) -> Vec<stats::Pair> {
    let columns: Vec<Vec<(f64, f64)>> = rungs.iter().map(|rung| values(rung, facts)).collect();
    let whole = columns.iter().map(Vec::len).min().unwrap_or(0);
    let of_pair = |nth: usize| {
        let top: Vec<f64> = columns.iter().map(|column| column[nth].0).collect();
        let below: Vec<f64> = columns.iter().map(|column| column[nth].1).collect();
        let outcome =
            |values: &[f64]| growth(&slope.rungs, values).map_or(Outcome::Crashed, Outcome::Value);
        stats::Pair { a: outcome(&below), b: outcome(&top) }
    };
    (0..whole).map(of_pair).collect()
}

fn values(rung: &Cell, facts: &RunFacts) -> Vec<(f64, f64)> {
    let both = |pair: model::Pair| match (pair.numerator, pair.denominator) {
        (Seen::Value(top), Seen::Value(below)) => Some((top, below)),
        _ => None,
    };
    rung.pairs_of(&facts.trials).into_iter().filter_map(both).collect()
}

/// The slope of the line with the least squares, in the metric's unit for one
/// unit of size; what shrinks does not grow. `None` if all sizes are the same.
fn growth(rungs: &[Rung], values: &[f64]) -> Option<f64> {
    let n = rungs.len() as f64;
    let size = rungs.iter().map(|rung| rung.size).sum::<f64>() / n;
    let value = values.iter().sum::<f64>() / n;
    let spread: f64 = rungs.iter().map(|rung| (rung.size - size).powi(2)).sum();
    let together: f64 =
        rungs.iter().zip(values).map(|(rung, v)| (rung.size - size) * (v - value)).sum();
    (spread > 0.0).then(|| (together / spread).max(0.0))
}

/// Why there is no slope: what the first rung without values has to say.
fn nothing(rungs: &[Cell], facts: &RunFacts) -> Option<Finding> {
    let empty = rungs.iter().find(|rung| values(rung, facts).is_empty())?;
    let failures = failures(empty, facts);
    if failures.is_empty() {
        return Some(cell::evidence(empty, facts, None, None).finding);
    }
    Some(Finding::NotRun { why: failures.join("; ") })
}

/// What went wrong on a rung, a side at a time.
fn failures(rung: &Cell, facts: &RunFacts) -> Vec<String> {
    let case = rung.series.case.as_ref().map(|case| format!(", {case}")).unwrap_or_default();
    let of_side = |side: &SideName| {
        let ours = |trial: &&Trial| {
            trial.series == rung.series && &trial.side == side && trial.replica == 0
        };
        let trials = facts.trials.iter().filter(ours);
        let failed: Vec<&Trial> =
            trials.filter(|trial| trial.status != TrialStatus::Done).collect();
        let first = failed.first()?;
        let runs = if failed.len() == 1 { "run" } else { "runs" };
        let why = match first.status {
            TrialStatus::TimedOut => "still running at its deadline",
            _ => first.detail.as_deref().unwrap_or("no reason was recorded"),
        };
        Some(format!("{} {runs} of {side}{case} gave no value: {why}", failed.len()))
    };
    [&rung.numerator, &rung.denominator].into_iter().filter_map(of_side).collect()
}
