//! What the pairs of a stored run give of one quantity, for a decision to draw from.

use model::decision::{Quantity, RunRef};
use model::{Cell, Pair, Profile, RunFacts, Seen, Tier};

/// One number a pair, in the metric's own unit: the side's value, over or less
/// the other's. Empty if the run has no such pairs; what failed or was cut short
/// gives none.
pub fn taken(facts: &RunFacts, of: &RunRef, quantity: Quantity) -> Vec<f64> {
    // What was not asked of a series then is in its trials all the same.
    let told = |cell: &Cell| Cell { metric: of.metric, ..cell.clone() };
    let mut cells: Vec<Cell> =
        facts.run.plan.cells.iter().filter(|cell| asked(cell, of)).map(told).collect();
    // The headline first; a plan's own order decides among the rest.
    cells.sort_by_key(|cell| {
        (cell.series.tier != Tier::Idiomatic, cell.series.profile != Profile::ReleasePractice)
    });
    let mut all = cells.iter().map(|cell| of_cell(cell, facts, of, quantity));
    all.find(|values| !values.is_empty()).unwrap_or_default()
}

fn asked(cell: &Cell, of: &RunRef) -> bool {
    let has = |side| &cell.numerator == side || &cell.denominator == side;
    of.workload.as_ref().is_none_or(|workload| workload == &cell.series.workload)
        && (of.case.is_none() || of.case == cell.series.case)
        && has(&of.side)
        && of.against.as_ref().is_none_or(has)
}

fn of_cell(cell: &Cell, facts: &RunFacts, of: &RunRef, quantity: Quantity) -> Vec<f64> {
    let on_top = cell.numerator == of.side;
    let number = |pair: Pair| {
        let (own, other) = match on_top {
            true => (pair.numerator, pair.denominator),
            false => (pair.denominator, pair.numerator),
        };
        let value = match (quantity, own, other) {
            (Quantity::Value, Seen::Value(own), _) => own,
            (Quantity::Ratio, Seen::Value(own), Seen::Value(other)) => own / other,
            (Quantity::Difference, Seen::Value(own), Seen::Value(other)) => own - other,
            _ => return None,
        };
        value.is_finite().then_some(value)
    };
    cell.pairs_of(&facts.trials).into_iter().filter_map(number).collect()
}
