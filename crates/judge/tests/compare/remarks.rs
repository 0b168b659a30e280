//! What a reader is told beside the numbers.

use model::{Metric, NoteKind, RunEnd, Seen};

use crate::given::{Given, around};

fn told(given: &Given, part: &str) -> bool {
    given.judged().remarks.iter().any(|remark| remark.contains(part))
}

fn fast() -> Given {
    Given::cpu().pairs(Metric::Cpu, around(0.5, 20))
}

#[test]
fn a_plain_run_needs_no_remark() {
    assert_eq!(fast().judged().remarks, Vec::<String>::new());
}

#[test]
fn a_stripped_file_beside_one_that_is_not_is_told() {
    let given = fast().program("a", Some(true), "x").program("b", Some(false), "x");
    let remarks = given.judged().remarks;
    assert_eq!(remarks, ["a is stripped, b is not: sizes are of unlike files"]);
    let unknown = fast().program("a", None, "x").program("b", Some(false), "x");
    assert!(unknown.judged().remarks.is_empty());
}

#[test]
fn contents_that_are_not_alike_are_told_a_side() {
    let given = fast().program("a", None, "optimised").program("b", None, "with checks");
    assert_eq!(given.judged().remarks, ["built differently: a: optimised; b: with checks"]);
}

#[test]
fn the_same_file_on_both_sides_is_told() {
    let mut given = fast().program("a", None, "x").program("b", None, "x");
    given.facts.programs[1].sha256 = given.facts.programs[0].sha256.clone();
    assert_eq!(given.judged().remarks, ["a and b run the same file"]);
}

#[test]
fn notes_are_told_but_for_what_answers_say_themselves() {
    let given = fast().note(NoteKind::Contained, Some("b"), "left a process behind").note(
        NoteKind::Disagree,
        None,
        "answers part",
    );
    assert_eq!(given.judged().remarks, ["b: left a process behind"]);
}

#[test]
fn a_run_that_was_stopped_says_how_to_go_on() {
    let mut given = fast();
    given.facts.end = Some(RunEnd::Interrupted);
    assert!(told(&given, "run it again to go on"));
}

#[test]
fn a_busy_machine_is_told() {
    let mut given = fast();
    given.facts.run.environment.machine.load = 4.5;
    assert!(told(&given, "the machine was busy when this began (load 4.5 on 2 cores)"));
}

#[test]
fn a_few_failures_are_told_though_they_may_be_chance() {
    let mut given = fast();
    given.pair(Metric::Cpu, Seen::Value(0.2), Seen::Failed);
    let judged = given.judged();
    assert_eq!(judged.withheld, None);
    let remark = "b: 1 of 21 trials failed, the first: ended with signal 6";
    assert_eq!(judged.remarks, [remark]);
}

#[test]
fn replicas_of_the_pilot_make_the_self_check() {
    let mut given = fast();
    let again: Vec<_> = given.facts.trials[..16].to_vec();
    given.facts.trials.extend(again.into_iter().map(|mut trial| {
        trial.replica = 1;
        trial.position += 2;
        trial
    }));
    let judged = given.judged();
    let sides: Vec<&str> = judged.self_check.iter().map(|row| row.side.as_str()).collect();
    assert_eq!(sides, ["a", "b"]);
    assert_eq!(judged.metrics, fast().judged().metrics);
}
