//! Cells of a contract to rows of metrics.

use std::collections::BTreeMap;

use model::contract::Better;
use model::{Cell, Contract, MemorySource, Relation, RunFacts, Scale, Seen, SideName, TrialStatus};
use stats::{EValues, Estimate, Margin, Warning, percentile};

use super::family::{self, Weighed};
use super::judged::{MetricJudged, MetricVerdict};
use crate::cell;
use crate::judgement::{Evidence, Finding};

/// A row, or why there is none; with the estimate that it was made from.
pub(super) struct Row {
    pub(super) cell: Cell,
    pub(super) estimate: Option<Estimate>,
    pub(super) row: Result<MetricJudged, String>,
}

/// How values of a cell are compared.
pub(crate) fn scale(contract: &Contract, cell: &Cell) -> Scale {
    contract.own(cell.metric).map_or(cell.metric.scale(), |own| own.scale)
}

/// A row a cell, in the order of the contract.
pub(super) fn judge(contract: &Contract, facts: &RunFacts, marked: Option<&str>) -> Vec<Row> {
    let cells = contract.cells();
    let weighed: Vec<Weighed<'_>> = cells.iter().map(|cell| weigh(contract, facts, cell)).collect();
    let held = family::held(&weighed);
    let rows = weighed.into_iter().zip(held).map(|(weighed, held)| {
        let row = row(contract, facts, &weighed, held);
        Row {
            cell: weighed.cell.clone(),
            estimate: weighed.estimate,
            row: row.map(|row| MetricJudged { marked: marked.map(str::to_owned), ..row }),
        }
    });
    rows.collect()
}

fn weigh<'a>(contract: &Contract, facts: &RunFacts, cell: &'a Cell) -> Weighed<'a> {
    let scale = scale(contract, cell);
    let pairs: Vec<stats::Pair> =
        cell.pairs_of(&facts.trials).into_iter().map(cell::stats_pair).collect();
    let any = stats::judge_pairs(&pairs, Margin::NONE, cell::stats_scale(scale)).e_values;
    Weighed {
        cell,
        primary: contract.is_primary(cell),
        estimate: cell::estimate_on(cell, facts, scale),
        any: any.unwrap_or(EValues::NOTHING),
    }
}

fn row(
    contract: &Contract,
    facts: &RunFacts,
    weighed: &Weighed<'_>,
    held: bool,
) -> Result<MetricJudged, String> {
    let (cell, estimate) = (weighed.cell, weighed.estimate.as_ref());
    let by_itself = estimate.and_then(|estimate| match estimate.relation {
        stats::Relation::Below => Some(stats::Claimed::Below),
        stats::Relation::Above => Some(stats::Claimed::Above),
        stats::Relation::Inside => Some(stats::Claimed::Inside),
        _ => None,
    });
    let evidence = cell::evidence(cell, facts, estimate, by_itself);
    let (verdict, more_pairs, why) = match estimate.and_then(|e| turned(e, cell)) {
        Some(why) => (MetricVerdict::Inconclusive, None, why),
        None => verdict(&evidence.finding, held)?,
    };
    Ok(MetricJudged {
        verdict,
        more_pairs,
        why,
        scale: scale(contract, cell),
        primary: weighed.primary,
        ..described(contract, facts, cell, evidence)
    })
}

fn verdict(finding: &Finding, held: bool) -> Result<(MetricVerdict, Option<u64>, String), String> {
    let settled = |verdict| Ok((verdict, None, String::new()));
    match finding {
        Finding::Inconclusive { more_pairs, why } => {
            Ok((MetricVerdict::Inconclusive, *more_pairs, why.clone()))
        }
        Finding::NotRun { why } | Finding::NotComparable { why } => Err(why.clone()),
        _ if !held => {
            let why = "shown by itself, not yet among all the metrics measured";
            Ok((MetricVerdict::Inconclusive, None, why.to_owned()))
        }
        Finding::Shown(Relation::Above) => settled(MetricVerdict::Above),
        Finding::Shown(Relation::Below) => settled(MetricVerdict::Below),
        Finding::Shown(Relation::Inside) => settled(MetricVerdict::Within),
        Finding::Differs => settled(MetricVerdict::Differs),
        Finding::Fact { .. } => Err("a fact is no metric".to_owned()),
    }
}

/// Why a difference that was shown is not told: the last half of the pairs
/// does not show it any more. An interval keeps what was seen first.
fn turned(estimate: &Estimate, cell: &Cell) -> Option<String> {
    let late = estimate.warnings.iter().find_map(|warning| match warning {
        Warning::Drift { last_half } => Some(*last_half),
        _ => None,
    })?;
    let (low, high, x) = match estimate.scale {
        stats::Scale::Ratio => (1.0 / cell.margin.factor, cell.margin.factor, "x"),
        stats::Scale::Difference => (-cell.margin.floor, cell.margin.floor, ""),
    };
    let still = match estimate.relation {
        stats::Relation::Above => late > high,
        stats::Relation::Below => late < low,
        _ => true,
    };
    (!still).then(|| format!("it changed while it was measured: the last half shows {late:.2}{x}"))
}

/// Everything of a row that is not its verdict.
fn described(contract: &Contract, facts: &RunFacts, cell: &Cell, seen: Evidence) -> MetricJudged {
    let own = contract.own(cell.metric);
    MetricJudged {
        metric: cell.metric,
        case: cell.series.case.clone(),
        unit_label: own.map(|own| own.unit.clone()),
        unit: cell.metric.unit(),
        numerator: cell.numerator.clone(),
        denominator: cell.denominator.clone(),
        scale: seen.scale,
        better: match cell.metric.more_is_better() {
            true => Better::More,
            false => own.map_or(Better::Less, |own| own.better),
        },
        ratio: seen.ratio,
        difference: seen.difference,
        low: seen.low,
        high: seen.high,
        level: seen.level,
        pairs: seen.pairs,
        more_pairs: None,
        margin: cell.margin.factor,
        floor: cell.margin.floor,
        verdict: MetricVerdict::Inconclusive,
        why: String::new(),
        primary: false,
        values: seen.values,
        spread: seen.spread,
        pairs_seen: pairs_seen(facts, cell),
        by_position: by_position(facts, cell),
        voids: seen.voids,
        warnings: seen.warnings,
        marked: None,
        memory_source: memory_source(facts, cell),
    }
}

fn pairs_seen(facts: &RunFacts, cell: &Cell) -> Vec<(f64, f64)> {
    let pairs = cell.pairs_of(&facts.trials).into_iter();
    let whole = pairs.filter_map(|pair| match (pair.denominator, pair.numerator) {
        (Seen::Value(a), Seen::Value(b)) if a.is_finite() && b.is_finite() => Some((a, b)),
        _ => None,
    });
    whole.collect()
}

fn by_position(facts: &RunFacts, cell: &Cell) -> BTreeMap<SideName, BTreeMap<u32, f64>> {
    let mut seen: BTreeMap<&SideName, BTreeMap<u32, Vec<f64>>> = BTreeMap::new();
    let of_cell = facts.trials.iter().filter(|trial| {
        trial.series == cell.series
            && trial.replica == 0
            && trial.status == TrialStatus::Done
            && [&cell.numerator, &cell.denominator].contains(&&trial.side)
    });
    for trial in of_cell {
        let value = trial.values.get(&cell.metric).filter(|value| value.is_finite());
        let places = seen.entry(&trial.side).or_default();
        places.entry(trial.position).or_default().extend(value);
    }
    let medians = |places: BTreeMap<u32, Vec<f64>>| {
        let median = |(place, values): (u32, Vec<f64>)| Some((place, percentile::median(&values)?));
        places.into_iter().filter_map(median).collect()
    };
    seen.into_iter().map(|(side, places)| (side.clone(), medians(places))).collect()
}

fn memory_source(facts: &RunFacts, cell: &Cell) -> BTreeMap<SideName, MemorySource> {
    let trials = facts.trials.iter().filter(|trial| trial.series == cell.series);
    let ours = trials.filter(|t| [&cell.numerator, &cell.denominator].contains(&&t.side));
    ours.filter_map(|trial| Some((trial.side.clone(), trial.memory_source?))).collect()
}
