//! Claims on facts: counted in programs, present or absent.

use std::collections::BTreeMap;

use judge::Finding;
use model::{
    Claim, ClaimKind, Fact, FactExpectation, FactSelector, NoteKind, PlanMode, Predicate, Profile,
    Standing, Tier, Verdict,
};

use crate::given::{Given, bare, comparison, side};

/// Go has it, rust has it not.
pub(crate) fn fact_claim(id: &str, workloads: &[&str]) -> Claim {
    let facts = workloads.iter().map(|workload| FactSelector {
        workload: workload.parse().unwrap(),
        fact: "collector".parse().unwrap(),
        expect: BTreeMap::from([
            (side("go"), FactExpectation::Present),
            (side("rust"), FactExpectation::Absent),
        ]),
    });
    let predicate = Predicate::Fact { facts: facts.collect() };
    Claim { predicate: Some(predicate), ..bare(id, ClaimKind::Static) }
}

pub(crate) fn counted(workload: &str, side_name: &str, count: u64) -> Fact {
    Fact {
        workload: workload.parse().unwrap(),
        fact: "collector".parse().unwrap(),
        side: side(side_name),
        profile: Profile::ReleasePractice,
        tier: Tier::Idiomatic,
        count,
        example: None,
    }
}

fn given(counts: &[(&str, u64)]) -> Given {
    let mut given = Given::of(vec![fact_claim("memory/collector", &["search"])]);
    given.facts.facts = counts.iter().map(|(side, n)| counted("search", side, *n)).collect();
    given
}

#[test]
fn facts_as_said_hold_and_others_do_not() {
    let holds = given(&[("go", 120), ("rust", 0)]);
    assert_eq!(holds.first().verdict, Some(Verdict::Holds));
    assert_eq!(holds.finding(), Finding::Fact { as_said: true });
    assert_eq!(given(&[("go", 0), ("rust", 0)]).first().verdict, Some(Verdict::DoesNotHold));
    assert_eq!(given(&[("go", 1), ("rust", 1)]).first().verdict, Some(Verdict::DoesNotHold));
}

#[test]
fn what_is_by_design_is_never_said_to_hold() {
    let mut by_design = given(&[("go", 120), ("rust", 0)]);
    by_design.comparison.claims[0].standing = Standing::ByDesign;
    assert_eq!(by_design.first().verdict, Some(Verdict::ByDesign));
    by_design.facts.facts[0].count = 0;
    assert_eq!(by_design.first().verdict, Some(Verdict::DoesNotHold));
}

#[test]
fn a_fact_that_could_not_be_counted_is_not_run_with_its_reason() {
    let why = |given: Given| {
        assert_eq!(given.first().verdict, Some(Verdict::NotRun));
        match given.finding() {
            Finding::NotRun { why } => why,
            other => panic!("{other:?}"),
        }
    };
    let half = || given(&[("rust", 0)]);
    let missing = half().note(NoteKind::Toolchain, Some("go"), "there is no `go` on PATH");
    assert_eq!(why(missing), "go: there is no `go` on PATH");
    let itself = half().note(NoteKind::Fact, Some("go"), "collector: stripped");
    assert_eq!(why(itself), "go: collector: stripped");
    let stopped = "not counted before the run was stopped; run it again to go on";
    let another = half().note(NoteKind::Fact, Some("go"), "scheduler: stripped");
    assert_eq!(why(another), stopped);
    let mut elsewhere = half().note(NoteKind::BuildFailed, Some("go"), "no linker");
    elsewhere.facts.notes[0].profile = Some(Profile::Static);
    assert_eq!(why(elsewhere), stopped);
    assert_eq!(why(half()), stopped);
}

#[test]
fn facts_of_workloads_that_are_not_in_quick_are_not_run() {
    let world = comparison(vec![fact_claim("memory/collector", &["trees"])]);
    let judged = Given::of_comparison(world, PlanMode::Quick).first();
    assert_eq!(judged.verdict, Some(Verdict::NotRun));
    assert_eq!(judged.reason, "none of its programs is in --quick; use --full");
}
