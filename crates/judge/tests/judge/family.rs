//! A run asks many questions at once: what one cell shows alone may not be enough among all.

use judge::Finding;
use model::{Metric, Profile, Relation, Tier, Verdict};

use crate::given::{Given, around, claim, comparison};

/// One cell with pairs, and so many planned beside it that have none.
fn among(empty: usize, pairs: u32) -> Given {
    let mut world =
        comparison(vec![claim("speed/first", Relation::Below, &[("search", Metric::Cpu)])]);
    let case = world.workloads[&"trees".parse().unwrap()].cases[0].clone();
    let trees = world.workloads.get_mut(&"trees".parse().unwrap()).unwrap();
    trees.cases = (0..empty)
        .map(|number| model::Case { id: format!("case-{number}").parse().unwrap(), ..case.clone() })
        .collect();
    world.claims.push(claim("speed/second", Relation::Below, &[("trees", Metric::Cpu)]));
    Given::of_comparison(world, model::PlanMode::Full).pairs(0, around(0.6, pairs))
}

#[test]
fn eight_pairs_are_enough_alone_but_not_among_forty_planned_cells() {
    assert_eq!(among(0, 8).first().verdict, Some(Verdict::Holds));
    let given = among(40, 8);
    assert_eq!(given.facts.run.plan.cells.len(), 41);
    let why = "shown by itself, not yet among all the cells of this run".to_owned();
    assert_eq!(given.finding(), Finding::Inconclusive { more_pairs: None, why });
    assert_eq!(given.first().verdict, Some(Verdict::Inconclusive));
    assert_eq!(given.row().favours, None);
}

#[test]
fn more_pairs_carry_it_among_forty_too() {
    assert_eq!(among(40, 20).first().verdict, Some(Verdict::Holds));
}

#[test]
fn exact_cells_need_no_evidence_from_others() {
    let size = claim("size/first", Relation::Below, &[("search", Metric::Size)]);
    let mut world = among(40, 0).comparison;
    world.claims.insert(0, size);
    let given = Given::of_comparison(world, model::PlanMode::Full).pairs(0, [(1e6, 1e8)]);
    assert_eq!(given.first().verdict, Some(Verdict::Holds));
}

#[test]
fn series_differ_by_profile_and_tier() {
    let mut given = among(0, 8);
    for trial in &mut given.facts.trials {
        trial.series.profile = Profile::Static;
    }
    assert_eq!(given.first().verdict, Some(Verdict::NotRun));
    let mut given = among(0, 8);
    for trial in &mut given.facts.trials {
        trial.series.tier = Tier::Tuned;
    }
    assert_eq!(given.first().verdict, Some(Verdict::NotRun));
}
