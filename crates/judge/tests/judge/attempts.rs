//! Checks of probes and steps of drills, held against what was expected.

use model::{
    Attempt, AttemptEnd, Check, CheckExpectation, DrillStep, Gate, Level, NoteKind, PlanMode,
    RunEnd, Standing, StepExpectation, Verdict,
};

use crate::given::Given;
use crate::tried::{
    all_of, attempt, check, drill, experiment, passes, probe, step, stopped, told, was_stopped,
    went_through, world,
};

/// A use after a move and its corrected twin.
fn twins() -> Given {
    probe(vec![stopped("moved", "rust", "E0382"), passes("moved-fixed", "rust")])
}

fn as_expected() -> Given {
    twins().saw([was_stopped("moved", "rust", "E0382"), went_through("moved-fixed", "rust")])
}

fn said(given: &Given) -> Vec<Option<bool>> {
    given.first().attempts.iter().map(|row| row.as_said).collect()
}

fn seen(given: &Given) -> Vec<String> {
    given.first().attempts.into_iter().map(|row| row.seen).collect()
}

fn one_check(check: Check, attempt: Attempt) -> (Option<bool>, String) {
    let row = probe(vec![check]).saw([attempt]).first().attempts.remove(0);
    (row.as_said, row.seen)
}

fn one_step(step: DrillStep, attempt: Attempt) -> (Option<bool>, String) {
    let row = drill(vec![step]).saw([attempt]).first().attempts.remove(0);
    (row.as_said, row.seen)
}

#[test]
fn everything_as_expected_holds_with_the_telling_check_first() {
    let given = as_expected();
    let reason =
        "2 of 2 checks as expected; rust, moved of moves: stopped by the compiler with E0382: no";
    assert_eq!(given.verdict(), (Verdict::Holds, reason.to_owned()));
    assert_eq!(given.judged().coverage.run, 1);
    let rows = given.first().attempts;
    assert_eq!(rows[0].expected, "stopped by the compiler with E0382");
    assert_eq!(rows[1].expected, "passes the compiler");
    assert_eq!((rows[0].passed, rows[1].passed), (Some(false), Some(true)));
    assert_eq!((rows[0].version.as_str(), rows[0].seconds), ("1.95.0", Some(0.1)));
}

#[test]
fn what_is_by_design_is_never_said_to_hold() {
    let mut given = as_expected();
    given.comparison.claims[0].standing = Standing::ByDesign;
    assert_eq!(given.verdict().0, Verdict::ByDesign);
    given.facts.attempts[0].end = AttemptEnd::Passed;
    assert_eq!(given.verdict().0, Verdict::DoesNotHold);
}

#[test]
fn without_the_code_expected_it_does_not_hold() {
    let mut given = as_expected();
    given.facts.attempts[0].diagnostics[0].code = None;
    let reason = "rust, moved of moves: stopped by the compiler: no, which is another reason; \
                  expected: stopped by the compiler with E0382";
    assert_eq!(given.verdict(), (Verdict::DoesNotHold, reason.to_owned()));
}

#[test]
fn exchanged_twins_do_not_hold() {
    let given =
        twins().saw([went_through("moved", "rust"), was_stopped("moved-fixed", "rust", "E0382")]);
    let reason = "rust, moved of moves: goes through silently; expected: stopped by the compiler \
                  with E0382 · 2 of 2 checks not as expected";
    assert_eq!(given.verdict(), (Verdict::DoesNotHold, reason.to_owned()));
}

#[test]
fn a_tool_that_timed_out_caught_nothing() {
    let cut_off = attempt("probe/moves", "moved", "rust", AttemptEnd::TimedOut);
    let given = twins().saw([cut_off.clone(), went_through("moved-fixed", "rust")]);
    let reason = "rust, moved of moves: cut off at its deadline: nothing can be said";
    assert_eq!(given.verdict(), (Verdict::NotRun, reason.to_owned()));
    assert_eq!(given.judged().coverage.not_run, 1);
    let refuted = twins().saw([cut_off, was_stopped("moved-fixed", "rust", "E0382")]);
    assert_eq!(refuted.verdict().0, Verdict::DoesNotHold);
}

#[test]
fn a_tool_that_crashed_caught_nothing() {
    let mut crashed = attempt("probe/moves", "moved", "rust", AttemptEnd::NotMade);
    crashed.detail = Some("rustc itself ended with signal 11".to_owned());
    let given = twins().saw([crashed, went_through("moved-fixed", "rust")]);
    let reason = "rust, moved of moves: rustc itself ended with signal 11";
    assert_eq!(given.verdict(), (Verdict::NotRun, reason.to_owned()));
    assert_eq!(given.first().attempts[0].version, "");
}

#[test]
fn the_last_attempt_that_was_made_counts() {
    let not_made = |why: &str| Attempt {
        detail: Some(why.to_owned()),
        ..attempt("probe/moves", "moved", "rust", AttemptEnd::NotMade)
    };
    let twice = as_expected().saw([not_made("no compiler")]);
    assert_eq!(twice.verdict().0, Verdict::Holds);
    let anew = as_expected().saw([went_through("moved", "rust")]);
    assert_eq!(anew.verdict().0, Verdict::DoesNotHold);
    let never = twins().saw([not_made("first"), not_made("second")]);
    assert_eq!(seen(&never)[0], "second");
}

#[test]
fn what_was_not_tried_says_why() {
    let mut given = twins();
    assert_eq!(said(&given), [None, None]);
    assert_eq!(seen(&given)[0], "newer than the run; run it again");
    given.facts.end = Some(RunEnd::Interrupted);
    assert_eq!(seen(&given)[0], "not tried before the run was stopped; run it again to go on");
    let absent = given.note(NoteKind::Toolchain, Some("rust"), "there is no `rustc` on PATH");
    assert_eq!(seen(&absent)[0], "there is no `rustc` on PATH");
}

#[test]
fn what_quick_leaves_out_says_so() {
    let mut slow = world(vec![all_of(&["probe/moves"])], vec![passes("a", "rust")], Vec::new());
    slow.probes.values_mut().for_each(|probe| probe.quick = false);
    let given = Given::of_comparison(slow, PlanMode::Quick);
    let reason = "rust, a of moves: not in --quick; use --full";
    assert_eq!(given.verdict(), (Verdict::NotRun, reason.to_owned()));
}

#[test]
fn a_claim_on_nothing_is_not_run() {
    assert_eq!(probe(Vec::new()).verdict().0, Verdict::NotRun);
}

#[test]
fn stopped_means_at_that_gate_by_an_error_of_that_code_and_text() {
    let wanted = || Check { says: Some("moved".to_owned()), ..stopped("a", "rust", "E0382") };
    let stop = |level, code, text: &str| Attempt {
        diagnostics: vec![told(level, Some(code), text)],
        ..was_stopped("a", "rust", "")
    };
    let as_said = |attempt| one_check(wanted(), attempt).0;
    assert_eq!(as_said(stop(Level::Error, "E0382", "use of moved value")), Some(true));
    assert_eq!(as_said(stop(Level::Error, "E0382", "borrowed")), Some(false));
    assert_eq!(as_said(stop(Level::Error, "E0505", "moved")), Some(false));
    assert_eq!(as_said(stop(Level::Warning, "E0382", "moved")), Some(false));
    let mut among = stop(Level::Warning, "E0382", "moved");
    among.diagnostics.push(told(Level::Error, Some("E0505"), "no"));
    assert_eq!(as_said(among), Some(false), "a warning stops nothing");
    let later = Attempt { stopped_at: Some(Gate::Run), ..stop(Level::Error, "E0382", "moved") };
    assert_eq!(as_said(later), Some(false));
}

#[test]
fn warned_means_that_it_got_through() {
    let wanted = |at| Check {
        at,
        code: Some("unused_must_use".to_owned()),
        ..check("a", "rust", CheckExpectation::Warned)
    };
    let with = |level, code| Attempt {
        diagnostics: vec![told(level, Some(code), "unused `Result`")],
        ..went_through("a", "rust")
    };
    let (as_said, seen) = one_check(wanted(Gate::Compile), with(Level::Warning, "unused_must_use"));
    assert_eq!(as_said, Some(true));
    assert_eq!(seen, "passes the compiler with a warning (unused_must_use): unused `Result`");
    let other = with(Level::Warning, "dead_code");
    assert_eq!(one_check(wanted(Gate::Compile), other).0, Some(false));
    assert_eq!(one_check(wanted(Gate::Compile), went_through("a", "rust")).0, Some(false));
    let at_lint = with(Level::Error, "unused_must_use");
    assert_eq!(one_check(wanted(Gate::Lint), at_lint.clone()).0, Some(true));
    let failing = Attempt { end: AttemptEnd::Failed, stopped_at: Some(Gate::Lint), ..at_lint };
    assert_eq!(one_check(wanted(Gate::Lint), failing.clone()).0, Some(false));
    let stopped = Check { expect: CheckExpectation::Stopped, ..wanted(Gate::Lint) };
    assert_eq!(one_check(stopped, failing).0, Some(true), "a lint that fails the command stops");
}

#[test]
fn a_program_that_runs_has_to_print_what_is_named() {
    let wanted = || Check {
        at: Gate::Run,
        says: Some("(?m)^squares: 100$".to_owned()),
        ..passes("a", "go")
    };
    let printing = |text: &str| Attempt { stdout: text.to_owned(), ..went_through("a", "go") };
    let shown = one_check(wanted(), printing("first\nsquares: 100\n"));
    assert_eq!(shown, (Some(true), "runs: squares: 100".to_owned()));
    let other = one_check(wanted(), printing("squares: 99\n"));
    assert_eq!(other, (Some(false), "runs, with other output: squares: 99".to_owned()));
    let silent = one_check(Check { says: None, ..wanted() }, printing(""));
    assert_eq!(silent, (Some(true), "runs".to_owned()));
}

#[test]
fn a_program_that_is_stopped_while_it_runs_says_why() {
    let wanted = || Check {
        at: Gate::Run,
        says: Some("nil map".to_owned()),
        ..check("a", "go", CheckExpectation::Stopped)
    };
    let panicking = |text: &str| Attempt {
        stderr: text.to_owned(),
        stopped_at: Some(Gate::Run),
        ..attempt("probe/moves", "a", "go", AttemptEnd::Failed)
    };
    let shown = one_check(wanted(), panicking("\npanic: assignment to entry in nil map\n\nmore\n"));
    let seen = "stopped while it runs: panic: assignment to entry in nil map";
    assert_eq!(shown, (Some(true), seen.to_owned()));
    assert_eq!(one_check(wanted(), panicking("panic: other\n")).0, Some(false));
}

#[test]
fn a_refusal_without_a_place_is_read_as_text() {
    let wanted = |says: &str| Check {
        says: Some(says.to_owned()),
        ..check("a", "go", CheckExpectation::Stopped)
    };
    let refused = || Attempt {
        stderr: "a.go uses nothing of std\n".to_owned(),
        ..attempt("probe/moves", "a", "go", AttemptEnd::Failed)
    };
    assert_eq!(one_check(wanted("of std"), refused()).0, Some(true));
    assert_eq!(one_check(wanted("of core"), refused()).0, Some(false));
}

#[test]
fn an_expression_that_cannot_be_read_decides_nothing() {
    let unreadable = Check { says: Some("(".to_owned()), ..passes("a", "go") };
    let (as_said, seen) = one_check(unreadable, went_through("a", "go"));
    assert_eq!(as_said, None);
    assert!(seen.contains("`(` is not an expression"), "{seen}");
}

#[test]
fn a_step_is_held_against_all_that_is_said_of_it() {
    let done = |end| attempt("drill/tests", "a", "go", end);
    let wanted = || step("a", "go", StepExpectation::Passes);
    let judged = |step: DrillStep, attempt: Attempt| one_step(step, attempt);
    assert_eq!(judged(wanted(), done(AttemptEnd::Passed)), (Some(true), "succeeds".to_owned()));
    let failed = Attempt { stderr: "x\nFAIL\n".to_owned(), ..done(AttemptEnd::Failed) };
    assert_eq!(judged(wanted(), failed.clone()), (Some(false), "fails: FAIL".to_owned()));
    let to_fail = DrillStep {
        says: Some("^FAIL|\nFAIL".to_owned()),
        ..step("a", "go", StepExpectation::Fails)
    };
    assert_eq!(judged(to_fail.clone(), failed).0, Some(true));
    assert_eq!(judged(to_fail, done(AttemptEnd::Failed)).0, Some(false));

    let silent = DrillStep { silent: true, ..wanted() };
    let loud = Attempt { stdout: "a.go\n".to_owned(), ..done(AttemptEnd::Passed) };
    assert_eq!(judged(silent.clone(), done(AttemptEnd::Passed)).0, Some(true));
    let seen = "succeeds, but prints: a.go";
    assert_eq!(judged(silent, loud), (Some(false), seen.to_owned()));

    let making = DrillStep { makes: Some("doc/a.html".to_owned()), ..wanted() };
    let made = |made| Attempt { made, ..done(AttemptEnd::Passed) };
    assert_eq!(judged(making.clone(), made(Some(true))).0, Some(true));
    let seen = "succeeds, but doc/a.html is not there";
    assert_eq!(judged(making.clone(), made(Some(false))), (Some(false), seen.to_owned()));
    assert_eq!(judged(making, made(None)).0, Some(false));
}

#[test]
fn rows_stand_in_the_order_of_the_claim_and_the_pack() {
    let world = world(
        vec![all_of(&["drill/tests", "probe/moves"])],
        vec![passes("z", "rust"), passes("a", "go")],
        vec![step("m", "go", StepExpectation::Passes)],
    );
    let given = Given::of_comparison(world, PlanMode::Full).saw([
        went_through("a", "go"),
        went_through("z", "rust"),
        attempt("drill/tests", "m", "go", AttemptEnd::Passed),
    ]);
    let items: Vec<String> =
        given.first().attempts.iter().map(|row| row.item.to_string()).collect();
    assert_eq!(items, ["m", "z", "a"]);
    assert!(given.verdict().1.starts_with("3 of 3 checks and steps as expected"));
}

#[test]
fn a_probe_by_itself_has_its_rows_with_a_run_or_without() {
    let given = as_expected();
    let of_probe = experiment("probe/moves");
    let tried = judge::attempts(&given.comparison, Some(&given.facts), &of_probe);
    assert_eq!(tried, given.first().attempts);
    let untried = judge::attempts(&given.comparison, None, &of_probe);
    assert_eq!(untried[0].expected, "stopped by the compiler with E0382");
    assert!(untried.iter().all(|row| row.as_said.is_none() && row.version.is_empty()));
}

#[test]
fn another_edition_of_the_pack_refutes_nothing() {
    let mut given = as_expected();
    given.comparison.hash = "another".to_owned();
    assert_eq!(given.verdict().0, Verdict::Holds);
    given.facts.attempts[0].diagnostics[0].code = None;
    let (verdict, reason) = given.verdict();
    assert_eq!(verdict, Verdict::NotRun);
    assert!(reason.ends_with("run it again"), "{reason}");
}
