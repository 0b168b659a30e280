//! Steps of a tool in a fresh folder, one after another.

use std::collections::BTreeMap;
use std::time::Duration;

use lab::Stop;
use model::{AttemptEnd, Edit};

use crate::place::becomes;
use crate::trying::place;

fn edit(find: &str, replace: &str) -> Option<Edit> {
    Some(Edit { file: "word.txt".into(), find: find.to_owned(), replace: replace.to_owned() })
}

#[test]
fn steps_are_made_in_order_in_one_fresh_copy_of_the_project() {
    let mut place = place();
    place.project("word.txt", "one");
    let log = place.path("folders").display().to_string();
    let look = format!("pwd >>{log}; cat word.txt; echo; ls; touch made-by-$0");
    for (id, was, now) in [("first", "", ""), ("second", "one", "two"), ("third", "two", "three")] {
        let step = place.step(id, &look);
        step.command.push(id.to_owned());
        step.edit = edit(was, now).filter(|edit| !edit.find.is_empty());
    }
    let seen = place.run();
    assert_eq!(seen.of_experiment("drill/done"), ["first", "second", "third"]);
    assert_eq!(seen.attempt("first").stdout, "one\nword.txt\n");
    assert_eq!(seen.attempt("second").stdout, "two\nmade-by-first\nword.txt\n");
    assert_eq!(seen.attempt("third").stdout, "three\nmade-by-first\nmade-by-second\nword.txt\n");
    let folders = place.lines("folders");
    assert!(folders.iter().all(|folder| *folder == folders[0]), "{folders:?}");
    assert!(!std::path::Path::new(&folders[0]).exists(), "it is removed at the end");
    let original = std::fs::read_to_string(place.path("done/left/word.txt")).unwrap();
    assert_eq!(original, "one", "the pack itself is left as it is");
}

#[test]
fn a_text_that_does_not_stand_there_once_is_not_edited() {
    let mut place = place();
    place.project("word.txt", "one one");
    place.step("twice", "true").edit = edit("one", "two");
    place.step("never", "true").edit = edit("three", "two");
    place.step("after", "cat word.txt");
    let seen = place.run();
    let told = |n| format!("word.txt cannot be edited: the text to find stands in it {n} times");
    assert_eq!((seen.reason("twice"), seen.reason("never")), (&*told(2), &*told(0)));
    assert_eq!(seen.attempt("after").stdout, "one one");
}

#[test]
fn what_a_step_makes_is_looked_for_in_the_project_and_among_the_products() {
    let mut place = place();
    for (id, script, makes) in [
        ("in-project", "touch here", "here"),
        ("in-products", "touch \"$0/there\"", "{out}/there"),
        ("of-an-earlier-step", "true", "here"),
        ("nowhere", "true", "{out}/elsewhere"),
    ] {
        let step = place.step(id, script);
        step.command.push("{out}".to_owned());
        step.makes = Some(makes.to_owned());
    }
    place.step("nothing", "true");
    let seen = place.run();
    let items = ["in-project", "in-products", "of-an-earlier-step", "nowhere", "nothing"];
    let made = items.map(|item| seen.attempt(item).made);
    assert_eq!(made, [Some(true), Some(true), Some(true), Some(false), None]);
}

#[test]
fn a_step_has_its_own_variables_and_not_those_of_the_language() {
    let mut place = place();
    place.language().environment = BTreeMap::from([("OF_LANGUAGE".to_owned(), "x".to_owned())]);
    let tells = "echo \"${OF_LANGUAGE-unset} ${OWN-unset}\"";
    place.step("with", tells).environment =
        BTreeMap::from([("OWN".to_owned(), "{arch}".to_owned())]);
    place.step("without", tells);
    let seen = place.run();
    assert_eq!(seen.attempt("with").stdout, format!("unset {}\n", std::env::consts::ARCH));
    assert_eq!(seen.attempt("without").stdout, "unset unset\n");
}

#[test]
fn what_a_step_needs_and_is_not_there_is_told_with_the_way_to_it() {
    let mut place = place();
    let step = place.step("emulated", "true");
    step.needs = vec!["sh".to_owned(), "no-such-emulator".to_owned()];
    step.hint = Some("apt install no-such-emulator".to_owned());
    place.step("there", "true").needs = vec!["sh".to_owned()];
    let seen = place.run();
    let told = "there is no `no-such-emulator` on PATH: apt install no-such-emulator";
    assert_eq!(seen.reason("emulated"), told);
    assert_eq!(seen.attempt("there").end, AttemptEnd::Passed);
}

#[test]
fn offline_forbids_the_steps_that_may_fetch_and_no_others() {
    let mut place = place();
    place.step("fetches", "true").network = true;
    place.step("stays", "true");
    let seen = place.run();
    assert_eq!(seen.reason("fetches"), "it needs the network, which --offline forbids");
    assert_eq!(seen.attempt("stays").end, AttemptEnd::Passed);
    place.offline = false;
    assert_eq!(place.run().attempt("fetches").end, AttemptEnd::Passed);
}

#[test]
fn failure_is_an_exit_code_and_neither_a_signal_nor_a_deadline() {
    let mut place = place();
    place.deadlines.step = Duration::from_millis(1500);
    place.step("fails", "echo why >&2; exit 3");
    place.step("killed", &becomes("abort"));
    place.step("hangs", &becomes("hang"));
    let seen = place.run();
    assert_eq!(seen.attempt("fails").end, AttemptEnd::Failed);
    assert_eq!(seen.attempt("fails").stderr, "why\n");
    assert_eq!(seen.reason("killed"), "sh itself ended with signal 6");
    assert_eq!(seen.attempt("hangs").end, AttemptEnd::TimedOut);
}

#[test]
fn what_floods_its_output_has_said_nothing() {
    let mut place = place();
    place.step("floods", &becomes("print 80000000"));
    assert_eq!(place.run().reason("floods"), "sh itself ended with output too large");
}

#[test]
fn a_drill_that_was_not_finished_is_made_again_from_its_beginning() {
    let mut place = place();
    place.step("first", "touch made");
    place.step("second", "ls").network = true;
    let first = place.run();
    assert_eq!(first.attempt("second").end, AttemptEnd::NotMade);
    place.offline = false;
    let again = place.go_on(Some(&first.stored()), usize::MAX);
    assert_eq!(again.of_experiment("drill/done"), ["first", "second"]);
    assert_eq!(again.attempt("second").stdout, "made\n");
    let third = place.go_on(Some(&again.stored()), usize::MAX);
    assert!(third.attempts.is_empty(), "{:?}", third.attempts);
}

#[test]
fn a_stop_ends_a_drill_after_the_step_in_flight() {
    let mut place = place();
    let stopped = place.path("stopped").display().to_string();
    let log = place.path("starts").display().to_string();
    place.step("first", &format!("echo first >>{log}"));
    let waits = format!("while [ ! -e {stopped} ]; do sleep 0.01; done; sleep 0.3");
    for id in ["second", "third", "fourth"] {
        place.step(id, &format!("echo {id} >>{log}; {waits}"));
    }
    let seen = place.stopped(None, usize::MAX, 1);
    assert_eq!(seen.end, Some(Err(Stop::Interrupted)));
    assert_eq!(seen.of_experiment("drill/done"), ["first"]);
    assert!(place.lines("starts").len() <= 2, "{:?}", place.lines("starts"));
}
