//! Many cells at once: which claims to accept so that few of the accepted are false.

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
