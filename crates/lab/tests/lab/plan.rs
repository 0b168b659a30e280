//! A plan is a pure function of comparison and selection.

use lab::Selection;
use model::{Activity, CellSelector, Comparison, Metric, PlanMode, Predicate, Profile, Relation};
use proptest::prelude::*;

use crate::place::{JOB, Place, case, claim, id};

const METRICS: &[Metric] =
    &[Metric::Cpu, Metric::Wall, Metric::Memory, Metric::Size, Metric::BuildClean];

fn selection(mode: PlanMode, seed: u64) -> Selection {
    Selection { claims: Vec::new(), mode, budget_seconds: None, seed, realtime: false }
}

/// Up to three jobs of up to three cases, and up to five claims on them.
fn comparisons() -> impl Strategy<Value = Comparison> {
    let metrics = || proptest::sample::subsequence(METRICS.to_vec(), 1..=3);
    let jobs = proptest::collection::vec(
        (any::<bool>(), proptest::collection::vec(metrics(), 1..=3)),
        1..=3,
    );
    let claims = proptest::collection::vec(
        proptest::collection::vec(
            (0..3_usize, 0..METRICS.len(), any::<bool>(), 1..=2_usize),
            1..=3,
        ),
        1..=5,
    );
    (jobs, claims).prop_map(|(jobs, claims)| {
        let mut comparison = Place::of("", "").comparison;
        let template = comparison.workloads.remove(&JOB.parse().unwrap()).unwrap();
        for (number, (quick, cases)) in jobs.into_iter().enumerate() {
            let mut job = template.clone();
            job.id = format!("job-{number}").parse().unwrap();
            job.quick = quick;
            job.cases = cases.iter().enumerate().map(|(n, _)| case(&format!("case-{n}"))).collect();
            for (case, metrics) in job.cases.iter_mut().zip(cases) {
                case.metrics = metrics;
            }
            comparison.workloads.insert(job.id.clone(), job);
        }
        for (number, cells) in claims.into_iter().enumerate() {
            let mut claim = claim(Metric::Cpu, Relation::Below, (1.1, 0.0));
            claim.id = id(&format!("test/claim-{number}"));
            if let Some(Predicate::Ratio { cells: selectors, .. }) = &mut claim.predicate {
                let one = selectors.remove(0);
                selectors.extend(cells.into_iter().map(|(job, metric, quick, profiles)| {
                    CellSelector {
                        workload: format!("job-{job}").parse().unwrap(),
                        metric: METRICS[metric],
                        profiles: Profile::ALL[..profiles].to_vec(),
                        quick,
                        ..one.clone()
                    }
                }));
            }
            comparison.claims.push(claim);
        }
        comparison
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn the_same_selection_gives_the_same_plan(comparison in comparisons(), seed: u64) {
        let choose = || lab::plan::choose(&comparison, &selection(PlanMode::Full, seed));
        prop_assert_eq!(choose(), choose());
        if let Ok(plan) = choose() {
            prop_assert_eq!(plan.seed, seed);
        }
    }

    #[test]
    fn a_plan_has_the_cells_of_its_claims_within_the_mode_each_once(
        comparison in comparisons(),
        quick: bool,
    ) {
        let mode = if quick { PlanMode::Quick } else { PlanMode::Full };
        let Ok(plan) = lab::plan::choose(&comparison, &selection(mode, 1)) else {
            let any = comparison.claims.iter().any(|claim| !comparison.cells_of(claim, mode).is_empty());
            prop_assert!(!any, "no plan, though there are cells");
            return Ok(());
        };
        for (number, cell) in plan.cells.iter().enumerate() {
            prop_assert!(!plan.cells[..number].contains(cell), "twice: {:?}", cell);
            let workload = &comparison.workloads[&cell.series.workload];
            prop_assert!(mode == PlanMode::Full || workload.quick);
            prop_assert!(plan.workloads.contains(&cell.series.workload));
            prop_assert_eq!(cell.series.activity, Activity::giving(cell.metric));
        }
        for claim in &comparison.claims {
            prop_assert!(plan.claims.contains(&claim.id));
            for cell in comparison.cells_of(claim, mode) {
                prop_assert!(plan.cells.contains(&cell), "missing: {:?}", cell);
            }
        }
    }

    #[test]
    fn quick_is_a_part_of_full(comparison in comparisons()) {
        let Ok(quick) = lab::plan::choose(&comparison, &selection(PlanMode::Quick, 1)) else {
            return Ok(());
        };
        let full = lab::plan::choose(&comparison, &selection(PlanMode::Full, 1)).unwrap();
        prop_assert!(quick.cells.iter().all(|cell| full.cells.contains(cell)));
    }
}

fn one_claim() -> Comparison {
    Place::of("", "").claim(Metric::Cpu, Relation::Below, (1.1, 0.001)).comparison
}

#[test]
fn a_plan_emptied_by_the_mode_says_so() {
    let mut comparison = one_claim();
    comparison.workloads.values_mut().for_each(|workload| workload.quick = false);
    let error = lab::plan::choose(&comparison, &selection(PlanMode::Quick, 1)).unwrap_err();
    let expected = "--quick leaves nothing to run: nothing of it is marked quick; use --full";
    assert_eq!(error.to_string(), expected);
    assert!(lab::plan::choose(&comparison, &selection(PlanMode::Full, 1)).is_ok());
}

#[test]
fn a_selection_that_needs_no_measurement_has_an_empty_plan() {
    let mut comparison = one_claim();
    comparison.claims[0].predicate = None;
    let wanted = Selection { claims: vec![id("test/cpu")], ..selection(PlanMode::Full, 1) };
    let plan = lab::plan::choose(&comparison, &wanted).unwrap();
    assert_eq!(plan.claims, [id("test/cpu")]);
    assert!(plan.cells.is_empty() && plan.workloads.is_empty());
}

#[test]
fn an_unknown_claim_is_named_with_a_likely_one() {
    let wanted = Selection { claims: vec![id("speed/cpu")], ..selection(PlanMode::Full, 1) };
    let error = lab::plan::choose(&one_claim(), &wanted).unwrap_err();
    let expected = "no claim `speed/cpu` in two-scripts; did you mean test/cpu?";
    assert_eq!(error.to_string(), expected);
}
