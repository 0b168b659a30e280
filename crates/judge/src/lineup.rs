//! Programs beside each other: of a case that more than two of them were driven in, what was seen of
//! each. No verdict: a claim on the case has that.

use std::collections::BTreeMap;

use model::pairing::Disturbances;
use model::{
    Activity, Comparison, Metric, RunFacts, Series, SideName, Trial, TrialStatus, Workload,
};

/// From as many programs on there is more to see than a pair.
const FEWEST: usize = 3;

/// All programs of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Lineup {
    /// Which case, of programs built how.
    pub series: Series,
    /// What the case measures and was seen, in its order.
    pub metrics: Vec<Metric>,
    /// Each side with its variants behind it.
    pub programs: Vec<LinedUp>,
}

/// One program in a line-up.
#[derive(Debug, Clone, PartialEq)]
pub struct LinedUp {
    /// The side or variant.
    pub side: SideName,
    /// The side whose program it is.
    pub of: SideName,
    /// Medians over all turns that came to their end.
    pub medians: BTreeMap<Metric, f64>,
    /// Turns that did.
    pub turns: u32,
}

/// A line-up for each case that was driven with enough programs.
pub(crate) fn of(comparison: &Comparison, facts: &RunFacts) -> Vec<Lineup> {
    let mut series: Vec<&Series> = Vec::new();
    for cell in &facts.run.plan.cells {
        if cell.series.activity == Activity::Serve && !series.contains(&&cell.series) {
            series.push(&cell.series);
        }
    }
    series.into_iter().filter_map(|series| lineup(comparison, facts, series)).collect()
}

fn lineup(comparison: &Comparison, facts: &RunFacts, series: &Series) -> Option<Lineup> {
    let workload = comparison.workloads.get(&series.workload)?;
    let case = workload.cases.iter().find(|case| Some(&case.id) == series.case.as_ref())?;
    let ours = facts.trials.iter().filter(|trial| &trial.series == series);
    let mut disturbances = Disturbances::default();
    ours.clone().for_each(|trial| disturbances.take(trial));
    let counted: Vec<&Trial> = ours.filter(|trial| !disturbances.void(trial.block)).collect();
    let programs: Vec<LinedUp> = entrants(comparison, workload)
        .filter_map(|(side, of)| lined_up(&counted, &case.metrics, side, of))
        .collect();
    let seen = |metric: &&Metric| programs.iter().any(|one| one.medians.contains_key(*metric));
    let metrics = case.metrics.iter().filter(seen).copied().collect();
    let enough = programs.len() >= FEWEST;
    enough.then(|| Lineup { series: series.clone(), metrics, programs })
}

/// Sides, each with its variants behind it.
fn entrants<'a>(
    comparison: &'a Comparison,
    workload: &'a Workload,
) -> impl Iterator<Item = (&'a SideName, &'a SideName)> {
    comparison.sides.iter().flat_map(|side| {
        let variants = workload.variants.iter().filter(|variant| variant.side == side.name);
        let variants = variants.map(|variant| (&variant.id, &variant.side));
        std::iter::once((&side.name, &side.name)).chain(variants)
    })
}

fn lined_up(
    trials: &[&Trial],
    metrics: &[Metric],
    side: &SideName,
    of: &SideName,
) -> Option<LinedUp> {
    let done = |trial: &&&Trial| {
        &trial.side == side && trial.replica == 0 && trial.status == TrialStatus::Done
    };
    let turns: Vec<&Trial> = trials.iter().filter(done).copied().collect();
    let median = |metric: &Metric| {
        let values = turns.iter().filter_map(|trial| trial.values.get(metric).copied());
        let median = stats::percentile::median(&values.collect::<Vec<f64>>())?;
        Some((*metric, median))
    };
    let medians = metrics.iter().filter_map(median).collect();
    let count = turns.len() as u32;
    (count > 0).then(|| LinedUp { side: side.clone(), of: of.clone(), medians, turns: count })
}
