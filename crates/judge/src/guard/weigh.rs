//! One guard against what was seen.
//!
//! The side that is bound is weighed against so many times the other side's
//! values, or against the limit itself, pair by pair; factor and floor then lie
//! beyond that.

use std::collections::BTreeMap;

use model::contract::{Guard, GuardLimit};
use model::{Activity, Cell, Contract, RunFacts, Scale, Series, Trial, TrialStatus};
use stats::{Estimate, Margin, Method, Outcome, Pair, Relation};

use super::limit::Limit;
use super::numbers::Numbers;
use super::{GuardJudged, GuardVerdict};
use crate::judgement::Finding;
use crate::{cell, compare};

/// Judges a guard by its limit; `Err`: why it has none.
pub(super) fn guard(
    contract: &Contract,
    facts: &RunFacts,
    guard: &Guard,
    limit: Result<Limit<'_>, String>,
) -> GuardJudged {
    let limit = match limit {
        Ok(limit) => limit,
        Err(why) => return bare(guard, None, why),
    };
    let cells = cells(contract, guard, limit);
    let judged = cells.iter().map(|cell| of_cell(contract, facts, guard, cell, limit));
    // Of several cases each has to hold.
    judged
        .min_by_key(|one| rank(one.verdict))
        .unwrap_or_else(|| bare(guard, Some(limit), not_measured(contract, guard)))
}

fn rank(verdict: GuardVerdict) -> u8 {
    match verdict {
        GuardVerdict::Fails => 0,
        GuardVerdict::Inconclusive => 1,
        GuardVerdict::NotJudged => 2,
        GuardVerdict::Holds => 3,
    }
}

fn not_measured(contract: &Contract, guard: &Guard) -> String {
    match &guard.case {
        Some(case) if contract.measure(guard.metric).is_some() => {
            format!("{} of {case} is not measured by itself; `each-case = true` does", guard.metric)
        }
        _ => format!("{} is not measured; add a [[metric]] for it", guard.metric),
    }
}

/// A guard without numbers, not judged for a reason.
fn bare(guard: &Guard, limit: Option<Limit<'_>>, why: String) -> GuardJudged {
    let against = match &guard.limit {
        GuardLimit::Of { against, .. } | GuardLimit::Recorded { against } => Some(against.clone()),
        GuardLimit::Value(_) => None,
    };
    GuardJudged {
        guard: guard.name.clone(),
        metric: guard.metric,
        case: guard.case.clone(),
        unit: guard.metric.unit(),
        side: guard.side.clone(),
        against,
        verdict: GuardVerdict::NotJudged,
        seen: None,
        low: None,
        high: None,
        limit: limit.map(|limit| match limit {
            Limit::Times { at_most, .. } => at_most,
            Limit::Value(value) => value,
        }),
        margin: guard.margin.factor,
        floor: guard.margin.floor,
        pairs: 0,
        values: BTreeMap::new(),
        why,
        notice: None,
    }
}

/// The cells that a guard speaks of: its sides in the series that give its metric.
fn cells(contract: &Contract, guard: &Guard, limit: Limit<'_>) -> Vec<Cell> {
    let against = match limit {
        Limit::Times { against, .. } => against,
        Limit::Value(_) => &guard.side,
    };
    let mut cells: Vec<Cell> = Vec::new();
    for cell in contract.cells() {
        let wanted = cell.metric == guard.metric && speaks_of(contract, guard, &cell.series);
        if wanted && cells.iter().all(|known| known.series != cell.series) {
            cells.push(Cell {
                numerator: guard.side.clone(),
                denominator: against.clone(),
                margin: guard.margin,
                ..cell
            });
        }
    }
    cells
}

fn speaks_of(contract: &Contract, guard: &Guard, series: &Series) -> bool {
    let Some(case) = &guard.case else { return true };
    let of_builds = !matches!(
        series.activity,
        Activity::Run | Activity::Memory | Activity::Instructions | Activity::Serve
    );
    let cases = contract.cases_of(series);
    of_builds || (cases.len() == 1 && cases.iter().all(|one| &one.id == case))
}

fn of_cell(
    contract: &Contract,
    facts: &RunFacts,
    guard: &Guard,
    cell: &Cell,
    limit: Limit<'_>,
) -> GuardJudged {
    let (pairs, times) = match limit {
        Limit::Times { at_most, .. } => {
            let pairs = cell.pairs_of(&facts.trials).into_iter();
            (pairs.map(cell::stats_pair).collect(), at_most)
        }
        Limit::Value(value) => (against_value(facts, cell, value), 1.0),
    };
    let scale = match compare::scale(contract, cell) {
        // A difference is for values that may be negative; only the user's own are.
        Scale::Difference if contract.own(cell.metric).is_some() => stats::Scale::Difference,
        _ => stats::Scale::Ratio,
    };
    let estimate = Margin::new(guard.margin.factor, guard.margin.floor)
        .ok()
        .and_then(|margin| cell::weigh(&pairs, cell.pairs, times, margin, scale))
        .filter(|estimate| estimate.pairs > 0);
    let Some(estimate) = estimate else {
        return bare(guard, Some(limit), nothing_seen(facts, cell));
    };
    let (verdict, so) = verdict(guard, cell, times, &estimate);
    let numbers = Numbers::of(cell, limit, &estimate);
    GuardJudged {
        case: cell.series.case.clone(),
        verdict,
        why: format!("{}: {so}", numbers.told(guard, limit)),
        seen: numbers.seen,
        low: numbers.low,
        high: numbers.high,
        pairs: estimate.pairs as u32,
        values: numbers.values,
        ..bare(guard, Some(limit), String::new())
    }
}

fn nothing_seen(facts: &RunFacts, cell: &Cell) -> String {
    match cell::evidence(cell, facts, None, None).finding {
        Finding::NotRun { why } | Finding::NotComparable { why } => why,
        _ => "nothing was measured".to_owned(),
    }
}

/// The bound side's values, block by block, against the limit.
fn against_value(facts: &RunFacts, cell: &Cell, limit: f64) -> Vec<Pair> {
    let ours = |trial: &&Trial| {
        trial.series == cell.series && trial.side == cell.numerator && trial.replica == 0
    };
    let mut own: Vec<&Trial> = facts.trials.iter().filter(ours).collect();
    own.sort_by_key(|trial| trial.block);
    own.into_iter()
        .map(|trial| Pair { a: Outcome::Value(limit), b: outcome(trial, cell) })
        .collect()
}

fn outcome(trial: &Trial, cell: &Cell) -> Outcome {
    match trial.status {
        TrialStatus::Done => {
            trial.values.get(&cell.metric).map_or(Outcome::Crashed, |value| Outcome::Value(*value))
        }
        // Slow is not large: a probe for memory that was cut short says nothing.
        TrialStatus::TimedOut if trial.series.activity == Activity::Memory => Outcome::Crashed,
        TrialStatus::TimedOut => Outcome::TimedOut,
        TrialStatus::Crashed | TrialStatus::WrongAnswer | TrialStatus::Unmeasured => {
            Outcome::Crashed
        }
    }
}

/// Fails only beyond the limit *and* the margin; holds when that is excluded.
fn verdict(guard: &Guard, cell: &Cell, times: f64, estimate: &Estimate) -> (GuardVerdict, String) {
    let below = |high: Option<f64>, bound: f64| high.is_some_and(|high| high < bound);
    let bound = match estimate.scale {
        stats::Scale::Ratio => times * guard.margin.factor,
        stats::Scale::Difference => guard.margin.floor,
    };
    let excluded = estimate.method != Method::Exact
        && (below(estimate.interval.high, bound)
            || below(estimate.difference_interval.high, guard.margin.floor));
    match estimate.relation {
        Relation::Above => (GuardVerdict::Fails, "beyond the limit and its margin".to_owned()),
        Relation::Below | Relation::Inside => (GuardVerdict::Holds, "holds".to_owned()),
        _ if excluded => (GuardVerdict::Holds, "holds".to_owned()),
        Relation::Differs => {
            let why = "whether it lies beyond the margin too is not settled";
            (GuardVerdict::Inconclusive, why.to_owned())
        }
        Relation::Inconclusive { projected } => {
            let why = cell::undecided(cell.pairs, projected, estimate.pairs).1;
            (GuardVerdict::Inconclusive, why)
        }
        // Thirds of the values would be told against the limit: misleading.
        Relation::Changed { .. } => {
            let why = "it changed while it was measured";
            (GuardVerdict::Inconclusive, why.to_owned())
        }
    }
}
