//! drills/ID/drill.toml and the projects beside it.

use insta::assert_snapshot;

use crate::draft::draft;
use crate::{CHECKING, MISTAKES};

#[test]
fn a_drill_without_step() {
    let spoilt =
        draft().replace(MISTAKES, "\"probe/quotes\", \"drill/checking\"", "\"probe/quotes\"");
    spoilt.write(CHECKING, "title = \"checking\"\nabout = \"Nothing is done.\"\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_step_without_command() {
    let spoilt = draft().replace(CHECKING, "[\"sh\", \"-n\", \"main.sh\"]", "[]");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_step_that_does_not_say_why_it_fails() {
    assert_snapshot!(draft().replace(CHECKING, "says = 'nterminated'\n", "").faults());
}

#[test]
fn expressions_that_do_not_compile_or_match_everything() {
    let spoilt = draft().replace(CHECKING, "silent = true", "says = '(?m)^'").replace(
        CHECKING,
        "'nterminated'",
        "'*'",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn paths_that_lead_out_of_the_project() {
    let spoilt = draft().replace(CHECKING, "{out}/report", "/tmp/report").replace(
        CHECKING,
        "file = \"main.sh\", find = \"one\"",
        "file = \"../main.sh\", find = \"\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_step_declared_twice_and_a_toolchain_that_is_none() {
    let spoilt =
        draft().replace(CHECKING, "id = \"spoilt\"", "id = \"as-it-is\"\ntoolchain = \"next\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_need_without_a_hint() {
    assert_snapshot!(draft().replace(CHECKING, "hint = \"install a shell\"\n", "").faults());
}

#[test]
fn a_hint_without_a_need() {
    assert_snapshot!(draft().replace(CHECKING, "needs = [\"sh\"]\n", "").faults());
}

#[test]
fn a_project_that_is_no_sides() {
    let spoilt = draft();
    spoilt.put("drills/checking/oka/main.sh", "echo one\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_word_that_is_no_expectation() {
    assert_snapshot!(
        draft().replace(CHECKING, "expect = \"fails\"", "expect = \"stopped\"").faults()
    );
}
