//! Nothing seen is never a negative verdict, and always has its reason.

use judge::Finding;
use model::{Metric, NoteKind, Profile, Relation, RunEnd, Seen, Verdict};

use crate::given::{Given, around};

fn cpu() -> Given {
    Given::one(Metric::Cpu, Relation::Below)
}

fn not_run(given: &Given) -> String {
    assert_eq!(given.first().verdict, Some(Verdict::NotRun));
    match given.finding() {
        Finding::NotRun { why } => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn notes_say_why_a_cell_is_empty() {
    for (kind, side, text, expected) in [
        (
            NoteKind::Toolchain,
            Some("go"),
            "there is no `go` on PATH",
            "go: there is no `go` on PATH",
        ),
        (NoteKind::Need, Some("rust"), "rustup target add x", "rust: rustup target add x"),
        (NoteKind::BuildFailed, Some("go"), "main.go:3: no", "go: main.go:3: no"),
        (NoteKind::CaseFailed, Some("go"), "case a, go: ended", "go: case a, go: ended"),
        (NoteKind::Input, None, "input `a` has SHA-256 b", "input `a` has SHA-256 b"),
    ] {
        assert_eq!(not_run(&cpu().note(kind, side, text)), expected);
    }
}

#[test]
fn programs_that_disagree_are_not_comparable() {
    let given = cpu().note(NoteKind::Disagree, None, "case a: line 3 differs");
    assert_eq!(given.first().verdict, Some(Verdict::NotComparable));
    let why = "case a: line 3 differs".to_owned();
    assert_eq!(given.finding(), Finding::NotComparable { why });
}

#[test]
fn a_note_of_something_else_explains_nothing() {
    let budget = "the budget was spent before its turn; try a longer --budget";
    let other_facts = |kind| cpu().note(kind, Some("go"), "something to know");
    for kind in [NoteKind::Fact, NoteKind::Contained] {
        assert_eq!(not_run(&other_facts(kind)), budget, "{kind}");
    }
    let mut elsewhere = cpu().note(NoteKind::BuildFailed, Some("go"), "no linker");
    elsewhere.facts.notes[0].profile = Some(Profile::Static);
    assert_eq!(not_run(&elsewhere), budget);
    let mut elsewhere = cpu().note(NoteKind::Input, None, "no input");
    elsewhere.facts.notes[0].workload = Some("trees".parse().unwrap());
    assert_eq!(not_run(&elsewhere), budget);
}

#[test]
fn a_stopped_run_says_how_to_go_on() {
    let mut given = cpu();
    for end in [None, Some(RunEnd::Interrupted)] {
        given.facts.end = end;
        assert_eq!(not_run(&given), "the run was stopped before its turn; run it again to go on");
    }
}

#[test]
fn a_block_cut_short_gives_no_pair() {
    let mut given = cpu().pairs(0, around(0.5, 1));
    given.facts.trials.pop();
    given.facts.end = Some(RunEnd::Interrupted);
    assert_eq!(not_run(&given), "the run was stopped before its turn; run it again to go on");
}

#[test]
fn a_side_that_always_fails_is_told_in_its_own_words() {
    let mut given = cpu();
    for (rust, _) in around(1.0, 10) {
        given.pair(0, Seen::Value(rust), Seen::Failed);
    }
    assert_eq!(not_run(&given), "every pair is void: go: ended with signal 6");
    assert_eq!(given.row().voids.len(), 1);
}

#[test]
fn two_sides_that_never_end_cannot_be_compared() {
    let mut given = cpu();
    for _ in 0..8 {
        given.pair(0, Seen::TimedOut, Seen::TimedOut);
    }
    let expected = "every pair is void: both sides were still running at the deadline";
    assert_eq!(not_run(&given), expected);
}

#[test]
fn the_reason_for_one_profile_is_not_that_of_another() {
    let mut given = cpu();
    given.comparison.claims[0] = {
        let mut claim = given.comparison.claims[0].clone();
        if let Some(model::Predicate::Ratio { cells, .. }) = &mut claim.predicate {
            cells[0].profiles = vec![Profile::ReleasePractice, Profile::Static];
        }
        claim
    };
    let mut given = Given::of(vec![given.comparison.claims[0].clone()])
        .pairs(0, around(0.5, 20))
        .note(NoteKind::Need, Some("rust"), "install musl");
    given.facts.notes[0].profile = Some(Profile::Static);
    let findings: Vec<Finding> =
        given.first().evidence.into_iter().map(|row| row.finding).collect();
    let missing = Finding::NotRun { why: "rust: install musl".to_owned() };
    assert_eq!(findings, [Finding::Shown(Relation::Below), missing]);
}

#[test]
fn what_was_in_the_way_before_a_run_went_on_is_not_told_any_more() {
    let failed = || {
        let mut given = cpu().note(NoteKind::BuildFailed, Some("go"), "no linker");
        given.facts.notes[0].workload = Some(given.cell(0).series.workload);
        given
    };
    assert_eq!(failed().judged().remarks.len(), 1);
    assert!(failed().pairs(0, around(0.5, 12)).judged().remarks.is_empty());
}
