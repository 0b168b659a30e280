//! Claims on the comparison itself.

use model::{Claim, ClaimKind, Lint, Predicate, Standing, Verdict};

use crate::given::{Given, bare};

fn lint(lint: Lint) -> Given {
    let claim =
        Claim { predicate: Some(Predicate::Lint(lint)), ..bare("scope/lint", ClaimKind::Static) };
    Given::of(vec![Claim { standing: Standing::Frame, ..claim }])
}

fn classes(of_search: &[&str], of_trees: &[&str]) -> Given {
    let mut given = lint(Lint::EveryClassHasAWorkload);
    given.comparison.classes = vec!["command-line tools".to_owned(), "services".to_owned()];
    for (id, classes) in [("search", of_search), ("trees", of_trees)] {
        let workload = given.comparison.workloads.get_mut(&id.parse().unwrap()).unwrap();
        workload.classes = classes.iter().map(|class| (*class).to_owned()).collect();
    }
    given
}

#[test]
fn every_kind_of_software_has_its_workload() {
    let covered = classes(&["command-line tools"], &["services"]);
    let reason = "command-line tools (search), services (trees)";
    assert_eq!(covered.verdict(), (Verdict::Holds, reason.to_owned()));
    assert_eq!(covered.judged().coverage.run, 1);
}

#[test]
fn a_kind_without_a_workload_is_named() {
    let reason = "1 of 2 have one; without: services";
    let given = classes(&["command-line tools"], &["games"]);
    assert_eq!(given.verdict(), (Verdict::DoesNotHold, reason.to_owned()));
}

#[test]
fn kinds_that_nobody_says_anything_of_are_not_run() {
    let reason = "no workload says which kind of software it stands for";
    assert_eq!(classes(&[], &[]).verdict(), (Verdict::NotRun, reason.to_owned()));
    let mut none = classes(&["services"], &[]);
    none.comparison.classes.clear();
    assert_eq!(none.verdict().0, Verdict::NotRun);
}

#[test]
fn a_page_that_ranks_nothing_is_by_design() {
    let mut given = lint(Lint::NoRanking);
    given.comparison.prose =
        "Where ranks of caches matter, measure.\n\nIt would be wrong to read this as a score of 7; \
         there is no winner. A tree scores well on caches."
            .to_owned();
    assert_eq!(given.verdict().0, Verdict::ByDesign);
    assert_eq!(given.judged().coverage.run, 1);
}

#[test]
fn a_sentence_that_ranks_is_found_wherever_it_stands() {
    for ranking in [
        "Rust is the winner",
        "Go is the overall\nbetter choice",
        "Go scores 9 for tools",
        "a score of 8.5",
        "it deserves 9 out of 10",
        "Rust comes at rank #1",
        "Rust is ranked first",
        "Go is better overall",
    ] {
        let mut given = lint(Lint::NoRanking);
        given.comparison.prose = format!("All is well.\n\nNot so here. {ranking}.");
        let (verdict, reason) = given.verdict();
        assert_eq!(verdict, Verdict::DoesNotHold, "{ranking}");
        assert!(reason.starts_with("the guide says: "), "{reason}");
        let mut given = lint(Lint::NoRanking);
        given.comparison.claims[0].text = ranking.to_owned();
        assert!(given.verdict().1.starts_with("scope/lint says: "));
    }
}

#[test]
fn a_typed_date_is_found() {
    let with = |prose: &str| {
        let mut given = lint(Lint::NoTypedDates);
        given.comparison.prose = prose.to_owned();
        given.verdict()
    };
    assert_eq!(with("Since 2015, version 1.2.3 has been kept.").0, Verdict::ByDesign);
    let typed = "the guide says: 2026-11-01".to_owned();
    assert_eq!(with("Read on\n2026-11-01 by us."), (Verdict::DoesNotHold, typed));
    assert_eq!(with("Last verified: today.").0, Verdict::DoesNotHold);
}

#[test]
fn a_lint_needs_no_run_of_its_own() {
    let mut given = lint(Lint::NoRanking);
    given.facts.run.plan.claims.clear();
    let wanted = ["scope/lint".parse().unwrap()];
    let judged = judge::judge(&given.comparison, &given.facts, &wanted, crate::given::TODAY);
    assert_eq!(judged.claims[0].verdict, Some(Verdict::ByDesign));
}
