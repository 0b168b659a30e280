//! Claims on how many items get through on each side.

use model::{
    Attempt, AttemptEnd, Check, CheckExpectation, Claim, ClaimKind, Gate, PlanMode, Predicate,
    Relation, Standing, StepExpectation, Verdict,
};

use crate::given::{Given, bare, side};
use crate::tried::{attempt, experiment, passes, step, stopped, was_stopped, went_through, world};

fn count_of(expect: Relation, by: u32) -> Claim {
    let predicate = Predicate::Count {
        numerator: side("rust"),
        denominator: side("go"),
        expect,
        by,
        experiments: vec![experiment("probe/moves"), experiment("drill/tests")],
    };
    Claim { predicate: Some(predicate), ..bare("control/count", ClaimKind::Static) }
}

const ITEMS: [&str; 4] = ["layout", "inline", "alloc", "no-runtime"];

/// Four items on both sides: rust does all of them, go the first.
fn given(expect: Relation, by: u32) -> Given {
    let on_rust = ITEMS.map(|item| passes(item, "rust"));
    let on_go = ITEMS.map(|item| match item {
        "layout" => passes(item, "go"),
        item => stopped(item, "go", "none"),
    });
    let checks = on_rust.into_iter().chain(on_go).collect();
    let world = world(vec![count_of(expect, by)], checks, Vec::new());
    Given::of_comparison(world, PlanMode::Full)
        .saw(ITEMS.map(|item| went_through(item, "rust")))
        .saw(ITEMS.map(|item| match item {
            "layout" => went_through(item, "go"),
            item => was_stopped(item, "go", "none"),
        }))
}

#[test]
fn items_are_counted_on_each_side_and_named() {
    let reason = "rust 4, go 1 of 4: only rust: inline, alloc, no-runtime";
    assert_eq!(given(Relation::Above, 3).verdict(), (Verdict::Holds, reason.to_owned()));
    assert_eq!(given(Relation::Above, 3).judged().coverage.run, 1);
    assert_eq!(given(Relation::Above, 3).first().attempts.len(), 8);
}

#[test]
fn the_difference_has_to_be_as_large_as_declared() {
    let verdict = |expect, by| given(expect, by).verdict().0;
    assert_eq!(verdict(Relation::Above, 4), Verdict::NoDifference);
    assert_eq!(verdict(Relation::Inside, 4), Verdict::Holds);
    assert_eq!(verdict(Relation::Below, 3), Verdict::DoesNotHold);
    assert_eq!(verdict(Relation::Inside, 3), Verdict::DoesNotHold);
}

#[test]
fn a_count_by_design_that_holds_is_by_design() {
    let mut by_design = given(Relation::Above, 3);
    by_design.comparison.claims[0].standing = Standing::ByDesign;
    assert_eq!(by_design.verdict().0, Verdict::ByDesign);
}

#[test]
fn what_was_tried_on_one_side_only_does_not_count() {
    let mut given = given(Relation::Above, 3).saw([went_through("extra", "rust")]);
    let probe = given.comparison.probes.values_mut().next().unwrap();
    probe.checks.push(passes("extra", "rust"));
    probe.checks.push(passes("never", "rust"));
    assert!(given.verdict().1.starts_with("rust 4, go 1 of 4"));
    assert_eq!(given.first().attempts.len(), 10);
}

#[test]
fn an_item_that_was_not_made_leaves_the_count_open() {
    let mut given = given(Relation::Above, 3);
    given.facts.attempts.remove(5);
    let reason = "go, inline of moves: newer than the run; run it again";
    assert_eq!(given.verdict(), (Verdict::NotRun, reason.to_owned()));
    given.facts.attempts.push(attempt("probe/moves", "inline", "go", AttemptEnd::TimedOut));
    assert_eq!(given.verdict().0, Verdict::NotRun);
}

#[test]
fn what_comes_otherwise_than_expected_refutes_the_count() {
    let mut given = given(Relation::Above, 3).saw([went_through("inline", "go")]);
    let (verdict, reason) = given.verdict();
    assert_eq!(verdict, Verdict::DoesNotHold);
    assert!(reason.starts_with("go, inline of moves: goes through silently"), "{reason}");
    given.facts.attempts.pop();
    assert_eq!(given.verdict().0, Verdict::Holds);
}

#[test]
fn an_item_stopped_for_another_reason_refutes_the_count() {
    let mut given = given(Relation::Above, 3);
    let probe = given.comparison.probes.values_mut().next().unwrap();
    let stopped = probe.checks.iter_mut().find(|c| c.expect == CheckExpectation::Stopped).unwrap();
    stopped.says = Some("a linker is missing".to_owned());
    assert_eq!(given.verdict().0, Verdict::DoesNotHold);
}

#[test]
fn a_program_with_other_output_has_not_done_its_item() {
    let mut given = given(Relation::Above, 3);
    let probe = given.comparison.probes.values_mut().next().unwrap();
    probe.checks[0] = Check {
        at: Gate::Run,
        says: Some("allocations: 0".to_owned()),
        ..passes("layout", "rust")
    };
    assert_eq!(given.verdict().0, Verdict::DoesNotHold);
    given.facts.attempts[0].stdout = "allocations: 0\n".to_owned();
    assert!(given.verdict().1.starts_with("rust 4, go 1 of 4"));
}

#[test]
fn steps_of_drills_count_like_checks() {
    let steps = ["rust", "go"].map(|name| step("docs", name, StepExpectation::Passes));
    let checks = ["rust", "go"].map(|name| passes("lint", name));
    let world = world(vec![count_of(Relation::Inside, 1)], checks.into(), steps.into());
    let given = Given::of_comparison(world, PlanMode::Full).saw([
        went_through("lint", "rust"),
        went_through("lint", "go"),
        attempt("drill/tests", "docs", "rust", AttemptEnd::Passed),
        Attempt { ..attempt("drill/tests", "docs", "go", AttemptEnd::Passed) },
    ]);
    assert_eq!(given.verdict(), (Verdict::Holds, "rust 2, go 2 of 2".to_owned()));
}

#[test]
fn a_count_of_nothing_in_common_is_not_run() {
    let world = world(vec![count_of(Relation::Inside, 1)], vec![passes("a", "go")], Vec::new());
    let given = Given::of_comparison(world, PlanMode::Full).saw([went_through("a", "go")]);
    assert_eq!(given.verdict(), (Verdict::NotRun, "no item is tried on both sides".to_owned()));
}
