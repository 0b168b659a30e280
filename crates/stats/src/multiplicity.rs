//! Many cells at once: which claims to accept so that few of the accepted are false.

use crate::estimate::EValues;
use crate::margin::Claimed;

/// The e-BH procedure (Wang and Ramdas, "False discovery rate control with e-values", JRSS B 84, 2022):
/// accept the k largest e-values, k the largest with e_(k) ≥ m/(q·k).
///
/// `ln_e` holds the natural logarithm of one e-value a cell, of all cells planned: a cell without evidence
/// is −∞, not absent. The expected share of false claims among the accepted is at most `q`, whatever
/// the dependence between cells, and at any stopping time of the run. Hence the stopping rule: a cell stops
/// when it is accepted *here*, over the whole run, not when its own e-value passes 1/α. NaN is no evidence.
pub fn e_bh(ln_e: &[f64], q: f64) -> Vec<bool> {
    let mut largest_first: Vec<f64> = ln_e.iter().copied().filter(|e| !e.is_nan()).collect();
    largest_first.sort_by(|x, y| y.total_cmp(x));
    let required = |k: usize| (ln_e.len() as f64 / (q * k as f64)).ln();
    let accepted = (1..=largest_first.len()).rev().find(|&k| largest_first[k - 1] >= required(k));
    let Some(k) = accepted else { return vec![false; ln_e.len()] };
    ln_e.iter().map(|&e| e >= required(k)).collect()
}

/// One cell of a run: what is claimed of it and how much evidence there is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hypothesis {
    /// The claim fixed before the run.
    pub claimed: Claimed,
    /// The evidence so far; [`EValues::NOTHING`] for a cell without pairs.
    pub e_values: EValues,
}

/// What may be accepted of each cell, over the whole run.
///
/// The claims are one family of as many hypotheses as there are cells, held by [`e_bh`] at `q`. What else a
/// cell may turn out to be (its two other relations) is a second family, twice as large, held at `q` by
/// itself: so a cell that shows the opposite of its claim, or no difference, need not run to the end of its
/// budget either.
pub fn accepted(cells: &[Hypothesis], q: f64) -> Vec<Option<Claimed>> {
    let claims: Vec<f64> = cells.iter().map(|cell| cell.e_values.of(cell.claimed)).collect();
    let others: Vec<(usize, Claimed)> = cells
        .iter()
        .enumerate()
        .flat_map(|(index, cell)| cell.claimed.others().map(|other| (index, other)))
        .collect();
    let other_e: Vec<f64> =
        others.iter().map(|(index, other)| cells[*index].e_values.of(*other)).collect();
    let mut accepted = vec![None; cells.len()];
    for ((index, other), held) in others.into_iter().zip(e_bh(&other_e, q)) {
        if held {
            accepted[index] = Some(other);
        }
    }
    for (index, held) in e_bh(&claims, q).into_iter().enumerate() {
        if held {
            accepted[index] = Some(cells[index].claimed);
        }
    }
    accepted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(claimed: Claimed, ln_below: f64, ln_inside: f64) -> Hypothesis {
        let e_values = EValues { ln_below, ln_inside, ..EValues::NOTHING };
        Hypothesis { claimed, e_values }
    }

    #[test]
    fn a_claim_needs_more_evidence_among_many_cells_than_alone() {
        let strong = cell(Claimed::Below, 21f64.ln(), f64::NEG_INFINITY);
        let nothing = cell(Claimed::Below, f64::NEG_INFINITY, f64::NEG_INFINITY);
        assert_eq!(accepted(&[strong], 0.05), [Some(Claimed::Below)]);
        assert_eq!(accepted(&[strong, nothing], 0.05), [None, None]);
        assert_eq!(accepted(&[strong, strong], 0.05), [Some(Claimed::Below); 2]);
    }

    #[test]
    fn the_opposite_of_a_claim_is_accepted_too_but_costs_twice_the_evidence() {
        let inside = |e: f64| cell(Claimed::Below, f64::NEG_INFINITY, e.ln());
        assert_eq!(accepted(&[inside(39.0)], 0.05), [None]);
        assert_eq!(accepted(&[inside(41.0)], 0.05), [Some(Claimed::Inside)]);
    }
}
