//! Programs that serve: what a machine can say of them, and blocks that are void.

use judge::Finding;
use model::{Metric, Relation, Seen, Verdict};

use crate::given::{Given, around, side};

fn served(metric: Metric, expect: Relation) -> Given {
    let mut given = Given::one(metric, expect);
    let search = &"search".parse().unwrap();
    given.comparison.workloads.get_mut(search).unwrap().cases[0].metrics.push(metric);
    Given::of_comparison(given.comparison, model::PlanMode::Full)
}

#[test]
fn a_tail_seen_with_one_processor_is_a_condition() {
    let mut given = served(Metric::ResponseP99, Relation::Below).pairs(0, around(0.5, 20));
    assert_eq!(given.finding(), Finding::Shown(Relation::Below));
    let claim = given.first();
    assert_eq!(claim.verdict, Some(Verdict::Depends));
    assert!(claim.conditions[1].contains("1 processor"), "{:?}", claim.conditions);
    given.facts.run.environment.machine.cores = 4;
    assert_eq!(given.first().verdict, Some(Verdict::Holds));
}

#[test]
fn what_a_request_costs_is_settled_on_any_machine() {
    let given = served(Metric::CpuPerRequest, Relation::Below).pairs(0, around(0.5, 20));
    assert_eq!(given.first().verdict, Some(Verdict::Holds));
}

#[test]
fn more_goodput_favours_the_side_that_has_it() {
    let many = around(2.0, 20).into_iter().map(|(a, b)| (a * 1e4, b * 1e4));
    let given = served(Metric::Goodput, Relation::Above).pairs(0, many);
    assert_eq!(given.row().favours, Some(side("rust")));
}

/// The side that was disturbed does not matter: a rule that asked would choose.
#[test]
fn a_disturbed_block_is_void_whoever_was_disturbed() {
    for disturbed in [0, 1] {
        let mut given = served(Metric::CpuPerRequest, Relation::Below).pairs(0, around(0.5, 20));
        for _ in 0..10 {
            given.pair(0, Seen::Value(9.0), Seen::Value(0.1));
            let last = given.facts.trials.len() - 2 + disturbed;
            given.facts.trials[last].values.insert(Metric::Interference, 0.9);
            let other = given.facts.trials.len() - 1 - disturbed;
            given.facts.trials[other].values.insert(Metric::Interference, 0.1);
        }
        let row = given.row();
        assert_eq!(row.finding, Finding::Shown(Relation::Below));
        assert_eq!(row.pairs, 20);
        assert_eq!(row.voids, [].into(), "no side failed");
        assert_eq!(
            row.warnings,
            [
                "10 pairs are void; the first: something else used the processors more beside one side \
              than beside the other"
            ]
        );
    }
}

#[test]
fn what_disturbs_all_alike_voids_nothing() {
    let mut given = served(Metric::CpuPerRequest, Relation::Below).pairs(0, around(0.5, 20));
    for trial in &mut given.facts.trials {
        trial.values.insert(Metric::Interference, 0.9);
    }
    assert_eq!(given.row().pairs, 20);
}

#[test]
fn programs_of_a_driven_case_are_lined_up_with_their_medians() {
    let given = served(Metric::CpuPerRequest, Relation::Below);
    let mut given = given.pairs(0, [(1.0, 4.0), (3.0, 6.0), (2.0, 5.0)]);
    assert_eq!(given.judged().lineups, [], "two are a pair");

    let variant = model::service::Variant {
        id: side("go-gogc-400"),
        side: side("go"),
        args: Vec::new(),
        env: std::collections::BTreeMap::from([("GOGC".to_owned(), "400".to_owned())]),
    };
    let search = &"search".parse().unwrap();
    given.comparison.workloads.get_mut(search).unwrap().variants.push(variant);
    let of_go = |trial: &&model::Trial| trial.side == side("go");
    let mut more: Vec<model::Trial> = given.facts.trials.iter().filter(of_go).cloned().collect();
    for trial in &mut more {
        trial.side = side("go-gogc-400");
    }
    more[2].status = model::TrialStatus::Crashed;
    given.facts.trials.extend(more);

    let lineups = given.judged().lineups;
    assert_eq!(lineups.len(), 1);
    let seen: Vec<(&str, &str, u32, f64)> = lineups[0]
        .programs
        .iter()
        .map(|one| {
            (one.side.as_str(), one.of.as_str(), one.turns, one.medians[&Metric::CpuPerRequest])
        })
        .collect();
    // A turn that failed has no part in it.
    assert_eq!(
        seen,
        [("rust", "rust", 3, 2.0), ("go", "go", 3, 5.0), ("go-gogc-400", "go", 2, 5.0)]
    );
}

/// What measures failed beside one side: the block is void for both, or the quicker side, which is
/// asked for more, would lose its blocks alone.
#[test]
fn a_turn_that_nothing_measured_voids_its_block_for_all_sides() {
    for late in [0, 1] {
        let mut given = served(Metric::CpuPerRequest, Relation::Below).pairs(0, around(0.5, 20));
        for _ in 0..10 {
            given.pair(0, Seen::Value(9.0), Seen::Value(0.1));
            let at = given.facts.trials.len() - 2 + late;
            given.facts.trials[at].status = model::TrialStatus::Unmeasured;
            given.facts.trials[at].values.clear();
            given.facts.trials[at].detail = Some("the generator was late".to_owned());
        }
        let row = given.row();
        assert_eq!((row.finding, row.pairs), (Finding::Shown(Relation::Below), 20));
        assert_eq!(row.voids, [].into(), "no side failed");
        assert_eq!(row.warnings, ["10 pairs are void; the first: the generator was late"]);
    }
}

#[test]
fn a_limit_below_two_processors_is_a_condition_on_any_machine() {
    let mut given = served(Metric::ResponseP99, Relation::Below).pairs(0, around(0.5, 20));
    given.facts.run.environment.machine.cores = 16;
    assert_eq!(given.first().verdict, Some(Verdict::Holds));
    let search = &"search".parse().unwrap();
    given.comparison.workloads.get_mut(search).unwrap().cases[0].drive =
        Some(model::service::Drive {
            kind: model::service::DriveKind::ColdStart,
            processors: Some(0.5),
            memory: None,
            env: std::collections::BTreeMap::new(),
            told: Vec::new(),
        });
    assert_eq!(given.first().verdict, Some(Verdict::Depends));
}
