//! Weights drawn around the swing points, and what each option is worth by them.

use model::Decision;

use crate::Terms;
use crate::chance::Stream;
use crate::column::{Columns, mean, quantile};
use crate::option::Assignment;
use crate::recommendation::Stand;

/// Weights of the criteria: one list a draw, each sums to one.
pub(crate) struct Weights {
    /// By criterion, then by draw.
    pub(crate) drawn: Vec<Vec<f64>>,
    /// Swing points over their sum: the mean of the draws.
    pub(crate) stated: Vec<f64>,
}

/// Weights ~ Dirichlet(stated × concentration).
pub(crate) fn weights(decision: &Decision, terms: &Terms) -> Weights {
    let sum: f64 = decision.criteria.iter().map(|criterion| criterion.points).sum();
    let stated: Vec<f64> =
        decision.criteria.iter().map(|criterion| criterion.points / sum).collect();
    let concentration = terms.concentration.unwrap_or_else(|| decision.concentration());
    let gammas = decision.criteria.iter().zip(&stated).map(|(criterion, share)| {
        let mut stream = Stream::of(decision.seed, &["weight", criterion.id.as_str()]);
        stream.gammas(share * concentration, terms.draws)
    });
    let mut drawn: Vec<Vec<f64>> = gammas.collect();
    for draw in 0..terms.draws {
        let sum: f64 = drawn.iter().map(|of| of[draw]).sum();
        drawn.iter_mut().for_each(|of| of[draw] /= sum);
    }
    Weights { drawn, stated }
}

/// What every option that is not ruled out is worth.
pub(crate) struct Utilities {
    /// By option; empty where it is ruled out.
    pub(crate) drawn: Vec<Vec<f64>>,
    /// How far below the best of a draw.
    gaps: Vec<Vec<f64>>,
    /// By option and criterion: mean worth of its values, component by share and relevance.
    pub(crate) worth: Vec<Vec<f64>>,
    /// Swing points over their sum.
    pub(crate) stated: Vec<f64>,
}

impl Utilities {
    pub(crate) fn of(
        decision: &Decision,
        options: &[Assignment],
        standing: &[Stand],
        weights: &Weights,
        columns: &mut Columns,
    ) -> Self {
        let mut all = Self {
            drawn: vec![Vec::new(); options.len()],
            gaps: Vec::new(),
            worth: vec![Vec::new(); options.len()],
            stated: weights.stated.clone(),
        };
        for (index, option) in options.iter().enumerate() {
            if standing[index] == Stand::Out {
                continue;
            }
            let added = Added::up(decision, option, weights, columns);
            all.drawn[index] = added.drawn;
            all.worth[index] = added.worth;
        }
        all.gaps = gaps(&all.drawn);
        all
    }

    /// The share of draws in which an option is at most `delta` below the best.
    pub(crate) fn safe(&self, option: usize, delta: f64) -> f64 {
        share_within(&self.gaps[option], delta)
    }

    /// Expected worth; none if it is ruled out.
    pub(crate) fn mean(&self, option: usize) -> Option<f64> {
        let drawn = &self.drawn[option];
        (!drawn.is_empty()).then(|| mean(drawn))
    }

    /// Where nine draws of ten lie.
    pub(crate) fn interval(&self, option: usize) -> Option<(f64, f64)> {
        let drawn = &self.drawn[option];
        (!drawn.is_empty()).then(|| (quantile(drawn, 0.05), quantile(drawn, 0.95)))
    }

    /// Options that are not ruled out, the one worth most first.
    pub(crate) fn ranked(&self) -> Vec<usize> {
        let mut ranked: Vec<(usize, f64)> =
            (0..self.drawn.len()).filter_map(|option| Some((option, self.mean(option)?))).collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
        ranked.into_iter().map(|(option, _)| option).collect()
    }

    /// What is lost on average by choosing now instead of knowing everything.
    pub(crate) fn regret(&self) -> f64 {
        let least = self.gaps.iter().filter(|gaps| !gaps.is_empty()).map(|gaps| mean(gaps));
        least.reduce(f64::min).unwrap_or(0.0)
    }
}

fn share_within(gaps: &[f64], delta: f64) -> f64 {
    // What is exactly that much below is within it, however it was added up.
    const ROUNDING: f64 = 1e-12;
    if gaps.is_empty() {
        return 0.0;
    }
    gaps.iter().filter(|gap| **gap <= delta + ROUNDING).count() as f64 / gaps.len() as f64
}

fn gaps(all: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let draws = all.iter().map(Vec::len).max().unwrap_or(0);
    let mut best = vec![f64::NEG_INFINITY; draws];
    for of in all.iter().filter(|of| !of.is_empty()) {
        best.iter_mut().zip(of).for_each(|(best, worth)| *best = best.max(*worth));
    }
    all.iter().map(|of| of.iter().zip(&best).map(|(worth, best)| best - worth).collect()).collect()
}

/// One option, its criteria added up.
struct Added {
    drawn: Vec<f64>,
    worth: Vec<f64>,
}

impl Added {
    /// U = Σ share · Σ weight · relevance · worth.
    fn up(
        decision: &Decision,
        option: &Assignment,
        weights: &Weights,
        columns: &mut Columns,
    ) -> Self {
        let mut drawn = vec![0.0; columns.draws()];
        let mut worth = Vec::with_capacity(decision.criteria.len());
        for (index, criterion) in decision.criteria.iter().enumerate() {
            let of = worth_of(decision, index, option, columns);
            worth.push(mean(&of));
            if criterion.points > 0.0 {
                let weight = &weights.drawn[index];
                drawn.iter_mut().zip(weight).zip(&of).for_each(|((sum, w), v)| *sum += w * v);
            }
        }
        Self { drawn, worth }
    }
}

/// What an option's values of one criterion are worth, all components together.
fn worth_of(
    decision: &Decision,
    criterion: usize,
    option: &Assignment,
    columns: &mut Columns,
) -> Vec<f64> {
    let of = &decision.criteria[criterion];
    if of.counts_parts() {
        return vec![of.worth(option.parts(decision) as f64); columns.draws()];
    }
    let mut sum = vec![0.0; columns.draws()];
    for (at, component) in decision.components.iter().enumerate() {
        let part = component.share * component.relevance_of(&of.id);
        if part > 0.0 {
            let column = columns.of_option(criterion, option, at);
            sum.iter_mut().zip(column.iter()).for_each(|(sum, x)| *sum += part * of.worth(*x));
        }
    }
    sum
}
