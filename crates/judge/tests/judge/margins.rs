//! Margins are fixed before the run: what was measured under others says nothing of a claim.

use judge::Finding;
use model::{Claim, Metric, PlanMode, Predicate, Relation, Verdict};

use crate::given::{Given, around, claim, comparison};

fn with_margin(factor: f64) -> Claim {
    let mut claim = claim("speed/first", Relation::Below, &[("search", Metric::Cpu)]);
    if let Some(Predicate::Ratio { cells, .. }) = &mut claim.predicate {
        cells[0].margin = Some(factor);
    }
    claim
}

/// Facts collected under one margin, judged by a claim that has another now.
fn judged_with(run: f64, now: f64, mode: PlanMode) -> Given {
    let mut given =
        Given::of_comparison(comparison(vec![with_margin(run)]), mode).pairs(0, around(0.6, 30));
    given.comparison.claims = vec![with_margin(now)];
    given
}

#[test]
fn a_margin_changed_after_the_run_is_not_judged_by_it() {
    for mode in [PlanMode::Quick, PlanMode::Full] {
        for (run, now) in [(1.10, 2.0), (2.0, 1.10), (1.10, 1.05)] {
            let given = judged_with(run, now, mode);
            assert_eq!(given.first().verdict, Some(Verdict::NotRun));
            let why = "this cell or its margin is newer than the run; run it again".to_owned();
            assert_eq!(given.finding(), Finding::NotRun { why });
        }
        assert_eq!(judged_with(1.1, 1.1, mode).first().verdict, Some(Verdict::Holds));
    }
}

#[test]
fn what_was_expected_cannot_be_changed_afterwards_either() {
    let mut given = judged_with(1.1, 1.1, PlanMode::Full);
    given.comparison.claims =
        vec![claim("speed/first", Relation::Above, &[("search", Metric::Cpu)])];
    assert_eq!(given.first().verdict, Some(Verdict::NotRun));
}

#[test]
fn another_edition_of_the_pack_is_remarked() {
    let mut given = judged_with(1.1, 1.1, PlanMode::Full);
    assert!(given.judged().remarks.is_empty());
    given.comparison.hash = "2".repeat(64);
    let remarks = given.judged().remarks;
    assert!(remarks[0].contains("another edition of the pack"), "{remarks:?}");
}

#[test]
fn what_quick_leaves_out_says_so() {
    let slow = claim("memory/first", Relation::Below, &[("trees", Metric::Memory)]);
    let given = Given::of_comparison(comparison(vec![slow]), PlanMode::Quick);
    assert_eq!(given.first().verdict, Some(Verdict::NotRun));
    let why = "not in --quick; use --full".to_owned();
    assert_eq!(given.finding(), Finding::NotRun { why });
}

#[test]
fn a_quick_run_is_judged_by_its_quick_cells_alone() {
    let both =
        claim("speed/first", Relation::Below, &[("search", Metric::Cpu), ("trees", Metric::Cpu)]);
    let given = Given::of_comparison(comparison(vec![both]), PlanMode::Quick)
        .pairs(0, around(0.6, 20))
        .first();
    assert_eq!(given.evidence.len(), 1);
    assert_eq!(given.verdict, Some(Verdict::Holds));
}
