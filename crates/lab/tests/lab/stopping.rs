//! When a cell gets no more pairs.

use model::{Metric, Pairs, Relation, RunEnd, TrialStatus};

use crate::place::{Place, becomes, words};

/// Eight and sixteen MiB in turn, beginning with either; the first start, in which the answers
/// are compared, is left out of the turn.
fn alternating(odd: &str, even: &str) -> String {
    let count = "n=$(cat {counter} 2>/dev/null || echo 0); echo $((n + 1)) >{counter}";
    let allocate = becomes("allocate $size");
    format!("{count}\nif [ $((n % 2)) = 1 ]; then size={odd}; else size={even}; fi\n{allocate}")
}

#[test]
fn a_twofold_difference_is_found_within_twenty_pairs() {
    let seen = Place::of(&becomes("spin 8"), &becomes("spin 16"))
        .claim(Metric::Cpu, Relation::Above, (1.10, 0.001))
        .run();
    assert_eq!(seen.end, Some(Ok(RunEnd::Complete)));
    assert!(seen.blocks() <= 20, "{} blocks", seen.blocks());
    assert_eq!(seen.estimate().relation, stats::Relation::Above);
    assert_eq!(seen.settled, seen.plan.cells);
}

#[test]
fn the_opposite_of_the_claim_ends_a_cell_too() {
    let seen = Place::of(&becomes("spin 8"), &becomes("spin 16"))
        .claim(Metric::Cpu, Relation::Below, (1.10, 0.001))
        .run();
    assert!(seen.blocks() <= 20, "{} blocks", seen.blocks());
    assert_eq!(seen.estimate().relation, stats::Relation::Above);
}

#[test]
fn no_difference_within_the_margin_is_found_and_ends_the_cell() {
    let seen = Place::of(&becomes("spin 4"), &becomes("spin 4"))
        .claim(Metric::Cpu, Relation::Inside, (1.5, 0.005))
        .run();
    assert_eq!(seen.estimate().relation, stats::Relation::Inside);
    assert!(seen.blocks() <= 40, "{} blocks", seen.blocks());
}

#[test]
fn a_difference_that_keeps_changing_its_sign_runs_to_the_most_pairs() {
    let mut place = Place::of(&alternating("8", "16"), &alternating("16", "8"))
        .case(&[], &[Metric::Memory])
        .claim(Metric::Memory, Relation::Below, (1.0, 0.0));
    place.most_pairs = Some(24);
    let seen = place.run();
    assert_eq!(seen.blocks(), 24);
    let relation = seen.estimate().relation;
    assert!(matches!(relation, stats::Relation::Inconclusive { .. }), "{relation:?}");
}

#[test]
fn a_spent_budget_leaves_what_the_pilot_saw() {
    let mut place = Place::of(&alternating("8", "16"), &alternating("16", "8"))
        .case(&[], &[Metric::Memory])
        .claim(Metric::Memory, Relation::Below, (1.0, 0.0));
    place.budget_seconds = 0.0;
    let seen = place.run();
    assert_eq!(seen.blocks(), 8);
    assert_eq!(seen.end, Some(Ok(RunEnd::Complete)));
    assert!(seen.settled.is_empty());
}

#[test]
fn a_declared_number_of_builds_is_made_exactly() {
    let mut place = Place::of("", "").claim(Metric::BuildClean, Relation::Inside, (1.5, 2.0));
    place.workload().metrics = vec![Metric::BuildClean];
    place.workload().build_pairs = 7;
    let seen = place.run();
    assert_eq!(seen.plan.cells[0].pairs, Pairs::Fixed(7));
    assert_eq!(seen.blocks(), 7);
    assert_eq!(seen.trials.len(), 14);
    assert!(seen.trials.iter().all(|trial| trial.status == TrialStatus::Done));
}

#[test]
fn builds_that_cannot_be_finished_in_the_budget_are_not_begun_after_the_first() {
    let mut place = Place::of("", "").claim(Metric::BuildClean, Relation::Inside, (1.5, 2.0));
    place.workload().metrics = vec![Metric::BuildClean];
    place.recipe().command = words(&["sh", "-c", "sleep 0.2; cp main \"$0\"", "{out}/{program}"]);
    place.budget_seconds = 0.5;
    let seen = place.run();
    assert_eq!(seen.blocks(), 1);
}
