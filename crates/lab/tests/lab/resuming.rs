//! A run that was stopped goes on where it was.

use std::collections::BTreeSet;

use lab::Stop;
use model::{Metric, Relation, RunEnd};

use crate::place::{Place, becomes};

fn twofold() -> Place {
    Place::of(&becomes("spin 4"), &becomes("spin 8")).claim(
        Metric::Cpu,
        Relation::Above,
        (1.10, 0.001),
    )
}

#[test]
fn an_interrupting_observer_stops_the_run_at_once() {
    let seen = twofold().go_on(None, 5);
    assert_eq!(seen.end, Some(Err(Stop::Interrupted)));
    assert_eq!(seen.trials.len(), 5);
}

#[test]
fn a_resumed_run_repeats_no_block_and_numbers_go_on() {
    let place = twofold();
    let first = place.go_on(None, 13);
    let prior = first.stored();
    let second = place.go_on(Some(&prior), usize::MAX);
    assert_eq!(second.end, Some(Ok(RunEnd::Complete)));
    // The 13th trial began block 3, which was cut short and gives no pair.
    assert_eq!(first.trials.last().unwrap().block, 3);
    assert_eq!(second.trials.first().unwrap().block, 4);

    let mut whole = first;
    whole.trials.extend(second.trials);
    let turn = |trial: &model::Trial| (trial.block, trial.side.clone(), trial.replica);
    let distinct: BTreeSet<_> = whole.trials.iter().map(turn).collect();
    assert_eq!(distinct.len(), whole.trials.len());
    let estimate = whole.estimate();
    assert_eq!(estimate.relation, stats::Relation::Above);
    assert!((8..=20).contains(&estimate.pairs), "{} pairs", estimate.pairs);
}

#[test]
fn what_is_settled_is_not_measured_again() {
    let place = twofold();
    let first = place.run();
    let again = place.go_on(Some(&first.stored()), usize::MAX);
    assert_eq!(again.end, Some(Ok(RunEnd::Complete)));
    assert!(again.trials.is_empty(), "{} more trials", again.trials.len());
}

#[test]
fn a_note_is_told_once_over_all_parts_of_a_run() {
    let place = Place::of("echo one", "echo two").claim(Metric::Cpu, Relation::Above, (1.1, 0.0));
    let first = place.run();
    assert_eq!(first.notes.len(), 1);
    assert!(place.go_on(Some(&first.stored()), usize::MAX).notes.is_empty());
}
