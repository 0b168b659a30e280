//! Whether an option is safe only because nobody knows better.
//!
//! The vaguer a rival's values are, the more often it comes out worse, where
//! floor and goal cut off what is beyond them: an option can seem safe for that
//! alone. A choice has to stand where its own values are at the worse and its
//! rivals' at the better end of what is about as likely as not. Wider intervals
//! have wider such ends, so that to know less never makes a choice of a leaning.

use model::Decision;

use crate::column::{Columns, quantile};
use crate::option::Assignment;
use crate::utility::{Utilities, Weights};
use crate::{CHOOSE, Terms};

/// The quarter on each side is left out of what is about as likely as not.
const ENDS: (f64, f64) = (0.3, 0.7);

/// Whether an option is nearly as good as the best for enough of the weights
/// even so.
pub(crate) fn stands(
    decision: &Decision,
    terms: &Terms,
    options: &[Assignment],
    weights: &Weights,
    utilities: &Utilities,
    chosen: usize,
    columns: &mut Columns,
) -> bool {
    let rivals = utilities.ranked().into_iter().filter(|option| *option != chosen);
    let leads: Vec<Vec<f64>> =
        rivals.map(|rival| lead(decision, &options[rival], &options[chosen], columns)).collect();
    let behind = |lead: &Vec<f64>, draw: usize| -> f64 {
        lead.iter().zip(&weights.drawn).map(|(lead, weight)| lead * weight[draw]).sum()
    };
    let stands = |draw: &usize| leads.iter().all(|lead| behind(lead, *draw) <= terms.delta);
    (0..terms.draws).filter(stands).count() as f64 >= CHOOSE * terms.draws as f64
}

/// By criterion: how much better a rival's values can be worth, components that
/// both write in the same language apart.
fn lead(
    decision: &Decision,
    rival: &Assignment,
    chosen: &Assignment,
    columns: &mut Columns,
) -> Vec<f64> {
    let mut all = Vec::with_capacity(decision.criteria.len());
    for (index, criterion) in decision.criteria.iter().enumerate() {
        if criterion.counts_parts() {
            let worth = |option: &Assignment| criterion.worth(option.parts(decision) as f64);
            all.push(worth(rival) - worth(chosen));
            continue;
        }
        let mut sum = 0.0;
        for (at, component) in decision.components.iter().enumerate() {
            let costs = |option: &Assignment| option.costs_at(decision, criterion, at);
            if rival.of[at] != chosen.of[at] || costs(rival) != costs(chosen) {
                let (_, best) = ends(index, rival, at, columns);
                let (worst, _) = ends(index, chosen, at, columns);
                sum += component.share * component.relevance_of(&criterion.id) * (best - worst);
            }
        }
        all.push(sum);
    }
    all
}

/// The least and the most that a value about as likely as not is worth; what is
/// likely is always among them.
fn ends(
    criterion: usize,
    option: &Assignment,
    component: usize,
    columns: &mut Columns,
) -> (f64, f64) {
    let of = &columns.decision.criteria[criterion];
    let likely = of.worth(columns.likely_of_option(criterion, option, component));
    let column = columns.of_option(criterion, option, component);
    let (one, other) = (of.worth(quantile(&column, ENDS.0)), of.worth(quantile(&column, ENDS.1)));
    (one.min(other).min(likely), one.max(other).max(likely))
}
