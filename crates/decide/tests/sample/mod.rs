//! Decisions drawn at random, and the same decisions said otherwise.

use std::ops::RangeInclusive;

use model::Decision;
use model::decision::{Basis, Component, Criterion, Evidence, Range, Spacing, Weights};
use proptest::prelude::*;

/// A decision before its names are given.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    options: Vec<String>,
    criteria: Vec<DrawnCriterion>,
    components: usize,
}

#[derive(Debug, Clone)]
struct DrawnCriterion {
    floor: f64,
    goal: f64,
    log: bool,
    points: f64,
    /// By option: least, likely, most.
    values: Vec<[f64; 3]>,
}

/// Decisions with so many options and components.
pub(crate) fn decisions(
    options: RangeInclusive<usize>,
    components: usize,
) -> impl Strategy<Value = Drawn> {
    (options, 2..=4_usize).prop_flat_map(move |(options, criteria)| {
        proptest::collection::vec(criterion(options), criteria).prop_map(move |criteria| Drawn {
            options: ["alpha", "beta", "gamma", "delta"][..options]
                .iter()
                .map(|it| (*it).to_owned())
                .collect(),
            criteria,
            components,
        })
    })
}

fn criterion(options: usize) -> impl Strategy<Value = DrawnCriterion> {
    let value = (-0.3..0.3_f64, 0.0..0.4_f64, 0.0..0.4_f64);
    let values = (0.3..0.7_f64, 0.0..0.7_f64, proptest::collection::vec(value, options));
    (5.0..50.0_f64, 1.5..6.0_f64, any::<bool>(), any::<bool>(), 5.0..100.0_f64, values).prop_map(
        |(low, ratio, less_is_better, log, points, (around, apart, values))| {
            let high = low * ratio;
            let (floor, goal) = if less_is_better { (high, low) } else { (low, high) };
            let at = |part: f64| low + (high - low) * part.clamp(0.0, 1.0);
            let values = values
                .into_iter()
                .map(|(off, below, above)| {
                    let middle = around + off * apart * apart;
                    [at(middle - below), at(middle), at(middle + above)]
                })
                .collect();
            DrawnCriterion { floor, goal, log, points, values }
        },
    )
}

pub(crate) fn range_of(least: f64, likely: f64, most: f64) -> Range {
    Range { least, likely, most }
}

impl Drawn {
    /// The names of the options changed.
    pub(crate) fn renamed(&self, rename: impl Fn(&str) -> String) -> Self {
        Self { options: self.options.iter().map(|name| rename(name)).collect(), ..self.clone() }
    }

    /// The options in the other order.
    pub(crate) fn reversed(&self) -> Self {
        let mut other = self.clone();
        other.options.reverse();
        other.criteria.iter_mut().for_each(|criterion| criterion.values.reverse());
        other
    }

    /// One option fewer.
    pub(crate) fn without_last(&self) -> Self {
        let mut other = self.clone();
        other.options.pop();
        other.criteria.iter_mut().for_each(|criterion| {
            criterion.values.pop();
        });
        other
    }

    /// Every value so many times as large a number.
    pub(crate) fn in_other_units(&self, factor: f64) -> Self {
        let mut other = self.clone();
        for criterion in &mut other.criteria {
            criterion.floor *= factor;
            criterion.goal *= factor;
            criterion.values.iter_mut().flatten().for_each(|value| *value *= factor);
        }
        other
    }

    /// One interval, or every one alike, so many times as wide around what is likely.
    pub(crate) fn widened(&self, only: Option<usize>, by: f64) -> Self {
        let mut other = self.clone();
        let values = other.criteria.iter_mut().flat_map(|of| &mut of.values).enumerate();
        for (at, [least, likely, most]) in values {
            if only.is_none_or(|only| only == at) {
                *least = *likely - (*likely - *least) * by;
                *most = *likely + (*most - *likely) * by;
            }
        }
        other
    }

    /// How often every interval could be laid beside itself before one reached zero.
    pub(crate) fn room(&self) -> f64 {
        let values = self.criteria.iter().flat_map(|of| &of.values);
        let rooms = values.map(|[least, likely, _]| likely / (likely - least).max(1e-9));
        rooms.fold(f64::INFINITY, f64::min)
    }

    /// How many intervals there are.
    pub(crate) fn intervals(&self) -> usize {
        self.criteria.iter().map(|of| of.values.len()).sum()
    }

    pub(crate) fn decision(&self) -> Decision {
        let options: Vec<model::SideName> =
            self.options.iter().map(|name| name.parse().unwrap()).collect();
        let criteria: Vec<Criterion> =
            self.criteria.iter().enumerate().map(|(at, drawn)| criterion_of(at, drawn)).collect();
        let mut evidence = Vec::new();
        for (criterion, drawn) in criteria.iter().zip(&self.criteria) {
            for (option, [least, likely, most]) in options.iter().zip(&drawn.values) {
                evidence.push(Evidence {
                    criterion: criterion.id.clone(),
                    option: option.clone(),
                    component: None,
                    basis: Basis::Estimate(range_of(*least, *likely, *most)),
                    source: None,
                    as_of: None,
                });
            }
        }
        let share = 1.0 / self.components as f64;
        let components = (0..self.components).map(|at| Component {
            id: format!("part-{at}").parse().unwrap(),
            kind: String::new(),
            workload: None,
            share,
            relevance: Default::default(),
        });
        Decision {
            question: "which?".to_owned(),
            preset: None,
            incumbent: None,
            team: None,
            weights: Weights::Considered,
            seed: 1,
            valid_days: 180,
            components: components.collect(),
            edges: Vec::new(),
            facts: Vec::new(),
            musts: Vec::new(),
            open: Vec::new(),
            options,
            criteria,
            evidence,
        }
    }
}

fn criterion_of(at: usize, drawn: &DrawnCriterion) -> Criterion {
    Criterion {
        id: format!("criterion-{at}").parse().unwrap(),
        unit: String::new(),
        floor: drawn.floor,
        goal: drawn.goal,
        spacing: if drawn.log { Spacing::Log } else { Spacing::Linear },
        points: drawn.points,
        metric: None,
        factor: None,
        why: None,
        claim: None,
    }
}
