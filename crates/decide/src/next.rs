//! What the next measurement is worth: the part of the regret that knowing a
//! criterion's values would save.
//!
//! The expected value of partial perfect information, from the draws that are
//! there: sorted by how far the criterion sets the two leaders apart, in bins of
//! equal count, the best option of each bin against the best of all (Strong and
//! Oakley, *An efficient method for computing single-parameter partial expected
//! value of perfect information*, Medical Decision Making 33, 2013).

use model::Decision;

use crate::column::Columns;
use crate::option::Assignment;
use crate::recommendation::Next;
use crate::utility::Utilities;

/// Enough to follow the curve, few enough that noise in them is not taken for knowledge.
const BINS: usize = 20;

/// Savings below this are noise of the draws.
const NOISE: f64 = 5e-4;

/// Criteria at components, the one that would save most first.
pub(crate) fn measurements(
    decision: &Decision,
    options: &[Assignment],
    utilities: &Utilities,
    columns: &mut Columns,
) -> Vec<Next> {
    let ranked = utilities.ranked();
    let [first, second, ..] = ranked.as_slice() else { return Vec::new() };
    let mut all = Vec::new();
    for (criterion, of) in decision.criteria.iter().enumerate() {
        if of.points <= 0.0 || of.counts_parts() {
            continue;
        }
        for component in 0..decision.components.len() {
            let one = columns.of_option(criterion, &options[*first], component);
            let other = columns.of_option(criterion, &options[*second], component);
            let apart: Vec<f64> = one
                .iter()
                .zip(other.iter())
                .map(|(one, other)| of.worth(*one) - of.worth(*other))
                .collect();
            let saves = saved(&apart, &ranked, utilities);
            if saves > NOISE {
                all.push(Next { criterion, component, saves });
            }
        }
    }
    all.sort_by(|one, other| other.saves.total_cmp(&one.saves));
    all
}

/// What is chosen in a bin is chosen by half of its draws and scored on the
/// other half: the best of many looks better than it is where it was looked for.
fn saved(apart: &[f64], options: &[usize], utilities: &Utilities) -> f64 {
    if apart.iter().all(|value| *value == apart[0]) {
        return 0.0;
    }
    let mut order: Vec<usize> = (0..apart.len()).collect();
    order.sort_by(|one, other| apart[*one].total_cmp(&apart[*other]));
    let sum = |option: usize, draws: &[usize]| -> f64 {
        draws.iter().map(|draw| utilities.drawn[option][*draw]).sum()
    };
    let scored = |draws: &[usize]| {
        let (one, other): (Vec<usize>, Vec<usize>) = draws.iter().partition(|draw| **draw % 2 == 0);
        let best = |of: &[usize]| {
            let all = options.iter().map(|option| (*option, sum(*option, of)));
            all.max_by(|one, other| one.1.total_cmp(&other.1)).map_or(options[0], |best| best.0)
        };
        sum(best(&one), &other) + sum(best(&other), &one)
    };
    let size = apart.len().div_ceil(BINS);
    let knowing: f64 = order.chunks(size).map(scored).sum();
    (knowing - scored(&order)) / apart.len() as f64
}
