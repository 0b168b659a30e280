//! `cargo bench -p decide`: 20,000 draws, 6 options, 12 criteria; the best and
//! the median of 21 recommendations, everything in it: draws, weights, what would
//! turn it, what to measure next.

use std::hint::black_box;
use std::time::Instant;

use decide::{Terms, decide};
use model::Decision;
use model::decision::{
    Basis, Component, Criterion, Evidence, Found, Likeness, Range, Spacing, Weights,
};

const OPTIONS: usize = 6;
const CRITERIA: usize = 12;
const TIMES: usize = 21;

fn main() {
    let decision = decision();
    let terms = Terms::default();
    let mut taken: Vec<f64> = (0..TIMES)
        .map(|_| {
            let began = Instant::now();
            black_box(decide(black_box(&decision), &Found::default(), &terms));
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    let draws = terms.draws;
    #[expect(clippy::print_stdout, reason = "a benchmark's result")]
    {
        println!(
            "{draws} draws, {OPTIONS} options, {CRITERIA} criteria: best {:.0} ms, median {:.0} ms",
            taken[0],
            taken[TIMES / 2]
        );
    }
}

/// A third each of estimates, documented ratios and exact values.
fn decision() -> Decision {
    let options: Vec<model::SideName> =
        (0..OPTIONS).map(|at| format!("option-{at}").parse().expect("a name")).collect();
    let criteria: Vec<Criterion> = (0..CRITERIA).map(criterion).collect();
    let mut evidence = Vec::new();
    for (at, criterion) in criteria.iter().enumerate() {
        for (of, option) in options.iter().enumerate() {
            let middle = 40.0 + 5.0 * of as f64;
            let range = Range { least: middle - 12.0, likely: middle, most: middle + 20.0 };
            let basis = match at % 3 {
                1 if of > 0 => Basis::Ratio {
                    likeness: Likeness::Documented,
                    against: options[0].clone(),
                    run: None,
                    ratio: Some(Range { least: 0.5, likely: 0.9, most: 1.4 }),
                    controlled: Range { least: 0.5, likely: 0.7, most: 0.9 },
                },
                2 => Basis::Exact(middle),
                _ => Basis::Estimate(range),
            };
            evidence.push(Evidence {
                criterion: criterion.id.clone(),
                option: option.clone(),
                component: None,
                basis,
                source: None,
                as_of: None,
            });
        }
    }
    Decision {
        question: "which?".to_owned(),
        preset: None,
        incumbent: None,
        team: None,
        weights: Weights::Considered,
        seed: 1,
        valid_days: 180,
        components: vec![Component {
            id: "whole".parse().expect("a name"),
            kind: String::new(),
            workload: None,
            share: 1.0,
            relevance: Default::default(),
        }],
        edges: Vec::new(),
        facts: Vec::new(),
        musts: Vec::new(),
        open: Vec::new(),
        options,
        criteria,
        evidence,
    }
}

fn criterion(at: usize) -> Criterion {
    Criterion {
        id: format!("criterion-{at}").parse().expect("a name"),
        unit: "ms".to_owned(),
        floor: 100.0,
        goal: 20.0,
        spacing: if at % 2 == 0 { Spacing::Linear } else { Spacing::Log },
        points: 100.0 - 7.0 * at as f64,
        metric: None,
        factor: None,
        why: None,
        claim: None,
    }
}
